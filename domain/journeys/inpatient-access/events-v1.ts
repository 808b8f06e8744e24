/** The events of the admission and surgery green channel, v1: its own beside the shared ones, and what a request says. */
import { dayOf } from '../../calendar/day.ts';
import { dayField, momentField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { bookingMemberEvents } from '../phases/booking-member-events-v1.ts';
import { carePathEvents } from '../phases/care-path-v1.ts';
import { caseEvents } from '../phases/case-events-v1.ts';
import type { PhaseContext } from '../phases/context-v1.ts';
import { dayStart, def, escortOf, future, inOrder, meetsDemand, problem, t } from '../phases/kit-v1.ts';
import { requestEvents } from '../phases/request-events-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';
import { bedShape, checkBed } from './bed-v1.ts';

const why = textField({ title: t('原因', 'Why'), group: 'booking', max: 300, multiline: true });

const own: Readonly<Record<string, EventDef>> = {
  issueCertificate: def({
    label: t('登记住院凭证', 'Record the admission certificate'),
    told: t('住院凭证办好了', 'The admission certificate was obtained'),
    by: ['provider', 'case-manager'],
    weight: 'primary',
    schema: payload({
      hospital: referenceField({ title: t('开具医院', 'Issuing hospital'), group: 'booking', ref: 'list:hospitals' }),
      department: textField({ title: t('科室', 'Department'), group: 'booking', max: 40 }),
      doctor: textField({ title: t('开具医生', 'Issuing doctor'), group: 'booking', max: 40 }),
      issuedOn: dayField({ title: t('开具日期', 'Day of issue'), group: 'booking' }),
    }),
    check: (p: { issuedOn: string }, context: PhaseContext, facts) => [
      ...(!facts.refs.hospital
        ? [problem('hospital', '这家医院今天不在清单上，请另选', 'not on the list as of today; choose another')]
        : meetsDemand(facts.refs.hospital, context.rules.hospital)
          ? []
          : [
              problem(
                'hospital',
                '这家医院的等级不合要求，请另选',
                'its grade is not what the plan asks for; choose another',
              ),
            ]),
      ...(p.issuedOn > dayOf(facts.now) ? [problem('issuedOn', '不能晚于今天', 'cannot be later than today')] : []),
    ],
  }),
  withdrawCertificate: def({
    label: t('住院凭证失效，重新办理', 'The certificate no longer holds: obtain another'),
    told: t(
      '住院凭证失效，正在重新办理，不计使用',
      'The certificate no longer holds; another is being obtained, not counted',
    ),
    by: ['provider', 'case-manager'],
    schema: payload({ why }),
  }),
  offerSlot: def({
    label: t('提供床位', 'Offer a bed'),
    told: t('留出了床位', 'A bed was held'),
    by: ['provider'],
    weight: 'primary',
    schema: payload(bedShape),
    needs: escortOf,
    check: checkBed as never,
  }),
  providerChanges: def({
    label: t('医院或服务商改期（不计使用）', 'Provider or hospital changes (not counted)'),
    told: t('医院或服务商改了时间，不计使用', 'Changed by hospital or provider, not counted'),
    by: ['provider'],
    schema: payload(bedShape),
    needs: escortOf,
    check: checkBed as never,
  }),
  setSurgery: def({
    label: t('登记或调整手术时间', 'Set or move the surgery'),
    told: t('手术时间有安排', 'The time of the surgery was set'),
    by: ['provider', 'case-manager'],
    schema: payload({
      surgeryAt: momentField({ title: t('手术时间', 'Time of the surgery'), group: 'booking' }),
      note: textField({ title: t('说明', 'Note'), group: 'booking', max: 300, multiline: true }).optional(),
    }),
    check: (p: { surgeryAt: string }, context: PhaseContext, facts) => [
      ...future('surgeryAt', p.surgeryAt, facts),
      ...(context.offer && new Date(p.surgeryAt) < new Date(context.offer.visitAt)
        ? [problem('surgeryAt', '手术不能早于入院', 'cannot be before the admission')]
        : []),
    ],
  }),
  checkIn: def({
    label: t('会员已入院', 'Admitted'),
    told: t('已办理入院', 'Admitted'),
    by: ['provider'],
    weight: 'primary',
    schema: payload({}),
    check: (_, context: PhaseContext, facts) =>
      context.offer && facts.now.getTime() >= dayStart(new Date(context.offer.visitAt).getTime())
        ? []
        : [problem('', '入院当天起才能登记', 'only from the day of admission')],
  }),
  discharge: def({
    label: t('会员已出院', 'Discharged'),
    told: t('已出院', 'Discharged'),
    by: ['provider'],
    weight: 'primary',
    schema: payload({
      dischargedOn: dayField({ title: t('出院日期', 'Day of discharge'), group: 'attendance' }),
      followUp: textField({
        title: t('复诊安排', 'Follow-up arranged'),
        group: 'attendance',
        max: 300,
        multiline: true,
      }).optional(),
    }),
    check: (p: { dischargedOn: string }, context: PhaseContext, facts) =>
      p.dischargedOn > dayOf(facts.now)
        ? [problem('dischargedOn', '不能晚于今天', 'cannot be later than today')]
        : context.offer &&
            new Date(`${p.dischargedOn}T00:00:00+08:00`).getTime() < dayStart(new Date(context.offer.visitAt).getTime())
          ? [problem('dischargedOn', '不能早于入院', 'cannot be before the admission')]
          : [],
  }),
};

/** The shared events in this kind's words. */
const words = (name: string, event: EventDef | undefined, label: EventDef['label'], told: EventDef['label']) =>
  event ? { [name]: { ...event, label, told } } : {};
const said = {
  ...words(
    'writeCarePath',
    carePathEvents.writeCarePath,
    t('写分诊和住院建议', 'Write the triage and admission path'),
    t('写好了分诊和住院建议', 'The admission path was written'),
  ),
  ...words(
    'acceptOffer',
    bookingMemberEvents.acceptOffer,
    t('确认这个床位', 'Accept this bed'),
    t('确认了床位', 'Accepted the bed'),
  ),
  ...words(
    'reportAbsence',
    bookingEvents.reportAbsence,
    t('会员没有来住院', 'The member did not come'),
    t('登记为未入院', 'Recorded as not admitted'),
  ),
  ...words(
    'countAbsence',
    bookingEvents.countAbsence,
    t('未入院，计为使用', 'Not admitted: count as used'),
    t('未入院，计为使用', 'Not admitted: counted as used'),
  ),
  ...words(
    'excuseAbsence',
    bookingEvents.excuseAbsence,
    t('未入院有正当原因，不计使用', 'Not admitted with cause: not counted'),
    t('未入院有正当原因，不计使用', 'Not admitted with cause: not counted'),
  ),
  ...words(
    'summarise',
    bookingEvents.summarise,
    t('写出院小结', 'Write the discharge summary'),
    t('写好了出院小结', 'The discharge summary was written'),
  ),
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
    'askAnotherManager',
    'takeReview',
    'judgePaper',
    'verifyFacts',
    'acceptRequest',
    'askPapers',
    'refuseRequest',
    'takeCase',
    'logCall',
    'writeCarePath',
    'handToProvider',
    'issueCertificate',
    'withdrawCertificate',
    'takeBack',
    'tellNoSlot',
    'closeNotDeliverable',
    'closeNotPursued',
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
    'setSurgery',
    'checkIn',
    'discharge',
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
    ...said,
    ...own,
  },
);

/** What the member says with the request: the hospital and department she names [2.3.1.1], and what the ward should know. */
export const request = payload({
  hospital: referenceField({ title: t('希望的医院', 'Hospital you name'), group: 'request', ref: 'list:hospitals' }),
  department: textField({ title: t('希望的科室', 'Department you name'), group: 'request', max: 40 }),
  wishedTimes: textField({ title: t('方便的时间', 'Times that suit'), group: 'request', max: 200 }).optional(),
  surgeryWished: textField({
    title: t('医生建议的手术（如有）', 'Surgery advised, if any'),
    group: 'request',
    max: 200,
  }).optional(),
  escortNeeds: textField({
    title: t('陪诊需要注意的', 'What the escort should know'),
    group: 'request',
    max: 300,
    multiline: true,
  }).optional(),
});
