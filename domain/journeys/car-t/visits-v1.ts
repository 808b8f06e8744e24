/** The face-to-face assessment and the bed [2.6.4.2, 2.6.4.8.4, 2.6.4.8.5]: agreed with her, at a hospital of annex A.4. CAR-T, v1. */
import { momentField, payload, referenceField, textField } from '../fields.ts';
import type { ChartEvent, EventDef, Facts, Problem } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { bookingMemberEvents } from '../phases/booking-member-events-v1.ts';
import type { PhaseContext } from '../phases/context-v1.ts';
import { dayStart, defOf, future, MEMBER_SIDE, meetsDemand, problem, row, t, text } from '../phases/kit-v1.ts';
import type { Context } from './context-v1.ts';

const def = defOf<Context>();
type Offered = { visitAt: string; answerBy: string };

/** What a bed or an appointment says; `words`: what its moment is called. */
const place = (words: { at: ReturnType<typeof t> }) => ({
  hospital: referenceField({ title: t('医院', 'Hospital'), group: 'booking', ref: 'list:cart-hospitals' }),
  department: textField({ title: t('科室', 'Department'), group: 'booking', max: 40 }),
  visitAt: momentField({ title: words.at, group: 'booking' }),
  answerBy: momentField({
    title: t('保留到', 'Held until'),
    group: 'booking',
    help: t('会员要在此前答复', 'the member answers by then'),
  }),
  prepare: textField({
    title: t('怎样准备', 'How to prepare'),
    group: 'booking',
    max: 1000,
    multiline: true,
  }).optional(),
});
const visitShape = {
  ...place({ at: t('面诊时间', 'Time of the face-to-face assessment') }),
  doctor: textField({ title: t('医生', 'Doctor'), group: 'booking', max: 40 }),
};
const bedShape = {
  ...place({ at: t('入院时间', 'Time of admission') }),
  ward: textField({ title: t('病区和床位', 'Ward and bed'), group: 'booking', max: 80 }),
};
/** Fields of an offer that travel in `offer.more`. */
const MORE = ['ward', 'prepare'] as const;

/** At a hospital that is on the list as of today and of the grade that the plan asks for, at a time to come. */
function checkPlace(offered: Offered, context: PhaseContext, facts: Facts): Problem[] {
  const { hospital } = facts.refs;
  return [
    ...future('visitAt', offered.visitAt, facts),
    ...future('answerBy', offered.answerBy, facts),
    ...(new Date(offered.answerBy) < new Date(offered.visitAt)
      ? []
      : [problem('answerBy', '保留期限要早于约定的时间', 'must be before the time agreed')]),
    ...(hospital
      ? meetsDemand(hospital, context.rules.hospital)
        ? []
        : [
            problem(
              'hospital',
              '这家医院的等级不合要求，请另选',
              'its grade is not what the plan asks for; choose another',
            ),
          ]
      : [
          problem(
            'hospital',
            '这家医院今天不在 CAR-T 医院清单上，请另选',
            'not on the list of CAR-T hospitals as of today',
          ),
        ]),
  ];
}

/** The appointment or bed as it was offered. */
export const placeOf = (event: ChartEvent) => ({
  hospitalId: text(event, 'hospital'),
  hospital: row(event, 'hospital', 'name'),
  department: text(event, 'department'),
  expert: text(event, 'doctor'),
  rank: '',
  visitAt: text(event, 'visitAt'),
  answerBy: text(event, 'answerBy'),
  escort: null,
  more: Object.fromEntries(MORE.flatMap((field) => (event.payload[field] ? [[field, text(event, field)]] : []))),
});

const lasting = ({ assessed }: Context) => assessed;

