import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, openDatabase, openPool, type Pool } from '#server/platform/db.ts';
import { inDatabase, templateDatabase } from './pg-setup.ts';

/** A migrated database of one test's own. */
export interface TestDatabase {
  readonly ownerUrl: string;
  readonly appUrl: string;
  /** As the owner, a superuser: passes row level security; for arranging and for looking. */
  readonly owner: Pool;
  /** As the application. */
  readonly db: Database;
  /** Closes the pools and drops the database. */
  drop(): Promise<void>;
}

/** Clones the template (about 0.1 s); for `beforeAll`, with `drop` in `afterAll`. An empty one has no migration yet. */
export async function openTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const server = inject('pg');
  const name = `t_${randomBytes(6).toString('hex')}`;
  const template = options.empty ? 'template1' : templateDatabase;
  await asServer(server.ownerUrl, `create database ${name} template ${template}`);

  const ownerUrl = inDatabase(server.ownerUrl, name);
  const appUrl = inDatabase(server.appUrl, name);
  const owner = openPool({ appUrl: ownerUrl, applicationName: 'yilu test owner', poolSize: 4 });
  const db = openDatabase({ appUrl, applicationName: 'yilu test' });
  return {
    ownerUrl,
    appUrl,
    owner,
    db,
    async drop() {
      await db.close();
      await owner.end();
      await asServer(server.ownerUrl, `drop database ${name} with (force)`);
    },
  };
}

/** Runs `work` on a database of its own and drops it afterwards, also when `work` throws. */
export async function withDatabase<T>(
  work: (database: TestDatabase) => Promise<T>,
  options: { empty?: boolean } = {},
): Promise<T> {
  const database = await openTestDatabase(options);
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

async function asServer(ownerUrl: string, statement: string): Promise<void> {
  const pool = openPool({ appUrl: ownerUrl, applicationName: 'yilu tests', poolSize: 1 });
  try {
    await pool.query(statement);
  } finally {
    await pool.end();
  }
}
