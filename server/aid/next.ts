/** What comes next in a case of charity aid, the reminders before it, and what follows when its time is over. */
import { type NextEvent, nextEvent, remindDays } from '#domain/aid/standing.ts';
import { addDays, instantAt } from '#domain/calendar/day.ts';
import type { Context } from '#domain/journeys/drug-aid/context-v1.ts';
import { tell } from '#server/cases/apply-changes.ts';
import { type OpenCase, openCaseForEvent, saveCase } from '#server/cases/move-case.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { TimerHandler } from '#server/timers/handlers.ts';
import { setTimer } from '#server/timers/timers.ts';

/** The part of a case's memory that its chart writes; undefined before a programme was chosen. */
export const nextOfCase = ({ memory, row }: Pick<OpenCase, 'memory' | 'row'>): NextEvent | undefined => {
  const { programme, moves } = memory.chart as unknown as Context;
  return programme && !row.final ? nextEvent(programme, moves) : undefined;
};
const nameOf = ({ kind, on, until }: NextEvent): string => `${kind}/${on ?? '-'}/${until ?? '-'}`;

/** A timer for each reminder that the plan names, and one for the end of the window; a timer whose event is past does nothing. */
export async function setNextTimers(db: Db, ctx: Ctx, open: OpenCase, now: Date): Promise<void> {
  const next = nextOfCase(open);
  if (!next || next.kind === 'done') return;
  const subject = open.row.id;
  const data = { next: nameOf(next) };
  for (const day of remindDays(next, open.running.service.cycle?.remindBefore ?? [])) {
    const dueAt = instantAt(day, '10:00');
    if (dueAt > now)
      await setTimer(db, ctx, {
        dueAt,
        kind: 'aid-remind',
        subject,
        key: `aid-remind/${subject}/${data.next}/${day}`,
        data,
      });
  }
  if (next.until === null) return;
  const dueAt = instantAt(addDays(next.until, 1), '00:00');
  await setTimer(db, ctx, { dueAt, kind: 'aid-window', subject, key: `aid-window/${subject}/${data.next}`, data });
}

async function stillNext(db: Db, ctx: Ctx, caseId: string, name: string): Promise<OpenCase | undefined> {
  const row = await findCaseForUpdate(db, ctx, caseId);
  if (!row || row.final || row.suspended) return undefined;
  const open = await openCaseForEvent(db, ctx, row);
  const next = nextOfCase(open);
  return next && nameOf(next) === name ? open : undefined;
}

/** The member hears of what she has to do; the assistant of an application that is to be prepared. */
export const aidRemind: TimerHandler = async (ctx, db, timer, now) => {
  const open = await stillNext(db, ctx, timer.subject, String(timer.data.next));
  if (!open) return;
  await tell(db, ctx, open.row, 'member', 'aid-next-soon', false, timer.key, now);
  if (open.row.turn === 'aid-assistant')
    await tell(db, ctx, open.row, 'aid-assistant', 'case-waits', false, `${timer.key}/assistant`, now);
};

/** The window of what comes next is over: a turn is given up as the chart says; an application that is late is for a person to look at. */
export const aidWindow: TimerHandler = async (ctx, db, timer, now) => {
  const open = await stillNext(db, ctx, timer.subject, String(timer.data.next));
  if (!open || (await sendSystemEvent(db, ctx, timer.subject, 'windowPassed', now))) return;
  open.row.attention = [...new Set([...open.row.attention, 'aid-window-over'])];
  await saveCase(db, ctx, open);
  await tell(db, ctx, open.row, 'aid-assistant', 'case-waits', false, timer.key, now);
};
