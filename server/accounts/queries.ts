import type { Role } from '#contract/common.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

export type AccountKind = 'member' | 'staff' | 'provider';

/** An account as stored. Hashes and sealed columns are opened by accounts.ts, never here. */
export type AccountRow = {
  id: string;
  kind: AccountKind;
  personId: string | null;
  sealed: Buffer;
  emailHash: Buffer | null;
  phoneHash: Buffer | null;
  phoneProvenAt: Date | null;
  passwordHash: string | null;
  passwordSetAt: Date | null;
  passwordTemporary: boolean;
  totp: Buffer | null;
  totpPending: Buffer | null;
  totpLastStep: number | null;
  roles: Role[];
  provider: string | null;
  state: 'active' | 'locked' | 'left';
  lastSignInAt: Date | null;
};

const columns = `id, kind, person_id as "personId", sealed, email_hash as "emailHash", phone_hash as "phoneHash",
  phone_proven_at as "phoneProvenAt", password_hash as "passwordHash", password_set_at as "passwordSetAt",
  password_temporary as "passwordTemporary", totp, totp_pending as "totpPending", totp_last_step as "totpLastStep",
  roles, provider, state, last_sign_in_at as "lastSignInAt"`;

const byId = sql<AccountRow>('accounts.byId', `select ${columns} from accounts where insurer = $1 and id = $2`);
const byIdForUpdate = sql<AccountRow>(
  'accounts.byIdForUpdate',
  `select ${columns} from accounts where insurer = $1 and id = $2 for update`,
);
const byEmail = sql<AccountRow>(
  'accounts.byEmail',
  `select ${columns} from accounts where insurer = $1 and email_hash = any($2) for update`,
);
const byPerson = sql<AccountRow>(
  'accounts.byPerson',
  `select ${columns} from accounts where insurer = $1 and person_id = $2 for update`,
);
const byPhone = sql<AccountRow>(
  'accounts.byPhone',
  `select ${columns} from accounts where insurer = $1 and kind = 'member' and phone_hash = any($2)
      and not exists (select 1 from person_facts f
                       where f.insurer = accounts.insurer and f.person_id = accounts.person_id and f.kind = 'death')
    order by id for update`,
);
/** Persons whose file has the number and who have no account of their own with a number yet. */
const personsByPhone = sql<{ personId: string }>(
  'accounts.personsByPhone',
  `select p.id as "personId" from persons p
    where p.insurer = $1 and p.phone_hash = any($2)
      and not exists (select 1 from accounts a
                       where a.insurer = p.insurer and a.person_id = p.id and a.phone_hash is not null)
      and not exists (select 1 from person_facts f
                       where f.insurer = p.insurer and f.person_id = p.id and f.kind = 'death')
    order by p.id limit 20`,
);
const insert = sql<never>(
  'accounts.insert',
  `insert into accounts (insurer, id, kind, person_id, sealed, email_hash, phone_hash, password_hash, password_set_at,
     password_temporary, roles, provider, sandbox, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

/** The account, or undefined. */
export function findAccount(db: Db, insurer: string, id: string): Promise<AccountRow | undefined> {
  return queryOne(db, byId, [insurer, id]);
}
/** The account, locked until the transaction ends; undefined when there is none. */
export function findAccountForUpdate(db: Db, insurer: string, id: string): Promise<AccountRow | undefined> {
  return queryOne(db, byIdForUpdate, [insurer, id]);
}
/** The account of an e-mail, given by its hashes under every key of the ring; locked. */
export function findAccountByEmail(db: Db, insurer: string, hashes: Buffer[]): Promise<AccountRow | undefined> {
  return queryOne(db, byEmail, [insurer, hashes]);
}
/** A person's member account; locked. */
export function findAccountOfPerson(db: Db, insurer: string, personId: string): Promise<AccountRow | undefined> {
  return queryOne(db, byPerson, [insurer, personId]);
}
/** Member accounts that sign in with a number; locked. A death on record ends signing in: the number may be an heir's now. */
export function listAccountsByPhone(db: Db, insurer: string, hashes: Buffer[]): Promise<AccountRow[]> {
  return query(db, byPhone, [insurer, hashes]);
}
/** Persons with this number on file who never bound an account to a number. */
export async function listUnboundPersons(db: Db, insurer: string, hashes: Buffer[]): Promise<string[]> {
  return (await query(db, personsByPhone, [insurer, hashes])).map((row) => row.personId);
}

export type NewAccountRow = {
  id: string;
  kind: AccountKind;
  personId: string | null;
  sealed: Buffer;
  emailHash: Buffer | null;
  phoneHash: Buffer | null;
  passwordHash: string | null;
  passwordTemporary: boolean;
  roles: readonly Role[];
  provider: string | null;
  sandbox: { key: string; situation: string; group: string } | null;
  createdAt: Date;
};

/** Inserts an account; 23505 when e-mail or person already has one. */
export async function insertAccount(db: Db, insurer: string, row: NewAccountRow): Promise<void> {
  await query(db, insert, [
    insurer,
    row.id,
    row.kind,
    row.personId,
    row.sealed,
    row.emailHash,
    row.phoneHash,
    row.passwordHash,
    row.passwordHash === null ? null : row.createdAt,
    row.passwordTemporary,
    row.roles,
    row.provider,
    row.sandbox === null ? null : JSON.stringify(row.sandbox),
    row.createdAt,
  ]);
}

const setSignedIn = sql<never>(
  'accounts.setSignedIn',
  `update accounts set last_sign_in_at = $3 where insurer = $1 and id = $2`,
);
const setPhone = sql<never>(
  'accounts.setPhone',
  `update accounts set phone_hash = $3, sealed = $4, phone_proven_at = $5 where insurer = $1 and id = $2`,
);
const setPassword = sql<never>(
  'accounts.setPassword',
  `update accounts set password_hash = $3, password_set_at = $4, password_temporary = $5 where insurer = $1 and id = $2`,
);
const setTotpPending = sql<never>(
  'accounts.setTotpPending',
  `update accounts set totp_pending = $3 where insurer = $1 and id = $2`,
);
const setTotp = sql<never>(
  'accounts.setTotp',
  `update accounts set totp = $3, totp_pending = null, totp_last_step = $4 where insurer = $1 and id = $2`,
);
const setRoles = sql<never>('accounts.setRoles', `update accounts set roles = $3 where insurer = $1 and id = $2`);
const setState = sql<never>('accounts.setState', `update accounts set state = $3 where insurer = $1 and id = $2`);

export async function markSignedIn(db: Db, insurer: string, id: string, machine: Date): Promise<void> {
  await query(db, setSignedIn, [insurer, id, machine]);
}
export type PhoneBinding = { phoneHash: Buffer | null; sealed: Buffer; provenAt: Date | null };
/** Binds a number; `provenAt` null asks the identity step at the next sign-in. */
export async function bindPhone(db: Db, insurer: string, id: string, binding: PhoneBinding): Promise<void> {
  await query(db, setPhone, [insurer, id, binding.phoneHash, binding.sealed, binding.provenAt]);
}
export type StoredPassword = { hash: string; setAt: Date; temporary: boolean };
export async function storePassword(db: Db, insurer: string, id: string, password: StoredPassword): Promise<void> {
  await query(db, setPassword, [insurer, id, password.hash, password.setAt, password.temporary]);
}
export async function storePendingTotp(db: Db, insurer: string, id: string, sealed: Buffer | null): Promise<void> {
  await query(db, setTotpPending, [insurer, id, sealed]);
}
/** Confirms a second factor, or with `null` takes it away; `lastStep` is the time step of the last code taken. */
export async function storeTotp(
  db: Db,
  insurer: string,
  id: string,
  sealed: Buffer | null,
  lastStep: number | null,
): Promise<void> {
  await query(db, setTotp, [insurer, id, sealed, lastStep]);
}
export async function storeRoles(db: Db, insurer: string, id: string, roles: readonly Role[]): Promise<void> {
  await query(db, setRoles, [insurer, id, roles]);
}
export async function storeState(db: Db, insurer: string, id: string, state: AccountRow['state']): Promise<void> {
  await query(db, setState, [insurer, id, state]);
}
