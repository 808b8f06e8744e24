import { type Day, daysBetween, minuteOfDay, type TimeOfDay, weekday } from './day.ts';
import { TimeError } from './errors.ts';
import type { CalendarYear } from './schema.ts';

/** `off`: a day off named in a notice; `work`: a make-up workday. */
export type NoticeDay = { readonly kind: 'off' | 'work'; readonly name: string };

/** What the State Council's notices say, from `coversFrom` to `coversUntil` (both included). Outside it nothing is known. */
export type WorkCalendar = {
  readonly version: number;
  readonly days: ReadonlyMap<Day, NoticeDay>;
  readonly coversFrom: Day;
  readonly coversUntil: Day;
};

/**
 * When a service answers, half-open: at `closes` it is closed. `every-day`: every day that no notice marks off,
 * weekends and make-up days included (2.2.2); `working-days`: working days only (2.6.4.6).
 */
export type ServiceHours = {
  readonly days: 'every-day' | 'working-days';
  readonly opens: TimeOfDay;
  readonly closes: TimeOfDay;
};

/** Monday to Friday less days off plus make-up days. Beyond the notices plain Monday to Friday: see `provisional` of dueTime. */
export function isWorkday(calendar: WorkCalendar, day: Day): boolean {
  const named = calendar.days.get(day);
  return named ? named.kind === 'work' : weekday(day) <= 5;
}

/** Whether a service with these hours is open at all on `day`. */
export function isServiceDay(calendar: WorkCalendar, hours: ServiceHours, day: Day): boolean {
  return hours.days === 'working-days' ? isWorkday(calendar, day) : calendar.days.get(day)?.kind !== 'off';
}

/** Refuses hours that never open (`opens` not before `closes`) or a time that does not exist. */
export function checkHours(opens: TimeOfDay, closes: TimeOfDay, field: string): void {
  if (minuteOfDay(opens, `${field}.opens`) >= minuteOfDay(closes, `${field}.closes`))
    throw new TimeError('bad-hours', field, `opens ${opens} must be before closes ${closes}`);
}

/**
 * One calendar out of one record a year. Its version is the sum of theirs, so it rises with every year added or corrected.
 * A partial year gives its days and does not move the horizon. A year missing in between is an error: never guess a year.
 */
export function buildCalendar(years: readonly CalendarYear[]): WorkCalendar {
  const full = years.filter((y) => !y.partial).sort((a, b) => a.year - b.year);
  const first = full[0];
  const last = full.at(-1);
  if (!first || !last)
    throw new TimeError('bad-calendar', 'years', 'there is no whole year; import at least one notice');
  for (const [i, { year }] of full.entries())
    if (year !== first.year + i)
      throw new TimeError('bad-calendar', 'years', `${first.year + i} is expected, found ${year}; give each year once`);

  const days = new Map<Day, NoticeDay>();
  for (const { date, kind, name } of years.flatMap((y) => y.days)) {
    if (days.has(date)) throw new TimeError('bad-calendar', 'days', `${date} is named twice; keep one`);
    days.set(date, { kind, name });
  }
  const version = years.reduce((sum, y) => sum + y.version, 0);
  return { version, days, coversFrom: `${first.year}-01-01`, coversUntil: `${last.year}-12-31` };
}

/** From when on the missing next notice is a warning: last year's came in early November. */
export const CALENDAR_WARNING_DAYS = 60;

/** Days still covered after `today`; negative when the calendar has run out. For the warning before its end. */
export function daysUntilHorizon(calendar: WorkCalendar, today: Day): number {
  return daysBetween(today, calendar.coversUntil);
}

/** Holidays whose day of the sun's calendar never moves; the others follow the moon. */
const FIXED_HOLIDAYS = ['01-01', '05-01', '10-01'];

/**
 * Holidays of a year that its notice must name as days off and does not: the notice was taken in by halves. A notice
 * speaks for its whole year all the same (contract 2.1), so this is for people to look at.
 */
export const missingHolidays = (calendar: Pick<WorkCalendar, 'days'>, year: number): Day[] =>
  FIXED_HOLIDAYS.map((day) => `${year}-${day}`).filter((day) => calendar.days.get(day)?.kind !== 'off');
