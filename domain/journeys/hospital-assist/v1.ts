/**
 * Assistance at one hospital (2.7), v1. Released: never edited; a change is v2 in a file of its own.
 * One item a case, two short ways: a booking against the hospital's slots, free to move and cancel [2.7.2.2], or an
 * online claim that is checked for completeness, handed to the claims system, and answered there. Yilu decides no claim.
 */
import type { AnyStateMachine } from 'xstate';
import type { ChartEvent, Journey } from '../journey.ts';
import { KINDS } from '../kinds.ts';
import { decidingPhase } from '../phases/booking-phase-v1.ts';
import { anyState, chart, closedBefore, phasesBegun } from '../phases/chart-v1.ts';
import type { Offer } from '../phases/context-v1.ts';
import { finals, passes, row, state, t } from '../phases/kit-v1.ts';
import { requestPhase } from '../phases/request-phase-v1.ts';
import { claimStates } from './claim-states-v1.ts';
import type { Context } from './context-v1.ts';
import { events, request } from './events-v1.ts';

const mine = (context: unknown) => context as Context;
const remember = (change: (event: ChartEvent, context: Context) => Partial<Context>) =>
  chart.assign(({ context, event }) => change(event, mine(context)));

/** The slot as the shell found it, held until the plan's minutes are over. */
const offerOf = (event: ChartEvent, context: Context): Offer => ({
  hospitalId: '',
  hospital: row(event, 'slot', 'hospital'),
  department: row(event, 'slot', 'department'),
  expert: row(event, 'slot', 'doctor'),
  rank: row(event, 'slot', 'rank'),
  visitAt: row(event, 'slot', 'startsAt'),
  answerBy: new Date(event.facts.now.getTime() + (context.rules.assist?.holdMinutes ?? 0) * 60_000).toISOString(),
  escort: null,
  more: Object.fromEntries(
    Object.keys(MORE).flatMap((field) => (row(event, 'slot', field) ? [[field, row(event, 'slot', field)]] : [])),
  ),
});
/** What the slot says beyond doctor and time. */
const MORE = {
  until: t('到几点', 'Until'),
  package: t('套餐', 'Package'),
  place: t('到院签到（带身份证件）', 'Check in here, with your identity document'),
  prepare: t('准备', 'Before you come'),
};
const taken = (event: ChartEvent, context: Context) => ({
  slotId: row(event, 'slot', 'id'),
  offer: offerOf(event, context),
  entered: false,
});
const takesSlot = remember(taken);
const movesSlot = remember((event, context) => ({ ...taken(event, context), moves: context.moves + 1 }));
const givesBack = remember(() => ({ slotId: null, offer: null }));
const losesBooking = remember((_, { offer, moves }) => ({
  slotId: null,
  offer: null,
  entered: false,
  cancelled: offer,
  moves: moves + 1,
}));

const held = { target: 'held', actions: [passes('slot-held'), takesSlot] } as const;
const toChoose = (milestone: string) => ({ target: 'choosing', actions: [passes(milestone), givesBack] }) as const;
const bookingGone = { target: 'choosing', actions: [passes('cancelled-by-provider'), losesBooking] } as const;
const { 'policy-deciding': policyDeciding } = decidingPhase('visit', t('', ''));

