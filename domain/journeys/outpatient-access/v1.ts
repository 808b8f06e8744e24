/**
 * The outpatient green channel (2.2), v1. Released: never edited; a change is v2 in a file of its own.
 * Steps a plan may leave out (review, care path, escort) are guards on plan fields, never a second chart.
 * Over 300 lines with its states' words on purpose: the chart is the whole story, read top-down.
 */
import { type AnyStateMachine, and, assign, setup } from 'xstate';
import { dayOf } from '../../calendar/day.ts';
import type { Text } from '../../plan/schema.ts';
import type { ChartEvent, Journey, StateMeta } from '../journey.ts';
import { KINDS } from '../kinds.ts';
import type { Context, Input, Offer } from './context-v1.ts';
import { events, request } from './events-v1.ts';

const t = (zh: string, en: string): Text => ({ zh, en });
const state = (one: StateMeta): StateMeta => one;
type Event = ChartEvent;
const passes = (name: string) => ({ type: 'milestone', params: { name } }) as const;
/** A slot offered, with the moment of the visit it speaks of. */
const slotOffered = {
  type: 'milestone',
  params: ({ event }: { event: Event }) => ({ name: 'slot-offered', at: String(event.payload.visitAt) }),
} as const;
const text = (event: Event, field: string): string => String(event.payload[field] ?? '');
const row = (event: Event, ref: string, field: string): string => String(event.facts.refs[ref]?.[field] ?? '');

/** What only a person can find on the papers, beside the rules of the last decision. */
const PERSON_RULES = ['wrong-illness', 'no-diagnosis', 'not-first-diagnosis'];

/** Enough calls on enough days since the member was asked (plan field pursuit). */
const calledEnough = (context: Context): boolean => {
  const { pursuit } = context.rules;
  if (!pursuit) return true;
  return context.calls.length >= pursuit.calls && new Set(context.calls.map((call) => call.day)).size >= pursuit.onDays;
};

const offerOf = (event: Event): Offer => ({
  hospitalId: text(event, 'hospital'),
  hospital: row(event, 'hospital', 'name'),
  department: text(event, 'department'),
  expert: row(event, 'expert', 'name'),
  rank: row(event, 'expert', 'rank'),
  visitAt: text(event, 'visitAt'),
  answerBy: text(event, 'answerBy'),
  escort: event.payload.escortName
    ? {
        name: text(event, 'escortName'),
        phone: text(event, 'escortPhone'),
        meetingPlace: text(event, 'meetingPlace'),
        hours: text(event, 'escortHours'),
      }
    : null,
});

const chart = setup({
  types: { context: {} as Context, input: {} as Input, events: {} as Event },
  actions: {
    milestone: (_, _params: { name: string; at?: string }) => {},
    rememberAsking: assign({
      askedAt: ({ event }) => event.facts.now.toISOString(),
      calls: () => [],
      pursuitOver: () => false,
    }),
    // Another slot brings another escort: what was said of the last one is over with it.
    rememberOffer: assign({ offer: ({ event }) => offerOf(event), escortAbsent: () => false }),
    forgetOffer: assign({ offer: () => null, escortAbsent: () => false }),
    rememberDecision: assign({
      refusableRules: ({ event }) => [...new Set([...(event.facts.decision?.rules ?? []), ...PERSON_RULES])],
      outcome: ({ event, context }) =>
        event.facts.decision?.outcome === 'refused'
          ? context.outcome
          : (event.facts.decision?.outcome ?? context.outcome),
    }),
  },
  guards: {
    papersMissing: ({ event }) => event.facts.missingPapers.length > 0,
    decisionRefuses: ({ event }) => event.facts.decision?.outcome === 'refused',
    needsReview: ({ context, event }) =>
      context.rules.review || event.facts.decision?.outcome === 'review' || context.outcome === 'review',
    factsStand: ({ context }) => context.verified === 'stands',
    pathWritten: ({ context }) => !context.rules.carePath || context.carePath !== null,
    carePathAsked: ({ context }) => context.rules.carePath,
    consentCovers: ({ event }) => event.facts.consented.includes(row(event, 'provider', 'code')),
    consentIsThere: ({ event, context }) =>
      context.provider !== null && event.facts.consented.includes(context.provider),
    offerGone: ({ event }) => !event.facts.offerListed,
    called: ({ context }) => context.calls.length > 0,
    reached: ({ event }) => event.payload.outcome === 'reached',
    calledEnough: ({ context }) => calledEnough(context),
    mayClose: ({ context }) => context.pursuitOver && calledEnough(context),
    changeEndsIt: ({ context }) => context.rules.changeAfterBooking === 'spent-and-closed',
    notYetChanged: ({ context }) => !context.changed,
    absenceSpends: ({ context }) => context.rules.absence === 'spend',
    absenceReleases: ({ context }) => context.rules.absence === 'release',
    aPersonDecides: ({ context }) => context.rules.consentWithdrawnAfterBooking === 'person',
    firstList: ({ context }) => context.reviewerLists === 0,
    escortAbsent: ({ context }) => context.escortAbsent,
    escortPromised: ({ context }) => context.rules.escort,
    visitDidNotHappen: ({ event, context }) => context.rules.escort && event.payload.visit === 'did-not-happen',
    atOwnConsent: ({ context }) => context.entering === 'own-consent',
    atPapers: ({ context }) => context.entering === 'papers',
    atReview: ({ context }) => context.entering === 'review',
  },
});

