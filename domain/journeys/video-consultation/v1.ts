/**
 * The video consultation (2.1), v1. Released: never edited; a change is v2 in a file of its own.
 * A case of act `open` is the service opened for a year [2.1.6]; a case of act `use` is one consultation: waited for,
 * talked, written down. Who waits and who is offered to whom stands in the queue (domain/dispatch), not here.
 * Over 300 lines: one chart, its states in the order of a case.
 */
import type { AnyStateMachine } from 'xstate';
import { addYearsSameDate, dayOf } from '../../calendar/day.ts';
import type { ChartEvent, Journey } from '../journey.ts';
import { KINDS } from '../kinds.ts';
import { anyState, type Context as Base, chart, closedBefore, phasesBegun } from '../phases/chart-v1.ts';
import { finals, passes, row, state, t, text } from '../phases/kit-v1.ts';
import type { Context } from './context-v1.ts';
import { events, request } from './events-v1.ts';

const mine = (context: unknown) => context as Context;
type Asked = { context: Base; event: ChartEvent };
const remember = (change: (event: ChartEvent, context: Context) => Partial<Context>) =>
  chart.assign(({ event, context }) => change(event, mine(context)));

const inSeconds = (event: ChartEvent, seconds: number): string =>
  new Date(event.facts.now.getTime() + seconds * 1000).toISOString();
/** The last moment of the day so many years after the opening [2.1.6]: 29 February ends on 28 February. */
const yearOver = (openedAt: Date, years: number): string =>
  `${addYearsSameDate(dayOf(openedAt), years)}T23:59:59.999+08:00`;

/** May the provider's doctors see the case? A consent given with the request is there when it begins. */
const maySee = ({ context, event }: Asked): boolean =>
  context.provider === null || !('facts' in event) || event.facts.consented.includes(context.provider);
const opens = ({ context }: Asked): boolean => mine(context).opening;
const reachedTime =
  (field: 'callBackFrom') =>
  ({ context, event }: Asked): boolean => {
    const from = mine(context)[field];
    return from !== null && event.facts.now.getTime() >= new Date(from).getTime();
  };
const waitedForHer = ({ context, event }: Asked): boolean => {
  const { acceptedAt, rules } = mine(context);
  return (
    acceptedAt !== null &&
    event.facts.now.getTime() - new Date(acceptedAt).getTime() >= rules.consultation.memberWaitSeconds * 1000
  );
};
const mayAsk = ({ context, event }: Asked): boolean => {
  const { asked, followUpUntil } = mine(context);
  return asked === null && followUpUntil !== null && event.facts.now.getTime() <= new Date(followUpUntil).getTime();
};
const notRated = ({ context }: Asked): boolean => mine(context).stars === null;

const toQueue = remember((event, { rules }) => ({
  waitsSince: event.facts.now.toISOString(),
  callBackFrom: inSeconds(event, rules.consultation.callBackAfterSeconds),
}));
/** Back to the head: whoever waited has not been served yet. */
const again = remember(() => ({ again: true, doctor: null, by: null, room: null, acceptedAt: null }));
const free = remember(() => ({ doctor: null, by: null, room: null, acceptedAt: null }));
const rememberTime = remember((event, { rules }) => ({
  appointmentAt: text(event, 'at'),
  appointmentWhy: text(event, 'words'),
  answerBy: earlier(text(event, 'at'), inSeconds(event, rules.consultation.answerHours * 3600)),
}));
const noTime = { appointmentAt: null, appointmentWhy: null, answerBy: null } as const;
const earlier = (one: string, other: string): string => (new Date(one) < new Date(other) ? one : other);
const rememberNote = remember((event, { rules }) => ({
  note: {
    complaint: text(event, 'complaint'),
    advice: text(event, 'advice'),
    seekCare: text(event, 'seekCare'),
    redFlags: text(event, 'redFlags'),
    at: event.facts.now.toISOString(),
  },
  followUpUntil: inSeconds(event, rules.consultation.followUpHours * 3600),
}));
const rememberStars = remember((event) => ({ stars: Number(event.payload.stars) }));

/** What begins once she, and her consent, are there: the opening, or the wait for a doctor. */
const begins = (before: readonly string[]) =>
  [
    { guard: opens, target: 'opening', actions: [...before.map(passes), passes('requested'), passes('opening-asked')] },
    { target: 'queued', actions: [...before.map(passes), passes('requested'), toQueue] },
  ] as const;
