/** The policy's suspension under onSuspension pause: the clocks stand, only withdrawing and cancelling stay possible. */
import type { Milestone } from '#domain/cases/on-milestone.ts';
import { recordAudit } from '#server/audit/record.ts';
import { queueLive } from '#server/notifications/outbox.ts';
import { sealWith } from '#server/persons/seal.ts';
import { type Ctx, SYSTEM } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { applyMilestones } from './apply-changes.ts';
import { openCaseForEvent, saveCase } from './move-case.ts';
import { findCaseForUpdate, insertEventRow } from './queries.ts';

/** Sets or lifts the pause of one case; doing it twice changes nothing. */
export async function setSuspended(db: Db, ctx: Ctx, caseId: string, suspended: boolean, now: Date): Promise<void> {
  const row = await findCaseForUpdate(db, ctx, caseId);
  if (!row || row.final || row.suspended === suspended) return;
  const open = await openCaseForEvent(db, ctx, row);
  const name = suspended ? 'policy-suspended' : 'policy-revived';
  const milestone: Milestone = { name, occurredAt: now, recordedAt: now };
  const eventId = uuidv7();
  row.suspended = suspended;
  row.version += 1;
  row.lastSeq += 1;
  row.changedAt = now;
  await insertEventRow(db, ctx, {
    id: eventId,
    caseId,
    seq: row.lastSeq,
    type: suspended ? 'policySuspended' : 'policyRevived',
    actorAccount: null,
    actorRole: 'system',
    occurredAt: now,
    recordedAt: now,
    stateAfter: row.state,
    payload: sealWith(open.key, ctx, 'events', eventId, {}),
    milestones: [{ name, occurredAt: now.toISOString() }],
  });
  await applyMilestones(db, ctx, SYSTEM, open.running, [milestone], eventId, now);
  await saveCase(db, ctx, open);
  await recordAudit(db, ctx, {
    actor: SYSTEM,
    action: `case.${suspended ? 'policySuspended' : 'policyRevived'}`,
    subject: `case:${caseId}`,
    caseId,
    personId: row.personId,
    now,
  });
  await queueLive(db, ctx, { kind: 'case', id: caseId, key: `${eventId}/live`, now });
}
