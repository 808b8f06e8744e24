/** A whole application on a database of one test's own: lists and workers are there, people come as the test says. */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInstant } from '#domain/calendar/day.ts';
import { loadPlans } from '#plans/load.ts';
import { type App, buildApp } from '#server/app.ts';
import { type InsurerContext, openContexts } from '#server/ground.ts';
import { importSampleLists } from '#server/imports/sample-lists.ts';
import { openLiveHub } from '#server/live/hub.ts';
import { startSandboxClock } from '#server/platform/clock.ts';
import type { Config } from '#server/platform/config.ts';
import { makeKeyRing } from '#server/platform/keys.ts';
import { createLogger } from '#server/platform/log.ts';
import { advanceSandbox } from '#server/sandbox/advance.ts';
import { layPeople, layWorkers, samplePaper } from '#server/sandbox/paint.ts';
import type { Persona } from '#server/sandbox/people.ts';
import { Player } from '#server/sandbox/player.ts';
import { openTestDatabase, type TestDatabase } from './with-database.ts';

export type TestApp = {
  app: App;
  /** A second API process' worth of application on the same database, for races across processes. */
  another(): Promise<App>;
  database: TestDatabase;
  /** By insurer code. */
  contexts: ReadonlyMap<string, InsurerContext>;
  ctx: InsurerContext;
  config: Config;
  picture: Buffer;
  /** Signs in as a demonstration account (members by their key, workers by theirs), on the insurer's host. */
  as(account: string, insurer?: string, on?: App): Promise<Player>;
  /** Members with policies; see `member()` for an ordinary one. */
  people(personas: readonly Persona[]): Promise<ReadonlyMap<string, { personId: string; policyId: string }>>;
  /** Moves business time: everything due on the way happens, in order. */
  advanceTo(moment: string): Promise<void>;
  now(): Promise<Date>;
  close(): Promise<void>;
};

/** An ordinary insured of zhenai21: in force since January, past cooling-off and waiting; change what the story needs. */
export function member(key: string, change: Partial<Persona> = {}): Persona {
  const n = String(
    Math.abs([...key].reduce((sum, char) => (sum * 33 + char.charCodeAt(0)) | 0, 5381)) % 9_999_999,
  ).padStart(7, '0');
  return {
    key,
    name: `测试${key}`,
    sex: 'F',
    bornOn: '1980-01-01',
    phone: `1980${n}`,
    situation: key,
    policyNo: `T${n}`,
    product: 'zhenai21',
    effectiveFrom: '2026-01-10',
    expiresOn: '2027-01-09',
    coolingOffEndsOn: '2026-01-25',
    waitingEndsOn: '2026-04-09',
    states: [{ state: 'in-force', from: '2026-01-10T00:00:00+08:00' }],
    ...change,
  };
}

export async function openApp(
  options: {
    at?: string;
    insurers?: readonly string[];
    hub?: boolean;
    gateways?: Config['gateways'];
    /** Hears every line that the program writes, down to the smallest. */
    hear?: (line: string) => void;
  } = {},
): Promise<TestApp> {
  const database = await openTestDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'yilu-app-'));
  const { plans } = loadPlans();
  const insurers = options.insurers ?? ['junlong'];
  for (const code of insurers) {
    const plan = plans.find(({ insurer }) => insurer === code)!;
    await database.owner.query('insert into yilu.insurers (code, name_zh, name_en, hosts) values ($1, $2, $3, $4)', [
      code,
      plan.insurerName.zh,
      plan.insurerName.en,
      [`${code}.localhost`],
    ]);
  }
  const keyRing = makeKeyRing('test', new Map([['test', randomBytes(32)]]), true);
  const config: Config = {
    mode: 'sandbox',
    host: '127.0.0.1',
    port: 0,
    database: undefined,
    dataDir,
    keyFile: join(dataDir, 'keys.json'),
    loadKeys: () => keyRing,
    sealLog: join(dataDir, 'seals.log'),
    sms: undefined,
    gateways: options.gateways ?? {},
    signingFile: join(dataDir, 'signing-ca.pem'),
    turn: undefined,
    insurers: undefined,
    logLevel: options.hear ? 'trace' : (process.env.YILU_TEST_LOG ?? 'silent'),
    warnings: [],
  };
  const logTo = options.hear ? { write: options.hear } : undefined;
  const log = createLogger({ level: config.logLevel, name: 'test' }, logTo);
  await startSandboxClock(database.db.system, parseInstant(options.at ?? '2026-11-18T10:00:00+08:00', 'at'));
  const contexts = await openContexts(config, database.db, plans, log);
  for (const ctx of contexts) {
    await importSampleLists(ctx);
    await layWorkers(ctx);
  }
  const hub = options.hub ? await openLiveHub({ appUrl: database.appUrl, log }) : undefined;
  const build = async () => {
    const app = await buildApp({
      config,
      database: database.db,
      contexts,
      ownerUrl: database.ownerUrl,
      quiet: config.logLevel === 'silent',
      logTo,
      webRoot: '/nowhere',
      hub,
    });
    await app.ready();
    return app;
  };
  const app = await build();
  const others: App[] = [];
  const byCode = new Map(contexts.map((ctx) => [ctx.insurer, ctx]));
  return {
    app,
    database,
    contexts: byCode,
    ctx: byCode.get(insurers[0]!)!,
    config,
    picture: await samplePaper(),
    async another() {
      const other = await build();
      others.push(other);
      return other;
    },
    async as(account, insurer = insurers[0]!, on = app) {
      const player = new Player(on, `${insurer}.localhost`);
      await player.signIn(account);
      return player;
    },
    async people(personas) {
      const ids = new Map<string, { personId: string; policyId: string }>();
      for (const ctx of contexts) for (const [key, found] of await layPeople(ctx, personas)) ids.set(key, found);
      return ids;
    },
    async advanceTo(moment) {
      await advanceSandbox(database.db, contexts, parseInstant(moment, 'moment'));
    },
    async now() {
      return contexts[0]!.clock.now(database.db.system);
    },
    async close() {
      for (const one of [app, ...others]) await one.close();
      await hub?.stop();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
