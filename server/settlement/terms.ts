/** The terms that a case is settled by: its plan edition's, where the policy's own figures do not stand before them. */
import type { Day } from '#domain/calendar/day.ts';
import { type DayRange, policyYear } from '#domain/eligibility/matter.ts';
import { type SettlementParameters, type Terms, termsOf } from '#domain/money/terms.ts';
import { findEdition } from '#domain/plan/registry.ts';
import type { Text } from '#domain/plan/schema.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';

const selectPolicy = sql<{ effectiveFrom: Day; parameters: { settlement?: SettlementParameters } }>(
  'settlementTerms.policy',
  'select effective_from as "effectiveFrom", parameters from policies where insurer = $1 and id = $2',
);

/** What a purchase is settled under. */
export type Under = { plan: string; edition: string; service: string; policyId: string };
export type SettledBy = {
  terms: Terms;
  /** Shown beside invented figures; null: none are. */
  sampleLabel: Text | null;
  clause: string;
  coldChainClause: string;
  yearOf(day: Day): DayRange;
};

/** Undefined: the service is not settled directly. @throws Error for a policy or edition that is not there */
export async function findTerms(
  db: Db,
  ctx: Pick<Ctx, 'insurer' | 'plans'>,
  under: Under,
): Promise<SettledBy | undefined> {
  const plan = findEdition(ctx.plans, under.plan, under.edition);
  const rule = plan?.services[under.service]?.settlement;
  const policy = await queryOne(db, selectPolicy, [ctx.insurer, under.policyId]);
  if (!plan || !policy) throw new Error(`No edition ${under.plan} ${under.edition}, or no policy ${under.policyId}`);
  if (!rule) return undefined;
  const terms = termsOf(rule, policy.parameters);
  return {
    terms,
    sampleLabel: terms.sample ? (plan.sampleLabel ?? null) : null,
    clause: rule.clause,
    coldChainClause: rule.coldChain.clause,
    yearOf: (day) => policyYear(policy.effectiveFrom, day),
  };
}

/** For what was reserved once: its service is settled directly, or it could not be there. */
export async function getTerms(db: Db, ctx: Pick<Ctx, 'insurer' | 'plans'>, under: Under): Promise<SettledBy> {
  const found = await findTerms(db, ctx, under);
  if (!found) throw new Error(`The service ${under.service} of ${under.plan} is not settled directly`);
  return found;
}
