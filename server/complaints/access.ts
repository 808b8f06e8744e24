/** Who may complain for whom, who sees a complaint, and who handles it. What the caller may not see does not exist (404). */
import { dayOf } from '#domain/calendar/day.ts';
import type { ComplaintRelation } from '#domain/complaints/rules.ts';
import { isCapableAdult, mayActAtDesk } from '#server/cases/access.ts';
import { findDelegation } from '#server/delegations/queries.ts';
import { getPersonState } from '#server/persons/facts.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { type ComplaintRow, findComplaint, findComplaintForUpdate, isHolderOf, sharePolicy } from './queries.ts';

/**
 * As what one person speaks for another in a complaint: herself; by a delegation for the service or for all; the guardian
 * who insured one that cannot act herself, or spoke for her before (`spoke`); and after a death whoever stands on a policy with the dead: the only heirs the
 * house knows. Others come with proof to the desk. undefined: not at all.
 */
export async function relationTo(
  db: Db,
  ctx: Ctx,
  speaker: string,
  personId: string,
  { service, spoke }: { service: string | null; spoke: boolean },
  now: Date,
): Promise<ComplaintRelation | undefined> {
  if (speaker === personId) return 'self';
  if ((await getPersonState(db, ctx, personId, now)).diedAt)
    return (await sharePolicy(db, ctx, speaker, personId)) ? 'heir' : undefined;
  const matter = service ?? 'all';
  if (await findDelegation(db, ctx, { fromPerson: personId, toPerson: speaker, matter, day: dayOf(now) }))
    return 'agent';
  if (await isCapableAdult(db, ctx, personId, now)) return undefined;
  return spoke || (await isHolderOf(db, ctx, speaker, personId)) ? 'guardian' : undefined;
}

/** Whether a member, or the desk within a check, may see it. What one heir wrote no other heir reads. */
export async function maySee(db: Db, ctx: Ctx, actor: Actor, row: ComplaintRow, now: Date): Promise<boolean> {
  if (actor.role === 'service-desk') return mayActAtDesk(db, ctx, actor, row.personId, now);
  if (actor.role !== 'member' || actor.personId === null) return false;
  if (actor.personId === row.personId) return true;
  const spoke = row.complainant === actor.personId && row.relation === 'guardian';
  const relation = await relationTo(db, ctx, actor.personId, row.personId, { service: row.service, spoke }, now);
  return relation !== undefined && (row.complainant === actor.personId || relation !== 'heir');
}

/** @throws Problem not-found */
export async function getVisibleComplaint(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  now: Date,
): Promise<ComplaintRow> {
  const row = await findComplaint(db, ctx, actor.accountId, id);
  if (!row || !(await maySee(db, ctx, actor, row, now))) throw new Problem('not-found');
  return row;
}
/** The same, locked. @throws Problem not-found */
export async function getVisibleForUpdate(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  now: Date,
): Promise<ComplaintRow> {
  const row = await findComplaintForUpdate(db, ctx, actor.accountId, id);
  if (!row || !(await maySee(db, ctx, actor, row, now))) throw new Problem('not-found');
  return row;
}

/** Whether the desk of complaints shows it to the caller: a supervisor sees all, a handler what she had no part in. */
export const isOnDesk = (actor: Actor, row: ComplaintRow): boolean => actor.role === 'supervisor' || !row.tookPart;
