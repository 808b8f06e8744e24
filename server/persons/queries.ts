/** Persons: created, read, and found by keyed hashes of normal forms only. */
import type { Ctx } from '#server/platform/context.ts';
import {
  keyedHash,
  keyedHashes,
  newDataKey,
  normaliseIdNumber,
  normaliseName,
  normalisePhone,
  wrapDataKey,
} from '#server/platform/crypto.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { openFor, sealFor, sealWith } from './seal.ts';

export type Identity = {
  name: string;
  /** resident-id | passport | hk-mo-permit | tw-permit | foreign-permanent | other */
  idType: string;
  idNumber: string;
  bornOn: string;
  sex: 'F' | 'M' | null;
  phone: string;
};
export type Person = Identity & { id: string; mainlandCitizen: boolean };
export type PersonHash = 'id' | 'phone' | 'name';

const NORMAL = { id: normaliseIdNumber, phone: normalisePhone, name: normaliseName } as const;

/** The keyed hash under the current key, as stored. */
export const personHash = (ctx: Pick<Ctx, 'keyRing' | 'insurer'>, kind: PersonHash, raw: string): Buffer | null =>
  raw.trim() === '' ? null : keyedHash(ctx.keyRing, ctx.insurer, `person-${kind}`, NORMAL[kind](raw));

const insertPerson = sql<never>(
  'persons.insert',
  `with p as (
     insert into persons (insurer, id, sealed, id_hash, phone_hash, name_hash, mainland_citizen, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning insurer, id)
   insert into person_keys (insurer, person_id, wrapped) select insurer, id, $9 from p`,
);
const selectPerson = sql<{ id: string; sealed: Buffer; mainlandCitizen: boolean }>(
  'persons.select',
  'select id, sealed, mainland_citizen as "mainlandCitizen" from persons where insurer = $1 and id = $2',
);
const updatePerson = sql<never>(
  'persons.update',
  'update persons set sealed = $3, id_hash = $4, phone_hash = $5, name_hash = $6, mainland_citizen = $7 where insurer = $1 and id = $2',
);
const FIND: Record<PersonHash, ReturnType<typeof sql<{ id: string }>>> = {
  id: sql<{ id: string }>(
    'persons.findById',
    'select id from persons where insurer = $1 and id_hash = any($2) order by id limit 20',
  ),
  phone: sql<{ id: string }>(
    'persons.findByPhone',
    'select id from persons where insurer = $1 and phone_hash = any($2) order by id limit 20',
  ),
  name: sql<{ id: string }>(
    'persons.findByName',
    'select id from persons where insurer = $1 and name_hash = any($2) order by id limit 20',
  ),
};

/** `mainlandCitizen` follows from the type of ID (contract 2.5). */
export const isMainlandCitizen = (idType: string): boolean => idType === 'resident-id';

export async function createPerson(
  db: Db,
  ctx: Pick<Ctx, 'keyRing' | 'insurer'>,
  identity: Identity,
  now: Date,
): Promise<string> {
  const id = uuidv7();
  const dataKey = newDataKey();
  await query(db, insertPerson, [
    ctx.insurer,
    id,
    sealWith(dataKey, ctx, 'persons', id, identity),
    personHash(ctx, 'id', identity.idNumber),
    personHash(ctx, 'phone', identity.phone),
    personHash(ctx, 'name', identity.name),
    isMainlandCitizen(identity.idType),
    now,
    wrapDataKey(ctx.keyRing, ctx.insurer, id, dataKey),
  ]);
  return id;
}

/** Throws when there is no such person. */
export async function getPerson(db: Db, ctx: Pick<Ctx, 'keyRing' | 'insurer'>, id: string): Promise<Person> {
  const person = await findPerson(db, ctx, id);
  if (!person) throw new Error(`Person ${id} does not exist`);
  return person;
}

export async function findPerson(
  db: Db,
  ctx: Pick<Ctx, 'keyRing' | 'insurer'>,
  id: string,
): Promise<Person | undefined> {
  const row = await queryOne(db, selectPerson, [ctx.insurer, id]);
  if (!row) return undefined;
  return {
    id,
    mainlandCitizen: row.mainlandCitizen,
    ...(await openFor<Identity>(db, ctx, id, 'persons', id, row.sealed)),
  };
}

export async function changePerson(
  db: Db,
  ctx: Pick<Ctx, 'keyRing' | 'insurer'>,
  id: string,
  identity: Identity,
): Promise<void> {
  await query(db, updatePerson, [
    ctx.insurer,
    id,
    await sealFor(db, ctx, id, 'persons', id, identity),
    personHash(ctx, 'id', identity.idNumber),
    personHash(ctx, 'phone', identity.phone),
    personHash(ctx, 'name', identity.name),
    isMainlandCitizen(identity.idType),
  ]);
}

/** Exact matches only, at most 20; while keys rotate, hashes under every key of the ring are tried. */
export async function findPersonsByHash(
  db: Db,
  ctx: Pick<Ctx, 'keyRing' | 'insurer'>,
  kind: PersonHash,
  raw: string,
): Promise<string[]> {
  if (raw.trim() === '') return [];
  const hashes = keyedHashes(ctx.keyRing, ctx.insurer, `person-${kind}`, NORMAL[kind](raw));
  return (await query(db, FIND[kind], [ctx.insurer, hashes])).map((row) => row.id);
}
