/** Rows of statements, their invoices, and the packs they are held against. */
import type { Day } from '#domain/calendar/day.ts';
import type { LineAct } from '#domain/money/statement.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;

export type StatementRow = {
  id: string;
  provider: string;
  /** The first day of its month. */
  month: Day;
  state: 'open' | 'prepared' | 'approved';
  version: number;
  preparedBy: string | null;
  preparedAt: Date | null;
  approvedBy: string | null;
  approvedAt: Date | null;
  sentBack: 'figures' | 'differences' | 'papers' | null;
};
const columns = `id, provider, month, state, version, prepared_by as "preparedBy", prepared_at as "preparedAt", approved_by as "approvedBy",
  approved_at as "approvedAt", sent_back as "sentBack" from settlement_statements`;
const insertStatement = sql<never>(
  'statements.insert',
  `insert into settlement_statements (insurer, id, provider, month, state, opened_by, opened_at) values ($1, $2, $3, $4, 'open', $5, $6)`,
);
const lockOfProvider = sql<{ locked: unknown }>(
  'statements.lockProvider',
  `select pg_advisory_xact_lock(hashtextextended('statements/' || $1 || '/' || $2, 0)) as locked`,
);
const selectOfProvider = sql<StatementRow>(
  'statements.ofProvider',
  `select ${columns} where insurer = $1 and provider = $2 order by month desc limit 240`,
);
const selectAll = sql<StatementRow>(
  'statements.all',
  `select ${columns} where insurer = $1 and ($2::text is null or provider = $2) order by (state = 'approved'), month desc, provider limit 200`,
);
const selectOne = sql<StatementRow>('statements.one', `select ${columns} where insurer = $1 and id = $2`);
const lockOne = sql<{ id: string }>(
  'statements.lock',
  'select id from settlement_statements where insurer = $1 and id = $2 for update',
);
const updateOne = sql<never>(
  'statements.update',
  `update settlement_statements set state = $3, version = $4, prepared_by = $5, prepared_at = $6, approved_by = $7, approved_at = $8, sent_back = $9
    where insurer = $1 and id = $2`,
);

/** Whoever opens a statement of this provider waits for another who does. */
export const lockProvider = (db: Db, ctx: Keys, provider: string) => query(db, lockOfProvider, [ctx.insurer, provider]);
export const insertStatementRow = (
  db: Db,
  ctx: Keys,
  s: { id: string; provider: string; month: Day; by: string; now: Date },
) => query(db, insertStatement, [ctx.insurer, s.id, s.provider, s.month, s.by, s.now]);
export const listStatementsOf = (db: Db, ctx: Keys, provider: string) =>
  query(db, selectOfProvider, [ctx.insurer, provider]);
/** Those in the making first; `provider` null: of all. */
export const listStatementRows = (db: Db, ctx: Keys, provider: string | null) =>
  query(db, selectAll, [ctx.insurer, provider]);
export const findStatement = (db: Db, ctx: Keys, id: string) => queryOne(db, selectOne, [ctx.insurer, id]);
export async function findStatementForUpdate(db: Db, ctx: Keys, id: string): Promise<StatementRow | undefined> {
  await query(db, lockOne, [ctx.insurer, id]);
  return findStatement(db, ctx, id);
}
export const updateStatementRow = (db: Db, ctx: Keys, s: StatementRow) =>
  query(db, updateOne, [
    ctx.insurer,
    s.id,
    s.state,
    s.version,
    s.preparedBy,
    s.preparedAt,
    s.approvedBy,
    s.approvedAt,
    s.sentBack,
  ]);

