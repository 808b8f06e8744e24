/** The events of the tumour second opinion, v1: its own beside the shared ones, and what a request says. */
import { choiceField, manyOf, payload, referenceField, textField } from '../fields.ts';
import type { EventDef, Facts } from '../journey.ts';
import { bookingEvents } from '../phases/booking-events-v1.ts';
import { bookingMemberEvents } from '../phases/booking-member-events-v1.ts';
import { caseEvents } from '../phases/case-events-v1.ts';
import { checkOffer, dayStart, defOf, inOrder, MEMBER_SIDE, offerShape, problem, reason, t } from '../phases/kit-v1.ts';
import { requestEvents } from '../phases/request-events-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';
import type { Context } from './context-v1.ts';
import { opinionEvents } from './opinion-events-v1.ts';

const def = defOf<Context>();
const MINUTE_MS = 60_000;
/** The kind of paper by which she lets the case manager gather her records [2.5.2.2]. */
const AUTHORISATION = 'records-authorisation';

/** Without the escort's fields: the service has none. */
const {
  escortName: _n,
  escortPhone: _p,
  meetingPlace: _m,
  escortHours: _h,
  ...appointment
} = offerShape({
  at: t('二诊时间', 'Time of the second opinion'),
});

const lateBy = (context: Context, facts: Facts): number =>
  context.offer ? (facts.now.getTime() - new Date(context.offer.visitAt).getTime()) / MINUTE_MS : -1;

const own: Readonly<Record<string, EventDef>> = {
  gatherRecord: def({
    label: t('代会员调取并交入一份资料', 'Hand in a record gathered on her behalf'),
    told: t('病案经理代为调取了一份资料', 'The case manager gathered a record on your behalf'),
    by: ['case-manager'],
    schema: payload({
      kind: referenceField({ title: t('资料种类', 'Kind of paper'), group: 'papers', ref: 'paper:kind' }),
      paper: referenceField({ title: t('资料', 'Paper'), group: 'papers', ref: 'paper:mine' }),
    }),
    // The authorisation itself may come by post to the case manager.
    check: (p: { kind: string }, _context, facts) =>
      p.kind === AUTHORISATION || facts.acceptedPapers.includes(AUTHORISATION)
        ? []
        : [
            problem(
              'kind',
              '先要有会员签署、已核对通过的资料调取授权书',
              'needs her signed authorisation to gather records first, in this case and accepted',
            ),
          ],
  }),
  tellMissing: def({
    label: t('告知还缺什么（一次说全）', 'Tell what is missing, all at once'),
    told: t('核对了资料，还有缺的', 'The records were checked; something is missing'),
    by: ['case-manager'],
    weight: (_, facts) => (facts.missingRecords.length > 0 ? 'primary' : 'normal'),
    starts: ({ facts }) => ({ kinds: facts.missingRecords }),
    schema: payload({
      kinds: manyOf(referenceField({ title: t('资料种类', 'Kind of paper'), group: 'papers', ref: 'paper:kind' }), {
        title: t('还缺的资料', 'Still missing'),
        group: 'papers',
        min: 1,
        max: 10,
      }),
      note: textField({ title: t('对会员的说明', 'Words to the member'), group: 'papers', max: 300, multiline: true }),
    }),
    check: (p: { kinds: string[] }, context: Context, facts) => [
      ...p.kinds.flatMap((_, i) =>
        facts.refs[`kinds/${i}`]
          ? []
          : [problem(`kinds/${i}`, '手册没有这种资料', 'the plan has no such kind of paper')],
      ),
      ...(beyondList(context, p.kinds) && !context.gathering
        ? [
            problem(
              'kinds',
              '清单已经告知过会员；要加一项，请在审核通过后提交主管',
              'the one list was told; after the review a further item can be put before the supervisor',
            ),
          ]
        : []),
    ],
  }),
  tellComplete: def({
    label: t('告知资料已齐', 'Tell that the records are complete'),
    told: t('核对了资料，已经齐全', 'The records were checked and are complete'),
    by: ['case-manager'],
    weight: (_, facts) => (facts.missingRecords.length === 0 ? 'primary' : 'normal'),
    schema: payload({}),
    check: (_, _context, facts) =>
      facts.missingRecords.length === 0
        ? []
        : [
            problem(
              '',
              '必交资料还缺或未通过（见资料清单），不能算齐全',
              'required records are missing or rejected (see the list of papers)',
            ),
          ],
  }),
  offerSlot: def({
    label: t('告知医院、专家和时间', 'Offer hospital, expert and time'),
    told: t('约到了医院和专家', 'Hospital and expert were found'),
    by: ['provider'],
    weight: 'primary',
    schema: payload(appointment),
    check: checkOffer as never,
  }),
  providerChanges: def({
    label: t('医院或专家改期、换人（不计使用）', 'Hospital or expert changes (not counted)'),
    told: t('医院或专家改了安排，不计使用', 'Changed by hospital or expert, not counted'),
    by: ['provider'],
    schema: payload(appointment),
    check: checkOffer as never,
  }),
  checkIn: def({
    label: t('会员已到诊', 'The member attended'),
    told: t('已到诊', 'Attended'),
    by: ['provider', 'expert'],
    weight: 'primary',
    schema: payload({}),
    check: (_, context: Context, facts) =>
      context.offer && facts.now.getTime() >= dayStart(new Date(context.offer.visitAt).getTime())
        ? []
        : [problem('', '就诊当天起才能登记', 'only from the day of the appointment')],
  }),
  countAbsence: def({
    label: t('未到诊，计为使用', 'Absent: count as used'),
    told: t('未到诊，计为使用', 'Absent: counted as used'),
    by: ['case-manager', 'supervisor'],
    weight: 'costly',
    schema: payload({ reason }),
    warning: () => t('会员会被告知：计为已使用 1 次', 'the member is told that one use is counted'),
    check: (_, context: Context, facts) => {
      const { absenceGrace } = context.rules;
      if (!absenceGrace) return [];
      return [
        ...(lateBy(context, facts) >= absenceGrace.minutes
          ? []
          : [
              problem(
                '',
                `约定时间过后 ${absenceGrace.minutes} 分钟内仍可到诊，现在还不能计`,
                `she may still come within ${absenceGrace.minutes} minutes; too early to count`,
              ),
            ]),
        ...(context.calls.length >= absenceGrace.calls
          ? []
          : [
              problem(
                '',
                `先要联系会员 ${absenceGrace.calls} 次，现有 ${context.calls.length} 次`,
                `${absenceGrace.calls} contact attempts are needed first; ${context.calls.length} on file`,
              ),
            ]),
      ];
    },
  }),
  giveCause: def({
    label: t('未到诊事出有因，交人工判断', 'There was a cause: a person decides'),
    told: t('说明了未到诊的原因', 'The cause of the absence was given'),
    by: [...MEMBER_SIDE, 'case-manager', 'provider'],
    weight: 'primary',
    schema: payload({
      cause: choiceField({
        title: t('原因', 'Cause'),
        group: 'attendance',
        choices: ['hospitalised', 'deceased', 'force-majeure'],
        labels: {
          hospitalised: t('住院或急症', 'in hospital or an emergency'),
          deceased: t('已身故', 'has died'),
          'force-majeure': t('自然灾害、交通中断等不可抗力', 'force majeure'),
        },
      }),
      note: textField({
        title: t('情况和凭证', 'What happened, and its proof'),
        group: 'attendance',
        max: 500,
        multiline: true,
      }),
    }),
  }),
};

