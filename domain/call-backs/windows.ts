/** When a call back may suit: halves of today and of the next working day, inside the plan's working hours. */
import { addDays, type Day, dayOf, instantAt, type TimeOfDay } from '../calendar/day.ts';
import { isWorkday, type WorkCalendar } from '../calendar/work-calendar.ts';

export const CALL_PARTS = ['morning', 'afternoon'] as const;
export type CallPart = (typeof CALL_PARTS)[number];
export type CallWindow = { day: Day; part: CallPart; from: Date; to: Date };

const NOON: TimeOfDay = '12:00';
/** Less than this left of a half day: nobody is offered it any more. */
const TOO_LATE_MS = 30 * 60_000;
const SEARCH_DAYS = 40;

/** The halves that can be chosen at `now`, the earliest first: what is left of today, and the next working day. */
export function listWindows(
  now: Date,
  hours: { opens: TimeOfDay; closes: TimeOfDay },
  calendar: WorkCalendar,
): CallWindow[] {
  const today = dayOf(now);
  const halvesOf = (day: Day): CallWindow[] => {
    if (!isWorkday(calendar, day)) return [];
    const [opens, noon, closes] = [instantAt(day, hours.opens), instantAt(day, NOON), instantAt(day, hours.closes)];
    const halves: CallWindow[] = [
      { day, part: 'morning', from: opens, to: noon },
      { day, part: 'afternoon', from: noon, to: closes },
    ];
    return halves.filter(({ from, to }) => from < to && to.getTime() - now.getTime() >= TOO_LATE_MS);
  };
  for (let ahead = 1; ahead <= SEARCH_DAYS; ahead += 1) {
    const next = addDays(today, ahead);
    if (isWorkday(calendar, next)) return [...halvesOf(today), ...halvesOf(next)];
  }
  return halvesOf(today);
}

/** How often the desk tries before it writes instead. */
export const TRIES_AT_MOST = 3;
