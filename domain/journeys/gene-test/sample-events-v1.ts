/** Events of the sample: pick-up, chain of custody, arrival at the laboratory. v1: released, never edited. */
import { choiceField, integerField, momentField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef, Facts, Problem } from '../journey.ts';
import { bookingMemberEvents } from '../phases/booking-member-events-v1.ts';
import { dayStart, defOf, future, isPhone, MEMBER_SIDE, problem, reason, t } from '../phases/kit-v1.ts';
import type { Context } from './context-v1.ts';

const def = defOf<Context>();
export const barcode = textField({
  title: t('样本条码', 'Barcode of the sample'),
  group: 'sample',
  max: 32,
  help: t('6 到 32 位字母、数字或短横', '6 to 32 letters, digits or hyphens'),
});
const temperature = integerField({
  title: t('温度（℃）', 'Temperature (°C)'),
  group: 'sample',
  min: -196,
  max: 60,
});
export const past = (field: string, value: string, facts: Facts): Problem[] =>
  new Date(value).getTime() <= facts.now.getTime() ? [] : [problem(field, '不能晚于现在', 'cannot be later than now')];
/** One sample, one barcode, from the collection to the report; another one is another person's. */
export const sameSample = (given: string, context: Context): Problem[] =>
  context.sample?.barcode === given
    ? []
    : [
        problem(
          'barcode',
          '条码与取样时登记的不一致，请核对样本',
          'not the barcode recorded at the collection: check the sample',
        ),
      ];
export const licensed = (facts: Facts, field = ''): Problem[] =>
  facts.laboratoryLicensed
    ? []
    : [
        problem(
          field,
          '检测机构的许可今天不在有效期内：请更新服务商清单，或收回另选机构',
          "the laboratory's licence is not in date today: update the list of providers, or take the test back",
        ),
      ];
const spentAlready = t('已计为使用 1 次，取消不再另计', 'One use is already counted; cancelling counts no further one');
/** A shared event of the member's side, as one of a case that remembers a sample. */
const ofTest = (name: 'cancelBooking' | 'changeBooking') => bookingMemberEvents[name] as unknown as EventDef<Context>;
const costsNothingMore = (context: Context) => context.changed || context.delivered;

