/** Rows of files on their way in parts. Machine time. */
import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

type Keys = Pick<Ctx, 'insurer' | 'keyRing'>;
export type UploadOf = { accountId: string; personId: string; kind: string; digest: Buffer };
export type Upload = UploadOf & {
  id: string;
  bytes: number;
  fileName: string;
  mediaType: string;
  paperId: string | null;
};
type Row = Omit<Upload, 'fileName' | 'mediaType' | 'bytes'> & { bytes: string; sealed: Buffer };
export type Part = { n: number; digest: Buffer; storageKey: string };

const columns = `id, account_id as "accountId", person_id as "personId", kind, digest, bytes, sealed, paper_id as "paperId"
  from uploads`;
const insertRow = sql<{ id: string }>(
  'uploads.insert',
  `insert into uploads (insurer, id, account_id, person_id, kind, digest, bytes, sealed, touched_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (insurer, account_id, person_id, kind, digest) do nothing
   returning id`,
);
const selectSame = sql<Row>(
  'uploads.same',
  `select ${columns} where insurer = $1 and account_id = $2 and person_id = $3 and kind = $4 and digest = $5`,
);
const selectOwn = sql<Row>('uploads.own', `select ${columns} where insurer = $1 and id = $2 and account_id = $3`);
const countOpen = sql<{ n: number }>(
  'uploads.open',
  'select count(*)::int as n from uploads where insurer = $1 and account_id = $2 and paper_id is null',
);
const insertPart = sql<{ n: number }>(
  'uploads.insertPart',
  `insert into upload_parts (insurer, upload_id, n, digest, storage_key) values ($1, $2, $3, $4, $5)
   on conflict (insurer, upload_id, n) do nothing returning n`,
);
const selectParts = sql<Part>(
  'uploads.parts',
  `select n, digest, storage_key as "storageKey" from upload_parts where insurer = $1 and upload_id = $2 order by n`,
);
const touch = sql<never>('uploads.touch', 'update uploads set touched_at = $3 where insurer = $1 and id = $2');
const setPaper = sql<never>('uploads.setPaper', 'update uploads set paper_id = $3 where insurer = $1 and id = $2');
const deleteParts = sql<never>('uploads.deleteParts', 'delete from upload_parts where insurer = $1 and upload_id = $2');
const deleteRow = sql<never>('uploads.delete', 'delete from uploads where insurer = $1 and id = $2');
const selectOld = sql<{ id: string }>(
  'uploads.old',
  'select id from uploads where insurer = $1 and touched_at < $2 order by touched_at limit 100',
);

/** The upload of this very file by this account, begun now or before. */
export async function beginUpload(
  db: Db,
  ctx: Keys,
  upload: Omit<Upload, 'id' | 'paperId'>,
  machine: Date,
): Promise<Upload> {
  const { accountId, personId, kind, digest, bytes, fileName, mediaType } = upload;
  const dataKey = await getPersonKey(db, ctx, personId);
  const id = uuidv7();
  const sealed = sealWith(dataKey, ctx, 'uploads', id, { fileName, mediaType });
  await query(db, insertRow, [ctx.insurer, id, accountId, personId, kind, digest, bytes, sealed, machine]);
  return open(dataKey, ctx, (await queryOne(db, selectSame, [ctx.insurer, accountId, personId, kind, digest]))!);
}

/** An upload of this account; undefined for anybody else's. */
export async function findUpload(db: Db, ctx: Keys, id: string, accountId: string): Promise<Upload | undefined> {
  const row = await queryOne(db, selectOwn, [ctx.insurer, id, accountId]);
  return row && open(await getPersonKey(db, ctx, row.personId), ctx, row);
}

function open(dataKey: Buffer, ctx: Keys, { sealed, bytes, ...row }: Row): Upload {
  const secret = openWith<{ fileName: string; mediaType: string }>(dataKey, ctx, 'uploads', row.id, sealed);
  return { ...row, ...secret, bytes: Number(bytes) };
}

export const countOpenUploads = async (db: Db, ctx: Pick<Ctx, 'insurer'>, accountId: string): Promise<number> =>
  (await queryOne(db, countOpen, [ctx.insurer, accountId]))?.n ?? 0;

/** Puts a part on record; false when it was there before. */
export async function recordPart(db: Db, ctx: Pick<Ctx, 'insurer'>, id: string, part: Part, machine: Date) {
  await query(db, touch, [ctx.insurer, id, machine]);
  return (await queryOne(db, insertPart, [ctx.insurer, id, part.n, part.digest, part.storageKey])) !== undefined;
}
export const listParts = (db: Db, ctx: Pick<Ctx, 'insurer'>, id: string): Promise<Part[]> =>
  query(db, selectParts, [ctx.insurer, id]);
/** It is on file as this paper; its parts are needed no more. */
export async function markOnFile(db: Db, ctx: Pick<Ctx, 'insurer'>, id: string, paperId: string): Promise<void> {
  await query(db, setPaper, [ctx.insurer, id, paperId]);
}
export async function forgetParts(db: Db, ctx: Pick<Ctx, 'insurer'>, id: string): Promise<void> {
  await query(db, deleteParts, [ctx.insurer, id]);
}
export async function forgetUpload(db: Db, ctx: Pick<Ctx, 'insurer'>, id: string): Promise<void> {
  await query(db, deleteRow, [ctx.insurer, id]);
}
/** Ids of uploads that nobody touched since; 100 at most. */
export const listOldUploads = async (db: Db, ctx: Pick<Ctx, 'insurer'>, before: Date): Promise<string[]> =>
  (await query(db, selectOld, [ctx.insurer, before])).map(({ id }) => id);
