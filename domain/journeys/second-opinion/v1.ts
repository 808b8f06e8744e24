/**
 * The tumour second opinion (2.5), v1. Released: never edited; a change is v2 in a file of its own.
 * The records are gathered after the request is accepted (records-phase-v1.ts); what follows the appointment stands in
 * opinion-phase-v1.ts.
 */
import type { AnyStateMachine } from 'xstate';
import type { ChartEvent, Journey, StateMeta } from '../journey.ts';
import { KINDS } from '../kinds.ts';
import { answers, bookingChanges, bookingFinals, decidingPhase, searching } from '../phases/booking-phase-v1.ts';
import { anyState, type Context, chart, closedBefore, phasesBegun } from '../phases/chart-v1.ts';
import { passes, row, slotOffered, state, t } from '../phases/kit-v1.ts';
import { requestPhase } from '../phases/request-phase-v1.ts';
import { events, request } from './events-v1.ts';
import { opinionPhase } from './opinion-phase-v1.ts';
import { gathering, recordsOfReview } from './records-phase-v1.ts';

/** Hospital, expert and time found; told to the member with the offer [2.5.2.3]. */
const offering = [
  slotOffered,
  passes('appointment-told'),
  'rememberOffer',
  chart.assign({ offeredExpert: ({ event }: { event: ChartEvent }) => row(event, 'expert', 'key') }),
] as const;
const { acceptOffer, ...otherAnswers } = answers({ accepted: ['expert-consent-asked'], declined: [] });
const [hospitalGone, accepted] = acceptOffer;
// No escort belongs to this service.
const { reportEscortAbsent: _, reportAbsence, ...changes } = bookingChanges;
const [absenceSpends, absenceReleases, aPersonDecides] = reportAbsence;
const attended = { target: 'writing', actions: passes('attended') } as const;

const atStep = <S extends { meta: StateMeta }>(step: string, one: S): S => ({ ...one, meta: { ...one.meta, step } });

const states = {
  ...recordsOfReview(requestPhase('gathering', ['accepted', 'records-wanted'])),
  ...gathering,
  planning: {
    meta: state({
      label: t('资料已齐，准备约专家', 'Records complete; to be booked'),
      turn: 'case-manager',
      does: t('交给服务商约医院和专家', 'hand over to the provider to find hospital and expert'),
      until: { target: 'hand-over' },
      step: 'book',
    }),
    on: {
      ...closedBefore,
      judgePaper: {},
      handToProvider: [
        {
          guard: 'consentCovers',
          target: 'with-provider',
          actions: [passes('handed-to-provider'), 'forgetOffer', 'rememberProvider'],
        },
        {
          target: 'awaiting-provider-consent',
          actions: [passes('provider-consent-asked'), 'forgetOffer', 'rememberAsking', 'rememberProvider'],
        },
      ],
      tellNoSlot: { target: 'no-slot', actions: [passes('no-slot-told'), 'rememberAsking'] },
      closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
    },
  },
  'awaiting-provider-consent': atStep('book', searching['awaiting-provider-consent']),
  'no-slot': searching['no-slot'],
  'with-provider': {
    meta: state({
      label: t('服务商约专家中', 'The provider is booking'),
      turn: 'provider',
      does: t('约好医院、专家和时间，或说明约不到', 'find hospital, expert and time, or say that it cannot'),
      until: { target: 'provider-answer' },
      step: 'book',
    }),
    on: {
      ...closedBefore,
      offerSlot: { target: 'offered', actions: offering },
      cannotOffer: { target: 'planning', actions: [passes('provider-cannot'), 'forgetOffer'] },
      takeBack: { target: 'planning', actions: [passes('taken-back'), 'forgetOffer'] },
    },
  },
  offered: {
    meta: state({
      label: t('医院和专家待您确认', 'Hospital and expert wait for your answer'),
      desk: t('医院和专家待会员确认', 'The appointment waits for the member'),
      turn: 'member',
      does: t('确认，或要求另约（不计使用）', 'accept, or ask for another'),
      until: { field: 'answerBy' },
      step: 'book',
    }),
    on: {
      ...closedBefore,
      ...otherAnswers,
      acceptOffer: [
        hospitalGone,
        {
          ...accepted,
          actions: [
            ...accepted.actions,
            chart.assign({ expert: ({ context }: { context: Context }) => context.offeredExpert }),
          ],
        },
      ],
    },
  },
  booked: {
    meta: state({
      label: t('已约好，等二诊', 'Booked'),
      turn: 'member',
      does: t('同意专家看您的资料，按时就诊', 'let the expert see the records, and attend'),
      until: { field: 'visitAt' },
      step: 'visit',
    }),
    on: {
      ...changes,
      providerChanges: { target: 'offered', actions: [passes('changed-by-provider'), ...offering] },
      handInPaper: {},
      attachPaper: {},
      checkIn: attended,
      // It counts by itself only after the grace and the calls that the plan names [2.5.9].
      reportAbsence: [
        {
          ...absenceSpends,
          target: 'absent',
          actions: [passes('absence-reported'), chart.assign({ calls: () => [] })],
        },
        absenceReleases,
        aPersonDecides,
      ],
    },
  },
  absent: {
    meta: state({
      label: t('没有按时到诊，正在联系', 'Not there in time; being called'),
      turn: 'case-manager',
      does: t('联系会员：晚到、事出有因，还是没有来', 'call the member: late, for a cause, or not coming'),
      until: { target: 'absence-contact' },
      step: 'visit',
    }),
    on: {
      checkIn: attended,
      countAbsence: { target: 'closed-absent', actions: passes('absence-counted') },
      giveCause: { target: 'absence-deciding', actions: passes('absence-cause-given') },
      providerCancels: changes.providerCancels,
      consentWithdrawn: {},
    },
  },
  ...opinionPhase,
  ...decidingPhase('visit', t('未到诊，等人工判断', 'Absent: a person decides')),
  ...bookingFinals(
    {
      absent: t('未到诊，计为使用', 'Absent, counted as used'),
      excused: t('未到诊，不计使用', 'Absent, not counted'),
    },
    'explain',
  ),
};

