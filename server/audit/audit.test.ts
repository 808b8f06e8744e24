import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Subject } from '#domain/operations/audit-words.ts';
import type { Actor } from '#server/platform/context.ts';
import { inTransaction } from '#server/platform/db.ts';
import { makeKeyRing } from '#server/platform/keys.ts';
import { openTestDatabase, type TestDatabase } from '#tests/with-database.ts';
import { recordAudit } from './record.ts';
import { sealPending } from './sealer.ts';
import { verifyAudit } from './verify.ts';

const keys = new Map([
  ['k1', randomBytes(32)],
  ['k2', randomBytes(32)],
]);
const actor: Actor = {
  accountId: '0190a000-0000-7000-8000-000000000001',
  role: 'reviewer',
  roles: ['reviewer'],
  personId: null,
  provider: null,
  name: '审核员',
};
const at = new Date('2026-11-18T02:00:00Z');
let database: TestDatabase;
let folder: string;
let sealLog: string;
let insurer = '';
let count = 0;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'yilu-audit-'));
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  count += 1;
  insurer = `a${count}`;
  sealLog = join(folder, `${insurer}.log`);
  await database.owner.query('insert into insurers (code, name_zh, name_en) values ($1, $1, $1)', [insurer]);
});

const ring = () => makeKeyRing('k1', keys);
const ctx = () => ({ insurer, pool: database.db.forInsurer(insurer), keyRing: ring(), config: { sealLog } });
const record = (subject: Subject) =>
  inTransaction(ctx().pool, (db) =>
    recordAudit(db, ctx(), { actor, action: 'case.read', subject, details: { version: 1, kind: 'x' }, now: at }),
  );
const verify = (withFile = true) => verifyAudit(ctx(), withFile ? { sealLog } : {});

