/** Who reads a message: persons in their inbox, staff at their desk. */
import { worksOn } from '#domain/journeys/journey.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import { findCaseRole } from '#server/cases/access.ts';
import { findCase } from '#server/cases/queries.ts';
import { getPersonState } from '#server/persons/facts.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import type { OutboxRow } from './outbox-queries.ts';

/** Whose inbox. `about`: the person whose key seals what a person is told; it is the case's, who may be another. */
export type Owner = { kind: 'person'; id: string; about: string } | { kind: 'account'; id: string; about: null };
type Keys = Pick<Ctx, 'insurer'>;

const byAccount = sql<{ id: string; personId: string | null }>(
  'recipients.account',
  `select id, person_id as "personId" from accounts where insurer = $1 and id = $2 and state <> 'left'`,
);
const byProvider = sql<{ id: string; roles: string[] }>(
  'recipients.provider',
  `select id, roles from accounts where insurer = $1 and kind = 'provider' and provider = $2 and state = 'active' order by id limit 500`,
);
const byRole = sql<{ id: string }>(
  'recipients.role',
  `select id from accounts where insurer = $1 and kind = 'staff' and $2 = any(roles) and state = 'active' order by id limit 500`,
);
const hasKey = sql<{ n: number }>(
  'recipients.hasKey',
  'select 1 as n from person_keys where insurer = $1 and person_id = $2',
);

/** Everyone the message is for; empty for a person who has died or was erased, and for an account that left or may not see the case. */
export async function listOwners(db: Db, ctx: Ctx, message: OutboxRow, now: Date): Promise<Owner[]> {
  if (message.provider !== null) return asAccounts(await listStaffOf(db, ctx, message.provider, message.caseId));
  if (message.role !== null) return asAccounts(await query(db, byRole, [ctx.insurer, message.role]));
  const account =
    message.accountId === null ? undefined : await queryOne(db, byAccount, [ctx.insurer, message.accountId]);
  if (account && account.personId === null) return asAccounts([account]);
  const personId = message.personId ?? account?.personId;
  if (!personId || !(await mayBeTold(db, ctx, personId, now))) return [];
  const about = await findSubject(db, ctx, message, personId, now);
  return about ? [{ kind: 'person', id: personId, about }] : [];
}

/** Of a company whose staff serve several services, those who have something to do in this kind of case. */
async function listStaffOf(db: Db, ctx: Ctx, provider: string, caseId: string | null): Promise<{ id: string }[]> {
  const staff = await query(db, byProvider, [ctx.insurer, provider]);
  const row = caseId === null ? undefined : await findCase(db, ctx, caseId);
  if (!row) return staff;
  const journey = getJourney(row.kind, row.chartVersion);
  return staff.filter(({ roles }) => roles.some((role) => worksOn(journey, role, row.act)));
}

/**
 * The person the message speaks of. Of another's case an applicant hears only while she may see it (contract 3):
 * undefined once a delegation is over.
 */
async function findSubject(
  db: Db,
  ctx: Ctx,
  message: OutboxRow,
  personId: string,
  now: Date,
): Promise<string | undefined> {
  const row = message.caseId === null ? undefined : await findCase(db, ctx, message.caseId);
  if (!row || row.personId === personId) return personId;
  const actor = {
    accountId: message.accountId,
    role: 'member',
    roles: ['member'],
    personId,
    provider: null,
    name: '',
  } as const;
  return (await findCaseRole(db, ctx, actor, row, now)) ? row.personId : undefined;
}

/** No message reaches a person who has died, nor one whose data was erased. */
export async function mayBeTold(db: Db, ctx: Keys, personId: string, now: Date): Promise<boolean> {
  if ((await getPersonState(db, ctx, personId, now)).diedAt !== null) return false;
  return (await queryOne(db, hasKey, [ctx.insurer, personId])) !== undefined;
}

const asAccounts = (rows: { id: string }[]): Owner[] => rows.map(({ id }) => ({ kind: 'account', id, about: null }));
