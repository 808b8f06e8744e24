/** Events of the pharmacy: arrival, the counter, payment and returns [2.6.2.8.2, 2.6.2.9]. v1: released, never edited. */
import { type Day, dayOf } from '../../calendar/day.ts';
import {
  choiceField,
  dayField,
  integerField,
  manyOf,
  moneyField,
  payload,
  referenceField,
  textField,
  yesNoField,
} from '../fields.ts';
import type { EventDef, Facts, Problem } from '../journey.ts';
import { defOf, problem, reason, t } from '../phases/kit-v1.ts';
import type { Context } from './context-v1.ts';

const def = defOf<Context>();
/** Both ends of what a cold-chain drug may have been through, in °C. */
const COLD = { from: 2, to: 8 } as const;
const temperature = (title: ReturnType<typeof t>) =>
  integerField({ title, group: 'booking', min: -40, max: 60 }).optional();
const temperatures = {
  lowest: temperature(t('运输最低温度（℃）', 'Lowest temperature on the way (°C)')),
  highest: temperature(t('运输最高温度（℃）', 'Highest temperature on the way (°C)')),
};
const excursion = (p: { lowest?: number; highest?: number }) =>
  p.lowest !== undefined && p.highest !== undefined && (p.lowest < COLD.from || p.highest > COLD.to);

/** A cold-chain drug is taken in with its log; one that left the range is quarantined, never handed on. */
function checkColdChain(p: { lowest?: number; highest?: number }, context: Context): Problem[] {
  if (!context.drug?.coldChain) return [];
  if (p.lowest === undefined || p.highest === undefined)
    return [problem('lowest', '冷链药品要登记温度记录', 'a cold-chain drug needs its temperature log')];
  return excursion(p)
    ? [
        problem(
          'highest',
          '超出 2 到 8 ℃：请登记隔离并重新供药',
          'outside 2 to 8 °C: record the quarantine and supply anew',
        ),
      ]
    : [];
}

/** What is shown at the counter, the originals [2.6.2.8.2]. */
export const SHOWN = {
  prescription: t('处方（有效期内）', 'Prescription, in date'),
  claimForm: t('理赔申请书原件，已收下', 'Original claim form, taken in'),
  insuredId: t('被保险人身份证原件', 'Original ID of the insured'),
  collectorId: t('取药人身份证原件', 'Original ID of who collects'),
  diagnosis: t('诊断证明', 'Diagnosis'),
  pathology: t('病理报告', 'Pathology'),
  socialCard: t('社会保障卡', 'Social-security card'),
} as const;
const shownFields = Object.fromEntries(
  Object.entries(SHOWN).map(([name, title]) => [name, yesNoField({ title, group: 'booking' })]),
);
type HandOver = Record<string, unknown> & {
  collector: 'self' | 'agent';
  authorisation?: boolean;
  traceCodes: string[];
  batches: string[];
  expiries: Day[];
  lowest?: number;
  highest?: number;
};

/** Nothing leaves the counter without the code, the originals, a prescription in date and a code for each pack. */
function checkHandOver(p: HandOver, context: Context, facts: Facts): Problem[] {
  const today = dayOf(facts.now);
  const left = (context.verdict?.packs ?? 0) - context.taken;
  return [
    ...(facts.drug?.codeFits
      ? []
      : [problem('code', '取药码不对，请会员出示最新的一个', 'not the code of this pick-up')]),
    ...Object.keys(SHOWN).flatMap((name) =>
      p[name] === true
        ? []
        : [problem(name, '要看原件，照片和复印件不行', 'the original has to be shown; a photo or copy will not do')],
    ),
    ...(p.collector === 'agent' && p.authorisation !== true
      ? [
          problem(
            'authorisation',
            '代取须有授权委托书原件',
            'who collects for another shows the letter of authorisation',
          ),
        ]
      : []),
    ...(context.prescription && context.prescription.validUntil < today
      ? [
          problem(
            'prescription',
            '处方已过期：请会员补交医院重新开具的相同处方，审批仍有效',
            'the prescription is out of date: a re-issued identical one is needed; the approval stands',
          ),
        ]
      : []),
    ...(p.traceCodes.length > left ? [problem('traceCodes', `最多 ${left} 盒`, `at most ${left} packs`)] : []),
    ...(p.batches.length === p.traceCodes.length
      ? []
      : [problem('batches', '每盒一个批号，与追溯码同序', 'one batch for each pack, in the same order')]),
    ...(p.expiries.length === p.traceCodes.length
      ? p.expiries.flatMap((day, i) =>
          day < today ? [problem(`expiries/${i}`, '药品已过有效期', 'this pack is past its expiry')] : [],
        )
      : [problem('expiries', '每盒一个有效期，与追溯码同序', 'one expiry for each pack, in the same order')]),
    ...(new Set(p.traceCodes).size < p.traceCodes.length
      ? [problem('traceCodes', '有重复的追溯码', 'a code stands twice')]
      : []),
    ...(context.arrangement?.way === 'home' ? checkColdChain(p, context) : []),
  ];
}

