/** What each kind of approval does once a second person agreed, in the transaction of that agreement. */
import { dayOf, parseInstant } from '#domain/calendar/day.ts';
import type { Subject } from '#domain/operations/audit-words.ts';
import { mayMove, stateOfUse as stateOfUses } from '#domain/uses/ledger.ts';
import { applyPhoneChange } from '#server/accounts/change-phone.ts';
import { recordAudit } from '#server/audit/record.ts';
import { insertUseRow, listUsesOfCase } from '#server/cases/clock-queries.ts';
import { findCase, findCaseForUpdate, lockEntitlementRow } from '#server/cases/queries.ts';
import { extendByApproval } from '#server/complaints/acts.ts';
import { grantMinor } from '#server/minors/grants.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Refused } from '#server/platform/problem.ts';
import type { ApprovalKind, ApprovalRow } from './approval-queries.ts';
import { correctClockRow } from './breach-queries.ts';

type Doing = { approval: ApprovalRow; payload: Record<string, unknown>; actor: Actor; now: Date };
type Do = (db: Db, ctx: Ctx, doing: Doing) => Promise<void>;

const correctBar = sql<{ barId: string }>(
  'approved.correctBar',
  `insert into bar_corrections (insurer, bar_id, approval_id, recorded_at) values ($1, $2, $3, $4) on conflict do nothing returning bar_id as "barId"`,
);

/** Each throws Refused not-possible-now when what was asked was overtaken meanwhile; the approval then stays open. */
export const APPROVED: Readonly<Record<ApprovalKind, Do>> = {
  /** Both moments stay on the clock: what was recorded, and in the approval what was proven (contract 2.4). */
  'correct-clock': async (db, ctx, { approval, payload, actor, now }) => {
    const clockId = String(payload.clockId);
    if (!(await correctClockRow(db, ctx, clockId, approval.id, parseInstant(String(payload.metAt)), now)))
      throw overtaken({ zh: '这项时效已经更正。', en: 'The clock is corrected already.' });
    await audit(db, ctx, actor, approval, 'clock.corrected', `clock:${clockId}`, now);
  },
  /** The verified diagnosis no longer bars the service [2.2.5]; bar and correction both stay on file. */
  'correct-bar': async (db, ctx, { approval, actor, now }) => {
    if (!(await queryOne(db, correctBar, [ctx.insurer, approval.subject, approval.id, now])))
      throw overtaken({ zh: '这条不可用的记录已经更正。', en: 'The bar is corrected already.' });
    await audit(db, ctx, actor, approval, 'bar.corrected', `bar:${approval.subject}`, now);
  },
  /** Gives a spent use back [2.2.6, 2.2.9]; locks in the order policy, entitlement, case. */
  'correct-use': async (db, ctx, { approval, actor, now }) => {
    const row = await findCase(db, ctx, approval.subject);
    if (!row) throw new Error(`Approval ${approval.id} speaks of a case that does not exist`);
    const entitlementId = await lockEntitlementRow(db, ctx, uuidv7(), row.policyId, row.personId, row.service);
    await findCaseForUpdate(db, ctx, row.id);
    const uses = await listUsesOfCase(db, ctx, row.id);
    if (!mayMove(stateOfUses(uses), 'restore'))
      throw overtaken({ zh: '只有已计的使用次数才能退回。', en: 'Only a use that is spent can be given back.' });
    await insertUseRow(db, ctx, {
      id: uuidv7(),
      entitlementId: uses[0]?.entitlementId ?? entitlementId,
      caseId: row.id,
      move: 'restore',
      cause: 'corrected',
      clause: null,
      actorAccount: actor.accountId,
      actorRole: actor.role,
      onDay: dayOf(now),
      at: now,
      seq: uses.length + 1,
    });
    await audit(db, ctx, actor, approval, 'use.corrected', `case:${row.id}`, now);
    await queueMessage(db, ctx, {
      template: 'use-corrected',
      to: { personId: row.personId },
      caseId: row.id,
      urgent: false,
      now,
      key: `${approval.id}/use-corrected`,
    });
  },
  'change-phone': async (db, ctx, { approval, payload, actor }) =>
    applyPhoneChange(
      db,
      ctx,
      actor,
      { personId: approval.personId, phone: String(payload.phone), proof: 'second-person' },
      machineNow(),
    ),
  /** 30 days more for the answer, told to the complainant before her time is over (消费投诉处理管理办法). */
  'extend-complaint': (db, ctx, { approval, payload, actor, now }) =>
    extendByApproval(db, ctx, actor, approval.subject, String(payload.text), now),
  /** The file opens to whoever asked, for a while; see server/minors/rule.ts. */
  'open-minor': (db, ctx, { approval: { askedBy: account, personId, caseId }, actor, now }) =>
    grantMinor(db, ctx, actor, { account, personId, caseId, how: 'approved', now }),
};

const overtaken = (detail: { zh: string; en: string }): Refused => new Refused('not-possible-now', { detail });

const audit = (db: Db, ctx: Ctx, actor: Actor, approval: ApprovalRow, action: string, subject: Subject, now: Date) =>
  recordAudit(db, ctx, {
    actor,
    action,
    subject,
    ...(approval.caseId ? { caseId: approval.caseId } : {}),
    personId: approval.personId,
    details: { approval: approval.id, askedBy: approval.askedBy },
    now,
  });
