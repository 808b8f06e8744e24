/** The lines of a statement as they stand now, or as they were prepared, and how a screen shows them. */
import type { StatementLine } from '#contract/settlement.ts';
import { addDays, type Day } from '#domain/calendar/day.ts';
import {
  isResolved,
  type LineAct,
  type LineState,
  lineActs,
  lineState,
  matchStatement,
  type NamedDifference,
} from '#domain/money/statement.ts';
import type { Text } from '#domain/plan/schema.ts';
import { recipientName } from '#server/consents/recipient-name.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import {
  type InvoiceLineRow,
  listInvoiceLines,
  listLineActs,
  listNamedApprovals,
  listReachedBoxes,
  listSnapshot,
  type ReachedBox,
  type StatementRow,
} from './statement-queries.ts';
import { APPROVAL_STATES } from './view.ts';

/** One line with the facts it rests on; this is what is kept when a statement is prepared. */
export type HeldLine = {
  key: string;
  state: LineState;
  payable: number;
  differences: readonly NamedDifference[];
  box: ReachedBox | null;
  approval: { number: string; agreedPrice: number; validUntil: Day; state: string } | null;
  invoice: (InvoiceLineRow & { corrected: boolean }) | null;
};

export const LINE_STATE_WORDS: Readonly<Record<LineState, Text>> = {
  matched: { zh: '一致', en: 'Agrees' },
  open: { zh: '有差异，待处理', en: 'Differs, to be dealt with' },
  disputed: { zh: '已向服务商提出', en: 'Put to the provider' },
  settled: { zh: '按我们的数结算', en: 'Settled by our figures' },
  withdrawn: { zh: '服务商已撤回', en: 'Withdrawn by the provider' },
};

const lastDayOf = (month: Day): Day => addDays(nextMonth(month), -1);
/** The first day of the month after. */
export const nextMonth = (month: Day): Day => `${addDays(month, 31).slice(0, 7)}-01`;

/** In the making they are held against the facts of now; prepared and approved they are what was prepared. */
export async function linesOfStatement(db: Db, ctx: Ctx, statement: StatementRow): Promise<HeldLine[]> {
  if (statement.state !== 'open') return listSnapshot<HeldLine>(db, ctx, statement);
  const acts = new Map<string, LineAct>();
  const mended = new Map<string, { quantity: number; price: number; amount: number }>();
  const withdrawn = new Set<string>();
  for (const { lineKey, act, quantity, price, amount } of await listLineActs(db, ctx, statement.id)) {
    acts.set(lineKey, act);
    if (act === 'withdraw') withdrawn.add(lineKey);
    if (quantity !== null && price !== null && amount !== null) mended.set(lineKey, { quantity, price, amount });
  }
  const boxes = await listReachedBoxes(db, ctx, statement, lastDayOf(statement.month));
  const named = await listNamedApprovals(db, ctx, statement);
  const rows = (await listInvoiceLines(db, ctx, statement.id)).map((row) => ({
    ...row,
    ...mended.get(row.id),
    corrected: mended.has(row.id),
    withdrawn: withdrawn.has(row.id),
  }));
  const over = (state: string) => state === 'expired' || state === 'released';
  const matched = matchStatement(
    boxes,
    rows,
    named.map(({ number, agreedPrice, state }) => ({ number, agreedPrice, over: over(state) })),
  );
  const boxById = new Map(boxes.map((box) => [box.id, box]));
  const rowById = new Map(rows.map((row) => [row.id, row]));
  const approvalOf = (box: ReachedBox | undefined, number: string | undefined): HeldLine['approval'] =>
    box
      ? { number: box.approval, agreedPrice: box.agreedPrice, validUntil: box.validUntil, state: box.approvalState }
      : (named.find((one) => one.number === number) ?? null);
  return matched.map((line) => {
    const box = line.box ? boxById.get(line.box.id) : undefined;
    const row = line.invoice ? rowById.get(line.invoice.id) : undefined;
    return {
      key: line.key,
      state: lineState(line, acts.get(line.key) ?? null),
      payable: line.payable,
      differences: line.differences,
      box: box ?? null,
      approval: approvalOf(box, row?.approval),
      invoice: row ?? null,
    };
  });
}

export const sumsOfLines = (lines: readonly HeldLine[]) => ({
  lines: lines.length,
  differences: lines.filter(({ state }) => !isResolved(state)).length,
  invoiced: lines.reduce((sum, { invoice, state }) => sum + (state === 'withdrawn' ? 0 : (invoice?.amount ?? 0)), 0),
  payable: lines.reduce((sum, { payable }) => sum + payable, 0),
});

/** Lines as a screen shows them; `who` null: nothing can be done about them now. */
export async function showLines(
  db: Db,
  ctx: Ctx,
  lines: readonly HeldLine[],
  who: 'clerk' | 'provider' | null,
  lang: 'zh' | 'en',
): Promise<StatementLine[]> {
  const names = new Map<string, string>();
  const nameOf = async (pharmacy: string) => {
    if (!names.has(pharmacy)) names.set(pharmacy, await recipientName(db, ctx, undefined, pharmacy, lang));
    return names.get(pharmacy)!;
  };
  const shown: StatementLine[] = [];
  for (const { key, state, payable, differences, box, approval, invoice } of lines) {
    const matched = {
      key,
      box: null,
      invoice: invoice && { ...invoice, withdrawn: state === 'withdrawn' },
      differences,
      payable,
    };
    shown.push({
      key,
      approval: approval && {
        number: approval.number,
        agreedPrice: approval.agreedPrice,
        validUntil: approval.validUntil,
        state: APPROVAL_STATES[approval.state as keyof typeof APPROVAL_STATES][lang],
      },
      dispensed: box && {
        on: box.onDay,
        pharmacy: await nameOf(box.pharmacy),
        price: box.price,
        insurer: box.insurer,
        signedOn: box.signedOn,
        returnedOn: box.returnedOn,
      },
      invoiced: invoice && {
        invoice: invoice.invoice,
        approval: invoice.approval,
        quantity: invoice.quantity,
        price: invoice.price,
        amount: invoice.amount,
        corrected: invoice.corrected,
      },
      traceCode: box?.traceCode ?? invoice?.traceCode ?? '',
      differences: differences.map(({ code, text }) => ({ code, text: text[lang] })),
      state,
      stateLabel: LINE_STATE_WORDS[state][lang],
      payable,
      allowed: who === null ? [] : lineActs(matched, state, who),
    });
  }
  return shown;
}
