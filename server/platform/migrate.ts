import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { PgBoss, type Queue } from 'pg-boss';
import { ensureAppRole } from './app-role.ts';
import type { Db } from './db.ts';

/** Sandbox or production; a database remembers which from its first migration on. */
export type Mode = 'sandbox' | 'production';

export interface MigrateOptions {
  /** The owner's login: it makes schema, role and grants. */
  readonly ownerUrl: string;
  /** The application's login with its password; made when it does not exist. */
  readonly appUrl: string;
  readonly mode: Mode;
  /** Queues of pg-boss to have, for the worker that starts it without migrating. */
  readonly queues?: readonly (Queue & { name: string })[];
  /** Business code's migrations live in one folder; tests may name another. */
  readonly folder?: string;
  /** The moment written as `applied_at`; machine time. */
  readonly now?: Date;
}

interface Migration {
  readonly id: number;
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

const migrationsFolder = join(import.meta.dirname, 'migrations');
/** Any constant will do; every migrating process of Yilu must use this one. */
const migrationLock = 7_165_421_001;

/**
 * Brings the database to the newest migration, makes the application's login and re-states its grants, installs
 * pg-boss, and has the database remember its mode. Several processes may call it at once: one works, the others wait.
 * Throws on a changed file that was already applied, on the other mode, and on a table without a class.
 * Returns the names applied now.
 */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'yilu migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await client.query('set client_min_messages = warning');
    await ensureAppRole(client, options.appUrl);
    await ensureGround(client);
    await assertMode(client, options.mode);
    const applied = await applyPending(client, readMigrations(options.folder), options.now ?? new Date());
    await rememberMode(client, options.mode, options.now ?? new Date());
    await client.query('select yilu.apply_grants()');
    await installJobs(client, options);
    return { applied };
  } finally {
    await client.end();
  }
}

/** The names of migrations this program has and the database lacks; all of them when it was never migrated. */
export async function listMissingMigrations(db: Db, folder?: string): Promise<string[]> {
  const known = await db.query<{ there: boolean }>(`select to_regclass('yilu.schema_migrations') is not null as there`);
  const rows = known.rows[0]?.there
    ? (await db.query<{ id: number }>('select id from yilu.schema_migrations')).rows
    : [];
  const applied = new Set(rows.map((row) => row.id));
  return readMigrations(folder)
    .filter((migration) => !applied.has(migration.id))
    .map((migration) => migration.name);
}

/** Throws when the database remembers another mode than this one. */
export async function assertMode(db: Db, mode: Mode): Promise<void> {
  const known = await db.query<{ there: boolean }>(`select to_regclass('yilu.instance') is not null as there`);
  if (!known.rows[0]?.there) return;
  const found = (await db.query<{ mode: Mode }>('select mode from yilu.instance')).rows[0]?.mode;
  if (found === undefined || found === mode) return;
  throw new Error(
    `This database was made as ${found} and cannot be used as ${mode}: set YILU_MODE=${found}, or use another database.`,
  );
}

/** Reads NNNN-name.sql in order; throws on a badly named file and on two with one number. */
function readMigrations(folder = migrationsFolder): Migration[] {
  const files = readdirSync(folder).sort();
  const migrations = files.map((name): Migration => {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1];
    if (number === undefined) throw new Error(`${join(folder, name)} is not named like 0001-what-it-does.sql.`);
    const text = readFileSync(join(folder, name), 'utf8');
    return { id: Number(number), name, text, sha256: createHash('sha256').update(text).digest('hex') };
  });
  const twice = migrations.find((migration, index) => migrations[index + 1]?.id === migration.id);
  if (twice) throw new Error(`Two migrations carry the number of ${twice.name}: renumber one.`);
  return migrations;
}

async function ensureGround(client: pg.Client): Promise<void> {
  await client.query(`
    create schema if not exists yilu;
    create table if not exists yilu.schema_migrations (
      id         integer primary key,
      name       text not null,
      sha256     text not null,
      applied_at timestamptz not null
    )`);
}

async function applyPending(client: pg.Client, migrations: Migration[], now: Date): Promise<string[]> {
  type Row = { id: number; name: string; sha256: string };
  const { rows } = await client.query<Row>('select id, name, sha256 from yilu.schema_migrations order by id');
  for (const row of rows) {
    const file = migrations.find((migration) => migration.id === row.id);
    if (!file)
      throw new Error(`The database has migration ${row.name}, which this program lacks: run a newer program.`);
    if (file.sha256 !== row.sha256) {
      throw new Error(`Migration ${file.name} was changed after it was applied: restore it and write a new one.`);
    }
  }
  const done = new Set(rows.map((row) => row.id));
  const pending = migrations.filter((migration) => !done.has(migration.id));
  for (const migration of pending) {
    await client.query('begin');
    try {
      await client.query('set local search_path = yilu, public');
      await client.query(migration.text);
      await client.query('insert into yilu.schema_migrations values ($1, $2, $3, $4)', [
        migration.id,
        migration.name,
        migration.sha256,
        now,
      ]);
      await client.query('commit');
    } catch (cause) {
      await client.query('rollback');
      throw new Error(`Migration ${migration.name} failed: ${(cause as Error).message}`, { cause });
    }
  }
  return pending.map((migration) => migration.name);
}

async function rememberMode(client: pg.Client, mode: Mode, now: Date): Promise<void> {
  await client.query('insert into yilu.instance (mode, created_at) values ($1, $2) on conflict do nothing', [
    mode,
    now,
  ]);
}

/** pg-boss makes its schema as the owner; the application may use it and change nothing of its shape. */
async function installJobs(client: pg.Client, options: MigrateOptions): Promise<void> {
  const boss = new PgBoss({
    connectionString: options.ownerUrl,
    schema: 'pgboss',
    max: 1,
    supervise: false,
    schedule: false,
  });
  boss.on('error', () => {}); // A broken connection shows itself in the calls below.
  await boss.start();
  try {
    for (const queue of options.queues ?? []) {
      if (await boss.getQueue(queue.name)) continue;
      await boss.createQueue(queue.name, queue);
    }
  } finally {
    await boss.stop({ graceful: false });
  }
  await client.query(`
    grant usage on schema pgboss to yilu_app;
    grant select, insert, update, delete on all tables in schema pgboss to yilu_app;
    grant usage on all sequences in schema pgboss to yilu_app;
    grant execute on all functions in schema pgboss to yilu_app`);
}
