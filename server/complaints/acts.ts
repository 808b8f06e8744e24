/** What the complainant and the desk do with a complaint, each under its lock. */
import type { ComplainantDoes, HandlerDoes } from '#contract/complaints.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import type { AnswerNorm } from '#domain/complaints/clocks.ts';
import {
  type ComplaintOutcome,
  complainantActs,
  handlerActs,
  isOpen,
  type Standing,
} from '#domain/complaints/rules.ts';
import { recordAudit } from '#server/audit/record.ts';
import { assertMinorOpen } from '#server/minors/rule.ts';
import { askApproval } from '#server/operations/ask-approval.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { getVisibleForUpdate, isOnDesk } from './access.ts';
import { answerDue, reviewUntil, setComplaintTimers } from './clock.ts';
import { type Candidate, listCandidates } from './handlers.ts';
import {
  type ComplaintRow,
  findComplaintForUpdate,
  insertRoundRow,
  liftBarRows,
  setAnswer,
  setDue,
  setEnd,
  setHandler,
  setState,
} from './queries.ts';
import { listTold, record, tellComplainant, tellDesk } from './record.ts';

/** What the rules of the domain ask about a row; a review is asked for once, after the first answer. */
export const standingOf = (ctx: Pick<Ctx, 'calendar'>, row: ComplaintRow): Standing => ({
  state: row.state,
  round: row.round,
  norm: row.norm,
  due: row.due,
  handled: row.handler !== null,
  reviewUntil: row.state === 'answered' && row.round === 1 && row.answeredAt ? reviewUntil(ctx, row.answeredAt) : null,
});
/** As what a desk's account stands to it. */
export const deskOf = (actor: Actor, row: ComplaintRow) => ({
  supervisor: actor.role === 'supervisor',
  mine: row.handler !== null && row.handler === actor.accountId,
  tookPart: row.tookPart,
});

const notNow = (): Refused =>
  new Refused('not-possible-now', {
    detail: { zh: '目前不能这样做，请刷新查看最新状态。', en: 'Not possible as it stands now; look at it again.' },
  });
const samePerson = (): Problem =>
  new Problem('same-person', {
    detail: {
      zh: '参与过这件事的人须回避，由其他人处理。',
      en: 'Whoever had a part in it stands back: somebody else has to look at it.',
    },
  });

/** Adds to it, takes it back, or asks for a review of the answer. @throws Problem not-found; Refused not-possible-now */
export async function complainantDoes(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  does: ComplainantDoes,
  now: Date,
): Promise<void> {
  const row = await getVisibleForUpdate(db, ctx, actor, id, now);
  if (!complainantActs(standingOf(ctx, row), now).includes(does.act)) throw notNow();
  if (does.act === 'add') {
    const event = await record(
      db,
      ctx,
      actor,
      row,
      row.state === 'asked' ? 'replied' : 'added',
      { text: does.text },
      now,
    );
    if (row.state === 'asked') await setState(db, ctx, id, 'looked-into', row.round);
    await tellDesk(db, ctx, row, 'complaint-added', { supervisor: false }, event, now);
  } else if (does.act === 'withdraw') {
    const event = await record(db, ctx, actor, row, 'withdrawn', { text: does.text }, now);
    await setState(db, ctx, id, 'withdrawn', row.round);
    await setEnd(db, ctx, row, now);
    await tellComplainant(db, ctx, row, 'complaint-withdrawn', {}, event, now);
  } else {
    const round = { ...row, round: 2, handler: null };
    const due = answerDue(ctx, 'complaint-review', now);
    await insertRoundRow(db, ctx, id, 2, now, 'complaint-review', due);
    await setState(db, ctx, id, 'received', 2);
    await setComplaintTimers(db, ctx, { id, round: 2, due });
    const event = await record(
      db,
      ctx,
      actor,
      round,
      'review-asked',
      { text: does.text, due: formatInstant(due) },
      now,
    );
    await tellComplainant(db, ctx, round, 'complaint-review-received', { due: due.toISOString() }, event, now);
    await tellDesk(db, ctx, round, 'complaint-new', { supervisor: true }, event, now);
  }
}

