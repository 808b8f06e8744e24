/** When a complaint's answer is due, by the norms of norms/complaints.yaml: days of the calendar, the day of receipt is day 0. */
import { DAY_MS } from '../calendar/day.ts';
import { dueTime } from '../calendar/due.ts';
import type { Norm } from '../calendar/schema.ts';
import type { WorkCalendar } from '../calendar/work-calendar.ts';

/** 15 days; 30 where it is complex; 30 more by approval; 30 for a review of the answer. */
export const ANSWER_NORMS = [
  'complaint-answer',
  'complaint-answer-complex',
  'complaint-extension',
  'complaint-review',
] as const;
export type AnswerNorm = (typeof ANSWER_NORMS)[number];
/** Within what time she may ask for the review. */
export const REVIEW_ASKED = 'complaint-review-asked';

type Norms = ReadonlyMap<string, Norm>;

/**
 * The last moment of a norm for what was received at `from`: 24:00 of its last day, as 00:00 of the next. Where a norm
 * extends another its days follow the other's last. @throws Error for a norm that is not loaded
 */
export function dueByNorm(norms: Norms, code: string, from: Date, calendar: WorkCalendar): Date {
  const norm = norms.get(code);
  if (!norm) throw new Error(`There is no norm "${code}"`);
  const { unit, amount } = norm;
  // The end of the last day is the first moment of the next: a millisecond before it lies on the day to count from.
  const start = norm.extends ? new Date(dueByNorm(norms, norm.extends, from, calendar).getTime() - 1) : from;
  return dueTime({ term: { unit, amount }, from: start, calendar }).due;
}

/** How many days a norm gives from receipt on, those of the norm it extends included. */
export const daysOfNorm = (norms: Norms, code: string): number => {
  const norm = norms.get(code);
  return norm ? norm.amount + (norm.extends ? daysOfNorm(norms, norm.extends) : 0) : 0;
};

/** Days before the due moment on which handler and supervisor are reminded. */
export const REMIND_DAYS = [3, 1] as const;
export const remindAt = (due: Date, days: number): Date => new Date(due.getTime() - days * DAY_MS);
