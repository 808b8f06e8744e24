import { z } from 'zod';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { storageFolder, storageKeyOf } from './files.ts';

const listKnown = sql<{ id: string }>('papers.known', 'select id from papers where insurer = $1 and id = any($2)');
const dayMs = 86_400_000;
const batch = 500;

/**
 * Removes files that no paper owns: a process that was killed between storing an upload and putting it on file leaves
 * one. Only files begun more than a day ago are looked at, so that none is taken from an upload under way. The worker
 * calls it once a day of machine time for every insurer. Returns how many were removed.
 */
export async function sweepStrayFiles(
  ctx: Pick<Ctx, 'insurer' | 'pool' | 'storage'>,
  now: Date = machineNow(),
): Promise<number> {
  let removed = 0;
  let ids: string[] = [];
  const settle = async () => {
    const known = new Set((await query(ctx.pool as Db, listKnown, [ctx.insurer, ids])).map((row) => row.id));
    for (const id of ids.filter((one) => !known.has(one))) {
      await ctx.storage.remove(storageKeyOf(ctx, id));
      removed += 1;
    }
    ids = [];
  };
  for await (const key of ctx.storage.list(storageFolder(ctx))) {
    const id = key.split('/').at(-1) ?? '';
    if (!z.uuidv7().safeParse(id).success || now.getTime() - begunAt(id) < dayMs) continue;
    ids.push(id);
    if (ids.length >= batch) await settle();
  }
  if (ids.length > 0) await settle();
  return removed;
}

/** A UUID of version 7 begins with the machine's milliseconds. */
const begunAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
