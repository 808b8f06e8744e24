/**
 * Special drugs (2.6.1 to 2.6.3), v1. Released: never edited; a change is v2 in a file of its own.
 * Over 300 lines: one chart, its states in the order of a case.
 * A case is one therapy of one person; each prescription is a round of it: reviewed twice, told, arranged, handed over.
 */
import type { AnyStateMachine } from 'xstate';
import { addDays, type Day, dayOf } from '../../calendar/day.ts';
import type { ChartEvent, Journey } from '../journey.ts';
import { KINDS } from '../kinds.ts';
import { anyState, chart, closedBefore, phasesBegun, pursued } from '../phases/chart-v1.ts';
import type { Input } from '../phases/context-v1.ts';
import { everyEnd, finals, passes, row, state, t, text } from '../phases/kit-v1.ts';
import { requestPhase } from '../phases/request-phase-v1.ts';
import type { Context, Drug, Review } from './context-v1.ts';
import { events, request } from './events-v1.ts';
import { judge } from './review-events-v1.ts';

/** What the case remembers of its own; `mine` reads it with its types. */
const mine = (context: unknown) => context as Context;
const remember = (change: (event: ChartEvent, context: Context) => Partial<Context>) =>
  chart.assign(({ event, context }) => change(event, mine(context)));

const drugOf = (given: Readonly<Record<string, unknown>> | null | undefined): Drug | null =>
  given
    ? {
        id: String(given.id),
        key: String(given.key),
        name: String(given.brand),
        listVersion: Number(given.listVersion),
        coldChain: given.coldChain === true,
        carT: given.carT === true,
      }
    : null;

const nothingArranged = { arrangement: null, pharmacy: null, arrived: false } as const;
const beginRound = remember((event, context) => ({
  ...nothingArranged,
  round: context.round + 1,
  roundBegan: event.facts.now.toISOString(),
  prescription: null,
  first: null,
  verdict: null,
  spoken: false,
  lists: 0,
  taken: 0,
  approvedUntil: null,
}));
const endRound = remember(() => ({ ...nothingArranged, approvedUntil: null }));
const rememberFirst = remember((event, context) => {
  const p = event.payload as Record<string, unknown>;
  return {
    first: judge(p as never, context, event.facts),
    drug: drugOf(event.facts.refs.drug) ?? context.drug,
    prescription: {
      indication: text(event, 'prescribedFor'),
      dosage: text(event, 'usage'),
      packs: Number(p.packs),
      days: Number(p.days),
      issuedOn: text(event, 'issuedOn') as Day,
      validUntil: text(event, 'validUntil') as Day,
      prescriber: text(event, 'doctor'),
      hospital: text(event, 'hospitalName'),
    },
  };
});
const refusesNow = (event: ChartEvent, context: Context): boolean =>
  event.payload.verdict === 'refused' || context.first?.outcome === 'refused';
const verdictOf = (event: ChartEvent, context: Context): Review => {
  const found = context.first as Review;
  const failed = (event.payload.failed as Review['failed'] | undefined) ?? found.failed;
  return refusesNow(event, context)
    ? { by: event.facts.actor, outcome: 'refused', packs: 0, failed }
    : { ...found, by: event.facts.actor };
};
const rememberVerdict = remember((event, context) => ({
  verdict: verdictOf(event, context),
  approvedUntil: refusesNow(event, context)
    ? null
    : addDays(dayOf(event.facts.now), context.rules.prescription?.approvalDays ?? 0),
}));
const rememberArrangement = remember((event) => ({
  arrangement: {
    way: event.payload.way as 'pick-up' | 'home',
    pharmacyId: text(event, 'pharmacy'),
    pharmacyKey: row(event, 'pharmacy', 'key'),
    pharmacy: row(event, 'pharmacy', 'name'),
    address: text(event, 'address'),
    at: text(event, 'at'),
    coldChainFee: Number(event.payload.coldChainFee ?? 0),
  },
}));
const forgetArrangement = remember(() => nothingArranged);
const givePharmacy = remember((_, context) => ({ pharmacy: context.arrangement?.pharmacyKey ?? null }));
const packsOf = (event: ChartEvent) => ((event.payload.traceCodes as string[] | undefined) ?? []).length;
const isLast = (event: ChartEvent, context: Context) => context.taken + packsOf(event) >= (context.verdict?.packs ?? 0);
const rememberTaken = remember((event, context) => {
  const { prescription } = context;
  const days = prescription ? Math.floor((packsOf(event) * prescription.days) / prescription.packs) : 0;
  const today = dayOf(event.facts.now);
  const from = context.supplyUntil !== null && context.supplyUntil > today ? context.supplyUntil : today;
  return { taken: context.taken + packsOf(event), delivered: true, supplyUntil: addDays(from, days) };
});

