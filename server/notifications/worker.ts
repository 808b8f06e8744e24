/** The worker's part: empties every insurer's outbox, and sends text messages through pg-boss. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type JobResult, PgBoss } from 'pg-boss';
import type { Ctx } from '#server/platform/context.ts';
import { dispatchBatch, handOver, sendReady } from './dispatcher.ts';
import { giveUpDelivery, sendDelivery } from './outside.ts';
import { SMS_GIVEN_UP, SMS_QUEUE } from './queues.ts';

type SmsJob = { insurer: string; delivery: string };
export type DispatcherOptions = { appUrl: string; signal?: AbortSignal; pollMs?: number };

const LONGEST_WAIT_MS = 15_000;

/**
 * Runs until `stop` or `signal`. Polls every 250 ms while there is nothing to do; a database that does not answer is
 * asked again after ever longer waits. pg-boss starts only where messages really leave the house; `migrate` has made
 * its queues.
 */
export async function startDispatcher(
  ctxs: readonly Ctx[],
  options: DispatcherOptions,
): Promise<{ stop(): Promise<void> }> {
  const ended = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
  const boss = ctxs.some(({ sms }) => sms.outcome === 'sent') ? await startJobs(ctxs, options.appUrl) : undefined;
  const loops = ctxs.map((ctx) => loop(ctx, boss, signal, options.pollMs ?? 250));
  return {
    async stop() {
      ended.abort();
      await Promise.all(loops);
      await boss?.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

async function loop(ctx: Ctx, boss: PgBoss | undefined, signal: AbortSignal, pollMs: number): Promise<void> {
  for (let wait = pollMs; !signal.aborted; ) {
    try {
      const taken =
        (await dispatchBatch(ctx)) +
        (ctx.sms.outcome === 'sent' && boss ? await handOver(ctx, boss) : await sendReady(ctx));
      wait = taken > 0 ? 0 : pollMs;
    } catch (error) {
      ctx.log.error({ err: error }, 'the outbox could not be worked off');
      wait = Math.min(LONGEST_WAIT_MS, Math.max(pollMs, wait) * 2);
    }
    await sleep(wait, undefined, { signal }).catch(() => {});
  }
}

async function startJobs(ctxs: readonly Ctx[], appUrl: string): Promise<PgBoss> {
  const log = ctxs[0]?.log;
  const boss = new PgBoss({
    connectionString: appUrl,
    schema: 'pgboss',
    migrate: false,
    createSchema: false,
    schedule: false,
    reindex: false,
    max: 4,
    application_name: 'yilu jobs',
  });
  boss.on('error', (error) => log?.error({ err: error }, 'pg-boss reports an error'));
  await boss.start();
  const find = ({ insurer }: SmsJob) => ctxs.find((ctx) => ctx.insurer === insurer);
  await boss.work<SmsJob, void, { batchSize: number; perJobResults: true; pollingIntervalSeconds: number }>(
    SMS_QUEUE,
    { batchSize: 20, perJobResults: true, pollingIntervalSeconds: 1 },
    (jobs) => Promise.all(jobs.map(({ id, data }) => runSms(find(data), id, data))),
  );
  await boss.work<SmsJob>(SMS_GIVEN_UP, { batchSize: 20, pollingIntervalSeconds: 5 }, async (jobs) => {
    for (const { data } of jobs) {
      const ctx = find(data);
      if (ctx) await giveUpDelivery(ctx, data.delivery);
    }
  });
  return boss;
}

/** What pg-boss keeps of a failure is a code: errors of the database may quote what they were given. */
async function runSms(ctx: Ctx | undefined, id: string, { delivery }: SmsJob): Promise<JobResult> {
  if (!ctx) return { id, status: 'failed', output: { code: 'not-this-worker' } };
  try {
    const attempt = await sendDelivery(ctx, delivery);
    return attempt === 'done' ? { id, status: 'completed' } : { id, status: 'failed', output: { code: 'retry' } };
  } catch (error) {
    ctx.log.error({ err: error, delivery }, 'a text message could not be sent');
    return { id, status: 'failed', output: { code: (error as Error).name } };
  }
}
