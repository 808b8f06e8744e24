/**
 * Guidance in charity aid (2.6.2.7), v1. Released: never edited; a change is v2 in a file of its own.
 * A case goes round by round: boxes are bought, the file is prepared and reviewed by us [2.6.2.9.1], the charity decides
 * in its own time, free boxes are collected turn by turn. What comes next is never stored: it follows from the ledger.
 * Over 300 lines: one chart, its states in the order of a case.
 */
import type { AnyStateMachine } from 'xstate';
import { programmeOf } from '../../aid/programme.ts';
import { lastBought, type Move, type NextEvent, nextEvent, standingOf } from '../../aid/standing.ts';
import { dayOf } from '../../calendar/day.ts';
import type { ChartEvent, Journey } from '../journey.ts';
import { KINDS } from '../kinds.ts';
import { anyState, calledEnough, chart, closedBefore, phasesBegun, pursued } from '../phases/chart-v1.ts';
import { everyEnd, finals, passes, row, state, t, text } from '../phases/kit-v1.ts';
import { requestPhase } from '../phases/request-phase-v1.ts';
import type { Context } from './context-v1.ts';
import { events, ledgerFor, nextOf, request } from './events-v1.ts';

/** What the case remembers of its own; `mine` reads it with its types. */
const mine = (context: unknown) => context as Context;
const remember = (change: (event: ChartEvent, context: Context) => Partial<Context>) =>
  chart.assign(({ event, context }) => change(event, mine(context)));

const notBefore = (event: ChartEvent, day: string) => {
  const today = dayOf(event.facts.now);
  return day > today ? day : today;
};
/** What an event adds to the ledger. */
type Makes = (event: ChartEvent, context: Context) => Move;
const bought: Makes = (event) => ({
  kind: 'bought',
  on: text(event, 'on'),
  units: Number(event.payload.units ?? 0),
  payer: event.payload.payer === 'insurer' ? 'insurer' : 'member',
});
const dispensed: Makes = (event, context) => ({ ...bought(event, context), payer: 'insurer' });
const struck: Makes = (event, { moves }) => ({
  kind: 'struck',
  on: dayOf(event.facts.now),
  units: lastBought(moves)?.units ?? 0,
});
/** Packs that went back to the pharmacy: the insurer's, since only those are returned through us. */
const returned: Makes = (event) => ({
  kind: 'struck',
  on: text(event, 'on'),
  units: Number(event.payload.units ?? 0),
  payer: 'insurer',
});
const approved: Makes = (event, { programme, moves }) => ({
  kind: 'approved',
  on: text(event, 'decidedOn'),
  units: programme ? standingOf(programme, moves).phase.free : 0,
  from: notBefore(event, text(event, 'collectFrom')),
});
const collected: Makes = (event, context) => ({
  kind: 'collected',
  on: text(event, 'on'),
  units: nextOf(context)?.units ?? 0,
  from: dayOf(event.facts.now),
});
const givenUp: Makes = (event, context) => ({
  kind: 'given-up',
  on: dayOf(event.facts.now),
  units: nextOf(context)?.units ?? 0,
});
const refused: Makes = (event) => ({ kind: 'refused', on: text(event, 'decidedOn'), units: 0 });
const ended: Makes = (event) => ({ kind: 'ended', on: dayOf(event.facts.now), units: 0 });
const excused: Makes = (event) => ({
  kind: 'excused',
  on: dayOf(event.facts.now),
  units: 0,
  from: text(event, 'collectFrom'),
});

/** An entry in the ledger; the turn that it leads to begins without calls and without a cause. */
const enters = (makes: Makes) =>
  remember((event, context) => {
    const moves = [...context.moves, makes(event, context)];
    const next = context.programme ? nextEvent(context.programme, moves) : null;
    return { moves, ...turnOf(next) };
  });
