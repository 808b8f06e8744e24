/** The events of CAR-T care, v1: those of panel, visits and treatment beside the shared ones, and what a request says. */
import { choiceField, payload, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { bookingMemberEvents } from '../phases/booking-member-events-v1.ts';
import { caseEvents } from '../phases/case-events-v1.ts';
import { defOf, inOrder, reason, STAFF, t } from '../phases/kit-v1.ts';
import { requestEvents } from '../phases/request-events-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';
import type { Context } from './context-v1.ts';
import { panelEvents } from './panel-v1.ts';
import { treatmentEvents } from './treatment-events-v1.ts';
import { visitEvents } from './visits-v1.ts';

const def = defOf<Context>();

/** Shared events that CAR-T care says in other words, or gives to the specialist. */
const reworded: Readonly<Record<string, EventDef>> = {
  withdraw: {
    ...requestEvents.withdraw!,
    label: t('撤回，不再继续', 'Withdraw'),
    warning: (context) =>
      (context as unknown as Context).assessed
        ? t('面诊已计为使用 1 次，撤回不再另计', 'The assessment counted as one use; withdrawing counts no further one')
        : t('撤回不计使用', 'Withdrawing counts as no use'),
  },
  attachPaper: {
    ...bookingEvents.attachPaper!,
    by: ['car-t-specialist'],
    label: t('附上病历等资料', 'Attach records'),
    told: t('附上了病历等资料', 'Records were attached'),
  },
  logCall: { ...caseEvents.logCall!, by: ['car-t-specialist', ...STAFF] },
  writeMember: { ...caseEvents.writeMember!, by: ['car-t-specialist', 'supervisor'] },
  closeNotDeliverable: { ...bookingEvents.closeNotDeliverable!, by: ['car-t-specialist', 'supervisor'] },
  closeNotPursued: { ...caseEvents.closeNotPursued!, by: ['car-t-specialist', 'supervisor'] },
  providerConsentGiven: {
    ...bookingEvents.providerConsentGiven!,
    label: t('同意了共享资料', 'Consent was given'),
  },
  honour: def({
    label: t('继续履行', 'Honour it'),
    told: t('合同效力终止后，决定继续履行', 'It is honoured after the end of the contract'),
    by: ['operations', 'supervisor'],
    weight: 'primary',
    schema: payload({
      what: choiceField({
        title: t('履行到哪里', 'How far'),
        group: 'booking',
        choices: ['all', 'to-discharge'],
        labels: {
          all: t('全部，含出院后的病程管理', 'all of it, with the course management'),
          'to-discharge': t('到出院为止', 'until the discharge'),
        },
      }),
      reason,
    }),
  }),
  decline: {
    ...bookingEvents.decline!,
    label: t('不再履行，结束', 'Do not honour; close'),
    told: t('合同效力终止，不再履行', 'The contract ended; it is not honoured'),
  },
  releaseWithdrawnConsent: {
    ...bookingEvents.releaseWithdrawnConsent!,
    label: t('授权撤回，结束这份服务', 'Consent withdrawn: close'),
    told: t('授权撤回，服务结束', 'Consent was withdrawn; the service ended'),
  },
};

export const events = inOrder(
  [
    'giveOwnConsent',
    'declineOwnConsent',
    'handInPaper',
    'attachPaper',
    'acceptOffer',
    'declineOffer',
    'changeBooking',
    'cancelBooking',
    'withdraw',
    'rate',
    'takeReview',
    'judgePaper',
    'verifyFacts',
    'acceptRequest',
    'askPapers',
    'refuseRequest',
    'namePanel',
    'vote',
    'askPanelPapers',
    'tellUnfit',
    'offerSlot',
    'providerChanges',
    'checkIn',
    'passAssessment',
    'failAssessment',
    'offerBed',
    'admit',
    'recordApheresis',
    'recordBridging',
    'namePharmacy',
    'recordProduct',
    'confirmProduct',
    'infuse',
    'recordWatch',
    'leaveHospital',
    'finishCourse',
    'manufactureFailed',
    'clearMismatch',
    'discardProduct',
    'providerCancels',
    'reportAbsence',
    'takeBack',
    'stopTreatment',
    'closeNotDeliverable',
    'closeNotPursued',
    'logCall',
    'writeMember',
    'leaveMessage',
    'addNote',
    'countAbsence',
    'excuseAbsence',
    'releaseWithdrawnConsent',
    'approveList',
    'declineList',
    'honour',
    'decline',
    'offerLapsed',
    'pursuitEnded',
    'ratingLapsed',
    'messageRead',
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
    ...reworded,
    ...panelEvents,
    ...visitEvents,
    ...treatmentEvents,
  },
);

/** Where she is treated, and when and where she can come [2.6.4.1, 2.6.4.8.4]. */
export const request = payload({
  treatedAt: textField({
    title: t('就诊的医院和科室', 'Hospital and department that treat'),
    group: 'request',
    max: 80,
  }),
  wishedTimes: textField({
    title: t('方便的时间和城市', 'Times and cities that suit'),
    group: 'request',
    max: 200,
  }).optional(),
});
