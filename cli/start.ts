/** `npm start`: everything on one machine. Embedded PostgreSQL or yours, migrations, sample data, API, worker and pages. */
import { join } from 'node:path';
import { openGround } from '#server/ground.ts';
import { startApi } from '#server/main.ts';
import { type Config, ConfigError, readConfig } from '#server/platform/config.ts';
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { migrateAll } from '#server/platform/migrate-all.ts';
import { isPainted, paintSandbox } from '#server/sandbox/paint.ts';
import { emptySandbox } from '#server/sandbox/reset.ts';
import { startWorker } from '#server/worker.ts';
import { ensurePages } from './pages.ts';

const PROJECT = join(import.meta.dirname, '..');
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Starts all parts in order and returns how to stop them, last first. */
export async function startAll(config: Config): Promise<{ url: string; stop(): Promise<void> }> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    const embedded = config.database
      ? undefined
      : await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'pg'), signals: false, say });
    if (embedded) stops.push(() => embedded.stop());
    const ownerUrl = embedded?.ownerUrl ?? config.database?.ownerUrl;
    const appUrl = embedded?.appUrl ?? config.database!.appUrl;
    if (ownerUrl) {
      const { applied } = await migrateAll({ ownerUrl, appUrl, config });
      if (applied.length > 0) say(`数据库已更新 · database migrated: ${applied.length} step(s)`);
    }
    if (config.mode === 'sandbox') await ensureSampleData(config, appUrl, ownerUrl);
    await ensurePages(say);
    const worker = await startWorker(config, appUrl);
    stops.push(() => worker.stop());
    const api = await startApi(config, appUrl, ownerUrl);
    stops.push(() => api.stop());
    return { url: api.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ensureSampleData(config: Config, appUrl: string, ownerUrl: string | undefined): Promise<void> {
  const ground = await openGround(config, appUrl, 'sandbox');
  try {
    if (await isPainted(ground.database)) return;
    const began = Date.now();
    say('正在准备演示数据 · laying sample data …');
    if (ownerUrl) await emptySandbox(ownerUrl, ground.contexts);
    await paintSandbox(ground.database, ground.contexts);
    say(`演示数据已就绪 · sample data laid in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  } finally {
    await ground.close();
  }
}

function greet(config: Config, url: string): void {
  const shown = url.replace('127.0.0.1', 'localhost').replace('[::1]', 'localhost').replace('0.0.0.0', 'localhost');
  say('');
  say(`  医路 Yilu   ${config.mode === 'sandbox' ? '演示环境 · sandbox' : 'production'}`);
  say(`  会员 · members      ${shown}/`);
  say(`  工作台 · console    ${shown}/console/`);
  if (config.mode === 'sandbox')
    say('  登录 · sign in: 选一个演示账号即可 · pick a demonstration account on either page');
  say('  Ctrl-C 停止 · stops everything');
  say('');
}

if (import.meta.main) {
  try {
    const config = readConfig(process.env, PROJECT);
    for (const warning of config.warnings) say(`! ${warning}`);
    const running = await startAll(config);
    greet(config, running.url);
    let ending = false;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.on(signal, () => {
        if (ending) return;
        ending = true;
        running.stop().then(
          () => process.exit(0),
          () => process.exit(1),
        );
      });
  } catch (error) {
    process.stderr.write(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
