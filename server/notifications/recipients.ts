/** Who reads a message: persons in their inbox, staff at their desk. */
import { getPersonState } from '#server/persons/facts.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import type { OutboxRow } from './outbox-queries.ts';

/** Whose inbox: a person's (sealed under the person's key) or a staff account's. */
export type Owner = { kind: 'person' | 'account'; id: string };
type Keys = Pick<Ctx, 'insurer'>;

const byAccount = sql<{ id: string; personId: string | null }>(
  'recipients.account',
  `select id, person_id as "personId" from accounts where insurer = $1 and id = $2 and state <> 'left'`,
);
const byProvider = sql<{ id: string }>(
  'recipients.provider',
  `select id from accounts where insurer = $1 and kind = 'provider' and provider = $2 and state = 'active' order by id limit 500`,
);
const byRole = sql<{ id: string }>(
  'recipients.role',
  `select id from accounts where insurer = $1 and kind = 'staff' and $2 = any(roles) and state = 'active' order by id limit 500`,
);
const hasKey = sql<{ n: number }>(
  'recipients.hasKey',
  'select 1 as n from person_keys where insurer = $1 and person_id = $2',
);

/** Everyone the message is for; empty for a person who has died or was erased, and for an account that left. */
export async function listOwners(db: Db, ctx: Keys, message: OutboxRow, now: Date): Promise<Owner[]> {
  if (message.provider !== null) return asAccounts(await query(db, byProvider, [ctx.insurer, message.provider]));
  if (message.role !== null) return asAccounts(await query(db, byRole, [ctx.insurer, message.role]));
  const account =
    message.accountId === null ? undefined : await queryOne(db, byAccount, [ctx.insurer, message.accountId]);
  if (account && account.personId === null) return asAccounts([account]);
  const personId = message.personId ?? account?.personId;
  return personId && (await mayBeTold(db, ctx, personId, now)) ? [{ kind: 'person', id: personId }] : [];
}

/** No message reaches a person who has died, nor one whose data was erased. */
export async function mayBeTold(db: Db, ctx: Keys, personId: string, now: Date): Promise<boolean> {
  if ((await getPersonState(db, ctx, personId, now)).diedAt !== null) return false;
  return (await queryOne(db, hasKey, [ctx.insurer, personId])) !== undefined;
}

const asAccounts = (rows: { id: string }[]): Owner[] => rows.map(({ id }) => ({ kind: 'account', id }));
