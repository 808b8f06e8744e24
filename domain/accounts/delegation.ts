/** Who may act for whom: a matter (a service code, or all) until a day. */
export type DelegationFact = { readonly matter: string; readonly until: string; readonly endedAt: Date | null };

export const ALL_MATTERS = 'all';

/** Does this delegation hold for the matter on the day? The last day counts; one taken back never does. */
export function delegationHolds(delegation: DelegationFact, matter: string, day: string): boolean {
  const covers = delegation.matter === ALL_MATTERS || delegation.matter === matter;
  return covers && delegation.endedAt === null && day <= delegation.until;
}
