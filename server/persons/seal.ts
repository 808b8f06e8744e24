/** Sealing under a person's data key (erasing the key erases the person), and under the insurer's for rows of nobody. */
import type { Ctx } from '#server/platform/context.ts';
import { newDataKey, openValue, sealedKeyId, sealValue, unwrapDataKey, wrapDataKey } from '#server/platform/crypto.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer' | 'keyRing'>;
/** The id every value sealed under a person's own key carries: there is one such key a person. */
const PERSON_KEY = 'person';

const selectKey = sql<{ wrapped: Buffer }>(
  'seal.selectKey',
  'select wrapped from person_keys where insurer = $1 and person_id = $2',
);
const insertKey = sql<never>(
  'seal.insertKey',
  'insert into person_keys (insurer, person_id, wrapped) values ($1, $2, $3)',
);

/** A new person's data key, wrapped and stored; the person's row must be there. */
export async function createPersonKey(db: Db, ctx: Keys, personId: string): Promise<Buffer> {
  const dataKey = newDataKey();
  await query(db, insertKey, [ctx.insurer, personId, wrapDataKey(ctx.keyRing, ctx.insurer, personId, dataKey)]);
  return dataKey;
}

/** The person's data key. Throws when it was destroyed: the person was erased. */
export async function getPersonKey(db: Db, ctx: Keys, personId: string): Promise<Buffer> {
  const found = await queryOne(db, selectKey, [ctx.insurer, personId]);
  if (!found) throw new Error(`The person ${personId} has no data key: unknown, or erased`);
  return unwrapDataKey(ctx.keyRing, ctx.insurer, personId, found.wrapped);
}

/** JSON of `value` under the person's key; opens only in the same table and row. */
export const sealWith = (dataKey: Buffer, ctx: Keys, table: string, row: string, value: unknown): Buffer =>
  sealValue(dataKey, PERSON_KEY, JSON.stringify(value), { insurer: ctx.insurer, table, row });
export const openWith = <T>(dataKey: Buffer, ctx: Keys, table: string, row: string, sealed: Buffer): T =>
  JSON.parse(openValue(dataKey, sealed, { insurer: ctx.insurer, table, row }).toString('utf8')) as T;

export async function sealFor(
  db: Db,
  ctx: Keys,
  personId: string,
  table: string,
  row: string,
  value: unknown,
): Promise<Buffer> {
  return sealWith(await getPersonKey(db, ctx, personId), ctx, table, row, value);
}
export async function openFor<T>(
  db: Db,
  ctx: Keys,
  personId: string,
  table: string,
  row: string,
  sealed: Buffer,
): Promise<T> {
  return openWith<T>(await getPersonKey(db, ctx, personId), ctx, table, row, sealed);
}

const insurerKey = (ctx: Keys, keyId: string) => ctx.keyRing.derive(keyId, `insurer/${ctx.insurer}`);
/** For rows of no person: staff accounts, kept answers. */
export const sealInsurer = (ctx: Keys, table: string, row: string, value: unknown): Buffer =>
  sealValue(insurerKey(ctx, ctx.keyRing.current), ctx.keyRing.current, JSON.stringify(value), {
    insurer: ctx.insurer,
    table,
    row,
  });
export const openInsurer = <T>(ctx: Keys, table: string, row: string, sealed: Buffer): T =>
  JSON.parse(
    openValue(insurerKey(ctx, sealedKeyId(sealed)), sealed, { insurer: ctx.insurer, table, row }).toString('utf8'),
  ) as T;
