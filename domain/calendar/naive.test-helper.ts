import { addDays, type Day, dayOf, instantAt, minuteOfDay } from './day.ts';
import type { DueInput } from './due.ts';
import type { WorkCalendar } from './work-calendar.ts';

/**
 * dueTime written a second time, as naively as possible, for whole minutes: it walks minute by minute and shares
 * no rule with the real one but the conversion of days. Only tests use it.
 */
export function naiveDue({ term, from, hours, dayOpens, dayCloses, calendar, paused = [] }: DueInput): Date {
  const stands = (at: Date) => paused.some((p) => p.from <= at && at < p.to);
  if (term.unit === 'seconds' || term.unit === 'service-minutes') {
    let left = term.unit === 'seconds' ? term.amount / 60 : term.amount;
    let at = from;
    let day = dayOf(from);
    const [opens, closes] = hours ? [minuteOfDay(hours.opens), minuteOfDay(hours.closes)] : [0, 1440];
    for (; left > 0; at = minuteAfter(at)) {
      const minute = Math.floor(at.getTime() / 60_000 + 480) % 1440;
      if (minute === 0) day = dayOf(at);
      const open =
        term.unit === 'seconds' ||
        (naiveOpen(calendar, hours!.days === 'working-days', day) && minute >= opens && minute < closes);
      if (open && !stands(at)) left -= 1;
    }
    return at;
  }
  const [opens, closes] = term.unit === 'calendar-days' ? ['00:00', '24:00'] : [dayOpens!, dayCloses!];
  let day = dayOf(from);
  for (let left = term.amount; left > 0; ) {
    day = addDays(day, 1);
    if (term.unit === 'working-days' && !naiveOpen(calendar, true, day)) continue;
    let anyFreeMinute = false;
    for (let at = instantAt(day, opens); at < instantAt(day, closes); at = minuteAfter(at))
      anyFreeMinute ||= !stands(at);
    if (anyFreeMinute && !stands(instantAt(day, closes))) left -= 1;
  }
  return instantAt(day, closes);
}

function naiveOpen(calendar: WorkCalendar, workingDays: boolean, day: Day): boolean {
  const named = calendar.days.get(day)?.kind;
  const weekend = [0, 6].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
  return workingDays ? named === 'work' || (named !== 'off' && !weekend) : named !== 'off';
}

function minuteAfter(at: Date): Date {
  return new Date(at.getTime() + 60_000);
}