/**
 * One act of the desk. @throws Problem not-found, same-person for whoever took part, minor-approval-needed, not-acceptable
 * naming the field; Refused not-possible-now for what its state does not take
 */
export async function handlerDoes(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  does: HandlerDoes,
  now: Date,
): Promise<void> {
  const row = await findComplaintForUpdate(db, ctx, actor.accountId, id);
  if (!row || actor.accountId === null) throw new Problem('not-found');
  const who = deskOf(actor, row);
  // Recusal before anything else: who took part learns that and nothing about its state.
  if (row.tookPart && does.act !== 'assign') throw samePerson();
  if (!isOnDesk(actor, row)) throw new Problem('not-found');
  if (!handlerActs(standingOf(ctx, row), who, now).includes(does.act)) throw notNow();
  if (does.act === 'take') return await take(db, ctx, actor, row, actor.accountId, now);
  if (does.act === 'assign') return await assign(db, ctx, actor, row, does.to, now);
  await assertMinorOpen(db, ctx, actor, row, now);
  if (does.act === 'note' || does.act === 'state') {
    await record(
      db,
      ctx,
      actor,
      row,
      does.act === 'note' ? 'noted' : 'stated',
      { text: does.text, ...(does.act === 'state' ? { of: does.of } : {}) },
      now,
    );
    if (row.state === 'acknowledged') await setState(db, ctx, id, 'looked-into', row.round);
  } else if (does.act === 'ask') {
    const event = await record(db, ctx, actor, row, 'asked', { text: does.text }, now);
    await setState(db, ctx, id, 'asked', row.round);
    await tellComplainant(db, ctx, row, 'complaint-question', {}, event, now);
  } else if (does.act === 'extend') await extend(db, ctx, actor, row, 'complaint-answer-complex', does.text, now);
  else if (does.act === 'ask-extension') await askExtension(db, ctx, actor, row, does.text, now);
  else await answer(db, ctx, actor, row, does, now);
}

async function take(db: Db, ctx: Ctx, actor: Actor, row: ComplaintRow, handler: string, now: Date): Promise<void> {
  await setHandler(db, ctx, row, handler);
  if (row.state === 'received') await setState(db, ctx, row.id, 'acknowledged', row.round);
  const event = await record(db, ctx, actor, row, 'taken', {}, now);
  await tellComplainant(db, ctx, row, 'complaint-taken', { manager: handler, due: row.due.toISOString() }, event, now);
}

/** Gives it to somebody who handles complaints and had no part in it; she takes it up when she reads of it. */
async function assign(db: Db, ctx: Ctx, actor: Actor, row: ComplaintRow, to: string, now: Date): Promise<void> {
  const found: Candidate | undefined = (await listCandidates(db, ctx, row)).find((one) => one.id === to);
  if (!found)
    throw new Problem('not-acceptable', {
      pointer: '/to',
      detail: { zh: '请选择没有参与过这件事的投诉处理人', en: 'choose a handler who had no part in it' },
    });
  await setHandler(db, ctx, row, to);
  const event = await record(db, ctx, actor, row, 'assigned', { to }, now);
  if (row.state === 'received') {
    await setState(db, ctx, row.id, 'acknowledged', row.round);
    await tellComplainant(db, ctx, row, 'complaint-taken', { manager: to, due: row.due.toISOString() }, event, now);
  }
  await tellDesk(db, ctx, { ...row, handler: to }, 'complaint-new', { supervisor: false }, event, now);
}

async function extend(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: ComplaintRow,
  norm: AnswerNorm,
  text: string,
  now: Date,
): Promise<void> {
  const due = answerDue(ctx, norm, row.startedAt);
  await setDue(db, ctx, row, norm, due);
  await setComplaintTimers(db, ctx, { id: row.id, round: row.round, due });
  const type = norm === 'complaint-extension' ? 'extended-again' : 'extended';
  const event = await record(db, ctx, actor, row, type, { text, norm, due: formatInstant(due) }, now);
  await tellComplainant(db, ctx, row, 'complaint-extended', { due: due.toISOString(), said: event }, event, now);
}

