import type { PaperType } from '#domain/papers/limits.ts';
import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer' | 'keyRing'>;

/** A paper as it is on file; the file itself lies in the storage under `storageKey`. */
export type Paper = {
  id: string;
  personId: string;
  kind: string;
  type: PaperType;
  bytes: number;
  sha256: Buffer;
  pages: number;
  storageKey: string;
  fileName: string;
  receivedAt: Date;
  receivedBy: string | null;
};
type Row = Omit<Paper, 'fileName'> & { sealed: Buffer };

const columns = `id, person_id as "personId", kind, type, bytes, sha256, pages, storage_key as "storageKey", sealed,
  received_at as "receivedAt", received_by as "receivedBy"`;
const insertRow = sql<{ id: string }>(
  'papers.insert',
  `insert into papers (insurer, id, person_id, kind, type, bytes, sha256, pages, storage_key, sealed, received_at, received_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (insurer, person_id, kind, sha256) do nothing returning id`,
);
const selectSame = sql<Row>(
  'papers.selectSame',
  `select ${columns} from papers where insurer = $1 and person_id = $2 and kind = $3 and sha256 = $4`,
);
const selectRow = sql<Row>('papers.select', `select ${columns} from papers where insurer = $1 and id = $2`);
const selectOfPerson = sql<Row>(
  'papers.ofPerson',
  `select ${columns} from papers where insurer = $1 and person_id = $2 order by received_at desc, id desc limit $3`,
);
const selectPlans = sql<{ plan: string }>(
  'papers.plansOfPerson',
  `select distinct p.plan from policies p
    where p.insurer = $1 and (p.holder_id = $2
      or exists (select 1 from policy_persons i where i.insurer = p.insurer and i.policy_id = p.id and i.person_id = $2))`,
);

/** Puts the paper on file; undefined when this person handed in this very file as this kind before. */
export async function insertPaper(db: Db, ctx: Keys, paper: Paper): Promise<Paper | undefined> {
  const dataKey = await getPersonKey(db, ctx, paper.personId);
  const sealed = sealWith(dataKey, ctx, 'papers', paper.id, { fileName: paper.fileName });
  const row = await queryOne(db, insertRow, [
    ctx.insurer,
    paper.id,
    paper.personId,
    paper.kind,
    paper.type,
    paper.bytes,
    paper.sha256,
    paper.pages,
    paper.storageKey,
    sealed,
    paper.receivedAt,
    paper.receivedBy,
  ]);
  return row && paper;
}

export async function findSamePaper(
  db: Db,
  ctx: Keys,
  paper: Pick<Paper, 'personId' | 'kind' | 'sha256'>,
): Promise<Paper | undefined> {
  const row = await queryOne(db, selectSame, [ctx.insurer, paper.personId, paper.kind, paper.sha256]);
  return row && open(await getPersonKey(db, ctx, row.personId), ctx, row);
}

export async function findPaper(db: Db, ctx: Keys, id: string): Promise<Paper | undefined> {
  const row = await queryOne(db, selectRow, [ctx.insurer, id]);
  return row && open(await getPersonKey(db, ctx, row.personId), ctx, row);
}

/** The person's papers, newest first, at most `limit`. */
export async function listPapers(db: Db, ctx: Keys, personId: string, limit = 100): Promise<Paper[]> {
  const rows = await query(db, selectOfPerson, [ctx.insurer, personId, limit]);
  if (rows.length === 0) return [];
  const dataKey = await getPersonKey(db, ctx, personId);
  return rows.map((row) => open(dataKey, ctx, row));
}

/** Codes of the plans under which the person is holder, insured or beneficiary. */
export async function listPlanCodes(db: Db, ctx: Keys, personId: string): Promise<string[]> {
  return (await query(db, selectPlans, [ctx.insurer, personId])).map((row) => row.plan);
}

/** For `listCasePapers`, which reads the columns of a paper beside those of its place in the case. */
export function open(dataKey: Buffer, ctx: Keys, row: Row): Paper {
  const { sealed, ...rest } = row;
  return { ...rest, ...openWith<{ fileName: string }>(dataKey, ctx, 'papers', row.id, sealed) };
}
