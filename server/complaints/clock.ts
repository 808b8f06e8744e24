/** A complaint's time: its due moments, the timers they bring, and the clock that screens show. */
import type { ClockView } from '#contract/common.ts';
import { viewClock } from '#domain/calendar/clock-view.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import type { Norm } from '#domain/calendar/schema.ts';
import {
  type AnswerNorm,
  daysOfNorm,
  dueByNorm,
  REMIND_DAYS,
  REVIEW_ASKED,
  remindAt,
} from '#domain/complaints/clocks.ts';
import { CLOCK_WORDS } from '#domain/complaints/words.ts';
import { loadNorms } from '#norms/load.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { setTimer } from '#server/timers/timers.ts';
import type { RoundRow } from './queries.ts';

let read: ReadonlyMap<string, Norm> | undefined;
const norms = (): ReadonlyMap<string, Norm> => {
  read ??= loadNorms();
  return read;
};

/** When an answer under this norm is due for what was received at `from`. */
export const answerDue = (ctx: Pick<Ctx, 'calendar'>, norm: AnswerNorm, from: Date): Date =>
  dueByNorm(norms(), norm, from, ctx.calendar());
/** Until when somebody told at this moment may ask for a review. */
export const reviewUntil = (ctx: Pick<Ctx, 'calendar'>, toldAt: Date): Date =>
  dueByNorm(norms(), REVIEW_ASKED, toldAt, ctx.calendar());

export const REMIND_TIMER = 'complaint-remind';
export const DUE_TIMER = 'complaint-due';

/** Reminders and the due moment of a round. What its due moment was when they were set is theirs: a later one brings its own. */
export async function setComplaintTimers(
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  { id, round, due }: { id: string; round: number; due: Date },
): Promise<void> {
  const data = { round, due: due.toISOString() };
  const key = `complaint/${id}/${round}/${data.due}`;
  for (const days of REMIND_DAYS)
    await setTimer(db, ctx, {
      dueAt: remindAt(due, days),
      kind: REMIND_TIMER,
      subject: id,
      key: `${key}/${days}`,
      data,
    });
  await setTimer(db, ctx, { dueAt: due, kind: DUE_TIMER, subject: id, key: `${key}/0`, data });
}

/** The clock of a round, as every screen shows one. `moved`: when more time was taken, oldest first. */
export function roundClock(
  ctx: Pick<Ctx, 'calendar'>,
  id: string,
  round: RoundRow,
  moved: readonly { at: Date; norm: AnswerNorm }[],
  lang: 'zh' | 'en',
  now: Date,
): ClockView {
  const calendar = ctx.calendar();
  const view = viewClock(
    {
      start: round.startedAt,
      term: { unit: 'calendar-days', amount: daysOfNorm(norms(), round.norm) },
      paused: [],
      met: round.answeredAt ?? undefined,
      voided: round.endedAt ?? undefined,
      firstDue: round.firstDue,
      due: round.due,
      provisional: false,
    },
    now,
    { calendar },
  );
  let from = round.firstDue;
  return {
    id,
    promise: round.norm,
    label: CLOCK_WORDS[round.norm][lang],
    clause: null,
    printed: null,
    target: false,
    state: view.state,
    due: formatInstant(view.due),
    firstDue: formatInstant(view.firstDue),
    provisional: false,
    startedAt: formatInstant(round.startedAt),
    metAt: round.answeredAt && formatInstant(round.answeredAt),
    corrected: false,
    left: { ...view.left, calendar: true },
    fraction: view.fraction,
    rangeFrom: null,
    spans: view.spans.map((span) => ({ ...span, from: formatInstant(span.from), to: formatInstant(span.to) })),
    moved: moved.map(({ at, norm }) => {
      const to = answerDue(ctx, norm, round.startedAt);
      const one = { at: formatInstant(at), from: formatInstant(from), to: formatInstant(to), why: norm };
      from = to;
      return one;
    }),
  };
}
