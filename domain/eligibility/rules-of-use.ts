/** How often the service may be used, and the year of its own that a service may be opened for. */
import { addDays, addYearsSameDate, type Day, dayOf } from '#domain/calendar/day.ts';
import { type DayRange, isWithin, type Matter, policyYear } from './matter.ts';
import { type Reason, reason } from './reasons.ts';

/** What the uses given leave: `remaining` null where there is no limit, never below 0. */
export type UseCount = {
  readonly held: number;
  readonly spent: number;
  /** The last day on which one was spent, where known. */
  readonly lastSpentOn: Day | null;
  readonly remaining: number | null;
};

/** Counts the uses that matter at the moment: with `policy-year` those of its year and those without a day. */
export function countUses(matter: Matter): UseCount {
  const { service, question } = matter;
  const year = yearOfLimit(matter);
  const counting = question.uses.filter(({ on }) => !year || !on || isWithin(on, year));
  const held = counting.filter(({ state }) => state === 'held').length;
  const spentUses = counting.filter(({ state }) => state === 'spent');
  const spent = spentUses.length;
  const lastSpentOn =
    spentUses
      .flatMap(({ on }) => on ?? [])
      .sort()
      .at(-1) ?? null;
  const limit = service.use.limit.is;
  return { held, spent, lastSpentOn, remaining: limit === null ? null : Math.max(0, limit - held - spent) };
}

function yearOfLimit({ service, question, day }: Matter): DayRange | null {
  return service.use.per === 'policy-year' ? policyYear(question.policy.effectiveFrom, day) : null;
}

/** held-by-open-case and used-up; a held and a spent use of a single one give both. */
export function reasonsOfUses(matter: Matter, { held, spent, lastSpentOn }: UseCount): Reason[] {
  const { service } = matter;
  const { is: limit, clause } = service.use.limit;
  if (limit === null) return [];
  const about = { service: service.name, limit, per: service.use.per, yearEndsOn: yearOfLimit(matter)?.to ?? null };
  const reasons: Reason[] = [];
  if (held > 0 && held + spent >= limit) reasons.push(reason('held-by-open-case', clause, { ...about, held }));
  if (spent >= limit) reasons.push(reason('used-up', clause, { ...about, spent, lastOn: lastSpentOn }));
  return reasons;
}

/** already-open, not-opened and lapsed, for a service with a year of its own (2.1.6); the last day is included. */
export function reasonsOfOwnYear({ service, question, day }: Matter): Reason[] {
  const rule = service.ownYear;
  if (!rule) return [];
  const name = service.name;
  const { act, at, openedAt } = question;
  if (!openedAt || openedAt > at) {
    if (act === 'open') return [];
    return [reason('not-opened', rule.clause, { service: name, opensOn: openedAt && dayOf(openedAt) })];
  }

  const openedOn = dayOf(openedAt);
  const endsOn = addYearsSameDate(openedOn, rule.years);
  const openAgainFrom = addDays(endsOn, 1 - rule.reopenBeforeDays);
  if (act === 'open')
    return day < openAgainFrom
      ? [reason('already-open', rule.opensAgainClause, { service: name, openedOn, endsOn, openAgainFrom })]
      : [];
  return day > endsOn ? [reason('lapsed', rule.clause, { service: name, openedOn, endsOn })] : [];
}
