/** What happens to the boxes of a programme: bought, struck, collected, not collected with or without a cause. */
import { standingOf } from '../../aid/standing.ts';
import { dayOf } from '../../calendar/day.ts';
import { choiceField, dayField, integerField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { defOf, MEMBER_SIDE, problem, reason, t } from '../phases/kit-v1.ts';
import type { Context } from './context-v1.ts';

const def = defOf<Context>();
const notLater = (field: string, day: string, now: Date) =>
  day <= dayOf(now) ? [] : [problem(field, '不能晚于今天', 'cannot be later than today')];
export const payer = choiceField({
  title: t('谁付的钱', 'Who paid'),
  group: 'request',
  choices: ['insurer', 'member'],
  labels: { insurer: t('保险公司（直赔）', 'the insurer'), member: t('会员自费', 'the member') },
});

export const boxEvents: Readonly<Record<string, EventDef>> = {
  recordBought: def({
    label: t('登记已买的药', 'Record boxes that were bought'),
    told: t('登记了已买的药', 'Bought boxes were recorded'),
    by: ['aid-assistant'],
    schema: payload({
      on: dayField({ title: t('购药日期', 'Bought on'), group: 'request' }),
      units: integerField({ title: t('盒数', 'Boxes'), group: 'request', min: 1, max: 12 }),
      payer,
      proof: referenceField({ title: t('购药凭证', 'Proof of purchase'), group: 'papers', ref: 'paper:any' }),
    }),
    check: (p: { on: string; units: number }, context, facts) => {
      const { programme, moves } = context;
      const so = programme && standingOf(programme, moves);
      const needed = so ? so.phase.bought - so.bought : 0;
      return [
        ...notLater('on', p.on, facts.now),
        ...(facts.refs.proof ? [] : [problem('proof', '请选这份服务单里的凭证', 'choose a paper of this case')]),
        ...(p.units > needed
          ? [problem('units', `这一轮只要再买 ${needed} 盒`, `this round asks for ${needed} more`)]
          : []),
      ];
    },
  }),
  boxesDispensed: def({
    label: t('药店发出了保险公司付款的药', 'The pharmacy handed out boxes that the insurer pays'),
    told: t('直赔的药计入已买的盒数', 'Boxes paid by the insurer count as bought'),
    by: ['system'],
    schema: payload({
      on: dayField({ title: t('发药日期', 'Handed out on'), group: 'request' }),
      units: integerField({ title: t('盒数', 'Boxes'), group: 'request', min: 1, max: 100 }),
    }),
  }),
  boxesReturned: def({
    label: t('保险公司付款的药退回了药店', 'Boxes that the insurer paid went back to the pharmacy'),
    told: t('退回的药不再计入已买的盒数', 'Boxes given back count as bought no more'),
    by: ['system'],
    schema: payload({
      on: dayField({ title: t('退药日期', 'Given back on'), group: 'request' }),
      units: integerField({ title: t('盒数', 'Boxes'), group: 'request', min: 1, max: 100 }),
    }),
  }),
  strikeBought: def({
    label: t('上一笔登记错了，划掉', 'The last purchase was recorded by mistake: strike it'),
    told: t('划掉了一笔登记错的购药', 'A purchase recorded by mistake was struck'),
    by: ['aid-assistant'],
    schema: payload({ reason }),
  }),
  recordCollected: def({
    label: t('登记领到赠药', 'Record that the free drug was collected'),
    told: t('领到了赠药', 'The free drug was collected'),
    by: ['aid-assistant'],
    weight: 'primary',
    schema: payload({
      on: dayField({ title: t('领药日期', 'Collected on'), group: 'request' }),
      pharmacy: referenceField({ title: t('药店', 'Pharmacy'), group: 'request', ref: 'list:pharmacies' }),
    }),
    check: (p: { on: string }, { programme }, facts) => {
      const { pharmacy } = facts.refs;
      const named = programme?.pharmacies ?? [];
      return [
        ...notLater('on', p.on, facts.now),
        ...(pharmacy
          ? named.length === 0 || named.includes(String(pharmacy.name))
            ? []
            : [
                problem(
                  'pharmacy',
                  `这个项目只在这里领：${named.join('、')}`,
                  `this programme is collected at ${named.join(', ')}`,
                ),
              ]
          : [problem('pharmacy', '这家药店今天不在名单上', 'not on the list as of today')]),
      ];
    },
  }),
  sayWhyNot: def({
    label: t('这次不能去领，说明原因', 'Cannot collect this time: say why'),
    told: t('说明了不能领药的原因', 'Said why it cannot be collected'),
    by: [...MEMBER_SIDE, 'aid-assistant'],
    schema: payload({
      cause: choiceField({
        title: t('原因', 'Why'),
        group: 'request',
        choices: ['in-hospital', 'doctor-paused', 'out-of-stock', 'other'],
        labels: {
          'in-hospital': t('住院', 'in hospital'),
          'doctor-paused': t('医生要求暂停用药', 'the doctor paused the drug'),
          'out-of-stock': t('药店没有药', 'the pharmacy had none'),
          other: t('其他', 'other'),
        },
      }),
      note: textField({
        title: t('情况，大概什么时候能领', 'What happened, and when it may be possible'),
        group: 'request',
        max: 500,
        multiline: true,
      }),
    }),
  }),
  giveUpTurn: def({
    label: t('期满未领，视为放弃当次援助', 'Not collected in time: this turn is given up'),
    told: t('这次赠药没有领，视为放弃当次', 'Not collected: this turn is given up'),
    by: ['aid-assistant'],
    weight: 'costly',
    schema: payload({}),
    warning: () =>
      t(
        '会员会被告知：这次援助视为放弃，另外购药的费用由本人承担',
        'the member is told that this turn is given up and what is bought instead is her own cost',
      ),
  }),
  excuseTurn: def({
    label: t('有正当原因，另定领药日期', 'With cause: another day to collect'),
    told: t('有正当原因，另定了领药日期', 'With cause: another day was set'),
    by: ['supervisor'],
    weight: 'primary',
    schema: payload({
      collectFrom: dayField({ title: t('从哪天起可以领', 'Can be collected from'), group: 'request' }),
      reason,
    }),
  }),
  decideGivenUp: def({
    label: t('没有正当原因，视为放弃当次援助', 'Without cause: this turn is given up'),
    told: t('没有正当原因，视为放弃当次援助', 'Without cause: this turn is given up'),
    by: ['supervisor'],
    weight: 'costly',
    schema: payload({ reason }),
    warning: () =>
      t(
        '另外购药的费用由会员承担，当次理赔也视为放弃',
        'what is bought instead is her own cost, and no claim is paid for it',
      ),
  }),
  windowPassed: def({
    label: t('领药期限已过', 'The time to collect is over'),
    by: ['system'],
    schema: payload({}),
  }),
};
