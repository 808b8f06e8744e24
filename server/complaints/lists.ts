/** Reading complaints; every reading of words is in the audit. */
import type { z } from 'zod';
import type { ComplaintFile, ComplaintList, ComplaintRowView, ComplaintView } from '#contract/complaints.ts';
import { isOpen } from '#domain/complaints/rules.ts';
import { recordAudit, recordListing } from '#server/audit/record.ts';
import { mayActAtDesk } from '#server/cases/access.ts';
import { cutPage, readPlace } from '#server/operations/cursor.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { getVisibleComplaint, isOnDesk, maySee } from './access.ts';
import { type ComplaintRow, findComplaint, listComplaintRows, listComplaintsOf } from './queries.ts';
import { viewComplaint, viewFile, viewRows, viewSummary } from './view.ts';

type Lang = 'zh' | 'en';

/** What the caller filed or others filed for her; at the desk what there is of a checked caller. */
export async function listMine(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  personId: string | undefined,
  lang: Lang,
  now: Date,
): Promise<z.infer<typeof ComplaintList>> {
  const whose = actor.role === 'service-desk' ? personId : (actor.personId ?? undefined);
  if (whose === undefined) return { items: [] };
  if (actor.role === 'service-desk' && !(await mayActAtDesk(db, ctx, actor, whose, now)))
    throw new Problem('desk-check-needed');
  const items = [];
  for (const row of await listComplaintsOf(db, ctx, whose))
    if (await maySee(db, ctx, actor, row, now)) items.push(await viewSummary(db, ctx, row, lang, now));
  return { items };
}

/** @throws Problem not-found */
export async function readComplaint(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  lang: Lang,
  now: Date,
): Promise<ComplaintView> {
  const row = await getVisibleComplaint(db, ctx, actor, id, now);
  await auditRead(db, ctx, actor, row, now);
  return viewComplaint(db, ctx, actor, row, lang, now);
}

/** Open ones first, by when the answer is due; a handler is not shown what she had a part in, a supervisor sees all. */
export async function listDesk(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  page: { limit: number; cursor?: string | undefined },
  lang: Lang,
  now: Date,
): Promise<{ items: z.infer<typeof ComplaintRowView>[]; next: string | null }> {
  const found = await listComplaintRows(
    db,
    ctx,
    actor.accountId!,
    actor.role !== 'supervisor',
    readPlace(page.cursor),
    page.limit + 1,
  );
  const { rows, next } = cutPage(found, page.limit, ({ state, due, id }) => [!isOpen(state), due.getTime(), id]);
  const items = await viewRows(db, ctx, actor, rows, lang, now);
  await recordListing(db, ctx, actor, 'complaint', rows.length, now);
  return { items, next };
}

/** @throws Problem not-found, also for a handler who had a part in it */
export async function readFile(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  lang: Lang,
  now: Date,
): Promise<ComplaintFile> {
  const row = await findComplaint(db, ctx, actor.accountId, id);
  if (!row || !isOnDesk(actor, row)) throw new Problem('not-found');
  await auditRead(db, ctx, actor, row, now);
  return viewFile(db, ctx, actor, row, lang, now);
}

const auditRead = (db: Db, ctx: Ctx, actor: Actor, row: ComplaintRow, now: Date) =>
  recordAudit(db, ctx, {
    actor,
    action: 'complaint.read',
    subject: `complaint:${row.id}`,
    ...(row.caseId ? { caseId: row.caseId } : {}),
    personId: row.personId,
    now,
  });
