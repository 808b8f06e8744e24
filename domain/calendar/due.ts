import { addDays, type Day, dayOf, instantAt, MINUTE_MS, type TimeOfDay } from './day.ts';
import { TimeError } from './errors.ts';
import type { Term } from './schema.ts';
import { mergeSpans, type Span, stoodOver } from './spans.ts';
import { checkHours, isServiceDay, isWorkday, type ServiceHours, type WorkCalendar } from './work-calendar.ts';

/** How a promise counts. `hours` is needed for service minutes; `dayOpens` and `dayCloses` for working days. */
export type ClockRule = {
  readonly term: Term;
  readonly hours?: ServiceHours | undefined;
  readonly dayOpens?: TimeOfDay | undefined;
  readonly dayCloses?: TimeOfDay | undefined;
  readonly calendar: WorkCalendar;
};
export type DueInput = ClockRule & { readonly from: Date; readonly paused?: readonly Span[] | undefined };

/** `provisional`: the due day lies beyond the last notice, so the moment may still move when that notice comes. */
export type DueTime = { readonly due: Date; readonly provisional: boolean };

// No promise of a plan or law comes near it; it ends the search when hours, calendar and pauses leave nothing to count.
const SEARCH_DAYS = 36_525;

/**
 * When a promise made at `from` falls due (readings of 2.2.1.3 and 2.2.2). Pauses are half-open and taken together.
 * - seconds: around the clock; time in a pause does not count. Never provisional.
 * - service-minutes: only time inside the service's hours and outside pauses. Hours are half-open, yet a term used up
 *   exactly at closing (or exactly when a pause begins) is due at that moment.
 * - working-days: the Shanghai date of `from` is day 0 whatever its hour; due at `dayCloses` of the n-th working day
 *   after it, not counting days the clock stood over (see stoodOver).
 * - calendar-days: the same with every day counting and the day's hours 00:00-24:00, so due at 24:00 of the n-th day,
 *   written as 00:00 of the next one (Civil Code 201, 203). Days off do not extend it.
 * @throws TimeError naming the field: no whole positive amount, hours missing or never open, a reversed pause, or
 *   nothing to count within a hundred years (`never-due`).
 */
export function dueTime(input: DueInput): DueTime {
  const { term, from, calendar } = input;
  if (!Number.isSafeInteger(term.amount) || term.amount < 1)
    throw new TimeError('bad-term', 'term.amount', `${term.amount} is not a whole number of at least 1`);
  if (Number.isNaN(from.getTime())) throw new TimeError('bad-instant', 'from', 'is not a moment');
  const merged = mergeSpans(input.paused ?? []);

  switch (term.unit) {
    case 'seconds':
      return { due: afterSeconds(from, term.amount, merged), provisional: false };
    case 'service-minutes': {
      const due = afterServiceMinutes(from, term.amount, serviceHours(input), calendar, merged);
      return { due, provisional: dayOf(due) > calendar.coversUntil };
    }
    case 'working-days':
    case 'calendar-days': {
      const day = nthDay(input, merged);
      const [, closes] = dayHours(input);
      return { due: instantAt(day, closes), provisional: day > calendar.coversUntil };
    }
  }
}

/** The service's hours, checked. @throws TimeError when the rule has none though it counts in service minutes */
export function serviceHours({ hours }: ClockRule): ServiceHours {
  if (!hours) throw new TimeError('bad-hours', 'hours', 'a promise in service minutes needs the hours of its service');
  checkHours(hours.opens, hours.closes, 'hours');
  return hours;
}

/** Opening and closing of a day that counts as a whole: 00:00-24:00 for calendar days, else the rule's own, checked. */
export function dayHours({ term, dayOpens, dayCloses }: ClockRule): [opens: TimeOfDay, closes: TimeOfDay] {
  if (term.unit === 'calendar-days') return ['00:00', '24:00'];
  if (!dayOpens || !dayCloses)
    throw new TimeError('bad-hours', 'dayCloses', 'a promise in working days needs dayOpens and dayCloses');
  checkHours(dayOpens, dayCloses, 'day');
  return [dayOpens, dayCloses];
}

/** Whether `day` can count towards a term in days, pauses left aside. */
export function isCountedDay({ term, calendar }: ClockRule, day: Day): boolean {
  return term.unit === 'calendar-days' || isWorkday(calendar, day);
}

function afterSeconds(from: Date, seconds: number, merged: readonly Span[]): Date {
  let at = from.getTime();
  let left = seconds * 1000;
  for (const pause of merged) {
    const free = Math.max(0, pause.from.getTime() - at);
    if (free >= left) break;
    left -= free;
    at = Math.max(at, pause.to.getTime());
  }
  const due = new Date(at + left);
  if (Number.isNaN(due.getTime())) throw neverDue();
  return due;
}

function afterServiceMinutes(
  from: Date,
  minutes: number,
  hours: ServiceHours,
  calendar: WorkCalendar,
  merged: readonly Span[],
): Date {
  let left = minutes * MINUTE_MS;
  let nextPause = 0;
  let day = dayOf(from);
  for (let searched = 0; searched < SEARCH_DAYS; searched += 1, day = addDays(day, 1)) {
    if (!isServiceDay(calendar, hours, day)) continue;
    const closes = instantAt(day, hours.closes).getTime();
    let at = Math.max(from.getTime(), instantAt(day, hours.opens).getTime());
    while (at < closes) {
      let pause = merged[nextPause];
      while (pause && pause.to.getTime() <= at) pause = merged[++nextPause];
      const stops = Math.min(closes, pause?.from.getTime() ?? closes);
      const free = Math.max(0, stops - at);
      if (free >= left) return new Date(at + left);
      left -= free;
      at = pause && stops < closes ? pause.to.getTime() : closes;
    }
  }
  throw neverDue();
}

function nthDay(input: DueInput, merged: readonly Span[]): Day {
  const [opens, closes] = dayHours(input);
  let left = input.term.amount;
  let day = dayOf(input.from);
  for (let searched = 0; searched < SEARCH_DAYS; searched += 1) {
    day = addDays(day, 1);
    if (!isCountedDay(input, day)) continue;
    if (merged.length > 0 && stoodOver(instantAt(day, opens), instantAt(day, closes), merged)) continue;
    left -= 1;
    if (left === 0) return day;
  }
  throw neverDue();
}

function neverDue(): TimeError {
  return new TimeError(
    'never-due',
    'term',
    'nothing falls due within 100 years; check amount, hours, calendar and pauses',
  );
}
