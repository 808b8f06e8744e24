/** The one case manager of a case where the plan names one from the request on [2.3.1.3, 2.5.2.2]. */
import type { Service } from '#domain/plan/schema.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';
import { tell } from './apply-changes.ts';
import type { CaseRow } from './queries.ts';

// Whoever has the fewest open cases; who was named the longest ago first among equals, so that a burst is shared out.
const leastLoaded = sql<{ id: string }>(
  'caseManager.leastLoaded',
  `select a.id from accounts a
     left join cases c on c.insurer = a.insurer and c.assignee = a.id
    where a.insurer = $1 and a.kind = 'staff' and a.state = 'active' and 'case-manager' = any(a.roles)
    group by a.id order by count(c.id) filter (where not c.final), max(c.opened_at) nulls first, a.id limit 1`,
);
const assign = sql<never>('caseManager.assign', 'update cases set assignee = $3 where insurer = $1 and id = $2');

/**
 * Names the case manager of a new case and tells the member who it is. Without an active one the supervisor hears of it,
 * and whoever takes the case or reaches the applicant first stays with it.
 */
export async function nameManager(
  db: Db,
  ctx: Ctx,
  row: CaseRow,
  service: Service,
  eventId: string,
  now: Date,
): Promise<void> {
  if (!service.manager) return;
  const found = await queryOne(db, leastLoaded, [ctx.insurer]);
  if (!found) return tell(db, ctx, row, 'supervisor', 'case-waits', true, `${eventId}/no-manager`, now);
  row.assignee = found.id;
  await queryOne(db, assign, [ctx.insurer, row.id, found.id]);
  await tell(db, ctx, row, 'case-manager', 'manager-needed', true, `${eventId}/manager-needed`, now);
  await tell(db, ctx, row, 'member', 'manager-named', false, `${eventId}/manager-named`, now);
}
