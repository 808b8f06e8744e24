/** Events of the prescription review: the insurer's reviewer first, then the provider's consultant [2.6.3.2.2, 2.6.3.2.3]. v1: released, never edited. */
import { addDays, type Day, dayOf } from '../../calendar/day.ts';
import type { Text } from '../../plan/schema.ts';
import { choiceField, dayField, integerField, manyOf, payload, referenceField, textField } from '../fields.ts';
import type { EventDef, Facts, Problem } from '../journey.ts';
import { defOf, problem, STAFF, t } from '../phases/kit-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';
import { type Context, CRITERIA, type Criterion, FOUND_BY_A_PERSON, type Review } from './context-v1.ts';

const def = defOf<Context>();

export const CRITERION_WORDS: Readonly<Record<Criterion, Text>> = {
  indication: t('适应症与批准的说明书一致', 'Indication as on the approved label'),
  dosage: t('用法用量与说明书一致', 'Usage and dosage as on the label'),
  'not-pre-existing': t('不是投保前已有的疾病或其并发症', 'Not pre-existing, nor its complication'),
  'first-diagnosis': t('在合同有效期内首次确诊', 'First diagnosed in time'),
  prescriber: t('处方医生和医院符合要求', 'Prescriber and hospital qualify'),
  biomarker: t('说明书要求的检测结果已具备', 'The test result that the label asks for is there'),
  'pharmacy-agreed': t('没有在约定药店之前自行购买', 'Not bought before the pharmacy was agreed'),
  'on-list': t('在当天的特药目录内', 'On the list of the day'),
  'in-date': t('处方在有效期内', 'The prescription is in date'),
  quantity: t('数量在规定之内', 'Quantity within the rule'),
  overlap: t('手头的药已快用完', 'No overlap with the supply on hand'),
  aid: t('不是援助应当免费提供的那一盒', 'Not a pack that the aid programme gives free'),
};

const SHORT: Readonly<Record<(typeof FOUND_BY_A_PERSON)[number], Text>> = {
  indication: t('适应症', 'indication'),
  dosage: t('用法用量', 'dosage'),
  'not-pre-existing': t('既往疾病', 'pre-existing'),
  'first-diagnosis': t('首次确诊', 'first diagnosis'),
  prescriber: t('医生和医院', 'prescriber'),
  biomarker: t('检测结果', 'test result'),
  'pharmacy-agreed': t('是否自行购买', 'bought already'),
};
const FINDINGS = ['met', 'not-met', 'unknown', 'not-asked'] as const;
type Finding = (typeof FINDINGS)[number];
const finding = (criterion: Criterion) =>
  choiceField({
    title: CRITERION_WORDS[criterion],
    group: 'review',
    choices: FINDINGS,
    labels: {
      met: t('符合', 'met'),
      'not-met': t('不符合', 'not met'),
      unknown: t('看不出，须补资料', 'cannot be told: papers needed'),
      'not-asked': t('说明书或合同没有这项要求', 'not asked of this drug'),
    },
  });
const evidence = (criterion: (typeof FOUND_BY_A_PERSON)[number]) =>
  referenceField({
    title: t(`依据：${SHORT[criterion].zh}`, `Shown by: ${SHORT[criterion].en}`),
    group: 'review',
    ref: 'paper:any',
  }).optional();
/** Field names are those of the criteria in camel case, with `Evidence` behind. */
const fieldOf = (criterion: string) => criterion.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const findingFields = Object.fromEntries(
  FOUND_BY_A_PERSON.flatMap((criterion) => [
    [fieldOf(criterion), finding(criterion)],
    [`${fieldOf(criterion)}Evidence`, evidence(criterion)],
  ]),
);

type First = Record<string, unknown> & { packs: number; days: number; issuedOn: Day; validUntil: Day };

const asked = (context: Context): readonly string[] => context.rules.prescription?.criteria ?? [];

/**
 * What the reviewer's findings and the house's own knowledge come to: criteria that are not met, and the packs that
 * remain. Quantity and overlap take packs away, and refuse only when none is left.
 */
