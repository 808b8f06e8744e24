/** From the appointment kept to the opinion read, explained and asked about [2.5.1.3]. Second opinion, v1. */
import type { ChartEvent } from '../journey.ts';
import { type Context, chart } from '../phases/chart-v1.ts';
import { passes, state, t, text } from '../phases/kit-v1.ts';
import type { Opinion } from './context-v1.ts';

type Seen = { context: Context; event: ChartEvent };
const opinionOf = (context: Context) => context.opinion as Opinion;
/** Whoever's consent was taken back, the expert's still holds. */
const expertMayGoOn = ({ context, event }: Seen) =>
  context.expert !== null && event.facts.consented.includes(String(context.expert));

const rememberOpinion = chart.assign({
  opinion: ({ context, event }: Seen): Opinion => ({
    question: text(event, 'question'),
    recordsSeen: text(event, 'recordsSeen'),
    findings: text(event, 'findings'),
    opinion: text(event, 'opinion'),
    treatment: text(event, 'treatment'),
    followUp: text(event, 'followUp'),
    limits: text(event, 'limits'),
    by: context.offer?.expert ?? '',
    at: event.facts.now.toISOString(),
    explained: null,
    asked: null,
    answered: null,
  }),
});
const remember = (field: 'explained' | 'asked' | 'answered', from: string) =>
  chart.assign({ opinion: ({ context, event }: Seen) => ({ ...opinionOf(context), [field]: text(event, from) }) });

const explained = {
  target: 'explained',
  actions: [passes('opinion-explained'), remember('explained', 'said')],
} as const;
const ends = {
  rate: { target: 'completed', actions: [passes('rated'), passes('closed')] },
  ratingLapsed: { target: 'completed', actions: passes('closed') },
  consentWithdrawn: {},
} as const;

export const opinionPhase = {
  writing: {
    meta: state({
      label: t('专家写意见书', 'The expert writes the opinion'),
      turn: 'expert',
      does: t('看资料，写意见书并签发', 'read the records, write and sign the opinion'),
      until: { target: 'opinion' },
      step: 'opinion',
    }),
    on: {
      attachPaper: {},
      handInPaper: {},
      issueOpinion: { target: 'delivered', actions: [passes('opinion-delivered'), rememberOpinion] },
      consentWithdrawn: [
        { guard: expertMayGoOn as never, actions: [] },
        { target: 'closed-consent-withdrawn', actions: passes('consent-withdrawn') },
      ],
    },
  },
  delivered: {
    meta: state({
      label: t('意见书已送到，请您打开', 'The opinion is there: please open it'),
      desk: t('意见书已送到，会员还没打开', 'The opinion was delivered and not opened yet'),
      turn: 'member',
      does: t('打开意见书看一看，病案经理随后解读', 'open the opinion; the case manager then explains it'),
      until: { none: t('没有期限，我们会提醒', 'no deadline; we remind') },
      step: 'opinion',
    }),
    on: {
      openOpinion: { target: 'opened', actions: passes('opinion-opened') },
      explainOpinion: explained,
      consentWithdrawn: {},
    },
  },
  opened: {
    meta: state({
      label: t('意见书已打开，等解读', 'Opened; to be explained'),
      turn: 'case-manager',
      does: t('致电解读意见书', 'explain the opinion by telephone'),
      until: { target: 'explanation' },
      step: 'explain',
    }),
    on: { explainOpinion: explained, consentWithdrawn: {} },
  },
  explained: {
    meta: state({
      label: t('已解读，可追问一次', 'Explained; one question can be asked'),
      turn: 'member',
      does: t('有疑问可追问专家一次，没有就评价', 'ask the expert one question, or rate the service'),
      until: { none: t('14 天后自动结束', 'closes by itself after 14 days') },
      step: 'explain',
    }),
    on: {
      ...ends,
      askFollowUp: { target: 'follow-up', actions: [passes('follow-up-asked'), remember('asked', 'question')] },
    },
  },
  'follow-up': {
    meta: state({
      label: t('等专家答复追问', 'The expert answers the question'),
      turn: 'expert',
      does: t('答复会员的追问', "answer the member's question"),
      until: { target: 'follow-up' },
      step: 'explain',
    }),
    on: {
      answerFollowUp: { target: 'answered', actions: [passes('follow-up-answered'), remember('answered', 'answer')] },
      // Nobody else can answer; what was delivered stays hers.
      consentWithdrawn: [
        { guard: expertMayGoOn as never, actions: [] },
        { target: 'completed', actions: passes('closed') },
      ],
    },
  },
  answered: {
    meta: state({
      label: t('专家已答复', 'The expert has answered'),
      turn: 'member',
      does: t('看答复，评价这次服务', 'read the answer and rate the service'),
      until: { none: t('14 天后自动结束', 'closes by itself after 14 days') },
      step: 'explain',
    }),
    on: ends,
  },
} as const;
