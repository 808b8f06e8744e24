import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { sweepCodes } from './codes.ts';
import { sweepLimits } from './rate-limits.ts';

const sweepSessions = sql<never>(
  'sessions.sweep',
  `delete from sessions where insurer = $1 and (expires_at < $2 or ended_at < $2)`,
);
const monthMs = 30 * 86_400_000;

/** Deletes what has run out: codes after a day, limits after two, sessions after thirty. Machine time; for the worker, hourly. */
export async function sweepSignIns(db: Db, ctx: Ctx, machine: Date): Promise<void> {
  await sweepCodes(db, ctx, machine);
  await sweepLimits(db, ctx, machine);
  await query(db, sweepSessions, [ctx.insurer, new Date(machine.getTime() - monthMs)]);
}
