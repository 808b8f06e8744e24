/** The worker process: timers, messages, seals. Any number may run; due rows are claimed with skip locked. */
import { createServer } from 'node:http';
import { sweepSignIns } from './accounts/housekeeping.ts';
import { sealPending } from './audit/sealer.ts';
import { openGround } from './ground.ts';
import { pullSlots } from './hospital/pull-slots.ts';
import { startDispatcher } from './notifications/worker.ts';
import { callOutside } from './outgoing/call-outside.ts';
import { sweepStrayFiles } from './papers/sweep.job.ts';
import { assertSandboxStarted, machineNow } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { readiness } from './platform/health.ts';
import { sweepIdempotency } from './platform/idempotency.ts';
import { runDueTimers } from './timers/run-due.ts';
import { sweepUploads } from './uploads/parts.ts';
import { sweepVideo } from './video/presence.ts';
import { sweepRooms } from './video/signals.ts';
import { sweepVisits } from './wechat/visits.ts';

const TIMER_POLL_MS = 500;
const SEAL_MS = 1000;
const VIDEO_MS = 1000;
const CALLS_MS = 2000;
const SLOTS_MS = 600_000;
const SWEEP_MS = 600_000;
const STRAY_FILES_MS = 86_400_000;
const BATCH = 100;

export type Working = { stop(): Promise<void> };

/** `healthPort` serves the worker's own /healthz and /readyz, for processes that run apart from the API. */
export async function startWorker(config: Config, appUrl: string, healthPort?: number): Promise<Working> {
  const ground = await openGround(config, appUrl, 'worker');
  if (config.mode === 'sandbox') await assertSandboxStarted(ground.database.system);
  const ended = new AbortController();
  const every = (ms: number, name: string, work: () => Promise<unknown>) =>
    loop(ended.signal, ms, work, (error) => ground.log.error({ err: error }, `${name} failed; tried again`));
  const loops = ground.contexts.flatMap((ctx) => [
    every(TIMER_POLL_MS, 'timers', async () => {
      const now = await ctx.clock.now(ctx.pool);
      while ((await runDueTimers(ctx, now, BATCH)) === BATCH && !ended.signal.aborted);
    }),
    every(VIDEO_MS, 'matching', () => sweepVideo(ctx)),
    every(SEAL_MS, 'sealing', () => sealPending(ctx)),
    every(CALLS_MS, 'calls outside', () => callOutside(ctx)),
    ...(ctx.gateways.hospital ? [every(SLOTS_MS, "the hospital's slots", () => pullSlots(ctx))] : []),
    every(SWEEP_MS, 'sweeping', async () => {
      await sweepSignIns(ctx.pool, ctx, machineNow());
      await sweepIdempotency(ctx.pool, ctx.insurer);
      await sweepUploads(ctx);
      await sweepVisits(ctx.pool, ctx, machineNow());
      await sweepRooms(ctx);
    }),
    every(STRAY_FILES_MS, 'sweeping files', () => sweepStrayFiles(ctx)),
  ]);
  const dispatcher = await startDispatcher(ground.contexts, { appUrl, signal: ended.signal });
  const health =
    healthPort === undefined
      ? undefined
      : serveHealth(healthPort, () =>
          readiness({ config, database: ground.database, contexts: ground.contexts }, 'worker'),
        );
  return {
    async stop() {
      ended.abort();
      health?.close();
      await Promise.all(loops);
      await dispatcher.stop();
      await ground.close();
    },
  };
}

async function loop(
  signal: AbortSignal,
  ms: number,
  work: () => Promise<unknown>,
  failed: (error: unknown) => void,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch(failed);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms);
      function done() {
        signal.removeEventListener('abort', done);
        clearTimeout(timer);
        resolve();
      }
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

function serveHealth(port: number, ready: () => ReturnType<typeof readiness>) {
  return createServer(async (request, response) => {
    const answer = request.url === '/readyz' ? await ready() : request.url === '/healthz' ? { ready: true } : null;
    response
      .writeHead(answer === null ? 404 : answer.ready ? 200 : 503, { 'content-type': 'application/json' })
      .end(JSON.stringify(answer ?? {}));
  }).listen(port, '127.0.0.1');
}
