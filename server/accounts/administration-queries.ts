import type { Role } from '#contract/common.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import type { AccountRow } from './queries.ts';

export type ListedAccount = Pick<
  AccountRow,
  'id' | 'sealed' | 'personId' | 'roles' | 'provider' | 'state' | 'lastSignInAt'
> & {
  totp: boolean;
  sessions: number;
};

const columns = `a.id, a.sealed, a.person_id as "personId", a.roles, a.provider, a.state,
  a.last_sign_in_at as "lastSignInAt", a.totp is not null as totp,
  (select count(*)::int from sessions s
    where s.insurer = a.insurer and s.account_id = a.id and s.ended_at is null and s.expires_at > $2
      and s.last_seen_at + make_interval(secs => s.idle_seconds) > $2) as sessions`;

const listWorking = sql<ListedAccount>(
  'administration.list',
  `select ${columns} from accounts a
    where a.insurer = $1 and a.kind <> 'member' and ($3::uuid is null or a.id > $3) order by a.id limit $4`,
);
const oneWorking = sql<ListedAccount>(
  'administration.one',
  `select ${columns} from accounts a where a.insurer = $1 and a.kind <> 'member' and a.id = $3`,
);
const withRole = sql<Pick<AccountRow, 'id' | 'sealed' | 'personId'>>(
  'administration.withRole',
  `select id, sealed, person_id as "personId" from accounts
    where insurer = $1 and kind <> 'member' and state = 'active' and $2 = any(roles) order by id limit 500`,
);
const byIds = sql<Pick<AccountRow, 'id' | 'sealed' | 'personId'>>(
  'administration.byIds',
  `select id, sealed, person_id as "personId" from accounts where insurer = $1 and id = any($2)`,
);

/** Accounts of staff and providers by id, after `cursor`. Machine time decides which sessions are alive. */
export function listWorkingAccounts(
  db: Db,
  insurer: string,
  page: { machine: Date; cursor: string | null; limit: number },
): Promise<ListedAccount[]> {
  return query(db, listWorking, [insurer, page.machine, page.cursor, page.limit]);
}
export async function findWorkingAccount(
  db: Db,
  insurer: string,
  id: string,
  machine: Date,
): Promise<ListedAccount | undefined> {
  return (await query(db, oneWorking, [insurer, machine, id]))[0];
}
/** Active staff or provider accounts that hold a role. */
export function listAccountsWithRole(db: Db, insurer: string, role: Role) {
  return query(db, withRole, [insurer, role]);
}
export function listAccountsById(db: Db, insurer: string, ids: readonly string[]) {
  return query(db, byIds, [insurer, ids]);
}
