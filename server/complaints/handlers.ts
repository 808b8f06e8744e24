import { listStaff } from '#server/accounts/names.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { type ComplaintRow, findComplaint } from './queries.ts';

export type Candidate = { id: string; name: string };

/** Who handles complaints and had no part in what this one is about, its handler left out; by name. */
export async function listCandidates(db: Db, ctx: Ctx, row: ComplaintRow): Promise<Candidate[]> {
  const found: Candidate[] = [];
  for (const one of await listStaff(db, ctx, 'complaint-handler')) {
    if (one.id === row.handler) continue;
    if (!(await findComplaint(db, ctx, one.id, row.id))?.tookPart) found.push(one);
  }
  return found;
}
