/** A browser on its way through WeChat: known by a cookie, expected back once with its state, within ten minutes. */
import { hashToken } from '#server/accounts/cookies.ts';
import { openInsurer, sealInsurer } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { openidHash } from './bindings.ts';

/** Machine time for the way there and back, and again for proving who one is. */
const VISIT_MS = 10 * 60_000;
const NOTHING = Buffer.alloc(0);

export type Visit = { id: string; target: string };
/** Somebody unknown to us came back; `openid` is whom WeChat says she is. */
export type KnownVisit = Visit & { openid: string };

const insert = sql<never>(
  'wechatVisits.insert',
  `insert into wechat_visits (insurer, id, token_hash, state_hash, target, expires_at) values ($1, $2, $3, $4, $5, $6)`,
);
// The state is taken away as it is found: of two returns with one state, one finds it.
const take = sql<Visit>(
  'wechatVisits.take',
  `update wechat_visits set state_hash = $5
    where insurer = $1 and token_hash = $2 and state_hash = $3 and expires_at > $4 returning id, target`,
);
const keep = sql<never>(
  'wechatVisits.keep',
  'update wechat_visits set openid_hash = $3, sealed = $4, expires_at = $5 where insurer = $1 and id = $2',
);
const find = sql<Visit & { sealed: Buffer }>(
  'wechatVisits.find',
  `select id, target, sealed from wechat_visits
    where insurer = $1 and token_hash = $2 and sealed is not null and expires_at > $3 for update`,
);
const end = sql<never>('wechatVisits.end', 'delete from wechat_visits where insurer = $1 and id = $2');
const sweep = sql<never>('wechatVisits.sweep', 'delete from wechat_visits where insurer = $1 and expires_at < $2');

/** Remembers a browser (by the token of its cookie) that leaves for WeChat with `state`. Machine time. */
export async function beginVisit(
  db: Db,
  ctx: Ctx,
  visit: { token: string; state: string; target: string },
  machine: Date,
): Promise<void> {
  const { token, state, target } = visit;
  const until = new Date(machine.getTime() + VISIT_MS);
  await query(db, insert, [ctx.insurer, uuidv7(), hashToken(token), hashToken(state), target, until]);
}

/** The visit that comes back, once; undefined for another browser, another state, a second time, or too late. */
export const takeVisit = (
  db: Db,
  ctx: Ctx,
  back: { token: string; state: string },
  machine: Date,
): Promise<Visit | undefined> =>
  queryOne(db, take, [ctx.insurer, hashToken(back.token), hashToken(back.state), machine, NOTHING]);

/** Keeps whom WeChat named until she proved who she is to us. */
export async function keepOpenid(db: Db, ctx: Ctx, visitId: string, openid: string, machine: Date): Promise<void> {
  const sealed = sealInsurer(ctx, 'wechat_visits', visitId, { openid });
  const until = new Date(machine.getTime() + VISIT_MS);
  await query(db, keep, [ctx.insurer, visitId, openidHash(ctx, openid), sealed, until]);
}

/** The visit of this browser that waits for the check, locked; undefined when there is none or it is over. */
export async function findVisit(db: Db, ctx: Ctx, token: string, machine: Date): Promise<KnownVisit | undefined> {
  const row = await queryOne(db, find, [ctx.insurer, hashToken(token), machine]);
  if (!row) return undefined;
  const { openid } = openInsurer<{ openid: string }>(ctx, 'wechat_visits', row.id, row.sealed);
  return { id: row.id, target: row.target, openid };
}

export async function endVisit(db: Db, ctx: Ctx, visitId: string): Promise<void> {
  await query(db, end, [ctx.insurer, visitId]);
}
/** Deletes visits that ran out; the worker's housekeeping. */
export async function sweepVisits(db: Db, ctx: Ctx, machine: Date): Promise<void> {
  await query(db, sweep, [ctx.insurer, machine]);
}
