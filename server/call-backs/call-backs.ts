/** "Please call me": asked by anybody signed in, done by the service desk, up to three tries. */
import type { AskCallBack, CallBackDoes } from '#contract/call-backs.ts';
import { parseInstant } from '#domain/calendar/day.ts';
import { listWindows, TRIES_AT_MOST } from '#domain/call-backs/windows.ts';
import { recordAudit } from '#server/audit/record.ts';
import { findVisibleRow } from '#server/cases/access.ts';
import { getVisibleComplaint } from '#server/complaints/access.ts';
import { findVisibleDecision } from '#server/decisions/decision-view.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { getPerson } from '#server/persons/queries.ts';
import { sealFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem, Refused, type Words } from '#server/platform/problem.ts';
import {
  type CallBackRow,
  findCallBackForUpdate,
  findSameOpen,
  insertCallBackRow,
  insertTryRow,
  saveCallBack,
} from './queries.ts';
import { hoursOf, type Sealed } from './view.ts';

const wrong = (pointer: string, detail: Words) => new Problem('not-acceptable', { pointer, detail });
/**
 * Asks to be called. Asked twice about the same is the same one: its id comes back. @throws Problem not-acceptable naming
 * the field
 */
export async function askCallBack(db: Db, ctx: Ctx, actor: Actor, input: AskCallBack, now: Date): Promise<string> {
  const { accountId, personId } = actor;
  if (accountId === null || personId === null) throw new Error('A member asks to be called');
  await assertVisible(db, ctx, actor, input, now);
  const window = listWindows(now, hoursOf(ctx), ctx.calendar()).find(
    ({ day, part }) => day === input.day && part === input.part,
  );
  if (!window)
    throw wrong('/day', {
      zh: '请选择工作时间内还来得及的时段',
      en: 'choose a half day of our working hours that is not over',
    });
  const phone = input.phone ?? (await getPerson(db, ctx, personId)).phone;
  if (phone === '') throw wrong('/phone', { zh: '档案中没有号码，请填写', en: 'no number is on file: write one' });
  const matter = input.complaintId ?? input.caseId ?? input.decisionId ?? input.service ?? '-';
  const id = uuidv7();
  const kept = await insertCallBackRow(db, ctx, {
    id,
    personId,
    askedBy: accountId,
    askedAt: now,
    caseId: input.caseId ?? null,
    decisionId: input.decisionId ?? null,
    complaintId: input.complaintId ?? null,
    service: input.service ?? null,
    matter,
    from: window.from > now ? window.from : now,
    to: window.to,
    sealed: await sealFor(db, ctx, personId, 'call_backs', id, { phone, words: input.words ?? '' } satisfies Sealed),
  });
  if (!kept) return (await findSameOpen(db, ctx, personId, matter)) ?? id;
  await audit(db, ctx, actor, { id, personId }, 'asked', {}, now);
  return id;
}

async function assertVisible(db: Db, ctx: Ctx, actor: Actor, input: AskCallBack, now: Date): Promise<void> {
  if (input.caseId && !(await findVisibleRow(db, ctx, actor, input.caseId, now)))
    throw wrong('/caseId', { zh: '没有这张服务单', en: 'there is no such case' });
  if (input.decisionId && !(await findVisibleDecision(db, ctx, actor, input.decisionId, now)))
    throw wrong('/decisionId', { zh: '没有这项决定', en: 'there is no such decision' });
  if (input.complaintId) await getVisibleComplaint(db, ctx, actor, input.complaintId, now);
  if (input.service && !ctx.plans.some(({ services }) => Object.hasOwn(services, input.service!)))
    throw wrong('/service', { zh: '没有这项服务', en: 'there is no such service' });
}

/** Takes the wish back. @throws Problem not-found; Refused not-possible-now once it is closed */
export async function withdrawCallBack(db: Db, ctx: Ctx, actor: Actor, id: string, now: Date): Promise<void> {
  const row = await findCallBackForUpdate(db, ctx, id);
  if (!row || row.askedBy !== actor.accountId) throw new Problem('not-found');
  assertOpen(row);
  await saveCallBack(db, ctx, { ...row, state: 'withdrawn', closedAt: now });
  await audit(db, ctx, actor, row, 'withdrawn', {}, now);
}

function assertOpen(row: CallBackRow): void {
  if (row.state !== 'waiting' && row.state !== 'taken')
    throw new Refused('not-possible-now', { detail: { zh: '这次回电已经结束。', en: 'This call back is over.' } });
}

/** One act of the desk. @throws Problem not-found, not-acceptable; Refused not-possible-now, conflict when a colleague has it */
export async function deskDoes(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  does: CallBackDoes,
  now: Date,
): Promise<void> {
  const row = await findCallBackForUpdate(db, ctx, id);
  if (!row || actor.accountId === null) throw new Problem('not-found');
  assertOpen(row);
  if (does.act === 'take') {
    if (row.takenBy !== null && row.takenBy !== actor.accountId)
      throw new Refused('conflict', { detail: { zh: '同事已经接手。', en: 'A colleague has taken it.' } });
    await saveCallBack(db, ctx, { ...row, state: 'taken', takenBy: actor.accountId });
    await audit(db, ctx, actor, row, 'taken', {}, now);
    return;
  }
  if (row.takenBy !== actor.accountId)
    throw new Refused('not-possible-now', { detail: { zh: '请先接手这次回电。', en: 'Take it first.' } });
  const reached = does.act === 'close';
  const tryId = uuidv7();
  await insertTryRow(db, ctx, {
    id: tryId,
    callBackId: id,
    at: now,
    by: actor.accountId,
    reached,
    sealed: does.note ? await sealFor(db, ctx, row.personId, 'call_back_tries', tryId, { note: does.note }) : null,
  });
  const tries = Math.min(TRIES_AT_MOST, row.tries + 1);
  if (does.act === 'close') {
    await saveCallBack(db, ctx, {
      ...row,
      state: 'closed',
      tries,
      nextTryAt: null,
      outcome: does.outcome,
      closedAt: now,
    });
    await audit(db, ctx, actor, row, 'closed', { value: does.outcome }, now);
    return;
  }
  if (tries < TRIES_AT_MOST) {
    if (!does.nextTryAt) throw wrong('/nextTryAt', { zh: '请写明下一次什么时候再打', en: 'say when you try again' });
    const nextTryAt = parseInstant(does.nextTryAt);
    if (nextTryAt <= now) throw wrong('/nextTryAt', { zh: '下一次应晚于现在', en: 'later than now' });
    // Back on the list for whoever is on duty then.
    await saveCallBack(db, ctx, { ...row, state: 'waiting', takenBy: null, tries, nextTryAt });
    await audit(db, ctx, actor, row, 'tried', { until: does.nextTryAt }, now);
    return;
  }
  await saveCallBack(db, ctx, {
    ...row,
    state: 'closed',
    tries,
    nextTryAt: null,
    outcome: 'not-reached',
    closedAt: now,
  });
  await audit(db, ctx, actor, row, 'closed', { value: 'not-reached' }, now);
  await queueMessage(db, ctx, {
    template: 'call-back-missed',
    to: { accountId: row.askedBy },
    urgent: false,
    now,
    key: `call-back/${id}/missed`,
  });
}

const audit = (
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { id, personId }: Pick<CallBackRow, 'id' | 'personId'>,
  did: 'asked' | 'taken' | 'tried' | 'closed' | 'withdrawn',
  details: { value?: string; until?: string },
  now: Date,
) => recordAudit(db, ctx, { actor, action: `call-back.${did}`, subject: `call-back:${id}`, personId, details, now });
