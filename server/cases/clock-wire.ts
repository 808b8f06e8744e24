/** A clock as every screen shows it (contract 3): its texts from the plan, everything else computed at `now`. */
import type { ClockView } from '#contract/common.ts';
import { viewClock } from '#domain/calendar/clock-view.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { dueTime } from '#domain/calendar/due.ts';
import { pausesFor, timedRules } from '#domain/cases/on-milestone.ts';
import { clockRule } from '#domain/eligibility/promise-due.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { ClockRow, PauseRow } from './clock-queries.ts';

export type ClockFacts = {
  plan: Plan;
  service: Service;
  clock: ClockRow;
  /** All pauses of its case, in order of time; those that this promise does not stand for are left aside. */
  pauses: readonly Pick<PauseRow, 'reason' | 'from' | 'to'>[];
  /** Moves of this clock, or of several: those of others are left aside. */
  moves: readonly { clockId: string; at: Date; fromDue: Date; toDue: Date; why: string }[];
  now: Date;
  /** When its case closed while the clock was open; a closing that the record shows as `voidAt` need not be given. */
  closedAt?: Date | undefined;
};

/**
 * The clock on the wire, as of `now` or of its end. A recorded breach stays one for ever, whatever moved the due moment
 * later (contract 2.4). `why` of spans and moves are codes.
 * @throws Error when the case's edition has no such promise or target
 */
export function clockToWire(ctx: Pick<Ctx, 'calendar'>, lang: 'zh' | 'en', facts: ClockFacts): ClockView {
  const { plan, service, clock, now } = facts;
  const promise = timedRules(service).find((one) => one.code === clock.promise && one.target === clock.target);
  if (!promise)
    throw new Error(`Clock ${clock.id}: ${plan.plan} ${plan.edition} has no promise or target "${clock.promise}"`);
  const rule = clockRule(plan, service, promise, ctx.calendar());
  const ended = clock.voidAt ?? facts.closedAt;
  // Closing a case ends its pauses at the same moment: until then the clock stood, and closing it so is no breach.
  const paused = pausesFor(promise, [...facts.pauses]).map(({ from, to }) => ({
    from,
    to: to && ended && to.getTime() === ended.getTime() ? null : to,
  }));
  const view = viewClock(
    {
      ...rule,
      start: clock.startedAt,
      paused,
      firstDue: clock.firstDue,
      due: clock.due,
      provisional: clock.provisional,
      met: clock.metAt ?? undefined,
      voided: clock.voidAt ?? undefined,
      closed: facts.closedAt,
    },
    now,
    { calendar: ctx.calendar() },
  );
  const over = clock.metAt !== null || ended !== undefined;
  const shownFrom = promise.shownFrom;
  const closedSpans = paused.flatMap(({ from, to }) => (to && to > from ? [{ from, to }] : []));
  return {
    id: clock.id,
    promise: clock.promise,
    label: promise.label[lang],
    clause: clock.clause,
    printed: plan.clauses.find(({ id }) => id === clock.clause)?.printed ?? null,
    target: clock.target,
    state: over && clock.breachedAt ? 'breached' : view.state,
    due: formatInstant(view.due),
    firstDue: formatInstant(view.firstDue),
    provisional: view.provisional,
    startedAt: formatInstant(clock.startedAt),
    metAt: clock.metAt && formatInstant(clock.metAt),
    corrected: clock.correctedBy !== null,
    left: { ...view.left, ...(rule.term.unit === 'calendar-days' ? { calendar: true } : {}) },
    fraction: view.fraction,
    rangeFrom: shownFrom
      ? dayOf(
          dueTime({ ...rule, term: { ...rule.term, amount: shownFrom }, from: clock.startedAt, paused: closedSpans })
            .due,
        )
      : null,
    spans: view.spans.map(({ from, to, counted, why }) => ({
      from: formatInstant(from),
      to: formatInstant(to),
      counted,
      why,
    })),
    moved: facts.moves
      .filter(({ clockId }) => clockId === clock.id)
      .map(({ at, fromDue, toDue, why }) => ({
        at: formatInstant(at),
        from: formatInstant(fromDue),
        to: formatInstant(toDue),
        why,
      })),
  };
}
