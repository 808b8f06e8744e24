/** What is due in a video consultation: offers, the supervisor at two minutes, agreed times, the end of the year. */

import { tell } from '#server/cases/apply-changes.ts';
import { openCaseForEvent, saveCase } from '#server/cases/move-case.ts';
import type { CaseRow } from '#server/cases/queries.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { TimerHandler } from '#server/timers/handlers.ts';
import type { Timer } from '#server/timers/timers.ts';
import { dispatchAfter } from './dispatch.ts';
import { tellDelay, tellLapse } from './openings.ts';

/** Only while the case is in the state that set the timer, and this moment is still the one: a later one has its own. */
const stillIn = (row: CaseRow | undefined, timer: Timer): row is CaseRow =>
  row !== undefined && !row.final && row.state === timer.data.state;

const system =
  (type: string): TimerHandler =>
  async (ctx, db, timer, now) => {
    const row = await findCaseForUpdate(db, ctx, timer.subject);
    if (stillIn(row, timer) && (await isOfNow(ctx, db, row, timer)))
      await sendSystemEvent(db, ctx, timer.subject, type, now);
  };

/** The moment in the chart that each timer was set for. */
const MOMENT: Readonly<Record<string, string>> = {
  'video-time-came': 'appointmentAt',
  'video-time-lapsed': 'answerBy',
  'video-missed-lapsed': 'missedUntil',
  'video-after-over': 'followUpUntil',
};
/** An agreed time that was moved, or a second wait, has timers of its own; the earlier ones do nothing. */
async function isOfNow(ctx: Ctx, db: Db, row: CaseRow, timer: Timer): Promise<boolean> {
  const field = MOMENT[timer.kind];
  if (!field) return true;
  const { memory } = await openCaseForEvent(db, ctx, row);
  const moment = memory.chart[field];
  return typeof moment === 'string' && new Date(moment).getTime() === timer.dueAt.getTime();
}

/** Two minutes and nobody took the call: the supervisor is called, while there is still a minute of the promise. */
const nobodyYet: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (!stillIn(row, timer)) return;
  const open = await openCaseForEvent(db, ctx, row);
  open.row.attention = [...new Set([...open.row.attention, 'no-doctor-yet'])];
  await saveCase(db, ctx, open);
  await tell(db, ctx, open.row, 'supervisor', 'video-nobody-yet', true, timer.key, now);
  dispatchAfter(db, ctx);
};

const remindOfTime: TimerHandler = async (ctx, db, timer, now) => {
  const row = await findCaseForUpdate(db, ctx, timer.subject);
  if (stillIn(row, timer)) await tell(db, ctx, row, 'member', 'video-time-soon', true, timer.key, now);
};

export const VIDEO_TIMERS: Readonly<Record<string, TimerHandler>> = {
  // The run after this commit ends what lapsed and asks the next doctor.
  'video-offer': async (ctx, db) => dispatchAfter(db, ctx),
  'video-nobody-yet': nobodyYet,
  'video-time-soon': remindOfTime,
  'video-time-came': system('timeCame'),
  'video-time-lapsed': system('timeLapsed'),
  'video-missed-lapsed': system('missedLapsed'),
  'video-after-over': system('afterOver'),
  'video-year-over': system('yearOver'),
  'video-opening-late': tellDelay,
  'video-lapses-soon': tellLapse,
};