/** A pack within a statement's reach. `paidBefore`: by statements approved before. */
export type ReachedBox = {
  id: string;
  approval: string;
  traceCode: string;
  agreedPrice: number;
  validUntil: Day;
  approvalState: string;
  price: number;
  insurer: number;
  onDay: Day;
  pharmacy: string;
  signedOn: Day | null;
  returnedOn: Day | null;
  paidBefore: number;
};
// What is paid as it should be is left out unless an invoice names it again.
const selectBoxes = sql<ReachedBox>(
  'statements.boxes',
  `select * from (
     select b.id, a.number as "approval", b.trace_code as "traceCode", a.agreed_price as "agreedPrice", a.valid_until as "validUntil",
            a.state as "approvalState", b.price, b.insurer_share as "insurer", d.on_day as "onDay", d.pharmacy, r.signed_on as "signedOn",
            t.returned_on as "returnedOn",
            coalesce((select sum(l.payable) from settlement_statement_lines l
                        join settlement_statements s on s.insurer = l.insurer and s.id = l.statement_id and s.version = l.version
                       where l.insurer = b.insurer and l.box_id = b.id and s.state = 'approved' and s.id <> $3), 0)::bigint as "paidBefore"
       from drug_approvals a
       join drug_dispensings d on d.insurer = a.insurer and d.approval_id = a.id
       join drug_boxes b on b.insurer = d.insurer and b.dispensing_id = d.id
       left join drug_receipts r on r.insurer = d.insurer and r.dispensing_id = d.id
       left join drug_box_returns t on t.insurer = b.insurer and t.box_id = b.id
      where a.insurer = $1 and a.provider = $2 and d.on_day <= $4) x
    where x."paidBefore" <> case when x."returnedOn" is null then x."insurer" else 0 end
       or exists (select 1 from settlement_invoice_lines i where i.insurer = $1 and i.statement_id = $3 and i.trace_code = x."traceCode")
    order by x."onDay", x.id limit 20000`,
);
const selectApprovals = sql<{ number: string; agreedPrice: number; validUntil: Day; state: string }>(
  'statements.approvals',
  `select distinct a.number, a.agreed_price as "agreedPrice", a.valid_until as "validUntil", a.state from drug_approvals a
     join settlement_invoice_lines i on i.insurer = a.insurer and i.approval = a.number
    where a.insurer = $1 and a.provider = $2 and i.statement_id = $3`,
);
/** Packs of the provider up to the month's last day that are not paid as they should be, and those that an invoice names. */
export const listReachedBoxes = (db: Db, ctx: Keys, s: StatementRow, lastDay: Day) =>
  query(db, selectBoxes, [ctx.insurer, s.provider, s.id, lastDay]);
/** The approvals that its invoices name. */
export const listNamedApprovals = (db: Db, ctx: Keys, s: StatementRow) =>
  query(db, selectApprovals, [ctx.insurer, s.provider, s.id]);

export type InvoiceLineRow = {
  id: string;
  no: number;
  invoice: string;
  approval: string;
  traceCode: string;
  quantity: number;
  price: number;
  amount: number;
};
const insertFile = sql<never>(
  'statements.insertFile',
  'insert into settlement_invoice_files (insurer, id, statement_id, digest, rows, received_at, received_by) values ($1, $2, $3, $4, $5, $6, $7)',
);
const selectFile = sql<{ id: string }>(
  'statements.fileByDigest',
  'select id from settlement_invoice_files where insurer = $1 and statement_id = $2 and digest = $3',
);
const insertLines = sql<never>(
  'statements.insertLines',
  `insert into settlement_invoice_lines (insurer, id, file_id, statement_id, no, invoice, approval, trace_code, quantity, price, amount)
   select $1, n.id, $2, $3, n.no, n.invoice, n.approval, n.code, n.quantity, n.price, n.amount
     from unnest($4::uuid[], $5::int[], $6::text[], $7::text[], $8::text[], $9::int[], $10::bigint[], $11::bigint[])
       n (id, no, invoice, approval, code, quantity, price, amount)`,
);
const selectLines = sql<InvoiceLineRow>(
  'statements.invoiceLines',
  `select l.id, l.no, l.invoice, l.approval, l.trace_code as "traceCode", l.quantity, l.price, l.amount
     from settlement_invoice_lines l join settlement_invoice_files f on f.insurer = l.insurer and f.id = l.file_id
    where l.insurer = $1 and l.statement_id = $2 order by f.received_at, f.id, l.no limit 20000`,
);
const selectInvoices = sql<{ number: string; receivedAt: Date; receivedBy: string; lines: number }>(
  'statements.invoices',
  `select l.invoice as "number", min(f.received_at) as "receivedAt", min(f.received_by::text) as "receivedBy", count(*)::int as lines
     from settlement_invoice_lines l join settlement_invoice_files f on f.insurer = l.insurer and f.id = l.file_id
    where l.insurer = $1 and l.statement_id = $2 group by l.invoice order by 2, 1 limit 500`,
);
const selectKnownInvoices = sql<{ invoice: string }>(
  'statements.knownInvoices',
  `select distinct l.invoice from settlement_invoice_lines l
     join settlement_statements s on s.insurer = l.insurer and s.id = l.statement_id
    where l.insurer = $1 and s.provider = $2 and l.invoice = any($3)`,
);

export const insertInvoiceFile = (
  db: Db,
  ctx: Keys,
  f: { id: string; statementId: string; digest: string; rows: number; by: string; now: Date },
) => query(db, insertFile, [ctx.insurer, f.id, f.statementId, f.digest, f.rows, f.now, f.by]);
export const isFileKnown = async (db: Db, ctx: Keys, statementId: string, digest: string): Promise<boolean> =>
  (await queryOne(db, selectFile, [ctx.insurer, statementId, digest])) !== undefined;
