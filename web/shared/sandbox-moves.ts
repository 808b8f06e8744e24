import { dayOf } from './format.ts';
import { m } from './paraglide/messages.js';

export interface Move {
  label: string;
  /** The body of POST /api/sandbox/clock. */
  body: { now: string } | { advance: string };
}

/** 09:00 of the day after `now`, in the insurer's time. */
export function nextMorning(now: string): string {
  return `${dayOf(new Date(new Date(now).getTime() + 86_400_000))}T09:00:00+08:00`;
}

/** The steps in which a visitor of the sandbox moves its time. */
export function moves(now: string): Move[] {
  return [
    { label: m.advance_hour(), body: { advance: 'PT1H' } },
    { label: m.advance_morning(), body: { now: nextMorning(now) } },
    { label: m.advance_day(), body: { advance: 'P1D' } },
    { label: m.advance_week(), body: { advance: 'P7D' } },
  ];
}
