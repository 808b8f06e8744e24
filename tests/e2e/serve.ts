/**
 * The whole program for the browser tests, twice: on E2E_PORT for the member's pages, on the next port for the console's,
 * so that both may move time and cases side by side. Painted once and copied; gone when it is told to stop.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { ensurePages } from '#cli/pages.ts';
import { TURN, WECHAT } from './support/test-env.ts';

const START = resolve(import.meta.dirname, '../../cli/start.ts');
const PORT = Number(process.env.E2E_PORT ?? 4599);

const root = mkdtempSync(join(tmpdir(), 'yilu-e2e-'));
// As root, PostgreSQL runs under a user of its own, who must get through to its folder below.
chmodSync(root, 0o755);
const children = new Set<ChildProcess>();
let ending = false;

/** `npm start` on a folder; resolves when it can serve. */
async function start(folder: string, port: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, [START], {
    env: {
      ...process.env,
      YILU_DATA: join(root, folder),
      PORT: String(port),
      YILU_MODE: 'sandbox',
      YILU_LOG: 'error',
      // Nobody listens there until a test of relayed calls does.
      YILU_TURN_URLS: `turn:127.0.0.1:${port + TURN.portAbove}?transport=udp`,
      YILU_TURN_SECRET: TURN.secret,
      YILU_WECHAT_APP_ID: 'wx0123456789abcdef',
      YILU_WECHAT_SECRET: WECHAT.secret,
      YILU_WECHAT_TOKEN: WECHAT.token,
      YILU_WECHAT_PAGES: `http://127.0.0.1:${port}`,
      YILU_WECHAT_API: `http://127.0.0.1:${port + WECHAT.portAbove}`,
      YILU_WECHAT_OPEN: `http://127.0.0.1:${port + WECHAT.portAbove}`,
      YILU_WECHAT_SCRIPT: `http://127.0.0.1:${port + WECHAT.portAbove}/jweixin.js`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.add(child);
  child.on('exit', () => children.delete(child));
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('Ctrl-C')) break;
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error(`The sandbox on port ${port} did not start`);
  child.stdout.resume();
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  await Promise.all([...children].map(stop));
  rmSync(root, { recursive: true, force: true });
  process.exit(code);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));

try {
  await ensurePages((line) => process.stdout.write(`${line}\n`));
  await stop(await start('member', PORT));
  // With owners and modes: a database's folder belongs to the user it runs under.
  execFileSync('cp', ['-a', join(root, 'member'), join(root, 'console')]);
  await Promise.all([start('member', PORT), start('console', PORT + 1)]);
  process.stdout.write('both sandboxes are ready\n');
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n`);
  await end(1);
}
