/** When a member may say how satisfied she was, which reasons there are to choose from, and what its figures may show. */
import type { Plan, Text } from '../plan/schema.ts';

export type SatisfactionRule = NonNullable<Plan['satisfaction']>;
const DAY_MS = 86_400_000;

/** The reasons that make sense after a case of this kind, in the plan's order. */
export const reasonsOf = (rule: SatisfactionRule, kind: string): { code: string; name: Text }[] =>
  rule.reasons.filter(({ kinds }) => kinds === undefined || kinds.includes(kind));

/**
 * The last moment to say it or to change it: so many days after the end until it was said, then so many after that.
 * null: no end is in sight, the case goes on.
 */
export function lastMoment(
  rule: SatisfactionRule,
  { endedAt, saidAt }: { endedAt: Date | null; saidAt: Date | null },
): Date | null {
  if (saidAt) return new Date(saidAt.getTime() + rule.changeWithinDays * DAY_MS);
  return endedAt && new Date(endedAt.getTime() + rule.sayWithinDays * DAY_MS);
}

/** How many said 1, 2, 3, 4 and 5. */
export type Distribution = readonly [number, number, number, number, number];
/** Fewer answers than this are not broken down: they would speak of persons. */
export const SMALLEST = 5;

export const add = (a: Distribution, b: Distribution): Distribution =>
  a.map((count, i) => count + b[i]!) as unknown as Distribution;

/** What may be shown of answers: how many, and from `SMALLEST` on their mean (to a hundredth) and distribution. */
export function figuresOf(distribution: Distribution): {
  answered: number;
  mean: number | null;
  distribution: Distribution | null;
} {
  const answered = distribution.reduce((sum, count) => sum + count, 0);
  if (answered < SMALLEST) return { answered, mean: null, distribution: null };
  const stars = distribution.reduce((sum, count, i) => sum + count * (i + 1), 0);
  return { answered, mean: Math.round((stars / answered) * 100) / 100, distribution };
}
