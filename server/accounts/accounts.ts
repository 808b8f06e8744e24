import type { Role } from '#contract/common.ts';
import { openFor, openInsurer, sealFor, sealInsurer } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { keyedHash, keyedHashes, normalisePhone } from '#server/platform/crypto.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { hashPassword } from './password.ts';
import { type AccountKind, type AccountRow, insertAccount } from './queries.ts';

/** What only the owner's key opens. A member's name is her person's and is not kept twice. */
export type AccountSecrets = { name: string | null; email: string | null; phone: string | null };

export type AccountInput = {
  kind: AccountKind;
  /** Members: whose account it is. */
  personId?: string;
  /** Staff and providers. */
  name?: string;
  email?: string;
  /** Members: the number they sign in with. */
  phone?: string;
  /** Staff and providers; without one the account opens only in the sandbox, or after an administrator set one. */
  password?: string;
  /** A password set by somebody else: good only for choosing another. */
  passwordTemporary?: boolean;
  roles: readonly Role[];
  provider?: string;
  /** A demonstration account, listed at GET /api/sandbox/accounts; refused outside the sandbox. */
  sandbox?: { key: string; situation: string; group: string };
};

/**
 * Makes an account and returns its id. `machine` is machine time. Throws when e-mail or person already has one
 * (23505) and on `sandbox` in production. Writes no audit: the caller knows who did it and why.
 */
export async function createAccount(db: Db, ctx: Ctx, input: AccountInput, machine: Date): Promise<string> {
  if (input.sandbox && ctx.config.mode !== 'sandbox')
    throw new Error('Demonstration accounts exist only in a sandbox.');
  const id = uuidv7();
  const secrets: AccountSecrets = {
    name: input.kind === 'member' ? null : (input.name ?? null),
    email: input.email ?? null,
    phone: input.phone === undefined ? null : normalisePhone(input.phone),
  };
  await insertAccount(db, ctx.insurer, {
    id,
    kind: input.kind,
    personId: input.personId ?? null,
    sealed: await sealSecrets(db, ctx, { id, personId: input.personId ?? null }, secrets),
    emailHash: input.email === undefined ? null : emailHashes(ctx, input.email)[0]!,
    phoneHash: input.phone === undefined ? null : phoneHash(ctx, input.phone),
    passwordHash: input.password === undefined ? null : await hashPassword(input.password),
    passwordTemporary: input.passwordTemporary ?? false,
    roles: input.roles,
    provider: input.provider ?? null,
    sandbox: input.sandbox ?? null,
    createdAt: machine,
  });
  return id;
}

type Owner = Pick<AccountRow, 'id' | 'personId'>;

/** Seals under the person's key for members, else under the insurer's. */
export async function sealSecrets(db: Db, ctx: Ctx, owner: Owner, secrets: AccountSecrets): Promise<Buffer> {
  return owner.personId === null
    ? sealInsurer(ctx, 'accounts', owner.id, secrets)
    : await sealFor(db, ctx, owner.personId, 'accounts', owner.id, secrets);
}

/** Throws CannotOpen when the person was erased. */
export async function openSecrets(db: Db, ctx: Ctx, row: Owner & { sealed: Buffer }): Promise<AccountSecrets> {
  return (
    row.personId === null
      ? openInsurer(ctx, 'accounts', row.id, row.sealed)
      : await openFor(db, ctx, row.personId, 'accounts', row.id, row.sealed)
  ) as AccountSecrets;
}

/** Hashes of an e-mail under every key of the ring, the current one first. */
export function emailHashes(ctx: Ctx, email: string): Buffer[] {
  return keyedHashes(ctx.keyRing, ctx.insurer, 'email', email.normalize('NFKC').trim().toLowerCase());
}

/** Purpose of the keyed hash of a telephone: the same as of `persons.phone_hash`, so that one finds the other. */
const phonePurpose = 'person-phone';

export function phoneHash(ctx: Ctx, phone: string): Buffer {
  return keyedHash(ctx.keyRing, ctx.insurer, phonePurpose, normalisePhone(phone));
}
/** Hashes of a number under every key of the ring, the current one first. */
export function phoneHashes(ctx: Ctx, phone: string): Buffer[] {
  return keyedHashes(ctx.keyRing, ctx.insurer, phonePurpose, normalisePhone(phone));
}
