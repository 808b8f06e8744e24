import type { Limit } from '#domain/accounts/limits.ts';
import type { Ctx } from '#server/platform/context.ts';
import { keyedHash } from '#server/platform/crypto.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';

type Counted = { count: number; startedAt: Date };

const countUp = sql<Counted>(
  'limits.countUp',
  `insert into rate_limits as l (insurer, bucket, window_started_at, count) values ($1, $2, $3, 1)
   on conflict (insurer, bucket) do update set
     count = case when l.window_started_at <= $4 then 1 else l.count + 1 end,
     window_started_at = case when l.window_started_at <= $4 then $3 else l.window_started_at end
   returning count, window_started_at as "startedAt"`,
);
const look = sql<Counted>(
  'limits.look',
  `select count, window_started_at as "startedAt" from rate_limits
    where insurer = $1 and bucket = $2 and window_started_at > $3`,
);
const restart = sql<never>(
  'limits.restart',
  `update rate_limits set window_started_at = $3 where insurer = $1 and bucket = $2`,
);
const forget = sql<never>('limits.forget', `delete from rate_limits where insurer = $1 and bucket = $2`);
const sweep = sql<never>('limits.sweep', `delete from rate_limits where insurer = $1 and window_started_at < $2`);

/** The bucket of a rule and a value; the value is hashed, as it may be a number, an e-mail or an address. */
export function bucketOf(ctx: Ctx, rule: string, value: string): string {
  return `${rule}:${keyedHash(ctx.keyRing, ctx.insurer, 'rate-limit', value).toString('hex')}`;
}

/** Counts one try in machine time; `too-many-requests` (429, with `retryAfter` in seconds) once there were too many. */
export async function takeTry(db: Db, ctx: Ctx, bucket: string, limit: Limit, machine: Date): Promise<void> {
  const found = await countTry(db, ctx, bucket, limit, machine);
  if (found.count > limit.count) throw tooMany(found.startedAt, limit, machine);
}

/** Counts one try and says how many are left; 0 when this was the last. */
export async function countTry(db: Db, ctx: Ctx, bucket: string, limit: Limit, machine: Date): Promise<Counted> {
  const windowStart = new Date(machine.getTime() - limit.seconds * 1000);
  const found = await queryOne(db, countUp, [ctx.insurer, bucket, machine, windowStart]);
  // The wait counts from the last failure that filled the bucket, not from the first one.
  if (found && found.count === limit.count) await query(db, restart, [ctx.insurer, bucket, machine]);
  return found!;
}

/** Throws `too-many-requests` when the bucket is full; counts nothing. */
export async function refuseWhenFull(db: Db, ctx: Ctx, bucket: string, limit: Limit, machine: Date): Promise<void> {
  const windowStart = new Date(machine.getTime() - limit.seconds * 1000);
  const found = await queryOne(db, look, [ctx.insurer, bucket, windowStart]);
  if (found && found.count >= limit.count) throw tooMany(found.startedAt, limit, machine);
}

/** Empties a bucket: after a success, or when an administrator unlocks. */
export async function forgetTries(db: Db, ctx: Ctx, bucket: string): Promise<void> {
  await query(db, forget, [ctx.insurer, bucket]);
}

/** Until when a full bucket stays full; null when it is not full. Machine time. */
export async function fullUntil(db: Db, ctx: Ctx, bucket: string, limit: Limit, machine: Date): Promise<Date | null> {
  const windowStart = new Date(machine.getTime() - limit.seconds * 1000);
  const found = await queryOne(db, look, [ctx.insurer, bucket, windowStart]);
  if (!found || found.count < limit.count) return null;
  return new Date(found.startedAt.getTime() + limit.seconds * 1000);
}

/** Deletes buckets untouched for two days; the worker's housekeeping. */
export async function sweepLimits(db: Db, ctx: Ctx, machine: Date): Promise<void> {
  await query(db, sweep, [ctx.insurer, new Date(machine.getTime() - 2 * 86_400_000)]);
}

function tooMany(startedAt: Date, limit: Limit, machine: Date): Problem {
  const seconds = Math.max(1, Math.ceil((startedAt.getTime() + limit.seconds * 1000 - machine.getTime()) / 1000));
  return new Problem('too-many-requests', { extra: { retryAfter: seconds } });
}
