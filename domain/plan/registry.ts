import type { Plan, Service } from './schema.ts';

/**
 * The edition of a plan in force on a day (YYYY-MM-DD, Shanghai): of the editions whose effectiveFrom…effectiveTo holds
 * the day (both ends included) the one that took effect last, so that a superseding edition wins from its first day.
 */
export function editionInForce(plans: readonly Plan[], code: string, day: string): Plan | undefined {
  return editionsOf(plans, code).findLast(
    (plan) => plan.effectiveFrom <= day && (plan.effectiveTo === null || day <= plan.effectiveTo),
  );
}

/** The earliest edition of a plan; it answers for moments before any was in force (contract 2.1). */
export function firstEdition(plans: readonly Plan[], code: string): Plan | undefined {
  return editionsOf(plans, code)[0];
}

/** The edition that a running case keeps, by its stored key; undefined where it is not loaded. */
export function findEdition(plans: readonly Plan[], code: string, edition: string): Plan | undefined {
  return plans.find((plan) => plan.plan === code && plan.edition === edition);
}

/** A service of a plan by its code; undefined where the plan has none of that name (also for names of Object.prototype). */
export function findService(plan: Plan, code: string): Service | undefined {
  return Object.hasOwn(plan.services, code) ? plan.services[code] : undefined;
}

function editionsOf(plans: readonly Plan[], code: string): Plan[] {
  return plans
    .filter((plan) => plan.plan === code)
    .sort((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
}
