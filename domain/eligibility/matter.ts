/** The matter to decide: the question with the edition and service that answer it, and what every rule asks of them. */
import { addDays, addYearsSameDate, type Day, dayOf } from '#domain/calendar/day.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import type { Question } from './question.ts';

/** Days from `from` to `to`, both included. */
export type DayRange = { readonly from: Day; readonly to: Day };

export type Matter = {
  readonly plan: Plan;
  readonly service: Service;
  readonly question: Question;
  /** The Shanghai day of `question.at`. */
  readonly day: Day;
  /** The waiting period of this policy for this service, or null where there is none (2.2.5: none after a renewal without a break). */
  readonly waiting: DayRange | null;
};

/** Puts together what the rules read. */
export function matterOf(plan: Plan, service: Service, question: Question): Matter {
  return { plan, service, question, day: dayOf(question.at), waiting: waitingPeriod(service, question.policy) };
}

function waitingPeriod(service: Service, policy: Question['policy']): DayRange | null {
  if (!service.waiting.is || policy.renewedWithoutBreak || policy.waitingEndsOn === null) return null;
  if (policy.waitingEndsOn < policy.effectiveFrom) return null;
  return { from: policy.effectiveFrom, to: policy.waitingEndsOn };
}

export function isWithin(day: Day, { from, to }: DayRange): boolean {
  return from <= day && day <= to;
}

/**
 * The first day on which someone born on `bornOn` is 18. Born on 29 February: 1 March, since the year in which one
 * turns 18 never has that day.
 */
export function adultFrom(bornOn: Day): Day {
  const birthday = addYearsSameDate(bornOn, 18);
  return birthday.slice(5) === bornOn.slice(5) ? birthday : addDays(birthday, 1);
}

/**
 * The policy year in which `day` lies, counted from the anniversaries of `effectiveFrom` (29 February: 28 February
 * where there is none); the first one for a day before it.
 */
export function policyYear(effectiveFrom: Day, day: Day): DayRange {
  let years = Math.max(0, Number(day.slice(0, 4)) - Number(effectiveFrom.slice(0, 4)));
  if (years > 0 && addYearsSameDate(effectiveFrom, years) > day) years -= 1;
  return {
    from: addYearsSameDate(effectiveFrom, years),
    to: addDays(addYearsSameDate(effectiveFrom, years + 1), -1),
  };
}
