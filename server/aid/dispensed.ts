/** Packs that the insurer paid for count as bought in the person's running aid: insurer-paid is bought [2.6.2.7.2]. */
import { drugOfKey } from '#domain/aid/programme.ts';
import type { Day } from '#domain/calendar/day.ts';
import type { Context } from '#domain/journeys/drug-aid/context-v1.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { findCase } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';

const selectRunning = sql<{ id: string }>(
  'aid.running',
  `select id from cases where insurer = $1 and person_id = $2 and kind = 'drug-aid' and not final order by opened_at, id limit 20`,
);

/** Enters the packs where their round is still buying; where it is not, they are for the assistant to look at. */
export async function countAsBought(
  db: Db,
  ctx: Ctx,
  of: { personId: string; drugKey: string; on: Day; units: number },
  now: Date,
): Promise<void> {
  for (const { id } of await query(db, selectRunning, [ctx.insurer, of.personId])) {
    const row = await findCase(db, ctx, id);
    if (!row) continue;
    const { programme } = (await openCaseForEvent(db, ctx, row)).memory.chart as unknown as Context;
    if (programme?.drug !== drugOfKey(of.drugKey)) continue;
    await sendSystemEvent(db, ctx, id, 'boxesDispensed', now, { on: of.on, units: of.units });
  }
}
