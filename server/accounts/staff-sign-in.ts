import {
  PASSWORD_FAILURES,
  PASSWORD_SECONDS,
  SIGN_INS_PER_ADDRESS,
  TEMPORARY_PASSWORD_SECONDS,
} from '#domain/accounts/limits.ts';
import { checkPassword, explainPasswordFault } from '#domain/accounts/password-rules.ts';
import { recordAudit } from '#server/audit/record.ts';
import { machineNow } from '#server/platform/clock.ts';
import { type Actor, type Ctx, SYSTEM } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { type Language, Problem } from '#server/platform/problem.ts';
import { emailHashes, openSecrets } from './accounts.ts';
import { hashPassword, matchesPassword } from './password.ts';
import { type AccountRow, findAccountByEmail, markSignedIn, storePassword } from './queries.ts';
import { bucketOf, countTry, forgetTries, refuseWhenFull, takeTry } from './rate-limits.ts';
import { endSessionOfToken, endSessionsOf, openSession } from './sessions.ts';
import { confirmTotp, startTotp, takeTotp } from './totp.ts';

export type PasswordInput = {
  email: string;
  password: string;
  totp?: string | undefined;
  /** Given: the password is replaced by this one before signing in. */
  newPassword?: string | undefined;
  /** Address of the caller, for limits. */
  address: string;
  /** The session the browser still carries; ended on success. */
  carried?: string | undefined;
};

/** Signed in, or the step that is still missing. */
export type SignInStep =
  | { token: string; actor: Actor }
  | { needs: 'identity' | 'totp' | 'totp-setup'; otpauth?: string; attemptsLeft?: number };

type Outcome = SignInStep | Problem;

/**
 * Signs staff or a provider in by e-mail, password and second factor (in production set up at the first sign-in).
 * An unknown e-mail, a locked or left account and a wrong password are answered alike and take alike long:
 * `wrong-credentials`; after five failures `too-many-requests` for half an hour. `new-password-needed` when the
 * password was set by an administrator or is older than 90 days.
 */
