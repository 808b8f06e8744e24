/**
 * The guards and actions that charts of a request, a review and a booking are written with. A kind may remember more
 * than these phases do; its own guards stand in its own chart. Shared, v1: released, never edited.
 */
import { assign, setup } from 'xstate';
import { dayOf } from '../../calendar/day.ts';
import type { ChartEvent } from '../journey.ts';
import type { Input, PhaseContext } from './context-v1.ts';
import { offerOf, passes, row, text } from './kit-v1.ts';

export type Context = PhaseContext & { [own: string]: unknown };

/** What only a person can find on the papers, beside the rules of the last decision. */
const PERSON_RULES = ['wrong-illness', 'no-diagnosis', 'not-first-diagnosis'];

/** Enough calls on enough days since the member was asked (plan field pursuit). */
export const calledEnough = (context: Pick<PhaseContext, 'rules' | 'calls'>): boolean => {
  const { pursuit } = context.rules;
  if (!pursuit) return true;
  return context.calls.length >= pursuit.calls && new Set(context.calls.map((call) => call.day)).size >= pursuit.onDays;
};

export const chart = setup({
  types: { context: {} as Context, input: {} as Input, events: {} as ChartEvent },
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
    rememberProvider: assign({ provider: ({ event }) => row(event, 'provider', 'code') }),
    rememberCall: assign({
      calls: ({ context, event }) => [
        ...context.calls,
        { day: dayOf(event.facts.now), reached: event.payload.outcome === 'reached' },
      ],
    }),
    rememberSummary: assign({
      summary: ({ event }) => ({
        said: text(event, 'said'),
        nextSteps: text(event, 'nextSteps'),
        at: event.facts.now.toISOString(),
      }),
    }),
  },
  guards: {
    papersMissing: ({ event }) => event.facts.missingPapers.length > 0,
    decisionRefuses: ({ event }) => event.facts.decision?.outcome === 'refused',
    needsReview: ({ context, event }) =>
      context.rules.review || event.facts.decision?.outcome === 'review' || context.outcome === 'review',
    factsStand: ({ context }) => context.verified === 'stands',
    carePathAsked: ({ context }) => context.rules.carePath,
    pathWritten: ({ context }) => !context.rules.carePath || context.carePath !== null,
    consentCovers: ({ event }) => event.facts.consented.includes(row(event, 'provider', 'code')),
    consentIsThere: ({ event, context }) =>
      context.provider !== null && event.facts.consented.includes(context.provider),
    offerGone: ({ event }) => !event.facts.offerListed,
    called: ({ context }) => context.calls.length > 0,
    // Where a plan names one case manager, only her own call reaches the applicant (contract 2.4).
    reached: ({ event, context }) =>
      event.payload.outcome === 'reached' && (!context.rules.namedManager || event.facts.byManager),
    managersOwn: ({ event, context }) => !context.rules.namedManager || event.facts.byManager,
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

/** What a case remembers of its phases when it begins. */
export const phasesBegun = ({ input }: { input: Input }): PhaseContext => ({
  rules: input.rules,
  outcome: input.outcome,
  refusableRules: [...new Set([...input.rulesOfDecision, ...PERSON_RULES])],
  verified: 'no',
  reviewerLists: 0,
  pendingList: null,
  askedAt: input.missingPapers.length > 0 ? input.now : null,
  calls: [],
  pursuitOver: false,
  provider: input.provider ?? null,
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
});

/** What any state of an open case takes. */
export const anyState = {
  personDied: { target: '.closed-died', actions: passes('died') },
  // Used by anybody but the person entitled: refused at once, recovery reserved [S.2].
  stopImpostor: { target: '.closed-impostor', actions: passes('impostor-stopped') },
  logCall: [{ guard: 'reached', actions: [passes('contact-reached'), 'rememberCall'] }, { actions: 'rememberCall' }],
  writeMember: {},
  leaveMessage: {},
  messageRead: [{ guard: 'managersOwn', actions: passes('contact-reached') }, {}],
  addNote: {},
  reassign: {},
  takeCase: {},
} as const;

/** How a request ends before anything was booked. */
export const closedBefore = {
  withdraw: { target: 'closed-withdrawn', actions: passes('withdrawn') },
  consentWithdrawn: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
  policyEnded: { target: 'closed-policy-ended', actions: passes('policy-ended') },
} as const;

/** Where the case waits for the member: the plan's pursuit may end it. */
export const pursued = {
  pursuitEnded: [
    { guard: 'calledEnough', target: 'closed-not-pursued', actions: passes('not-pursued') },
    { actions: chart.assign({ pursuitOver: () => true }) },
  ],
  closeNotPursued: { guard: 'mayClose', target: 'closed-not-pursued', actions: passes('not-pursued') },
} as const;
