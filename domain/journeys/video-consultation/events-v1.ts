/** The events of the video consultation, v1: opening, waiting, the call, and what a request says. */
import { choiceField, integerField, momentField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { caseEvents } from '../phases/case-events-v1.ts';
import { defOf, future, inOrder, isPhone, MEMBER_SIDE, problem, t } from '../phases/kit-v1.ts';
import { requestEvents } from '../phases/request-events-v1.ts';
import type { Context } from './context-v1.ts';
import { noteEvents } from './note-events-v1.ts';

const def = defOf<Context>();
const phone = textField({
  title: t('能接通的电话', 'Telephone on which you can be reached'),
  help: t('不填就打您登记的电话', 'left empty: the number on file'),
  group: 'contact',
  max: 20,
}).optional();
const phoneFaults = (p: { phone?: string | undefined }) =>
  p.phone && !isPhone(p.phone)
    ? [problem('phone', '请填写能拨通的电话号码', 'a telephone number that can be called')]
    : [];
const system = (zh: string, en: string) => def({ label: t(zh, en), by: ['system'], schema: payload({}) });

const own: Readonly<Record<string, EventDef>> = {
  acknowledgeOpening: def({
    label: t('确认已开通', 'Acknowledge the opening'),
    told: t('服务已开通', 'The service was opened'),
    by: ['provider', 'system'],
    weight: 'primary',
    schema: payload({}),
  }),
  delayOpening: def({
    label: t('告知开通要晚一些', 'Tell that the opening is delayed'),
    told: t('开通还要一些时间', 'The opening takes longer'),
    by: ['provider', 'system'],
    quiet: true,
    schema: payload({
      words: textField({ title: t('说明', 'Words to the member'), group: 'messages', max: 200, multiline: true }),
    }),
  }),
  leaveQueue: def({
    label: t('不再等了', 'Stop waiting'),
    told: t('离开了排队', 'Left the queue'),
    by: MEMBER_SIDE,
    whileSuspended: true,
    warning: () => t('离开后要重新排队；视频问诊不限次数', 'you would queue anew; consultations are not limited'),
    schema: payload({}),
  }),
  wantCallBack: def({
    label: t('请医生打电话给我', 'Ask to be called back'),
    told: t('请医生回电', 'Asked to be called back'),
    by: MEMBER_SIDE,
    weight: 'primary',
    schema: payload({ phone }),
    check: phoneFaults,
  }),
  acceptTime: def({
    label: t('同意改到这个时间', 'Agree to this time'),
    told: t('同意改到另一个时间', 'Agreed to another time'),
    by: MEMBER_SIDE,
    weight: 'primary',
    schema: payload({}),
  }),
  declineTime: def({
    label: t('不改时间，继续等医生', 'Go on waiting instead'),
    told: t('选择继续等医生', 'Chose to go on waiting'),
    by: MEMBER_SIDE,
    schema: payload({}),
  }),
  comeBack: def({
    label: t('继续问诊', 'Come back'),
    told: t('回来继续问诊', 'Came back'),
    by: MEMBER_SIDE,
    weight: 'primary',
    schema: payload({}),
  }),
  acceptCall: def({
    label: t('接诊', 'Take the call'),
    told: t('医生已接诊', 'A doctor took the call'),
    by: ['video-doctor'],
    weight: 'primary',
    schema: payload({
      doctor: referenceField({ title: t('医生', 'Doctor'), group: 'consultation', ref: 'list:video-doctors' }),
      room: textField({ title: t('诊室', 'Room'), group: 'internal', max: 36 }),
    }),
    // By the list of this very minute [2.1.2], and nobody takes a call in another doctor's name.
    check: (_, _context, facts) =>
      facts.refs.doctor
        ? []
        : [
            problem(
              'doctor',
              '您的执业资料今天不在清单上或已到期，不能接诊',
              'your credential is not on the list or has lapsed; you cannot take calls',
            ),
          ],
  }),
  endCall: def({
    label: t('结束通话', 'End the call'),
    told: t('通话结束', 'The call ended'),
    by: [...MEMBER_SIDE, 'video-doctor'],
    weight: 'primary',
    whileSuspended: true,
    schema: payload({}),
  }),
  goByTelephone: def({
    label: t('改用电话', 'Go on by telephone'),
    told: t('改用电话继续', 'Went on by telephone'),
    by: [...MEMBER_SIDE, 'video-doctor'],
    whileSuspended: true,
    schema: payload({ phone }),
    check: phoneFaults,
  }),
  giveBack: def({
    label: t('不能继续，请别的医生接', 'Cannot go on: another doctor'),
    told: t('医生不能继续，正在换一位医生', 'The doctor could not go on; another is being found'),
    by: ['video-doctor'],
    schema: payload({
      why: textField({ title: t('原因', 'Why'), group: 'internal', max: 200, multiline: true }),
    }),
  }),
  putOff: def({
    label: t('改约另一个时间', 'Offer another time'),
    told: t('医生或不可控的原因，要改时间', 'Another time is needed, for the doctor or for circumstances'),
    by: ['video-doctor', 'supervisor'],
    schema: payload({
      cause: choiceField({
        title: t('原因', 'Cause'),
        group: 'booking',
        choices: ['doctor', 'circumstances'],
        labels: {
          doctor: t('医生的原因', 'the doctor'),
          circumstances: t('不可控的情况', 'circumstances outside control'),
        },
      }),
      words: textField({
        title: t('对会员的说明', 'Words to the member'),
        group: 'booking',
        max: 200,
        multiline: true,
      }),
      at: momentField({ title: t('建议的时间', 'The time suggested'), group: 'booking' }),
    }),
    check: (p: { at: string }, _context, facts) => future('at', p.at, facts),
  }),
  memberNotThere: def({
    label: t('会员不在，结束等待', 'The member is not there'),
    told: t('医生来过，没有等到您', 'The doctor came and could not reach you'),
    by: ['video-doctor'],
    schema: payload({}),
  }),
  doctorDropped: system('医生掉线，重新找医生', 'The doctor dropped; another is being found'),
  timeCame: system('约好的时间到了', 'The agreed time has come'),
  timeLapsed: system('改约没有答复，继续等医生', 'No answer to the time; waiting goes on'),
  missedLapsed: system('没有再来，自动结束', 'Did not come back; closed'),
  afterOver: system('追问期满，自动结束', 'The time for a question is over; closed'),
  yearOver: system('一年期满', 'The year is over'),
  rate: def({
    label: t('评价', 'Rate'),
    told: t('评价了这次问诊', 'Rated the consultation'),
    by: ['member', 'applicant'],
    whileSuspended: true,
    schema: payload({
      stars: integerField({
        title: t('满意程度（1 到 5）', 'Satisfaction (1 to 5)'),
        group: 'attendance',
        min: 1,
        max: 5,
      }),
      words: textField({
        title: t('想说的话', 'In your words'),
        group: 'internal',
        max: 500,
        multiline: true,
      }).optional(),
    }),
  }),
};

export const events = inOrder(
  [
    'giveOwnConsent',
    'declineOwnConsent',
    'withdraw',
    'wantCallBack',
    'acceptTime',
    'declineTime',
    'comeBack',
    'goByTelephone',
    'endCall',
    'leaveQueue',
    'askFollowUp',
    'rate',
    'leaveMessage',
    'acceptCall',
    'releaseNote',
    'answerFollowUp',
    'memberNotThere',
    'giveBack',
    'putOff',
    'acknowledgeOpening',
    'delayOpening',
    'takeCase',
    'logCall',
    'writeMember',
    'addNote',
    'reassign',
    'messageRead',
    'doctorDropped',
    'timeCame',
    'timeLapsed',
    'missedLapsed',
    'afterOver',
    'yearOver',
    'pursuitEnded',
    'consentWithdrawn',
    'providerConsentGiven',
    'policyEnded',
    'stopImpostor',
    'personDied',
  ],
  { ...requestEvents, ...caseEvents, ...noteEvents, providerConsentGiven: bookingEvents.providerConsentGiven!, ...own },
);

/** What she wants to ask; a picture may say it instead, so nothing is required here. */
export const request = payload({
  complaint: textField({
    title: t('哪里不舒服，想问什么', 'What troubles you, what you want to ask'),
    group: 'request',
    max: 500,
    multiline: true,
  }).optional(),
  showHistory: choiceField({
    title: t('让这位医生看我以前的问诊小结', 'Let this doctor read my earlier notes'),
    group: 'request',
    choices: ['no', 'yes'],
    labels: { no: t('不给看', 'no'), yes: t('可以看', 'yes') },
  }).optional(),
  phone,
});
