/** Two people for a statement: one prepares it, another approves it or gives it back. */
import type { z } from 'zod';
import type { SendBack, StatementAct } from '#contract/settlement.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { linesOfStatement } from './statement-lines.ts';
import {
  findStatementForUpdate,
  insertSnapshotLines,
  type StatementRow,
  updateStatementRow,
} from './statement-queries.ts';
import { accountOf, assertAllowed, auditStatement, visible, YOURS } from './statements.ts';

/** The first of two people: nothing changes on it any more. @throws Problem not-found; Refused not-possible-now */
export async function prepareStatement(db: Db, ctx: Ctx, actor: Actor, id: string, now: Date): Promise<void> {
  const row = visible(actor, await findStatementForUpdate(db, ctx, id));
  const lines = await linesOfStatement(db, ctx, row);
  assertAllowed(actor, row, lines, 'prepare');
  const prepared: StatementRow = {
    ...row,
    state: 'prepared',
    version: row.version + 1,
    preparedBy: accountOf(actor),
    preparedAt: now,
    sentBack: null,
  };
  await insertSnapshotLines(
    db,
    ctx,
    prepared,
    lines.map((line) => ({
      key: line.key,
      boxId: line.box?.id ?? null,
      invoiceLineId: line.invoice?.id ?? null,
      line,
      payable: line.payable,
    })),
  );
  await updateStatementRow(db, ctx, prepared);
  await auditStatement(db, ctx, actor, 'settlement.statement-prepared', row, now);
}

/** The second: what was prepared is what is paid. @throws Problem not-found, same-person; Refused not-possible-now */
export async function approveStatement(db: Db, ctx: Ctx, actor: Actor, id: string, now: Date): Promise<void> {
  const row = await decided(db, ctx, actor, id, 'approve');
  await updateStatementRow(db, ctx, {
    ...row,
    state: 'approved',
    approvedBy: accountOf(actor),
    approvedAt: now,
  });
  await auditStatement(db, ctx, actor, 'settlement.statement-approved', row, now);
}

/** Gives it back to be mended. @throws Problem not-found, same-person; Refused not-possible-now */
export async function sendBackStatement(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  { reason }: z.infer<typeof SendBack>,
  now: Date,
): Promise<void> {
  const row = await decided(db, ctx, actor, id, 'send-back');
  await updateStatementRow(db, ctx, { ...row, state: 'open', preparedBy: null, preparedAt: null, sentBack: reason });
  await auditStatement(db, ctx, actor, 'settlement.statement-sent-back', row, now);
}

async function decided(db: Db, ctx: Ctx, actor: Actor, id: string, act: StatementAct): Promise<StatementRow> {
  const row = visible(actor, await findStatementForUpdate(db, ctx, id));
  if (row.state === 'prepared' && row.preparedBy === actor.accountId)
    throw new Problem('same-person', { detail: YOURS });
  assertAllowed(actor, row, [], act);
  return row;
}
