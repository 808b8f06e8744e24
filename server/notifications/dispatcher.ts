/** Works off the outbox: messages into inboxes and deliveries, live rows into one NOTIFY a batch. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { PgBoss } from 'pg-boss';
import { type LiveEvent, notifyLive } from '#server/live/notify.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, sql } from '#server/platform/db.ts';
import { deliverMessage } from './deliver.ts';
import {
  backOff,
  claimOutbox,
  countPending,
  dropOutbox,
  failOutbox,
  finishOutbox,
  MOST_ATTEMPTS,
  type OutboxRow,
} from './outbox-queries.ts';
import { giveUpDelivery, sendDelivery } from './outside.ts';
import { SMS_QUEUE } from './queues.ts';

const BATCH = 50;
/** How long a drain waits for what another dispatcher holds. */
const PATIENCE_MS = 10_000;

const listReady = sql<{ id: string; attempts: number }>(
  'dispatcher.listReady',
  `select id, attempts from deliveries where insurer = $1 and state = 'ready' and (next_try_at is null or next_try_at <= $2) order by id limit $3`,
);
const claimReady = sql<{ id: string; jobId: string }>(
  'dispatcher.claimReady',
  `select id, job_id as "jobId" from deliveries where insurer = $1 and state = 'ready' order by id limit $2 for update skip locked`,
);
const markQueued = sql<never>(
  'dispatcher.markQueued',
  `update deliveries set state = 'queued' where insurer = $1 and id = any($2)`,
);

/** One batch in one transaction, each row behind its own savepoint; then its NOTIFY. Returns how many rows it took. */
export async function dispatchBatch(ctx: Ctx, limit = BATCH): Promise<number> {
  const machine = machineNow();
  const { rows, events } = await inTransaction(ctx.pool, async (db) => {
    const claimed = await claimOutbox(db, ctx, machine, limit);
    if (claimed.length === 0) return { rows: claimed, events: [] };
    const now = await ctx.clock.now(db);
    const told: OutboxRow[] = [];
    const heard: LiveEvent[] = [];
    for (const row of claimed.filter(({ channel }) => channel === 'message')) {
      const events = await tryOne(db, ctx, row, () => deliverMessage(db, ctx, row, now));
      if (!events) continue;
      told.push(row);
      heard.push(...events);
    }
    const live = claimed.filter(({ channel }) => channel === 'live');
    if (told.length > 0)
      await finishOutbox(
        db,
        ctx,
        told.map(({ id }) => id),
        machine,
      );
    if (live.length > 0)
      await dropOutbox(
        db,
        ctx,
        live.map(({ id }) => id),
      );
    return {
      rows: claimed,
      events: [...heard, ...live.map((row) => ({ kind: row.liveKind ?? 'clock', id: row.caseId }))],
    };
  });
  if (events.length > 0) await notifyLive(ctx.pool, ctx.insurer, events);
  return rows.length;
}

/** A row that fails is left for later and takes no other row with it. */
async function tryOne(
  db: Db,
  ctx: Ctx,
  row: OutboxRow,
  work: () => Promise<LiveEvent[]>,
): Promise<LiveEvent[] | undefined> {
  await db.query('savepoint one_message');
  try {
    const events = await work();
    await db.query('release savepoint one_message');
    return events;
  } catch (error) {
    await db.query('rollback to savepoint one_message');
    const given = row.attempts + 1 >= MOST_ATTEMPTS;
    ctx.log.error({ err: error, outbox: row.id, template: row.template, given }, 'a message could not be written');
    await failOutbox(db, ctx, row.id, (error as Error).name, backOff(machineNow(), row.attempts));
    return undefined;
  }
}

/** Sends what is ready from this process: the sandbox, where nothing leaves the house. Returns how many were tried. */
export async function sendReady(ctx: Ctx): Promise<number> {
  const rows = await query(ctx.pool, listReady, [ctx.insurer, machineNow(), BATCH]);
  for (const { id, attempts } of rows) {
    if (attempts >= MOST_ATTEMPTS) await giveUpDelivery(ctx, id);
    else await sendDelivery(ctx, id);
  }
  return rows.length;
}

/**
 * Hands what is ready to pg-boss, which counts the tries. A crash between the two leaves the delivery ready: handed
 * over again under the same job id it makes no second job. Returns how many went.
 */
export async function handOver(ctx: Ctx, boss: Pick<PgBoss, 'insert'>): Promise<number> {
  return await inTransaction(ctx.pool, async (db) => {
    const rows = await query(db, claimReady, [ctx.insurer, BATCH]);
    if (rows.length === 0) return 0;
    await boss.insert(
      SMS_QUEUE,
      rows.map(({ id, jobId }) => ({ id: jobId, data: { insurer: ctx.insurer, delivery: id } })),
    );
    await query(db, markQueued, [ctx.insurer, rows.map(({ id }) => id)]);
    return rows.length;
  });
}

/**
 * Works off everything that is pending right now and waits for what another dispatcher holds, so that after it nothing
 * caused before is still on its way: the sandbox's clock calls it before it returns. Text messages go out from here
 * only where they stay in the viewer; else they wait for the worker. Returns how many rows it took.
 */
export async function drainMessages(ctx: Ctx): Promise<number> {
  let until = machineNow().getTime() + PATIENCE_MS;
  let taken = 0;
  while (machineNow().getTime() < until) {
    const rows = await dispatchBatch(ctx);
    const sent = ctx.sms.outcome === 'shown' ? await sendReady(ctx) : 0;
    taken += rows;
    if (rows + sent > 0) {
      until = machineNow().getTime() + PATIENCE_MS;
      continue;
    }
    if ((await countPending(ctx.pool, ctx, machineNow())) === 0) return taken;
    await sleep(15);
  }
  throw new Error(`Messages were still held by another dispatcher after ${PATIENCE_MS / 1000} s.`);
}
