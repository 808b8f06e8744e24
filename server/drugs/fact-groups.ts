/** What a therapy is about now, in words: the verdict with its clauses, the arrangement, what to bring to the counter. */
import type { CaseView } from '#contract/cases.ts';
import { dayInWords } from '#domain/eligibility/words.ts';
import type { Arrangement, Review } from '#domain/journeys/special-drug/context-v1.ts';
import { SHOWN } from '#domain/journeys/special-drug/counter-events-v1.ts';
import { CRITERION_WORDS } from '#domain/journeys/special-drug/review-events-v1.ts';
import { printMoment } from '#domain/messages/moments.ts';
import { yuan } from '#domain/money/fen.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import type { Seen } from '#server/cases/seen.ts';
import type { Viewer } from '#server/cases/viewer.ts';

type Group = CaseView['facts'][number];
const OUTCOMES = {
  approved: { zh: '通过', en: 'approved' },
  partly: { zh: '部分通过', en: 'approved in part' },
  refused: { zh: '未通过', en: 'refused' },
} as const;
/** States in which she is to come to the pharmacy, or to be at home. */
const COMING: readonly string[] = ['ordered', 'at-pharmacy'];
/** States in which an arrangement is still to come about. */
const AHEAD: readonly string[] = ['proposed', 'awaiting-provider-consent', 'policy-deciding', ...COMING];

/** `seen`: what is left after the cut of a consent, for whoever works outside; everything for the house and the member. */
export function drugGroups(open: OpenCase, viewer: Viewer, seen: Seen): Group[] {
  const { memory, row } = open;
  const { firstReview, verdict, arrangement } = seen;
  const { lang } = viewer;
  const t = (zh: string, en: string) => ({ zh, en })[lang];
  const hers = viewer.role === 'member' || viewer.role === 'applicant';
  return [
    ...(viewer.groups.has('review') && row.state === 'second-review' && firstReview
      ? [{ group: t('一审结论', 'First review'), items: review(firstReview) }]
      : []),
    ...(verdict
      ? [
          {
            group: t('审核结论', 'Verdict'),
            ...(verdict.outcome === 'refused' ? { first: true as const } : {}),
            items: [
              ...review(verdict),
              ...(verdict.approvedUntil
                ? [{ label: t('审批有效期至', 'Approved until'), value: dayInWords(verdict.approvedUntil, lang) }]
                : []),
            ],
          },
        ]
      : []),
    ...(arrangement
      ? [
          {
            group: t('取药安排', 'Arrangement'),
            // Once the drug is in her hands it is a record, not what the case is about.
            ...(AHEAD.includes(row.state) ? { first: true as const } : {}),
            items: arranged(arrangement),
          },
        ]
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

  function review({ outcome, packs, failed }: Partial<Review>): Group['items'] {
    const { criteria } = open.running.service.prescription ?? { criteria: [] };
    const printed = (code: string) => {
      const id = criteria.find((one) => one.code === code)?.clause;
      return open.running.plan.clauses.find((clause) => clause.id === id)?.printed ?? '';
    };
    return [
      ...(outcome ? [{ label: t('结论', 'Verdict'), value: OUTCOMES[outcome][lang] }] : []),
      ...(packs ? [{ label: t('批准盒数', 'Packs approved'), value: String(packs) }] : []),
      ...(failed ?? []).map((code) => ({
        label: t('不符合', 'Not met'),
        value: CRITERION_WORDS[code][lang],
        source: t(`手册${printed(code)}`, `handbook ${printed(code)}`),
      })),
    ];
  }

  function arranged({ way, pharmacy, at, address, coldChainFee }: Partial<Arrangement>): Group['items'] {
    return [
      ...(way
        ? [{ label: t('方式', 'How'), value: way === 'home' ? t('送药上门', 'delivery') : t('到店自取', 'pick-up') }]
        : []),
      ...(pharmacy ? [{ label: t('药店', 'Pharmacy'), value: pharmacy }] : []),
      ...(at ? [{ label: t('时间', 'When'), value: printMoment(new Date(at), lang) }] : []),
      ...(address ? [{ label: t('地址', 'Address'), value: address }] : []),
      ...(coldChainFee
        ? [{ label: t('冷链保价费（自付）', 'Cold-chain carriage (yours)'), value: yuan(coldChainFee) }]
        : []),
    ];
  }
}
