/** What a special-drug request says, and the events of its case in the order in which screens list them. v1: released, never edited. */
import { choiceField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { bookingMemberEvents } from '../phases/booking-member-events-v1.ts';
import { caseEvents } from '../phases/case-events-v1.ts';
import { inOrder, t } from '../phases/kit-v1.ts';
import { requestEvents } from '../phases/request-events-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';
import { arrangementEvents } from './arrangement-events-v1.ts';
import { counterEvents } from './counter-events-v1.ts';
import { drugReviewEvents, WITH_DRUG_DESKS } from './review-events-v1.ts';

const shared = (name: keyof typeof caseEvents, by: EventDef['by']): EventDef => ({
  ...(caseEvents[name] as EventDef),
  by,
});
const own: Readonly<Record<string, EventDef>> = {
  logCall: shared('logCall', WITH_DRUG_DESKS),
  addNote: shared('addNote', [...WITH_DRUG_DESKS, 'operations']),
  writeMember: shared('writeMember', ['drug-consultant', 'case-manager', 'supervisor']),
  closeNotPursued: shared('closeNotPursued', ['drug-consultant', 'case-manager', 'supervisor']),
  providerConsentGiven: {
    ...(bookingEvents.providerConsentGiven as EventDef),
    label: t('同意了把取药资料给药店', 'Consent to the pharmacy was given'),
    told: t('同意了把取药资料给药店', 'Consented to the pharmacy'),
  },
  attachPaper: {
    ...(bookingEvents.attachPaper as EventDef),
    label: t('上传签收单', 'Upload the signed receipt'),
    told: t('上传了签收单', 'The signed receipt was uploaded'),
    by: ['pharmacist'],
    quiet: true,
  },
};

export const events = inOrder(
  [
    'giveOwnConsent',
    'declineOwnConsent',
    'acceptArrangement',
    'declineArrangement',
    'newPrescription',
    'handInPaper',
    'handInReissued',
    'cancelRound',
    'withdraw',
    'endTherapy',
    'leaveMessage',
    'takeCase',
    'takeReview',
    'judgePaper',
    'verifyFacts',
    'acceptRequest',
    'finishFirstReview',
    'giveVerdict',
    'askPapers',
    'refuseRequest',
    'returnReview',
    'proposeArrangement',
    'checkReissued',
    'withdrawArrangement',
    'drugArrived',
    'attachPaper',
    'handOverDrug',
    'quarantineDrug',
    'cannotSupply',
    'finishRound',
    'recordPaid',
    'returnPacks',
    'recordRefunded',
    'logCall',
    'writeMember',
    'addNote',
    'closeNotPursued',
    'approveList',
    'declineList',
    'reassign',
    'honour',
    'decline',
    'rate',
    'messageRead',
    'pursuitEnded',
    'ratingLapsed',
    'approvalExpired',
    'therapyLapsed',
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
    ...drugReviewEvents,
    ...arrangementEvents,
    ...counterEvents,
    ...own,
  },
);

/** What the member's side says with the request: which drug, how she would take it, and whether it is bought already [2.6.faq.2]. */
export const request = payload({
  drug: referenceField({ title: t('要用的特药', 'The drug'), group: 'prescription', ref: 'list:drugs' }),
  way: choiceField({
    title: t('想怎样取药', 'How you would like it'),
    group: 'booking',
    choices: ['pick-up', 'home'],
    labels: { 'pick-up': t('到店自取', 'pick-up'), home: t('送药上门', 'delivery') },
  }),
  city: textField({ title: t('所在城市', 'City'), group: 'booking', max: 40 }),
  bought: choiceField({
    title: t('这次的药买了吗', 'Have you bought it already?'),
    group: 'prescription',
    choices: ['no', 'yes'],
    labels: {
      no: t('还没有', 'not yet'),
      yes: t(
        '已经自己买了（直赔不能办，可按保险合同申请普通理赔）',
        'yes, on my own (no direct settlement; an ordinary claim under the contract is open)',
      ),
    },
  }),
  earlier: referenceField({
    title: t('换药：原来那一单', 'A changed drug: the earlier case'),
    help: t(
      '从另一种特药换过来的，请选原来的服务单。原来那一单不会自动取消：已批准、已约好的购药仍在，不需要的请在那一单里放弃',
      'Choose it where this drug takes the place of another. The earlier case is not cancelled by this: what was approved or booked there stands until you give it up there',
    ),
    group: 'request',
    ref: 'case:earlier',
  }).optional(),
});
