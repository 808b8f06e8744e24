/** A provider's statement of a month: opened, matched, its differences disputed, corrected and settled. */
import type { z } from 'zod';
import type { ActOnLine, OpenStatement, StatementAct, StatementSummary, StatementView } from '#contract/settlement.ts';
import { type Day, dayOf, formatInstant } from '#domain/calendar/day.ts';
import { isResolved } from '#domain/money/statement.ts';
import type { Text } from '#domain/plan/schema.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { recordAudit } from '#server/audit/record.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { type HeldLine, linesOfStatement, nextMonth, showLines, sumsOfLines } from './statement-lines.ts';
import {
  findStatement,
  findStatementForUpdate,
  insertLineAct,
  insertStatementRow,
  listInvoices,
  listStatementRows,
  listStatementsOf,
  lockProvider,
  type StatementRow,
  sumOfSnapshot,
} from './statement-queries.ts';

type Lang = 'zh' | 'en';
type Sums = ReturnType<typeof sumsOfLines>;
const t = (zh: string, en: string): Text => ({ zh, en });

const STATES: Readonly<Record<StatementRow['state'], Text>> = {
  open: t('核对中', 'In the making'),
  prepared: t('待第二人复核', 'Waits for a second person'),
  approved: t('已复核', 'Approved'),
};
const SENT_BACK: Readonly<Record<NonNullable<StatementRow['sentBack']>, Text>> = {
  figures: t('金额需要重新核对', 'The figures have to be checked again'),
  differences: t('差异的处理需要说明或更正', 'How differences were dealt with has to be put right'),
  papers: t('发票不齐', 'Invoices are missing'),
};
const OPEN_FIRST = t('这张结算单不在核对中', 'This statement is not in the making');
const DIFFERENCES_LEFT = t('还有差异没有处理完', 'Differences are not dealt with yet');
const NOTHING = t('这个月没有要结算的', 'There is nothing to settle for this month');
export const YOURS = t(
  '结算单是您本人准备的，须由另一人复核',
  'You prepared it yourself: somebody else has to approve it',
);

/** What of statements a caller may see: a provider's staff its own, of the house the two desks of settlement. */
const ownOf = (actor: Actor): string | null => (actor.role === 'provider' ? (actor.provider ?? '') : null);
const whoIs = (actor: Actor): 'clerk' | 'provider' | null =>
  actor.role === 'provider' ? 'provider' : actor.role === 'settlement-clerk' ? 'clerk' : null;

/** Those in the making first, then the newest. */
export async function listStatements(db: Db, ctx: Ctx, actor: Actor, lang: Lang): Promise<StatementSummary[]> {
  const items: StatementSummary[] = [];
  for (const row of await listStatementRows(db, ctx, ownOf(actor)))
    items.push(await summaryOf(db, ctx, row, await sumsOf(db, ctx, row), lang));
  return items;
}

/** One in the making is matched anew; of the others the sums of what was prepared are read. */
const sumsOf = async (db: Db, ctx: Ctx, row: StatementRow): Promise<Sums> =>
  row.state === 'open'
    ? sumsOfLines(await linesOfStatement(db, ctx, row))
    : { ...(await sumOfSnapshot(db, ctx, row)), differences: 0 };

/** @throws Problem not-found, also for another provider's */
export async function viewStatement(db: Db, ctx: Ctx, actor: Actor, id: string, lang: Lang): Promise<StatementView> {
  const row = visible(actor, await findStatement(db, ctx, id));
  const lines = await linesOfStatement(db, ctx, row);
  const invoices = await listInvoices(db, ctx, row.id);
  const names = await nameAccounts(
    db,
    ctx,
    invoices.map(({ receivedBy }) => receivedBy),
  );
  const { allowed, reasons } = allowedOn(actor, row, lines);
  return {
    ...(await summaryOf(db, ctx, row, sumsOfLines(lines), lang)),
    version: row.version,
    invoices: invoices.map((one) => ({
      number: one.number,
      receivedAt: formatInstant(one.receivedAt),
      receivedBy: names.get(one.receivedBy) ?? '',
      lines: one.lines,
    })),
    items: await showLines(db, ctx, lines, row.state === 'open' ? whoIs(actor) : null, lang),
    sentBack: row.state === 'open' && row.sentBack ? SENT_BACK[row.sentBack][lang] : null,
    allowed,
    reasons: reasons.map((one) => one[lang]),
  };
}