export const counterEvents: Readonly<Record<string, EventDef>> = {
  drugArrived: def({
    label: t('登记到货', 'Record the arrival'),
    told: t('药品已到药店', 'The drug is at the pharmacy'),
    by: ['pharmacist'],
    weight: 'primary',
    schema: payload({ ...temperatures }),
    needs: (context) => (context.drug?.coldChain ? ['lowest', 'highest'] : []),
    check: (p: { lowest?: number; highest?: number }, context) => checkColdChain(p, context),
  }),
  quarantineDrug: def({
    label: t('温度异常，隔离并重新供药', 'Temperature excursion: quarantine and supply anew'),
    told: t('运输温度异常，已隔离，重新供药', 'Quarantined after a temperature excursion; supplied anew'),
    by: ['pharmacist'],
    schema: payload({
      lowest: integerField({ title: t('最低温度（℃）', 'Lowest (°C)'), group: 'booking', min: -40, max: 60 }),
      highest: integerField({ title: t('最高温度（℃）', 'Highest (°C)'), group: 'booking', min: -40, max: 60 }),
      reason,
    }),
    check: (p: { lowest: number; highest: number }) =>
      excursion(p) ? [] : [problem('highest', '温度在 2 到 8 ℃ 之内，不用隔离', 'within 2 to 8 °C: no quarantine')],
  }),
  cannotSupply: def({
    label: t('供不了货', 'Cannot supply'),
    told: t('这家药店供不了货', 'The pharmacy cannot supply'),
    by: ['pharmacist'],
    schema: payload({ reason }),
  }),
  handOverDrug: def({
    label: t('核对并发药', 'Check and hand over'),
    told: t('药品已交付', 'The drug was handed over'),
    by: ['pharmacist'],
    weight: 'primary',
    schema: payload({
      code: textField({ title: t('取药码', 'Pick-up code'), group: 'internal', max: 6 }),
      collector: choiceField({
        title: t('谁来取', 'Who collects'),
        group: 'booking',
        choices: ['self', 'agent'],
        labels: { self: t('本人', 'the insured'), agent: t('代取人或监护人', 'somebody for them') },
      }),
      collectorName: textField({ title: t('取药人姓名', 'Name of who collects'), group: 'identity', max: 40 }),
      ...shownFields,
      authorisation: yesNoField({
        title: t('授权委托书或监护证明原件', 'Original letter of authorisation or proof of guardianship'),
        group: 'booking',
        showIf: { collector: 'agent' },
      }).optional(),
      traceCodes: manyOf(textField({ title: t('追溯码', 'Trace code'), group: 'booking', max: 40 }), {
        title: t('追溯码（每盒一个）', 'Trace codes, one a pack'),
        group: 'booking',
        min: 1,
        max: 30,
      }),
      batches: manyOf(textField({ title: t('批号', 'Batch'), group: 'booking', max: 40 }), {
        title: t('批号（与追溯码同序）', 'Batches, in the same order'),
        group: 'booking',
        min: 1,
        max: 30,
      }),
      expiries: manyOf(dayField({ title: t('有效期', 'Expiry'), group: 'booking' }), {
        title: t('有效期（与追溯码同序）', 'Expiry days, in the same order'),
        group: 'booking',
        min: 1,
        max: 30,
      }),
      price: moneyField({
        title: t('每盒售价（元）', 'Price of a pack (yuan)'),
        group: 'settlement',
        max: 1_000_000_000,
      }),
      ...temperatures,
      receipt: referenceField({ title: t('签收单', 'Signed receipt'), group: 'papers', ref: 'paper:any' }),
      paid: yesNoField({
        title: t('会员自付部分已在店内收取', "The member's part was paid here"),
        group: 'settlement',
      }),
    }),
    needs: (context) => (context.drug?.coldChain && context.arrangement?.way === 'home' ? ['lowest', 'highest'] : []),
    check: (p: HandOver, context, facts) => [
      ...checkHandOver(p, context, facts),
      ...(facts.refs.receipt ? [] : [problem('receipt', '请先上传签收单', 'upload the signed receipt first')]),
    ],
  }),
  finishRound: def({
    label: t('余下的不再发，结束这次', 'No more of this purchase: finish it'),
    told: t('这次购药结束', 'This purchase is finished'),
    by: ['drug-consultant', 'pharmacist'],
    schema: payload({ reason }),
  }),
  recordPaid: def({
    label: t('登记会员自付已收', "Record that the member's part was paid"),
    told: t('自付部分已付', 'The own part was paid'),
    by: ['pharmacist'],
    schema: payload({}),
  }),
  recordRefunded: def({
    label: t('登记已把多付的钱退给会员', 'Record that the member was given back what is due'),
    told: t('药店已退回多付的钱', 'The pharmacy gave back what was due'),
    by: ['pharmacist', 'drug-consultant'],
    whileSuspended: true,
    schema: payload({}),
  }),
  returnPacks: def({
    label: t('登记退药', 'Record a return'),
    told: t('登记了退药', 'A return was recorded'),
    by: ['pharmacist'],
    schema: payload({
      traceCodes: manyOf(textField({ title: t('追溯码', 'Trace code'), group: 'booking', max: 40 }), {
        title: t('退回的追溯码', 'Trace codes returned'),
        group: 'booking',
        min: 1,
        max: 30,
      }),
      cause: choiceField({
        title: t('原因', 'Cause'),
        group: 'booking',
        choices: ['damaged', 'recalled', 'wrong', 'not-taken'],
        labels: {
          damaged: t('破损', 'damaged'),
          recalled: t('召回', 'recalled'),
          wrong: t('发错', 'the wrong one'),
          'not-taken': t('未使用退回', 'not used'),
        },
      }),
    }),
  }),
};
