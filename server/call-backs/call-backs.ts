/** "Please call me": asked by anybody signed in, done by the service desk, up to three tries. */
import type { z } from 'zod';
import type {
  AskCallBack,
  CallBackDesk,
  CallBackDoes,
  CallBackRow as CallBackRowView,
  CallBackView,
  MyCallBacks,
} from '#contract/call-backs.ts';
import { DAY_MS, dayOf, formatInstant, parseInstant } from '#domain/calendar/day.ts';
import { listWindows, TRIES_AT_MOST } from '#domain/call-backs/windows.ts';
import { maskName, maskPhone } from '#domain/persons/mask.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { nameInPlans } from '#server/audit/labels.ts';
import { recordAudit, recordListing } from '#server/audit/record.ts';
import { findVisibleRow } from '#server/cases/access.ts';
import { getVisibleComplaint } from '#server/complaints/access.ts';
import { findVisibleDecision } from '#server/decisions/decision-view.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { findPerson, getPerson } from '#server/persons/queries.ts';
import { openFor, sealFor } from '#server/persons/seal.ts';
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
  listCallBacksOf,
  listOpenCallBacks,
  listTries,
  listVideoCallBacks,
  saveCallBack,
  type TryRow,
} from './queries.ts';

type Lang = 'zh' | 'en';
type Sealed = { phone: string; words: string };
const wrong = (pointer: string, detail: Words) => new Problem('not-acceptable', { pointer, detail });
/** Closed ones stay on her page for this long. */
const SHOWN_MS = 14 * DAY_MS;

/** The working hours of the newest plan: the house calls back inside them, and promises no shorter time. */
function hoursOf(ctx: Pick<Ctx, 'plans'>): { opens: string; closes: string; hotline: string } {
  const newest = ctx.plans.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
  if (!newest) throw new Error('An insurer has a plan');
  return { opens: newest.workingDay.opens, closes: newest.workingDay.closes, hotline: newest.hotline };
}

/** What the caller asked for lately, and what she can choose now. */
export async function listMyCallBacks(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: Lang,
  now: Date,
): Promise<z.infer<typeof MyCallBacks>> {
  const { hotline, ...hours } = hoursOf(ctx);
  const person = actor.personId ? await findPerson(db, ctx, actor.personId) : undefined;
  const items: CallBackView[] = [];
  for (const row of await listCallBacksOf(db, ctx, actor.accountId!, new Date(now.getTime() - SHOWN_MS)))
    items.push(await view(db, ctx, row, lang, true));
  return {
    items,
    phone: person?.phone ? maskPhone(person.phone) : null,
    windows: listWindows(now, hours, ctx.calendar()).map(({ day, part, from, to }) => ({
      day,
      part,
      from: formatInstant(from),
      to: formatInstant(to),
      today: day === dayOf(now),
    })),
    hours,
    hotline,
  };
}

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

/** Whom to call, the most urgent first; and who of the video queue waits for a doctor's call. */
export async function listDesk(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: Lang,
  now: Date,
): Promise<z.infer<typeof CallBackDesk>> {
  const rows = await listOpenCallBacks(db, ctx);
  const tries = await listTries(
    db,
    ctx,
    rows.map(({ id }) => id),
  );
  const names = await nameAccounts(db, ctx, [
    ...rows.flatMap(({ takenBy }) => takenBy ?? []),
    ...tries.map(({ by }) => by),
  ]);
  const items: z.infer<typeof CallBackRowView>[] = [];
  for (const row of rows) {
    const person = await findPerson(db, ctx, row.personId);
    const at = row.nextTryAt ?? row.from;
    items.push({
      ...(await view(db, ctx, row, lang, false)),
      personId: row.personId,
      person: maskName(person?.name ?? ''),
      takenBy: (row.takenBy && names.get(row.takenBy)) ?? null,
      mine: row.takenBy !== null && row.takenBy === actor.accountId,
      urgency: row.to < now && row.tries === 0 ? 'late' : at <= now ? 'now' : 'later',
      calls: await readTries(
        db,
        ctx,
        row.personId,
        tries.filter(({ callBackId }) => callBackId === row.id),
        names,
      ),
    });
  }
  await recordListing(db, ctx, actor, 'call-back', rows.length, now);
  const video = await listVideoCallBacks(db, ctx);
  return { items, video: video.map(({ since, ...one }) => ({ ...one, since: formatInstant(since) })) };
}

async function readTries(
  db: Db,
  ctx: Ctx,
  personId: string,
  tries: readonly TryRow[],
  names: ReadonlyMap<string, string>,
) {
  const calls = [];
  for (const { id, at, by, reached, sealed } of tries) {
    const note = sealed && (await openFor<{ note: string }>(db, ctx, personId, 'call_back_tries', id, sealed)).note;
    calls.push({ at: formatInstant(at), by: names.get(by) ?? '', reached, note });
  }
  return calls;
}

async function view(db: Db, ctx: Ctx, row: CallBackRow, lang: Lang, masked: boolean): Promise<CallBackView> {
  const { phone, words } = await openFor<Sealed>(db, ctx, row.personId, 'call_backs', row.id, row.sealed);
  const service = row.service && (nameInPlans(ctx)(row.service, lang) ?? row.service);
  return {
    id: row.id,
    state: row.state,
    askedAt: formatInstant(row.askedAt),
    from: formatInstant(row.from),
    to: formatInstant(row.to),
    day: dayOf(row.from),
    part: formatInstant(row.from).slice(11, 13) < '12' ? 'morning' : 'afternoon',
    phone: masked ? maskPhone(phone) : phone,
    words,
    about: row.complaintNumber ?? row.caseNumber ?? service ?? (row.decisionId ? ABOUT_DECISION[lang] : null),
    caseId: row.caseId,
    decisionId: row.decisionId,
    complaintId: row.complaintId,
    service: row.service,
    tries: row.tries,
    nextTryAt: row.nextTryAt && formatInstant(row.nextTryAt),
    outcome: row.outcome,
  };
}
const ABOUT_DECISION = { zh: '一项决定', en: 'a decision' } as const;

const audit = (
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { id, personId }: Pick<CallBackRow, 'id' | 'personId'>,
  did: 'asked' | 'taken' | 'tried' | 'closed' | 'withdrawn',
  details: { value?: string; until?: string },
  now: Date,
) => recordAudit(db, ctx, { actor, action: `call-back.${did}`, subject: `call-back:${id}`, personId, details, now });