/** The same, to be taken away as a file; that it was is written down. @throws Problem not-found */
export async function takeStatement(db: Db, ctx: Ctx, actor: Actor, id: string, lang: Lang): Promise<StatementView> {
  const view = await viewStatement(db, ctx, actor, id, lang);
  await auditStatement(db, ctx, actor, 'settlement.statement-exported', view, await ctx.clock.now(db));
  return view;
}

/**
 * Opens the statement of a month that is over. One of a provider is in the making at a time, in the order of months, so
 * that no pack stands on two. @throws Problem not-acceptable; Refused conflict, not-possible-now
 */
export async function openStatement(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: z.infer<typeof OpenStatement>,
  now: Date,
): Promise<string> {
  const month: Day = `${input.month}-01`;
  if (!ctx.plans.some(({ providers }) => providers.some(({ code }) => code === input.provider)))
    throw new Problem('not-acceptable', {
      pointer: '/provider',
      detail: t('没有这个服务商', 'There is no such provider'),
    });
  if (nextMonth(month) > dayOf(now))
    throw new Problem('not-acceptable', {
      pointer: '/month',
      detail: t('这个月还没有过完', 'That month is not over yet'),
    });
  await lockProvider(db, ctx, input.provider);
  const others = await listStatementsOf(db, ctx, input.provider);
  if (others.some((one) => one.month === month))
    throw new Refused('conflict', { detail: t('这个月的结算单已经有了', 'There is a statement of that month') });
  if (others.some(({ state }) => state !== 'approved'))
    throw new Refused('not-possible-now', {
      detail: t('这家服务商还有一张结算单没有复核完', 'Another statement of this provider is not approved yet'),
    });
  if (others.some((one) => one.month > month))
    throw new Refused('not-possible-now', {
      detail: t('后面的月份已经结算过', 'A later month is settled already'),
    });
  const id = uuidv7();
  await insertStatementRow(db, ctx, { id, provider: input.provider, month, by: accountOf(actor), now });
  await auditStatement(db, ctx, actor, 'settlement.statement-opened', { id, provider: input.provider }, now);
  return id;
}

/**
 * Disputes a line's difference, mends or withdraws what was invoiced, or settles it by our figures.
 * @throws Problem not-found; Refused not-possible-now
 */
export async function actOnLine(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  key: string,
  input: z.infer<typeof ActOnLine>,
  now: Date,
): Promise<void> {
  const row = visible(actor, await findStatementForUpdate(db, ctx, id));
  if (row.state !== 'open') throw new Refused('not-possible-now', { detail: OPEN_FIRST });
  const lines = await linesOfStatement(db, ctx, row);
  const [line] = await showLines(
    db,
    ctx,
    lines.filter((one) => one.key === key),
    whoIs(actor),
    'en',
  );
  if (!line) throw new Problem('not-found');
  if (!line.allowed.includes(input.act))
    throw new Refused('not-possible-now', {
      detail: t('这一行现在不能这样做', 'That cannot be done to this line now'),
      allowed: line.allowed,
    });
  const { quantity, price, amount } = input.act === 'correct' ? input : { quantity: null, price: null, amount: null };
  await insertLineAct(db, ctx, {
    id: uuidv7(),
    statementId: id,
    lineKey: key,
    act: input.act,
    quantity,
    price,
    amount,
    by: accountOf(actor),
    role: actor.role,
    now,
  });
  await auditStatement(db, ctx, actor, `settlement.line-${input.act}`, row, now);
}

