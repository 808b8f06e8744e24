/** Invoices of a statement, taken in from a csv or xlsx: whole, or not at all with every bad row named. */
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { InvoiceReport } from '#contract/settlement.ts';
import { invoiceColumns } from '#domain/lists/invoice-columns.ts';
import { recordAudit } from '#server/audit/record.ts';
import { FileFault, type ImportFault } from '#server/imports/report.ts';
import { HeaderFaults, readRows } from '#server/imports/rows.ts';
import { openSource } from '#server/imports/source.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { asTraceCode } from './dispensings.ts';
import {
  type InvoiceLineRow,
  insertInvoiceFile,
  insertInvoiceLines,
  isFileKnown,
  listKnownInvoices,
} from './statement-queries.ts';
import { getOpenStatement } from './statements.ts';

/** More is no monthly statement but a mistake. */
const MAX_ROWS = 5000;
const NUMBER = /^[0-9A-Za-z-]{1,40}$/;
const CODE = /^[0-9A-Z]{7,40}$/;

/**
 * Takes the file in, in the caller's transaction. The same file twice changes nothing; an invoice that was handed in
 * before is a fault of its row. @throws Problem not-found; Refused not-possible-now
 */
export async function takeInvoices(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  file: { name: string; content: Uint8Array },
  lang: 'zh' | 'en',
  now: Date,
): Promise<z.infer<typeof InvoiceReport>> {
  const statement = await getOpenStatement(db, ctx, actor, id);
  const digest = createHash('sha256').update(file.content).digest('hex');
  const read = await readInvoice(file);
  const rows = read.lines.length;
  const report = (faults: readonly ImportFault[]) => ({
    applied: faults.length === 0,
    rows,
    faults: faults.map(({ line, heading, column, message }) => ({
      line,
      column: heading ?? column,
      message: message[lang],
    })),
  });
  if (read.faults.length > 0) return report(read.faults);
  if (await isFileKnown(db, ctx, id, digest)) return report([]);
  const known = await listKnownInvoices(db, ctx, statement.provider, [
    ...new Set(read.lines.map(({ invoice }) => invoice)),
  ]);
  const again = read.lines.filter(({ invoice }) => known.includes(invoice));
  if (again.length > 0)
    return report(
      again.map(({ no }) =>
        faultOf(no, 'invoice', '发票号码', '这张发票已经交过', 'this invoice was handed in before'),
      ),
    );
  const fileId = uuidv7();
  await insertInvoiceFile(db, ctx, { id: fileId, statementId: id, digest, rows, by: actor.accountId!, now });
  await insertInvoiceLines(db, ctx, fileId, id, read.lines);
  await recordAudit(db, ctx, {
    actor,
    action: 'settlement.invoices-taken',
    subject: `settlement-statement:${id}`,
    details: { provider: statement.provider, rows },
    now,
  });
  return report([]);
}

async function readInvoice(file: { name: string; content: Uint8Array }): Promise<{
  lines: InvoiceLineRow[];
  faults: readonly ImportFault[];
}> {
  const lines: InvoiceLineRow[] = [];
  const faults: ImportFault[] = [];
  try {
    for await (const row of readRows(await openSource(file), invoiceColumns)) {
      const { invoice, approval, quantity, price, amount } = row.values;
      const traceCode = asTraceCode(String(row.values.traceCode ?? ''));
      if (invoice !== null && !NUMBER.test(String(invoice)))
        row.fault('invoice', 'bad-number', '只能有数字、字母和短横线', 'may hold digits, letters and hyphens only');
      if (approval !== null && !NUMBER.test(String(approval)))
        row.fault('approval', 'bad-number', '只能有数字、字母和短横线', 'may hold digits, letters and hyphens only');
      if (row.values.traceCode !== null && !CODE.test(traceCode))
        row.fault('traceCode', 'bad-code', '应为 7 到 40 位数字或字母', 'must have 7 to 40 digits or letters');
      faults.push(...row.faults);
      lines.push({
        id: uuidv7(),
        no: row.line,
        invoice: String(invoice),
        approval: String(approval),
        traceCode,
        quantity: Number(quantity),
        price: Number(price),
        amount: Number(amount),
      });
      if (lines.length > MAX_ROWS)
        throw new FileFault('too-many', `一次最多 ${MAX_ROWS} 行`, `at most ${MAX_ROWS} rows at a time`);
    }
    if (lines.length === 0) throw new FileFault('no-rows', '文件里没有数据行', 'the file has no rows');
  } catch (error) {
    if (error instanceof FileFault) faults.push(error.fault);
    else if (error instanceof HeaderFaults) faults.push(...error.faults);
    else throw error;
  }
  return { lines, faults };
}

const faultOf = (line: number, column: string, heading: string, zh: string, en: string): ImportFault => ({
  line,
  column,
  heading,
  code: 'known',
  message: { zh, en },
});
