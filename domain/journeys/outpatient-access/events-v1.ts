/** The events of the outpatient green channel, v1: its own beside the shared ones, and what a request says. */
import { payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { bookingMemberEvents } from '../phases/booking-member-events-v1.ts';
import { carePathEvents } from '../phases/care-path-v1.ts';
import { caseEvents } from '../phases/case-events-v1.ts';
import { checkOffer, dayStart, def, escortOf, inOrder, offerShape, problem, t } from '../phases/kit-v1.ts';
import { requestEvents } from '../phases/request-events-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';

/** Its own. */
const own: Readonly<Record<string, EventDef>> = {
  offerSlot: def({
    label: t('提供号源', 'Offer a slot'),
    told: t('留出了号源', 'A slot was held'),
    by: ['provider'],
    weight: 'primary',
    schema: payload(offerShape({ at: t('就诊时间', 'Time of the visit') })),
    needs: escortOf,
    check: checkOffer as never,
  }),
  providerChanges: def({
    label: t('医院或服务商改期（不计使用）', 'Provider or hospital changes (not counted)'),
    told: t('医院或服务商改了时间，不计使用', 'Changed by hospital or provider, not counted'),
    by: ['provider'],
    schema: payload(offerShape({ at: t('就诊时间', 'Time of the visit') })),
    needs: escortOf,
    check: checkOffer as never,
  }),
  checkIn: def({
    label: t('会员已到诊', 'Check in'),
    told: t('已到诊', 'Arrived'),
    by: ['provider'],
    weight: 'primary',
    schema: payload({}),
    check: (_, context, facts) =>
      context.offer && facts.now.getTime() >= dayStart(new Date(context.offer.visitAt).getTime())
        ? []
        : [problem('', '就诊当天起才能签到', 'only from the day of the visit')],
  }),
  checkOut: def({
    label: t('就诊结束', 'Check out'),
    told: t('就诊结束', 'The visit ended'),
    by: ['provider'],
    weight: 'primary',
    schema: payload({}),
  }),
};

export const events = inOrder(
  [
    'giveOwnConsent',
    'declineOwnConsent',
    'handInPaper',
    'attachPaper',
    'acceptOffer',
    'declineOffer',
    'keepLooking',
    'withdraw',
    'leaveMessage',
    'cancelBooking',
    'changeBooking',
    'reportEscortAbsent',
    'rate',
    'takeReview',
    'judgePaper',
    'verifyFacts',
    'acceptRequest',
    'askPapers',
    'refuseRequest',
    'takeCase',
    'writeCarePath',
    'handToProvider',
    'takeBack',
    'tellNoSlot',
    'closeNotDeliverable',
    'closeNotPursued',
    'logCall',
    'writeMember',
    'addNote',
    'countAbsence',
    'excuseAbsence',
    'countWithdrawnConsent',
    'releaseWithdrawnConsent',
    'approveList',
    'declineList',
    'reassign',
    'honour',
    'decline',
    'offerSlot',
    'cannotOffer',
    'providerCancels',
    'providerChanges',
    'checkIn',
    'checkOut',
    'summarise',
    'reportAbsence',
    'offerLapsed',
    'messageRead',
    'pursuitEnded',
    'ratingLapsed',
    'consentWithdrawn',
    'providerConsentGiven',
    'policyEnded',
    'stopImpostor',
    'personDied',
  ],
  {
    ...requestEvents,
    ...reviewEvents,
    ...caseEvents,
    ...bookingMemberEvents,
    ...bookingEvents,
    ...carePathEvents,
    ...own,
  },
);

/** What the member says with the request: the hospital and department she names [2.2.1.1], when, and what the escort should know. */
export const request = payload({
  hospital: referenceField({ title: t('希望的医院', 'Hospital you name'), group: 'request', ref: 'list:hospitals' }),
  department: textField({ title: t('希望的科室', 'Department you name'), group: 'request', max: 40 }),
  wishedTimes: textField({ title: t('方便的时间', 'Times that suit'), group: 'request', max: 200 }).optional(),
  escortNeeds: textField({
    title: t('陪诊需要注意的', 'What the escort should know'),
    group: 'request',
    max: 300,
    multiline: true,
  }).optional(),
});
