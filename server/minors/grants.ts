/** Giving a member of staff access to a minor's file; each grant stands in the audit (未成年人网络保护条例 36). */
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { grantEnds, isMinor } from '#domain/persons/minors.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type GrantedBy, insertGrantRow } from './queries.ts';

export type Granting = {
  /** Whose access it is. */
  account: string;
  personId: string;
  caseId: string | null;
  how: GrantedBy;
  /** Until when; 30 days where nothing else is said. */
  endsAt?: Date;
  now: Date;
};

/** Opens the file to the account in the name of `actor`. Nothing to give, and nothing written, for an adult's file. */
export async function grantMinor(db: Db, ctx: Ctx, actor: Actor, granting: Granting): Promise<void> {
  const { account, personId, caseId, how, now, endsAt = grantEnds(now) } = granting;
  if (actor.accountId === null) throw new Error("A minor's file is opened in somebody's name");
  if (!isMinor((await getPerson(db, ctx, personId)).bornOn, dayOf(now))) return;
  const id = uuidv7();
  await insertGrantRow(db, ctx, { id, account, personId, how, grantedBy: actor.accountId, grantedAt: now, endsAt });
  await recordAudit(db, ctx, {
    actor,
    action: 'minor.access-given',
    subject: `account:${account}`,
    ...(caseId ? { caseId } : {}),
    personId,
    details: { grant: id, how, until: formatInstant(endsAt) },
    now,
  });
}

/** A supervisor who hands a case to a colleague thereby approves that the colleague opens it. */
export async function grantByAssignment(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  to: { account: string; personId: string; caseId: string; now: Date },
): Promise<void> {
  if (actor.role !== 'supervisor' || actor.accountId === to.account) return;
  await grantMinor(db, ctx, actor, { ...to, how: 'assigned' });
}
