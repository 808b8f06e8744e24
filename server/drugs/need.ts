/** Where the person of a case wants which drug, for finding a pharmacy [2.6.2.9.2]. */
import type { Context } from '#domain/journeys/special-drug/context-v1.ts';
import { getVisibleCase } from '#server/cases/access.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';

/** Undefined for a case without a drug. @throws Problem not-found, minor-approval-needed */
export async function findNeedOfCase(
  ctx: Ctx,
  actor: Actor,
  caseId: string,
): Promise<{ city: string; drug: string } | undefined> {
  const { row } = await getVisibleCase(ctx.pool, ctx, actor, caseId, await ctx.clock.now(ctx.pool));
  const { memory } = await openCaseForEvent(ctx.pool, ctx, row);
  const { drug } = memory.chart as unknown as Partial<Context>;
  const { city } = memory.request.form;
  return drug && typeof city === 'string' ? { city, drug: drug.name } : undefined;
}
