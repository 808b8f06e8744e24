import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#tests/with-database.ts';
import { inTransaction, openDatabase, query, queryOne, sql } from './db.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.owner.query(`create table counters (id int primary key, n int not null);
    select grant_table('counters', 'read-write', false); select apply_grants(); insert into counters values (1, 0), (2, 0)`);
});
afterAll(() => database.drop());

const add = sql<never>('db.test.add', 'update counters set n = n + 1 where id = $1');
const read = sql<{ n: number }>('db.test.read', 'select n from counters where id = $1');

test('types arrive as the program means them', async () => {
  const { rows } = await database.db.system.query(
    `select '2026-02-28'::date as day, array['2026-02-28'::date, null] as days, 9007199254740991::int8 as big, array[7::int8] as bigs,
            1.50::numeric as rate, '2026-11-18T10:00:00+08:00'::timestamptz as moment, array['a','b'] as words`,
  );
  expect(rows[0]).toEqual({
    day: '2026-02-28',
    days: ['2026-02-28', null],
    big: 9007199254740991,
    bigs: [7],
    rate: '1.50',
    moment: new Date('2026-11-18T02:00:00Z'),
    words: ['a', 'b'],
  });
  await expect(database.db.system.query('select 9007199254740992::int8 as n')).rejects.toThrow('beyond 2^53');
});

test('the insurer of a pool is set on every connection, and the sessions say who they are', async () => {
  const show = `select current_setting('yilu.insurer', true) as insurer, current_setting('application_name') as name, current_setting('timezone') as zone`;
  expect((await database.db.forInsurer('demo').query(show)).rows).toEqual([
    { insurer: 'demo', name: 'yilu test', zone: 'UTC' },
  ]);
  expect((await database.db.system.query(show)).rows[0].insurer).toBe(null);
  expect(() => database.db.forInsurer('a -c yilu.insurer=b')).toThrow('is not an insurer’s code'.replace('’', "'"));
});

test('a throw rolls everything back', async () => {
  const failing = inTransaction(database.db.system, async (db) => {
    await query(db, add, [1]);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await queryOne(database.db.system, read, [1])).toEqual({ n: 0 });
});

test('an SQL error that was swallowed inside does not pass for a commit', async () => {
  const swallowing = inTransaction(database.db.system, async (db) => {
    await db.query('select 1/0').catch(() => {});
  });
  await expect(swallowing).rejects.toThrow('an error inside it was swallowed');
});

test('two transactions that deadlock both end well', async () => {
  let arrived = 0;
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const cross = (first: number, second: number) =>
    inTransaction(database.db.system, async (db) => {
      await query(db, add, [first]);
      arrived += 1;
      if (arrived === 2) open();
      await gate;
      await query(db, add, [second]);
    });
  await Promise.all([cross(1, 2), cross(2, 1)]);
  expect(await queryOne(database.db.system, read, [1])).toEqual({ n: 2 });
  expect(await queryOne(database.db.system, read, [2])).toEqual({ n: 2 });
  expect(arrived).toBe(3);
});

test('statements sent together in a transaction run in order', async () => {
  const results = await inTransaction(database.db.system, (db) =>
    Promise.all([query(db, add, [1]), query(db, read, [1]), query(db, read, [2])]),
  );
  expect(results[1]).toEqual([{ n: 3 }]);
});

test('a connection that the server ends is told, and the pool lives on', async () => {
  const errors: Error[] = [];
  const own = openDatabase({
    appUrl: database.appUrl,
    applicationName: 'yilu victim',
    poolSize: 1,
    onIdleError: (error) => errors.push(error),
  });
  await own.system.query('select 1');
  await database.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'yilu victim'`,
  );
  await expect.poll(() => errors.length).toBe(1);
  expect((await own.system.query('select 1 as n')).rows).toEqual([{ n: 1 }]);
  await own.close();
});

test('a statement name stands for one statement', () => {
  expect(sql('db.test.read', read.text)).toEqual(read);
  expect(() => sql('db.test.read', 'select 2')).toThrow('Two statements are called "db.test.read"');
});
