/** The panel of experts who judge the records [2.6.4.8.2], and what is told where she is not fit [2.6.4.8.3]. CAR-T, v1. */
import { choiceField, manyOf, payload, referenceField, textField } from '../fields.ts';
import type { ChartEvent, EventDef, Facts, Rules } from '../journey.ts';
import { chart, closedBefore, pursued } from '../phases/chart-v1.ts';
import { defOf, passes, problem, reason, state, t, text } from '../phases/kit-v1.ts';
import { type Context, type Finding, mine, type Trial, type Vote } from './context-v1.ts';
import { askPanelPapers, panelPaperEvents, panelPapersPhase } from './panel-papers-v1.ts';

const def = defOf<Context>();
type Seen = { context: unknown; event: ChartEvent };

/** What the votes come to; null while more are wanted. A panel whose majority does not say fit has not found her fit. */
export function verdictOf(votes: readonly Pick<Vote, 'finding'>[], size: number, rule: Rules['panel']): Finding | null {
  const fit = votes.filter(({ finding }) => finding === 'fit').length;
  const unfit = votes.length - fit;
  const wanted = rule.decides === 'unanimous' ? size : Math.floor(size / 2) + 1;
  if (fit >= wanted) return 'fit';
  return unfit > size - wanted ? 'unfit' : null;
}

/** She stands on this panel and has not voted yet. */
const mayVote = ({ context, event: { facts } }: Seen): boolean => {
  const { panel, votes } = mine(context);
  return facts.party !== null && panel.includes(facts.party) && !votes.some(({ by }) => by === facts.party);
};
const withVote = ({ context, event }: Seen): Vote[] => [
  ...mine(context).votes,
  {
    by: event.facts.party ?? '',
    finding: text(event, 'finding') as Finding,
    why: text(event, 'why'),
    at: event.facts.now.toISOString(),
  },
];
const decidedBy =
  (finding: Finding) =>
  (seen: Seen): boolean =>
    mayVote(seen) &&
    verdictOf(withVote(seen), mine(seen.context).panel.length, mine(seen.context).rules.panel) === finding;
const rememberVote = chart.assign({ votes: withVote as never });
/** The panel's work is done: its experts see the case no longer. */
const dismissPanel = chart.assign({ panel: () => [] });

/** Keys of the experts just named. */
const named = ({ refs }: Facts, payloadOf: Readonly<Record<string, unknown>>): string[] =>
  ((payloadOf.experts ?? []) as string[]).map((_, i) => String(refs[`experts/${i}`]?.key ?? ''));
const allAgreed = (keys: readonly string[], facts: Facts) => keys.every((key) => facts.consented.includes(key));
/** Whoever still has to judge may read; who has judged needs nothing more. */
const pendingAgreed = ({ context, event }: Seen): boolean => {
  const { panel, votes } = mine(context);
  return allAgreed(
    panel.filter((key) => !votes.some(({ by }) => by === key)),
    event.facts,
  );
};
const rememberPanel = chart.assign({
  panel: (({ event }: Seen) => named(event.facts, event.payload)) as never,
  votes: () => [],
});

