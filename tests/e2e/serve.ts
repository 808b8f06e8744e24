/** The whole program for the browser tests: a sandbox of its own, freshly painted, on E2E_PORT, gone when it is told to stop. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startAll } from '#cli/start.ts';
import { readConfig } from '#server/platform/config.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const SOURCES = ['web', 'contract', 'domain', 'vite.config.ts', 'package-lock.json'];

/** The newest change below a file or folder, in milliseconds; what is generated from the sources does not count. */
function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(
    0,
    ...readdirSync(path)
      .filter((name) => name !== 'paraglide' && !name.endsWith('.test.ts'))
      .map((name) => newest(join(path, name))),
  );
}

/** Pages built before the last change of their sources would test what is no more. */
async function ensurePages(): Promise<void> {
  const built = join(PROJECT, 'dist/web/member/index.html');
  const sources = Math.max(...SOURCES.map((name) => newest(join(PROJECT, name))));
  if (existsSync(built) && statSync(built).mtimeMs > sources) return;
  const { build } = await import('vite');
  await build({ configFile: join(PROJECT, 'vite.config.ts'), logLevel: 'error' });
}

const data = mkdtempSync(join(tmpdir(), 'yilu-e2e-'));
// As root, PostgreSQL runs under a user of its own, who must get through to its folder below.
chmodSync(data, 0o755);
const env = { YILU_DATA: data, PORT: process.env.E2E_PORT ?? '4599', YILU_MODE: 'sandbox', YILU_LOG: 'error' };
const clean = () => rmSync(data, { recursive: true, force: true });
await ensurePages();
const running = await startAll(readConfig(env, PROJECT)).catch((error: unknown) => {
  clean();
  throw error;
});
process.stdout.write(`${running.url}\n`);

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    void running.stop().finally(() => {
      clean();
      process.exit();
    });
  });
