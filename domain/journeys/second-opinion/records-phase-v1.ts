/**
 * Gathering the records [2.5.2.2, 2.5.2.3]: each hand-in, from the request on, gets its verdict; what is missing is told in
 * one list; a list that asks for more than that needs the supervisor. Second opinion, v1.
 */
import { and } from 'xstate';
import type { ChartEvent } from '../journey.ts';
import { type Context, chart, closedBefore, pursued } from '../phases/chart-v1.ts';
import { passes, state, t, text } from '../phases/kit-v1.ts';
import type { requestPhase } from '../phases/request-phase-v1.ts';
import type { Context as Own } from './context-v1.ts';
import { beyondList } from './events-v1.ts';

type Seen = { context: Context; event: ChartEvent };
type Transition = { target?: string; guard?: unknown; actions?: unknown };

const isBeyond = ({ context, event }: Seen) =>
  beyondList({ recordsList: context.recordsList as string[] | null }, event.payload.kinds);
const toldWhole = ({ context }: Seen) => context.records === 'complete';
const listWaits = ({ context }: Seen) => context.records === 'listed';

const records = (now: Own['records']) => chart.assign({ records: () => now });
const rememberList = chart.assign({
  recordsList: ({ context, event }: Seen) => [
    ...new Set([...((context.recordsList as string[] | null) ?? []), ...(event.payload.kinds as string[])]),
  ],
});
const handedIn = [passes('papers-handed-in'), records('handed-in')] as const;
const missingTold = [passes('completeness-told'), rememberList, records('listed')] as const;
// Complete first: its moment is the arrival of the last paper, the telling's is now.
const completeTold = [passes('papers-complete'), passes('completeness-told'), records('complete')] as const;
const asksHer = [passes('papers-asked'), 'rememberAsking'] as const;

/** Papers that came with the request are a hand-in too: its milestone follows that of the request. */
function withRecords(transitions: readonly Transition[]): Transition[] {
  const came = ({ context }: Seen) => context.records === 'came';
  return transitions.flatMap((one) => {
    const actions = one.actions as { params?: { name?: string } } | readonly { params?: { name?: string } }[];
    const list = Array.isArray(actions) ? actions : [actions];
    if (!list.some((action) => action.params?.name === 'requested')) return [one];
    const handed = list.flatMap((action) =>
      action.params?.name === 'requested' ? [action, passes('papers-handed-in')] : [action],
    );
    return [{ ...one, guard: one.guard ? and([one.guard as never, came as never]) : came, actions: handed }, one];
  });
}

const duringReview = {
  tellMissing: { actions: missingTold },
  tellComplete: { actions: completeTold },
};

/** The request's phase with hand-ins that count, and verdicts on them, also before the request is accepted. */
export function recordsOfReview(base: ReturnType<typeof requestPhase>) {
  const { entering, reviewing } = base;
  const ownConsent = base['awaiting-own-consent'];
  const awaiting = base['awaiting-papers'];
  const [still, toReview, onward] = awaiting.on.handInPaper;
  return {
    ...base,
    entering: { ...entering, always: withRecords(entering.always) as never },
    'awaiting-own-consent': {
      ...ownConsent,
      on: { ...ownConsent.on, giveOwnConsent: withRecords(ownConsent.on.giveOwnConsent as never) as never },
    },
    'awaiting-papers': {
      ...awaiting,
      on: {
        ...awaiting.on,
        ...duringReview,
        handInPaper: [
          { ...still, actions: handedIn },
          { ...toReview, actions: [...handedIn, passes('back-to-review')] },
          { ...onward, actions: [...onward.actions, records('handed-in')] },
        ] as never,
      },
    },
    reviewing: {
      ...reviewing,
      on: {
        ...reviewing.on,
        ...duringReview,
        handInPaper: { actions: handedIn },
        acceptRequest: [
          {
            guard: and(['factsStand', toldWhole as never]),
            target: 'planning',
            actions: [passes('accepted'), passes('ready-to-book')],
          },
          {
            guard: and(['factsStand', listWaits as never]),
            target: 'awaiting-records',
            actions: [passes('accepted'), ...asksHer],
          },
          { guard: 'factsStand', target: 'gathering', actions: [passes('accepted'), passes('records-wanted')] },
        ] as never,
      },
    },
  };
}

const gatheringBegun = chart.assign({ gathering: () => true });
const complete = { target: 'planning', actions: [...completeTold, passes('ready-to-book')] } as const;

export const gathering = {
  gathering: {
    entry: gatheringBegun,
    meta: state({
      label: t('病案经理核对资料', 'The case manager checks the records'),
      turn: 'case-manager',
      does: t('核对收到的资料，一次说清还缺什么', 'check what came and tell all that is missing, at once'),
      until: { target: 'records-list' },
      step: 'records',
    }),
    on: {
      ...closedBefore,
      judgePaper: {},
      handInPaper: { actions: handedIn },
      gatherRecord: { actions: handedIn },
      tellComplete: complete,
      tellMissing: [
        {
          guard: isBeyond as never,
          target: 'records-second-list',
          actions: [
            passes('records-list-to-supervisor'),
            chart.assign({
              pendingList: ({ event }) => ({ kinds: event.payload.kinds as string[], note: text(event, 'note') }),
            }),
          ],
        },
        { target: 'awaiting-records', actions: [...missingTold, ...asksHer] },
      ],
      closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
    },
  },
  'records-second-list': {
    meta: state({
      label: t('再要一项资料，等主管同意', 'A longer list waits for the supervisor'),
      turn: 'supervisor',
      does: t('决定能不能要清单以外的资料', 'decide whether more than the one list may be asked for'),
      until: { target: 'records-list-decision' },
      step: 'records',
    }),
    on: {
      ...closedBefore,
      judgePaper: {},
      handInPaper: { actions: handedIn },
      approveList: {
        target: 'awaiting-records',
        actions: [
          passes('completeness-told'),
          chart.assign({
            recordsList: ({ context }: Seen) => [
              ...new Set([...((context.recordsList as string[] | null) ?? []), ...(context.pendingList?.kinds ?? [])]),
            ],
          }),
          records('listed'),
          ...asksHer,
        ],
      },
      declineList: {
        target: 'gathering',
        actions: [passes('records-wanted'), chart.assign({ pendingList: () => null })],
      },
    },
  },
  'awaiting-records': {
    entry: gatheringBegun,
    meta: state({
      label: t('等您交资料', 'Waiting for your records'),
      desk: t('等会员交资料', 'Waiting for the member’s records'),
      turn: 'member',
      does: t(
        '把清单上的资料交来，或授权病案经理代为调取',
        'hand in what is listed, or authorise the case manager to gather it',
      ),
      until: {
        none: t(
          '资料齐了才开始算 5 个工作日；我们会按约定提醒和致电',
          'the 5 working days begin when the records are complete; we remind and call as the plan says',
        ),
      },
      step: 'records',
    }),
    on: {
      ...closedBefore,
      ...pursued,
      judgePaper: {},
      handInPaper: { target: 'gathering', actions: [...handedIn, passes('records-wanted')] },
      gatherRecord: { target: 'gathering', actions: [...handedIn, passes('records-wanted')] },
      tellComplete: complete,
      closeNotDeliverable: { target: 'closed-not-deliverable', actions: passes('not-deliverable') },
    },
  },
} as const;
