/** Events between the verdict and the pharmacy's counter: costs, pharmacy and time agreed, a prescription re-issued, the next round [2.6.2.8.1, 2.6.3.2.4]. v1: released, never edited. */
import { type Day, dayOf } from '../../calendar/day.ts';
import {
  choiceField,
  dayField,
  momentField,
  moneyField,
  payload,
  referenceField,
  textField,
  yesNoField,
} from '../fields.ts';
import type { EventDef, Facts, Problem } from '../journey.ts';
import { defOf, future, MEMBER_SIDE, problem, reason, t } from '../phases/kit-v1.ts';
import type { Context } from './context-v1.ts';

const def = defOf<Context>();
const brandOf = (context: Context) => context.drug?.name ?? '';
/** What the chosen pharmacy can do for this drug and this way [2.6.2.8.1, 2.6.5.2.1]. */
function checkArrangement(
  p: { way: 'pick-up' | 'home'; at: string; address?: string; coldChainFee?: number },
  context: Context,
  facts: Facts,
): Problem[] {
  const { pharmacy } = facts.refs;
  const say = (zh: string, en: string) => [problem('pharmacy', zh, en)];
  const drugs = pharmacy?.drugs as readonly string[] | undefined;
  return [
    ...future('at', p.at, facts),
    ...(p.way === 'home' && !p.address ? [problem('address', '送药上门要写地址', 'a delivery needs its address')] : []),
    ...(p.way === 'pick-up' && context.drug?.carT
      ? [problem('way', 'CAR-T 产品不能自取', 'a CAR-T product cannot be picked up')]
      : []),
    ...((p.coldChainFee ?? 0) > 0 && !context.drug?.coldChain
      ? [problem('coldChainFee', '不是冷链药品，没有冷链费', 'no cold-chain drug, no such fee')]
      : []),
    ...(pharmacy
      ? [
          ...(p.way === 'pick-up' && pharmacy.pickUp === false ? say('这家药店不能自取', 'no pick-up there') : []),
          ...(p.way === 'home' && pharmacy.homeDelivery === false ? say('这家药店不送药', 'it does not deliver') : []),
          ...(context.drug?.coldChain && pharmacy.coldChain === false
            ? say('这家药店不能存放冷链药品', 'it keeps no cold-chain drugs')
            : []),
          ...(drugs && drugs.length > 0 && !drugs.includes(brandOf(context))
            ? say('这家药店没有这种药，请另选', 'it does not stock this drug; choose another')
            : []),
          ...(typeof pharmacy.licenceUntil === 'string' && pharmacy.licenceUntil < dayOf(facts.now)
            ? say('这家药店的许可已过期', 'its licence is out of date')
            : []),
        ]
      : say('这家药店今天不在清单上，请另选', 'not on the list as of today; choose another')),
  ];
}

