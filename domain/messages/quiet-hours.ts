/** Messages leave the house between 8:00 and 21:00 Shanghai time; an urgent one leaves at any hour. */
import { addDays, dayOf, instantAt } from '#domain/calendar/day.ts';

const OPENS = '08:00';
const CLOSES = '21:00';

/** Null when a message may leave at `now` (business time), else the 8:00 from which it may. */
export function mayLeaveFrom(now: Date, urgent: boolean): Date | null {
  if (urgent) return null;
  const day = dayOf(now);
  const opens = instantAt(day, OPENS);
  if (now < opens) return opens;
  return now < instantAt(day, CLOSES) ? null : instantAt(addDays(day, 1), OPENS);
}
