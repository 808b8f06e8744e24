/**
 * A request's whole transaction (POST /api/cases: decision, case, event, use, clocks, timers, messages, audit) through
 * HTTP per second, beside the very same statements with the same values run by a bare client against the same server.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { buildApp } from '#server/app.ts';
import { Player } from '#server/sandbox/player.ts';
import { type DrillGround, openDrillGround, remotePlayer, requestOf } from '#tests/drill/support/ground.ts';
import type { Print } from './run.ts';

const REQUESTS = 240;
const WARM_UP = 40;
/** As many as the application has connections. */
const AT_ONCE = 8;

const NUMBER = /^MZ-\d{6}-\d{4}$/;

type Sent = { name?: string; text: string; values?: unknown[] };
type Measured = { perSecond: number; p50: number; p99: number };

export async function run(print: Print): Promise<void> {
  const drill = await openDrillGround(2 * (REQUESTS + WARM_UP));
  try {
    const keys = [...drill.people.keys()];
    const [ours, theirs] = [keys.slice(0, REQUESTS + WARM_UP), keys.slice(REQUESTS + WARM_UP)];
    const http = await throughHttp(drill, ours);
    const bare = await throughBareClient(drill, theirs);
    const wanted = await drill.number('cases');
    if (wanted !== keys.length) throw new Error(`${wanted} cases where ${keys.length} should be`);
    print({
      bench: 'request through HTTP',
      value: http.perSecond,
      unit: 'requests/s',
      p50ms: http.p50,
      p99ms: http.p99,
      atOnce: AT_ONCE,
    });
    print({
      bench: 'request, the same statements by a bare client',
      value: bare.perSecond,
      unit: 'requests/s',
      p50ms: bare.p50,
      p99ms: bare.p99,
      atOnce: AT_ONCE,
      statements: bare.statements,
    });
    print({
      bench: 'request through HTTP beside the bare client',
      value: Number((http.perSecond / bare.perSecond).toFixed(3)),
      unit: 'ratio',
      aim: 0.5,
    });
  } finally {
    await drill.close();
  }
}

async function throughHttp(drill: DrillGround, keys: readonly string[]): Promise<Measured> {
  const api = await drill.serve('api');
  try {
    const asking = [];
    for (const key of keys) {
      const player = remotePlayer(() => api);
      await player.signIn(key);
      asking.push({ player, body: await bodyOf(drill, player, key) });
    }
    return await measure(asking, async ({ player, body }) => {
      await player.must('POST', '/cases', body);
    });
  } finally {
    await api.stop();
  }
}

/**
 * Records what the application sends for each request, with its commit turned into a rollback, so that the same rows can
 * then be written for the first time by the bare client.
 */
async function throughBareClient(
  drill: DrillGround,
  keys: readonly string[],
): Promise<Measured & { statements: number }> {
  const { ground, config } = drill;
  const app = await buildApp({
    config,
    database: ground.database,
    contexts: ground.contexts,
    quiet: true,
    webRoot: '/nowhere',
  });
  await app.ready();
  const recorded: Sent[][] = [];
  for (const [i, key] of keys.entries()) {
    const player = new Player(app, 'localhost');
    await player.signIn(key);
    const body = await bodyOf(drill, player, key);
    const sent = await record(() => player.send('POST', '/cases', body, { 'idempotency-key': randomUUID() }));
    // The running number was rolled back with the rest: each gets one of its own.
    recorded.push(
      sent.map((one) => ({
        ...one,
        ...(one.values
          ? { values: one.values.map((value) => (NUMBER.test(String(value)) ? `MZ-261118-${10_000 + i}` : value)) }
          : {}),
      })),
    );
  }
  await app.close();
  const appUrl = ground.appUrl;
  const pool = new pg.Pool({
    connectionString: appUrl,
    max: AT_ONCE,
    options: `-c search_path=yilu,public -c timezone=UTC -c yilu.insurer=junlong`,
  });
  try {
    const measured = await measure(recorded, async (statements) => {
      const client = await pool.connect();
      try {
        for (const statement of statements) await client.query(statement);
      } finally {
        client.release();
      }
    });
    return { ...measured, statements: recorded[0]!.length };
  } finally {
    await pool.end();
  }
}

/** What goes to the database while `work` runs. */
async function record(work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const prototype = pg.Client.prototype as unknown as { query: (...args: unknown[]) => unknown };
  const original = prototype.query;
  prototype.query = function (...args) {
    const [first, values] = args as [string | Sent, unknown[] | undefined];
    const statement =
      typeof first === 'string' ? { text: first, ...(Array.isArray(values) ? { values } : {}) } : { ...first };
    sent.push(statement);
    return original.apply(this, statement.text === 'commit' ? ['rollback', ...args.slice(1)] : args);
  };
  try {
    await work();
  } finally {
    prototype.query = original;
  }
  const end = sent.findIndex(({ text }) => text === 'commit');
  if (end < 0) throw new Error('The request did not come to its commit');
  return sent.slice(0, end + 1);
}

/** Without papers: they are asked for in the same transaction. */
async function bodyOf(drill: DrillGround, player: Player, key: string): Promise<Record<string, unknown>> {
  const ids = drill.people.get(key)!;
  known ??= await requestOf(player, ids, null);
  return { ...known, ...ids };
}
let known: Record<string, unknown> | undefined;

/** Each once, AT_ONCE at a time; the first WARM_UP are not counted. */
async function measure<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<Measured> {
  await inParallel(all.slice(0, WARM_UP), work);
  const took: number[] = [];
  const start = performance.now();
  await inParallel(all.slice(WARM_UP), async (one) => {
    const began = performance.now();
    await work(one);
    took.push(performance.now() - began);
  });
  const seconds = (performance.now() - start) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number) =>
    Number((took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0).toFixed(1));
  return { perSecond: Math.round(took.length / seconds), p50: at(0.5), p99: at(0.99) };
}

async function inParallel<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
    }),
  );
}
