/**
 * Rotation of the installation's keys. A new key is first added to every process's ring, then made current; from then
 * on everything is written under it and both are read. This brings what was written before under the current key, row
 * by row, each in a transaction of its own, while the system runs; it can be broken off and started again.
 *
 * What stays under an older key: the audit (insert-only; its rows and seals name their key), one-time codes, kept answers,
 * and WeChat's tokens and visits, which end by themselves within 7 days. So an older key may leave every place but the auditor's ring, for as
 * long as the audit is to be verified.
 */

import { emailHashes, openSecrets, phoneHash } from '#server/accounts/accounts.ts';
import { findAccount } from '#server/accounts/queries.ts';
import { recordAudit } from '#server/audit/record.ts';
import { findPerson, personHash } from '#server/persons/queries.ts';
import { openInsurer, sealInsurer } from '#server/persons/seal.ts';
import { type Ctx, SYSTEM } from '#server/platform/context.ts';
import { unwrapDataKey, wrapDataKey } from '#server/platform/crypto.ts';
import { type Db, inTransaction, query, queryOne, type Statement, sql } from '#server/platform/db.ts';
import { type Binding, openidHash, openOpenid } from '#server/wechat/bindings.ts';

type RotateCtx = Pick<Ctx, 'insurer' | 'pool' | 'keyRing' | 'clock'>;
export type Rotated = { dataKeys: number; persons: number; accounts: number; sealed: number };

// The key's id stands at the head of everything sealed: version byte, length, id. "person" is a person's own data key.
const keyIdOf = (column: string): string => `substr(${column}, 3, get_byte(${column}, 1))`;
const stale = (column: string): string =>
  `${column} is not null and ${keyIdOf(column)} not in (convert_to($2, 'UTF8'), 'person'::bytea)`;

const listStaleKeys = sql<{ id: string }>(
  'rotate.listKeys',
  `select person_id as id from person_keys where insurer = $1 and ${stale('wrapped')} order by person_id limit $3`,
);
const lockKey = sql<{ wrapped: Buffer }>(
  'rotate.lockKey',
  'select wrapped from person_keys where insurer = $1 and person_id = $2 for update',
);
const updateKey = sql<never>(
  'rotate.updateKey',
  'update person_keys set wrapped = $3 where insurer = $1 and person_id = $2',
);

type Hashes = { id: string; a: Buffer | null; b: Buffer | null; c: Buffer | null };
const listPersons = sql<{ id: string }>(
  'rotate.listPersons',
  'select person_id as id from person_keys where insurer = $1 and person_id > $2 order by person_id limit $3',
);
const lockPerson = sql<Hashes>(
  'rotate.lockPerson',
  'select id, id_hash as a, phone_hash as b, name_hash as c from persons where insurer = $1 and id = $2 for update',
);
const updatePerson = sql<never>(
  'rotate.updatePerson',
  'update persons set id_hash = $3, phone_hash = $4, name_hash = $5 where insurer = $1 and id = $2',
);
const listAccounts = sql<{ id: string }>(
  'rotate.listAccounts',
  'select id from accounts where insurer = $1 and id > $2 order by id limit $3',
);
const lockAccount = sql<Hashes>(
  'rotate.lockAccount',
  'select id, email_hash as a, phone_hash as b, null::bytea as c from accounts where insurer = $1 and id = $2 for update',
);
const updateAccount = sql<never>(
  'rotate.updateAccount',
  'update accounts set email_hash = $3, phone_hash = $4 where insurer = $1 and id = $2',
);

const listBindings = sql<{ id: string }>(
  'rotate.listBindings',
  'select id from wechat_bindings where insurer = $1 and id > $2 order by id limit $3',
);
const lockBinding = sql<Binding & { hash: Buffer }>(
  'rotate.lockBinding',
  `select id, person_id as "personId", sealed, openid_hash as hash from wechat_bindings where insurer = $1 and id = $2 for update`,
);
const updateBinding = sql<never>(
  'rotate.updateBinding',
  'update wechat_bindings set openid_hash = $3 where insurer = $1 and id = $2',
);

/** Columns that may be sealed under the insurer's key, each with the table that its values are bound to. */
const columns = [
  { table: 'accounts', column: 'sealed', place: 'accounts' },
  { table: 'accounts', column: 'totp', place: 'accounts.totp' },
  { table: 'accounts', column: 'totp_pending', place: 'accounts.totp' },
  { table: 'inbox_messages', column: 'sealed', place: 'inbox_messages' },
  { table: 'sandbox_outside', column: 'sealed', place: 'sandbox_outside' },
].map(({ table, column, place }) => ({
  place,
  list: sql<{ id: string }>(
    `rotate.list.${table}.${column}`,
    `select id from ${table} where insurer = $1 and ${stale(column)} order by id limit $3`,
  ),
  lock: sql<{ sealed: Buffer | null }>(
    `rotate.lock.${table}.${column}`,
    `select ${column} as sealed from ${table} where insurer = $1 and id = $2 for update`,
  ),
  update: sql<never>(
    `rotate.update.${table}.${column}`,
    `update ${table} set ${column} = $3 where insurer = $1 and id = $2`,
  ),
}));

const batch = 200;
const nobody = '00000000-0000-0000-0000-000000000000';

