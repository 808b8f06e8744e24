/** Two transactions interleaved by hand: one stands open while the other runs into its locks. No chance, no sleeping. */
import type pg from 'pg';
import type { Actor } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { Persona } from '#server/sandbox/people.ts';
import { member, type TestApp } from '#tests/with-app.ts';

export type Held<T> = { result: T; db: Db; commit(): Promise<void>; rollback(): Promise<void> };

/** Begins a transaction, does the work and leaves it open until `commit` or `rollback`. */
export async function hold<T>(on: TestApp, work: (db: Db) => Promise<T>): Promise<Held<T>> {
  const client: pg.PoolClient = await on.ctx.pool.connect();
  await client.query('begin');
  let result: T;
  try {
    result = await work(client);
  } catch (error) {
    await client.query('rollback');
    client.release();
    throw error;
  }
  const end = async (how: 'commit' | 'rollback') => {
    await client.query(how);
    client.release();
  };
  return { result, db: client, commit: () => end('commit'), rollback: () => end('rollback') };
}

/** Waits until so many connections of this database wait for a lock: the proof that they met one. @throws after 5 s */
export async function waiting(on: TestApp, wanted: number): Promise<void> {
  const until = Date.now() + 5000;
  let seen = 0;
  while (Date.now() < until) {
    const { rows } = await on.database.owner.query<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    seen = rows[0]!.n;
    if (seen >= wanted) return;
  }
  throw new Error(`${seen} connections wait for a lock where ${wanted} should`);
}

/** Who a demonstration account acts as, for calling an action without HTTP. */
export async function actorOf(on: TestApp, key: string): Promise<Actor> {
  const { rows } = await on.database.owner.query<{
    id: string;
    roles: Actor['roles'];
    personId: string | null;
    provider: string | null;
  }>(
    `select id, roles, person_id as "personId", provider from yilu.accounts where insurer = $1 and sandbox->>'key' = $2`,
    [on.ctx.insurer, key],
  );
  const { id, roles, personId, provider } = rows[0]!;
  return { accountId: id, role: roles[0]!, roles, personId, provider, name: key };
}

/** How many rows a table has under a condition. */
export async function count(on: TestApp, from: string, values: unknown[] = []): Promise<number> {
  const { rows } = await on.database.owner.query<{ n: number }>(`select count(*)::int as n from yilu.${from}`, values);
  return rows[0]!.n;
}

/** Ordinary members, each with a number, a policy and a birth date of her own. */
export const members = (keys: readonly string[], change: Partial<Persona> = {}): Persona[] =>
  keys.map((key, i) => {
    const bornOn = new Date(Date.UTC(1960, 0, 1 + i)).toISOString().slice(0, 10);
    return member(key, {
      bornOn,
      phone: `1981${String(i).padStart(7, '0')}`,
      policyNo: `T81${String(i).padStart(7, '0')}`,
      ...change,
    });
  });
