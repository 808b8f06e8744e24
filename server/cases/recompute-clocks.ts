/**
 * A new State Council notice recomputes open clocks: earlier counts at once, later only for clocks that were told as
 * provisional; either way the member is told and both moments stay on the clock.
 */
import { dueOf, timedRules } from '#domain/cases/on-milestone.ts';
import { loadCalendarFor } from '#server/calendars/load.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { setTimer, type Timer } from '#server/timers/timers.ts';
import { ruleSet, tell } from './apply-changes.ts';
import { listClocks, listPauses, moveClockRow } from './clock-queries.ts';
import { findCaseForUpdate } from './queries.ts';
import { planOf } from './question.ts';

const selectOpen = sql<{ caseId: string }>(
  'recompute.cases',
  'select distinct case_id as "caseId" from clocks where insurer = $1 and met_at is null and void_at is null order by 1',
);
const setTold = sql<never>('recompute.told', 'update clocks set told_provisional = $3 where insurer = $1 and id = $2');
const selectTold = sql<{ id: string }>(
  'recompute.wasTold',
  'select id from clocks where insurer = $1 and case_id = $2 and told_provisional',
);

export async function recomputeClocks(held: Ctx, db: Db, timer: Timer, now: Date): Promise<void> {
  // The notice was imported a moment ago, perhaps by another process: read it now rather than trust what is held.
  const calendar = await loadCalendarFor(db);
  const ctx = { ...held, calendar: () => calendar };
  for (const { caseId } of await query(db, selectOpen, [ctx.insurer]))
    await recomputeCase(db, ctx, caseId, timer.key, now);
}

async function recomputeCase(db: Db, ctx: Ctx, caseId: string, key: string, now: Date): Promise<void> {
  const row = await findCaseForUpdate(db, ctx, caseId);
  if (!row || row.final) return;
  const { plan, service } = planOf(ctx, row.plan, row.edition, row.service);
  const pauses = await listPauses(db, ctx, caseId);
  const told = new Set((await query(db, selectTold, [ctx.insurer, caseId])).map(({ id }) => id));
  for (const clock of (await listClocks(db, ctx, caseId)).filter(
    ({ metAt, voidAt }) => metAt === null && voidAt === null,
  )) {
    const rule = timedRules(service).find((one) => one.code === clock.promise && one.target === clock.target);
    if (!rule) continue;
    const { due, provisional } = dueOf(plan, service, rule, ctx.calendar(), clock.startedAt, pauses);
    const later = due > clock.due;
    if (due.getTime() === clock.due.getTime() || (later && !told.has(clock.id))) continue;
    await moveClockRow(db, ctx, {
      id: clock.id,
      moveId: uuidv7(),
      clockId: clock.id,
      at: now,
      from: clock.due,
      to: due,
      provisional,
      why: 'calendar',
      ruleSet: ruleSet(ctx, plan),
    });
    await query(db, setTold, [ctx.insurer, clock.id, provisional]);
    await setTimer(db, ctx, {
      dueAt: due,
      kind: 'clock-due',
      subject: clock.id,
      key: `clock-due/${clock.id}/${due.toISOString()}`,
    });
    if (!clock.target) await tell(db, ctx, row, 'member', 'clock-moved', false, `${key}/${clock.id}`, now);
  }
}