const closedBefore = {
  withdraw: { target: 'closed-withdrawn', actions: passes('withdrawn') },
  consentWithdrawn: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
  policyEnded: { target: 'closed-policy-ended', actions: passes('policy-ended') },
} as const;

/** From the moment the request counts: papers first, then review where the plan or the decision asks for one. */
const enterRequest = (before: string[]) =>
  [
    {
      guard: 'papersMissing',
      target: 'awaiting-papers',
      actions: [
        ...before.map(passes),
        passes('requested'),
        passes('papers-asked'),
        'rememberDecision',
        'rememberAsking',
      ],
    },
    {
      guard: 'needsReview',
      target: 'reviewing',
      actions: [...before.map(passes), passes('requested'), 'rememberDecision'],
    },
    {
      target: 'planning',
      actions: [
        ...before.map(passes),
        passes('requested'),
        passes('papers-complete'),
        passes('accepted'),
        'rememberDecision',
      ],
    },
  ] as const;

const pursued = {
  pursuitEnded: [
    { guard: 'calledEnough', target: 'closed-not-pursued', actions: passes('not-pursued') },
    { actions: chart.assign({ pursuitOver: () => true }) },
  ],
  closeNotPursued: { guard: 'mayClose', target: 'closed-not-pursued', actions: passes('not-pursued') },
} as const;

const toProviderAgain = { target: 'with-provider', actions: [passes('handed-to-provider'), 'forgetOffer'] } as const;

