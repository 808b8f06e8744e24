/** A decision as other programs read it (contract 2.2): texts in one language, moments in +08:00. */
import { formatInstant } from '#domain/calendar/day.ts';
import type { Decision, Outcome } from './decide.ts';
import { MESSAGES_EN } from './messages.en.ts';
import { MESSAGES_ZH } from './messages.zh.ts';
import type { Effect, Reason, ReasonFacts, RuleName } from './reasons.ts';
import type { Lang } from './words.ts';

export type WireReason = { rule: RuleName; clause: string; effect: Effect; message: string };
export type WireClock = { promise: string; clause: string; due: string; provisional: boolean };
export type WireDecision = {
  outcome: Outcome;
  reasons: WireReason[];
  remaining: number | null;
  clocks: WireClock[];
  edition: string | null;
};

/** One sentence that a member understands, with the dates that decide it. */
export function reasonMessage(reason: Reason, lang: Lang): string {
  const messages = lang === 'zh' ? MESSAGES_ZH : MESSAGES_EN;
  // Each rule's sentence takes that rule's facts; TypeScript cannot follow the pairing through the union.
  const say = messages[reason.rule] as (facts: ReasonFacts[RuleName]) => string;
  return say(reason.facts);
}

/** Reasons as they cross the wire: the facts behind the sentence stay inside. */
export function reasonsToWire(reasons: readonly Reason[], lang: Lang): WireReason[] {
  return reasons.map((reason) => {
    const { rule, clause, effect } = reason;
    return { rule, clause, effect, message: reasonMessage(reason, lang) };
  });
}

export function decisionToWire(decision: Decision, lang: Lang = 'zh'): WireDecision {
  return {
    outcome: decision.outcome,
    reasons: reasonsToWire(decision.reasons, lang),
    remaining: decision.remaining,
    clocks: decision.clocks.map(({ promise, clause, due, provisional }) => ({
      promise,
      clause,
      due: formatInstant(due),
      provisional,
    })),
    edition: decision.edition,
  };
}
