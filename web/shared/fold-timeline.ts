import { dayOf } from './format.ts';
import type { TimelineEntry } from './types.ts';

export type TimelineRow = [TimelineEntry, ...TimelineEntry[]];
/** Facts that fit on a line; an event that tells more keeps an entry of its own. */
const SHORT = 2;

/**
 * What one person did several times in a row on a day as one entry: seven papers judged are one thing done, with a line
 * each. What is to come is never folded.
 */
export function foldTimeline(entries: readonly TimelineEntry[]): TimelineRow[] {
  const rows: TimelineRow[] = [];
  for (const entry of entries) {
    const row = rows.at(-1);
    if (row && isSame(row[0], entry)) row.push(entry);
    else rows.push([entry]);
  }
  return rows;
}

const isSame = (a: TimelineEntry, b: TimelineEntry): boolean =>
  !a.future &&
  !b.future &&
  a.type === b.type &&
  a.label === b.label &&
  a.actor === b.actor &&
  dayOf(a.recordedAt) === dayOf(b.recordedAt) &&
  [a, b].every(({ facts }) => facts.length > 0 && facts.length <= SHORT);