export const sampleEvents: Readonly<Record<string, EventDef>> = {
  proposePickUp: def({
    label: t('约取样的地址和时间', 'Propose address and time of the pick-up'),
    told: t('提出了取样的地址和时间', 'Address and time of the pick-up were proposed'),
    by: ['case-manager'],
    weight: 'primary',
    schema: payload({
      at: momentField({ title: t('取样时间', 'Time of the pick-up'), group: 'booking' }),
      address: textField({ title: t('取样地址', 'Address'), group: 'booking', max: 200 }),
      collector: textField({ title: t('取样人员', 'Collector'), group: 'booking', max: 40 }),
      phone: textField({ title: t('取样人员电话', 'Telephone of the collector'), group: 'booking', max: 20 }),
      provider: referenceField({
        title: t('派人取样的服务商', 'Who sends the collector'),
        group: 'booking',
        ref: 'list:providers',
      }),
    }),
    check: (p: { at: string; phone: string }, _context, facts) => [
      ...future('at', p.at, facts),
      ...(isPhone(p.phone)
        ? []
        : [problem('phone', '请填写能拨通的电话号码', 'a telephone number that can be called')]),
      ...(facts.refs.provider
        ? facts.consented.includes(String(facts.refs.provider.code))
          ? []
          : [problem('provider', '受检者没有同意把资料交给这家服务商', 'the person has not consented to this provider')]
        : [problem('provider', '没有这家服务商，或今天不在清单上', 'no such provider as of today')]),
      ...licensed(facts),
    ],
  }),
  confirmPickUp: def({
    label: t('确认取样安排', 'Confirm the pick-up'),
    told: t('确认了取样安排', 'Confirmed the pick-up'),
    by: MEMBER_SIDE,
    weight: 'primary',
    schema: payload({}),
    warning: (context, w) => (costsNothingMore(context) ? undefined : w.cancelling),
    check: (_, context, facts) =>
      context.pickUp && new Date(context.pickUp.at).getTime() > facts.now.getTime()
        ? []
        : [problem('', '这个时间已过，请等病案经理另约', 'this time has passed; the case manager proposes another')],
  }),
  declinePickUp: def({
    label: t('换一个时间或地址（不计使用）', 'Ask for another time or address (costs nothing)'),
    told: t('要求另约取样', 'Asked for another pick-up'),
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
  cancelBooking: def({
    ...ofTest('cancelBooking'),
    label: t('取消检测', 'Cancel the test'),
    told: t('取消了检测', 'Cancelled the test'),
    warning: (context, w) => (costsNothingMore(context) ? spentAlready : w.cancelling),
  }),
  changeBooking: def({
    ...ofTest('changeBooking'),
    label: t('改取样时间或地址', 'Change the pick-up'),
    told: t('要求变更取样安排', 'Asked to change the pick-up'),
    warning: (context, w) => (costsNothingMore(context) ? undefined : w.changing),
  }),
  collectSample: def({
    label: t('登记取样', 'Record the collection'),
    told: t('取到了样本', 'The sample was collected'),
    by: ['provider', 'case-manager'],
    weight: 'primary',
    schema: payload({
      barcode,
      temperature,
      collector: textField({ title: t('取样人员', 'Collector'), group: 'sample', max: 40 }),
      collectedAt: momentField({ title: t('取样时间', 'Collected at'), group: 'sample' }),
    }),
    check: (p: { barcode: string; collectedAt: string }, context, facts) => [
      ...(/^[A-Za-z0-9-]{6,32}$/.test(p.barcode)
        ? []
        : [problem('barcode', '条码应是 6 到 32 位字母、数字或短横', '6 to 32 letters, digits or hyphens')]),
      ...past('collectedAt', p.collectedAt, facts),
      ...(context.pickUp && new Date(p.collectedAt).getTime() >= dayStart(new Date(context.pickUp.at).getTime())
        ? []
        : [problem('collectedAt', '早于约定取样的那天', 'earlier than the day of the pick-up')]),
    ],
  }),
  handOverSample: def({
    label: t('登记样本交接', 'Record a hand-over of the sample'),
    told: t('样本已交接', 'The sample changed hands'),
    by: ['provider', 'case-manager'],
    schema: payload({
      barcode,
      temperature,
      to: textField({ title: t('交给', 'Handed to'), group: 'sample', max: 60 }),
      handedAt: momentField({ title: t('交接时间', 'Handed over at'), group: 'sample' }),
    }),
    check: (p: { barcode: string; handedAt: string }, context, facts) => [
      ...sameSample(p.barcode, context),
      ...past('handedAt', p.handedAt, facts),
      ...(context.sample && new Date(p.handedAt) < new Date(context.sample.collectedAt)
        ? [problem('handedAt', '早于取样时间', 'earlier than the collection')]
        : []),
    ],
  }),
  receiveSample: def({
    label: t('登记收样', 'Record the arrival'),
    told: t('检测机构收到了样本', 'The laboratory received the sample'),
    by: ['laboratory'],
    weight: 'primary',
    schema: payload({
      barcode,
      temperature,
      fit: choiceField({
        title: t('样本是否合格', 'Fitness of the sample'),
        group: 'sample',
        choices: ['yes', 'no'],
        labels: { yes: t('合格', 'fit'), no: t('不合格，要重新取样', 'not fit: another is needed') },
      }),
      why: textField({
        title: t('不合格的原因', 'Why not'),
        group: 'sample',
        max: 300,
        help: t('会告诉会员', 'told to the member'),
        showIf: { fit: 'no' },
      }).optional(),
    }),
    check: (p: { barcode: string; fit: string; why?: string }, context) => [
      ...sameSample(p.barcode, context),
      ...(p.fit === 'no' && !p.why ? [problem('why', '请写明原因', 'say why')] : []),
    ],
  }),
  reportSampleLost: def({
    label: t('样本丢失或损坏（不计使用）', 'The sample is lost or spoiled (not counted)'),
    told: t(
      '样本在途中丢失，不计使用，会另约取样',
      'The sample was lost on the way; not counted, another is collected',
    ),
    by: ['provider', 'case-manager', 'laboratory'],
    weight: 'costly',
    schema: payload({
      what: textField({ title: t('情况', 'What happened'), group: 'sample', max: 500, multiline: true }),
    }),
  }),
  closeNotSampled: def({
    label: t('不再取样，结束（不计使用）', 'No further sample: close (not counted)'),
    told: t('不再取样，已结束，不计使用', 'Not sampled again; closed, not counted'),
    by: ['case-manager', 'supervisor'],
    weight: 'costly',
    schema: payload({ reason }),
  }),
};