/** States in which the case is the expert's; left for any other, she loses it with her booking. */
const HERS: readonly string[] = ['booked', 'absent', 'absence-deciding', 'policy-deciding', 'consent-deciding']
  .concat(Object.keys(opinionPhase))
  .concat('completed');

type Transition = { target?: string; actions?: unknown };
function losesExpert(transition: Transition): Transition {
  const target = transition.target?.replace(/^\./, '');
  if (target === undefined || HERS.includes(target)) return transition;
  return { ...transition, actions: [transition.actions ?? [], chart.assign({ expert: () => null })].flat() };
}
const onAll = (on: Readonly<Record<string, Transition | readonly Transition[]>>) =>
  Object.fromEntries(
    Object.entries(on).map(([event, to]) => [
      event,
      Array.isArray(to) ? to.map(losesExpert) : losesExpert(to as Transition),
    ]),
  );
const withoutExpert = Object.fromEntries(
  Object.entries(states).map(([name, one]) => [
    name,
    HERS.includes(name) && 'on' in one ? { ...one, on: onAll(one.on as never) } : one,
  ]),
);

const machine = chart.createMachine({
  id: 'second-opinion',
  context: (given) => ({
    ...phasesBegun(given),
    gathering: false,
    recordsList: null,
    records: given.input.given.records ? 'came' : 'wanted',
    offeredExpert: null,
    expert: null,
    opinion: null,
  }),
  initial: 'entering',
  on: onAll({
    ...anyState,
    askAnotherManager: { guard: ({ context }: { context: Context }) => context.rules.namedManager },
  } as never) as never,
  states: withoutExpert as never,
});

export const secondOpinionV1: Journey = {
  kind: 'second-opinion',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  givenOf: (_form, papers) => ({ records: papers.length > 0 }),
  gathers: 'papers-complete',
  without: ['carePath', 'escort'],
  reminder: 'appointment-tomorrow',
  numberPrefix: 'EZ',
  steps: [
    { code: 'request', label: t('热线申请', 'Request by the hotline') },
    { code: 'review', label: t('医学审核', 'Medical review') },
    { code: 'records', label: t('备齐资料', 'Records') },
    { code: 'book', label: t('约医院和专家', 'Hospital and expert') },
    { code: 'visit', label: t('二诊', 'The second opinion') },
    { code: 'opinion', label: t('意见书', 'The opinion') },
    { code: 'explain', label: t('解读、追问和评价', 'Explained, asked about, rated') },
  ],
  milestones: KINDS['second-opinion'] ?? [],
};
