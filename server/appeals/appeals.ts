/** An appeal puts a decision before somebody who had no part in it; the answer is due as for a complaint. */
import type { z } from 'zod';
import type { AnswerAppeal, AppealView } from '#contract/operations.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { dueTime } from '#domain/calendar/due.ts';
import type { Norm } from '#domain/calendar/schema.ts';
import { findEdition, findService, firstEdition } from '#domain/plan/registry.ts';
import { getNorm, loadNorms } from '#norms/load.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { recordAudit, recordListing } from '#server/audit/record.ts';
import { assertMinorOpen, findMinorClosed } from '#server/minors/rule.ts';
import { queueLive, queueMessage } from '#server/notifications/outbox.ts';
import { cutPage, readPlace } from '#server/operations/cursor.ts';
import { maskedNames } from '#server/operations/masked-names.ts';
import { openFor, sealFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { type AppealWords, getVisibleDecision } from './decision-view.ts';
import {
  type AppealRow,
  answerAppealRow,
  findAppeal,
  findAppealForUpdate,
  insertAppealRow,
  liftBarRows,
  listAppealRows,
} from './queries.ts';

type View = z.infer<typeof AppealView>;

let norm: Norm | undefined;
/** 15 calendar days, as for any complaint to an insurer; read once. */
const answerNorm = (): Norm => {
  norm ??= getNorm(loadNorms(), 'complaint-answer');
  return norm;
};

/**
 * Files the appeal of the person, of whoever acts for her, or of the desk within a check. A decision is appealed once: a
 * refusal, or whatever a closed case rests on. Returns the appeal's id.
 * @throws Problem not-found; Refused not-possible-now, conflict
 */
export async function fileAppeal(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  decisionId: string,
  text: string,
  now: Date,
): Promise<string> {
  const decision = await getVisibleDecision(db, ctx, actor, decisionId, now);
  if (actor.accountId === null) throw new Error('An appeal is filed by a person');
  if (decision.outcome !== 'refused' && !decision.caseFinal)
    throw new Refused('not-possible-now', {
      detail: {
        zh: '这里没有被拒绝的内容：申请还在办理中。',
        en: 'Nothing was refused here: the request is still being worked on.',
      },
    });
  const { unit, amount } = answerNorm();
  const { due } = dueTime({ term: { unit, amount }, from: now, calendar: ctx.calendar() });
  const id = uuidv7();
  const { personId, caseId } = decision;
  const sealed = await sealFor(db, ctx, personId, 'appeals', id, { text, answer: null } satisfies AppealWords);
  const filed = await insertAppealRow(db, ctx, {
    id,
    decisionId,
    caseId,
    personId,
    filedAt: now,
    filedBy: actor.accountId,
    dueAt: due,
    sealed,
  });
  if (!filed)
    throw new Refused('conflict', {
      detail: {
        zh: '对这项决定已经提出过申诉，答复见决定页面。',
        en: 'This decision has been appealed already; the answer is on its page.',
      },
    });
  await recordAudit(db, ctx, {
    actor,
    action: 'appeal.filed',
    subject: `appeal:${id}`,
    ...(caseId ? { caseId } : {}),
    personId,
    details: { decision: decisionId, due: formatInstant(due) },
    now,
  });
  await tell(
    db,
    ctx,
    'appeal-received',
    { id, decisionId, caseId, personId, service: decision.service },
    { due: due.toISOString() },
    now,
  );
  return id;
}

/** Open ones first, by when the answer is due. A reviewer sees those they had no part in, a supervisor all. */
export async function listAppeals(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  page: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: View[]; next: string | null }> {
  const after = readPlace(page.cursor);
  const found = await listAppealRows(db, ctx, actor.accountId!, actor.role === 'reviewer', after, page.limit + 1);
  const { rows, next } = cutPage(found, page.limit, ({ state, dueAt, id }) => [state !== 'open', dueAt.getTime(), id]);
  const items = await viewAppeals(db, ctx, actor, rows, lang, now);
  await recordListing(db, ctx, actor, 'appeal', rows.length, now);
  return { items, next };
}

/**
 * Answers an appeal, once. Overturned: a bar that came of the refusal is lifted and she is told that she can ask again;
 * the decision itself stays on file as taken.
 * @throws Problem not-found, minor-approval-needed; same-person for who decided, filed or worked on it; Refused conflict when it is answered
 */
export async function answerAppeal(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  input: z.infer<typeof AnswerAppeal>,
  now: Date,
): Promise<void> {
  const appeal = actor.accountId === null ? undefined : await findAppealForUpdate(db, ctx, actor.accountId, id);
  if (!appeal) throw new Problem('not-found');
  if (appeal.state !== 'open')
    throw new Refused('conflict', { detail: { zh: '这项申诉已经答复。', en: 'This appeal is answered already.' } });
  if (appeal.tookPart)
    throw new Problem('same-person', {
      detail: {
        zh: '您参与过这项决定，须由其他人处理。',
        en: 'You had a part in this decision: somebody else has to look at it.',
      },
    });
  await assertMinorOpen(db, ctx, actor, appeal, now);
  const { text } = await openFor<AppealWords>(db, ctx, appeal.personId, 'appeals', id, appeal.sealed);
  const sealed = await sealFor(db, ctx, appeal.personId, 'appeals', id, {
    text,
    answer: input.answer,
  } satisfies AppealWords);
  await answerAppealRow(db, ctx, id, input.verdict, actor.accountId!, now, sealed);
  await recordAudit(db, ctx, {
    actor,
    action: 'appeal.answered',
    subject: `appeal:${id}`,
    ...(appeal.caseId ? { caseId: appeal.caseId } : {}),
    personId: appeal.personId,
    details: { decision: appeal.decisionId, verdict: input.verdict, inTime: now <= appeal.dueAt },
    now,
  });
  if (input.verdict === 'overturned') await liftBars(db, ctx, actor, appeal, now);
  await tell(db, ctx, 'appeal-answered', appeal, { appeal: id, verdict: input.verdict }, now);
}

/** A bar that the overturned refusal left behind would refuse her next request as well [2.2.5]; both stay on file. */
async function liftBars(db: Db, ctx: Ctx, actor: Actor, appeal: AppealRow, now: Date): Promise<void> {
  if (appeal.caseId === null) return;
  for (const { barId } of await liftBarRows(db, ctx, appeal.caseId, appeal.id, now))
    await recordAudit(db, ctx, {
      actor,
      action: 'bar.corrected',
      subject: `bar:${barId}`,
      caseId: appeal.caseId,
      personId: appeal.personId,
      details: { appeal: appeal.id },
      now,
    });
}

/** One appeal as its desk shows it. @throws Problem not-found */
export async function getAppeal(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  id: string,
  now: Date,
): Promise<View> {
  const row = await findAppeal(db, ctx, actor.accountId!, id);
  if (!row) throw new Problem('not-found');
  return (await viewAppeals(db, ctx, actor, [row], lang, now))[0]!;
}

type About = Pick<AppealRow, 'id' | 'decisionId' | 'caseId' | 'personId' | 'service'>;

/** The person is told; nothing here leaves the house but ids, codes and moments. */
async function tell(
  db: Db,
  ctx: Ctx,
  template: string,
  about: About,
  params: Record<string, string>,
  now: Date,
): Promise<void> {
  const { id, decisionId, caseId, personId, service } = about;
  await queueMessage(db, ctx, {
    template,
    to: { personId },
    ...(caseId ? { caseId } : {}),
    urgent: false,
    params: { ...params, decision: decisionId, service },
    now,
    key: `${id}/${template}`,
  });
  if (caseId) await queueLive(db, ctx, { kind: 'case', id: caseId, key: `${id}/${template}/live`, now });
}

const BY_RULES = { zh: '系统按规则', en: 'The rules' };

/** Of a minor whose file is closed to the caller neither the words nor the answer are shown. */
async function viewAppeals(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  rows: readonly AppealRow[],
  lang: 'zh' | 'en',
  now: Date,
): Promise<View[]> {
  const persons = await maskedNames(
    db,
    ctx,
    rows.map(({ personId }) => personId),
  );
  const accounts = await nameAccounts(
    db,
    ctx,
    rows.flatMap(({ decidedBy }) => decidedBy ?? []),
  );
  const views: View[] = [];
  for (const row of rows) {
    const closed = await findMinorClosed(db, ctx, actor, row, now);
    const { text, answer } = closed
      ? { text: '', answer: null }
      : await openFor<AppealWords>(db, ctx, row.personId, 'appeals', row.id, row.sealed);
    const plan = (row.edition && findEdition(ctx.plans, row.plan, row.edition)) || firstEdition(ctx.plans, row.plan);
    views.push({
      id: row.id,
      decisionId: row.decisionId,
      caseId: row.caseId,
      caseNumber: row.caseNumber,
      serviceName: (plan && findService(plan, row.service)?.name[lang]) ?? row.service,
      person: persons.get(row.personId) ?? '',
      text,
      filedAt: formatInstant(row.filedAt),
      due: formatInstant(row.dueAt),
      state: row.state,
      decidedBy: row.takenBy === 'rules' ? BY_RULES[lang] : ((row.decidedBy && accounts.get(row.decidedBy)) ?? ''),
      answer,
      mayAnswer: row.state === 'open' && !row.tookPart && !closed,
      closed,
    });
  }
  return views;
}
