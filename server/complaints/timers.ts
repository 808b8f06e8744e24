/** What time does to a complaint: reminders before its due moment, and the breach recorded at it. */
import { isOpen } from '#domain/complaints/rules.ts';
import { SYSTEM } from '#server/platform/context.ts';
import type { TimerHandler } from '#server/timers/handlers.ts';
import type { Timer } from '#server/timers/timers.ts';
import { DUE_TIMER, REMIND_TIMER } from './clock.ts';
import { type ComplaintRow, findComplaintForUpdate, setBreach } from './queries.ts';
import { record, tellComplainant, tellDesk } from './record.ts';

/** Only for the round and the due moment that the timer was set for: more time brings timers of its own. */
const isFor = (row: ComplaintRow | undefined, { data }: Timer): row is ComplaintRow =>
  row !== undefined && isOpen(row.state) && row.round === data.round && row.due.toISOString() === data.due;

const remind: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findComplaintForUpdate(db, ctx, null, timer.subject);
  if (!isFor(row, timer) || now >= row.due) return;
  await tellDesk(db, ctx, row, 'complaint-due-soon', { supervisor: true, due: row.due }, timer.key, now);
};

const due: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findComplaintForUpdate(db, ctx, null, timer.subject);
  if (!isFor(row, timer)) return;
  await setBreach(db, ctx, row, row.due);
  await record(db, ctx, SYSTEM, row, 'breached', {}, now);
  await tellComplainant(db, ctx, row, 'complaint-late', {}, timer.key, now);
  await tellDesk(db, ctx, row, 'complaint-breached', { supervisor: true, due: row.due }, timer.key, now);
};

export const COMPLAINT_TIMERS: Readonly<Record<string, TimerHandler>> = { [REMIND_TIMER]: remind, [DUE_TIMER]: due };