export const visitEvents: Readonly<Record<string, EventDef>> = {
  offerSlot: def({
    label: t('提出面诊时间', 'Propose a time for the face-to-face assessment'),
    told: t('提出了面诊的医院和时间', 'Hospital and time of the assessment were proposed'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload(visitShape),
    check: checkPlace as never,
  }),
  providerChanges: def({
    label: t('医院改期（不计使用）', 'The hospital changes it (not counted)'),
    told: t('医院改了面诊的安排，不计使用', 'The hospital changed the assessment, not counted'),
    by: ['car-t-specialist'],
    schema: payload(visitShape),
    check: checkPlace as never,
  }),
  offerBed: def({
    label: t('提供床位', 'Offer a bed'),
    told: t('留出了床位', 'A bed was held'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload(bedShape),
    check: checkPlace as never,
  }),
  acceptOffer: {
    ...bookingMemberEvents.acceptOffer!,
    label: t('确认这个安排', 'Accept this arrangement'),
    told: t('确认了安排', 'Accepted the arrangement'),
  },
  providerCancels: { ...bookingEvents.providerCancels!, by: ['car-t-specialist'] },
  cancelBooking: def({
    label: t('取消面诊（不计使用）', 'Cancel the assessment (not counted)'),
    told: t('取消了面诊', 'Cancelled the assessment'),
    by: MEMBER_SIDE,
    weight: 'costly',
    whileSuspended: true,
    schema: payload({
      why: textField({ title: t('原因', 'Why'), group: 'internal', max: 200, multiline: true }).optional(),
    }),
    warning: () =>
      t(
        '面诊前取消不计使用，这份申请随之结束',
        'Cancelling before the assessment counts as no use; the request ends with it',
      ),
  }),
  reportAbsence: { ...bookingEvents.reportAbsence!, by: ['car-t-specialist'] },
  checkIn: def({
    label: t('会员已到面诊', 'The member attended'),
    told: t('已到面诊', 'Attended the assessment'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload({}),
    check: (_, context, facts) =>
      context.offer && facts.now.getTime() >= dayStart(new Date(context.offer.visitAt).getTime())
        ? []
        : [problem('', '面诊当天起才能登记', 'only from the day of the assessment')],
  }),
  passAssessment: def({
    label: t('面诊通过', 'Passed'),
    told: t('面诊通过', 'The face-to-face assessment was passed'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload({
      product: referenceField({ title: t('选定的产品', 'Product'), group: 'treatment', ref: 'list:drugs' }),
      note: textField({ title: t('面诊结论', 'What was found'), group: 'attendance', max: 1000, multiline: true }),
    }),
    check: (_, _context, { refs: { product } }) =>
      product?.carT === true && forLymphoma(product)
        ? []
        : [
            problem(
              'product',
              '请选适应症含淋巴瘤的 CAR-T 产品；用于白血病、骨髓瘤的产品走特药审核',
              'choose a CAR-T product for lymphoma; those for leukaemia or myeloma go through the drug review',
            ),
          ],
  }),
  failAssessment: def({
    label: t('面诊未通过', 'Not passed'),
    told: t('面诊没有通过', 'The face-to-face assessment was not passed'),
    by: ['car-t-specialist'],
    schema: payload({
      why: textField({ title: t('原因', 'Why'), group: 'attendance', max: 1000, multiline: true }),
    }),
  }),
  admit: def({
    label: t('会员已入院', 'The member was admitted'),
    told: t('已入院', 'Admitted'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload({}),
    check: (_, context, facts) =>
      context.offer && facts.now.getTime() >= dayStart(new Date(context.offer.visitAt).getTime())
        ? []
        : [problem('', '入院当天起才能登记', 'only from the day of the admission')],
  }),
  changeBooking: {
    ...bookingMemberEvents.changeBooking!,
    label: t('改期或改医院（不计使用）', 'Change it (not counted)'),
    warning: (context) =>
      lasting(context as unknown as Context)
        ? t('面诊已计为使用 1 次，改期不再另计', 'The assessment counted as one use; a change counts no further one')
        : t('改期不计使用', 'A change counts as no use'),
  },
};

/** The indication of the contract decides, never more than the label's; leukaemia and myeloma are not of this service [2.6.4.1]. */
const forLymphoma = (product: Readonly<Record<string, unknown>>): boolean =>
  String(product.contractIndication || product.labelIndication || '').includes('淋巴瘤');
