/** The facts of a case in words, grouped for the screen. */
import type { CaseView } from '#contract/cases.ts';
import { dayInWords } from '#domain/eligibility/words.ts';
import { fieldsOf } from '#domain/journeys/fields.ts';
import { isOutside } from '#domain/journeys/journey.ts';
import { drugGroups } from '#server/drugs/fact-groups.ts';
import type { OpenCase } from './move-case.ts';
import type { Seen } from './seen.ts';
import { factsOf } from './timeline.ts';
import type { Viewer } from './viewer.ts';
import { CHANNELS, RELATIONS, yesNo } from './words.ts';

const GRADES: Readonly<Record<number, string>> = { 1: '一级', 2: '二级', 3: '三级' };

type Arranged = { field: string; type: string; group: { zh: string; en: string }; first?: readonly string[] };
/** What was arranged on the way and still holds: the chart's field, the event whose fields say it, and the states whose point it is. */
const ARRANGED: readonly Arranged[] = [
  { field: 'assessment', type: 'assess', group: { zh: '检测评估', en: 'Assessment' } },
  {
    field: 'pickUp',
    type: 'proposePickUp',
    group: { zh: '取样安排', en: 'Pick-up' },
    first: ['pick-up-proposed', 'booked'],
  },
  { field: 'prescription', type: 'finishFirstReview', group: { zh: '处方', en: 'Prescription' } },
  { field: 'sample', type: 'collectSample', group: { zh: '样本', en: 'Sample' } },
  {
    field: 'told',
    type: 'tellUnfit',
    group: { zh: '会审结论和临床试验', en: 'The finding, and trials' },
    first: ['closed-unfit'],
  },
  { field: 'product', type: 'passAssessment', group: { zh: '面诊结论', en: 'The assessment' } },
  { field: 'chain', type: 'recordApheresis', group: { zh: '身份链', en: 'Chain of identity' } },
  { field: 'pharmacy', type: 'namePharmacy', group: { zh: '确认药品的药店', en: 'The pharmacy that confirms' } },
  {
    field: 'answer',
    type: 'recordAnswer',
    group: { zh: '理赔答复', en: 'The answer to the claim' },
    first: ['answered', 'claim-collecting'],
  },
  {
    field: 'claim',
    type: 'fillClaim',
    group: { zh: '理赔信息', en: 'The claim' },
    first: ['claim-collecting', 'claim-checking', 'claim-ready'],
  },
  { field: 'honoured', type: 'honour', group: { zh: '合同终止后的决定', en: 'Decided after the end of the contract' } },
];
/** Why a state came about: the fields that say it, of whichever event brought it. */
const WHY: Readonly<Record<string, { group: { zh: string; en: string }; fields: readonly string[] }>> = {
  'sampling-again': { group: { zh: '为什么要重新取样', en: 'Why another sample is needed' }, fields: ['why', 'what'] },
};

/** States in which the case waits for papers that somebody asked for. */
const ASKS: readonly string[] = [
  'awaiting-papers',
  'awaiting-records',
  'awaiting-aid-papers',
  'awaiting-panel-papers',
  'collecting',
  'claim-collecting',
];