/** Other tests' transactions run on the same server and hold the sealer back for a moment. */
async function seal(rows: number): Promise<void> {
  for (let sealed = 0, tries = 0; sealed < rows; tries++) {
    sealed += await sealPending(ctx());
    if (tries > 400) throw new Error('The rows were not chained within 10 s.');
    if (sealed < rows) await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function chained(rows: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < rows; i++) ids.push(await record(`case:${i}`));
  await seal(rows);
  return ids;
}

test('what was recorded is chained, sealed in the database and in the file, and verifies', async () => {
  await chained(5);
  await record('case:later');
  expect(await verify()).toEqual({ ok: true, checked: 6, sealed: 5, unsealed: 1, firstFault: null });
  const last = JSON.parse(readFileSync(sealLog, 'utf8').trim().split('\n').at(-1)!) as Record<string, unknown>;
  expect(last).toMatchObject({ insurer, n: 5, key: 'k1' });
});

test('a row of a change that rolls back is gone with it', async () => {
  const failing = inTransaction(ctx().pool, async (db) => {
    await recordAudit(db, ctx(), { actor, action: 'case.read', subject: 'case:1', now: at });
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await verify(false)).toMatchObject({ ok: true, checked: 0 });
});

test('a row of a transaction that commits late is chained after those that overtook it, and nothing is left out', async () => {
  const client = await ctx().pool.connect();
  await client.query('begin');
  const slow = await recordAudit(client, ctx(), { actor, action: 'case.read', subject: 'case:slow', now: at });
  const fast = await record('case:fast');
  expect(await sealPending(ctx())).toBe(0);
  await client.query('commit');
  client.release();
  await seal(2);
  const links = await database.owner.query('select audit_id from audit_links where insurer = $1 order by n', [insurer]);
  expect(links.rows.map((row) => row.audit_id)).toEqual([slow, fast]);
});

test('two sealers at once make one chain', async () => {
  for (let i = 0; i < 20; i++) await record(`case:${i}`);
  await Promise.all([sealPending(ctx(), 7), sealPending(ctx(), 7), sealPending(ctx(), 7), seal(0)]);
  while ((await sealPending(ctx())) > 0);
  expect(await verify(false)).toMatchObject({ ok: true, checked: 20 });
});

test('the application itself can change neither rows nor links nor seals', async () => {
  await chained(1);
  for (const table of ['audit', 'audit_links', 'audit_seals']) {
    for (const statement of [`delete from ${table}`, `truncate ${table}`, `update ${table} set insurer = insurer`]) {
      await expect(ctx().pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  }
});

test('an altered row is named, whichever column was changed', async () => {
  const ids = await chained(3);
  for (const change of [
    "action = 'paper.opened'",
    'actor_account = null',
    `details = '{"kind": "y", "version": 1}'`,
    `xid = '3'`,
    "at = at + interval '1 hour'",
  ]) {
    const column = change.split(' ')[0]!;
    await database.owner.query(`create table backup as select * from audit where insurer = $1`, [insurer]);
    await database.owner.query(`update audit set ${change} where insurer = $1 and id = $2`, [insurer, ids[1]]);
    expect((await verify()).firstFault, change).toMatchObject({ kind: 'altered', id: ids[1] });
    await database.owner.query(
      `update audit a set ${column} = b.${column} from backup b where a.insurer = b.insurer and a.id = b.id`,
    );
    await database.owner.query('drop table backup');
  }
  expect(await verify()).toMatchObject({ ok: true });
});

test('a deleted row is named, and so is a link that was deleted with it', async () => {
  const ids = await chained(4);
  await database.owner.query('delete from audit where insurer = $1 and id = $2', [insurer, ids[2]]);
  expect((await verify()).firstFault).toMatchObject({ kind: 'missing', id: ids[2] });
  await database.owner.query('delete from audit_links where insurer = $1 and n = 3', [insurer]);
  expect((await verify()).firstFault).toMatchObject({ kind: 'missing', id: 'link:3' });
  await database.owner.query('update audit_links set n = 3 where insurer = $1 and n = 4', [insurer]);
  expect((await verify()).firstFault).toMatchObject({ kind: 'altered', id: 'link:3' });
});

test('a row that was put in is named, before and after the end of the chain', async () => {
  const ids = await chained(2);
  const put = (id: string, xid: string) =>
    database.owner.query(
      `insert into audit select insurer, $2::uuid, $3::text::xid8, at, machine_at, actor_account, actor_role, actor_provider, action,
              subject, case_id, person_id, details, key_id, hmac from audit where insurer = $1 and id = $4`,
      [insurer, id, xid, ids[0]],
    );
  const early = '0190a000-0000-7000-8000-00000000000a';
  await put(early, '3');
  expect((await verify()).firstFault).toMatchObject({ kind: 'inserted', id: early });
  await database.owner.query('delete from audit where id = $1', [early]);
  const late = '0190a000-0000-7000-8000-00000000000b';
  await put(late, '999999999');
  expect((await verify()).firstFault).toMatchObject({ kind: 'inserted', id: late });
});

test('a cut-off tail shows by its seals, and by the file when the seals are cut off with it', async () => {
  await chained(2);
  const ids = await chained(2);
  await database.owner.query('delete from audit_links where insurer = $1 and n > 2', [insurer]);
  expect((await verify(false)).firstFault).toMatchObject({ kind: 'cut-off', id: 'link:4' });
  await database.owner.query('delete from audit_seals where insurer = $1 and n > 2', [insurer]);
  await database.owner.query('delete from audit where insurer = $1 and id = any($2)', [insurer, ids]);
  expect(await verify(false)).toMatchObject({ ok: true });
  expect((await verify()).firstFault).toMatchObject({ kind: 'cut-off', id: 'link:4' });
  await chained(2);
  expect(await verify(false)).toMatchObject({ ok: true });
  expect((await verify()).firstFault).toMatchObject({ kind: 'altered', id: 'link:4' });
});

test('an altered seal and an altered line of the file are named; an unfinished line is passed over', async () => {
  await chained(1);
  await record('case:2');
  writeFileSync(sealLog, '{"insurer":"a', { flag: 'a' });
  await seal(1);
  expect(await verify()).toMatchObject({ ok: true, sealed: 2 });
  writeFileSync(sealLog, readFileSync(sealLog, 'utf8').replace('"n":2', '"n":1'));
  expect((await verify()).firstFault).toMatchObject({ kind: 'altered', id: 'file:3' });
  await database.owner.query("update audit_seals set at = at - interval '1 day' where insurer = $1 and n = 1", [
    insurer,
  ]);
  expect((await verify()).firstFault).toMatchObject({ kind: 'altered', id: 'seal:1' });
});

test('rows written under an older key verify while the ring still has it', async () => {
  await chained(1);
  const rotated = { ...ctx(), keyRing: makeKeyRing('k2', keys) };
  await inTransaction(rotated.pool, (db) =>
    recordAudit(db, rotated, { actor, action: 'case.read', subject: 'case:2', now: at }),
  );
  expect(await verifyAudit(rotated)).toMatchObject({ ok: true, checked: 2 });
  const without = { ...ctx(), keyRing: makeKeyRing('k2', new Map([['k2', keys.get('k2')!]])) };
  expect(await verifyAudit(without)).toMatchObject({ ok: false });
});
