import { maskName } from '#domain/persons/mask.ts';
import type { Identity } from '#server/persons/queries.ts';
import { openWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { unwrapDataKey } from '#server/platform/crypto.ts';
import { type Db, query, sql } from '#server/platform/db.ts';

const selectSealed = sql<{ id: string; sealed: Buffer; wrapped: Buffer }>(
  'maskedNames.select',
  `select p.id, p.sealed, k.wrapped from persons p join person_keys k on k.insurer = p.insurer and k.person_id = p.id
    where p.insurer = $1 and p.id = any($2)`,
);

/** Masked names of persons by id, in one statement; an erased person is left out. */
export async function maskedNames(
  db: Db,
  ctx: Pick<Ctx, 'insurer' | 'keyRing'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const rows = await query(db, selectSealed, [ctx.insurer, wanted]);
  return new Map(
    rows.map(({ id, sealed, wrapped }) => {
      const key = unwrapDataKey(ctx.keyRing, ctx.insurer, id, wrapped);
      return [id, maskName(openWith<Identity>(key, ctx, 'persons', id, sealed).name)];
    }),
  );
}
