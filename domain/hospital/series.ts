/** A series of slots as a hospital writes it down: days, weekdays, a span of the day in pieces. Pure. */
import { addDays, type Day, instantAt } from '../calendar/day.ts';

export type Series = {
  from: Day;
  /** The last day; the first alone where it is absent. */
  to: Day | null;
  /** 1 is Monday, 7 Sunday; empty: every day. */
  weekdays: readonly number[];
  /** `HH:MM` of Shanghai's clock. */
  opens: string;
  closes: string;
  /** How long one slot is. */
  minutes: number;
};
/** A series of more is a slip: two years at ten minutes would be fifty thousand. */
export const MOST_IN_SERIES = 5000;

/** 1 is Monday, 7 Sunday. */
export const weekdayOf = (day: Day): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

/** Begin and end of every slot; what is left of the span behind the last whole piece is none. At most `MOST_IN_SERIES` + 1. */
export function expandSeries({ from, to, weekdays, opens, closes, minutes }: Series): { starts: Date; ends: Date }[] {
  const slots: { starts: Date; ends: Date }[] = [];
  const last = to ?? from;
  for (let day = from; day <= last && slots.length <= MOST_IN_SERIES; day = addDays(day, 1)) {
    if (weekdays.length > 0 && !weekdays.includes(weekdayOf(day))) continue;
    const end = instantAt(day, closes).getTime();
    for (let at = instantAt(day, opens).getTime(); at + minutes * 60_000 <= end; at += minutes * 60_000)
      slots.push({ starts: new Date(at), ends: new Date(at + minutes * 60_000) });
  }
  return slots;
}
