/** What a complaint is, which steps it can take from where, and who may take them. The moments come from clocks.ts. */
import type { AnswerNorm } from './clocks.ts';

export const COMPLAINT_KINDS = ['case', 'decision', 'service', 'conduct', 'waiting', 'data', 'other'] as const;
export type ComplaintKind = (typeof COMPLAINT_KINDS)[number];
export const COMPLAINT_RELATIONS = ['self', 'agent', 'guardian', 'heir'] as const;
export type ComplaintRelation = (typeof COMPLAINT_RELATIONS)[number];
export const COMPLAINT_CHANNELS = ['portal', 'hotline', 'letter'] as const;
export type ComplaintChannel = (typeof COMPLAINT_CHANNELS)[number];

/** Where its present round stands; a review is a second round through the same states. */
export const COMPLAINT_STATES = ['received', 'acknowledged', 'looked-into', 'asked', 'answered', 'withdrawn'] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];
export const isOpen = (state: ComplaintState): boolean => state !== 'answered' && state !== 'withdrawn';

/** What came of a round. `upheld`: what we decided or did stands; `overturned`: the complaint is right. */
export const COMPLAINT_OUTCOMES = ['upheld', 'overturned', 'partly', 'settled'] as const;
export type ComplaintOutcome = (typeof COMPLAINT_OUTCOMES)[number];

/** Append-only; `asked` and `replied` are the questions to her and what she says, `noted` and `stated` stay inside. */
export const COMPLAINT_EVENTS = [
  'filed',
  'taken',
  'assigned',
  'asked',
  'replied',
  'added',
  'noted',
  'stated',
  'extended',
  'extension-asked',
  'extended-again',
  'breached',
  'answered',
  'told',
  'withdrawn',
  'review-asked',
] as const;
export type ComplaintEventType = (typeof COMPLAINT_EVENTS)[number];
/** What the complainant reads of the history. */
export const TOLD_EVENTS: readonly ComplaintEventType[] = [
  'filed',
  'taken',
  'asked',
  'replied',
  'added',
  'extended',
  'extended-again',
  'breached',
  'answered',
  'told',
  'withdrawn',
  'review-asked',
];

export const COMPLAINANT_ACTS = ['add', 'withdraw', 'review'] as const;
export type ComplainantAct = (typeof COMPLAINANT_ACTS)[number];
export const HANDLER_ACTS = ['take', 'assign', 'ask', 'note', 'state', 'extend', 'ask-extension', 'answer'] as const;
export type HandlerAct = (typeof HANDLER_ACTS)[number];

export type Standing = {
  state: ComplaintState;
  round: number;
  norm: AnswerNorm;
  due: Date;
  handled: boolean;
  /** Until when a review may be asked; null where none is open to her. */
  reviewUntil: Date | null;
};

/** What she may do now: add as long as it is open, take it back, and ask once for a review while its days last. */
export function complainantActs({ state, reviewUntil }: Standing, now: Date): ComplainantAct[] {
  if (isOpen(state)) return ['add', 'withdraw'];
  return reviewUntil !== null && now < reviewUntil ? ['review'] : [];
}

/**
 * What a desk may do now. `mine`: it is in the caller's hands. Who took part does nothing; a supervisor may also give it to
 * somebody. More time is asked for while there is some left, since she is told before it is over.
 */
export function handlerActs(
  standing: Standing,
  who: { supervisor: boolean; mine: boolean; tookPart: boolean },
  now: Date,
): HandlerAct[] {
  if (!isOpen(standing.state)) return [];
  const acts: HandlerAct[] = who.supervisor ? ['assign'] : [];
  if (who.tookPart) return acts;
  if (!who.mine) return !standing.handled || who.supervisor ? ['take', ...acts] : acts;
  acts.push('ask', 'note', 'state');
  if (now < standing.due && standing.norm === 'complaint-answer') acts.push('extend');
  if (now < standing.due && standing.norm === 'complaint-answer-complex') acts.push('ask-extension');
  return [...acts, 'answer'];
}