const turnOf = (next: NextEvent | null | undefined) => ({
  turn: next?.kind === 'collect' ? { collectBy: `${next.until}T23:59:59+08:00` } : null,
  windowOver: false,
  cause: null,
});
const beginTurn = remember((_, context) => turnOf(nextOf(context)));
type Asked = { context: unknown; event: ChartEvent };
/** What comes next once the event has made its entry. */
const leadsTo =
  (kind: 'buy' | 'apply' | 'collect' | 'done', makes: Makes, also: (so: Context) => boolean = () => true) =>
  ({ context, event }: Asked) => {
    const so = mine(context);
    return so.programme !== null && also(so) && nextEvent(so.programme, [...so.moves, makes(event, so)]).kind === kind;
  };
const nextIs =
  (kind: 'buy' | 'apply' | 'collect') =>
  ({ context }: Asked) =>
    nextOf(mine(context))?.kind === kind;
const forget = remember(() => ({ reviewed: false }));

/** Where a turn of collecting leads when it is over; `also`: what must hold besides. */
const turnOver = (makes: Makes, milestone: string, also?: (so: Context) => boolean) =>
  [
    {
      guard: leadsTo('collect', makes, also),
      target: 'to-collect',
      actions: [passes(milestone), enters(makes), 'rememberAsking'],
    },
    { guard: leadsTo('buy', makes, also), target: 'buying', actions: [passes(milestone), enters(makes), forget] },
    {
      guard: leadsTo('apply', makes, also),
      target: 'preparing',
      actions: [passes(milestone), passes('file-reopened'), enters(makes), forget],
    },
    {
      guard: leadsTo('done', makes, also),
      target: 'completed',
      actions: [passes(milestone), passes('closed'), enters(makes)],
    },
  ] as const;

/** Where a box more leads while boxes are bought. */
const boughtIn = (makes: Makes) =>
  [
    {
      guard: leadsTo('apply', makes, (so) => so.reviewed),
      target: 'submitting',
      actions: [passes('boxes-bought'), passes('ready-to-submit'), enters(makes)],
    },
    {
      guard: leadsTo('apply', makes),
      target: 'preparing',
      actions: [passes('boxes-bought'), passes('file-reopened'), enters(makes)],
    },
    { actions: enters(makes) },
  ] as const;

const endAid = { target: 'closed-ended', actions: [passes('aid-ended'), enters(ended)] } as const;
const hasBought = ({ context }: Asked) => {
  const { programme, moves } = mine(context);
  return programme !== null && standingOf(programme, moves).bought > 0;
};
const strikeBought = {
  guard: hasBought,
  actions: enters(struck),
} as const;
/** Counted as long as the charity has not been asked; afterwards a person looks at it. */
const boxesReturned = { guard: hasBought, actions: [passes('boxes-returned'), enters(returned)] } as const;
/** The provider of the plan may see the case; one that names none is served in the house. At the request its consent comes with it. */
const assistantMaySee = ({ context, event }: { context: unknown; event: ChartEvent }) => {
  const { provider } = mine(context);
  return provider === null || !('facts' in event) || event.facts.consented.includes(provider);
};

