/** What a therapy is about now, in words: the verdict with its clauses, the arrangement, what to bring to the counter. */
import type { CaseView } from '#contract/cases.ts';
import { dayInWords } from '#domain/eligibility/words.ts';
import type { Context } from '#domain/journeys/special-drug/context-v1.ts';
import { SHOWN } from '#domain/journeys/special-drug/counter-events-v1.ts';
import { CRITERION_WORDS } from '#domain/journeys/special-drug/review-events-v1.ts';
import { printMoment } from '#domain/messages/moments.ts';
import { yuan } from '#domain/money/fen.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import type { Viewer } from '#server/cases/viewer.ts';

type Group = CaseView['facts'][number];
const OUTCOMES = {
  approved: { zh: '通过', en: 'approved' },
  partly: { zh: '部分通过', en: 'approved in part' },
  refused: { zh: '未通过', en: 'refused' },
} as const;
/** States in which she is to come to the pharmacy, or to be at home. */
const COMING: readonly string[] = ['ordered', 'at-pharmacy'];

export function drugGroups(open: OpenCase, viewer: Viewer): Group[] {
  const { memory, row } = open;
  if (row.kind !== 'special-drug') return [];
  const { lang } = viewer;
  const t = (zh: string, en: string) => ({ zh, en })[lang];
  const chart = memory.chart as unknown as Context;
  const hers = viewer.role === 'member' || viewer.role === 'applicant';
  return [
    ...(viewer.groups.has('review') && row.state === 'second-review' && chart.first
      ? [{ group: t('一审结论', 'First review'), items: review(chart.first) }]
      : []),
    ...(viewer.groups.has('prescription') && chart.verdict
      ? [
          {
            group: t('审核结论', 'Verdict'),
            ...(chart.verdict.outcome === 'refused' ? { first: true as const } : {}),
            items: [
              ...review(chart.verdict),
              ...(chart.approvedUntil
                ? [{ label: t('审批有效期至', 'Approved until'), value: dayInWords(chart.approvedUntil, lang) }]
                : []),
            ],
          },
        ]
      : []),
    ...(viewer.groups.has('booking') && chart.arrangement
      ? [{ group: t('取药安排', 'Arrangement'), first: true as const, items: arranged(chart.arrangement) }]
      : []),
    ...(hers && memory.pickUpCode && COMING.includes(row.state)
      ? [
          {
            group: t('取药时请带', 'To bring along'),
            first: true as const,
            items: [
              { label: t('取药码', 'Pick-up code'), value: memory.pickUpCode },
              {
                label: t('原件', 'Originals'),
                value: Object.values(SHOWN)
                  .map((one) => one[lang])
                  .join(t('、', '; ')),
              },
              {
                label: t('代取还要带', 'Who collects for you also brings'),
                value: t('授权委托书原件', 'the original letter of authorisation'),
              },
            ],
          },
        ]
      : []),
  ];

  function review({ outcome, packs, failed }: NonNullable<Context['verdict']>): Group['items'] {
    const { criteria } = open.running.service.prescription ?? { criteria: [] };
    const printed = (code: string) => {
      const id = criteria.find((one) => one.code === code)?.clause;
      return open.running.plan.clauses.find((clause) => clause.id === id)?.printed ?? '';
    };
    return [
      { label: t('结论', 'Verdict'), value: OUTCOMES[outcome][lang] },
      ...(packs > 0 ? [{ label: t('批准盒数', 'Packs approved'), value: String(packs) }] : []),
      ...failed.map((code) => ({
        label: t('不符合', 'Not met'),
        value: CRITERION_WORDS[code][lang],
        source: t(`手册${printed(code)}`, `handbook ${printed(code)}`),
      })),
    ];
  }

  function arranged(one: NonNullable<Context['arrangement']>): Group['items'] {
    return [
      { label: t('方式', 'How'), value: one.way === 'home' ? t('送药上门', 'delivery') : t('到店自取', 'pick-up') },
      { label: t('药店', 'Pharmacy'), value: one.pharmacy },
      { label: t('时间', 'When'), value: printMoment(new Date(one.at), lang) },
      ...(one.address ? [{ label: t('地址', 'Address'), value: one.address }] : []),
      ...(viewer.groups.has('settlement')
        ? [{ label: t('冷链保价费（自付）', 'Cold-chain carriage (yours)'), value: yuan(one.coldChainFee) }]
        : []),
    ];
  }
}
