import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '#tests/with-database.ts';
import { assertAppLogin } from './app-role.ts';
import { sqlState } from './db.ts';

// Over every table of the catalogue, so that a table of a later migration is tried without anyone remembering to.
interface Table {
  readonly name: string;
  readonly class: 'read-write' | 'insert-only' | 'read-only';
  readonly scoped: boolean;
  readonly partitioned: boolean;
  readonly columns: readonly { name: string; type: string; category: string; fill: boolean }[];
}

const denied = '42501';
let database: TestDatabase;
let tables: Table[];

beforeAll(async () => {
  database = await openTestDatabase();
  tables = (
    await database.owner.query<Table>(
      `select c.relname as name, t.class, t.insurer_scoped as scoped, c.relkind = 'p' as partitioned,
              (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
                        'category', y.typcategory, 'fill', a.attnotnull and a.attidentity = '' and a.attgenerated = ''))
                 from pg_attribute a join pg_type y on y.oid = a.atttypid
                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
         from pg_class c left join table_classes t on t.table_name = c.relname
        where c.relnamespace = 'yilu'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    )
  ).rows;
  await loosen();
  for (const table of scoped()) await database.owner.query(...insertion(table, 'first'));
});

afterAll(() => database.drop());

const scoped = () => tables.filter((table) => table.scoped);
const insurerColumn = 'insurer';

/** In this clone rows need not make sense: it is about whose they are. */
async function loosen(): Promise<void> {
  const { rows } = await database.owner.query<{ table: string; name: string }>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name from pg_constraint
      where connamespace = 'yilu'::regnamespace and contype in ('c', 'f') and conparentid = 0 and conrelid <> 0
      order by contype desc`,
  );
  for (const { table, name } of rows)
    await database.owner.query(`alter table ${table} drop constraint if exists ${name}`);
  const triggers = await database.owner.query<{ table: string; name: string }>(
    `select tgrelid::regclass::text as table, quote_ident(tgname) as name from pg_trigger t
       join pg_class c on c.oid = t.tgrelid
      where not tgisinternal and tgparentid = 0 and c.relnamespace = 'yilu'::regnamespace`,
  );
  for (const { table, name } of triggers.rows) await database.owner.query(`drop trigger ${name} on ${table}`);
  for (const table of tables.filter((item) => item.partitioned)) {
    const found = await database.owner.query(
      `select 1 from pg_partitioned_table where partrelid = $1::regclass and partdefid <> 0`,
      [`yilu.${table.name}`],
    );
    if (found.rowCount === 0)
      await database.owner.query(`create table ${table.name}_rest partition of ${table.name} default`);
  }
}

/** A row of one insurer with the least that the columns' types ask for. */
function insertion(table: Table, insurer: string): [string, unknown[]] {
  const filled = table.columns.filter((column) => column.fill);
  const values = filled.map((column) =>
    column.name === insurerColumn ? '$1' : literalOf(column.type, column.category),
  );
  const names = filled.map((column) => `"${column.name}"`);
  return [`insert into ${table.name} (${names}) values (${values})`, names.includes('"insurer"') ? [insurer] : []];
}

function literalOf(type: string, category: string): string {
  if (type === 'uuid') return `'00000000-0000-7000-8000-000000000001'::uuid`;
  if (type === 'bytea') return `'\\x00'::bytea`;
  if (type === 'jsonb' || type === 'json') return `'{}'::${type}`;
  if (category === 'E') return `(enum_range(null::${type}))[1]`;
  if (category === 'N') return '1';
  if (category === 'B') return 'true';
  if (category === 'D') return `'2026-11-18'::${type}`;
  if (category === 'A') return `'{}'::${type}`;
  if (category === 'R') return `'empty'::${type}`;
  if (category === 'T') return `'1 day'::interval`;
  if (category === 'S') return `'x'`;
  return `'1'::${type}`;
}

const asFirst = () => database.db.forInsurer('first');
const asSecond = () => database.db.forInsurer('second');
const stateOf = (work: Promise<unknown>) => work.then(() => 'done', (error: unknown) => sqlState(error) ?? String(error)); // biome-ignore format: one thought

describe('the application', () => {
  test('finds every table in exactly one class', () => {
    expect(tables.length).toBeGreaterThan(4);
    expect(tables.filter((table) => table.class === null).map((table) => table.name)).toEqual([]);
  });

  test('may neither update, delete nor truncate an insert-only or read-only table', async () => {
    for (const table of tables.filter((item) => item.class !== 'read-write')) {
      for (const column of table.columns) {
        const text = `update ${table.name} set "${column.name}" = "${column.name}"`;
        expect(await stateOf(asFirst().query(text)), text).toBe(denied);
      }
      expect(await stateOf(asFirst().query(`delete from ${table.name}`)), `delete ${table.name}`).toBe(denied);
    }
  });

  test('may truncate no table', async () => {
    for (const table of tables) {
      expect(await stateOf(asFirst().query(`truncate ${table.name}`)), `truncate ${table.name}`).toBe(denied);
    }
  });

  test('may insert into no read-only table', async () => {
    for (const table of tables.filter((item) => item.class === 'read-only')) {
      expect(await stateOf(asFirst().query(...insertion(table, 'first'))), table.name).toBe(denied);
    }
  });

  test('may make, alter or drop nothing and may not hand itself rights', async () => {
    const attempts = [
      'create table yilu.mine (n int)',
      'create table public.mine (n int)',
      'alter table yilu.insurers disable row level security',
      'drop table yilu.instance',
      `select yilu.grant_table('instance', 'read-write', false)`,
      'select yilu.apply_grants()',
      'set role yilu_owner',
    ];
    for (const attempt of attempts) expect(await stateOf(database.db.system.query(attempt)), attempt).toBe(denied);
  });

  test('sees its own insurer’s rows, not the other’s, and none without an insurer', async () => {
    for (const table of scoped()) {
      const count = `select count(*)::int as n from ${table.name}`;
      expect((await asFirst().query(count)).rows, table.name).toEqual([{ n: 1 }]);
      expect((await asSecond().query(count)).rows, table.name).toEqual([{ n: 0 }]);
      expect((await database.db.system.query(count)).rows, table.name).toEqual([{ n: 0 }]);
    }
  });

  test('changes no row of the other insurer and writes none in its name', async () => {
    for (const table of scoped()) {
      if (table.class === 'read-write') {
        expect((await asSecond().query(`update ${table.name} set insurer = insurer`)).rowCount, table.name).toBe(0);
        expect((await asSecond().query(`delete from ${table.name}`)).rowCount, table.name).toBe(0);
        const handOver = `update ${table.name} set insurer = 'second'`;
        expect(await stateOf(asFirst().query(handOver)), handOver).toBe(denied);
      }
      expect(await stateOf(asSecond().query(...insertion(table, 'first'))), table.name).toBe(denied);
    }
  });

  test('starts with its own login and refuses the owner’s, naming each fault', async () => {
    await assertAppLogin(database.db.system);
    await expect(assertAppLogin(database.owner)).rejects.toThrow(/is a superuser, has BYPASSRLS, owns yilu\./);
  });

  test('refuses a login that may update an insert-only table, even one column of it', async () => {
    await database.owner.query('create table ledger_of_test (n int, m int)');
    await database.owner.query(`select grant_table('ledger_of_test', 'insert-only', false)`);
    await database.owner.query('grant update (m) on ledger_of_test to yilu_app');
    await expect(assertAppLogin(database.db.system)).rejects.toThrow('may change rows of yilu.ledger_of_test');
    await database.owner.query('drop table ledger_of_test');
    await database.owner.query(`delete from table_classes where table_name = 'ledger_of_test'`);
  });
});
