/** A slot was closed by its hospital: each case that has it loses it in a transaction of its own. */

import { openCaseForEvent } from '#server/cases/move-case.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { Timer } from '#server/timers/timers.ts';

/** Only while the case still has that slot: who has moved since is not concerned. */
export async function slotClosed(ctx: Ctx, db: Db, timer: Timer, now: Date): Promise<void> {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final) return;
  const { memory } = await openCaseForEvent(db, ctx, row);
  if (memory.chart.slotId === timer.data.slot) await sendSystemEvent(db, ctx, row.id, 'slotClosed', now);
}