export async function signInWithPassword(ctx: Ctx, input: PasswordInput, lang: Language): Promise<SignInStep> {
  const machine = machineNow();
  const bucket = passwordBucket(ctx, input.email);
  const hashes = emailHashes(ctx, input.email);
  const stored = await inTransaction(ctx.pool, async (db) => {
    await takeTry(db, ctx, bucketOf(ctx, 'address', input.address), SIGN_INS_PER_ADDRESS, machine);
    await refuseWhenFull(db, ctx, bucket, PASSWORD_FAILURES, machine);
    return await findAccountByEmail(db, ctx.insurer, hashes);
  });
  // Between the two transactions: scrypt takes 0.2 s, and no row stays locked meanwhile.
  const matches = await matchesPassword(input.password, stored?.passwordHash ?? null);
  const newHash = input.newPassword === undefined || !matches ? undefined : await hashPassword(input.newPassword);

  const outcome = await inTransaction(ctx.pool, async (db): Promise<Outcome> => {
    // The row is locked first: guesses sent at once are counted one after the other.
    const account = await findAccountByEmail(db, ctx.insurer, hashes);
    await refuseWhenFull(db, ctx, bucket, PASSWORD_FAILURES, machine);
    const good = matches && account?.state === 'active' && account.passwordHash === stored?.passwordHash;
    if (!good || passwordGone(account, machine)) return await refuse(db, ctx, account, bucket, machine);
    return await continueSignIn(db, ctx, account, { ...input, newHash }, lang, machine);
  });
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

async function continueSignIn(
  db: Db,
  ctx: Ctx,
  account: AccountRow,
  input: PasswordInput & { newHash: string | undefined },
  lang: Language,
  machine: Date,
): Promise<Outcome> {
  const bucket = passwordBucket(ctx, input.email);
  const { name, email } = await openSecrets(db, ctx, account);
  if (input.newPassword === undefined && passwordStale(account, machine)) return new Problem('new-password-needed');
  if (input.newPassword !== undefined) {
    const faults = checkPassword(input.newPassword, { email: email ?? '', name: name ?? '' });
    if (input.newPassword === input.password) faults.push('too-common');
    if (faults.length > 0) {
      const errors = faults.map((fault) => ({ pointer: '/newPassword', detail: explainPasswordFault(fault, lang) }));
      return new Problem('not-acceptable', { errors, pointer: '/newPassword' });
    }
  }

  const missing = await secondFactor(db, ctx, account, input.totp, email ?? '', machine, bucket);
  if (missing && !(missing instanceof Problem) && missing.needs === 'totp-setup' && input.newHash !== undefined) {
    // The new password counts already, so that setting up the second factor goes on with it.
    await storePassword(db, ctx.insurer, account.id, { hash: input.newHash, setAt: machine, temporary: false });
  }
  if (missing) return missing;

  const now = await ctx.clock.now(db);
  const actor = actorOf(account, name ?? '');
  if (input.newHash !== undefined) {
    await storePassword(db, ctx.insurer, account.id, { hash: input.newHash, setAt: machine, temporary: false });
    await endSessionsOf(db, ctx, account.id, machine);
    await recordAudit(db, ctx, { actor, action: 'account.password-changed', subject: `account:${account.id}`, now });
  }
  if (input.carried !== undefined) await endSessionOfToken(db, ctx, input.carried, machine);
  await forgetTries(db, ctx, bucket);
  await markSignedIn(db, ctx.insurer, account.id, machine);
  const token = await openSession(db, ctx, account, account.roles[0]!, machine);
  await recordAudit(db, ctx, {
    actor,
    action: 'session.started',
    subject: `account:${account.id}`,
    details: { by: 'password' },
    now,
  });
  return { token, actor };
}

/** Nothing when the second factor was given, or is not asked (sandbox, none set up); else what is missing. */
async function secondFactor(
  db: Db,
  ctx: Ctx,
  account: AccountRow,
  code: string | undefined,
  label: string,
  machine: Date,
  bucket: string,
): Promise<Exclude<Outcome, { token: string }> | undefined> {
  if (account.totp === null && ctx.config.mode === 'sandbox') return undefined;
  if (account.totp === null && code === undefined) {
    return { needs: 'totp-setup', otpauth: await startTotp(db, ctx, account, label) };
  }
  if (code === undefined) return { needs: 'totp' };
  const good =
    account.totp === null ? await confirmTotp(db, ctx, account, code) : await takeTotp(db, ctx, account, code);
  if (good) return undefined;
  const { count } = await countTry(db, ctx, bucket, PASSWORD_FAILURES, machine);
  await recordFailure(db, ctx, account, 'totp');
  const attemptsLeft = Math.max(0, PASSWORD_FAILURES.count - count);
  return { needs: account.totp === null ? 'totp-setup' : 'totp', attemptsLeft };
}

async function refuse(
  db: Db,
  ctx: Ctx,
  account: AccountRow | undefined,
  bucket: string,
  machine: Date,
): Promise<Problem> {
  const { count } = await countTry(db, ctx, bucket, PASSWORD_FAILURES, machine);
  await recordFailure(db, ctx, account, count >= PASSWORD_FAILURES.count ? 'locked' : 'password');
  return new Problem('wrong-credentials', { extra: { attemptsLeft: Math.max(0, PASSWORD_FAILURES.count - count) } });
}

async function recordFailure(db: Db, ctx: Ctx, account: AccountRow | undefined, why: string): Promise<void> {
  const now = await ctx.clock.now(db);
  const actor = account ? actorOf(account, '') : SYSTEM;
  // An unknown e-mail is audited too, without the e-mail.
  await recordAudit(db, ctx, {
    actor,
    action: 'session.failed',
    subject: `account:${account?.id ?? 'unknown'}`,
    details: { why },
    now,
  });
}

/** The bucket in which the failures of an e-mail are counted, known or not. */
export function passwordBucket(ctx: Ctx, email: string): string {
  return bucketOf(ctx, 'password', email.normalize('NFKC').trim().toLowerCase());
}

function actorOf(account: AccountRow, name: string): Actor {
  const { id, roles, personId, provider } = account;
  return { accountId: id, role: roles[0]!, roles, personId, provider, name };
}

const ageSeconds = (account: AccountRow, machine: Date): number =>
  account.passwordSetAt === null ? 0 : (machine.getTime() - account.passwordSetAt.getTime()) / 1000;

function passwordStale(account: AccountRow, machine: Date): boolean {
  return account.passwordTemporary || ageSeconds(account, machine) > PASSWORD_SECONDS;
}
function passwordGone(account: AccountRow, machine: Date): boolean {
  return account.passwordTemporary && ageSeconds(account, machine) > TEMPORARY_PASSWORD_SECONDS;
}
