import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ensureInitialised, type Kept, logFile, readKept, writeKept } from './embedded-cluster.ts';
import { findRunning, launcherSetting, stopOrphan } from './embedded-orphan.ts';
import { type Place, preparePlace } from './embedded-place.ts';
import { wrapForUser } from './embedded-user.ts';

export interface EmbeddedPostgresOptions {
  /** Where the data lives; made on first start. */
  readonly dataDir: string;
  /** Asked for, but left for a free one when it is taken. Default: the port of the last start. */
  readonly port?: number;
  /** Server settings on top of ours, e.g. `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Stop the server and exit on SIGINT and SIGTERM (default). Say false where the caller shuts down in its own order. */
  readonly signals?: boolean;
  /** Told what an operator should know: relocated folders, orphans, fallbacks. */
  readonly say?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** The owner's login on the database `yilu`: migrations and the sandbox's reset only. */
  readonly ownerUrl: string;
  /** The application's login; the migration makes it. */
  readonly appUrl: string;
  readonly port: number;
  /** The folder the data really lives in. */
  readonly dataDir: string;
  /** True when another living process of ours runs the server; `stop` then leaves it alone. */
  readonly attached: boolean;
  /** Stops the server cleanly (fast shutdown). May be called twice. */
  stop(): Promise<void>;
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  jit: 'off',
  // What a failing statement carried is health data: neither it nor its detail goes to the server's log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/**
 * Starts a PostgreSQL of our own on 127.0.0.1, making its data folder first when there is none. It dies with this
 * process, also on kill -9. A server left over by a killed process is stopped; one that another living process
 * runs on the same folder is used with it. Throws with the end of the server's log when it does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const say = options.say ?? (() => {});
  const place = preparePlace(options.dataDir, say);
  ensureInitialised(place, options.settings?.fsync === 'off');

  let failure: unknown;
  for (let attempt = 0; attempt < 6; attempt++) {
    const running = findRunning(place.dataDir);
    if (running && !running.orphan) return await attach(place);
    if (running) {
      say(`A PostgreSQL (pid ${running.pid}) was left over by a killed process: stopping it.`);
      await stopOrphan(running.pid);
    }
    try {
      return await launch(place, options, say);
    } catch (error) {
      failure = error;
      // Another start took the folder or the port in between, or the orphan is not yet reaped.
      await sleep(100 * 2 ** attempt);
    }
  }
  throw failure;
}

async function launch(
  place: Place,
  options: EmbeddedPostgresOptions,
  say: (line: string) => void,
): Promise<EmbeddedPostgres> {
  const kept = readKept(place.dataDir);
  const port = await freePort(options.port ?? kept.port);
  const set = { ...settings, port: String(port), ...options.settings };
  const args = ['-D', place.dataDir, '-c', launcherSetting(process.pid)];
  for (const [name, value] of Object.entries(set)) args.push('-c', `${name}=${value}`);

  const wrapped = wrapForUser(place.as, place.postgres, args);
  if (!wrapped.diesWithUs) say('setpriv is missing: a killed process leaves PostgreSQL running until the next start.');
  const log = openSync(logFile(place.dataDir), 'w', 0o600);
  const child = spawn(wrapped.command, wrapped.args, {
    ...wrapped.options,
    cwd: '/',
    // Its own process group: Ctrl-C reaches us first, and we stop it after the last request.
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  const stop = tieLifetimes(child, options.signals ?? true);
  try {
    await ready(kept, port, child);
    // A start at the same moment may have won the folder and answer on the same port.
    if (findRunning(place.dataDir)?.pid !== child.pid) throw new Error('another server has the folder');
    await ensureDatabase(kept, port);
  } catch (cause) {
    await stop();
    throw new Error(`The embedded PostgreSQL did not start on ${place.dataDir}: ${tail(logFile(place.dataDir))}`, {
      cause,
    });
  }
  writeKept(place.dataDir, { ...kept, port }, place.as);
  return describe(place, kept, port, false, stop);
}

async function attach(place: Place): Promise<EmbeddedPostgres> {
  const kept = readKept(place.dataDir);
  // Line 4 of postmaster.pid is the port it listens on, also while it still comes up.
  const port = Number(readFileSync(join(place.dataDir, 'postmaster.pid'), 'utf8').split('\n')[3]);
  await ready(kept, port, undefined);
  await ensureDatabase(kept, port);
  return describe(place, kept, port, true, async () => {});
}

function describe(
  place: Place,
  kept: Kept,
  port: number,
  attached: boolean,
  stop: () => Promise<void>,
): EmbeddedPostgres {
  const url = (user: string, password: string) => `postgres://${user}:${password}@127.0.0.1:${port}/yilu`;
  const ownerUrl = url('yilu_owner', kept.ownerPassword);
  return { ownerUrl, appUrl: url('yilu_app', kept.appPassword), port, dataDir: place.dataDir, attached, stop };
}

/** Our end is its end: on exit, and unless the caller does it, on the signals that end us. */
function tieLifetimes(child: ChildProcess, signals: boolean): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const interrupt = () => void child.kill('SIGINT');
  const onSignal = (name: NodeJS.Signals) => void stop().finally(() => process.exit(name === 'SIGINT' ? 130 : 143));
  process.on('exit', interrupt);
  if (signals) for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, onSignal);

  async function end(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      const exited = once(child, 'exit');
      child.ref();
      interrupt();
      const hurry = setTimeout(() => child.kill('SIGQUIT'), 20_000);
      await exited;
      clearTimeout(hurry);
    }
    process.off('exit', interrupt);
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, onSignal);
  }
  const stop = () => {
    stopping ??= end();
    return stopping;
  };
  return stop;
}

async function ready(kept: Kept, port: number, child: ChildProcess | undefined): Promise<void> {
  let failed: Error | undefined;
  child?.once('error', (error) => {
    failed = error;
  });
  let last: unknown;
  // A server that was killed replays its log first, which may take a while.
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(20)) {
    if (failed) throw failed;
    if (child && (child.exitCode !== null || child.signalCode !== null)) throw new Error('it ended at once');
    try {
      return await asOwner(kept, port, 'postgres', async () => {});
    } catch (error) {
      last = error;
    }
  }
  throw new Error('it does not answer', { cause: last });
}

async function ensureDatabase(kept: Kept, port: number): Promise<void> {
  await asOwner(kept, port, 'postgres', async (client) => {
    const found = await client.query(`select 1 from pg_database where datname = 'yilu'`);
    if (found.rowCount !== 0) return;
    await client.query('create database yilu').catch((error: pg.DatabaseError) => {
      // duplicate_database, or its unique index: a start at the same moment was faster.
      if (!['42P04', '23505'].includes(error.code ?? '')) throw error;
    });
  });
}

async function asOwner(
  kept: Kept,
  port: number,
  database: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'yilu_owner', password: kept.ownerPassword, database });
  client.on('error', () => {});
  try {
    await client.connect();
    await work(client);
  } finally {
    await client.end();
  }
}

/** The wanted port if nothing listens there, else any free one. */
async function freePort(wanted: number | undefined): Promise<number> {
  const server = createServer();
  try {
    server.listen(wanted ?? 0, '127.0.0.1');
    await once(server, 'listening');
  } catch {
    return freePort(undefined);
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port on 127.0.0.1.');
  return address.port;
}

function tail(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').slice(-8).join('\n') : 'it wrote no log';
}
