import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** Anything that runs SQL: a pool, or the one connection of a transaction. It comes first in every query function. */
export interface Db {
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(
    query: string | { name?: string; text: string; values?: unknown[] },
    values?: unknown[],
  ): Promise<pg.QueryResult<R>>;
}

export type Pool = pg.Pool;

/** A statement prepared once a connection under its name. `Row` is what one row looks like in the program. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** Only for the type checker. */
  readonly row?: Row;
}

const statements = new Map<string, Statement<unknown>>();

/**
 * Declares a named prepared statement. The name is `<file>.<function>` and unique in the program, at most 63 bytes
 * (PostgreSQL cuts longer ones); a second statement under one name throws.
 */
export function sql<Row>(name: string, text: string): Statement<Row> {
  const known = statements.get(name);
  if (known && known.text !== text) throw new Error(`Two statements are called "${name}": rename one.`);
  if (name.length > 63) throw new Error(`The statement name "${name}" is longer than 63 characters.`);
  const statement: Statement<Row> = { name, text };
  statements.set(name, statement);
  return statement;
}

/** Every statement declared so far, for the test that prepares all of them against the migrated database. */
export function listStatements(): Statement<unknown>[] {
  return [...statements.values()];
}

/**
 * Runs a named statement and returns its rows. `date` arrives as 'YYYY-MM-DD', `timestamptz` as Date, `int8` as
 * number (throws beyond 2^53), `numeric` as string. Pass json as `JSON.stringify(…)`: the driver takes a bare array
 * for a PostgreSQL array.
 */
export async function query<Row>(db: Db, statement: Statement<Row>, values: unknown[] = []): Promise<Row[]> {
  const result = await db.query({ name: statement.name, text: statement.text, values });
  return result.rows as Row[];
}

/** Like `query`, for a statement that has at most one row. */
export async function queryOne<Row>(
  db: Db,
  statement: Statement<Row>,
  values: unknown[] = [],
): Promise<Row | undefined> {
  const rows = await query(db, statement, values);
  if (rows.length > 1)
    throw new Error(`The statement "${statement.name}" returned ${rows.length} rows where one was expected.`);
  return rows[0];
}

const retriable = new Set(['40001', '40P01']); // serialization_failure, deadlock_detected

/** SQLSTATE of a database error, undefined for anything else. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** Class 08 and what a server says that goes, comes up or is full (57P01-57P03, 53300). */
const lostStates = /^(08|57P0[123]$|53300$)/;
const lostSockets = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND']);
/** The driver's own words, which have no code. */
const lostWords =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/**
 * The connection to the database broke, or none was to be had: the same request may succeed a moment later. Whether a
 * commit that was on its way arrived is unknown; the Idempotency-Key tells.
 */
export function isConnectionLost(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return lostStates.test(state);
  if (!(error instanceof Error)) return false;
  return lostSockets.has((error as NodeJS.ErrnoException).code ?? '') || lostWords.test(error.message);
}

/**
 * Runs `work` in one transaction (read committed) and commits; any throw rolls back. A serialization failure or
 * deadlock runs `work` again, at most `attempts` times in all, so `work` must change nothing outside the database.
 */
export async function inTransaction<T>(pool: Pool, work: (db: Db) => Promise<T>, attempts = 4): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(pool, work);
    } catch (error) {
      if (attempt >= attempts || !retriable.has(sqlState(error) ?? '')) throw error;
      await sleep(5 * 2 ** attempt + (process.hrtime()[1] % 10));
    }
  }
}

const later = new WeakMap<object, Map<string, () => Promise<void>>>();

/**
 * Runs `work` right after this transaction's commit, once a key, and before `inTransaction` returns; not at all when it
 * rolls back. What must not be forgotten is a row for the worker as well: a process killed in between runs nothing.
 */
export function afterCommit(db: Db, key: string, work: () => Promise<void>): void {
  const known = later.get(db) ?? new Map<string, () => Promise<void>>();
  later.set(db, known.set(key, work));
}

