/**
 * CAR-T care (2.6.4), v1. Released: never edited; a change is v2 in a file of its own.
 * A panel judges the records (panel-v1.ts); face-to-face assessment and bed are agreed with her (visits-v1.ts); the
 * treatment runs under one number (treatment-v1.ts). From the booking on, what would end the case is put before people.
 * Over 300 lines: one chart, its states in the order of a case.
 */
import type { AnyStateMachine } from 'xstate';
import type { ChartEvent, Journey } from '../journey.ts';
import { KINDS } from '../kinds.ts';
import { answers, bookingChanges, decidingPhase, summaryPhase } from '../phases/booking-phase-v1.ts';
import { anyState, chart, closedBefore, phasesBegun } from '../phases/chart-v1.ts';
import { everyEnd, finals, passes, state, t, text } from '../phases/kit-v1.ts';
import { requestPhase } from '../phases/request-phase-v1.ts';
import { mine } from './context-v1.ts';
import { events, request } from './events-v1.ts';
import { panelPhase } from './panel-v1.ts';
import { providerGone, treatmentPhase } from './treatment-v1.ts';
import { placeOf } from './visits-v1.ts';

type Seen = { context: unknown; event: ChartEvent };

/** States that a policy's end or a withdrawn consent interrupts, and what is passed on coming back. */
const RESUMED: Readonly<Record<string, readonly string[]>> = {
  booked: [],
  judging: ['result-wanted'],
  'arranging-bed': ['bed-wanted'],
  'bed-offered': [],
  'bed-booked': [],
  admitted: [],
  manufacturing: [],
  confirming: ['product-made'],
  ready: [],
  watching: [],
  course: [],
};
const resumeIn = (from: string | null) => chart.assign({ resumeIn: () => from });
const interrupted = (from: string) => ({
  consentWithdrawn: [
    {
      guard: ((seen: Seen) =>
        providerGone(seen) && mine(seen.context).rules.consentWithdrawnAfterBooking === 'person') as never,
      target: 'consent-deciding',
      actions: [passes('consent-withdrawn-after-booking'), resumeIn(from)],
    },
    { guard: providerGone as never, target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
  ],
  policyEnded: {
    target: 'policy-deciding',
    actions: [passes('policy-ended-after-booking'), resumeIn(from)],
  },
});
/** Back to where it was interrupted; `then`: what is passed and remembered on the way. */
const resumed = (then: readonly unknown[], guard: (seen: Seen) => boolean = () => true) =>
  Object.entries(RESUMED).map(([target, again]) => ({
    guard: ((seen: Seen) => mine(seen.context).resumeIn === target && guard(seen)) as never,
    target,
    actions: [...then, ...again.map(passes), resumeIn(null)],
  }));

const at =
  (name: string) =>
  ({ event }: { event: ChartEvent }) => ({ name, at: text(event, 'visitAt') });
const rememberPlace = chart.assign({ offer: ({ event }: { event: ChartEvent }) => placeOf(event) });
const bedOffered = {
  target: 'bed-offered',
  actions: [{ type: 'milestone', params: at('bed-offered') } as const, rememberPlace],
} as const;
const bedAgain = (milestone: string) =>
  ({ target: 'arranging-bed', actions: [passes(milestone), passes('bed-wanted'), 'forgetOffer'] }) as const;
const stopped = { target: 'closed-stopped', actions: passes('treatment-stopped') } as const;
const withdrawn = { target: 'closed-withdrawn', actions: passes('withdrawn') } as const;

const { takeCase: _takes, reassign: _reassigns, ...inAnyState } = anyState;
const { reportEscortAbsent: _escort, ...changes } = bookingChanges;
const { summarised } = summaryPhase({ label: t('病程小结', 'Summary'), does: t('写小结', 'write it') });
const {
  'absence-deciding': absenceDeciding,
  'policy-deciding': policyDeciding,
  'consent-deciding': consentDeciding,
} = decidingPhase('visit', t('未到面诊，等人工判断', 'Not at the assessment: a person decides'));

const machine = chart.createMachine({
  id: 'car-t',
  context: (given) => ({
    ...phasesBegun(given),
    provider: given.input.provider ?? null,
    panel: [],
    votes: [],
    wanted: [],
    panelLists: 0,
    told: null,
    assessed: false,
    product: null,
    chain: null,
    pharmacy: null,
    pharmacyName: null,
    stoppedIn: null,
    resumeIn: null,
    policyOpen: false,
    honoured: null,
  }),
  initial: 'entering',
  on: {
    ...inAnyState,
    // The specialist's own call or message reaches her, nobody else's (contract 2.4).
    logCall: [
      {
        guard: (({ context, event }: Seen) =>
          event.payload.outcome === 'reached' &&
          event.facts.party !== null &&
          event.facts.party === mine(context).provider) as never,
        actions: [passes('contact-reached'), 'rememberCall'],
      },
      { actions: 'rememberCall' },
    ],
    messageRead: [
      { guard: (({ event }: Seen) => event.facts.byManager) as never, actions: passes('contact-reached') },
      { actions: [] },
    ],
  },
  states: {
    ...requestPhase('choosing-panel', ['papers-complete', 'accepted']),
    ...(panelPhase({
      target: 'with-provider',
      actions: [passes('assessment-papers-complete'), passes('handed-to-provider')],
    }) as object),
    'with-provider': {
      meta: state({
        label: t('商定面诊时间', 'The assessment is being agreed'),
        turn: 'car-t-specialist',
        does: t('和您商定面诊的医院和时间', 'agree hospital and time of the assessment with you'),
        until: { target: 'slot' },
        step: 'visit',
      }),
      on: {
        ...closedBefore,
        handInPaper: {},
        attachPaper: {},
        offerSlot: {
          target: 'offered',
          actions: [{ type: 'milestone', params: at('slot-offered') }, rememberPlace],
        },
        closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
      },
    },
    offered: {
      meta: state({
        label: t('面诊安排待您确认', 'The assessment waits for your answer'),
        desk: t('面诊安排待会员确认', 'The assessment waits for the member'),
        turn: 'member',
        does: t('确认，或要求另约（不计使用）', 'accept, or ask for another'),
        until: { field: 'answerBy' },
        step: 'visit',
      }),
      on: { ...closedBefore, ...answers({ accepted: ['assessment-date-told'], declined: [] }) },
    },
    booked: {
      meta: state({
        label: t('已约好，等面诊', 'Booked; assessment ahead'),
        turn: 'member',
        does: t('按约定的时间到医院面诊', 'attend at the time agreed'),
        until: { field: 'visitAt' },
        step: 'visit',
      }),
      on: {
        ...changes,
        ...interrupted('booked'),
        handInPaper: {},
        attachPaper: {},
        providerChanges: {
          target: 'offered',
          actions: [passes('changed-by-provider'), { type: 'milestone', params: at('slot-offered') }, rememberPlace],
        },
        checkIn: {
          target: 'judging',
          actions: [
            passes('attended'),
            passes('assessment-attended'),
            passes('result-wanted'),
            chart.assign({ assessed: () => true }),
          ],
        },
      },
    },
    judging: {
      meta: state({
        label: t('等面诊结论', 'Waiting for the result of the assessment'),
        turn: 'car-t-specialist',
        does: t('登记面诊是否通过', 'record whether it was passed'),
        until: { target: 'assessment-result' },
        step: 'visit',
      }),
      on: {
        ...interrupted('judging'),
        withdraw: withdrawn,
        attachPaper: {},
        passAssessment: {
          target: 'arranging-bed',
          actions: [
            passes('assessment-passed'),
            passes('bed-wanted'),
            'forgetOffer',
            chart.assign({ product: (({ event }: Seen) => String(event.facts.refs.product?.brand ?? '')) as never }),
          ],
        },
        failAssessment: { target: 'telling-unfit', actions: [passes('face-to-face-unfit'), 'forgetOffer'] },
      },
    },
    'arranging-bed': {
      meta: state({
        label: t('安排入院', 'A bed is being arranged'),
        turn: 'car-t-specialist',
        does: t('安排医院和床位', 'arrange hospital and bed'),
        until: { target: 'bed' },
        step: 'admit',
      }),
      on: {
        ...interrupted('arranging-bed'),
        withdraw: withdrawn,
        attachPaper: {},
        offerBed: bedOffered,
        stopTreatment: stopped,
      },
    },
    'bed-offered': {
      meta: state({
        label: t('床位待您确认', 'A bed waits for your answer'),
        desk: t('床位待会员确认', 'A bed waits for the member'),
        turn: 'member',
        does: t('确认，或要求改期', 'accept, or ask for a later one'),
        until: { field: 'answerBy' },
        step: 'admit',
      }),
      on: {
        ...interrupted('bed-offered'),
        withdraw: withdrawn,
        acceptOffer: [
          // The hospital left the list since the offer: another is arranged [2.6.4.2, N.2].
          { guard: 'offerGone', ...bedAgain('hospital-left-list') },
          { target: 'bed-booked', actions: passes('bed-confirmed') },
        ],
        declineOffer: bedAgain('admission-put-off'),
        offerLapsed: bedAgain('offer-lapsed'),
        providerCancels: bedAgain('cancelled-by-provider'),
      },
    },
    'bed-booked': {
      meta: state({
        label: t('已约好，等入院', 'Booked; admission ahead'),
        turn: 'member',
        does: t('按准备清单准备，按时入院', 'prepare by the list and come'),
        until: { field: 'visitAt' },
        step: 'admit',
      }),
      on: {
        ...interrupted('bed-booked'),
        withdraw: withdrawn,
        changeBooking: bedAgain('admission-put-off'),
        providerCancels: bedAgain('cancelled-by-provider'),
        admit: { target: 'admitted', actions: passes('admitted') },
        stopTreatment: stopped,
      },
    },
    ...(treatmentPhase(interrupted) as object),
    summarised: { ...summarised, meta: { ...summarised.meta, step: 'course' } },
    'absence-deciding': absenceDeciding,
    'policy-deciding': {
      meta: {
        ...policyDeciding.meta,
        label: t('合同效力变化，等运营决定', 'The policy ended on the way'),
        does: t('决定履行到哪里，写明理由', 'decide how far it is honoured, with the reason'),
      },
      on: {
        withdraw: { target: 'closed-policy-ended', actions: passes('policy-ended') },
        honour: [
          // She is home already: what was honoured until the discharge is over.
          {
            guard: (({ context, event }: Seen) =>
              mine(context).resumeIn === 'course' && event.payload.what === 'to-discharge') as never,
            target: 'completed',
            actions: [passes('honoured'), passes('closed')],
          },
          ...resumed([
            passes('honoured'),
            chart.assign({ honoured: (({ event }: Seen) => event.payload.what) as never }),
          ]),
        ],
        decline: policyDeciding.on.decline,
        consentWithdrawn: [
          { guard: providerGone as never, target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
          { actions: [] },
        ],
      },
    },
    'consent-deciding': {
      meta: {
        ...consentDeciding.meta,
        label: t('授权已撤回，等人工判断', 'Consent withdrawn: a person decides'),
        does: t('和会员确认：重新同意后继续，或结束', 'ask whether she agrees again, or close'),
      },
      on: {
        withdraw: { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
        releaseWithdrawnConsent: consentDeciding.on.releaseWithdrawnConsent,
        providerConsentGiven: resumed([passes('provider-restored')], (seen) => !providerGone(seen)),
        policyEnded: { target: 'closed-policy-ended', actions: passes('policy-ended') },
      },
    },
    ...finals(
      {
        completed: [t('已完成', 'Completed'), 'delivered'],
        'closed-unfit': [t('不适合，已说明', 'Not fit; told'), 'unfit'],
        'closed-stopped': [t('治疗中止，已结束', 'The treatment was stopped'), 'not-deliverable'],
        ...everyEnd,
        'closed-cancelled': [t('已取消，不计使用', 'Cancelled, not counted'), 'withdrawn'],
        'closed-changed': [t('已变更，计为使用', 'Changed, counted as used'), 'used-by-change'],
        'closed-not-deliverable': [t('未能安排，已结束', 'Could not be delivered'), 'not-deliverable'],
        'closed-absent': [t('未到面诊，计为使用', 'Not at the assessment, counted as used'), 'used-by-absence'],
        'closed-excused': [t('未到面诊，不计使用', 'Not at the assessment, not counted'), 'excused'],
      },
      'course',
    ),
  } as never,
});

export const carTV1: Journey = {
  kind: 'car-t',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  served: 'from-request',
  without: ['carePath', 'escort'],
  reminder: 'assessment-near',
  numberPrefix: 'CT',
  steps: [
    { code: 'request', label: t('申请和资料', 'Request and papers') },
    { code: 'review', label: t('医学审核', 'Medical review') },
    { code: 'panel', label: t('专家会审', 'The panel') },
    { code: 'visit', label: t('面诊', 'Face-to-face assessment') },
    { code: 'admit', label: t('入院', 'Admission') },
    { code: 'treat', label: t('单采、制备、回输', 'Apheresis, manufacture, infusion') },
    { code: 'course', label: t('病程管理', 'Course management') },
  ],
  milestones: KINDS['car-t'] ?? [],
};