/** What was said with the request and what was verified since, as label and value. */
export function factGroups(open: OpenCase, seen: Seen, viewer: Viewer): CaseView['facts'] {
  const { lang } = viewer;
  const { memory, row, running } = open;
  const t = (zh: string, en: string) => ({ zh, en })[lang];
  const item = (label: string, value: unknown, source?: string) =>
    typeof value === 'string' && value !== '' ? [{ label, value, ...(source ? { source } : {}) }] : [];
  const day = (value: string | null | undefined) => (value ? dayInWords(value, lang) : undefined);
  const relation =
    row.applicantRelation === 'self' && viewer.role === 'member'
      ? t('本人', 'yourself')
      : (RELATIONS[row.applicantRelation]?.[lang] ?? row.applicantRelation);
  const groups: CaseView['facts'] = [];
  const { illness, wish, form, person } = seen;
  const drug = memory.chart.drug as { name: string } | null | undefined;
  if (isOutside(viewer.role))
    groups.push({
      group: t('会员', 'Member'),
      items: [
        ...item(t('姓名', 'Name'), person.name),
        ...item(t('证件号码', 'ID number'), person.idNumber),
        ...item(t('电话', 'Telephone'), person.phone),
      ],
    });
  if (illness) {
    const source = memory.verified ? t('已核实', 'verified') : t('申请时填写', 'as given');
    const hospital = illness.hospital;
    groups.push({
      group: t('疾病', 'Illness'),
      items: [
        ...item(
          t('疾病', 'Illness'),
          running.plan.illnesses.find(({ code }) => code === illness.code)?.name[lang],
          source,
        ),
        ...item(t('首次不适', 'First symptom'), day(illness.firstSymptomOn), source),
        ...item(t('首次异常发现', 'First abnormal finding'), day(illness.firstAbnormalOn), source),
        ...item(t('首次就诊', 'First visit'), day(illness.firstVisitOn), source),
        ...item(t('确诊日期', 'Day of diagnosis'), day(illness.diagnosedOn), source),
        ...(illness.first === undefined
          ? []
          : item(t('初次确诊', 'First diagnosis'), yesNo(illness.first)[lang], source)),
        ...item(t('确诊医院', 'Diagnosing hospital'), hospital?.name ?? illness.hospitalName, source),
        ...(hospital
          ? item(
              t('等级与性质', 'Grade and ownership'),
              `${t(GRADES[hospital.grade] ?? String(hospital.grade), `grade ${hospital.grade}`)} · ${hospital.public ? t('公立', 'public') : t('非公立', 'not public')}`,
              hospital.source === 'list' ? t('清单', 'our list') : hospital.source,
            )
          : []),
      ],
    });
  }
  groups.push({
    group: t('申请', 'Request'),
    items: [
      ...item(
        t('希望的医院和科室', 'Hospital and department named'),
        [wish?.hospital, wish?.department].filter(Boolean).join(' · '),
      ),
      // Hospital and department stand above, by name.
      ...item(t('药品', 'Drug'), 'drug' in form && drug ? drug.name : undefined),
      ...fieldsOf(open.journey.request).flatMap(({ name, title, ref, labels }) =>
        ref || name === 'department' ? [] : item(title[lang], labels?.[String(form[name])]?.[lang] ?? form[name]),
      ),
      ...(isOutside(viewer.role)
        ? []
        : item(t('申请人', 'Applicant'), `${relation} · ${CHANNELS[row.channel]?.[lang]}`)),
    ],
  });
  for (const { field, type, group, first } of ARRANGED) {
    const event = memory.chart[field] ? seen.events.findLast((one) => one.type === type) : undefined;
    const def = event && open.journey.events[type];
    if (def)
      groups.push({
        group: group[lang],
        ...(first?.includes(row.state) ? { first: true as const } : {}),
        items: factsOf(def.schema, event, open, viewer),
      });
  }
  groups.push(...drugGroups(open, viewer, seen));
  const why = WHY[row.state];
  const brought = why && seen.events[seen.events.findLastIndex(({ stateAfter }) => stateAfter !== row.state) + 1];
  const def = brought && open.journey.events[brought.type];
  if (why && def) {
    const payload = Object.fromEntries(Object.entries(brought.payload).filter(([name]) => why.fields.includes(name)));
    groups.push({
      group: why.group[lang],
      first: true,
      items: factsOf(def.schema, { ...brought, payload }, open, viewer),
    });
  }
  if (!isOutside(viewer.role) && memory.words.asked && ASKS.includes(row.state))
    groups.push({
      group: t('请补交', 'Please hand in'),
      first: true,
      items: item(t('说明', 'In words'), memory.words.asked),
    });
  if (!isOutside(viewer.role) && memory.words.refused)
    groups.push({
      group: t('未通过的原因', 'Why it was refused'),
      ...(row.state === 'closed-refused' ? { first: true as const } : {}),
      items: item(t('说明', 'In words'), memory.words.refused),
    });
  return groups.filter(({ items }) => items.length > 0);
}
