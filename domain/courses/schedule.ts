/** The schedule of a course after a treatment: what is asked and who calls on which day, counted from the case's milestones. */
import { addDays, type Day, dayOf } from '../calendar/day.ts';
import type { Course } from '../plan/schema.ts';

type Passed = { name: string; occurredAt: Date };
export type Occurrence = { kind: 'answers' | 'call'; code: string; dueOn: Day };
/** done: recorded; due: its day has come; ahead: it has not. */
export type OccurrenceState = 'done' | 'due' | 'ahead';

/** The day on which the case first passed the milestone; undefined: not yet. */
export const dayPassed = (history: readonly Passed[], milestone: string): Day | undefined => {
  const first = history.find(({ name }) => name === milestone);
  return first && dayOf(first.occurredAt);
};

/** Everything that the milestones passed so far have put on the calendar, in order of day. */
export function scheduleOf(course: Course, history: readonly Passed[]): Occurrence[] {
  const on = (kind: Occurrence['kind'], code: string, rule: { after: string; days: number }): Occurrence[] => {
    const from = dayPassed(history, rule.after);
    return from === undefined ? [] : [{ kind, code, dueOn: addDays(from, rule.days) }];
  };
  return [
    ...course.questionnaires.flatMap(({ code, on: days }) => days.flatMap((rule) => on('answers', code, rule))),
    ...course.calls.flatMap((rule) => on('call', rule.code, rule)),
  ].sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.code.localeCompare(b.code));
}

/** What a milestone that is passed for the first time puts on the calendar. */
export const scheduledBy = (course: Course, milestone: Passed): Occurrence[] => scheduleOf(course, [milestone]);

export const stateOf = (
  { kind, code, dueOn }: Occurrence,
  done: readonly { kind: string; code: string | null; onDay: Day }[],
  today: Day,
): OccurrenceState =>
  done.some((one) => one.kind === kind && one.code === code && one.onDay === dueOn)
    ? 'done'
    : dueOn <= today
      ? 'due'
      : 'ahead';

/** Somebody must be told at once [2.6.4.8.6]. */
export const alarms = (course: Pick<Course, 'alarm'>, entries: readonly { grade: number }[]): boolean =>
  entries.some(({ grade }) => grade >= course.alarm);
