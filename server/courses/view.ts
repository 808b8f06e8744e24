/** A course as its reader sees it. Who serves from outside reads it under a consent that names the treatment, and that is recorded. */
import type { z } from 'zod';
import type { CourseView } from '#contract/courses.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { alarms, dayPassed, scheduleOf, stateOf } from '#domain/courses/schedule.ts';
import { type CaseRole, isOutside } from '#domain/journeys/journey.ts';
import type { Course } from '#domain/plan/schema.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getVisibleCase } from '#server/cases/access.ts';
import { type OpenCase, openCaseForEvent } from '#server/cases/move-case.ts';
import { ROLES } from '#server/cases/words.ts';
import { discloseUnder } from '#server/consents/disclose-part.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { type Entry, type Kind, listCourseEntries } from './queries.ts';

export type OpenCourse = { open: OpenCase; course: Course; role: CaseRole; entries: Entry[]; now: Date };

/** Who records what; a call to the desk is the member's own word. */
const RECORDS: Readonly<Record<Kind, readonly CaseRole[]>> = {
  diary: ['member', 'applicant', 'service-desk', 'car-t-specialist'],
  answers: ['member', 'applicant', 'service-desk'],
  call: ['car-t-specialist'],
  nutrition: ['car-t-specialist'],
};
const hasBegun = ({ open: { running } }: OpenCourse, milestone: string): boolean =>
  dayPassed(running.so.history, milestone) !== undefined;

/** May the caller record this now: while the case runs, from the milestone on that the plan names. */
export function mayRecord(on: OpenCourse, kind: Kind): boolean {
  const { open, course, role } = on;
  if (open.row.final || !RECORDS[kind].includes(role)) return false;
  if (kind === 'diary' || kind === 'nutrition') return hasBegun(on, course.from);
  return scheduleOf(course, open.running.so.history).some((one) => one.kind === kind);
}

/** @throws Problem not-found where the case is not the caller's to see, has no course, or the consent does not cover it */
export async function openCourse(db: Db, ctx: Ctx, actor: Actor, caseId: string): Promise<OpenCourse> {
  const now = await ctx.clock.now(db);
  const { row, role } = await getVisibleCase(db, ctx, actor, caseId, now);
  const open = await openCaseForEvent(db, ctx, row);
  const { course } = open.running.service;
  if (!course) throw new Problem('not-found');
  if (isOutside(role)) {
    const entries = await listCourseEntries(db, ctx, row);
    const latest = entries.map(({ at }) => at.toISOString()).sort();
    const fields = [...new Set(entries.map(({ kind }) => `course.${kind}`))];
    await discloseUnder(db, ctx, actor, row, { group: 'treatment', fields, contentVersion: latest.at(-1) ?? '' }, now);
    return { open, course, role, entries, now };
  }
  if (role !== 'member' && role !== 'applicant')
    await recordAudit(db, ctx, {
      actor,
      action: 'course.read',
      subject: `case:${caseId}`,
      caseId,
      personId: row.personId,
      now,
    });
  return { open, course, role, entries: await listCourseEntries(db, ctx, row), now };
}

export async function viewCourse(
  db: Db,
  ctx: Ctx,
  on: OpenCourse,
  lang: 'zh' | 'en',
): Promise<z.infer<typeof CourseView>> {
  const { open, course, entries, now } = on;
  const { plan, so } = open.running;
  const today = dayOf(now);
  const names = await nameAccounts(db, ctx, [...new Set(entries.map(({ byAccount }) => byAccount))]);
  const by = ({ byAccount, byRole }: Entry) => names.get(byAccount) ?? ROLES[byRole]?.[lang] ?? byRole;
  const of = <K extends Kind>(kind: K) =>
    entries.filter((one) => one.kind === kind) as unknown as Extract<Entry, { kind: K }>[];
  const ofHouse = on.role !== 'member' && on.role !== 'applicant';
  const schedule = scheduleOf(course, so.history);
  // A call that nobody answered leaves the occurrence due.
  const done = entries.filter((one) => one.kind !== 'call' || one.said.reached);
  return {
    sample: course.sample,
    clause: course.clause,
    printed: plan.clauses.find(({ id }) => id === course.clause)?.printed ?? course.clause,
    may: {
      diary: mayRecord(on, 'diary'),
      answers: mayRecord(on, 'answers'),
      calls: mayRecord(on, 'call'),
      nutrition: mayRecord(on, 'nutrition'),
    },
    diaryFrom: dayPassed(so.history, course.from) ?? null,
    today,
    symptoms: course.symptoms.map(({ code, name }) => ({ code, name: name[lang] })),
    grades: course.grades.map(({ grade, name, means }) => ({ grade, name: name[lang], means: means[lang] })),
    alarm: course.alarm,
    card: { signs: course.card.signs.map((sign) => sign[lang]), does: course.card.does[lang] },
    hotline: plan.hotline,
    diary: of('diary').map((one) => ({
      id: one.id,
      on: one.onDay,
      at: formatInstant(one.at),
      by: by(one),
      entries: one.said.entries.map(({ symptom, grade }) => ({
        symptom,
        grade,
        name: course.symptoms.find(({ code }) => code === symptom)?.name[lang] ?? symptom,
      })),
      note: one.said.note,
      severe: alarms(course, one.said.entries),
    })),
    questionnaires: course.questionnaires.map(({ code, version, name, asks, questions }) => ({
      code,
      version,
      name: name[lang],
      asks: asks[lang],
      questions: questions.map(({ text, low, high, ...one }) => ({
        ...one,
        text: text[lang],
        low: low[lang],
        high: high[lang],
      })),
      on: schedule
        .filter((one) => one.kind === 'answers' && one.code === code)
        .map((one) => ({ dueOn: one.dueOn, state: stateOf(one, done, today) })),
      answers: of('answers')
        .filter((one) => one.code === code)
        .map((one) => ({ dueOn: one.onDay, at: formatInstant(one.at), ...one.said }))
        .reverse(),
    })),
    calls: schedule
      .filter(({ kind }) => kind === 'call')
      .map((one) => ({
        code: one.code,
        name: course.calls.find(({ code }) => code === one.code)?.name[lang] ?? one.code,
        dueOn: one.dueOn,
        state: stateOf(one, done, today),
        made: of('call')
          .filter(({ code }) => code === one.code)
          .map((call) => ({
            at: formatInstant(call.at),
            by: by(call),
            ...call.said,
            note: ofHouse ? call.said.note : null,
          }))
          .reverse(),
      })),
    nutrition: of('nutrition').map((one) => ({ at: formatInstant(one.at), by: by(one), text: one.said.text })),
  };
}
