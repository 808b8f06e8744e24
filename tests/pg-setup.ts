import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openPool } from '#server/platform/db.ts';
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { migrate } from '#server/platform/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Logins of the test cluster, on a database that stays empty; tests clone the template beside it. */
    pg: { readonly ownerUrl: string; readonly appUrl: string };
  }
}

/** Name of the migrated database that every test database is cloned from. */
export const templateDatabase = 'yilu_template';

/**
 * One PostgreSQL for the whole run, in a folder of its own that goes with it. No fsync: nothing here must outlive a
 * power cut. Migrates once; tests clone.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'yilu-test-'));
  chmodSync(folder, 0o755); // As root the server runs as another user, who must get in.
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'pg'),
    signals: false,
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '200',
      max_wal_size: '4GB',
    },
  });
  try {
    const owner = openPool({ appUrl: server.ownerUrl, applicationName: 'yilu tests' });
    await owner.query(`create database ${templateDatabase}`);
    await migrate({
      ownerUrl: inDatabase(server.ownerUrl, templateDatabase),
      appUrl: inDatabase(server.appUrl, templateDatabase),
      mode: 'sandbox',
    });
    await owner.query(`alter database ${templateDatabase} is_template true allow_connections false`);
    await owner.end();
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('pg', { ownerUrl: server.ownerUrl, appUrl: server.appUrl });
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The same login on another database of the server. */
export function inDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}
