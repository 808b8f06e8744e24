/** What is added to a course: diary, answers, follow-up calls and the nutrition plan. Each is one entry; nothing is rewritten. */
import type { AnswersInput, DiaryInput, FollowUpInput, NutritionInput } from '#contract/courses.ts';
import { type Day, dayOf } from '#domain/calendar/day.ts';
import { alarms, dayPassed, scheduleOf, stateOf } from '#domain/courses/schedule.ts';
import { recordAudit } from '#server/audit/record.ts';
import { tell } from '#server/cases/apply-changes.ts';
import { saveCase } from '#server/cases/move-case.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { queueLive } from '#server/notifications/outbox.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { type FieldFault, Problem } from '#server/platform/problem.ts';
import { insertCourseEntry, type Kind, type Said } from './queries.ts';
import { mayRecord, type OpenCourse, openCourse } from './view.ts';

export const SEVERE = 'severe-reaction';
export const CALL_DUE = 'follow-up-due';
type Lang = 'zh' | 'en';
type Words = { zh: string; en: string };
const fault = (pointer: string, words: Words, lang: Lang): FieldFault => ({ pointer, detail: words[lang] });

/** Locked, so that one occurrence is done once and the mark on the case is not lost. @throws Problem not-found, not-possible-now */
async function begin(db: Db, ctx: Ctx, actor: Actor, caseId: string, kind: Kind): Promise<OpenCourse> {
  if (!(await findCaseForUpdate(db, ctx, caseId))) throw new Problem('not-found');
  const on = await openCourse(db, ctx, actor, caseId);
  if (!mayRecord(on, kind))
    throw new Problem('not-possible-now', {
      detail: { zh: '这份服务单现在不能登记这一项。', en: 'This cannot be recorded in the case now.' },
    });
  return on;
}

async function add<K extends Kind>(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { open, role, now }: OpenCourse,
  entry: { kind: K; code: string | null; onDay: Day; said: Said[K] },
): Promise<string> {
  const { id: caseId, personId } = open.row;
  const id = await insertCourseEntry(db, ctx, { ...entry, caseId, personId, by: actor, byRole: role, now });
  await recordAudit(db, ctx, {
    actor,
    action: `course.${entry.kind}`,
    subject: `case:${caseId}`,
    caseId,
    personId,
    now,
    details: { day: entry.onDay },
  });
  await queueLive(db, ctx, { kind: 'case', id: caseId, key: `${id}/live`, now });
  return id;
}

/** @throws Problem not-found, not-possible-now, not-acceptable with every fault */
export async function recordDiary(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
  input: DiaryInput,
  lang: Lang,
): Promise<void> {
  const on = await begin(db, ctx, actor, caseId, 'diary');
  const { open, course, now } = on;
  const from = dayPassed(open.running.so.history, course.from) ?? dayOf(now);
  const errors = input.entries.flatMap(({ symptom, grade }, i) => [
    ...(course.symptoms.some(({ code }) => code === symptom)
      ? []
      : [fault(`/entries/${i}/symptom`, { zh: '请从列表里选', en: 'choose from the list' }, lang)]),
    ...(input.entries.findIndex((one) => one.symptom === symptom) < i
      ? [fault(`/entries/${i}/symptom`, { zh: '同一种反应只记一次', en: 'each reaction once' }, lang)]
      : []),
    ...(course.grades.some((one) => one.grade === grade)
      ? []
      : [fault(`/entries/${i}/grade`, { zh: '没有这个程度', en: 'no such grade' }, lang)]),
  ]);
  if (input.on > dayOf(now) || input.on < from)
    errors.push(fault('/on', { zh: `请填 ${from} 到今天之间的一天`, en: `a day from ${from} to today` }, lang));
  if (errors.length > 0) throw new Problem('not-acceptable', { errors });
  const { entries, note = null } = input;
  const id = await add(db, ctx, actor, on, { kind: 'diary', code: null, onDay: input.on, said: { entries, note } });
  if (!alarms(course, entries)) return;
  open.row.attention = [...new Set([...open.row.attention, SEVERE])];
  await saveCase(db, ctx, open);
  for (const audience of ['car-t-specialist', 'supervisor'])
    await tell(db, ctx, open.row, audience, 'reaction-reported', true, `${id}/${audience}`, now);
}