/** Brings everything of the insurer under the ring's current key and records it; running it again finds nothing to do. */
export async function rotateKeys(ctx: RotateCtx, told: (progress: Rotated) => void = () => {}): Promise<Rotated> {
  const done: Rotated = { dataKeys: 0, persons: 0, accounts: 0, sealed: 0 };
  const count = (what: keyof Rotated, changed: boolean) => {
    if (changed) done[what] += 1;
    told(done);
  };
  await drain(ctx, listStaleKeys, async (id) =>
    count('dataKeys', await inTransaction(ctx.pool, (db) => rewrap(db, ctx, id))),
  );
  for (const column of columns) {
    await drain(ctx, column.list, async (id) =>
      count('sealed', await inTransaction(ctx.pool, (db) => reseal(db, ctx, column, id))),
    );
  }
  await walk(ctx, listPersons, async (id) =>
    count('persons', await inTransaction(ctx.pool, (db) => rehashPerson(db, ctx, id))),
  );
  await walk(ctx, listAccounts, async (id) =>
    count('accounts', await inTransaction(ctx.pool, (db) => rehashAccount(db, ctx, id))),
  );
  await walk(ctx, listBindings, async (id) =>
    count('accounts', await inTransaction(ctx.pool, (db) => rehashBinding(db, ctx, id))),
  );
  await inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    await recordAudit(db, ctx, {
      actor: SYSTEM,
      action: 'keys.rotated',
      subject: `key:${ctx.keyRing.current}`,
      details: { ...done },
      now,
    });
  });
  return done;
}

async function rewrap(db: Db, ctx: RotateCtx, personId: string): Promise<boolean> {
  const row = await queryOne(db, lockKey, [ctx.insurer, personId]);
  if (!row) return false; // Erased meanwhile.
  const dataKey = unwrapDataKey(ctx.keyRing, ctx.insurer, personId, row.wrapped);
  await query(db, updateKey, [ctx.insurer, personId, wrapDataKey(ctx.keyRing, ctx.insurer, personId, dataKey)]);
  return true;
}

async function reseal(db: Db, ctx: RotateCtx, column: (typeof columns)[number], id: string): Promise<boolean> {
  const row = await queryOne(db, column.lock, [ctx.insurer, id]);
  if (!row?.sealed) return false;
  await query(db, column.update, [
    ctx.insurer,
    id,
    sealInsurer(ctx, column.place, id, openInsurer(ctx, column.place, id, row.sealed)),
  ]);
  return true;
}

async function rehashPerson(db: Db, ctx: RotateCtx, id: string): Promise<boolean> {
  const row = await queryOne(db, lockPerson, [ctx.insurer, id]);
  const person = row && (await findPerson(db, ctx, id));
  if (!person) return false;
  const hashes = [
    personHash(ctx, 'id', person.idNumber),
    personHash(ctx, 'phone', person.phone),
    personHash(ctx, 'name', person.name),
  ];
  if (same(hashes, [row.a, row.b, row.c])) return false;
  await query(db, updatePerson, [ctx.insurer, id, ...hashes]);
  return true;
}

async function rehashAccount(db: Db, ctx: RotateCtx, id: string): Promise<boolean> {
  const row = await queryOne(db, lockAccount, [ctx.insurer, id]);
  const account = row && (await findAccount(db, ctx.insurer, id));
  if (!account || (row.a === null && row.b === null)) return false;
  // The accounts' functions ask for a whole context and read insurer and keys of it.
  const whole = ctx as Ctx;
  const { email, phone } = await openSecrets(db, whole, account);
  // A hash that has no source any more is left as it is rather than lost.
  const hashes = [
    email === null ? row.a : emailHashes(whole, email)[0]!,
    phone === null || row.b === null ? row.b : phoneHash(whole, phone),
  ];
  if (same(hashes, [row.a, row.b])) return false;
  await query(db, updateAccount, [ctx.insurer, id, ...hashes]);
  return true;
}

async function rehashBinding(db: Db, ctx: RotateCtx, id: string): Promise<boolean> {
  const row = await queryOne(db, lockBinding, [ctx.insurer, id]);
  if (!row) return false;
  const hash = openidHash(ctx, await openOpenid(db, ctx as Ctx, row));
  if (hash.equals(row.hash)) return false;
  await query(db, updateBinding, [ctx.insurer, id, hash]);
  return true;
}

/** What `list` finds shrinks with the work; a row that does not leave it would be met for ever, and stops it instead. */
async function drain(
  ctx: RotateCtx,
  list: Statement<{ id: string }>,
  work: (id: string) => Promise<void>,
): Promise<void> {
  let before = '';
  for (;;) {
    const rows = await query(ctx.pool as Db, list, [ctx.insurer, ctx.keyRing.current, batch]);
    const first = rows[0]?.id;
    if (first === undefined) return;
    if (first === before)
      throw new Error(`The statement ${list.name} meets ${first} again after it was brought under the current key.`);
    before = first;
    for (const { id } of rows) await work(id);
  }
}

/** Every row once, in the order of ids. */
async function walk(
  ctx: RotateCtx,
  list: Statement<{ id: string }>,
  work: (id: string) => Promise<void>,
): Promise<void> {
  for (let after = nobody; ; ) {
    const rows = await query(ctx.pool as Db, list, [ctx.insurer, after, batch]);
    for (const { id } of rows) await work(id);
    if (rows.length < batch) return;
    after = rows.at(-1)!.id;
  }
}

const same = (a: (Buffer | null)[], b: (Buffer | null)[]): boolean =>
  a.every((hash, i) => (hash === null ? b[i] === null : b[i]?.equals(hash) === true));