export const panelEvents: Readonly<Record<string, EventDef>> = {
  ...panelPaperEvents,
  namePanel: def({
    label: t('请专家会审', 'Name the panel of experts'),
    told: t('请了专家会审', 'The panel of experts was named'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload({
      experts: manyOf(referenceField({ title: t('专家', 'Expert'), group: 'request', ref: 'list:experts' }), {
        title: t('会审专家', 'Experts of the panel'),
        group: 'request',
        min: 1,
        max: 9,
      }),
    }),
    check: (p: { experts: string[] }, { rules }: Context, facts) => {
      const keys = named(facts, p);
      const { experts, decides } = rules.panel;
      return [
        ...keys.flatMap((key, i) =>
          key === ''
            ? [problem(`experts/${i}`, '这位专家今天不在清单上，请另选', 'not on the list as of today; choose another')]
            : [],
        ),
        ...(new Set(keys).size < keys.length ? [problem('experts', '同一位专家只能选一次', 'each expert once')] : []),
        ...(keys.length < experts
          ? [problem('experts', `至少要请 ${experts} 位专家`, `at least ${experts} experts are needed`)]
          : []),
        ...(decides === 'majority' && keys.length % 2 === 0
          ? [problem('experts', '按多数决定，专家人数要是单数', 'a majority decides: name an odd number')]
          : []),
      ];
    },
  }),
  vote: def({
    label: t('写会审意见', 'Give your finding'),
    told: t('一位专家给出了会审意见', 'An expert of the panel gave her finding'),
    by: ['expert'],
    weight: 'primary',
    schema: payload({
      finding: choiceField({
        title: t('结论', 'Finding'),
        group: 'panel',
        choices: ['fit', 'unfit'],
        labels: {
          fit: t('适合，评估资料可用于临床', 'fit; the assessment can be used'),
          unfit: t('不适合', 'not fit'),
        },
      }),
      why: textField({ title: t('依据', 'On what grounds'), group: 'panel', max: 2000, multiline: true }),
    }),
  }),
  takeBack: def({
    label: t('收回，另请专家', 'Take back and name others'),
    told: t('另请专家会审', 'Other experts are asked'),
    by: ['car-t-specialist', 'supervisor'],
    schema: payload({ reason }),
  }),
  tellUnfit: def({
    label: t('记录：已电话说明不适合，推荐临床试验', 'Record: told by telephone, with trials'),
    told: t('电话说明了结论，并介绍了临床试验', 'The finding was told by telephone, with trials'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload({
      heard: choiceField({
        title: t('接电话的人', 'Who took the call'),
        group: 'messages',
        choices: ['member', 'applicant'],
        labels: { member: t('本人', 'the person served'), applicant: t('申请人', 'the applicant') },
      }),
      said: textField({
        title: t('说了什么（会员可见）', 'What was said (the member reads it)'),
        group: 'attendance',
        max: 1000,
        multiline: true,
      }),
      trials: manyOf(referenceField({ title: t('临床试验', 'Trial'), group: 'attendance', ref: 'list:trials' }), {
        title: t('推荐的临床试验', 'Trials suggested'),
        group: 'attendance',
        min: 1,
        max: 5,
      }).optional(),
      noTrial: textField({
        title: t('没有合适的，写明原因', 'None is suitable: why'),
        group: 'attendance',
        max: 300,
        multiline: true,
      }).optional(),
    }),
    check: (p: { trials?: string[]; noTrial?: string }, _context, facts) => [
      ...(p.trials ?? []).flatMap((_, i) =>
        facts.refs[`trials/${i}`]?.recruiting === true
          ? []
          : [problem(`trials/${i}`, '这项试验今天不在招募，请另选', 'does not recruit as of today; choose another')],
      ),
      ...((p.trials ?? []).length > 0 || p.noTrial
        ? []
        : [problem('noTrial', '没有推荐试验的，请写明原因', 'where no trial is suggested, say why')]),
    ],
  }),
};

const rememberTold = chart.assign({
  told: (({ event }: Seen) => ({
    said: text(event, 'said'),
    noTrial: text(event, 'noTrial') || null,
    trials: ((event.payload.trials ?? []) as string[]).flatMap((_, i): Trial[] => {
      const row = event.facts.refs[`trials/${i}`];
      const word = (field: string) => String(row?.[field] ?? '');
      return row
        ? [
            {
              name: word('name'),
              registration: word('registration'),
              hospital: word('hospital'),
              city: word('city'),
              contact: word('contact'),
            },
          ]
        : [];
    }),
  })) as never,
});

const panelBegins = { target: 'panel', actions: [passes('panel-asked'), rememberPanel] } as const;
const choosesAgain = { target: 'choosing-panel', actions: [passes('panel-taken-back'), dismissPanel] } as const;
const providerGone = ({ context, event }: Seen) => !event.facts.consented.includes(mine(context).provider ?? '');
const notDeliverable = { target: 'closed-not-deliverable', actions: passes('not-deliverable') } as const;

/** @param fit the state that a panel's yes leads to, and what is passed on the way */
export const panelPhase = (fit: { target: string; actions: readonly unknown[] }) =>
  ({
    'choosing-panel': {
      meta: state({
        label: t('请专家会审', 'Experts are being asked'),
        turn: 'car-t-specialist',
        does: t('联系您，选定会审的专家', 'call you and name the experts'),
        until: { target: 'panel-naming' },
        step: 'panel',
      }),
      on: {
        ...closedBefore,
        attachPaper: {},
        handInPaper: {},
        judgePaper: {},
        namePanel: [
          {
            guard: (({ event }: Seen) => allAgreed(named(event.facts, event.payload), event.facts)) as never,
            ...panelBegins,
          },
          {
            target: 'awaiting-panel-consent',
            actions: [passes('panel-consent-asked'), 'rememberAsking', rememberPanel],
          },
        ],
        closeNotDeliverable: notDeliverable,
      },
    },
    'awaiting-panel-consent': {
      meta: state({
        label: t('等您同意专家看资料', 'Waiting for consent to the experts'),
        desk: t('等会员同意专家看资料', 'Waiting for consent to the experts'),
        turn: 'member',
        does: t('逐位看过授权说明，同意专家看您的资料', 'consent to each expert, or not'),
        until: { none: t('什么时候决定都可以，我们会提醒', 'any time; we remind') },
        step: 'panel',
      }),
      on: {
        ...closedBefore,
        ...pursued,
        providerConsentGiven: {
          guard: pendingAgreed as never,
          target: 'panel',
          actions: passes('panel-asked'),
        },
        consentWithdrawn: [
          { guard: providerGone as never, target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
          { actions: [] },
        ],
        takeBack: choosesAgain,
      },
    },
    panel: {
      meta: state({
        label: t('专家会审中', 'The experts judge the records'),
        turn: 'expert',
        does: t('看全部资料，写明是否适合', 'read the records and say whether the treatment fits'),
        until: { target: 'panel' },
        step: 'panel',
      }),
      on: {
        ...closedBefore,
        attachPaper: {},
        handInPaper: {},
        vote: [
          {
            guard: decidedBy('fit') as never,
            target: fit.target,
            actions: [rememberVote, dismissPanel, ...fit.actions] as never,
          },
          {
            guard: decidedBy('unfit') as never,
            target: 'telling-unfit',
            actions: [rememberVote, dismissPanel, passes('panel-unfit')],
          },
          { guard: mayVote as never, actions: [passes('panel-voted'), rememberVote] },
        ],
        // An expert who may no longer read cannot judge: she agrees again, or others are named.
        consentWithdrawn: [
          { guard: providerGone as never, target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
          {
            guard: ((seen: Seen) => !pendingAgreed(seen)) as never,
            target: 'awaiting-panel-consent',
            actions: [passes('panel-consent-asked'), 'rememberAsking'],
          },
        ],
        askPanelPapers: askPanelPapers(mayVote) as never,
        takeBack: choosesAgain,
      },
    },
    ...(panelPapersPhase(pendingAgreed, providerGone) as object),
    'telling-unfit': {
      meta: state({
        label: t('会审有了结论，专员会致电您', 'The finding will be told to you by telephone'),
        desk: t('不适合，待电话说明', 'Not fit; to be told by telephone'),
        turn: 'car-t-specialist',
        does: t('电话说明会审的结论和下一步', 'explain the finding and what next by telephone'),
        until: { target: 'telling' },
        step: 'panel',
      }),
      on: {
        ...closedBefore,
        tellUnfit: {
          target: 'closed-unfit',
          actions: [passes('contact-reached'), passes('assessment-failed'), rememberTold],
        },
      },
    },
  }) as const;
