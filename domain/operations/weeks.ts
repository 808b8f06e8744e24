import { addDays, type Day, weekday } from '../calendar/day.ts';

/** The Monday of the week in which a day lies. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - weekday(day));

/** The Mondays from `before` weeks before the week of `day` to `after` weeks after it, in order of time. */
export function weeksAround(day: Day, before: number, after: number): Day[] {
  const monday = mondayOf(day);
  return Array.from({ length: before + 1 + after }, (_, i) => addDays(monday, 7 * (i - before)));
}
