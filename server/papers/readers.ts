/** Kinds of paper that a plan gives to few: who may read one in a case, and nobody else (PIPL 28, 健康保险管理办法 on gene tests). */
import type { CaseRole } from '#domain/journeys/journey.ts';
import type { Plan } from '#domain/plan/schema.ts';

type Readers = NonNullable<Plan['paperKinds'][number]['readers']>;
type ReadingCase = {
  plan: Plan;
  history: readonly { name: string }[];
  assignee: string | null;
};

const readersOf = (plan: Plan, kind: string): Readers | undefined =>
  plan.paperKinds.find((one) => one.kind === kind)?.readers;

/** Is a kind given to few by any of these plans? */
export const isRestricted = (plans: readonly Plan[], kind: string): boolean =>
  plans.some((plan) => readersOf(plan, kind) !== undefined);

/** May this role read a paper of the kind in this case now? Of the case managers only the one who has the case. */
export function mayReadKind(
  { plan, history, assignee }: ReadingCase,
  kind: string,
  reader: { role: CaseRole; accountId: string | null },
): boolean {
  const readers = readersOf(plan, kind);
  if (!readers) return true;
  const { always, from } = readers;
  const roles: readonly string[] = history.some(({ name }) => name === from.milestone)
    ? [...always, ...from.also]
    : always;
  if (!roles.includes(reader.role)) return false;
  return reader.role !== 'case-manager' || (assignee !== null && assignee === reader.accountId);
}