const machine = chart.createMachine({
  id: 'outpatient-access',
  context: ({ input }) => ({
    rules: input.rules,
    outcome: input.outcome,
    refusableRules: [...new Set([...input.rulesOfDecision, ...PERSON_RULES])],
    verified: 'no',
    reviewerLists: 0,
    pendingList: null,
    askedAt: input.missingPapers.length > 0 ? input.now : null,
    calls: [],
    pursuitOver: false,
    provider: null,
    carePath: null,
    offer: null,
    changed: false,
    escortAbsent: false,
    summary: null,
    entering: input.needsOwnConsent
      ? 'own-consent'
      : input.missingPapers.length > 0
        ? 'papers'
        : input.rules.review || input.outcome === 'review'
          ? 'review'
          : 'plan',
  }),
  initial: 'entering',
  on: {
    personDied: { target: '.closed-died', actions: passes('died') },
    // Used by anybody but the person entitled: refused at once, recovery reserved [S.2].
    stopImpostor: { target: '.closed-impostor', actions: passes('impostor-stopped') },
    logCall: [
      {
        guard: 'reached',
        actions: [
          passes('contact-reached'),
          chart.assign({
            calls: ({ context, event }) => [...context.calls, { day: dayOf(event.facts.now), reached: true }],
          }),
        ],
      },
      {
        actions: chart.assign({
          calls: ({ context, event }) => [...context.calls, { day: dayOf(event.facts.now), reached: false }],
        }),
      },
    ],
    addNote: {},
    reassign: {},
    takeCase: {},
  },
  states: {
    entering: {
      meta: state({
        label: t('正在登记', 'Being registered'),
        turn: 'system',
        does: t('登记申请', 'registers the request'),
        until: { none: t('当即完成', 'done at once') },
        step: 'request',
      }),
      always: [
        { guard: 'atOwnConsent', target: 'awaiting-own-consent', actions: passes('request-waits-for-own-consent') },
        { guard: 'atPapers', target: 'awaiting-papers', actions: [passes('requested'), passes('papers-asked')] },
        { guard: 'atReview', target: 'reviewing', actions: passes('requested') },
        { target: 'planning', actions: [passes('requested'), passes('papers-complete'), passes('accepted')] },
      ],
    },
    'awaiting-own-consent': {
      meta: state({
        label: t('等本人同意', 'Waiting for her own consent'),
        turn: 'member',
        does: t('本人看过申请，同意或不同意', 'the person served agrees or not'),
        until: { none: t('本人同意前不占用次数，也不计时', 'until then nothing is held and no clock runs') },
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
          ...enterRequest(['own-consent-given']),
        ],
        declineOwnConsent: { target: 'closed-withdrawn', actions: passes('withdrawn') },
        // Nothing is held and nothing was promised to her: no calls are owed before it closes.
        pursuitEnded: { target: 'closed-not-pursued', actions: passes('not-pursued') },
      },
    },
    'awaiting-papers': {
      meta: state({
        label: t('等您补资料', 'Waiting for papers'),
        desk: t('等会员补资料', 'Waiting for papers'),
        turn: 'member',
        does: t('补齐列出的资料，一次交齐', 'hands in the papers listed'),
        until: {
          none: t(
            '等资料期间计时暂停，我们会按约定提醒和致电',
            'the clocks stand; we remind and call as the plan says',
          ),
        },
        step: 'request',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        handInPaper: [
          { guard: 'papersMissing', actions: [] },
          { guard: 'needsReview', target: 'reviewing', actions: passes('papers-handed-in') },
          { target: 'planning', actions: [passes('papers-handed-in'), passes('papers-complete'), passes('accepted')] },
        ],
        judgePaper: {},
      },
    },
    reviewing: {
      meta: state({
        label: t('医学审核中', 'Medical review'),
        turn: 'reviewer',
        does: t('核对资料，核实疾病和日期', 'checks the evidence and the facts'),
        until: { target: 'review' },
        step: 'review',
      }),
      on: {
        ...closedBefore,
        handInPaper: {},
        judgePaper: {},
        takeReview: {},
        verifyFacts: [
          { guard: 'decisionRefuses', actions: ['rememberDecision', chart.assign({ verified: () => 'refused' })] },
          { actions: ['rememberDecision', chart.assign({ verified: () => 'stands' })] },
        ],
        acceptRequest: {
          guard: 'factsStand',
          target: 'planning',
          actions: [passes('papers-complete'), passes('accepted')],
        },
        askPapers: [
          {
            guard: 'firstList',
            target: 'awaiting-papers',
            actions: [
              passes('papers-asked'),
              'rememberAsking',
              chart.assign({ reviewerLists: ({ context }) => context.reviewerLists + 1 }),
            ],
          },
          {
            target: 'second-list',
            actions: chart.assign({
              pendingList: ({ event }) => ({ kinds: event.payload.kinds as string[], note: text(event, 'note') }),
            }),
          },
        ],
        refuseRequest: { target: 'closed-refused', actions: passes('refused') },
      },
    },
    'second-list': {
      meta: state({
        label: t('再次要资料，等主管同意', 'A second list waits for the supervisor'),
        turn: 'supervisor',
        does: t('决定能不能再要一次资料', 'decides whether papers may be asked for again'),
        until: { target: 'review' },
        step: 'review',
      }),
      on: {
        ...closedBefore,
        approveList: {
          target: 'awaiting-papers',
          actions: [
            passes('papers-asked'),
            'rememberAsking',
            chart.assign({ reviewerLists: ({ context }) => context.reviewerLists + 1 }),
          ],
        },
        declineList: { target: 'reviewing', actions: chart.assign({ pendingList: () => null }) },
      },
    },
    planning: {
      meta: state({
        label: t('安排就医路径', 'Care path'),
        turn: 'case-manager',
        does: t('写就医路径，交给服务商约号', 'writes the care path and hands over to the provider'),
        until: { target: 'care-path' },
        step: 'plan',
      }),
      on: {
        ...closedBefore,
        judgePaper: {},
        writeCarePath: {
          guard: 'carePathAsked',
          actions: [
            passes('care-path-told'),
            chart.assign({
              carePath: ({ event }) => ({
                hospital: row(event, 'hospital', 'name'),
                department: text(event, 'department'),
                expert: text(event, 'expert'),
                why: text(event, 'why'),
                examinations: text(event, 'examinations'),
              }),
            }),
          ],
        },
        handToProvider: [
          {
            guard: and(['pathWritten', 'consentCovers']),
            target: 'with-provider',
            actions: [
              passes('handed-to-provider'),
              'forgetOffer',
              chart.assign({ provider: ({ event }) => row(event, 'provider', 'code') }),
            ],
          },
          {
            guard: 'pathWritten',
            target: 'awaiting-provider-consent',
            actions: [
              passes('provider-consent-asked'),
              'forgetOffer',
              'rememberAsking',
              chart.assign({ provider: ({ event }) => row(event, 'provider', 'code') }),
            ],
          },
        ],
        tellNoSlot: { target: 'no-slot', actions: [passes('no-slot-told'), 'rememberAsking'] },
        closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
      },
    },
    'awaiting-provider-consent': {
      meta: state({
        label: t('等您同意新的服务商', 'Waiting for consent to the provider'),
        desk: t('等会员同意新的服务商', 'Waiting for consent to the provider'),
        turn: 'member',
        does: t('看过授权说明，同意或不同意把资料交给这家服务商', 'consents to sharing with this provider, or not'),
        until: { none: t('承诺的时间照常计，不因等授权而停', 'the promised time runs on') },
        step: 'plan',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        providerConsentGiven: { guard: 'consentIsThere', ...toProviderAgain },
        takeBack: { target: 'planning', actions: [passes('taken-back'), 'forgetOffer'] },
      },
    },
    'with-provider': {
      meta: state({
        label: t('服务商约号中', 'The provider is booking'),
        turn: 'provider',
        does: t('留出号源并安排陪诊，或说明约不到', 'holds a slot and an escort, or says that it cannot'),
        until: { target: 'provider-answer' },
        step: 'book',
      }),
      on: {
        ...closedBefore,
        offerSlot: { target: 'offered', actions: [slotOffered, 'rememberOffer'] },
        cannotOffer: { target: 'planning', actions: [passes('provider-cannot'), 'forgetOffer'] },
        takeBack: { target: 'planning', actions: [passes('taken-back'), 'forgetOffer'] },
      },
    },
    'no-slot': {
      meta: state({
        label: t('暂时约不到，等您决定', 'None can be had now; your decision'),
        desk: t('暂时约不到，等会员决定', 'None can be had now; the member decides'),
        turn: 'member',
        does: t('决定继续等，还是撤回（不计使用）', 'decides to go on or to withdraw'),
        until: { none: t('什么时候决定都可以，不计使用', 'any time; nothing is counted') },
        step: 'book',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        keepLooking: { target: 'planning', actions: passes('looking-again') },
        closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
      },
    },
    offered: {
      meta: state({
        label: t('号源待您确认', 'A slot waits for your answer'),
        desk: t('号源待会员确认', 'A slot waits for the member'),
        turn: 'member',
        does: t('确认，或要求另约（不计使用）', 'accepts, or asks for another'),
        until: { field: 'answerBy' },
        step: 'book',
      }),
      on: {
        ...closedBefore,
        acceptOffer: [
          // The hospital left the list since the offer: alternatives, nothing spent [2.2.3, N.2].
          {
            guard: 'offerGone',
            target: 'with-provider',
            actions: [passes('hospital-left-list'), passes('handed-to-provider'), 'forgetOffer'],
          },
          { target: 'booked', actions: passes('booking-confirmed') },
        ],
        declineOffer: {
          target: 'with-provider',
          actions: [passes('offer-declined'), passes('handed-to-provider'), 'forgetOffer'],
        },
        offerLapsed: {
          target: 'with-provider',
          actions: [passes('offer-lapsed'), passes('handed-to-provider'), 'forgetOffer'],
        },
        providerCancels: {
          target: 'with-provider',
          actions: [passes('cancelled-by-provider'), passes('handed-to-provider'), 'forgetOffer'],
        },
      },
    },
    booked: {
      meta: state({
        label: t('已约好，等就诊', 'Booked'),
        turn: 'member',
        does: t('按时就诊，陪诊员在约定地点等您', 'attends; the escort waits at the meeting place'),
        until: { field: 'visitAt' },
        step: 'visit',
      }),
      on: {
        cancelBooking: { target: 'closed-cancelled', actions: passes('cancelled-by-member') },
        changeBooking: [
          {
            guard: and(['notYetChanged', 'changeEndsIt']),
            target: 'closed-changed',
            actions: passes('changed-by-member'),
          },
          {
            guard: 'notYetChanged',
            target: 'with-provider',
            actions: [
              passes('changed-by-member'),
              passes('handed-to-provider'),
              chart.assign({
                changed: ({ context }) => context.rules.changeAfterBooking !== 'free',
                offer: () => null,
                escortAbsent: () => false,
              }),
            ],
          },
        ],
        providerCancels: {
          target: 'with-provider',
          actions: [passes('cancelled-by-provider'), passes('handed-to-provider'), 'forgetOffer'],
        },
        providerChanges: { target: 'offered', actions: [passes('changed-by-provider'), slotOffered, 'rememberOffer'] },
        reportEscortAbsent: [
          {
            guard: 'visitDidNotHappen',
            target: 'with-provider',
            actions: [
              passes('escort-absent'),
              passes('cancelled-by-provider'),
              passes('handed-to-provider'),
              'forgetOffer',
            ],
          },
          { guard: 'escortPromised', actions: [passes('escort-absent'), chart.assign({ escortAbsent: () => true })] },
        ],
        checkIn: [
          { guard: 'escortAbsent', target: 'visiting', actions: passes('attended-without-escort') },
          { target: 'visiting', actions: passes('attended') },
        ],
        reportAbsence: [
          {
            guard: 'absenceSpends',
            target: 'closed-absent',
            actions: [passes('absence-reported'), passes('absence-counted')],
          },
          {
            guard: 'absenceReleases',
            target: 'closed-excused',
            actions: [passes('absence-reported'), passes('absence-excused')],
          },
          // Only calls made about the absence are contact attempts of the absence.
          { target: 'absence-deciding', actions: [passes('absence-reported'), chart.assign({ calls: () => [] })] },
        ],
        consentWithdrawn: [
          { guard: 'aPersonDecides', target: 'consent-deciding', actions: passes('consent-withdrawn-after-booking') },
          { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
        ],
        policyEnded: { target: 'policy-deciding', actions: passes('policy-ended-after-booking') },
      },
    },
    visiting: {
      meta: state({
        label: t('就诊中', 'At the visit'),
        turn: 'provider',
        does: t('陪同就诊，结束后签退', 'accompanies the visit and checks out'),
        until: { none: t('就诊当天完成', 'ends with the visit') },
        step: 'visit',
      }),
      on: {
        checkOut: { target: 'awaiting-summary', actions: passes('visit-ended') },
        attachPaper: {},
        consentWithdrawn: {},
      },
    },
    'awaiting-summary': {
      meta: state({
        label: t('等就诊小结', 'Waiting for the summary'),
        turn: 'provider',
        does: t('写就诊小结：医生说了什么，下一步', 'writes what was said and the next steps'),
        until: { target: 'summary' },
        step: 'summary',
      }),
      on: {
        attachPaper: {},
        consentWithdrawn: {},
        summarise: {
          target: 'summarised',
          actions: [
            passes('summary-released'),
            chart.assign({
              summary: ({ event }) => ({
                said: text(event, 'said'),
                nextSteps: text(event, 'nextSteps'),
                at: event.facts.now.toISOString(),
              }),
            }),
          ],
        },
      },
    },
    summarised: {
      meta: state({
        label: t('小结已送到，请您看看', 'The summary is there'),
        desk: t('小结已送到，等会员评价', 'The summary is with the member'),
        turn: 'member',
        does: t('看小结，评价这次服务', 'reads the summary and rates the service'),
        until: { none: t('不评价也会在 14 天后自动结束', 'closes by itself after 14 days') },
        step: 'summary',
      }),
      on: {
        rate: { target: 'completed', actions: [passes('rated'), passes('closed')] },
        ratingLapsed: { target: 'completed', actions: passes('closed') },
        consentWithdrawn: {},
      },
    },
    'absence-deciding': {
      meta: state({
        label: t('未到诊，等人工判断', 'Absent: a person decides'),
        turn: 'case-manager',
        does: t('看联系记录，决定是否计为使用', 'decides with the contact attempts on file'),
        until: { target: 'absence-decision' },
        step: 'visit',
      }),
      on: {
        countAbsence: { guard: 'called', target: 'closed-absent', actions: passes('absence-counted') },
        excuseAbsence: { target: 'closed-excused', actions: passes('absence-excused') },
      },
    },
    'policy-deciding': {
      meta: state({
        label: t('合同效力变化，等运营决定', 'The policy ended after the booking'),
        turn: 'operations',
        does: t('决定是否履行已确认的预约', 'decides whether the booking is honoured'),
        until: { target: 'policy-decision' },
        step: 'visit',
      }),
      on: {
        honour: { target: 'booked', actions: passes('honoured') },
        decline: { target: 'closed-policy-ended', actions: passes('policy-ended') },
        // Whoever gives the visit up meanwhile ends what operations were to decide; the policy's end costs no use.
        withdraw: { target: 'closed-policy-ended', actions: passes('policy-ended') },
        providerCancels: {
          target: 'closed-policy-ended',
          actions: [passes('cancelled-by-provider'), passes('policy-ended')],
        },
      },
    },
    'consent-deciding': {
      meta: state({
        label: t('授权已撤回，等人工判断', 'Consent withdrawn: a person decides'),
        turn: 'supervisor',
        does: t('决定是否计为使用', 'decides whether a use is counted'),
        until: { target: 'consent-decision' },
        step: 'visit',
      }),
      on: {
        countWithdrawnConsent: { target: 'closed-cancelled', actions: passes('cancelled-by-member') },
        releaseWithdrawnConsent: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
      },
    },
    ...finals({
      completed: [t('已完成', 'Completed'), 'delivered'],
      'closed-refused': [t('审核未通过', 'Refused'), 'refused'],
      'closed-withdrawn': [t('已撤回', 'Withdrawn'), 'withdrawn'],
      'closed-not-pursued': [t('未能继续，已结束', 'Not pursued'), 'not-pursued'],
      'closed-not-deliverable': [t('未能安排，已结束', 'Could not be delivered'), 'not-deliverable'],
      'closed-consent-withdrawn': [t('授权撤回，已结束', 'Closed: consent withdrawn'), 'consent-withdrawn'],
      'closed-policy-ended': [t('合同效力终止，已结束', 'Closed: the policy ended'), 'policy-ended'],
      'closed-cancelled': [t('已取消，计为使用', 'Cancelled, counted as used'), 'used-by-cancel'],
      'closed-changed': [t('已变更，计为使用', 'Changed, counted as used'), 'used-by-change'],
      'closed-absent': [t('未到诊，计为使用', 'Absent, counted as used'), 'used-by-absence'],
      'closed-excused': [t('未到诊，不计使用', 'Absent, not counted'), 'excused'],
      'closed-died': [t('已结束', 'Closed'), 'died'],
      'closed-impostor': [t('已停止：查明不是本人使用', 'Stopped: not used by the person entitled'), 'refused'],
    }),
  },
});

function finals(labels: Record<string, [Text, string]>) {
  return Object.fromEntries(
    Object.entries(labels).map(([name, [label, outcome]]) => [
      name,
      {
        type: 'final' as const,
        meta: state({
          label,
          turn: 'nobody',
          does: t('已结束', 'closed'),
          until: { none: t('已结束', 'closed') },
          step: 'summary',
          outcome,
        }),
      },
    ]),
  );
}

export const outpatientAccessV1: Journey = {
  kind: 'outpatient-access',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  numberPrefix: 'MZ',
  steps: [
    { code: 'request', label: t('申请和资料', 'Request and papers') },
    { code: 'review', label: t('医学审核', 'Medical review') },
    { code: 'plan', label: t('就医路径', 'Care path') },
    { code: 'book', label: t('约号', 'Booking') },
    { code: 'visit', label: t('就诊（含陪诊）', 'Visit, with escort') },
    { code: 'summary', label: t('小结和评价', 'Summary') },
  ],
  milestones: KINDS['outpatient-access'] ?? [],
};
