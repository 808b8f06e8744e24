import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { setTimer } from '#server/timers/timers.ts';

/**
 * A notice was imported in this transaction: a timer of kind `calendar-change` has the worker compute open clocks anew.
 * One timer a run, `subject` and `data.importId` name it.
 */
export async function calendarChanged(db: Db, ctx: Pick<Ctx, 'insurer'>, importId: string, now: Date): Promise<void> {
  await setTimer(db, ctx, {
    dueAt: now,
    kind: 'calendar-change',
    subject: importId,
    key: `calendar-change:${importId}`,
    data: { importId },
  });
}
