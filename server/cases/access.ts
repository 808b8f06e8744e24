/** Who may see a case, and as what they act on it. What the caller may not see does not exist for them (404). */
import { dayOf } from '#domain/calendar/day.ts';
import { type CaseRole, isOutside, type OutsideRole, PARTY_OF, worksOn } from '#domain/journeys/journey.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import { isMinor } from '#domain/persons/minors.ts';
import { handlesComplaintOn } from '#server/complaints/queries.ts';
import { listConsented } from '#server/consents/queries.ts';
import { findDelegation } from '#server/delegations/queries.ts';
import { hasDeskCheck, listCheckedPersons } from '#server/desk/checks.ts';
import { assertMinorOpen } from '#server/minors/rule.ts';
import { getPersonState } from '#server/persons/facts.ts';
import { getPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { type CaseRow, findCase } from './queries.ts';
import { findRoleOnPolicy } from './question.ts';

/** Desks that work on every case of the insurer. */
const HOUSE: readonly string[] = ['reviewer', 'case-manager', 'supervisor', 'operations'];

/** As what this caller acts on the case; undefined: it does not exist for them. */
export async function findCaseRole(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: CaseRow,
  now: Date,
): Promise<CaseRole | undefined> {
  if (HOUSE.includes(actor.role)) return actor.role as CaseRole;
  // Who looks into a complaint reads the case that it is about, as long as it is in her hands.
  if (actor.role === 'complaint-handler')
    return actor.accountId !== null && (await handlesComplaintOn(db, ctx, actor.accountId, row.id))
      ? actor.role
      : undefined;
  if (actor.role === 'drug-reviewer') return worksHere(row, actor.role) ? actor.role : undefined;
  if (isOutside(actor.role)) {
    const mine = actor.provider !== null && serves(row, actor.role, actor.provider) && worksHere(row, actor.role);
    const recipient = recipientFor(row, actor);
    return mine &&
      recipient !== null &&
      (await listConsented(db, ctx, { personId: row.personId, caseId: row.id, now })).includes(recipient)
      ? actor.role
      : undefined;
  }
  if (actor.role === 'service-desk')
    return (await mayActAtDesk(db, ctx, actor, row.personId, now)) ? 'service-desk' : undefined;
  if (actor.role !== 'member' || actor.personId === null) return undefined;
  if (actor.personId === row.personId) return 'member';
  // Who filed for a capable adult without her delegation sees the request only until she has decided on it.
  if (row.applicantAccount === actor.accountId && row.state === 'awaiting-own-consent') return 'applicant';
  return (await mayActFor(
    db,
    ctx,
    actor.personId,
    row.personId,
    row.service,
    now,
    row.applicantAccount === actor.accountId || (await isGuardianByPhone(db, ctx, actor.personId, row)),
  ))
    ? 'applicant'
    : undefined;
}

/** To whom a consent must have been given: a video doctor sees what the provider may see, whose doctor she is. */
export const recipientFor = (row: Pick<CaseRow, 'provider'>, actor: Actor): string | null =>
  actor.role === 'video-doctor' ? row.provider : actor.provider;

/** The party of the case, or one of the experts who are to judge it. */
const serves = (row: CaseRow, role: OutsideRole, party: string): boolean =>
  row[PARTY_OF[role]] === party || (role === 'expert' && row.panel.includes(party));
const worksHere = (row: CaseRow, role: CaseRole): boolean =>
  worksOn(getJourney(row.kind, row.chartVersion), role, row.act);

const selectHeldFor = sql<{ one: 1 }>(
  'access.heldFor',
  'select 1 as one from policies p join policy_persons x on x.insurer = p.insurer and x.policy_id = p.id where p.insurer = $1 and x.person_id = $2 and p.holder_id = any($3) limit 1',
);

/**
 * Within whose check an agent of the desk acts for a person: her own, or, where she cannot act herself, that of the
 * policyholder who insured her and calls as her guardian [2.6.5.1.2].
 */
export async function mayActAtDesk(db: Db, ctx: Ctx, actor: Actor, personId: string, now: Date): Promise<boolean> {
  if (await hasDeskCheck(db, ctx, actor, personId, now)) return true;
  const callers = await listCheckedPersons(db, ctx, actor, now);
  if (callers.length === 0 || (await isCapableAdult(db, ctx, personId, now))) return false;
  return (await queryOne(db, selectHeldFor, [ctx.insurer, personId, callers])) !== undefined;
}
/** Filed on the hotline for a guardian: whoever shares the policy then acts for the one who cannot act herself. */
const isGuardianByPhone = async (db: Db, ctx: Ctx, personId: string, row: CaseRow): Promise<boolean> =>
  row.channel === 'hotline' &&
  row.applicantRelation === 'guardian' &&
  (await findRoleOnPolicy(db, ctx, row.policyId, personId)) !== undefined;

/** May one person act for another in this matter: by her delegation, or as the guardian of one who cannot act herself. */
export async function mayActFor(
  db: Db,
  ctx: Ctx,
  actingId: string,
  personId: string,
  matter: string,
  now: Date,
  isApplicant: boolean,
): Promise<boolean> {
  if (actingId === personId) return true;
  if (await findDelegation(db, ctx, { fromPerson: personId, toPerson: actingId, matter, day: dayOf(now) })) return true;
  return isApplicant && !(await isCapableAdult(db, ctx, personId, now));
}

/** 18 or older on the day, and of full capacity. */
export async function isCapableAdult(db: Db, ctx: Ctx, personId: string, now: Date): Promise<boolean> {
  const person = await getPerson(db, ctx, personId);
  const { fullCapacity } = await getPersonState(db, ctx, personId, now);
  return fullCapacity && !isMinor(person.bornOn, dayOf(now));
}

/** The case and the caller's role on it, to read or change it. @throws Problem not-found, minor-approval-needed */
export async function getVisibleCase(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{ row: CaseRow; role: CaseRole }> {
  const found = await getVisibleRow(db, ctx, actor, id, now);
  await assertMinorOpen(db, ctx, actor, { personId: found.row.personId, caseId: id }, now);
  return found;
}

/** Like `getVisibleCase`, for what is said of a minor's case before her file is open. @throws Problem not-found */
export async function getVisibleRow(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{ row: CaseRow; role: CaseRole }> {
  const found = await findVisibleRow(db, ctx, actor, id, now);
  if (!found) throw new Problem('not-found');
  return found;
}
/** The same; undefined where the case does not exist for the caller. */
export async function findVisibleRow(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{ row: CaseRow; role: CaseRole } | undefined> {
  const row = await findCase(db, ctx, id);
  const role = row && (await findCaseRole(db, ctx, actor, row, now));
  return row && role && { row, role };
}

/** For live updates: may this session know that the case changed? */
export async function maySeeCase(ctx: Ctx, actor: Actor, caseId: string): Promise<boolean> {
  const row = await findCase(ctx.pool, ctx, caseId);
  return (
    row !== undefined && (await findCaseRole(ctx.pool, ctx, actor, row, await ctx.clock.now(ctx.pool))) !== undefined
  );
}