const machine = chart.createMachine({
  id: 'drug-aid',
  context: (given) => ({
    ...phasesBegun(given),
    drug: null,
    programme: null,
    moves: [],
    reviewed: false,
    windowOver: false,
    turn: null,
    cause: null,
  }),
  initial: 'entering',
  on: anyState,
  states: {
    ...requestPhase('handing-over'),
    'handing-over': {
      meta: state({
        label: t('正在交给医生助理', 'Being handed to the assistant'),
        turn: 'system',
        does: t('交给医生助理', 'hand it to the assistant'),
        until: { none: t('当即完成', 'done at once') },
        step: 'file',
      }),
      always: [
        { guard: assistantMaySee, target: 'preparing', actions: passes('handed-to-provider') },
        { target: 'awaiting-provider-consent', actions: [passes('provider-consent-asked'), 'rememberAsking'] },
      ],
    },
    'awaiting-provider-consent': {
      meta: state({
        label: t('等您同意把材料交给医生助理', 'Waiting for consent to the assistant'),
        desk: t('等会员同意把材料交给医生助理', 'Waiting for consent to the assistant'),
        turn: 'member',
        does: t('看过授权说明，同意或不同意', 'consent to sharing, or not'),
        until: { none: t('什么时候决定都可以，我们会提醒', 'any time; we remind') },
        step: 'file',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        providerConsentGiven: { guard: 'consentIsThere', target: 'preparing', actions: passes('handed-to-provider') },
      },
    },
    preparing: {
      meta: state({
        label: t('准备和审核援助材料', 'Preparing and reviewing the aid file'),
        turn: 'aid-assistant',
        does: t(
          '核对药品和条件，选定项目，审核材料',
          'check drug and conditions, choose the programme, review the file',
        ),
        until: { promise: 'aid-review' },
        step: 'file',
      }),
      on: {
        ...closedBefore,
        endAid,
        handInPaper: {},
        attachPaper: {},
        judgePaper: {},
        chooseProgramme: {
          actions: remember((event, context) => {
            const programme = event.facts.refs.programme ? programmeOf(event.facts.refs.programme) : null;
            const drug = { key: row(event, 'drug', 'key'), name: row(event, 'drug', 'brand') };
            return { drug, programme, moves: programme ? ledgerFor(programme, context, event.facts) : context.moves };
          }),
        },
        recordBought: { guard: nextIs('buy'), actions: enters(bought) },
        boxesDispensed: { guard: nextIs('buy'), actions: enters(dispensed) },
        boxesReturned,
        strikeBought,
        askAidPapers: { target: 'awaiting-aid-papers', actions: [passes('papers-asked'), 'rememberAsking'] },
        passFile: [
          {
            guard: nextIs('apply'),
            target: 'submitting',
            actions: [passes('aid-verdict-told'), passes('ready-to-submit'), remember(() => ({ reviewed: true }))],
          },
          {
            // Granted under an earlier case: nothing is to be asked for again.
            guard: nextIs('collect'),
            target: 'to-collect',
            actions: [passes('aid-verdict-told'), remember(() => ({ reviewed: true })), beginTurn, 'rememberAsking'],
          },
          {
            guard: nextIs('buy'),
            target: 'buying',
            actions: [passes('aid-verdict-told'), remember(() => ({ reviewed: true }))],
          },
        ],
        refuseFile: { target: 'closed-not-fit', actions: [passes('aid-verdict-told'), passes('aid-not-fit')] },
      },
    },
    'awaiting-aid-papers': {
      meta: state({
        label: t('等您补援助材料', 'Waiting for papers of the aid file'),
        desk: t('等会员补援助材料', 'Waiting for papers of the aid file'),
        turn: 'member',
        does: t('补齐列出的材料，一次交齐', 'hand in the papers listed'),
        until: {
          none: t(
            '等材料期间计时暂停，我们会按约定提醒和致电',
            'the clock stands; we remind and call as the plan says',
          ),
        },
        step: 'file',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        judgePaper: {},
        boxesDispensed: { guard: nextIs('buy'), actions: enters(dispensed) },
        boxesReturned,
        handInPaper: [
          { guard: 'papersMissing', actions: [] },
          { target: 'preparing', actions: passes('aid-papers-handed-in') },
        ],
        attachPaper: [
          { guard: 'papersMissing', actions: [] },
          { target: 'preparing', actions: passes('aid-papers-handed-in') },
        ],
      },
    },
    buying: {
      meta: state({
        label: t('先买满这一轮的盒数', 'The boxes of this round are to be bought'),
        turn: 'member',
        does: t('照处方购药，把购药凭证交给医生助理', 'buy as prescribed and give the proof to the assistant'),
        until: { none: t('照用药周期购买，我们会提醒', 'as the therapy goes; we remind') },
        step: 'buy',
      }),
      on: {
        ...closedBefore,
        endAid,
        handInPaper: {},
        attachPaper: {},
        judgePaper: {},
        boxesReturned,
        strikeBought,
        recordBought: boughtIn(bought),
        boxesDispensed: boughtIn(dispensed),
      },
    },
    submitting: {
      meta: state({
        label: t('准备提交慈善机构', 'To be submitted to the charity'),
        turn: 'aid-assistant',
        does: t('把申请交给慈善机构', 'submit the application to the charity'),
        until: { target: 'submission' },
        step: 'charity',
      }),
      on: {
        ...closedBefore,
        endAid,
        handInPaper: {},
        attachPaper: {},
        boxesReturned: { ...boxesReturned, target: 'buying' },
        submitToCharity: { target: 'awaiting-charity', actions: passes('submitted') },
      },
    },
    'awaiting-charity': {
      meta: state({
        label: t('等慈善机构的结果', 'The charity decides'),
        turn: 'aid-assistant',
        does: t('向慈善机构了解进展，登记结果', 'ask the charity and record its verdict'),
        until: {
          none: t(
            '慈善机构的时间由它自己决定，不在我们的承诺之内',
            'the charity takes its own time; it is no promise of ours',
          ),
        },
        step: 'charity',
      }),
      on: {
        ...closedBefore,
        endAid,
        handInPaper: {},
        attachPaper: {},
        recordVerdict: [
          {
            guard: ({ event }) => event.payload.verdict === 'refused',
            target: 'closed-charity-refused',
            actions: [passes('charity-verdict'), passes('charity-refused'), enters(refused)],
          },
          {
            guard: ({ event }) => event.payload.verdict === 'more-papers',
            target: 'preparing',
            actions: [passes('charity-asks-more'), passes('file-reopened'), forget],
          },
          {
            target: 'to-collect',
            actions: [passes('charity-verdict'), passes('charity-approved'), enters(approved), 'rememberAsking'],
          },
        ],
      },
    },
    'to-collect': {
      meta: state({
        label: t('领取赠药', 'The free drug is to be collected'),
        turn: 'member',
        does: t('在期限内到指定药店领取赠药', 'collect the free drug at the named pharmacy in time'),
        until: { field: 'collectBy' },
        step: 'collect',
      }),
      on: {
        ...closedBefore,
        endAid,
        handInPaper: {},
        attachPaper: {},
        recordCollected: turnOver(collected, 'aid-collected'),
        sayWhyNot: {
          target: 'not-collected-deciding',
          actions: [passes('aid-cause-given'), remember((event) => ({ cause: text(event, 'cause') }))],
        },
        windowPassed: [
          ...turnOver(givenUp, 'aid-given-up', calledEnough),
          { actions: remember(() => ({ windowOver: true })) },
        ],
        giveUpTurn: turnOver(givenUp, 'aid-given-up', (so) => so.windowOver && calledEnough(so)),
      },
    },
    'not-collected-deciding': {
      meta: state({
        label: t('没有领药，等人工判断', 'Not collected: a person decides'),
        turn: 'supervisor',
        does: t('看原因，决定另定领药日期，还是视为放弃当次', 'weigh the cause: another day, or this turn is given up'),
        until: { target: 'aid-decision' },
        step: 'collect',
      }),
      on: {
        ...closedBefore,
        handInPaper: {},
        attachPaper: {},
        recordCollected: turnOver(collected, 'aid-collected'),
        excuseTurn: { target: 'to-collect', actions: [passes('aid-excused'), enters(excused), 'rememberAsking'] },
        decideGivenUp: turnOver(givenUp, 'aid-given-up'),
      },
    },
    ...finals(
      {
        completed: [t('已完成', 'Completed'), 'delivered'],
        ...everyEnd,
        'closed-not-fit': [t('不符合援助项目', 'Does not fit a programme'), 'refused'],
        'closed-charity-refused': [
          t('慈善机构未通过，转处方审核', 'Refused by the charity: the prescription is reviewed'),
          'refused',
        ],
        'closed-ended': [t('援助不再继续', 'The aid goes on no more'), 'withdrawn'],
      },
      'collect',
    ),
  },
});

export const drugAidV1: Journey = {
  kind: 'drug-aid',
  version: 1,
  machine: machine as unknown as AnyStateMachine,
  events,
  request,
  reminder: 'aid-next-soon',
  without: ['carePath', 'escort'],
  numberPrefix: 'YZ',
  steps: [
    { code: 'request', label: t('申请和资料', 'Request and papers') },
    { code: 'review', label: t('医学审核', 'Medical review') },
    { code: 'file', label: t('援助材料', 'Aid file') },
    { code: 'buy', label: t('买满盒数', 'Boxes to buy') },
    { code: 'charity', label: t('慈善机构审核', 'The charity') },
    { code: 'collect', label: t('领取赠药', 'Free drug') },
  ],
  milestones: KINDS['drug-aid'] ?? [],
};