const machine = chart.createMachine({
  id: 'hospital-assist',
  context: (given) => ({
    ...phasesBegun(given),
    claims: given.input.given.claim === true,
    slotId: null,
    moves: 0,
    cancelled: null,
    entered: false,
    claim: null,
    reference: null,
    answer: null,
  }),
  initial: 'entering',
  on: anyState,
  states: {
    ...requestPhase('begun'),
    begun: {
      meta: state({
        label: t('正在登记', 'Being registered'),
        turn: 'system',
        does: t('登记申请', 'register the request'),
        until: { none: t('当即完成', 'done at once') },
        step: 'request',
      }),
      always: [
        {
          guard: ({ context }) => context.claims === true,
          target: 'claim-collecting',
          actions: passes('claim-opened'),
        },
        { target: 'choosing' },
      ],
    },
    choosing: {
      meta: state({
        label: t('请选时段', 'Choose a slot'),
        desk: t('等会员选时段', 'The member chooses a slot'),
        turn: 'member',
        does: t('选科室、医生和时段', 'choose department, doctor and slot'),
        until: { none: t('什么时候选都可以；一个月没有选会自动结束', 'any time; it closes by itself after a month') },
        step: 'book',
      }),
      on: {
        ...closedBefore,
        holdSlot: held,
        pursuitEnded: { target: 'closed-not-pursued', actions: passes('not-pursued') },
      },
    },
    held: {
      meta: state({
        label: t('时段已保留，请确认', 'The slot is held; please confirm'),
        desk: t('时段已保留，等会员确认', 'A slot is held for the member'),
        turn: 'member',
        does: t('在保留时间内确认预约', 'confirm while the slot is held'),
        until: { field: 'answerBy' },
        step: 'book',
      }),
      on: {
        ...closedBefore,
        confirmBooking: { target: 'booked', actions: [passes('handed-to-provider'), passes('booking-confirmed')] },
        holdSlot: held,
        letGo: toChoose('slot-let-go'),
        offerLapsed: toChoose('offer-lapsed'),
        slotClosed: toChoose('cancelled-by-provider'),
      },
    },
    booked: {
      meta: state({
        label: t('已约好', 'Booked'),
        turn: 'member',
        does: t('按时到院；改期、取消都免费', 'come in time; changing and cancelling are free'),
        until: { field: 'visitAt' },
        step: 'visit',
      }),
      on: {
        cancelBooking: { target: 'closed-cancelled', actions: [passes('cancelled-by-member'), losesBooking] },
        changeBooking: { target: 'booked', actions: [passes('changed-by-member'), movesSlot] },
        providerChanges: { target: 'booked', actions: [passes('changed-by-provider'), movesSlot] },
        providerCancels: bookingGone,
        slotClosed: bookingGone,
        enterBooking: {
          guard: ({ context }) => context.entered === false,
          actions: [passes('booking-entered'), remember(() => ({ entered: true }))],
        },
        checkIn: { target: 'ended', actions: passes('attended') },
        reportAbsence: { target: 'closed-absent', actions: passes('absence-reported') },
        consentWithdrawn: { target: 'closed-consent-withdrawn', actions: [passes('consent-withdrawn'), losesBooking] },
        policyEnded: { target: 'policy-deciding', actions: passes('policy-ended-after-booking') },
      },
    },
    'policy-deciding': {
      ...policyDeciding,
      on: {
        ...policyDeciding.on,
        consentWithdrawn: closedBefore.consentWithdrawn,
        slotClosed: policyDeciding.on.providerCancels,
      },
    },
    ended: {
      meta: state({
        label: t('已到院，请您评价', 'You have been there; rate it'),
        desk: t('已到院，等会员评价', 'The member was there and may rate it'),
        turn: 'member',
        does: t('评价这次服务', 'rate the service'),
        until: { none: t('不评价也会在 14 天后自动结束', 'closes by itself after 14 days') },
        step: 'rate',
      }),
      on: {
        rate: { target: 'completed', actions: [passes('rated'), passes('closed')] },
        ratingLapsed: { target: 'completed', actions: passes('closed') },
      },
    },
    ...claimStates,
    ...finals(
      {
        completed: [t('已完成', 'Completed'), 'delivered'],
        'closed-refused': [t('审核未通过', 'Refused'), 'refused'],
        'closed-withdrawn': [t('已撤回', 'Withdrawn'), 'withdrawn'],
        'closed-not-pursued': [t('未能继续，已结束', 'Not pursued'), 'not-pursued'],
        'closed-consent-withdrawn': [t('授权撤回，已结束', 'Closed: consent withdrawn'), 'consent-withdrawn'],
        'closed-policy-ended': [t('合同效力终止，已结束', 'Closed: the policy ended'), 'policy-ended'],
        'closed-cancelled': [t('已取消', 'Cancelled'), 'withdrawn'],
        'closed-absent': [t('未到，不计次数', 'Absent, not counted'), 'excused'],
        'closed-died': [t('已结束', 'Closed'), 'died'],
        'closed-impostor': [t('已停止：查明不是本人使用', 'Stopped: not used by the person entitled'), 'refused'],
      },
      'rate',
    ),
  },
});

export const hospitalAssistV1: Journey = {
  kind: 'hospital-assist',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  givenOf: (form) => ({ claim: form.item === 'claim' }),
  offerWords: MORE,
  reminder: 'hospital-visit-near',
  without: ['carePath', 'escort'],
  numberPrefix: 'HA',
  steps: [
    { code: 'request', label: t('申请', 'Request') },
    { code: 'review', label: t('核对', 'Check') },
    { code: 'book', label: t('选时间，或填理赔', 'Slot, or the claim') },
    { code: 'visit', label: t('到院，或递交理赔', 'Visit, or hand-over') },
    { code: 'rate', label: t('评价', 'Rating') },
  ],
  milestones: KINDS['hospital-assist'] ?? [],
};