const needsConsent = (before: readonly string[]) => ({
  guard: (asked: Asked) => !maySee(asked),
  target: 'awaiting-provider-consent',
  actions: [...before.map(passes), passes('provider-consent-asked'), 'rememberAsking' as const],
});
/** How a consultation ends while nobody speaks with her. */
const ends = {
  consentWithdrawn: closedBefore.consentWithdrawn,
  policyEnded: closedBefore.policyEnded,
  leaveQueue: { target: 'closed-left-queue', actions: passes('left-queue') },
} as const;
const accepts = {
  target: 'in-call',
  actions: [
    passes('doctor-accepted'),
    remember((event) => ({
      again: false,
      doctor: row(event, 'doctor', 'key'),
      by: {
        name: row(event, 'doctor', 'name'),
        hospital: row(event, 'doctor', 'hospital'),
        department: row(event, 'doctor', 'department'),
        rank: row(event, 'doctor', 'rank'),
      },
      room: text(event, 'room'),
      acceptedAt: event.facts.now.toISOString(),
      ...noTime,
    })),
    remember((_, { callBack }) => ({ byTelephone: callBack })),
  ],
} as const;
const putOff = { target: 'time-offered', actions: [passes('put-off'), rememberTime, free] } as const;
const waits = {
  ...ends,
  acceptCall: accepts,
  putOff,
  wantCallBack: [
    {
      guard: (asked: Asked) => reachedTime('callBackFrom')(asked) && !mine(asked.context).callBack,
      actions: [passes('call-back-wanted'), remember(() => ({ callBack: true }))],
    },
  ],
} as const;
/** In a call and after it the contract's end changes nothing any more: what began is finished [2.1.5]. */
const goesOn = { policyEnded: {} } as const;
const rates = {
  rate: [{ guard: notRated, actions: [passes('rated'), rememberStars] }],
} as const;