/** The statement, locked and open for what comes in. @throws Problem not-found; Refused not-possible-now */
export async function getOpenStatement(db: Db, ctx: Ctx, actor: Actor, id: string): Promise<StatementRow> {
  const row = visible(actor, await findStatementForUpdate(db, ctx, id));
  if (row.state !== 'open') throw new Refused('not-possible-now', { detail: OPEN_FIRST });
  return row;
}

/** What the caller may do with the statement, and what stands in the way of the rest. */
function allowedOn(
  actor: Actor,
  row: StatementRow,
  lines: readonly HeldLine[],
): { allowed: StatementAct[]; reasons: Text[] } {
  const who = whoIs(actor);
  if (row.state === 'open' && who) {
    const reasons = [
      ...(lines.length === 0 ? [NOTHING] : []),
      ...(lines.some(({ state }) => !isResolved(state)) ? [DIFFERENCES_LEFT] : []),
    ];
    const prepare: StatementAct[] = who === 'clerk' && reasons.length === 0 ? ['prepare'] : [];
    return { allowed: ['add-invoice', ...prepare], reasons };
  }
  if (row.state === 'prepared' && actor.role === 'settlement-approver')
    return row.preparedBy === actor.accountId
      ? { allowed: [], reasons: [YOURS] }
      : { allowed: ['approve', 'send-back'], reasons: [] };
  return { allowed: [], reasons: [] };
}

/** @throws Refused not-possible-now with what stands in the way */
export function assertAllowed(actor: Actor, row: StatementRow, lines: readonly HeldLine[], act: StatementAct): void {
  const { allowed, reasons } = allowedOn(actor, row, lines);
  if (allowed.includes(act)) return;
  const [zh, en] = [reasons.map((one) => one.zh).join('；'), reasons.map((one) => one.en).join('; ')];
  throw new Refused('not-possible-now', {
    detail: reasons.length > 0 ? t(zh, en) : t('结算单现在不能这样做', 'That cannot be done to the statement now'),
    allowed,
  });
}

/** @throws Problem not-found for what is not there or another provider's */
export function visible(actor: Actor, row: StatementRow | undefined): StatementRow {
  const own = ownOf(actor);
  if (!row || (own !== null && row.provider !== own)) throw new Problem('not-found');
  return row;
}

/** The person behind it. */
export function accountOf(actor: Actor): string {
  if (actor.accountId === null) throw new Error('A statement is worked on by people');
  return actor.accountId;
}

async function summaryOf(db: Db, ctx: Ctx, row: StatementRow, sums: Sums, lang: Lang): Promise<StatementSummary> {
  const names = await nameAccounts(
    db,
    ctx,
    [row.preparedBy, row.approvedBy].flatMap((id) => id ?? []),
  );
  const named = ctx.plans.flatMap(({ providers }) => providers).find(({ code }) => code === row.provider);
  return {
    id: row.id,
    provider: row.provider,
    providerName: named?.name[lang] ?? row.provider,
    month: row.month.slice(0, 7),
    state: row.state,
    stateLabel: STATES[row.state][lang],
    ...sums,
    preparedBy: row.preparedBy && (names.get(row.preparedBy) ?? ''),
    approvedBy: row.approvedBy && (names.get(row.approvedBy) ?? ''),
    approvedAt: row.approvedAt && formatInstant(row.approvedAt),
  };
}

/** What was done to a statement. */
export const auditStatement = (
  db: Db,
  ctx: Ctx,
  actor: Actor,
  action: string,
  row: Pick<StatementRow, 'id' | 'provider'>,
  now: Date,
) =>
  recordAudit(db, ctx, {
    actor,
    action,
    subject: `settlement-statement:${row.id}`,
    details: { provider: row.provider },
    now,
  });
