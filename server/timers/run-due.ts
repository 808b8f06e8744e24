/** Runs what is due: each timer in its own transaction, skipping those another worker holds. */
import type { Ctx } from '#server/platform/context.ts';
import { inTransaction, sqlState } from '#server/platform/db.ts';
import { HANDLERS } from './handlers.ts';
import { claimTimerById, failTimerRow, finishTimerRow, listDueTimers } from './timers.ts';

/**
 * Runs timers due at or before `until`, the earliest first, at most `limit`; returns how many ran. `at` fixes the
 * business moment a timer believes it is: the sandbox passes its own due moment while it moves time.
 */
export async function runDueTimers(ctx: Ctx, until: Date, limit: number, at?: Date): Promise<number> {
  const due = await listDueTimers(ctx.pool, ctx, until, limit);
  let ran = 0;
  for (const { id } of due) {
    try {
      ran += await inTransaction(ctx.pool, async (db) => {
        const timer = await claimTimerById(db, ctx, id);
        if (!timer) return 0;
        const now = at ?? (await ctx.clock.now(db));
        const handler = HANDLERS[timer.kind];
        if (!handler) throw new Error(`No handler for timers of kind "${timer.kind}"`);
        await handler(ctx, db, timer, now);
        await finishTimerRow(db, ctx, id, now);
        return 1;
      });
    } catch (error) {
      ctx.log.error({ err: error, timer: id }, 'a timer failed; it is tried again');
      await failTimerRow(ctx.pool, ctx, id, sqlState(error) ?? (error as Error).name);
    }
  }
  return ran;
}
