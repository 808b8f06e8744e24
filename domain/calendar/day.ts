import { TimeError } from './errors.ts';

/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. Days compare with `<` as strings. */
export type Day = string;
/** A time of day in Asia/Shanghai, `HH:MM`; `24:00` is the end of the day. */
export type TimeOfDay = string;

export const DAY_MS = 86_400_000;
export const MINUTE_MS = 60_000;
// China has kept +08:00 all year since 1991, so no zone table is needed and the server's own zone never matters.
const OFFSET_MS = 8 * 60 * MINUTE_MS;

const DAY_FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME_FORM = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;
const INSTANT_FORM =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(0\d|1[0-4]):([0-5]\d))$/;

/** Whether `text` is `YYYY-MM-DD` and that day exists. */
export function isDay(text: string): boolean {
  return DAY_FORM.test(text) && dayFromMs(utcMs(text)) === text;
}

/** Reads a day; a day that does not exist (2026-02-30) or another form is a TimeError naming `field`. */
export function parseDay(text: string, field = 'day'): Day {
  if (isDay(text)) return text;
  throw new TimeError('bad-day', field, `"${text}" is not a day that exists; write YYYY-MM-DD`);
}

/** The day `days` after `day` (before it when negative). */
export function addDays(day: Day, days: number): Day {
  return dayFromMs(utcMs(day) + days * DAY_MS);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (utcMs(to) - utcMs(from)) / DAY_MS;
}

/** The same date `years` later; 29 February becomes 28 February where there is none (Civil Code 202). */
export function addYearsSameDate(day: Day, years: number): Day {
  const same = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`;
  return isDay(same) ? same : `${same.slice(0, 8)}28`;
}

/** 1 = Monday … 7 = Sunday. */
export function weekday(day: Day): number {
  return new Date(utcMs(day)).getUTCDay() || 7;
}

/** The Shanghai day on which `instant` lies. */
export function dayOf(instant: Date): Day {
  return dayFromMs(instant.getTime() + OFFSET_MS);
}

/** The moment of `time` on `day` in Shanghai; `24:00` is 00:00 of the next day. */
export function instantAt(day: Day, time: TimeOfDay): Date {
  return new Date(utcMs(day) - OFFSET_MS + minuteOfDay(time) * MINUTE_MS);
}

/** Minutes from midnight, 0…1440. */
export function minuteOfDay(time: TimeOfDay, field = 'time'): number {
  if (!TIME_FORM.test(time)) throw new TimeError('bad-time', field, `"${time}" is not a time of day; write HH:MM`);
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Reads ISO 8601 with an offset (`…+08:00` or `Z`). Without one, or on a day that does not exist, it is a TimeError. */
export function parseInstant(text: string, field = 'instant'): Date {
  const parts = INSTANT_FORM.exec(text);
  if (!parts) {
    const hint = 'write a moment as 2026-10-15T18:00:00+08:00, the offset included';
    throw new TimeError('bad-instant', field, `"${text}" is no moment with an offset; ${hint}`);
  }
  const [, day = '', hour, minute, second = '0', fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = parts;
  const offset = (sign === '-' ? -1 : 1) * (Number(offsetHour) * 60 + Number(offsetMinute));
  const clock = (Number(hour) * 60 + Number(minute) - offset) * MINUTE_MS + Number(second) * 1000;
  return new Date(utcMs(parseDay(day, field)) + clock + Number(fraction.padEnd(3, '0').slice(0, 3)));
}

/** Writes a moment in +08:00 to the second (`2026-10-15T18:00:00+08:00`); milliseconds only where there are any. */
export function formatInstant(instant: Date): string {
  const local = new Date(instant.getTime() + OFFSET_MS).toISOString().slice(0, -1);
  return `${local.endsWith('.000') ? local.slice(0, -4) : local}+08:00`;
}

function utcMs(day: Day): number {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));
}

function dayFromMs(ms: number): Day {
  return new Date(ms).toISOString().slice(0, 10);
}
