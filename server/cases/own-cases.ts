/** Other cases of a person of the same kind, as far as the caller may open them: what a request may name as its earlier one. */
import type { CaseRole } from '#domain/journeys/journey.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { findCaseRole } from './access.ts';
import { type OpenCase, openCaseForEvent } from './move-case.ts';
import { findCase } from './queries.ts';

const selectOwn = sql<{ id: string }>(
  'ownCases.select',
  'select id from cases where insurer = $1 and person_id = $2 and kind = $3 order by opened_at desc, id limit 20',
);
export type OwnCase = { open: OpenCase; role: CaseRole };

/** The newest first. */
export async function listOwnCases(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { personId, kind }: { personId: string; kind: string },
  now: Date,
): Promise<OwnCase[]> {
  const found: OwnCase[] = [];
  for (const { id } of await query(db, selectOwn, [ctx.insurer, personId, kind])) {
    const row = await findCase(db, ctx, id);
    const role = row && (await findCaseRole(db, ctx, actor, row, now));
    if (row && role) found.push({ open: await openCaseForEvent(db, ctx, row), role });
  }
  return found;
}