/** Senior management decides through the approvals; until then the time stays as it is. */
async function askExtension(db: Db, ctx: Ctx, actor: Actor, row: ComplaintRow, text: string, now: Date): Promise<void> {
  const due = answerDue(ctx, 'complaint-extension', row.startedAt);
  await askApproval(db, ctx, actor, {
    kind: 'extend-complaint',
    caseId: row.caseId,
    subject: row.id,
    personId: row.personId,
    reason: text,
    details: [
      { label: 'complaint', value: row.number },
      { label: 'due', value: formatInstant(due) },
    ],
    payload: { text },
    now,
  });
  await record(db, ctx, actor, row, 'extension-asked', { text }, now);
}

/**
 * 30 days more, once a second person approved: while the time given still runs, since she is told before it is over.
 * @throws Refused not-possible-now when it was answered, taken back or its time passed meanwhile
 */
export async function extendByApproval(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  text: string,
  now: Date,
): Promise<void> {
  const row = await findComplaintForUpdate(db, ctx, actor.accountId, id);
  if (!row || !isOpen(row.state) || row.norm !== 'complaint-answer-complex' || now >= row.due)
    throw new Refused('not-possible-now', {
      detail: {
        zh: '投诉已经答复、撤回或已过原定期限，不能再延长。',
        en: 'It is answered, withdrawn or past its time: there is nothing to extend.',
      },
    });
  if (row.tookPart) throw samePerson();
  await extend(db, ctx, actor, row, 'complaint-extension', text, now);
}

/** Answers it and tells it. Where no message of ours reaches her, the letter or call is written down instead. */
async function answer(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: ComplaintRow,
  { outcome, text, told }: { outcome: ComplaintOutcome; text: string; told?: 'letter' | 'telephone' | undefined },
  now: Date,
): Promise<void> {
  const silent = await needsTelling(db, ctx, row, now);
  if (silent && !told)
    throw new Problem('not-acceptable', {
      pointer: '/told',
      detail: {
        zh: '投诉人收不到站内消息，请先用信件或电话告知，并写明方式',
        en: 'no message of ours reaches the complainant: tell by letter or telephone and say which',
      },
    });
  await setAnswer(db, ctx, row, outcome, actor.accountId!, now);
  await setState(db, ctx, row.id, 'answered', row.round);
  const event = await record(db, ctx, actor, row, 'answered', { text, outcome }, now);
  if (told) await record(db, ctx, actor, row, 'told', { by: told }, now);
  if (row.decisionId && outcome === 'overturned') await liftBars(db, ctx, actor, row, now);
  const until = row.round === 1 ? { until: reviewUntil(ctx, now).toISOString() } : {};
  const template = row.round === 1 ? 'complaint-answered' : 'complaint-reviewed';
  await tellComplainant(
    db,
    ctx,
    row,
    template,
    { said: event, ...until, verdict: row.decisionId ? outcome : 'answered' },
    event,
    now,
  );
}

/** Whether the complainant hears nothing through the system: an heir or agent known by name only. */
export const needsTelling = async (db: Db, ctx: Ctx, row: ComplaintRow, now: Date): Promise<boolean> =>
  row.complainant === null || (await listTold(db, ctx, row, now)).length === 0;

/** A bar that the overturned refusal left behind would refuse her next request as well [2.2.5]; both stay on file. */
async function liftBars(db: Db, ctx: Ctx, actor: Actor, row: ComplaintRow, now: Date): Promise<void> {
  if (row.caseId === null) return;
  for (const { barId } of await liftBarRows(db, ctx, row.caseId, row.id, now))
    await recordAudit(db, ctx, {
      actor,
      action: 'bar.corrected',
      subject: `bar:${barId}`,
      caseId: row.caseId,
      personId: row.personId,
      details: { evidence: row.id },
      now,
    });
}
