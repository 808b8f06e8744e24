/** Breaches: the cause operations confirm, what the provider says to it, and a correction that needs two people. */
import type { z } from 'zod';
import type { BreachView, ConfirmCause } from '#contract/operations.ts';
import type { CorrectBreach } from '#contract/supervision.ts';
import { formatInstant, parseInstant } from '#domain/calendar/day.ts';
import { timedRules } from '#domain/cases/on-milestone.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { type AuditDetails, recordAudit } from '#server/audit/record.ts';
import { planOf } from '#server/cases/question.ts';
import { openFor, sealFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { askApproval } from './ask-approval.ts';
import {
  type BreachRow,
  confirmBreachRow,
  findBreach,
  findBreachForUpdate,
  listBreachRows,
  setBreachAppeal,
} from './breach-queries.ts';
import { cutPage, readPlace } from './cursor.ts';

type View = z.infer<typeof BreachView>;
/** What is written about a breach: the provider's appeal and the note of who confirmed the cause. */
type BreachWords = { appeal: string | null; note: string | null };

/** Those without a confirmed cause first. A provider's staff see the breaches of cases their company has. */
export async function listBreaches(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: View[]; next: string | null }> {
  const after = readPlace(page.cursor);
  if (actor.role === 'provider' && actor.provider === null) return { items: [], next: null };
  const found = await listBreachRows(db, ctx, actor.role === 'provider' ? actor.provider : null, after, page.limit + 1);
  const { rows, next } = cutPage(found, page.limit, ({ confirmedCause, confirmBy, id }) => [
    confirmedCause !== null,
    confirmBy.getTime(),
    id,
  ]);
  const names = await nameAccounts(db, ctx, confirmers(rows));
  const items: View[] = [];
  for (const row of rows) items.push(await viewBreach(db, ctx, row, names, lang));
  return { items, next };
}

/**
 * Operations confirm whose cause it was (or another than proposed). Confirmed once; after that only the provider's appeal
 * opens it again. @throws Problem not-found, conflict
 */
export async function confirmCause(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  input: z.infer<typeof ConfirmCause>,
  now: Date,
): Promise<void> {
  const row = await getLocked(db, ctx, actor, id);
  const words = await openWords(db, ctx, row);
  if (row.confirmedCause !== null && words.appeal === null)
    throw new Refused('conflict', {
      detail: {
        zh: `原因已确认为 ${row.confirmedCause}；只有服务商申诉才会重新审看。`,
        en: `The cause is confirmed as ${row.confirmedCause}; it is looked at again only on the provider's appeal.`,
      },
    });
  const sealed = await sealFor(db, ctx, row.personId, 'breaches', id, {
    ...words,
    note: input.note ?? words.note,
  } satisfies BreachWords);
  await confirmBreachRow(db, ctx, id, input.cause, actor.accountId!, now, sealed);
  await audit(
    db,
    ctx,
    actor,
    row,
    'breach.confirmed',
    { cause: input.cause, proposed: row.proposedCause, before: row.confirmedCause, inTime: now <= row.confirmBy },
    now,
  );
}

/** The provider that has the case says why it was not its doing; once. @throws Problem not-found, not-possible-now, conflict */
export async function appealBreach(db: Db, ctx: Ctx, actor: Actor, id: string, text: string, now: Date): Promise<void> {
  const row = await getLocked(db, ctx, actor, id);
  if ((row.confirmedCause ?? row.proposedCause) !== 'provider')
    throw new Refused('not-possible-now', {
      detail: {
        zh: '这次超时的原因没有归于服务商，无需申诉。',
        en: 'The cause of this breach is not put on the provider: there is nothing to appeal.',
      },
    });
  const words = await openWords(db, ctx, row);
  if (words.appeal !== null)
    throw new Refused('conflict', {
      detail: { zh: '对这次超时已经提出过申诉。', en: 'An appeal against this breach is on file already.' },
    });
  await setBreachAppeal(
    db,
    ctx,
    id,
    await sealFor(db, ctx, row.personId, 'breaches', id, { ...words, appeal: text } satisfies BreachWords),
  );
  await audit(db, ctx, actor, row, 'breach.appealed', { provider: actor.provider }, now);
}

/**
 * Asks that the clock be marked corrected: it was met in time, on evidence (contract 2.4). A second person decides.
 * @throws Problem not-found, conflict, not-acceptable (a moment outside start…due proves nothing)
 */
export async function askClockCorrection(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  input: CorrectBreach,
  now: Date,
): Promise<string> {
  const row = await getLocked(db, ctx, actor, id);
  if (row.correctedBy !== null)
    throw new Refused('conflict', { detail: { zh: '这次超时已经更正。', en: 'This breach is corrected already.' } });
  const metAt = parseInstant(input.metAt, 'metAt');
  if (metAt < row.startedAt || metAt > row.dueAt || metAt > now) {
    throw new Problem('not-acceptable', {
      pointer: '/metAt',
      detail: {
        zh: `请填写实际完成的时间，在 ${formatInstant(row.startedAt)} 到 ${formatInstant(row.dueAt)} 之间；更晚的仍是超时。`,
        en: `Give the moment it was met in truth, from ${formatInstant(row.startedAt)} to ${formatInstant(row.dueAt)}: a later one is a breach all the same.`,
      },
    });
  }
  return askApproval(db, ctx, actor, {
    kind: 'correct-clock',
    caseId: row.caseId,
    subject: row.id,
    personId: row.personId,
    reason: input.reason,
    now,
    details: [
      { label: 'promise', value: row.promise },
      { label: 'due', value: formatInstant(row.dueAt) },
      { label: 'recorded', value: row.metAt ? formatInstant(row.metAt) : '–' },
      { label: 'met', value: formatInstant(metAt) },
    ],
    payload: { clockId: row.clockId, metAt: formatInstant(metAt) },
  });
}

/** One breach as its desk shows it. @throws Problem not-found */
export async function getBreach(db: Db, ctx: Ctx, lang: 'zh' | 'en', id: string): Promise<View> {
  const row = await findBreach(db, ctx, id);
  if (!row) throw new Problem('not-found');
  return viewBreach(db, ctx, row, await nameAccounts(db, ctx, confirmers([row])), lang);
}

async function getLocked(db: Db, ctx: Ctx, actor: Actor, id: string): Promise<BreachRow> {
  const row = await findBreachForUpdate(db, ctx, id);
  if (!row || (actor.role === 'provider' && (actor.provider === null || row.provider !== actor.provider)))
    throw new Problem('not-found');
  return row;
}

async function openWords(db: Db, ctx: Ctx, row: BreachRow): Promise<BreachWords> {
  return row.appeal
    ? openFor<BreachWords>(db, ctx, row.personId, 'breaches', row.id, row.appeal)
    : { appeal: null, note: null };
}

const confirmers = (rows: readonly BreachRow[]): string[] => rows.flatMap(({ confirmedBy }) => confirmedBy ?? []);

const promiseOf = (ctx: Ctx, row: BreachRow) =>
  timedRules(planOf(ctx, row.plan, row.edition, row.service).service).find(
    (one) => one.code === row.promise && one.target === row.target,
  );

async function viewBreach(
  db: Db,
  ctx: Ctx,
  row: BreachRow,
  names: ReadonlyMap<string, string>,
  lang: 'zh' | 'en',
): Promise<View> {
  const { plan, service } = planOf(ctx, row.plan, row.edition, row.service);
  return {
    id: row.id,
    clockId: row.clockId,
    caseId: row.caseId,
    caseNumber: row.number,
    serviceName: service.name[lang],
    promise: row.promise,
    label: promiseOf(ctx, row)?.label[lang] ?? row.promise,
    clause: plan.clauses.find(({ id }) => id === row.clause)?.printed ?? row.clause,
    dueAt: formatInstant(row.dueAt),
    metAt: row.metAt && formatInstant(row.metAt),
    proposedCause: row.proposedCause as View['proposedCause'],
    confirmedCause: row.confirmedCause as View['confirmedCause'],
    confirmBy: formatInstant(row.confirmBy),
    confirmedAt: row.confirmedAt && formatInstant(row.confirmedAt),
    confirmedBy: row.confirmedBy && (names.get(row.confirmedBy) ?? row.confirmedBy),
    appeal: (await openWords(db, ctx, row)).appeal,
    provider: plan.providers.find(({ code }) => code === row.provider)?.name[lang] ?? row.provider,
    correction: row.correctedBy ? 'corrected' : row.correctionAsked ? 'proposed' : 'none',
  };
}

const audit = (db: Db, ctx: Ctx, actor: Actor, row: BreachRow, action: string, details: AuditDetails, now: Date) =>
  recordAudit(db, ctx, {
    actor,
    action,
    subject: `breach:${row.id}`,
    caseId: row.caseId,
    personId: row.personId,
    details: { promise: row.promise, ...details },
    now,
  });
