/** What the drills of the running program stand on: a database of their own, people, and real processes of `yilu serve`. */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { App } from '#server/app.ts';
import { type Ground, openGround } from '#server/ground.ts';
import { importSampleLists } from '#server/imports/sample-lists.ts';
import { sandboxStart, startSandboxClock } from '#server/platform/clock.ts';
import { type Config, readConfig } from '#server/platform/config.ts';
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { migrateAll } from '#server/platform/migrate-all.ts';
import { layPeople, layWorkers, samplePaper } from '#server/sandbox/paint.ts';
import type { Persona } from '#server/sandbox/people.ts';
import { Player } from '#server/sandbox/player.ts';

export type Ids = { personId: string; policyId: string };
export type Process = { url: string; kill(): Promise<void>; stop(): Promise<void> };
export type DrillGround = {
  config: Config;
  ground: Ground;
  owner: pg.Pool;
  people: ReadonlyMap<string, Ids>;
  picture: Buffer;
  /** Starts one process and waits until it serves. */
  serve(part: 'api' | 'worker'): Promise<Process>;
  /** Runs a command of the operator's; its exit status. */
  yilu(...args: string[]): Promise<number>;
  number(from: string, values?: unknown[]): Promise<number>;
  close(): Promise<void>;
};

export const INSURER = 'junlong';
const READY_MS = 30_000;

/** `count` ordinary members of zhenai21 called m0, m1, …; all invented. */
const personas = (count: number): Persona[] =>
  Array.from({ length: count }, (_, i) => ({
    key: `m${i}`,
    name: `演练${i}`,
    sex: 'F',
    bornOn: new Date(Date.UTC(1960, 0, 1 + i)).toISOString().slice(0, 10),
    phone: `1983${String(i).padStart(7, '0')}`,
    situation: 'drill',
    policyNo: `D83${String(i).padStart(7, '0')}`,
    product: 'zhenai21',
    effectiveFrom: '2026-01-10',
    expiresOn: '2027-01-09',
    coolingOffEndsOn: '2026-01-25',
    waitingEndsOn: '2026-04-09',
    states: [{ state: 'in-force', from: '2026-01-10T00:00:00+08:00' }],
  }));

export async function openDrillGround(count: number): Promise<DrillGround> {
  const folder = mkdtempSync(join(tmpdir(), 'yilu-drill-'));
  chmodSync(folder, 0o755); // As root the server runs as another user, who must get in.
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'pg'),
    signals: false,
    settings: { max_connections: '200' },
  });
  const env = {
    DATABASE_URL: server.ownerUrl,
    DATABASE_APP_URL: server.appUrl,
    YILU_MODE: 'sandbox',
    YILU_DATA: folder,
    YILU_INSURERS: INSURER,
    YILU_LOG: 'fatal',
    PATH: process.env.PATH ?? '',
  };
  const config = readConfig(env, folder);
  await migrateAll({ ...server, config });
  const ground = await openGround(config, server.appUrl, 'drill');
  await startSandboxClock(ground.database.system, sandboxStart);
  const ctx = ground.contexts[0]!;
  await importSampleLists(ctx);
  await layWorkers(ctx);
  const people = await layPeople(ctx, personas(count));
  const owner = new pg.Pool({ connectionString: server.ownerUrl, max: 4, options: '-c search_path=yilu,public' });
  // An idle connection that breaks is replaced; a query that fails still fails.
  owner.on('error', () => {});
  owner.on('connect', (client) => client.on('error', () => {}));
  const running = new Set<Process>();

  return {
    config,
    ground,
    owner,
    people,
    picture: await samplePaper(),
    async serve(part) {
      const port = await freePort();
      const child = spawn(process.execPath, [resolve('cli/yilu.ts'), 'serve', part], {
        env: { ...env, PORT: String(port) },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const one = await served(child, `http://127.0.0.1:${port}`, () => running.delete(one));
      running.add(one);
      return one;
    },
    yilu: (...args) =>
      new Promise((done) =>
        spawn(process.execPath, [resolve('cli/yilu.ts'), ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).on(
          'close',
          (code) => done(code ?? 1),
        ),
      ),
    async number(from, values = []) {
      const { rows } = await owner.query<{ n: number }>(`select count(*)::int as n from ${from}`, values);
      return rows[0]!.n;
    },
    async close() {
      for (const one of running) await one.kill();
      await owner.end();
      await ground.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function served(child: ChildProcess, url: string, gone: () => void): Promise<Process> {
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
    gone();
  };
  const until = Date.now() + READY_MS;
  while (Date.now() < until && child.exitCode === null) {
    const well = await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (well) return { url, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
    await new Promise((done) => setTimeout(done, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`The process at ${url} does not serve`);
}

const freePort = () =>
  new Promise<number>((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

/** A person at a browser of a process that runs elsewhere: what `Player` asks of an application, over the network. */
export function remotePlayer(process: () => { url: string }): Player {
  const app = {
    async inject({
      method,
      url,
      headers,
      payload,
    }: {
      method: string;
      url: string;
      headers: Record<string, string>;
      payload?: object;
    }) {
      const { host: _, ...rest } = headers;
      const whole = payload === undefined || Buffer.isBuffer(payload);
      const response = await fetch(`${process().url}${url}`, {
        method,
        headers: whole ? rest : { 'content-type': 'application/json', ...rest },
        ...(payload === undefined
          ? {}
          : { body: Buffer.isBuffer(payload) ? new Uint8Array(payload) : JSON.stringify(payload) }),
      });
      return {
        statusCode: response.status,
        headers: { ...Object.fromEntries(response.headers), 'set-cookie': response.headers.getSetCookie() },
        body: await response.text(),
      };
    },
  };
  return new Player(app as unknown as App, 'localhost');
}

/** One line a figure; a fault ends the drill non-zero. */
export function figure(name: string, ok: boolean, values: Record<string, unknown>): void {
  console.log(JSON.stringify({ figure: name, ok, ...values }));
  if (!ok) process.exitCode = 1;
}

/** The body of a request, as the member's form says; without a picture its papers are left to be asked for. */
export async function requestOf(player: Player, ids: Ids, picture: Buffer | null): Promise<Record<string, unknown>> {
  const form = await player.form('outpatient-access', ids.policyId, ids.personId);
  const { items } = await player.must<{ items: { id: string; row: { departments?: string[] } }[] }>(
    'GET',
    '/lists/hospitals?limit=1',
  );
  const papers = [];
  for (const { kind, required } of form.papers)
    if (picture && required) papers.push({ kind, paperId: await player.upload(ids.personId, kind, picture) });
  return {
    service: 'outpatient-access',
    ...ids,
    papers,
    illness: {
      code: 'malignant-tumour-severe',
      firstSymptomOn: '2026-06-05',
      firstVisitOn: '2026-06-10',
      diagnosedOn: '2026-06-20',
    },
    form: { hospital: items[0]!.id, department: items[0]!.row.departments?.[0] ?? '' },
    consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
  };
}
