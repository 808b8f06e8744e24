import { type Identity, isMainlandCitizen, personHash } from '#server/persons/queries.ts';
import { openWith, sealWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import {
  keyedHashes,
  newDataKey,
  normaliseIdNumber,
  normaliseName,
  normalisePhone,
  unwrapDataKey,
  wrapDataKey,
} from '#server/platform/crypto.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

type Keys = Pick<Ctx, 'insurer' | 'keyRing'>;
type Stored = {
  id: string;
  idHash: Buffer;
  nameHash: Buffer;
  phoneHash: Buffer | null;
  sealed: Buffer;
  wrapped: Buffer | null;
};

/** `known`: on file as the file has it; `phone`: on file with another telephone. The rest must not be taken in. */
export type Match =
  | { readonly kind: 'known' | 'phone'; readonly id: string }
  | { readonly kind: 'new' }
  | { readonly kind: 'other-name' | 'other-birth-day' | 'other-id-type' | 'erased' };

// Why lateral: see import-queries.ts.
const selectPersons = sql<Stored>(
  'personBatch.select',
  `select p.id, p.id_hash as "idHash", p.name_hash as "nameHash", p.phone_hash as "phoneHash", p.sealed, k.wrapped
     from unnest($2::bytea[]) given (hash)
    cross join lateral (select * from persons where insurer = $1 and id_hash = given.hash offset 0) p
     left join lateral (select * from person_keys where insurer = $1 and person_id = p.id offset 0) k on true`,
);
const insertPersons = sql<never>(
  'personBatch.insert',
  `insert into persons (insurer, id, sealed, id_hash, phone_hash, name_hash, mainland_citizen, created_at)
   select $1, p.*, $8 from unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[], $7::boolean[]) p`,
);
const insertKeys = sql<never>(
  'personBatch.keys',
  'insert into person_keys (insurer, person_id, wrapped) select $1, k.* from unnest($2::uuid[], $3::bytea[]) k',
);
const updatePhones = sql<never>(
  'personBatch.phones',
  `update persons p set sealed = n.sealed, phone_hash = n.phone_hash
     from unnest($2::uuid[], $3::bytea[], $4::bytea[]) n (id, sealed, phone_hash) where p.insurer = $1 and p.id = n.id`,
);

/** Finds persons by the keyed hash of their ID number, also while keys rotate, and compares them with the file. */
export async function matchPersons(
  db: Db,
  ctx: Keys,
  persons: ReadonlyMap<string, Identity>,
): Promise<Map<string, Match>> {
  const hashes = new Map<string, string>();
  for (const idNumber of persons.keys())
    for (const hash of hashesOf(ctx, 'id', normaliseIdNumber(idNumber))) hashes.set(hash, idNumber);
  const matches = new Map<string, Match>([...persons.keys()].map((idNumber) => [idNumber, { kind: 'new' }]));
  for (const stored of await query(db, selectPersons, [
    ctx.insurer,
    [...hashes.keys()].map((hash) => Buffer.from(hash, 'hex')),
  ])) {
    const idNumber = hashes.get(stored.idHash.toString('hex'))!;
    matches.set(idNumber, compare(ctx, stored, persons.get(idNumber)!));
  }
  return matches;
}

function compare(ctx: Keys, stored: Stored, person: Identity): Match {
  const { id, nameHash, phoneHash, wrapped } = stored;
  if (!wrapped) return { kind: 'erased' };
  if (!hashesOf(ctx, 'name', normaliseName(person.name)).includes(nameHash.toString('hex')))
    return { kind: 'other-name' };
  // A resident ID number holds the birth date; of another document it must be read.
  if (person.idType !== 'resident-id') {
    const kept = openWith<Identity>(
      unwrapDataKey(ctx.keyRing, ctx.insurer, id, wrapped),
      ctx,
      'persons',
      id,
      stored.sealed,
    );
    if (kept.idType !== person.idType) return { kind: 'other-id-type' };
    if (kept.bornOn !== person.bornOn) return { kind: 'other-birth-day' };
  }
  const samePhone =
    phoneHash !== null && hashesOf(ctx, 'phone', normalisePhone(person.phone)).includes(phoneHash.toString('hex'));
  return { kind: person.phone === '' || samePhone ? 'known' : 'phone', id };
}

/** Creates persons, each with a data key of its own. Returns their ids in order. */
export async function createPersons(db: Db, ctx: Keys, persons: readonly Identity[], now: Date): Promise<string[]> {
  if (persons.length === 0) return [];
  const made = persons.map((identity) => {
    const [id, dataKey] = [uuidv7(), newDataKey()];
    return {
      id,
      identity,
      sealed: sealWith(dataKey, ctx, 'persons', id, identity),
      wrapped: wrapDataKey(ctx.keyRing, ctx.insurer, id, dataKey),
    };
  });
  const ids = made.map(({ id }) => id);
  await query(db, insertPersons, [
    ctx.insurer,
    ids,
    made.map(({ sealed }) => sealed),
    made.map(({ identity }) => personHash(ctx, 'id', identity.idNumber)),
    made.map(({ identity }) => personHash(ctx, 'phone', identity.phone)),
    made.map(({ identity }) => personHash(ctx, 'name', identity.name)),
    made.map(({ identity }) => isMainlandCitizen(identity.idType)),
    now,
  ]);
  await query(db, insertKeys, [ctx.insurer, ids, made.map(({ wrapped }) => wrapped)]);
  return ids;
}

/** Writes the telephones of the file to persons on file; everything else of them stays as it was. */
export async function changePhones(db: Db, ctx: Keys, changes: ReadonlyMap<string, Identity>): Promise<void> {
  if (changes.size === 0) return;
  const hashes = [...changes.values()].flatMap(({ idNumber }) => hashesOf(ctx, 'id', normaliseIdNumber(idNumber)));
  const stored = await query(db, selectPersons, [ctx.insurer, hashes.map((hash) => Buffer.from(hash, 'hex'))]);
  const sealed = stored.map(({ id, wrapped, sealed: kept }) => {
    const dataKey = unwrapDataKey(ctx.keyRing, ctx.insurer, id, wrapped!);
    const identity = { ...openWith<Identity>(dataKey, ctx, 'persons', id, kept), phone: changes.get(id)!.phone };
    return sealWith(dataKey, ctx, 'persons', id, identity);
  });
  await query(db, updatePhones, [
    ctx.insurer,
    stored.map(({ id }) => id),
    sealed,
    stored.map(({ id }) => personHash(ctx, 'phone', changes.get(id)!.phone)),
  ]);
}

const hashesOf = (ctx: Keys, kind: 'id' | 'name' | 'phone', normal: string): string[] =>
  keyedHashes(ctx.keyRing, ctx.insurer, `person-${kind}`, normal).map((hash) => hash.toString('hex'));
