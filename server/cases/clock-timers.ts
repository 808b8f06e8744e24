/** The timers a clock brings with it: its last quarter, and its due moment. */
import { soonAt } from '#domain/calendar/clock-view.ts';
import { type OpenClock, timedRules } from '#domain/cases/on-milestone.ts';
import { clockRule } from '#domain/eligibility/promise-due.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { setTimer } from '#server/timers/timers.ts';
import type { Running } from './apply-changes.ts';

export const setDueTimer = (db: Db, ctx: Ctx, clockId: string, due: Date) =>
  setTimer(db, ctx, {
    dueAt: due,
    kind: 'clock-due',
    subject: clockId,
    key: `clock-due/${clockId}/${due.toISOString()}`,
  });

/** A promise's last quarter begins: whoever's turn it is hears of it once. */
export async function setSoonTimer(
  db: Db,
  ctx: Ctx,
  running: Running,
  clock: Pick<OpenClock, 'id' | 'promise' | 'target' | 'startedAt' | 'due'>,
): Promise<void> {
  const rule = timedRules(running.service).find(
    ({ code, target }) => code === clock.promise && target === clock.target,
  );
  if (!rule || clock.target) return;
  const calendar = ctx.calendar();
  const counting = { ...clockRule(running.plan, running.service, rule, calendar), start: clock.startedAt };
  const dueAt = soonAt(
    { ...counting, paused: [], firstDue: clock.due, due: clock.due, provisional: false },
    { calendar },
  );
  await setTimer(db, ctx, { dueAt, kind: 'clock-soon', subject: clock.id, key: `clock-soon/${clock.id}` });
}
