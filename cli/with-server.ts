/** What commands that touch the database share: the configuration, the keys and a pool for each insurer. */
import { join } from 'node:path';
import { type Config, ConfigError, readConfig } from '#server/platform/config.ts';
import { openDatabase, type Pool } from '#server/platform/db.ts';
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import type { KeyRing } from '#server/platform/keys.ts';
import { listMissingMigrations } from '#server/platform/migrate.ts';

export type InsurerGround = {
  readonly insurer: string;
  readonly pool: Pool;
  readonly keyRing: KeyRing;
  readonly config: Config;
};

/**
 * Runs `work` for every insurer of the configured database, one after the other; an embedded PostgreSQL that does not
 * run is started and stopped again. What is wrong with the configuration is told on stderr with exit status 1.
 */
export async function forEachInsurer(work: (ground: InsurerGround) => Promise<void>): Promise<void> {
  let config: Config;
  try {
    config = readConfig(process.env, join(import.meta.dirname, '..'));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  const embedded = config.database
    ? undefined
    : await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'pg'), signals: false });
  const db = openDatabase({
    appUrl: config.database?.appUrl ?? embedded!.appUrl,
    applicationName: 'yilu cli',
    poolSize: 2,
    statementTimeoutMs: 600_000,
  });
  try {
    const missing = await listMissingMigrations(db.system);
    if (missing.length > 0) {
      process.stderr.write(`The database lacks ${missing.length} migration(s): run "yilu migrate" first.\n`);
      process.exitCode = 1;
      return;
    }
    const keyRing = config.loadKeys();
    const { rows } = await db.system.query<{ code: string }>('select code from insurers order by code');
    for (const { code } of rows) {
      if (config.insurers && !config.insurers.includes(code)) continue;
      await work({ insurer: code, pool: db.forInsurer(code), keyRing, config });
    }
  } finally {
    await db.close();
    await embedded?.stop();
  }
}