async function runOnce<T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  let result: T;
  try {
    await client.query('begin');
    result = await work(client);
    const committed = await client.query('commit');
    // PostgreSQL answers COMMIT with ROLLBACK when a statement had failed and its error was swallowed.
    if (committed.command !== 'COMMIT')
      throw new Error('The transaction was rolled back: an error inside it was swallowed.');
  } catch (error) {
    later.delete(client);
    await client.query('rollback').catch((failed: Error) => {
      broken = failed;
    });
    throw error;
  } finally {
    client.release(broken);
  }
  const works = [...(later.get(client)?.values() ?? [])];
  later.delete(client);
  for (const one of works) await one();
  return result;
}

export interface DatabaseOptions {
  /** The application's login. */
  readonly appUrl: string;
  /** Shown in pg_stat_activity, e.g. "yilu api". */
  readonly applicationName: string;
  /** Connections per pool. 4 was as fast as 16 on two cores. */
  readonly poolSize?: number;
  readonly statementTimeoutMs?: number;
  /** Told when an idle connection breaks; the pool replaces it by itself. */
  readonly onIdleError?: (error: Error) => void;
}

/** The application's connections: one pool an insurer, and one that sees no insurer's rows. */
export interface Database {
  /** For tables that belong to no insurer; row level security shows it nothing of the others. */
  readonly system: Pool;
  /** The pool whose every connection was opened as this insurer's; made at first use. Throws on a malformed code. */
  forInsurer(code: string): Pool;
  close(): Promise<void>;
}

/** Opens no connection yet; the first query does. */
export function openDatabase(options: DatabaseOptions): Database {
  const pools = new Map<string, Pool>();
  const system = openPool(options);
  return {
    system,
    forInsurer(code) {
      const known = pools.get(code);
      if (known) return known;
      if (!/^[a-z0-9-]{1,32}$/.test(code)) throw new Error(`"${code}" is not an insurer's code (a-z, 0-9, -).`);
      const pool = openPool(options, code);
      pools.set(code, pool);
      return pool;
    },
    async close() {
      await Promise.all([system, ...pools.values()].map((pool) => pool.end()));
    },
  };
}

/** One pool. The insurer is fixed when a connection opens, so that row level security costs no statement. */
export function openPool(options: DatabaseOptions, insurer?: string): Pool {
  const start = ['-c search_path=yilu,public', '-c timezone=UTC'];
  if (insurer !== undefined) start.push(`-c yilu.insurer=${insurer}`);
  const config: pg.PoolConfig & { pipeline: boolean } = {
    connectionString: options.appUrl,
    max: options.poolSize ?? 8,
    application_name: options.applicationName,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: 60_000,
    connectionTimeoutMillis: 10_000,
    options: start.join(' '),
    types,
    // Statements sent together share a round trip (1.7 times as many requests a second).
    pipeline: true,
  };
  const pool = new pg.Pool(config);
  // Without a listener a restart of the server would end the process.
  pool.on('error', (error) => options.onIdleError?.(error));
  // The pool listens to idle connections only. One that breaks while it is out fails the query it runs; that is told there.
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

const asText = (value: string): string => value;

const parsers = new Map<number, (value: string) => unknown>([
  [pg.types.builtins.DATE, asText],
  [
    pg.types.builtins.INT8,
    (value) => {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) throw new Error(`The database sent ${value}, which is beyond 2^53.`);
      return number;
    },
  ],
  [pg.types.builtins.NUMERIC, asText],
]);

const typeOverrides = new pg.TypeOverrides();
for (const [oid, parse] of parsers) typeOverrides.setTypeParser(oid, parse);
// date[] (1182) and int8[] (1016) have no name in the driver's list; text[] (1009) splits them rightly.
const splitArray = pg.types.getTypeParser(1009 as number as never) as (value: string) => (string | null)[];
typeOverrides.setTypeParser(1182, splitArray);
typeOverrides.setTypeParser(1016, (value: string) =>
  splitArray(value).map((item) => (item === null ? null : Number(item))),
);

/** How this program reads PostgreSQL's types; for a client opened outside `openPool`. */
export const types: pg.CustomTypesConfig = typeOverrides;
