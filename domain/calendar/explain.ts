import { addDays, type Day, dayOf, instantAt, type TimeOfDay } from './day.ts';
import { type ClockRule, dayHours, isCountedDay, serviceHours } from './due.ts';
import { mergeSpans, type Span, stoodOver } from './spans.ts';
import { isServiceDay } from './work-calendar.ts';

export type SpanReason = 'counted' | 'outside-hours' | 'holiday' | 'weekend' | 'day-0' | 'standing';
export type ExplainedSpan = Span & { readonly counted: boolean; readonly why: SpanReason };

/** A clock from its start: how it counts and when it stood. */
export type Run = ClockRule & { readonly start: Date; readonly paused: readonly Span[] };

/**
 * The stretch `from`…`until` of a clock, cut where the reason changes, in order and without gaps; neighbours with the
 * same reason are one span. A pause is `standing` whatever the hour; a working day that does not count because the
 * clock stood at its closing is `standing` for all its hours.
 */
export function explain(run: Run, from: Date, until: Date): ExplainedSpan[] {
  const merged = mergeSpans(run.paused);
  const dayReasons = reasonsOfDay(run, merged);
  const spans: { from: Date; to: Date; counted: boolean; why: SpanReason }[] = [];
  const push = (start: Date, to: Date, why: SpanReason) => {
    if (start >= to) return;
    const last = spans.at(-1);
    if (last?.why === why) last.to = to;
    else spans.push({ from: start, to, counted: why === 'counted', why });
  };

  let nextPause = 0;
  for (let day = dayOf(from); instantAt(day, '00:00') < until; day = addDays(day, 1)) {
    for (const [opens, closes, why] of dayReasons(day)) {
      const end = earlier(instantAt(day, closes), until);
      let at = later(instantAt(day, opens), from);
      while (at < end) {
        let pause = merged[nextPause];
        while (pause && pause.to <= at) pause = merged[++nextPause];
        const stands = pause ? earlier(later(pause.from, at), end) : end;
        push(at, stands, why);
        at = pause ? later(stands, earlier(pause.to, end)) : end;
        push(stands, at, 'standing');
      }
    }
  }
  return spans;
}

/** Milliseconds that count between `from` and `until`. */
export function countedMs(run: Run, from: Date, until: Date): number {
  let sum = 0;
  for (const span of explain(run, from, until)) if (span.counted) sum += span.to.getTime() - span.from.getTime();
  return sum;
}

type Piece = readonly [opens: TimeOfDay, closes: TimeOfDay, why: SpanReason];

/** Why each part of a day counts or not, pauses inside it left aside. */
function reasonsOfDay(run: Run, merged: readonly Span[]): (day: Day) => Piece[] {
  const { unit } = run.term;
  if (unit === 'seconds') return () => [['00:00', '24:00', 'counted']];
  if (unit === 'service-minutes') {
    const hours = serviceHours(run);
    return (day) => open(run, day, isServiceDay(run.calendar, hours, day), hours.opens, hours.closes, 'counted');
  }
  const [opens, closes] = dayHours(run);
  const dayZero = dayOf(run.start);
  return (day) => {
    if (day <= dayZero) return [['00:00', '24:00', 'day-0']];
    const stood = stoodOver(instantAt(day, opens), instantAt(day, closes), merged);
    return open(run, day, isCountedDay(run, day), opens, closes, stood ? 'standing' : 'counted');
  };
}

function open(run: Run, day: Day, isOpen: boolean, opens: TimeOfDay, closes: TimeOfDay, why: SpanReason): Piece[] {
  if (!isOpen) return [['00:00', '24:00', run.calendar.days.get(day)?.kind === 'off' ? 'holiday' : 'weekend']];
  return [
    ['00:00', opens, 'outside-hours'],
    [opens, closes, why],
    [closes, '24:00', 'outside-hours'],
  ];
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
