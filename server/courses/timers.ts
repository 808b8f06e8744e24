/** What the schedule of a course brings at its day: the member is asked, the specialist is told to call. Nothing to a closed case, nor to the dead. */
import { instantAt } from '#domain/calendar/day.ts';
import type { Milestone } from '#domain/cases/on-milestone.ts';
import { scheduledBy } from '#domain/courses/schedule.ts';
import { type Running, tell } from '#server/cases/apply-changes.ts';
import { openCaseForEvent, saveCase } from '#server/cases/move-case.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { TimerHandler } from '#server/timers/handlers.ts';
import { setTimer } from '#server/timers/timers.ts';
import { listCourseEntries } from './queries.ts';
import { CALL_DUE } from './record.ts';

/** At ten on the day; what falls on the very day of the milestone at once. */
export async function setCourse(db: Db, ctx: Ctx, running: Running, milestone: Milestone, now: Date): Promise<void> {
  const { course } = running.service;
  if (!course || running.so.history.some(({ name }) => name === milestone.name)) return;
  for (const { kind, code, dueOn } of scheduledBy(course, milestone)) {
    const morning = instantAt(dueOn, '10:00');
    await setTimer(db, ctx, {
      dueAt: morning > now ? morning : now,
      kind: 'course-due',
      subject: running.row.id,
      key: `course-due/${running.row.id}/${kind}/${code}/${dueOn}`,
      data: { kind, code, dueOn },
    });
  }
}

export const courseDue: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!row || row.final) return;
  const { kind, code, dueOn } = timer.data;
  const done = (await listCourseEntries(db, ctx, row)).some(
    (one) => one.kind === kind && one.code === code && one.onDay === dueOn && (one.kind !== 'call' || one.said.reached),
  );
  if (done) return;
  if (kind === 'answers') return tell(db, ctx, row, 'member', 'questionnaire-due', false, timer.key, now);
  const open = await openCaseForEvent(db, ctx, row);
  open.row.attention = [...new Set([...open.row.attention, CALL_DUE])];
  await saveCase(db, ctx, open);
  await tell(db, ctx, open.row, 'car-t-specialist', 'course-call-due', false, timer.key, now);
};
