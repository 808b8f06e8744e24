import type { ClockRule } from '../calendar/due.ts';
import { countedMs } from '../calendar/explain.ts';
import type { Span } from '../calendar/spans.ts';

const HOUR_MS = 3_600_000;

/**
 * Whether the clock stands by a pause that began in the last hour of counted time before its due moment: operations look
 * at those, lest a clock be stopped just in time. `due` is the moment without the open pause; the hour is one of the
 * clock's own time (service hours, working hours), so a pause at opening can be late for a promise due an hour after.
 * An open pause that began at or after `due` stopped nothing.
 */
export function pausedLate(
  rule: ClockRule,
  clock: { start: Date; due: Date; paused: readonly { from: Date; to: Date | null }[] },
): boolean {
  const open = clock.paused.filter(({ to }) => to === null);
  if (open.length === 0) return false;
  const since = new Date(Math.min(...open.map(({ from }) => from.getTime())));
  if (since >= clock.due) return false;
  const ended = clock.paused.flatMap(({ from, to }): Span[] => (to && to > from ? [{ from, to }] : []));
  return countedMs({ ...rule, start: clock.start, paused: ended }, since, clock.due) <= HOUR_MS;
}
