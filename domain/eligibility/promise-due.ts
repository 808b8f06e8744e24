/** When a promise of a plan falls due: the plan's words turned into a clock's rule, once for every caller. */

import { type Day, dayOf } from '#domain/calendar/day.ts';
import { type ClockRule, type DueTime, dueTime } from '#domain/calendar/due.ts';
import type { WorkCalendar } from '#domain/calendar/work-calendar.ts';
import { editionInForce, findService, firstEdition } from '#domain/plan/registry.ts';
import type { Plan, PromiseRule, Service, TargetRule } from '#domain/plan/schema.ts';
import { UnknownNameError } from './errors.ts';
import type { PromiseQuestion } from './question.ts';

/** How a promise or target of this service counts: its own hours for service minutes, the plan's working day for days. */
export function clockRule(
  plan: Plan,
  service: Service,
  promise: PromiseRule | TargetRule,
  calendar: WorkCalendar,
): ClockRule {
  const { opens, closes } = plan.workingDay;
  return { term: promise.term, hours: service.hours, dayOpens: opens, dayCloses: closes, calendar };
}

/**
 * When a promise made at `from` falls due, and by which clause (contract 2.1). The edition in force at `from` answers;
 * before the first edition the first, after the last its last.
 * @throws UnknownNameError for a plan, service or promise that does not exist; TimeError for a pause that ends before it begins
 */
export function promiseDue(
  plans: readonly Plan[],
  calendar: WorkCalendar,
  question: PromiseQuestion,
): DueTime & { readonly clause: string } {
  const plan = editionFor(plans, question.plan, question.from);
  if (!plan) throw new UnknownNameError('unknown-plan', 'plan', question.plan);
  const service = findService(plan, question.service);
  if (!service) throw new UnknownNameError('unknown-service', 'service', question.service);
  const promise = service.promises.find(({ code }) => code === question.promise);
  if (!promise) throw new UnknownNameError('unknown-promise', 'promise', question.promise);
  const rule = clockRule(plan, service, promise, calendar);
  return { ...dueTime({ ...rule, from: question.from, paused: question.paused }), clause: promise.clause };
}

function editionFor(plans: readonly Plan[], code: string, at: Date): Plan | undefined {
  const day = dayOf(at);
  return editionInForce(plans, code, day) ?? lastStarted(plans, code, day) ?? firstEdition(plans, code);
}

function lastStarted(plans: readonly Plan[], code: string, day: Day): Plan | undefined {
  const openEnded = plans.filter((plan) => plan.plan === code).map((plan) => ({ ...plan, effectiveTo: null }));
  return editionInForce(openEnded, code, day);
}
