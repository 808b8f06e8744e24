/** How many uses a limit still leaves, as screens and messages say it. */
import type { Day } from '#domain/calendar/day.ts';
import { isWithin, policyYear } from '#domain/eligibility/matter.ts';
import type { Service } from '#domain/plan/schema.ts';
import { usesOf } from '#domain/uses/ledger.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { listUses } from './clock-queries.ts';
import { findPolicy } from './question.ts';

/** Null without a limit; with `policy-year` only the uses of the year in which `day` lies count [2.2.6]. */
export async function remainingUses(
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  rule: Service['use'],
  of: { policyId: string; personId: string; service: string },
  day: Day,
): Promise<number | null> {
  if (rule.limit.is === null) return null;
  const policy = rule.per === 'policy-year' ? await findPolicy(db, ctx, of.policyId) : undefined;
  const year = policy && policyYear(policy.effectiveFrom, day);
  const uses = usesOf(await listUses(db, ctx, rule.per, of.policyId, of.personId, of.service));
  const counted = uses.filter(({ state, on }) => state !== 'released' && (!year || isWithin(on, year)));
  return Math.max(0, rule.limit.is - counted.length);
}
