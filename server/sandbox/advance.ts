/** Moves the sandbox's time forward through everything that falls due on the way, in order, and drains what it caused. */
import { sealPending } from '#server/audit/sealer.ts';
import type { InsurerContext } from '#server/ground.ts';
import { drainMessages } from '#server/notifications/dispatcher.ts';
import { callOutside } from '#server/outgoing/call-outside.ts';
import { moveSandboxClockTo, sandboxClock } from '#server/platform/clock.ts';
import type { Database } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { runDueTimers } from '#server/timers/run-due.ts';
import { findOldestTimer } from '#server/timers/timers.ts';

/** Any constant will do; two moves at once would mix, so the second waits for the first. */
const SANDBOX_LOCK = 7_165_421_002;

/** When it returns, every clock, lapse and reminder up to `to` has happened. @throws Problem clock-backwards */
export async function advanceSandbox(database: Database, contexts: readonly InsurerContext[], to: Date): Promise<Date> {
  const client = await database.system.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [SANDBOX_LOCK]);
    if (to < (await sandboxClock.now(database.system))) throw new Problem('clock-backwards');
    // What was left to tell before the jump is told at its own time.
    for (const ctx of contexts) await callOutside(ctx);
    for (;;) {
      const next = await earliest(contexts, to);
      if (!next) break;
      const now = await sandboxClock.now(database.system);
      if (next.at > now) await moveSandboxClockTo(database.system, next.at);
      const moment = next.at > now ? next.at : now;
      if ((await runDueTimers(next.ctx, next.at, 50, moment)) === 0) break;
      // Told at once, so that a message says how things stood then, not how they stand after the jump.
      await callOutside(next.ctx);
      while ((await drainMessages(next.ctx)) > 0);
    }
    const now = await sandboxClock.now(database.system);
    if (to > now) await moveSandboxClockTo(database.system, to);
    for (const ctx of contexts) {
      while ((await drainMessages(ctx)) > 0);
      await sealPending(ctx);
    }
    return sandboxClock.now(database.system);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [SANDBOX_LOCK]).catch(() => {});
    client.release();
  }
}

async function earliest(
  contexts: readonly InsurerContext[],
  to: Date,
): Promise<{ ctx: InsurerContext; at: Date } | undefined> {
  const found = await Promise.all(contexts.map(async (ctx) => ({ ctx, at: await findOldestTimer(ctx.pool, ctx) })));
  return found
    .filter((one): one is { ctx: InsurerContext; at: Date } => one.at !== null && one.at <= to)
    .sort((a, b) => a.at.getTime() - b.at.getTime())[0];
}

/** ISO 8601 durations of days, hours, minutes and seconds, as milliseconds. */
export function durationMs(text: string): number {
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text) ?? [];
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