/** @throws Problem not-found, not-possible-now, not-acceptable with every fault, conflict (answered already, or another version) */
export async function recordAnswers(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
  input: AnswersInput,
  lang: Lang,
): Promise<void> {
  const on = await begin(db, ctx, actor, caseId, 'answers');
  const { open, course, entries, now } = on;
  const asked = course.questionnaires.find(({ code }) => code === input.questionnaire);
  if (!asked)
    throw new Problem('not-acceptable', {
      errors: [fault('/questionnaire', { zh: '没有这份问卷', en: 'no such questionnaire' }, lang)],
    });
  const occurrence = scheduleOf(course, open.running.so.history).find(
    (one) => one.kind === 'answers' && one.code === asked.code && one.dueOn === input.dueOn,
  );
  const state = occurrence && stateOf(occurrence, entries, dayOf(now));
  if (state === 'done')
    throw new Problem('conflict', {
      pointer: '/dueOn',
      detail: { zh: '这一次已经填过。', en: 'This one is answered already.' },
    });
  const errors = [
    ...(state === 'due' ? [] : [fault('/dueOn', { zh: '这一次还没有到时间', en: 'not due yet' }, lang)]),
    ...(input.version === asked.version
      ? []
      : [
          fault('/version', { zh: '问卷已更新，请重新打开', en: 'the questionnaire has changed; open it again' }, lang),
        ]),
    ...asked.questions.flatMap(({ code, min, max }) => {
      const value = input.values[code];
      return value !== undefined && value >= min && value <= max
        ? []
        : [fault(`/values/${code}`, { zh: `请选 ${min} 到 ${max}`, en: `choose from ${min} to ${max}` }, lang)];
    }),
    ...Object.keys(input.values).flatMap((code) =>
      asked.questions.some((one) => one.code === code)
        ? []
        : [fault(`/values/${code}`, { zh: '没有这道题', en: 'no such question' }, lang)],
    ),
  ];
  if (errors.length > 0) throw new Problem('not-acceptable', { errors });
  const { version, values } = input;
  await add(db, ctx, actor, on, { kind: 'answers', code: asked.code, onDay: input.dueOn, said: { version, values } });
}

/** An attempt that nobody answered is kept and leaves the call due. @throws Problem not-found, not-possible-now, not-acceptable, conflict */
export async function recordCall(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
  input: FollowUpInput,
  lang: Lang,
): Promise<void> {
  const on = await begin(db, ctx, actor, caseId, 'call');
  const { open, course, entries, now } = on;
  const occurrence = scheduleOf(course, open.running.so.history).find(
    (one) => one.kind === 'call' && one.code === input.code,
  );
  if (!occurrence)
    throw new Problem('not-acceptable', {
      errors: [fault('/code', { zh: '回访计划里没有这一次', en: 'not on the schedule' }, lang)],
    });
  const done = entries.filter((one) => one.kind === 'call' && one.said.reached);
  if (stateOf(occurrence, done, dayOf(now)) === 'done')
    throw new Problem('conflict', {
      pointer: '/code',
      detail: { zh: '这次回访已经登记。', en: 'This call is recorded already.' },
    });
  const said = { reached: input.outcome === 'reached', note: input.note };
  await add(db, ctx, actor, on, { kind: 'call', code: input.code, onDay: occurrence.dueOn, said });
  if (!said.reached) return;
  open.row.attention = open.row.attention.filter((mark) => mark !== CALL_DUE && mark !== SEVERE);
  await saveCase(db, ctx, open);
}

/** @throws Problem not-found, not-possible-now */
export async function recordNutrition(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
  input: NutritionInput,
): Promise<void> {
  const on = await begin(db, ctx, actor, caseId, 'nutrition');
  await add(db, ctx, actor, on, { kind: 'nutrition', code: null, onDay: dayOf(on.now), said: input });
}
