/**
 * From the request to its acceptance: own consent, papers, medical review, a second list. The first milestones are the
 * same for every kind; `accepted` names the state in which the kind goes on. Shared, v1: released, never edited.
 */
import { chart, closedBefore, pursued } from './chart-v1.ts';
import { passes, state, t, text } from './kit-v1.ts';

/** From the moment the request counts: papers first, then review where the plan or the decision asks for one. */
const enterRequest = (before: string[], accepted: string, passed: readonly string[]) =>
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
      target: accepted,
      actions: [...before.map(passes), passes('requested'), ...passed.map(passes), 'rememberDecision'],
    },
  ] as const;

/**
 * @param accepted the state that an accepted request enters
 * @param passed what it passes on the way; a kind that gathers its records later has no complete papers yet
 */
export const requestPhase = (accepted: string, passed: readonly string[] = ['papers-complete', 'accepted']) =>
  ({
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
        { guard: 'atPapers', target: 'awaiting-papers', actions: [passes('requested'), passes('papers-asked')] },
        { guard: 'atReview', target: 'reviewing', actions: passes('requested') },
        { target: accepted, actions: [passes('requested'), ...passed.map(passes)] },
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
          ...enterRequest(['own-consent-given'], accepted, passed),
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
        does: t('补齐列出的资料，一次交齐', 'hand in the papers listed'),
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
          { target: accepted, actions: [passes('papers-handed-in'), ...passed.map(passes)] },
        ],
        judgePaper: {},
      },
    },
    reviewing: {
      meta: state({
        label: t('医学审核中', 'Medical review'),
        turn: 'reviewer',
        does: t('核对资料，核实疾病和日期', 'check the evidence and the facts'),
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
          target: accepted,
          actions: passed.map(passes),
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
        does: t('决定能不能再要一次资料', 'decide whether papers may be asked for again'),
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
  }) as const;
