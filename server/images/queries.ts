import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import type { ImageIndex } from './archive.ts';

type Keys = Pick<Ctx, 'insurer' | 'keyRing'>;

const insertIndex = sql<never>(
  'images.insert',
  'insert into paper_images (insurer, paper_id, images, sealed) values ($1, $2, $3, $4)',
);
const selectIndex = sql<{ sealed: Buffer }>(
  'images.select',
  'select sealed from paper_images where insurer = $1 and paper_id = $2',
);

export async function insertImageIndex(
  db: Db,
  ctx: Keys,
  paper: { id: string; personId: string; pages: number },
  index: ImageIndex,
): Promise<void> {
  const dataKey = await getPersonKey(db, ctx, paper.personId);
  const sealed = sealWith(dataKey, ctx, 'paper_images', paper.id, index);
  await query(db, insertIndex, [ctx.insurer, paper.id, paper.pages, sealed]);
}

/** Undefined for a paper that is no archive of images. */
export async function findImageIndex(
  db: Db,
  ctx: Keys,
  paper: { id: string; personId: string },
): Promise<ImageIndex | undefined> {
  const row = await queryOne(db, selectIndex, [ctx.insurer, paper.id]);
  return row && openWith(await getPersonKey(db, ctx, paper.personId), ctx, 'paper_images', paper.id, row.sealed);
}
