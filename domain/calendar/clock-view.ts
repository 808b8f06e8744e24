import { addDays, type Day, dayOf, instantAt, MINUTE_MS, type TimeOfDay } from './day.ts';
import { type ClockRule, dayHours, dueTime, isCountedDay } from './due.ts';
import { countedMs, type ExplainedSpan, explain, type Run } from './explain.ts';
import type { Term } from './schema.ts';
import type { Span } from './spans.ts';
import type { ServiceHours, WorkCalendar } from './work-calendar.ts';

/** A clock as it is kept: what was promised, when it stood, what ended it. Whether it is late is never kept. */
export type Clock = {
  readonly start: Date;
  readonly term: Term;
  readonly hours?: ServiceHours | undefined;
  readonly dayOpens?: TimeOfDay | undefined;
  readonly dayCloses?: TimeOfDay | undefined;
  /** In order of time; the last may be open (`to: null`): the clock stands now. */
  readonly paused: readonly { readonly from: Date; readonly to: Date | null }[];
  readonly met?: Date | undefined;
  readonly voided?: Date | undefined;
  readonly closed?: Date | undefined;
  /** What was told first; never changes. */
  readonly firstDue: Date;
  /** The due moment as last computed, open pauses left aside. */
  readonly due: Date;
  readonly provisional: boolean;
};

export type ClockState = 'running' | 'soon' | 'standing' | 'late' | 'kept' | 'breached' | 'void';

/** A clock on the wire (contract 3) without its texts. `fraction` is 0…1 of the counted time; `spans` the newest 200. */
export type ClockView = {
  readonly state: ClockState;
  readonly due: Date;
  readonly firstDue: Date;
  readonly provisional: boolean;
  readonly left: { readonly days: number; readonly minutes: number };
  readonly fraction: number;
  readonly spans: readonly ExplainedSpan[];
};

const SOON_FROM = 0.75;
const MAX_SPANS = 200;

/**
 * What a clock shows at `now`; a clock that ended is shown as of its end.
 * While it stands, `due` is what it would be if the pause ended this moment, so it moves on and is never in the past;
 * a pause that begins only when the time is already used up changes nothing: the clock is late.
 * Met, or its case closed, at the due moment is in time.
 */
export function viewClock(clock: Clock, now: Date, { calendar }: { readonly calendar: WorkCalendar }): ClockView {
  const end = clock.met ?? clock.closed ?? clock.voided;
  const asOf = end ?? now;
  const rule: ClockRule = { ...clock, calendar };
  const paused = pausesUntil(clock, asOf);
  const { due, provisional, standing } = currentDue(clock, rule, paused, asOf);
  const run: Run = { ...rule, start: clock.start, paused };

  const passed = countedMs(run, clock.start, asOf < due ? asOf : due);
  const ahead = asOf < due ? countedMs(run, asOf > clock.start ? asOf : clock.start, due) : 0;
  const fraction = asOf > due ? 1 : passed === 0 ? 0 : passed / (passed + ahead);
  const state = end ? endState(clock, end, due) : asOf > due ? 'late' : openState(standing, fraction);
  const left = end || asOf > due ? { days: 0, minutes: 0 } : timeLeft(rule, asOf, due, ahead);
  const spans = explain(run, clock.start, asOf).slice(-MAX_SPANS);
  return { state, due, firstDue: clock.firstDue, provisional, left, fraction, spans };
}

/**
 * The moment from which a clock that does not stand shows `soon`: three quarters of its counted time are used up.
 * For the timer of that reminder; compute it anew whenever `due` changes.
 */
export function soonAt(clock: Clock, { calendar }: { readonly calendar: WorkCalendar }): Date {
  const run: Run = { ...clock, calendar, paused: pausesUntil(clock, clock.due) };
  let left = SOON_FROM * countedMs(run, clock.start, clock.due);
  for (const { from, to, counted } of explain(run, clock.start, clock.due)) {
    const length = counted ? to.getTime() - from.getTime() : 0;
    if (length > 0 && length >= left) return new Date(from.getTime() + Math.ceil(left));
    left -= length;
  }
  return clock.due;
}

function endState({ met }: Clock, end: Date, due: Date): ClockState {
  if (end > due) return 'breached';
  return met ? 'kept' : 'void';
}

function openState(standing: boolean, fraction: number): ClockState {
  if (standing) return 'standing';
  return fraction >= SOON_FROM ? 'soon' : 'running';
}

/** The pauses up to `asOf`. An open one is taken to last through `asOf` itself for days, so that a day does not count at whose closing the clock still stands. */
function pausesUntil({ term, paused }: Clock, asOf: Date): Span[] {
  const inDays = term.unit === 'working-days' || term.unit === 'calendar-days';
  const through = inDays ? new Date(asOf.getTime() + 1) : asOf;
  return paused.filter((p) => p.from <= asOf).map(({ from, to }) => ({ from, to: to && to <= asOf ? to : through }));
}

function currentDue(clock: Clock, rule: ClockRule, paused: Span[], asOf: Date) {
  const stands = clock.paused.some(({ from, to }) => from <= asOf && (to === null || to > asOf));
  if (stands) {
    const ifItWentOnNow = dueTime({ ...rule, from: clock.start, paused });
    if (ifItWentOnNow.due >= asOf) return { ...ifItWentOnNow, standing: true };
  }
  return { due: clock.due, provisional: clock.provisional, standing: false };
}

function timeLeft(rule: ClockRule, now: Date, due: Date, aheadMs: number): { days: number; minutes: number } {
  const { unit } = rule.term;
  if (unit === 'seconds' || unit === 'service-minutes') return { days: 0, minutes: Math.ceil(aheadMs / MINUTE_MS) };

  const [opens, closes] = dayHours(rule);
  const today = dayOf(now);
  // Calendar days end at 24:00, which already is the next day.
  const lastDay = unit === 'calendar-days' ? addDays(dayOf(due), -1) : dayOf(due);
  let days = 0;
  for (let day = addDays(today, 1); day <= lastDay; day = addDays(day, 1)) if (isCountedDay(rule, day)) days += 1;
  return { days, minutes: restOfDay(rule, today, now, opens, closes) };
}

function restOfDay(rule: ClockRule, today: Day, now: Date, opens: TimeOfDay, closes: TimeOfDay): number {
  if (!isCountedDay(rule, today)) return 0;
  const from = Math.max(now.getTime(), instantAt(today, opens).getTime());
  return Math.max(0, Math.ceil((instantAt(today, closes).getTime() - from) / MINUTE_MS));
}