export function judge(p: First, context: Context, facts: Facts): Review {
  const counts = (criterion: Criterion) => asked(context).includes(criterion);
  const failed: Criterion[] = FOUND_BY_A_PERSON.filter(
    (criterion) => counts(criterion) && p[fieldOf(criterion)] === 'not-met',
  );
  const today = dayOf(facts.now);
  if (counts('on-list') && !facts.refs.drug) failed.push('on-list');
  if (counts('in-date') && p.validUntil < today) failed.push('in-date');
  if (counts('aid') && facts.drug?.aidGivesIt) failed.push('aid');
  const refused = failed.length > 0;
  const rule = context.rules.prescription;
  const perDay = p.packs / p.days;
  let packs = p.packs;
  const most = rule ? Math.max(1, Math.floor(perDay * rule.daysAtMost)) : p.packs;
  const listed = Number(facts.refs.drug?.maxPerMonth ?? Number.POSITIVE_INFINITY);
  if (counts('quantity') && packs > Math.min(most, listed)) {
    packs = Math.min(most, listed);
    failed.push('quantity');
  }
  const onHand = facts.drug?.supplyUntil ?? null;
  // What is on hand may run out while the next lot is on its way.
  if (counts('overlap') && rule && onHand !== null && onHand > addDays(today, rule.refillDays)) {
    packs = 0;
    failed.push('overlap');
  }
  if (refused || packs === 0) return { by: facts.actor, outcome: 'refused', packs: 0, failed };
  return { by: facts.actor, outcome: failed.length > 0 ? 'partly' : 'approved', packs, failed };
}

function checkFirst(p: First, context: Context, facts: Facts): Problem[] {
  const open = FOUND_BY_A_PERSON.filter((criterion) => asked(context).includes(criterion)).flatMap((criterion) => {
    const field = fieldOf(criterion);
    const found = p[field] as Finding;
    if (found === 'unknown')
      return [problem(field, '看不出的先要资料，再下结论', 'ask for the papers first, then conclude')];
    const source = p[`${field}Evidence`];
    if ((found === 'met' || found === 'not-met') && source === undefined)
      return [problem(`${field}Evidence`, '请选作为依据的资料', 'choose the paper that shows it')];
    if (source !== undefined && !facts.refs[`${field}Evidence`])
      return [problem(`${field}Evidence`, '请选这份申请里的一份资料', 'choose a paper of this case')];
    return [];
  });
  return [
    ...open,
    ...(p.issuedOn > dayOf(facts.now) ? [problem('issuedOn', '不能晚于今天', 'cannot be later than today')] : []),
    ...(p.validUntil < p.issuedOn ? [problem('validUntil', '不能早于开方日期', 'not before the day of issue')] : []),
    ...(context.drug && facts.refs.drug && facts.refs.drug.key !== context.drug.key
      ? [
          problem(
            'drug',
            '这是另一种药：换药请另行申请，与本单相连',
            'another drug is another case: ask for it anew, linked to this one',
          ),
        ]
      : []),
    ...(facts.missingPapers.length > 0
      ? [
          problem(
            '',
            '必交资料还缺或未通过，请先一次要齐',
            'required papers are missing or rejected; ask for them first',
          ),
        ]
      : []),
  ];
}

const drugReviewer = <D extends EventDef>(one: D | undefined): EventDef => ({ ...(one as D), by: ['drug-reviewer'] });

