/** What can be done where a service cannot be used: which comes nearest, and which papers would change the answer. */
import { RULES_ABOUT_ILLNESS, type RuleName } from '../eligibility/reasons.ts';
import type { Plan, Service } from './schema.ts';

/**
 * The other services of the plan, the nearest first: those it names instead, then those behind the same door, then the
 * rest in its own order.
 */
export function nearestFirst(plan: Plan, code: string): string[] {
  const service = plan.services[code];
  const doors = new Set(service?.doors.map(({ door }) => door));
  const rank = (other: string): number => {
    const named = service?.instead.indexOf(other) ?? -1;
    if (named >= 0) return named;
    const near = plan.services[other]?.doors.some(({ door }) => doors.has(door));
    return (service?.instead.length ?? 0) + (near ? 0 : 1);
  };
  return Object.keys(plan.services)
    .filter((other) => other !== code)
    .map((other, place) => ({ other, place, rank: rank(other) }))
    .sort((a, b) => a.rank - b.rank || a.place - b.place)
    .map(({ other }) => other);
}

/**
 * Papers of the service by which the rules that are not met could be met: proofs of who applies, and what the plan takes
 * as evidence of an illness. Empty where no paper can change it, as for a use that is spent.
 */
export function papersThatChange(
  plan: Plan,
  service: Service,
  rules: readonly RuleName[],
): readonly Service['papers'][number][] {
  const evidence = new Set(plan.illnesses.flatMap((illness) => illness.evidence));
  const fits = ({ kind, required }: Service['papers'][number]): boolean =>
    rules.some((rule) =>
      rule === 'guardian-needed'
        ? required === 'guardian'
        : rule === 'applicant-not-entitled'
          ? required === 'agent'
          : RULES_ABOUT_ILLNESS.includes(rule) && required === 'always' && evidence.has(kind),
    );
  return service.papers.filter(fits);
}
