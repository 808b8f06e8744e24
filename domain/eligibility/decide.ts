/**
 * May this person have this service now, and if not, why not? One function answers the command line, benefit cards,
 * dry runs and the real request (contract 2.2). Every rule that is not met is told, never only the first.
 */
import { addDays, type Day, dayOf, instantAt } from '#domain/calendar/day.ts';
import { type DueTime, dueTime } from '#domain/calendar/due.ts';
import type { WorkCalendar } from '#domain/calendar/work-calendar.ts';
import { editionInForce, findService, firstEdition } from '#domain/plan/registry.ts';
import type { Plan, PromiseRule } from '#domain/plan/schema.ts';
import { UnknownNameError } from './errors.ts';
import { type Matter, matterOf, policyYear } from './matter.ts';
import { clockRule } from './promise-due.ts';
import type { Question } from './question.ts';
import { type Reason, reason } from './reasons.ts';
import { reasonsOfIllness, reasonsOfRecordedBar } from './rules-of-illness.ts';
import { reasonsOfCitizenship, reasonsOfPeople } from './rules-of-people.ts';
import { reasonsOfPolicy } from './rules-of-policy.ts';
import { countUses, reasonsOfOwnYear, reasonsOfUses } from './rules-of-use.ts';

export type Outcome = 'granted' | 'review' | 'refused';

/** A promise that the request starts. */
export type StartedClock = DueTime & { readonly promise: string; readonly clause: string };

export type Decision = {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  /** Limit less held and spent uses, at least 0; null = unlimited. */
  readonly remaining: number | null;
  /** In the plan's order; empty when refused. */
  readonly clocks: readonly StartedClock[];
  /** The edition that decided; null where none was in force. */
  readonly edition: Day | null;
};

/**
 * Decides on everything known, the illness included.
 * @throws UnknownNameError when no plan of that code exists (an unknown service is a refusal, service-not-in-plan)
 */
export function decide(plans: readonly Plan[], calendar: WorkCalendar, question: Question): Decision {
  return decideBy(plans, calendar, question, reasonsOfIllness);
}

/**
 * Decides as a benefit card does (contract 3, GET /api/benefits): without the rules about the illness, except a bar
 * that an earlier verified illness left, and on the best channel that the service offers.
 * @throws UnknownNameError as `decide`
 */
export function decideBenefit(plans: readonly Plan[], calendar: WorkCalendar, question: Question): Decision {
  const plan = editionInForce(plans, question.plan, dayOf(question.at));
  const offered = plan && findService(plan, question.service)?.channels.is;
  const channel = offered?.[0] ?? question.channel;
  return decideBy(plans, calendar, { ...question, channel }, reasonsOfRecordedBar);
}

/**
 * The first day, after the day of `question.at`, from which nothing refuses any more although nothing but time has
 * passed: the policy has begun, the cooling-off or waiting period is over, a new year of the limit has started. Null
 * when nothing refuses now or more than time is missing. `by` is the decision asked again at the start of that day.
 */
export function usableFrom(
  plans: readonly Plan[],
  calendar: WorkCalendar,
  question: Question,
  by: typeof decide = decide,
): Day | null {
  if (by(plans, calendar, question).outcome !== 'refused') return null;
  const { effectiveFrom, coolingOffEndsOn, waitingEndsOn } = question.policy;
  const today = dayOf(question.at);
  const turningDays = [
    effectiveFrom,
    ...[coolingOffEndsOn, waitingEndsOn, policyYear(effectiveFrom, today).to].map((last) => last && addDays(last, 1)),
  ];
  const later = turningDays.filter((day): day is Day => day !== null && day > today).sort();
  const usable = later.find((day) => {
    const at = instantAt(day, '00:00');
    return by(plans, calendar, { ...question, at }).outcome !== 'refused';
  });
  return usable ?? null;
}

function decideBy(
  plans: readonly Plan[],
  calendar: WorkCalendar,
  question: Question,
  illnessRules: (matter: Matter) => Reason[],
): Decision {
  const day = dayOf(question.at);
  const plan = editionInForce(plans, question.plan, day);
  if (!plan) return refusedAlone(null, noEdition(plans, question.plan, day));
  const service = findService(plan, question.service);
  if (!service) {
    const facts = { plan: plan.name, edition: plan.edition };
    return refusedAlone(plan.edition, reason('service-not-in-plan', plan.offers.clause, facts));
  }

  const matter = matterOf(plan, service, question);
  const uses = countUses(matter);
  const reasons = [
    ...reasonsOfPeople(matter),
    ...reasonsOfPolicy(matter),
    ...illnessRules(matter),
    ...reasonsOfCitizenship(matter),
    ...reasonsOfUses(matter, uses),
    ...reasonsOfOwnYear(matter),
  ];
  const outcome = outcomeOf(reasons);
  const clocks = outcome === 'refused' ? [] : startedClocks(matter, calendar);
  return { outcome, reasons, remaining: uses.remaining, clocks, edition: plan.edition };
}

function outcomeOf(reasons: readonly Reason[]): Outcome {
  if (reasons.some(({ effect }) => effect === 'refuse')) return 'refused';
  return reasons.length > 0 ? 'review' : 'granted';
}

function noEdition(plans: readonly Plan[], code: string, day: Day): Reason {
  const first = firstEdition(plans, code);
  if (!first) throw new UnknownNameError('unknown-plan', 'plan', code);
  const firstFrom = day < first.effectiveFrom ? first.effectiveFrom : null;
  return reason('edition-not-in-force', first.inForce.clause, { plan: first.name, day, firstFrom });
}

function refusedAlone(edition: Day | null, why: Reason): Decision {
  return { outcome: 'refused', reasons: [why], remaining: 0, clocks: [], edition };
}

/** The promises that the request itself starts, with its act and facts (contract 2.3). */
function startedClocks(matter: Matter, calendar: WorkCalendar): StartedClock[] {
  const { plan, service, question } = matter;
  return service.promises
    .filter((promise) => promise.starts.some((start) => startsNow(start, question)))
    .map((promise) => {
      const due = dueTime({ ...clockRule(plan, service, promise, calendar), from: question.at });
      return { promise: promise.code, clause: promise.clause, ...due };
    });
}

function startsNow({ on, act, given }: PromiseRule['starts'][number], question: Question): boolean {
  if (on !== 'requested' || (act && act !== question.act)) return false;
  const facts: Readonly<Record<string, boolean>> = { admissionCertificate: question.admissionCertificate };
  return Object.entries(given ?? {}).every(([fact, value]) => Object.hasOwn(facts, fact) && facts[fact] === value);
}
