/** Packs that the insurer paid for count as bought in the person's running aid, until they come back [2.6.2.7.2]. */
import { drugOfKey } from '#domain/aid/programme.ts';
import type { Day } from '#domain/calendar/day.ts';
import type { Context } from '#domain/journeys/drug-aid/context-v1.ts';
import { tell } from '#server/cases/apply-changes.ts';
import { type OpenCase, openCaseForEvent, saveCase } from '#server/cases/move-case.ts';
import { findCase, findCaseForUpdate } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';

const selectRunning = sql<{ id: string }>(
  'aid.running',
  `select id from cases where insurer = $1 and person_id = $2 and kind = 'drug-aid' and not final order by opened_at, id limit 20`,
);

/** The mark of a case whose boxes the assistant is to look at. */
export const BOXES_TO_CHECK = 'boxes-to-check';

/** Her open cases whose programme gives this drug, see `drugOf`. */
export async function listRunningAid(db: Db, ctx: Ctx, personId: string, drug: string): Promise<OpenCase[]> {
  const running: OpenCase[] = [];
  for (const { id } of await query(db, selectRunning, [ctx.insurer, personId])) {
    const row = await findCase(db, ctx, id);
    const open = row && (await openCaseForEvent(db, ctx, row));
    if (open && (open.memory.chart as unknown as Context).programme?.drug === drug) running.push(open);
  }
  return running;
}

/**
 * Enters packs that the insurer paid and that were handed out, or came back, where their round still counts boxes; where
 * it does not, they are for the assistant to look at.
 */
export async function countInAid(
  db: Db,
  ctx: Ctx,
  of: { personId: string; drugKey: string; on: Day; units: number; what: 'dispensed' | 'returned' },
  now: Date,
): Promise<void> {
  const type = of.what === 'dispensed' ? 'boxesDispensed' : 'boxesReturned';
  for (const { row } of await listRunningAid(db, ctx, of.personId, drugOfKey(of.drugKey))) {
    if (await sendSystemEvent(db, ctx, row.id, type, now, { on: of.on, units: of.units })) continue;
    const locked = await findCaseForUpdate(db, ctx, row.id);
    if (!locked) continue;
    const open = await openCaseForEvent(db, ctx, locked);
    open.row.attention = [...new Set([...open.row.attention, BOXES_TO_CHECK])];
    await saveCase(db, ctx, open);
    const key = `${row.id}/${BOXES_TO_CHECK}/${now.toISOString()}`;
    await tell(db, ctx, open.row, 'aid-assistant', 'case-waits', false, key, now);
  }
}