const machine = chart.createMachine({
  id: 'video-consultation',
  context: (given) => ({
    ...phasesBegun(given),
    opening: given.input.given.opening ?? false,
    openedAt: null,
    openUntil: null,
    waitsSince: given.input.now,
    again: false,
    callBackFrom: new Date(
      new Date(given.input.now).getTime() + given.input.rules.consultation.callBackAfterSeconds * 1000,
    ).toISOString(),
    callBack: false,
    byTelephone: false,
    doctor: null,
    by: null,
    room: null,
    acceptedAt: null,
    ...noTime,
    missedUntil: null,
    note: null,
    followUpUntil: null,
    asked: null,
    answered: null,
    stars: null,
  }),
  initial: 'entering',
  on: anyState,
  states: {
    entering: {
      meta: state({
        label: t('正在登记', 'Being registered'),
        turn: 'system',
        does: t('登记申请', 'register the request'),
        until: { none: t('当即完成', 'done at once') },
        step: 'request',
      }),
      always: [
        { guard: 'atOwnConsent', target: 'awaiting-own-consent', actions: passes('request-waits-for-own-consent') },
        { guard: opens, target: 'opening', actions: [passes('requested'), passes('opening-asked')] },
        { target: 'queued', actions: passes('requested') },
      ],
    },
    'awaiting-own-consent': {
      meta: state({
        label: t('等本人同意', 'Waiting for her own consent'),
        turn: 'member',
        does: t('本人看过申请，同意或不同意', 'the person served agrees or not'),
        until: { none: t('本人同意前不计时', 'until then no clock runs') },
        step: 'request',
      }),
      on: {
        ...closedBefore,
        giveOwnConsent: [
          {
            guard: 'decisionRefuses',
            target: 'closed-refused',
            actions: [passes('own-consent-given'), passes('refused'), 'rememberDecision'],
          },
          needsConsent(['own-consent-given']),
          ...begins(['own-consent-given']),
        ],
        declineOwnConsent: { target: 'closed-withdrawn', actions: passes('withdrawn') },
        pursuitEnded: { target: 'closed-not-pursued', actions: passes('not-pursued') },
      },
    },
    'awaiting-provider-consent': {
      meta: state({
        label: t('等您同意把资料交给服务商', 'Waiting for consent to the provider'),
        desk: t('等会员同意把资料交给服务商', 'Waiting for consent to the provider'),
        turn: 'member',
        does: t('看过授权说明，同意或不同意', 'consent to sharing, or not'),
        until: { none: t('什么时候决定都可以，同意前不计时', 'any time; no clock runs until then') },
        step: 'request',
      }),
      on: {
        ...closedBefore,
        providerConsentGiven: [
          { guard: (asked: Asked) => !maySee(asked), actions: [] },
          ...begins(['handed-to-provider']),
        ],
        pursuitEnded: { target: 'closed-not-pursued', actions: passes('not-pursued') },
      },
    },
    opening: {
      meta: state({
        label: t('正在开通', 'Being opened'),
        turn: 'provider',
        does: t('确认开通；数据传输可能要一些时间', 'acknowledge the opening; the data may take a while'),
        until: { target: 'opening' },
        step: 'request',
      }),
      on: {
        ...closedBefore,
        delayOpening: {},
        acknowledgeOpening: {
          target: 'open',
          actions: [
            passes('opened'),
            remember((event, { rules }) => ({
              openedAt: event.facts.now.toISOString(),
              openUntil: yearOver(event.facts.now, rules.consultation.years),
            })),
          ],
        },
      },
    },
    open: {
      meta: state({
        label: t('已开通，随时可以问诊', 'Open: ask a doctor at any hour'),
        turn: 'system',
        does: t('有效期内随时可以找医生，到期前提醒您', 'a doctor at any hour; you are reminded before it ends'),
        until: { field: 'openUntil' },
        step: 'call',
      }),
      on: {
        policyEnded: closedBefore.policyEnded,
        // Nothing more goes to the provider; each consultation asks its own consent.
        consentWithdrawn: {},
        yearOver: { target: 'closed-lapsed', actions: passes('lapsed') },
      },
    },
    queued: {
      meta: state({
        label: t('正在为您找医生', 'A doctor is being found'),
        desk: t('等医生接诊', 'Waiting for a doctor'),
        turn: 'video-doctor',
        does: t('接诊', 'take the call'),
        until: { promise: 'doctor-matched' },
        step: 'wait',
      }),
      on: waits,
    },
    'waiting-again': {
      meta: state({
        label: t('正在重新为您找医生，排在最前', 'A doctor is being found again, first in line'),
        desk: t('重新等医生接诊，排在最前', 'Waiting again, first in line'),
        turn: 'video-doctor',
        does: t('接诊', 'take the call'),
        until: { target: 'rematch' },
        step: 'wait',
      }),
      on: waits,
    },
    'time-offered': {
      meta: state({
        label: t('医生要改时间，请您答复', 'Another time is offered: please answer'),
        desk: t('改时间，等会员答复', 'Another time waits for the member'),
        turn: 'member',
        does: t('同意改到这个时间，或继续等医生', 'agree to the time, or go on waiting'),
        until: { field: 'answerBy' },
        step: 'wait',
      }),
      on: {
        ...ends,
        acceptTime: { target: 'appointed', actions: passes('time-agreed') },
        declineTime: {
          target: 'waiting-again',
          actions: [passes('time-declined'), again, toQueue, remember(() => noTime)],
        },
        timeLapsed: {
          target: 'waiting-again',
          actions: [passes('time-declined'), again, toQueue, remember(() => noTime)],
        },
      },
    },
    appointed: {
      meta: state({
        label: t('已约好时间', 'A time is agreed'),
        turn: 'member',
        does: t('到时间打开页面，医生会接入', 'open the page at that time; a doctor joins'),
        until: { field: 'appointmentAt' },
        step: 'wait',
      }),
      on: {
        ...ends,
        timeCame: {
          target: 'waiting-again',
          actions: [passes('appointment-due'), again, toQueue, remember(() => noTime)],
        },
      },
    },
    'in-call': {
      meta: state({
        label: t('医生已接诊', 'The doctor is there'),
        turn: 'video-doctor',
        does: t('与会员通话', 'talk with the member'),
        until: { none: t('通话没有时长限制', 'no limit on the call') },
        step: 'call',
      }),
      on: {
        ...goesOn,
        consentWithdrawn: closedBefore.consentWithdrawn,
        endCall: { target: 'noting', actions: passes('call-ended') },
        goByTelephone: { actions: remember(() => ({ byTelephone: true })) },
        giveBack: { target: 'waiting-again', actions: [passes('doctor-dropped'), again, toQueue] },
        doctorDropped: { target: 'waiting-again', actions: [passes('doctor-dropped'), again, toQueue] },
        putOff,
        memberNotThere: {
          guard: waitedForHer,
          target: 'missed',
          actions: [
            passes('member-missed'),
            free,
            remember((event, { rules }) => ({
              missedUntil: inSeconds(event, rules.consultation.comeBackHours * 3600),
            })),
          ],
        },
      },
    },
    missed: {
      meta: state({
        label: t('医生来过，没有等到您', 'The doctor came and could not reach you'),
        desk: t('医生来过，会员不在', 'The doctor came, the member was not there'),
        turn: 'member',
        does: t('方便时点“继续问诊”，排在最前', 'come back when she can, first in line'),
        until: { field: 'missedUntil' },
        step: 'wait',
      }),
      on: {
        ...ends,
        comeBack: { target: 'waiting-again', actions: [passes('came-back'), again, toQueue] },
        missedLapsed: { target: 'closed-not-pursued', actions: passes('not-pursued') },
      },
    },
    noting: {
      meta: state({
        label: t('医生正在写问诊小结', 'The doctor writes the note'),
        turn: 'video-doctor',
        does: t('写问诊小结，发给会员', 'write the note and release it'),
        until: { target: 'note' },
        step: 'note',
      }),
      on: {
        ...goesOn,
        consentWithdrawn: closedBefore.consentWithdrawn,
        releaseNote: { target: 'follow-up', actions: [passes('summary-released'), rememberNote] },
      },
    },
    'follow-up': {
      meta: state({
        label: t('小结已到，可追问一次', 'The note is there; one question can be asked'),
        turn: 'member',
        does: t('看小结、评价；24 小时内可追问一次', 'read and rate; one question within 24 hours'),
        until: { field: 'followUpUntil' },
        step: 'after',
      }),
      on: {
        ...goesOn,
        ...rates,
        consentWithdrawn: {},
        askFollowUp: {
          guard: mayAsk,
          target: 'follow-up-asked',
          actions: [passes('follow-up-asked'), remember((event) => ({ asked: text(event, 'question') }))],
        },
        afterOver: { target: 'completed', actions: passes('closed') },
      },
    },
    'follow-up-asked': {
      meta: state({
        label: t('等医生答复追问', 'The doctor answers your question'),
        desk: t('等医生答复追问', 'The doctor answers the question'),
        turn: 'video-doctor',
        does: t('答复会员的追问', "answer the member's question"),
        until: { target: 'follow-up' },
        step: 'after',
      }),
      on: {
        ...goesOn,
        ...rates,
        // Nobody else can answer; what was written stays hers.
        consentWithdrawn: { target: 'completed', actions: passes('closed') },
        answerFollowUp: {
          target: 'answered',
          actions: [
            passes('follow-up-answered'),
            remember((event, { rules }) => ({
              answered: text(event, 'answer'),
              followUpUntil: inSeconds(event, rules.consultation.followUpHours * 3600),
            })),
          ],
        },
      },
    },
    answered: {
      meta: state({
        label: t('医生已答复', 'The doctor has answered'),
        turn: 'member',
        does: t('看答复，评价这次问诊', 'read the answer and rate'),
        until: { field: 'followUpUntil' },
        step: 'after',
      }),
      on: {
        ...goesOn,
        consentWithdrawn: {},
        rate: [{ guard: notRated, target: 'completed', actions: [passes('rated'), passes('closed'), rememberStars] }],
        afterOver: { target: 'completed', actions: passes('closed') },
      },
    },
    ...finals(
      {
        completed: [t('已完成', 'Completed'), 'delivered'],
        'closed-lapsed': [
          t('一年期满，已失效，可以再申请', 'Lapsed after its year; it can be applied for again'),
          'delivered',
        ],
        'closed-refused': [t('不能使用', 'Refused'), 'refused'],
        'closed-left-queue': [t('您已离开排队', 'You left the queue'), 'withdrawn'],
        'closed-withdrawn': [t('已撤回', 'Withdrawn'), 'withdrawn'],
        'closed-not-pursued': [t('未能继续，已结束', 'Not pursued'), 'not-pursued'],
        'closed-consent-withdrawn': [t('授权撤回，已结束', 'Closed: consent withdrawn'), 'consent-withdrawn'],
        'closed-policy-ended': [t('合同效力终止，已结束', 'Closed: the policy ended'), 'policy-ended'],
        'closed-died': [t('已结束', 'Closed'), 'died'],
        'closed-impostor': [t('已停止：查明不是本人使用', 'Stopped: not used by the person entitled'), 'refused'],
      },
      'after',
    ),
  },
});

export const videoConsultationV1: Journey = {
  kind: 'video-consultation',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  givenOf: (_form, _papers, act): Record<string, boolean> => (act === 'open' ? { opening: true } : {}),
  served: 'from-request',
  reminder: 'video-time-soon',
  without: ['carePath', 'escort'],
  numberPrefix: 'SP',
  steps: [
    { code: 'request', label: t('申请', 'Request') },
    { code: 'wait', label: t('等医生', 'Waiting for a doctor') },
    { code: 'call', label: t('视频问诊', 'The call') },
    { code: 'note', label: t('问诊小结', 'The note') },
    { code: 'after', label: t('追问和评价', 'Question and rating') },
  ],
  milestones: KINDS['video-consultation'] ?? [],
};