/** The opinion is there and she has not asked about it. */
const mayAsk = ({ opinion }: Context): boolean => opinion !== null && opinion.asked === null;

/** Does this list ask for more than the one that was told? An event without kinds asks for nothing. */
export function beyondList(context: Pick<Context, 'recordsList'>, kinds: unknown): boolean {
  const told = context.recordsList;
  return told !== null && ((kinds ?? []) as string[]).some((kind) => !told.includes(kind));
}

export const events = inOrder(
  [
    'giveOwnConsent',
    'declineOwnConsent',
    'handInPaper',
    'attachPaper',
    'acceptOffer',
    'declineOffer',
    'keepLooking',
    'askAnotherManager',
    'withdraw',
    'leaveMessage',
    'cancelBooking',
    'changeBooking',
    'openOpinion',
    'askFollowUp',
    'rate',
    'takeReview',
    'judgePaper',
    'verifyFacts',
    'acceptRequest',
    'askPapers',
    'refuseRequest',
    'takeCase',
    'tellComplete',
    'tellMissing',
    'gatherRecord',
    'handToProvider',
    'takeBack',
    'tellNoSlot',
    'closeNotDeliverable',
    'closeNotPursued',
    'explainOpinion',
    'logCall',
    'writeMember',
    'addNote',
    'giveCause',
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
    'reportAbsence',
    'issueOpinion',
    'answerFollowUp',
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
    ...opinionEvents,
    ...own,
    // Rating ends it, and with it the one question that she may still have.
    rate: {
      ...(bookingMemberEvents.rate as EventDef),
      weight: (context) => (mayAsk(context as unknown as Context) ? 'normal' : 'primary'),
      warning: (context) =>
        mayAsk(context as unknown as Context)
          ? t('评价后就结束，不能再追问专家', 'it ends with the rating; the expert can no longer be asked')
          : undefined,
    },
    // Whoever falls ill on the day says so herself.
    providerCancels: { ...bookingEvents.providerCancels!, by: ['provider', 'case-manager', 'expert'] },
    reportAbsence: { ...bookingEvents.reportAbsence!, by: ['provider', 'expert'] },
  },
);

/** What the member wants to know of the expert, and when she can come. */
export const request = payload({
  question: textField({
    title: t('想请专家回答的问题', 'What the expert should answer'),
    group: 'request',
    max: 800,
    multiline: true,
  }),
  wishedTimes: textField({
    title: t('方便的时间和城市', 'Times and cities that suit'),
    group: 'request',
    max: 200,
  }).optional(),
});