const pharmacyCovered = ({ event, context }: { event: ChartEvent; context: unknown }) =>
  event.facts.consented.includes(mine(context).arrangement?.pharmacyKey ?? '');
const booked = {
  target: 'ordered',
  actions: [passes('payment-confirmed'), passes('pharmacy-booked'), givePharmacy],
} as const;

const owes =
  (whose: 'byMember' | 'toMember') =>
  ({ event }: { event: ChartEvent }) =>
    (event.facts.drug?.owed[whose] ?? 0) > 0;
const somethingDelivered = ({ context }: { context: unknown }) => mine(context).delivered;
/** Before anything was handed over the request is withdrawn; later only the purchase in hand is given up. */
const closes = {
  ...closedBefore,
  withdraw: { guard: ({ context }: { context: unknown }) => !mine(context).delivered, ...closedBefore.withdraw },
} as const;
/** What ends a round without a hand-over. */
const roundOver = (milestone: string) => ({ target: 'between', actions: [passes(milestone), endRound] }) as const;
/** While an approval stands: it may expire, and the member may give the purchase up. */
const whileApproved = {
  cancelRound: roundOver('round-cancelled'),
  approvalExpired: roundOver('approval-expired'),
  handInReissued: {},
  handInPaper: {},
  judgePaper: {},
  checkReissued: {
    actions: [
      passes('prescription-reissued'),
      remember((event, context) => ({
        prescription: context.prescription && {
          ...context.prescription,
          issuedOn: text(event, 'issuedOn') as Day,
          validUntil: text(event, 'validUntil') as Day,
        },
      })),
    ],
  },
  consentWithdrawn: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
} as const;
/** After the pharmacy was booked the policy's end goes to people [tension 2.2.7]. */
const atPharmacy = {
  ...whileApproved,
  // What is taken back from the pharmacy alone leaves the provider to find another.
  consentWithdrawn: [
    {
      guard: ({ event, context }: { event: ChartEvent; context: unknown }) =>
        event.facts.consented.length > 0 &&
        !event.facts.consented.includes(mine(context).arrangement?.pharmacyKey ?? ''),
      target: 'arranging',
      actions: [passes('arrangement-withdrawn'), forgetArrangement],
    },
    whileApproved.consentWithdrawn,
  ],
  policyEnded: { target: 'policy-deciding', actions: passes('policy-ended-after-booking') },
  cannotSupply: { target: 'arranging', actions: [passes('supply-failed'), forgetArrangement] },
  attachPaper: {},
} as const;
const spokenWith = [
  {
    guard: 'reached',
    actions: [
      passes('contact-reached'),
      'rememberCall',
      remember((event, context) => ({ spoken: context.spoken || event.payload.outcome === 'reached' })),
    ],
  },
  { actions: 'rememberCall' },
] as const;

const phase = requestPhase('first-review', ['papers-complete', 'accepted']);
const drugDesk = { turn: 'drug-reviewer' } as const;

