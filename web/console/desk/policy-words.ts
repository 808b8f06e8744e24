import type { PersonFile } from '../../shared/types.ts';
import { m } from '../messages.ts';

type Policy = PersonFile['policies'][number];

const ROLES: Record<string, () => string> = {
  policyholder: m.console_relation_policyholder,
  insured: m.console_relation_insured,
  beneficiary: m.console_relation_beneficiary,
};
const STATES: Record<string, () => string> = {
  'in-force': m.console_policy_in_force,
  suspended: m.console_policy_suspended,
  terminated: m.console_policy_terminated,
};

/** What somebody is on a policy, in words. */
export const policyRole = (role: string): string => ROLES[role]?.() ?? role;
export const policyState = (state: string): string => STATES[state]?.() ?? state;

/** One row a policy: somebody who holds it and is insured by it is listed once, as both. */
export function joinRoles(policies: readonly Policy[]): (Policy & { roles: string[] })[] {
  return [...new Map(policies.map((policy) => [policy.id, policy])).values()].map((policy) => ({
    ...policy,
    roles: policies.filter(({ id }) => id === policy.id).map(({ role }) => policyRole(role)),
  }));
}

/** The persons of a policy, each once, with all that they are on it. */
export function personsOf({ persons }: Policy): { name: string; roles: string[] }[] {
  return [...new Set(persons.map(({ id }) => id))].map((id) => {
    const same = persons.filter((one) => one.id === id);
    return { name: same[0]!.name, roles: same.map(({ role }) => policyRole(role)) };
  });
}
