import type { RunningClock } from '../../shared/types.ts';

const HOUR = 3_600_000;
/** Upper edges of the groups of the plot, in hours until the due moment; the last group has none. */
const EDGES = [
  { code: 'late', hours: 0 },
  { code: 'hour', hours: 1 },
  { code: 'four', hours: 4 },
  { code: 'day', hours: 24 },
  { code: 'three', hours: 72 },
  { code: 'later', hours: Infinity },
] as const;
export type Bucket = (typeof EDGES)[number]['code'];

/** How many clocks break within which time; those that stand are left out, since their moment moves. */
export function countByTimeLeft(clocks: readonly RunningClock[], now: Date): { code: Bucket; count: number }[] {
  const groups = EDGES.map(({ code }) => ({ code, count: 0 }));
  for (const { clock } of clocks) {
    if (clock.state === 'standing') continue;
    const hours = (Date.parse(clock.due) - now.getTime()) / HOUR;
    const index = EDGES.findIndex((edge) => hours <= edge.hours);
    groups[index]!.count += 1;
  }
  return groups;
}
