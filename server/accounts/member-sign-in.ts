import {
  CODES_PER_ADDRESS,
  CODES_PER_NUMBER,
  IDENTITY_TRIES,
  SIGN_INS_PER_ADDRESS,
  UNUSED_SECONDS,
} from '#domain/accounts/limits.ts';
import { type AuditDetails, recordAudit } from '#server/audit/record.ts';
import { getPerson } from '#server/persons/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { normaliseIdNumber, normalisePhone } from '#server/platform/crypto.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { phoneHashes } from './accounts.ts';
import { deliverCodes, type MadeCode, makeCode, spendCode, tryCode } from './codes.ts';
import { isKnownDevice } from './devices.ts';
import { bindAccount, memberActor, openMemberSession } from './member-session.ts';
import { type AccountRow, listAccountsByPhone, listUnboundPersons } from './queries.ts';
import { bucketOf, countTry, forgetTries, refuseWhenFull, takeTry } from './rate-limits.ts';
import type { SignInStep } from './staff-sign-in.ts';

/**
 * Sends a one-time code to a number, if we know it. Known and unknown numbers run the same statements and get the same
 * answer. `too-many-requests` after five codes an hour for a number, known or not.
 */
export async function askSignInCode(
  ctx: Ctx,
  input: { phone: string; address: string; purpose?: 'wechat' },
): Promise<void> {
  const machine = machineNow();
  const phone = readPhone(input.phone);
  const purpose = input.purpose ?? 'sign-in';
  const made = await inTransaction(ctx.pool, async (db): Promise<{ code: MadeCode; known: boolean }> => {
    await takeTry(db, ctx, bucketOf(ctx, 'codes-address', input.address), CODES_PER_ADDRESS, machine);
    await takeTry(db, ctx, bucketOf(ctx, 'codes-number', phone), CODES_PER_NUMBER, machine);
    const accounts = await listAccountsByPhone(db, ctx.insurer, phoneHashes(ctx, phone));
    const persons = await listUnboundPersons(db, ctx.insurer, phoneHashes(ctx, phone));
    const code = await makeCode(db, ctx, { purpose, phone, subject: null }, machine);
    return { code, known: accounts.length + persons.length > 0 };
  });
  if (made.known) deliverCodes(ctx, [made.code], purpose);
}

export type CodeInput = {
  phone: string;
  code: string;
  idLastSix?: string | undefined;
  bornOn?: string | undefined;
  address: string;
  /** Token of the device cookie; undefined on a device we never saw. */
  device?: string | undefined;
  /** The session the browser still carries; ended on success. */
  carried?: string | undefined;
};

/**
 * Signs a member in by the code sent to her number. On the first sign-in on a number, on a new device, after 90 days
 * unused, and where several persons share the number, the last six of the ID and the birth date are asked too: they
 * choose the person, five tries a day for a number. `newDevice` is the token to remember a device by that had none.
 */
export async function signInWithCode(ctx: Ctx, input: CodeInput, newDevice: string): Promise<SignInStep> {
  const machine = machineNow();
  const phone = readPhone(input.phone);
  const outcome = await inTransaction(ctx.pool, async (db): Promise<SignInStep | Problem> => {
    await takeTry(db, ctx, bucketOf(ctx, 'address', input.address), SIGN_INS_PER_ADDRESS, machine);
    const tried = await tryCode(db, ctx, { purpose: 'sign-in', phone, subject: null, code: input.code }, machine);
    if (!tried.right) return new Problem('wrong-credentials', { extra: { attemptsLeft: tried.attemptsLeft } });

    const chosen = await choosePerson(db, ctx, phone, input, machine);
    if (!('personId' in chosen)) return chosen;
    await spendCode(db, ctx, tried.id, machine);
    const account = await bindAccount(db, ctx, chosen.personId, phone, machine);
    if (account.state !== 'active') return new Problem('wrong-credentials', { extra: { attemptsLeft: 0 } });
    const by = chosen.proven ? 'code-and-identity' : 'code';
    return await openMemberSession(db, ctx, account, { ...input, newDevice, by, key: tried.id }, machine);
  });
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

type Chosen = { personId: string; proven: boolean };

/** Whose sign-in it is; or the identity step, when that is still needed or was answered wrongly. */
async function choosePerson(
  db: Db,
  ctx: Ctx,
  phone: string,
  input: CodeInput,
  machine: Date,
): Promise<Chosen | SignInStep> {
  const accounts = await listAccountsByPhone(db, ctx.insurer, phoneHashes(ctx, phone));
  const unbound = await listUnboundPersons(db, ctx.insurer, phoneHashes(ctx, phone));
  const only = accounts.length === 1 && unbound.length === 0 ? accounts[0]! : undefined;
  if (only && (await isTrusted(db, ctx, only, input.device, machine))) {
    return { personId: only.personId!, proven: false };
  }

  const bucket = bucketOf(ctx, 'identity', phone);
  await refuseWhenFull(db, ctx, bucket, IDENTITY_TRIES, machine);
  const { idLastSix, bornOn } = input;
  if (idLastSix === undefined || bornOn === undefined) return { needs: 'identity' };

  const candidates = [...accounts.map((account) => account.personId!), ...unbound];
  for (const personId of candidates) {
    const person = await getPerson(db, ctx, personId);
    const sameId = normaliseIdNumber(person.idNumber).slice(-6) === normaliseIdNumber(idLastSix);
    if (sameId && person.bornOn === bornOn) {
      await forgetTries(db, ctx, bucket);
      return { personId, proven: true };
    }
  }
  const { count } = await countTry(db, ctx, bucket, IDENTITY_TRIES, machine);
  const now = await ctx.clock.now(db);
  for (const account of accounts) {
    const details: AuditDetails = { why: 'identity' };
    await recordAudit(db, ctx, {
      actor: memberActor(account),
      action: 'session.failed',
      subject: `account:${account.id}`,
      details,
      now,
    });
  }
  return { needs: 'identity', attemptsLeft: Math.max(0, IDENTITY_TRIES.count - count) };
}

/** No identity step: proven on this number before, used within 90 days, on a device that passed it. */
async function isTrusted(
  db: Db,
  ctx: Ctx,
  account: AccountRow,
  device: string | undefined,
  machine: Date,
): Promise<boolean> {
  if (account.phoneProvenAt === null || account.lastSignInAt === null || device === undefined) return false;
  if (machine.getTime() - account.lastSignInAt.getTime() > UNUSED_SECONDS * 1000) return false;
  return await isKnownDevice(db, ctx, account.id, device);
}

/** The number in its normal form; `invalid-request` when it holds too few digits to be one. */
export function readPhone(text: string): string {
  const phone = normalisePhone(text);
  if (phone.length < 5)
    throw new Problem('invalid-request', {
      pointer: '/phone',
      detail: { zh: '请填写完整的手机号码。', en: 'Enter the whole telephone number.' },
    });
  return phone;
}