export const arrangementEvents: Readonly<Record<string, EventDef>> = {
  proposeArrangement: def({
    label: t('确认费用，约药店和时间', 'Confirm what is paid; propose pharmacy and time'),
    told: t('提出了药店、时间和费用', 'Pharmacy, time and costs were proposed'),
    by: ['drug-consultant'],
    weight: 'primary',
    schema: payload({
      way: choiceField({
        title: t('取药方式', 'How'),
        group: 'booking',
        choices: ['pick-up', 'home'],
        labels: { 'pick-up': t('到店自取', 'pick-up'), home: t('送药上门', 'delivery') },
      }),
      pharmacy: referenceField({ title: t('药店', 'Pharmacy'), group: 'booking', ref: 'list:pharmacies' }),
      at: momentField({ title: t('取药或送达时间', 'When'), group: 'booking' }),
      address: textField({
        title: t('送药地址', 'Address'),
        group: 'booking',
        max: 200,
        showIf: { way: 'home' },
      }).optional(),
      coldChainFee: moneyField({
        title: t('冷链保价费（会员自付，元）', 'Insured cold-chain carriage, paid by the member (yuan)'),
        group: 'settlement',
        max: 1_000_000,
      }).optional(),
    }),
    check: checkArrangement,
  }),
  acceptArrangement: def({
    label: t('同意费用和取药安排', 'Agree to costs and arrangement'),
    told: t('同意了费用和取药安排', 'Agreed to costs and arrangement'),
    by: MEMBER_SIDE,
    weight: 'primary',
    schema: payload({}),
    check: (_, context, facts) =>
      context.arrangement && new Date(context.arrangement.at).getTime() > facts.now.getTime()
        ? []
        : [problem('', '这个时间已过，请等咨询医师另约', 'this time has passed; the consultant proposes another')],
  }),
  declineArrangement: def({
    label: t('换一种安排', 'Ask for another arrangement'),
    told: t('要求另作安排', 'Asked for another arrangement'),
    by: MEMBER_SIDE,
    schema: payload({
      wish: textField({
        title: t('希望怎样', 'What would suit'),
        group: 'booking',
        max: 200,
        multiline: true,
      }).optional(),
    }),
  }),
  withdrawArrangement: def({
    label: t('收回，另约药店', 'Take back; propose another pharmacy'),
    told: t('正在另约药店', 'Another pharmacy is being arranged'),
    by: ['drug-consultant'],
    schema: payload({ reason }),
  }),
  cancelRound: def({
    label: t('这次不买了', 'Give this purchase up'),
    told: t('放弃了这次购药', 'Gave this purchase up'),
    by: MEMBER_SIDE,
    weight: 'costly',
    whileSuspended: true,
    warning: () =>
      t('预留的额度退回；以后可以再交处方', 'what was reserved is given back; another prescription can follow'),
    schema: payload({}),
  }),
  handInReissued: def({
    label: t('补交重新开具的处方', 'Hand in the re-issued prescription'),
    told: t('补交了重新开具的处方', 'Handed in a re-issued prescription'),
    by: MEMBER_SIDE,
    schema: payload({
      paper: referenceField({ title: t('处方', 'Prescription'), group: 'papers', ref: 'paper:mine' }),
    }),
  }),
  checkReissued: def({
    label: t('核对重新开具的处方', 'Check the re-issued prescription'),
    told: t('核对了重新开具的处方', 'The re-issued prescription was checked'),
    by: ['drug-consultant'],
    schema: payload({
      paper: referenceField({ title: t('处方', 'Prescription'), group: 'papers', ref: 'paper:any' }),
      same: yesNoField({
        title: t('药品、用法用量与已审的处方一致', 'Drug, usage and dosage as in the one reviewed'),
        group: 'prescription',
      }),
      issuedOn: dayField({ title: t('开方日期', 'Issued on'), group: 'prescription' }),
      validUntil: dayField({ title: t('处方有效期至', 'Valid until'), group: 'prescription' }),
    }),
    check: (p: { same: boolean; issuedOn: Day; validUntil: Day }, _context, facts) => [
      ...(facts.refs.paper ? [] : [problem('paper', '请选这份申请里的一份资料', 'choose a paper of this case')]),
      ...(p.same
        ? []
        : [problem('same', '不一致的处方要重新审核：请结束这次，另交处方', 'another prescription is reviewed anew')]),
      ...(p.issuedOn > dayOf(facts.now) ? [problem('issuedOn', '不能晚于今天', 'cannot be later than today')] : []),
      ...(p.validUntil < dayOf(facts.now)
        ? [problem('validUntil', '这张处方也已过期', 'this one is out of date too')]
        : []),
    ],
  }),
  newPrescription: def({
    label: t('交新处方，继续用药', 'Hand in a new prescription'),
    told: t('交了新处方', 'Handed in a new prescription'),
    by: MEMBER_SIDE,
    weight: 'primary',
    schema: payload({
      paper: referenceField({ title: t('处方', 'Prescription'), group: 'papers', ref: 'paper:mine' }),
    }),
  }),
  endTherapy: def({
    label: t('不再用这种药，结束', 'End this therapy'),
    told: t('结束了这项用药服务', 'The therapy was ended'),
    by: [...MEMBER_SIDE, 'drug-consultant'],
    weight: 'costly',
    whileSuspended: true,
    schema: payload({
      why: choiceField({
        title: t('原因', 'Why'),
        group: 'request',
        choices: ['finished', 'changed', 'other'],
        labels: {
          finished: t('疗程结束', 'the course is over'),
          changed: t('换了另一种药（另行申请，与本单相连）', 'another drug (asked for anew, linked to this)'),
          other: t('其他', 'other'),
        },
      }),
    }),
    check: (_, _context, facts) =>
      (facts.drug?.owed.toMember ?? 0) > 0
        ? [
            problem(
              '',
              '药店还有退药的钱没有退回：退回并登记后再结束',
              'the pharmacy has not given back the money of what was returned: end it once that is recorded',
            ),
          ]
        : [],
  }),
  approvalExpired: def({
    label: t('审批过期', 'The approval expired'),
    told: t('审批已过期，预留的额度退回', 'The approval expired; what was reserved is given back'),
    by: ['system'],
    whileSuspended: true,
    schema: payload({}),
  }),
  therapyLapsed: def({
    label: t('很久没有新处方，结束', 'No new prescription for long: closed'),
    told: t('很久没有新处方，已结束', 'Closed: no new prescription came'),
    by: ['system'],
    schema: payload({}),
  }),
};
