/** The events of a booking at the hospital, v1: the member's and the hospital's own beside the shared ones; and the request. */
import { choiceField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { bookingMemberEvents } from '../phases/booking-member-events-v1.ts';
import { caseEvents } from '../phases/case-events-v1.ts';
import { dayStart, defOf, inOrder, MEMBER_SIDE, problem, reason, t } from '../phases/kit-v1.ts';
import { requestEvents } from '../phases/request-events-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';
import { claimEvents } from './claim-events-v1.ts';
import { type Context, ITEMS } from './context-v1.ts';

const def = defOf<Context>();
const slot = referenceField({ title: t('时段', 'Slot'), group: 'booking', ref: 'slot' });
const NO_COST = t('改期、取消都不收费，也不限次数', 'Changing and cancelling are free, as often as you like');

type Facts = Parameters<NonNullable<EventDef['check']>>[2];
/** A slot of this case's item that is still to come; whether it is free the shell finds out under its lock. */
const checkSlot: NonNullable<EventDef<Context>['check']> = (_, _context, { refs, now }: Facts) => {
  const found = refs.slot;
  if (!found?.fits) return [problem('slot', '没有这个时段，请重新选择', 'no such slot; choose another')];
  return new Date(String(found.startsAt)) > now
    ? []
    : [problem('slot', '这个时段已经过去，请另选', 'the slot is over; choose another')];
};

const own: Readonly<Record<string, EventDef>> = {
  holdSlot: def({
    label: t('选时段', 'Choose a slot'),
    told: t('选了时段，暂为您保留', 'Chose a slot; it is held'),
    by: MEMBER_SIDE,
    weight: ({ offer }) => (offer ? 'normal' : 'primary'),
    schema: payload({ slot }),
    check: checkSlot,
  }),
  confirmBooking: def({
    label: t('确认预约', 'Confirm the booking'),
    told: t('确认了预约', 'Confirmed the booking'),
    by: MEMBER_SIDE,
    weight: 'primary',
    warning: () => NO_COST,
    schema: payload({}),
    check: (_, { offer, provider }, { now, consented }) => [
      ...(offer && now > new Date(offer.answerBy)
        ? [problem('', '已过保留时间，请重新选时段', 'it is no longer held; choose a slot again')]
        : []),
      ...(provider && consented.includes(provider)
        ? []
        : [problem('', '请先同意把这次预约交给医院', 'agree first that the hospital gets this booking')]),
    ],
  }),
  letGo: def({
    label: t('放弃这个时段', 'Let this slot go'),
    told: t('放弃了保留的时段', 'Let the slot go'),
    by: MEMBER_SIDE,
    schema: payload({}),
  }),
  changeBooking: def({
    label: t('改期（免费）', 'Move the booking (free)'),
    told: t('改了时间', 'Moved the booking'),
    by: MEMBER_SIDE,
    schema: payload({ slot }),
    warning: () => NO_COST,
    check: checkSlot,
  }),
  cancelBooking: {
    ...bookingMemberEvents.cancelBooking!,
    label: t('取消预约（免费）', 'Cancel the booking (free)'),
    warning: () => t('取消不收费，也不计次数', 'Cancelling costs nothing and counts as no use'),
  },
  rate: bookingMemberEvents.rate!,
  enterBooking: def({
    label: t('确认已登记', 'Confirm: entered at the hospital'),
    told: t('医院确认了预约', 'The hospital confirmed the booking'),
    by: ['hospital-staff', 'system'],
    weight: 'primary',
    schema: payload({}),
  }),
  providerChanges: def({
    label: t('医院改时间', 'The hospital moves the booking'),
    told: t('医院改了时间', 'Moved by the hospital'),
    by: ['hospital-staff'],
    schema: payload({
      slot,
      why: textField({
        title: t('原因', 'Why'),
        help: t('会告诉会员', 'told to the member'),
        group: 'booking',
        max: 300,
        multiline: true,
      }),
    }),
    check: checkSlot,
  }),
  providerCancels: {
    ...bookingEvents.providerCancels!,
    label: t('医院取消，请会员另选', 'The hospital cancels; the member chooses again'),
    told: t('医院取消了，请另选时间', 'Cancelled by the hospital; choose another time'),
    by: ['hospital-staff', 'case-manager'],
  },
  slotClosed: def({
    label: t('医院停了这个时段', 'The hospital closed the slot'),
    told: t('医院停了这个时段，请另选', 'The hospital closed the slot; choose another'),
    by: ['system'],
    schema: payload({}),
  }),
  checkIn: def({
    label: t('签到', 'Check in'),
    told: t('已到院签到', 'Checked in'),
    // The house too: a hospital that says nothing must not keep a case open.
    by: ['hospital-staff', 'case-manager'],
    weight: ({ entered }) => (entered ? 'primary' : 'normal'),
    schema: payload({}),
    check: (_, { offer }, { now }) =>
      offer && now.getTime() >= dayStart(new Date(offer.visitAt).getTime())
        ? []
        : [problem('', '预约当天起才能签到', 'only from the day of the booking')],
  }),
  reportAbsence: def({
    label: t('会员未到', 'The member did not come'),
    told: t('登记为未到，不计次数', 'Recorded as absent, not counted'),
    by: ['hospital-staff', 'case-manager'],
    schema: payload({}),
    check: (_, { offer }, { now }) =>
      offer && now > new Date(offer.visitAt)
        ? []
        : [problem('', '约定时间过后才能登记', 'only after the time of the booking')],
  }),
  offerLapsed: {
    ...bookingEvents.offerLapsed!,
    told: t('没有确认，时段已放回', 'Not confirmed; the slot was given back'),
  },
  ratingLapsed: bookingEvents.ratingLapsed!,
  honour: bookingEvents.honour!,
  decline: { ...bookingEvents.decline!, schema: payload({ reason }) },
};

export const events = inOrder(
  [
    'giveOwnConsent',
    'declineOwnConsent',
    'holdSlot',
    'confirmBooking',
    'letGo',
    'changeBooking',
    'fillClaim',
    'handInPaper',
    'submitClaim',
    'withdraw',
    'leaveMessage',
    'cancelBooking',
    'rate',
    'takeReview',
    'judgePaper',
    'verifyFacts',
    'acceptRequest',
    'askPapers',
    'refuseRequest',
    'takeCase',
    'acceptClaim',
    'askClaimPapers',
    'handOverClaim',
    'recordAnswer',
    'closeNotPursued',
    'logCall',
    'writeMember',
    'addNote',
    'approveList',
    'declineList',
    'reassign',
    'honour',
    'decline',
    'enterBooking',
    'checkIn',
    'reportAbsence',
    'providerChanges',
    'providerCancels',
    'offerLapsed',
    'slotClosed',
    'messageRead',
    'pursuitEnded',
    'ratingLapsed',
    'consentWithdrawn',
    'policyEnded',
    'stopImpostor',
    'personDied',
  ],
  { ...requestEvents, ...reviewEvents, ...caseEvents, ...claimEvents, ...own },
);

/** What she wants, one item a case [2.7.1], and what the hospital should know; why she goes there is nobody's question. */
export const request = payload({
  item: choiceField({
    title: t('要办什么', 'What you need'),
    group: 'request',
    choices: ITEMS,
    labels: {
      outpatient: t('门诊预约', 'Outpatient visit'),
      expert: t('专家预约', 'Expert visit'),
      'check-up': t('体检预约', 'Check-up'),
      accompaniment: t('陪诊预约', 'Accompaniment'),
      claim: t('线上理赔', 'Online claim'),
    },
  }),
  needs: textField({
    title: t('想让医院知道的', 'What the hospital should know'),
    help: t('例如需要轮椅；不用写病情', 'a wheelchair, for example; no need to name an illness'),
    group: 'request',
    max: 200,
    multiline: true,
  }).optional(),
});
