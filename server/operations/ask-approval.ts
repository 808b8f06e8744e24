import type { ApprovalDetail } from '#domain/operations/approval-words.ts';
import { recordAudit } from '#server/audit/record.ts';
import { queueLive } from '#server/notifications/outbox.ts';
import { sealFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Refused } from '#server/platform/problem.ts';
import { type ApprovalKind, insertApprovalRow, isAsked, type SealedApproval } from './approval-queries.ts';

export type AskedFor = {
  kind: ApprovalKind;
  caseId: string | null;
  /** What it is about: the breach, bar, case or person. One open question a kind and subject. */
  subject: string;
  /** What one account asks is no obstacle to another's asking: the answer is about the asker. */
  perAsker?: true;
  personId: string;
  /** Why, in the asker's words; sealed. */
  reason: string;
  /** What the second person reads before deciding; sealed. */
  details: ApprovalDetail[];
  /** What `APPROVED[kind]` needs to do it; sealed. */
  payload: Record<string, unknown>;
  now: Date;
};

/**
 * Puts something before a second person and returns the approval's id; nothing happens until another account approves it.
 * @throws Refused conflict when the same is asked already; Error for an actor without an account: the system cannot ask
 */
export async function askApproval(db: Db, ctx: Ctx, actor: Actor, asked: AskedFor): Promise<string> {
  if (actor.accountId === null) throw new Error(`An approval of ${asked.kind} is asked by a person`);
  if (await isAsked(db, ctx, asked.kind, asked.subject, asked.perAsker ? actor.accountId : null))
    throw new Refused('conflict', {
      detail: {
        zh: '同一事项已经提出，正等第二人决定。',
        en: 'The same is asked already and waits for a second person.',
      },
    });
  const id = uuidv7();
  const { kind, caseId, subject, personId, reason, details, payload, now } = asked;
  const sealed = await sealFor(db, ctx, personId, 'approvals', id, {
    reason,
    details,
    payload,
  } satisfies SealedApproval);
  await insertApprovalRow(db, ctx, {
    id,
    kind,
    caseId,
    subject,
    personId,
    askedBy: actor.accountId,
    askedAt: now,
    sealed,
  });
  await recordAudit(db, ctx, {
    actor,
    action: 'approval.asked',
    subject: `approval:${id}`,
    ...(caseId ? { caseId } : {}),
    personId,
    details: { kind, about: subject },
    now,
  });
  if (caseId) await queueLive(db, ctx, { kind: 'case', id: caseId, key: `${id}/asked/live`, now });
  return id;
}
