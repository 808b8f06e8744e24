/** The one case manager of a case where the plan names one from the request on [2.3.1.3, 2.5.2.2]. */
import { dayOf } from '#domain/calendar/day.ts';
import { isMinor } from '#domain/persons/minors.ts';
import type { Service } from '#domain/plan/schema.ts';
import { askMinor } from '#server/minors/ask.ts';
import { findGrantEnd } from '#server/minors/queries.ts';
import { getPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';
import { Refused } from '#server/platform/problem.ts';
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
  await askForMinor(db, ctx, row, found.id, now);
  await tell(db, ctx, row, 'member', 'manager-named', false, `${eventId}/manager-named`, now);
}

/** A minor's file opens to her with a supervisor's approval; it is asked for at once, so that the promised hour can be kept. */
async function askForMinor(db: Db, ctx: Ctx, row: CaseRow, accountId: string, now: Date): Promise<void> {
  if (!isMinor((await getPerson(db, ctx, row.personId)).bornOn, dayOf(now))) return;
  if (await findGrantEnd(db, ctx, accountId, row.personId, now)) return;
  const manager: Actor = {
    accountId,
    role: 'case-manager',
    roles: ['case-manager'],
    personId: null,
    provider: null,
    name: '',
  };
  const reason = `${row.number}：系统指定为专属病案经理，需要联系监护人并安排就医。`;
  try {
    await askMinor(db, ctx, manager, row.personId, { reason, caseId: row.id }, now);
  } catch (error) {
    // She asked already in another matter of the same person: one answer serves both.
    if (!(error instanceof Refused)) throw error;
  }
}
