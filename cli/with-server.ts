/** What commands that touch the database share: the configuration, the keys and a pool for each insurer. */
import { join } from 'node:path';
import { type Config, ConfigError, readConfig } from '#server/platform/config.ts';
import { matchesKeyCheck } from '#server/platform/crypto.ts';
import { type Database, openDatabase, type Pool, sqlState } from '#server/platform/db.ts';
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
  await withInsurers(async (grounds) => {
    for (const ground of grounds) await work(ground);
  });
}

/**
 * Like `forEachInsurer` for one: the one named, or the only one there is. In the sandbox, which always has several, it is
 * the first, as for an address that names none; with real data nobody guesses whose it is. Refuses a key ring that is not the one the
 * insurer's data were sealed with, so that nothing is written that nobody can read.
 */
export async function forOneInsurer(
  code: string | undefined,
  work: (ground: InsurerGround) => Promise<void>,
): Promise<void> {
  await withInsurers(async (grounds, db) => {
    const only = grounds.length === 1 || grounds[0]?.config.mode === 'sandbox' ? grounds[0] : undefined;
    const chosen = code === undefined ? only : grounds.find((g) => g.insurer === code);
    const codes = grounds.map(({ insurer }) => insurer).join(', ') || 'none: run "npm start" or "yilu migrate" first';
    if (!chosen) return refuse(`Name the insurer with --insurer CODE. There are: ${codes}.`);
    const select = 'select key_check from insurers where code = $1';
    const check = (await db.system.query<{ key_check: string | null }>(select, [chosen.insurer])).rows[0]?.key_check;
    if (check && !matchesKeyCheck(chosen.keyRing, chosen.insurer, check))
      return refuse(`The keys are not those of the data of ${chosen.insurer}: set YILU_KEYS or YILU_KEY_FILE.`);
    if (code === undefined && grounds.length > 1)
      process.stderr.write(`${chosen.insurer} (--insurer chooses another: ${codes})\n`);
    await work(chosen);
  });
}

async function withInsurers(work: (grounds: InsurerGround[], db: Database) => Promise<void>): Promise<void> {
  let config: Config;
  try {
    config = readConfig(process.env, join(import.meta.dirname, '..'));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return refuse(error.message);
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
    const missing = await listMissingMigrations(db.system).catch((error: unknown) => {
      // The migration makes this login, so a database that never saw one does not know it.
      if (sqlState(error) === '28P01') return undefined;
      throw error;
    });
    if (missing === undefined)
      return refuse('The database refuses the login of the application: run "yilu migrate" first.');
    if (missing.length > 0)
      return refuse(`The database lacks ${missing.length} migration(s): run "yilu migrate" first.`);
    const keyRing = config.loadKeys();
    const { rows } = await db.system.query<{ code: string }>('select code from insurers order by code');
    const codes = rows.map(({ code }) => code).filter((code) => config.insurers?.includes(code) ?? true);
    await work(
      codes.map((insurer) => ({ insurer, pool: db.forInsurer(insurer), keyRing, config })),
      db,
    );
  } finally {
    await db.close();
    await embedded?.stop();
  }
}

function refuse(why: string): void {
  process.stderr.write(`${why}\n`);
  process.exitCode = 1;
}