const machine = chart.createMachine({
  id: 'special-drug',
  context: (given) => ({
    ...phasesBegun(given),
    round: 1,
    roundBegan: null,
    drug: drugOf((given.input as Input).refs?.drug),
    prescription: null,
    first: null,
    spoken: false,
    lists: 0,
    verdict: null,
    approvedUntil: null,
    arrangement: null,
    pharmacy: null,
    taken: 0,
    delivered: false,
    arrived: false,
    supplyUntil: null,
  }),
  initial: 'entering',
  on: {
    ...anyState,
    // Packs come back between two purchases; the money may follow in the midst of the next one.
    recordRefunded: { guard: owes('toMember'), actions: passes('refunded') },
  },
  states: {
    ...phase,
    reviewing: { ...phase.reviewing, meta: { ...phase.reviewing.meta, ...drugDesk } },
    'first-review': {
      meta: state({
        label: t('处方审核中（一审）', 'Prescription review, first'),
        turn: 'drug-reviewer',
        does: t('按说明书和合同核对处方', 'check the prescription against label and contract'),
        until: { target: 'first-review' },
        step: 'prescription',
      }),
      on: {
        ...closes,
        handInPaper: {},
        judgePaper: {},
        takeReview: {},
        cancelRound: { guard: somethingDelivered, ...roundOver('round-cancelled') },
        askPapers: {
          guard: ({ context }) => mine(context).lists === 0,
          target: 'collecting',
          actions: [passes('papers-asked'), 'rememberAsking', remember((_, context) => ({ lists: context.lists + 1 }))],
        },
        finishFirstReview: {
          target: 'second-review',
          actions: [
            passes('first-review-passed'),
            passes('handed-to-provider'),
            rememberFirst,
            remember(() => ({ spoken: false })),
          ],
        },
      },
    },
    collecting: {
      meta: state({
        label: t('等您补处方资料', 'Waiting for papers of the prescription'),
        desk: t('等会员补处方资料', 'Waiting for papers of the prescription'),
        turn: 'member',
        does: t('补齐列出的资料，一次交齐', 'hand in the papers listed'),
        until: {
          none: t(
            '等资料期间计时暂停，我们会按约定提醒和致电',
            'the clocks stand; we remind and call as the plan says',
          ),
        },
        step: 'prescription',
      }),
      on: {
        ...closes,
        ...pursued,
        handInPaper: [
          { guard: 'papersMissing', actions: [] },
          // Asked for in the midst of a review: its clock runs on, and none begins.
          {
            guard: ({ context }) => mine(context).lists > 0,
            target: 'first-review',
            actions: [passes('papers-handed-in'), passes('prescription-papers-in')],
          },
          { target: 'first-review', actions: [passes('papers-handed-in'), passes('papers-complete')] },
        ],
        judgePaper: {},
        cancelRound: { guard: somethingDelivered, ...roundOver('round-cancelled') },
      },
    },
    'second-review': {
      meta: state({
        label: t('处方审核中（复审）', 'Prescription review, second'),
        turn: 'drug-consultant',
        does: t('与会员通话，复审处方，告知结论', 'speak with the member, review again, tell the verdict'),
        until: { target: 'second-review' },
        step: 'prescription',
      }),
      on: {
        ...closes,
        handInPaper: {},
        judgePaper: {},
        cancelRound: { guard: somethingDelivered, ...roundOver('round-cancelled') },
        logCall: spokenWith,
        returnReview: {
          target: 'first-review',
          actions: [passes('review-returned'), remember(() => ({ first: null, lists: 0 }))],
        },
        giveVerdict: [
          {
            guard: ({ event, context }) => refusesNow(event, mine(context)),
            target: 'between',
            actions: [passes('prescription-verdict-told'), passes('prescription-refused'), rememberVerdict],
          },
          {
            target: 'arranging',
            actions: [passes('prescription-verdict-told'), passes('prescription-approved'), rememberVerdict],
          },
        ],
      },
    },
    arranging: {
      meta: state({
        label: t('审核通过，约药店', 'Approved; the pharmacy is being arranged'),
        turn: 'drug-consultant',
        does: t('确认赔付和自付，约药店和时间', 'confirm what is paid and by whom, propose pharmacy and time'),
        until: { target: 'arrangement' },
        step: 'arrange',
      }),
      on: {
        ...closes,
        ...whileApproved,
        proposeArrangement: {
          target: 'proposed',
          actions: [passes('arrangement-proposed'), 'rememberAsking', rememberArrangement],
        },
      },
    },
    proposed: {
      meta: state({
        label: t('费用和取药安排待您确认', 'Costs and arrangement wait for your answer'),
        desk: t('费用和取药安排待会员确认', 'Costs and arrangement wait for the member'),
        turn: 'member',
        does: t('看过费用，同意或换一种安排', 'read the costs, and agree or ask for another arrangement'),
        until: { field: 'approvedUntil' },
        step: 'arrange',
      }),
      on: {
        ...closes,
        ...whileApproved,
        ...pursued,
        acceptArrangement: [
          { guard: pharmacyCovered, ...booked },
          {
            target: 'awaiting-provider-consent',
            actions: [passes('pharmacy-consent-asked'), 'rememberAsking', givePharmacy],
          },
        ],
        declineArrangement: { target: 'arranging', actions: [passes('arrangement-declined'), forgetArrangement] },
        withdrawArrangement: { target: 'arranging', actions: [passes('arrangement-withdrawn'), forgetArrangement] },
      },
    },
    'awaiting-provider-consent': {
      meta: state({
        label: t('等您同意把资料给药店', 'Waiting for your consent to the pharmacy'),
        desk: t('等会员同意把资料给药店', 'Waiting for consent to the pharmacy'),
        turn: 'member',
        does: t('看过授权说明，同意或不同意把取药资料给这家药店', 'consent to sharing with this pharmacy, or not'),
        until: { field: 'approvedUntil' },
        step: 'arrange',
      }),
      on: {
        ...closes,
        ...whileApproved,
        ...pursued,
        providerConsentGiven: { guard: pharmacyCovered, ...booked },
        withdrawArrangement: { target: 'arranging', actions: [passes('arrangement-withdrawn'), forgetArrangement] },
      },
    },
    ordered: {
      meta: state({
        label: t('药品配送中', 'The drug is on its way'),
        turn: 'pharmacist',
        does: t('备药，登记到货', 'get the drug and record its arrival'),
        until: { promise: 'delivery' },
        step: 'delivery',
      }),
      on: {
        ...atPharmacy,
        withdrawArrangement: { target: 'arranging', actions: [passes('arrangement-withdrawn'), forgetArrangement] },
        quarantineDrug: { actions: passes('drug-quarantined') },
        drugArrived: [
          {
            guard: ({ context }) => mine(context).arrangement?.way === 'home',
            target: 'at-pharmacy',
            actions: [passes('drug-packed'), remember(() => ({ arrived: true }))],
          },
          {
            target: 'at-pharmacy',
            actions: [passes('drug-at-pharmacy'), remember(() => ({ arrived: true }))],
          },
        ],
      },
    },
    'at-pharmacy': {
      meta: state({
        label: t('药品已备好', 'The drug is ready'),
        turn: 'pharmacist',
        does: t('核对原件，发药并签收', 'check the originals, hand over and have it signed'),
        until: { field: 'approvedUntil' },
        step: 'delivery',
      }),
      on: {
        ...atPharmacy,
        finishRound: {
          guard: ({ context }: { context: unknown }) => mine(context).taken > 0,
          target: 'between',
          // The pharmacy keeps its part of the case: payment and returns are still recorded there.
          actions: [passes('round-finished'), remember(() => ({ approvedUntil: null }))],
        },
        handOverDrug: [
          {
            guard: ({ event, context }) => isLast(event, mine(context)),
            target: 'between',
            actions: [passes('handed-over'), rememberTaken],
          },
          { actions: [passes('partly-handed-over'), rememberTaken] },
        ],
      },
    },
    between: {
      meta: state({
        label: t('没有在办的处方', 'No prescription in hand'),
        turn: 'member',
        does: t('需要时交新处方，或结束', 'hand in a new prescription when needed, or end it'),
        until: { none: t('快用完时我们会提醒', 'we remind when the supply runs low') },
        step: 'refill',
      }),
      on: {
        newPrescription: [
          {
            guard: 'papersMissing',
            target: 'collecting',
            actions: [passes('papers-asked'), 'rememberAsking', beginRound],
          },
          { target: 'first-review', actions: [beginRound, passes('papers-complete')] },
        ],
        handInPaper: {},
        recordPaid: { guard: owes('byMember') },
        returnPacks: { guard: somethingDelivered, actions: passes('packs-returned') },
        endTherapy: [
          { guard: somethingDelivered, target: 'ended', actions: passes('therapy-ended') },
          { target: 'closed-withdrawn', actions: passes('withdrawn') },
        ],
        therapyLapsed: [
          { guard: somethingDelivered, target: 'completed', actions: passes('therapy-ended') },
          { target: 'closed-not-pursued', actions: passes('not-pursued') },
        ],
        consentWithdrawn: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
        policyEnded: { target: 'closed-policy-ended', actions: passes('policy-ended') },
      },
    },
    ended: {
      meta: state({
        label: t('用药服务已结束，请您评价', 'Ended; please rate it'),
        desk: t('用药服务已结束，等会员评价', 'Ended; waiting for her rating'),
        turn: 'member',
        does: t('评价这次服务', 'rate the service'),
        until: { none: t('可以不评', 'may be left out') },
        step: 'refill',
      }),
      on: {
        rate: { target: 'completed', actions: passes('rated') },
        ratingLapsed: { target: 'completed', actions: passes('closed') },
        consentWithdrawn: {},
        policyEnded: {},
      },
    },
    'policy-deciding': {
      meta: state({
        label: t('合同效力变化，等运营决定', 'The policy ended after the booking'),
        turn: 'operations',
        does: t('决定是否履行已确认的取药', 'decide whether the booked purchase is honoured'),
        until: { target: 'policy-decision' },
        step: 'delivery',
      }),
      on: {
        honour: [
          { guard: ({ context }) => mine(context).arrived, target: 'at-pharmacy', actions: passes('honoured') },
          { target: 'ordered', actions: passes('honoured') },
        ],
        decline: { target: 'closed-policy-ended', actions: passes('policy-ended') },
        approvalExpired: {
          target: 'closed-policy-ended',
          actions: [passes('approval-expired'), passes('policy-ended')],
        },
        consentWithdrawn: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
      },
    },
    ...finals(
      {
        completed: [t('已结束', 'Ended'), 'delivered'],
        ...everyEnd,
      },
      'refill',
    ),
  },
});

export const specialDrugV1: Journey = {
  kind: 'special-drug',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  reminder: 'drug-pick-up-tomorrow',
  without: ['carePath', 'escort'],
  numberPrefix: 'TY',
  steps: [
    { code: 'request', label: t('申请', 'Request') },
    { code: 'review', label: t('核实病情', 'Facts verified') },
    { code: 'prescription', label: t('处方审核', 'Prescription review') },
    { code: 'arrange', label: t('确认费用、约药店', 'Costs and pharmacy') },
    { code: 'delivery', label: t('取药或送药', 'Pick-up or delivery') },
    { code: 'refill', label: t('续方', 'Refill') },
  ],
  milestones: KINDS['special-drug'] ?? [],
};
