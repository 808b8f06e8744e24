import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { expect, test } from 'vitest';
import { type TestDatabase, withDatabase } from '#tests/with-database.ts';
import { listMissingMigrations, type MigrateOptions, migrate } from './migrate.ts';
import { dumpSchema, schemaFile } from './schema-dump.ts';

const platform = readFileSync(join(import.meta.dirname, 'migrations/0001-platform.sql'), 'utf8');

/** An empty database and a folder of migrations of its own: the platform's and what the test adds. */
async function withMigrations(work: (database: TestDatabase, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yilu-migrations-'));
  writeFileSync(join(folder, '0001-platform.sql'), platform);
  try {
    await withDatabase((database) => work(database, folder), { empty: true });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const run = ({ ownerUrl, appUrl }: TestDatabase, more: Partial<MigrateOptions> = {}) =>
  migrate({ ownerUrl, appUrl, mode: 'sandbox', ...more });

test('migrations run once, in order, and are remembered', () =>
  withMigrations(async (database, folder) => {
    writeFileSync(
      join(folder, '0002-two.sql'),
      `create table two (n int); select grant_table('two', 'read-write', false);`,
    );
    expect(await listMissingMigrations(database.owner, folder)).toEqual(['0001-platform.sql', '0002-two.sql']);
    expect(await run(database, { folder })).toEqual({ applied: ['0001-platform.sql', '0002-two.sql'] });
    expect(await run(database, { folder })).toEqual({ applied: [] });
    expect(await listMissingMigrations(database.db.system, folder)).toEqual([]);
    await database.db.system.query('insert into two values (1)');
  }));

test('two processes that migrate at once apply everything once', () =>
  withMigrations(async (database, folder) => {
    const both = await Promise.all([run(database, { folder }), run(database, { folder })]);
    expect(both.flatMap((result) => result.applied)).toEqual(['0001-platform.sql']);
  }));

test('a migration that fails leaves nothing of itself', () =>
  withMigrations(async (database, folder) => {
    writeFileSync(join(folder, '0002-bad.sql'), 'create table half (n int); select 1/0;');
    await expect(run(database, { folder })).rejects.toThrow('Migration 0002-bad.sql failed: division by zero');
    expect((await database.owner.query(`select to_regclass('yilu.half') as half`)).rows).toEqual([{ half: null }]);
  }));

test('a file that was changed after it was applied is an error, and so is one the program lacks', () =>
  withMigrations(async (database, folder) => {
    writeFileSync(join(folder, '0002-two.sql'), 'select 1');
    await run(database, { folder });
    writeFileSync(join(folder, '0002-two.sql'), 'select 2');
    await expect(run(database, { folder })).rejects.toThrow('0002-two.sql was changed after it was applied');
    rmSync(join(folder, '0002-two.sql'));
    await expect(run(database, { folder })).rejects.toThrow('which this program lacks');
  }));

test('a table without a class, and one with an insurer that is not scoped by it, stop the migration', () =>
  withMigrations(async (database, folder) => {
    writeFileSync(join(folder, '0002-two.sql'), 'create table two (insurer text not null)');
    await expect(run(database, { folder })).rejects.toThrow('Table yilu.two has no class');
    writeFileSync(join(folder, '0003-three.sql'), `select grant_table('two', 'read-write', insurer_scoped => false)`);
    await expect(run(database, { folder })).rejects.toThrow('insurer_scoped is f, but a column "insurer" is there');
  }));

test('a badly named file and two of one number are named', () =>
  withMigrations(async (database, folder) => {
    writeFileSync(join(folder, '0001-again.sql'), 'select 1');
    await expect(run(database, { folder })).rejects.toThrow('Two migrations carry the number');
    writeFileSync(join(folder, 'notes.txt'), '');
    await expect(run(database, { folder })).rejects.toThrow('is not named like 0001-what-it-does.sql');
  }));

test.each([
  ['sandbox', 'production'],
  ['production', 'sandbox'],
] as const)('[contract 1] a database made as %s refuses to be %s', (made, other) =>
  withMigrations(async (database, folder) => {
    await run(database, { folder, mode: made });
    await expect(run(database, { folder, mode: other })).rejects.toThrow(
      `made as ${made} and cannot be used as ${other}`,
    );
    await run(database, { folder, mode: made });
  }),
);

test('an application login of another name gets the same rights through its membership', () =>
  withMigrations(async (database, folder) => {
    const url = new URL(database.appUrl);
    url.username = 'other_app';
    url.password = 'a secret';
    await run(database, { folder, appUrl: url.toString() });
    const { openPool } = await import('./db.ts');
    const { assertAppLogin } = await import('./app-role.ts');
    const pool = openPool({ appUrl: url.toString(), applicationName: 'test', poolSize: 1 });
    await assertAppLogin(pool);
    expect((await pool.query('select mode from instance')).rows).toEqual([{ mode: 'sandbox' }]);
    await pool.end();
    await database.owner.query('drop owned by other_app; drop role other_app');
  }));

test('the worker starts pg-boss with the application’s login, sends and works, and cannot change its shape', () =>
  withDatabase(async (database) => {
    await run(database, { queues: [{ name: 'messages', heartbeatSeconds: 10 }] });
    const boss = new PgBoss({ connectionString: database.appUrl, migrate: false, max: 2 });
    const errors: unknown[] = [];
    boss.on('error', (error) => errors.push(error));
    await boss.start();
    try {
      await boss.send('messages', { outboxId: '1' });
      const [job] = await boss.fetch<{ outboxId: string }>('messages');
      expect(job?.data).toEqual({ outboxId: '1' });
      await boss.complete('messages', job!.id);
      await boss.supervise();
      await expect(database.db.system.query('drop table pgboss.job')).rejects.toThrow('must be owner');
      await expect(database.db.system.query('truncate pgboss.version')).rejects.toThrow('permission denied');
    } finally {
      await boss.stop({ graceful: false });
    }
    expect(errors).toEqual([]);
  }));

test('schema.sql is what the migrations make (node server/platform/schema-dump.ts rewrites it)', () =>
  withDatabase(async (database) => {
    expect(await dumpSchema(database.owner)).toBe(readFileSync(schemaFile, 'utf8'));
  }));