export const drugReviewEvents: Readonly<Record<string, EventDef>> = {
  takeReview: drugReviewer(reviewEvents.takeReview),
  judgePaper: { ...(reviewEvents.judgePaper as EventDef), by: ['drug-reviewer', 'drug-consultant'] },
  verifyFacts: drugReviewer(reviewEvents.verifyFacts),
  acceptRequest: drugReviewer(reviewEvents.acceptRequest),
  askPapers: drugReviewer(reviewEvents.askPapers),
  refuseRequest: drugReviewer(reviewEvents.refuseRequest),
  finishFirstReview: def({
    label: t('完成一审', 'Conclude the first review'),
    told: t('处方一审完成', 'The first review of the prescription is done'),
    by: ['drug-reviewer'],
    weight: 'primary',
    schema: payload({
      drug: referenceField({
        title: t('处方上的药品', 'Drug prescribed'),
        help: t('从今天的目录里选；不在目录内的留空', "from today's list; left empty when it is not on it"),
        group: 'prescription',
        ref: 'list:drugs',
      }).optional(),
      prescribedFor: textField({ title: t('处方适应症', 'Indication'), group: 'prescription', max: 200 }),
      usage: textField({ title: t('用法用量', 'Usage and dosage'), group: 'prescription', max: 200 }),
      packs: integerField({ title: t('盒数', 'Packs'), group: 'prescription', min: 1, max: 100 }),
      days: integerField({ title: t('够用天数', 'Days it lasts'), group: 'prescription', min: 1, max: 366 }),
      issuedOn: dayField({ title: t('开方日期', 'Issued on'), group: 'prescription' }),
      validUntil: dayField({ title: t('处方有效期至', 'Valid until'), group: 'prescription' }),
      doctor: textField({ title: t('开方医生', 'Prescriber'), group: 'prescription', max: 40 }),
      hospitalName: textField({ title: t('开方医院', 'Hospital'), group: 'prescription', max: 80 }),
      ...findingFields,
      note: textField({
        title: t('给复审的话', 'For the second review'),
        group: 'review',
        max: 500,
        multiline: true,
      }).optional(),
    }),
    check: (p: First, context, facts) => checkFirst(p, context, facts),
  }),
  returnReview: def({
    label: t('退回一审', 'Send back to the first review'),
    by: ['drug-consultant'],
    schema: payload({
      note: textField({
        title: t('要再看什么', 'What to look at again'),
        group: 'review',
        max: 500,
        multiline: true,
      }),
    }),
  }),
  giveVerdict: def({
    label: t('告知复审结论', 'Tell the verdict'),
    told: t('处方审核结论', 'The verdict on the prescription'),
    by: ['drug-consultant'],
    weight: 'primary',
    schema: payload({
      verdict: choiceField({
        title: t('结论', 'Verdict'),
        group: 'prescription',
        choices: ['as-reviewed', 'refused'],
        labels: {
          'as-reviewed': t('与一审一致', 'as in the first review'),
          refused: t('不通过', 'refused'),
        },
      }),
      failed: manyOf(
        choiceField({
          title: t('不符合的条件', 'Not met'),
          // Words to her about her request: a pharmacy's consent does not name them.
          group: 'request',
          choices: CRITERIA,
          labels: CRITERION_WORDS,
        }),
        { title: t('不符合的条件', 'Not met'), group: 'request', showIf: { verdict: 'refused' }, min: 1, max: 12 },
      ).optional(),
      socialInsurance: choiceField({
        title: t('社保使用情况', 'Social insurance'),
        group: 'settlement',
        choices: ['used', 'not-used', 'none'],
        labels: {
          used: t('有社保，已先用社保结算', 'insured, settled through it first'),
          'not-used': t('有社保，没有用社保结算', 'insured, not settled through it'),
          none: t('没有社保', 'not insured'),
        },
      }),
      text: textField({ title: t('告诉会员的话', 'Words to the member'), group: 'request', max: 500, multiline: true }),
    }),
    check: (p: { verdict: string; failed?: string[] }, context, facts) => [
      ...(context.spoken
        ? []
        : [problem('', '请先与会员通话并记录接通，再下结论', 'speak with the member and log the answered call first')]),
      ...(context.first?.by && context.first.by === facts.actor
        ? [problem('', '一审和复审须由不同的人完成', 'the two reviews are by different people')]
        : []),
      ...(p.verdict === 'refused' && context.first?.outcome !== 'refused' && !p.failed
        ? [problem('failed', '请写明哪一项不符合', 'say which criterion is not met')]
        : []),
      ...(p.failed ?? [])
        .filter((criterion) => !asked(context).includes(criterion))
        .map(() => problem('failed', '手册没有这项条件', 'the plan does not ask for this')),
    ],
  }),
};

/** Who writes a note or a call in such a case, beside the house. */
export const WITH_DRUG_DESKS = [...STAFF, 'drug-reviewer', 'drug-consultant'] as const;
