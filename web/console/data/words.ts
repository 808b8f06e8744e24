import { formatMinutes } from '../../shared/format.ts';
import { serverNow } from '../../shared/now.ts';
import { getLocale } from '../../shared/paraglide/runtime.js';
import type { ClockView } from '../../shared/types.ts';
import { by, day, late, left, moment } from '../../shared/words.ts';
import { m } from '../messages.ts';

export const momentWords = moment;
export const dayWords = day;
export const byMoment = by;

/** A clock as staff say it: what is left, that it stands, how late it is, or how it ended. */
export function clockWords(clock: ClockView): string {
  switch (clock.state) {
    case 'running':
    case 'soon':
      return m.clock_left({ left: left(clock.left) });
    case 'standing':
      return m.console_clock_standing();
    case 'late':
      return m.clock_late({ late: late(clock.due, serverNow()) });
    case 'kept':
      return m.clock_kept();
    case 'breached':
      return clock.metAt ? m.clock_breached({ late: late(clock.due, clock.metAt) }) : m.console_state_breached();
    case 'void':
      return m.clock_void();
  }
}

/** A clock's state as a choice of the filter. */
export function clockStateName(state: ClockView['state'] | 'none'): string {
  const names = {
    running: m.console_state_running,
    soon: m.console_state_soon,
    standing: m.console_state_standing,
    late: m.console_state_late,
    kept: m.console_state_kept,
    breached: m.console_state_breached,
    void: m.console_state_void,
    none: m.console_clock_none,
  };
  return names[state]();
}

const minutesBetween = (from: string, to: string | Date) => (new Date(to).getTime() - Date.parse(from)) / 60_000;

/** A value that the server could only name as a moment of its own, as a moment to read; anything else as it is. */
export const valueWords = (value: string): string =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\S*\+08:00$/.test(value) ? moment(value) : value;

/** The length of a span in words. */
export function durationWords(from: string, to: string): string {
  return formatMinutes(minutesBetween(from, to), getLocale());
}

/** How old a case is: whole days from the second day on, else hours and minutes. */
export function ageWords(openedAt: string): string {
  const minutes = minutesBetween(openedAt, serverNow());
  return formatMinutes(
    minutes >= 1440 ? minutes - (minutes % 1440) : minutes >= 60 ? minutes - (minutes % 60) : minutes,
    getLocale(),
  );
}

/** A moment short enough for a column: 11-20 14:20, in the insurer's time. */
export function shortMoment(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
}
