import type { DetailKey, DetailValue, Subject } from '#domain/operations/audit-words.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type AuditFields, rowHmac } from './hashes.ts';

/** Ids and codes only: a name, a number of a person or a word about health has no place in it. */
export type AuditDetails = Readonly<Partial<Record<DetailKey, DetailValue>>>;

export type AuditInput = {
  actor: Actor;
  /** Noun and verb of `labels.ts`, e.g. "paper.opened". */
  action: string;
  /** What it was done to: a noun and an id, e.g. "paper:0190…". */
  subject: Subject;
  caseId?: string;
  personId?: string;
  details?: AuditDetails;
  /** Business time; machine time is added here. */
  now: Date;
};

const insertRow = sql<never>(
  'audit.insertRow',
  `insert into audit (insurer, id, at, machine_at, actor_account, actor_role, actor_provider, action, subject, case_id,
                      person_id, details, key_id, hmac)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

/**
 * Writes down who did or read what, in the transaction that does it: if that rolls back, so does this. The row carries
 * an HMAC of its own; the sealer chains it after the commit. Returns the row's id.
 */
export async function recordAudit(db: Db, ctx: Pick<Ctx, 'insurer' | 'keyRing'>, input: AuditInput): Promise<string> {
  const row: AuditFields = {
    insurer: ctx.insurer,
    id: uuidv7(),
    at: input.now,
    machineAt: machineNow(),
    actorAccount: input.actor.accountId,
    actorRole: input.actor.role,
    actorProvider: input.actor.provider,
    action: input.action,
    subject: input.subject,
    caseId: input.caseId ?? null,
    personId: input.personId ?? null,
    details: input.details ?? {},
  };
  const keyId = ctx.keyRing.current;
  await query(db, insertRow, [
    row.insurer,
    row.id,
    row.at,
    row.machineAt,
    row.actorAccount,
    row.actorRole,
    row.actorProvider,
    row.action,
    row.subject,
    row.caseId,
    row.personId,
    JSON.stringify(row.details),
    keyId,
    rowHmac(ctx.keyRing, keyId, row),
  ]);
  return row.id;
}

/** A desk's list that holds words about persons was read; an empty one says nothing of anybody. */
export async function recordListing(
  db: Db,
  ctx: Pick<Ctx, 'insurer' | 'keyRing'>,
  actor: Actor,
  noun: 'complaint' | 'approval' | 'call-back',
  rows: number,
  now: Date,
): Promise<void> {
  if (rows > 0)
    await recordAudit(db, ctx, { actor, action: `${noun}.listed`, subject: `${noun}s`, details: { rows }, now });
}
