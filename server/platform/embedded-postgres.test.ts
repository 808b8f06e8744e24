import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPool } from './db.ts';
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded-postgres.ts';

const asRoot = process.getuid?.() === 0;
let folder: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yilu-launcher-'));
  chmodSync(folder, 0o755);
});

afterEach(async () => {
  const pidFile = join(folder, 'pg', 'postmaster.pid');
  const left = existsSync(pidFile) ? postmasterPid(join(folder, 'pg')) : undefined;
  for (const child of children.splice(0)) child.kill('SIGKILL');
  // It still writes while it shuts down.
  if (left !== undefined) await isGone(left, 5000);
  rmSync(folder, { recursive: true, force: true });
});

const start = (dataDir: string, more: Partial<EmbeddedPostgresOptions> = {}) =>
  startEmbeddedPostgres({ dataDir, signals: false, settings: { fsync: 'off' }, ...more });

const postmasterPid = (dataDir: string) => Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);

async function run(ownerUrl: string, text: string) {
  const pool = openPool({ appUrl: ownerUrl, applicationName: 'launcher test', poolSize: 1 });
  try {
    return (await pool.query(text)).rows;
  } finally {
    await pool.end();
  }
}

/** A process that starts the server, says its address, and lives until it is killed. */
async function startInChild(dataDir: string): Promise<{ child: ChildProcess; ownerUrl: string }> {
  const module = join(import.meta.dirname, 'embedded-postgres.ts');
  const script = `import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, settings: { fsync: 'off' } });
    console.log(server.ownerUrl);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`The child ended with ${code}.`)));
  ended.catch(() => {});
  const [line] = (await Promise.race([once(child.stdout!, 'data'), ended])) as [Buffer];
  return { child, ownerUrl: line.toString().trim() };
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += 50) {
    if (!existsSync(`/proc/${pid}`) || /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return true;
    await sleep(50);
  }
  return false;
}

test('a second start finds the data, the passwords and the port of the first', async () => {
  const dataDir = join(folder, 'pg');
  const first = await start(dataDir);
  await run(first.ownerUrl, 'create table kept as select 7 as n');
  await first.stop();
  expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(false);

  const second = await start(dataDir);
  expect(second.ownerUrl).toBe(first.ownerUrl);
  expect(await run(second.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  await second.stop();
  await second.stop();
  expect(statSync(join(dataDir, 'yilu.json')).mode & 0o777).toBe(0o600);
});

test('it listens on 127.0.0.1 alone and refuses a wrong password', async () => {
  const server = await start(join(folder, 'pg'));
  expect(await run(server.ownerUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  expect(await run(server.ownerUrl, 'show unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
  const wrong = new URL(server.ownerUrl);
  wrong.password = 'wrong';
  await expect(run(wrong.toString(), 'select 1')).rejects.toThrow('password authentication failed');
  await server.stop();
});

test('a parent killed with -9 leaves no PostgreSQL behind', async () => {
  const dataDir = join(folder, 'pg');
  const { child } = await startInChild(dataDir);
  const pid = postmasterPid(dataDir);
  child.kill('SIGKILL');
  expect(await isGone(pid, 5000)).toBe(true);
  expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(false);
});

test('a parent ended with SIGTERM stops PostgreSQL cleanly and ends with 143', async () => {
  const dataDir = join(folder, 'pg');
  const { child } = await startInChild(dataDir);
  const pid = postmasterPid(dataDir);
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(143);
  expect(await isGone(pid, 1000)).toBe(true);
});

test('a server that a living process runs is used with it and left running', async () => {
  const dataDir = join(folder, 'pg');
  const { ownerUrl } = await startInChild(dataDir);
  const attached = await start(dataDir);
  expect(attached).toMatchObject({ attached: true, ownerUrl });
  await attached.stop();
  expect(await run(ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('an orphan is stopped and its data taken over', async () => {
  const dataDir = join(folder, 'pg');
  const first = await start(dataDir);
  await run(first.ownerUrl, 'create table kept as select 7 as n');
  await first.stop();
  // An orphan as a machine without setpriv leaves it: its launcher is not its parent.
  const said: string[] = [];
  const { child } = await startInChild(dataDir);
  const pid = postmasterPid(dataDir);
  const launcher = child.pid!;
  const { findRunning } = await import('./embedded-orphan.ts');
  expect(findRunning(dataDir)).toEqual({ pid, orphan: false });
  await orphan(dataDir, launcher);

  const server = await start(dataDir, { say: (line) => said.push(line) });
  expect(server.attached).toBe(false);
  expect(said.join()).toContain('was left over by a killed process');
  expect(await run(server.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  await server.stop();
});

/** Ends the launcher's server and starts one whose named launcher is not its parent. */
async function orphan(dataDir: string, launcher: number): Promise<void> {
  process.kill(launcher, 'SIGTERM');
  expect(await isGone(launcher, 5000)).toBe(true);
  const { preparePlace } = await import('./embedded-place.ts');
  const place = preparePlace(dataDir, () => {});
  const args = ['-D', dataDir, '-c', `yilu.launcher=${launcher}`, '-c', 'unix_socket_directories=', '-c', 'port=54999'];
  const identity = place.as.uid === undefined ? {} : { uid: place.as.uid, gid: place.as.gid! };
  children.push(spawn(place.postgres, args, { ...identity, cwd: '/', env: { LC_ALL: 'C' }, stdio: 'ignore' }));
  for (let tries = 0; tries < 100 && !existsSync(join(dataDir, 'postmaster.pid')); tries++) await sleep(20);
  await sleep(200);
}

test('two starts at once end with one server, on a new folder and on an old one', async () => {
  const dataDir = join(folder, 'pg');
  const first = await Promise.all([startInChild(dataDir), startInChild(dataDir)]);
  expect(first[0].ownerUrl).toBe(first[1].ownerUrl);
  const pid = postmasterPid(dataDir);
  for (const { child } of first) child.kill('SIGTERM');
  expect(await isGone(pid, 5000)).toBe(true);

  const second = await Promise.all([startInChild(dataDir), startInChild(dataDir)]);
  expect(second[0].ownerUrl).toBe(second[1].ownerUrl);
});

test('a folder that holds something else is left alone', async () => {
  const dataDir = join(folder, 'pg');
  mkdirSync(join(dataDir, 'photos'), { recursive: true });
  await expect(start(dataDir)).rejects.toThrow('holds something that is not a PostgreSQL data folder');
});

test.runIf(asRoot)('started by root, PostgreSQL runs as another user', async () => {
  const server = await start(join(folder, 'pg'));
  const status = readFileSync(`/proc/${postmasterPid(server.dataDir)}/status`, 'utf8');
  expect(/^Uid:\s+(\d+)/m.exec(status)?.[1]).not.toBe('0');
  await server.stop();
});

test.runIf(asRoot)(
  'started by root under a closed folder, the data lives elsewhere and a link leads there',
  async () => {
    chmodSync(folder, 0o700);
    const said: string[] = [];
    const dataDir = join(folder, 'pg');
    const server = await start(dataDir, { say: (line) => said.push(line) });
    const real = realpathSync(dataDir);
    try {
      expect(lstatSync(dataDir).isSymbolicLink()).toBe(true);
      expect(server.dataDir).toBe(real);
      expect(said.join()).toContain(real);
      await run(server.ownerUrl, 'create table kept as select 7 as n');
      await server.stop();

      const again = await start(dataDir);
      expect(await run(again.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
      await again.stop();
    } finally {
      rmSync(dirname(real), { recursive: true, force: true });
    }
  },
);