export const insertInvoiceLines = (
  db: Db,
  ctx: Keys,
  fileId: string,
  statementId: string,
  lines: readonly InvoiceLineRow[],
) =>
  query(db, insertLines, [
    ctx.insurer,
    fileId,
    statementId,
    lines.map(({ id }) => id),
    lines.map(({ no }) => no),
    lines.map(({ invoice }) => invoice),
    lines.map(({ approval }) => approval),
    lines.map(({ traceCode }) => traceCode),
    lines.map(({ quantity }) => quantity),
    lines.map(({ price }) => price),
    lines.map(({ amount }) => amount),
  ]);
export const listInvoiceLines = (db: Db, ctx: Keys, statementId: string) =>
  query(db, selectLines, [ctx.insurer, statementId]);
export const listInvoices = (db: Db, ctx: Keys, statementId: string) =>
  query(db, selectInvoices, [ctx.insurer, statementId]);
/** Of these invoice numbers those that the provider has handed in before, on whatever statement. */
export const listKnownInvoices = async (db: Db, ctx: Keys, provider: string, numbers: readonly string[]) =>
  (await query(db, selectKnownInvoices, [ctx.insurer, provider, numbers])).map(({ invoice }) => invoice);

export type LineActRow = {
  lineKey: string;
  act: LineAct;
  quantity: number | null;
  price: number | null;
  amount: number | null;
};
const insertAct = sql<never>(
  'statements.insertAct',
  `insert into settlement_line_acts (insurer, id, statement_id, line_key, act, quantity, price, amount, actor_account, actor_role, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const selectActs = sql<LineActRow>(
  'statements.acts',
  `select line_key as "lineKey", act, quantity, price, amount from settlement_line_acts
    where insurer = $1 and statement_id = $2 order by at, id limit 50000`,
);
export const insertLineAct = (
  db: Db,
  ctx: Keys,
  a: LineActRow & { id: string; statementId: string; by: string; role: string; now: Date },
) =>
  query(db, insertAct, [
    ctx.insurer,
    a.id,
    a.statementId,
    a.lineKey,
    a.act,
    a.quantity,
    a.price,
    a.amount,
    a.by,
    a.role,
    a.now,
  ]);
/** In the order in which they were done. */
export const listLineActs = (db: Db, ctx: Keys, statementId: string) =>
  query(db, selectActs, [ctx.insurer, statementId]);

const insertSnapshot = sql<never>(
  'statements.insertSnapshot',
  `insert into settlement_statement_lines (insurer, statement_id, version, no, line_key, box_id, invoice_line_id, line, payable)
   select $1, $2, $3, n.no, n.key, n.box, n.invoice, n.line, n.payable
     from unnest($4::int[], $5::uuid[], $6::uuid[], $7::uuid[], $8::jsonb[], $9::bigint[]) n (no, key, box, invoice, line, payable)`,
);
const selectSnapshot = sql<{ line: unknown }>(
  'statements.snapshot',
  'select line from settlement_statement_lines where insurer = $1 and statement_id = $2 and version = $3 order by no',
);
const sumSnapshot = sql<{ lines: number; invoiced: number; payable: number }>(
  'statements.sumSnapshot',
  `select count(*)::int as lines, coalesce(sum(payable), 0)::bigint as payable,
          coalesce(sum((line->'invoice'->>'amount')::bigint) filter (where line->>'state' <> 'withdrawn'), 0)::bigint as invoiced
     from settlement_statement_lines where insurer = $1 and statement_id = $2 and version = $3`,
);
/** The sums of what was prepared, without its lines. */
export const sumOfSnapshot = async (db: Db, ctx: Keys, s: { id: string; version: number }) =>
  (await queryOne(db, sumSnapshot, [ctx.insurer, s.id, s.version]))!;
export const insertSnapshotLines = (
  db: Db,
  ctx: Keys,
  s: { id: string; version: number },
  lines: readonly { key: string; boxId: string | null; invoiceLineId: string | null; line: unknown; payable: number }[],
) =>
  query(db, insertSnapshot, [
    ctx.insurer,
    s.id,
    s.version,
    lines.map((_, i) => i + 1),
    lines.map(({ key }) => key),
    lines.map(({ boxId }) => boxId),
    lines.map(({ invoiceLineId }) => invoiceLineId),
    lines.map(({ line }) => JSON.stringify(line)),
    lines.map(({ payable }) => payable),
  ]);
export const listSnapshot = async <T>(db: Db, ctx: Keys, s: { id: string; version: number }): Promise<T[]> =>
  (await query(db, selectSnapshot, [ctx.insurer, s.id, s.version])).map(({ line }) => line as T);
