/** The supervisor's second look: what waits for another person, and deciding it. */
import type { z } from 'zod';
import type { ApprovalView, DecideApproval } from '#contract/operations.ts';
import type { AskCorrection } from '#contract/supervision.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { APPROVAL_LABELS } from '#domain/operations/approval-words.ts';
import { mayMove, stateOfUse as stateOfUses } from '#domain/uses/ledger.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import { nameInPlans } from '#server/audit/labels.ts';
import { recordAudit, recordListing } from '#server/audit/record.ts';
import { listUsesOfCase } from '#server/cases/clock-queries.ts';
import type { CaseRow } from '#server/cases/queries.ts';
import { queueLive } from '#server/notifications/outbox.ts';
import { openFor, sealFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import {
  type ApprovalRow,
  decideApprovalRow,
  findApproval,
  findApprovalForUpdate,
  listApprovalRows,
  type SealedApproval,
} from './approval-queries.ts';
import { APPROVED } from './approved.ts';
import { askApproval } from './ask-approval.ts';
import { cutPage, readPlace } from './cursor.ts';

type View = z.infer<typeof ApprovalView>;

const openBars = sql<{ id: string; caseId: string }>(
  'approvals.openBars',
  `select b.id, b.case_id as "caseId" from bars b where b.insurer = $1 and b.person_id = $2 and b.policy_id = $3
     and not exists (select 1 from bar_corrections x where x.insurer = b.insurer and x.bar_id = b.id) order by b.recorded_at limit 50`,
);

/** Open ones first. They hold words about persons, so each reading is recorded. */
export async function listApprovals(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  page: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: View[]; next: string | null }> {
  const found = await listApprovalRows(db, ctx, readPlace(page.cursor), page.limit + 1);
  const { rows, next } = cutPage(found, page.limit, ({ state, askedAt, id }) => [
    state !== 'open',
    askedAt.getTime(),
    id,
  ]);
  const names = await nameAccounts(db, ctx, accountsOf(rows));
  const items: View[] = [];
  for (const row of rows) items.push(view(ctx, row, await openSealed(db, ctx, row), names, lang));
  await recordListing(db, ctx, actor, 'approval', rows.length, now);
  return { items, next };
}

/**
 * Decides what another account asked, and does it when approved, all in the caller's transaction.
 * @throws Problem not-found; same-person for whoever asked it; Refused conflict when it is decided already
 */
export async function decideApproval(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  input: z.infer<typeof DecideApproval>,
  now: Date,
): Promise<void> {
  const approval = await findApprovalForUpdate(db, ctx, id);
  if (!approval) throw new Problem('not-found');
  if (approval.state !== 'open')
    throw new Refused('conflict', { detail: { zh: '这一项已经决定。', en: 'This is decided already.' } });
  if (actor.accountId === null || actor.accountId === approval.askedBy)
    throw new Problem('same-person', {
      detail: {
        zh: '这是您本人提出的，须由另一位主管决定。',
        en: 'You asked this yourself: another supervisor has to decide it.',
      },
    });
  const sealed = await openSealed(db, ctx, approval);
  const state = input.approve ? 'approved' : 'refused';
  const noted = await sealFor(db, ctx, approval.personId, 'approvals', id, {
    ...sealed,
    ...(input.note ? { note: input.note } : {}),
  } satisfies SealedApproval);
  await decideApprovalRow(db, ctx, id, state, actor.accountId, now, noted);
  await recordAudit(db, ctx, {
    actor,
    action: `approval.${state}`,
    subject: `approval:${id}`,
    ...(approval.caseId ? { caseId: approval.caseId } : {}),
    personId: approval.personId,
    details: { kind: approval.kind, about: approval.subject, askedBy: approval.askedBy },
    now,
  });
  if (approval.caseId) await queueLive(db, ctx, { kind: 'case', id: approval.caseId, key: `${id}/decided/live`, now });
  if (input.approve) await APPROVED[approval.kind](db, ctx, { approval, payload: sealed.payload, actor, now });
}

/**
 * Asks a second person to give a spent use back, or to lift a bar. `row` is the case, visible to the caller.
 * @throws Refused not-possible-now when there is nothing to correct; Problem not-acceptable when several bars could be meant
 */
export async function askCorrection(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: CaseRow,
  input: AskCorrection,
  now: Date,
): Promise<string> {
  const asked = {
    kind: input.kind,
    caseId: row.id,
    personId: row.personId,
    reason: input.reason,
    details: [{ label: 'case' as const, value: row.number }],
    payload: {},
    now,
  };
  if (input.kind === 'correct-use') {
    if (!mayMove(stateOfUses(await listUsesOfCase(db, ctx, row.id)), 'restore'))
      throw new Refused('not-possible-now', {
        detail: {
          zh: '这一单没有已计的使用次数，无需退回。',
          en: 'No use is spent on this case: there is nothing to give back.',
        },
      });
    return askApproval(db, ctx, actor, { ...asked, subject: row.id });
  }
  const bars = await query(db, openBars, [ctx.insurer, row.personId, row.policyId]);
  if (bars.length === 0)
    throw new Refused('not-possible-now', {
      detail: { zh: '此人在这份保单下没有不可用的记录。', en: 'No bar is recorded for this person under this policy.' },
    });
  const meant =
    input.subject === undefined
      ? bars.filter((bar) => bars.length === 1 || bar.caseId === row.id)
      : bars.filter(({ id }) => id === input.subject);
  if (meant.length !== 1)
    throw new Problem('not-acceptable', {
      pointer: '/subject',
      detail: {
        zh: `请指明是哪一条不可用的记录：${bars.map(({ id }) => id).join('、')}`,
        en: `Name the bar: ${bars.map(({ id }) => id).join(', ')}`,
      },
    });
  return askApproval(db, ctx, actor, { ...asked, subject: meant[0]!.id });
}

/** One approval as its desk shows it. @throws Problem not-found */
export async function getApproval(db: Db, ctx: Ctx, lang: 'zh' | 'en', id: string): Promise<View> {
  const row = await findApproval(db, ctx, id);
  if (!row) throw new Problem('not-found');
  return view(ctx, row, await openSealed(db, ctx, row), await nameAccounts(db, ctx, accountsOf([row])), lang);
}

const openSealed = (db: Db, ctx: Ctx, row: ApprovalRow) =>
  openFor<SealedApproval>(db, ctx, row.personId, 'approvals', row.id, row.sealed);
const accountsOf = (rows: readonly ApprovalRow[]): string[] =>
  rows.flatMap(({ askedBy, decidedBy }) => [askedBy, ...(decidedBy ? [decidedBy] : [])]);

function view(
  ctx: Ctx,
  row: ApprovalRow,
  sealed: SealedApproval,
  names: ReadonlyMap<string, string>,
  lang: 'zh' | 'en',
): View {
  const details = [...sealed.details, ...(sealed.note ? [{ label: 'note' as const, value: sealed.note }] : [])];
  const nameOf = nameInPlans(ctx);
  return {
    id: row.id,
    kind: row.kind,
    caseId: row.caseId,
    caseNumber: row.caseNumber,
    askedBy: names.get(row.askedBy) ?? row.askedBy,
    askedAt: formatInstant(row.askedAt),
    reason: sealed.reason,
    details: details.map(({ label, value }) => ({
      label: APPROVAL_LABELS[label]?.[lang] ?? label,
      value: label === 'promise' ? (nameOf(value, lang) ?? value) : value,
    })),
    state: row.state,
    decidedBy: row.decidedBy && (names.get(row.decidedBy) ?? row.decidedBy),
  };
}
