/** Sends what leaves the house, one delivery at a time, each under its own idempotency key. */
import { mayLeaveFrom } from '#domain/messages/quiet-hours.ts';
import { openSecrets } from '#server/accounts/accounts.ts';
import { SmsFailed } from '#server/gateways/sms.ts';
import { findPerson } from '#server/persons/queries.ts';
import { openFor } from '#server/persons/seal.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import type { Timer } from '#server/timers/timers.ts';
import { waitUntil } from './deliver.ts';
import { backOff } from './outbox-queries.ts';
import { mayBeTold } from './recipients.ts';
import { type Channel, sendAsText, sendByWeChat, WECHAT_TRIES } from './wechat.ts';

/** done: nothing more to do for this delivery. retry: the gateway may take it later, under the same key. */
export type Attempt = 'done' | 'retry';
type DeliveryRow = {
  id: string;
  personId: string;
  channel: Channel;
  state: string;
  urgent: boolean;
  sealed: Buffer;
  attempts: number;
  leavesAt: Date;
};

const lockDelivery = sql<DeliveryRow>(
  'outside.lock',
  `select id, person_id as "personId", channel, state, urgent, sealed, attempts, leaves_at as "leavesAt" from deliveries where insurer = $1 and id = $2 for update`,
);
const settle = sql<never>(
  'outside.settle',
  `update deliveries set state = $3, last_error = $4, settled_at = $5, outside_id = $6, next_try_at = null
    where insurer = $1 and id = $2 and state in ('ready', 'queued')`,
);
const countAttempt = sql<never>(
  'outside.attempt',
  'update deliveries set attempts = attempts + 1 where insurer = $1 and id = $2',
);
const putOff = sql<never>(
  'outside.putOff',
  `update deliveries set last_error = $3, next_try_at = $4 where insurer = $1 and id = $2 and state in ('ready', 'queued')`,
);
const wait = sql<never>(
  'outside.wait',
  `update deliveries set state = 'waiting', leaves_at = $3 where insurer = $1 and id = $2 and state in ('ready', 'queued')`,
);
// A new job id: the job of the time before is done and its id is used up.
const release = sql<never>(
  'outside.release',
  `update deliveries set state = 'ready', job_id = $3, next_try_at = null where insurer = $1 and id = $2 and state = 'waiting'`,
);
const accountOfPerson = sql<{ id: string; personId: string; sealed: Buffer }>(
  'outside.account',
  'select id, person_id as "personId", sealed from accounts where insurer = $1 and person_id = $2',
);

/** The timer `send-outside`: it is 8:00, and the delivery it speaks of may go. */
export async function sendOutside(ctx: Ctx, db: Db, timer: Timer): Promise<void> {
  await query(db, release, [ctx.insurer, timer.subject, uuidv7()]);
}

/**
 * Tries one delivery, unless it went already. Looks again whether it may go: meanwhile the person may have died, and
 * the hour may be late. Between the call and the note that it went lies a gap; a crash there sends again under the
 * same key, which the gateway knows.
 */
export async function sendDelivery(ctx: Ctx, id: string): Promise<Attempt> {
  const outgoing = await inTransaction(ctx.pool, (db) => takeUp(db, ctx, id));
  if (!outgoing) return 'done';
  if (outgoing.channel === 'wechat') return await tryWeChat(ctx, id, outgoing);
  try {
    await ctx.sms.send({ to: outgoing.to, body: outgoing.body, key: id, lang: 'zh', at: outgoing.at });
  } catch (error) {
    if (!(error instanceof SmsFailed)) throw error;
    if (!error.retry) return await end(ctx, id, 'failed', error.code);
    await query(ctx.pool, putOff, [ctx.insurer, id, error.code, backOff(machineNow(), outgoing.attempts)]);
    return 'retry';
  }
  return await end(ctx, id, ctx.sms.outcome, null);
}

/** What WeChat refuses, or is too long in taking, goes as a text message instead. */
async function tryWeChat(ctx: Ctx, id: string, { personId, body, at, attempts }: Outgoing): Promise<Attempt> {
  const tried = await sendByWeChat(ctx, { id, personId, body, at });
  if (tried.outcome === 'sent') return await end(ctx, id, 'sent', null, tried.outsideId);
  if (tried.outcome === 'busy' && attempts + 1 < WECHAT_TRIES) {
    await query(ctx.pool, putOff, [ctx.insurer, id, tried.code, backOff(machineNow(), attempts)]);
    return 'retry';
  }
  await sendAsText(ctx, { id, personId }, tried.code);
  return 'done';
}

/** After the last try. */
export const giveUpDelivery = (ctx: Ctx, id: string): Promise<Attempt> => end(ctx, id, 'failed', 'given-up');

type Outgoing = { personId: string; channel: Channel; to: string; body: string; at: Date; attempts: number };

async function takeUp(db: Db, ctx: Ctx, id: string): Promise<Outgoing | undefined> {
  const row = await queryOne(db, lockDelivery, [ctx.insurer, id]);
  if (!row || (row.state !== 'ready' && row.state !== 'queued')) return undefined;
  const drop = async (why: string) => {
    await query(db, settle, [ctx.insurer, id, 'dropped', why, machineNow(), null]);
    return undefined;
  };
  const now = await ctx.clock.now(db);
  if (!(await mayBeTold(db, ctx, row.personId, now))) return await drop('no-recipient');
  // What stays in the sandbox's viewer leaves at its own moment, however far the clock was moved since.
  const at = ctx.sms.outcome === 'shown' ? row.leavesAt : now;
  const opens = mayLeaveFrom(at, row.urgent);
  if (opens) {
    await query(db, wait, [ctx.insurer, id, opens]);
    await waitUntil(db, ctx, id, opens);
    return undefined;
  }
  const { personId, channel } = row;
  const to = channel === 'sms' ? await findNumber(db, ctx, personId) : '';
  if (channel === 'sms' && !to) return await drop('no-number');
  await query(db, countAttempt, [ctx.insurer, id]);
  const { body } = await openFor<{ body: string }>(db, ctx, row.personId, 'deliveries', id, row.sealed);
  return { personId, channel, to, body, at, attempts: row.attempts };
}

/** The number she signs in with, which was proven; else the one on file. */
async function findNumber(db: Db, ctx: Ctx, personId: string): Promise<string> {
  const account = await queryOne(db, accountOfPerson, [ctx.insurer, personId]);
  const proven = account && (await openSecrets(db, ctx, account)).phone;
  return proven || ((await findPerson(db, ctx, personId))?.phone ?? '');
}

async function end(
  ctx: Ctx,
  id: string,
  state: string,
  error: string | null,
  outsideId: string | null = null,
): Promise<Attempt> {
  await query(ctx.pool, settle, [ctx.insurer, id, state, error, machineNow(), outsideId]);
  return 'done';
}
