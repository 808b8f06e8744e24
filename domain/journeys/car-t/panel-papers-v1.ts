/** The panel sends the records back for more: one list to the member, a second only with the supervisor [2.6.4.8.2]. CAR-T, v1. */
import type { ChartEvent, EventDef } from '../journey.ts';
import { chart, closedBefore, pursued } from '../phases/chart-v1.ts';
import { passes, state, t, text } from '../phases/kit-v1.ts';
import { reviewEvents } from '../phases/review-events-v1.ts';
import { mine } from './context-v1.ts';

type Seen = { context: unknown; event: ChartEvent };
type Guard = (seen: Seen) => boolean;

export const panelPaperEvents: Readonly<Record<string, EventDef>> = {
  askPanelPapers: {
    ...(reviewEvents.askPapers as EventDef),
    label: t('资料不够，退回一次要齐', 'Not enough to judge: ask once for all that is missing'),
    told: t('会审专家请您补资料', 'The panel asked for more records'),
    by: ['expert'],
  },
};

const kindsOf = (event: ChartEvent): string[] => [...new Set(event.payload.kinds as string[])];
const stillWanted = ({ context, event }: Seen): string[] =>
  mine(context).wanted.filter((kind) => kind !== event.payload.kind);
const tickOff = chart.assign({ wanted: stillWanted as never });
const asksHer = [
  passes('papers-asked'),
  'rememberAsking',
  chart.assign({ panelLists: (({ context }: Seen) => mine(context).panelLists + 1) as never }),
] as const;

/** What an expert who has not judged yet may ask for; `mayVote` is the panel's. */
export const askPanelPapers = (mayVote: Guard) => [
  {
    guard: ((seen: Seen) => mayVote(seen) && mine(seen.context).panelLists === 0) as never,
    target: 'awaiting-panel-papers',
    actions: [...asksHer, chart.assign({ wanted: (({ event }: Seen) => kindsOf(event)) as never })] as never,
  },
  {
    guard: mayVote as never,
    target: 'panel-second-list',
    actions: chart.assign({
      pendingList: ({ event }) => ({ kinds: kindsOf(event), note: text(event, 'note') }),
    }),
  },
];

/** @param pendingAgreed whoever still has to judge may read; @param providerGone the consent to the provider was taken back */
export function panelPapersPhase(pendingAgreed: Guard, providerGone: Guard) {
  const back = [
    { guard: pendingAgreed as never, target: 'panel', actions: [tickOff, passes('panel-papers-handed-in')] },
    {
      target: 'awaiting-panel-consent',
      actions: [tickOff, passes('panel-papers-handed-in'), passes('panel-consent-asked'), 'rememberAsking'],
    },
  ] as const;
  const handedIn = [
    { guard: ((seen: Seen) => stillWanted(seen).length > 0) as never, actions: tickOff },
    ...back,
  ] as const;
  // An expert's consent that is taken back meanwhile is asked for when the records come.
  const consentWithdrawn = [
    { guard: providerGone as never, target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
    { actions: [] },
  ] as const;
  return {
    'panel-second-list': {
      meta: state({
        label: t('专家再次要资料，等主管同意', 'A second list of the panel waits for the supervisor'),
        turn: 'supervisor',
        does: t('决定能不能再要一次资料', 'decide whether papers may be asked for again'),
        until: { target: 'panel' },
        step: 'panel',
      }),
      on: {
        ...closedBefore,
        consentWithdrawn,
        handInPaper: {},
        attachPaper: {},
        approveList: {
          target: 'awaiting-panel-papers',
          actions: [
            ...asksHer,
            chart.assign({ wanted: (({ context }: Seen) => mine(context).pendingList?.kinds ?? []) as never }),
          ] as never,
        },
        declineList: [
          {
            guard: pendingAgreed as never,
            target: 'panel',
            actions: chart.assign({ pendingList: () => null }),
          },
          {
            target: 'awaiting-panel-consent',
            actions: [
              chart.assign({ pendingList: () => null }),
              passes('panel-consent-asked'),
              'rememberAsking',
            ] as never,
          },
        ],
      },
    },
    'awaiting-panel-papers': {
      meta: state({
        label: t('等您补资料给会审专家', 'Waiting for records that the panel asked for'),
        desk: t('等会员补资料给会审专家', 'Waiting for records that the panel asked for'),
        turn: 'member',
        does: t('补齐列出的资料，一次交齐', 'hand in the papers listed'),
        until: {
          none: t(
            '等资料期间计时暂停，我们会按约定提醒和致电',
            'the clocks stand; we remind and call as the plan says',
          ),
        },
        step: 'panel',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        consentWithdrawn,
        judgePaper: {},
        handInPaper: handedIn as never,
        attachPaper: handedIn as never,
      },
    },
  };
}
