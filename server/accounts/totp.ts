import { generateSecret, generateURI, verify } from 'otplib';
import { openInsurer, sealInsurer } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { type AccountRow, storePendingTotp, storeTotp } from './queries.ts';

/** Seconds by which the other clock may be off. */
const tolerance = 30;

/** Makes a new secret, keeps it as pending, and returns the otpauth: address that the authenticator app scans. */
export async function startTotp(db: Db, ctx: Ctx, account: AccountRow, label: string): Promise<string> {
  const secret = generateSecret();
  await storePendingTotp(db, ctx.insurer, account.id, sealInsurer(ctx, 'accounts.totp', account.id, secret));
  return generateURI({ issuer: 'Yilu', label, secret });
}

/** Takes the first code of a pending secret, which then becomes the second factor. False: wrong code, or none pending. */
export async function confirmTotp(db: Db, ctx: Ctx, account: AccountRow, code: string): Promise<boolean> {
  if (account.totpPending === null) return false;
  const step = await findStep(openSecret(ctx, account.id, account.totpPending), code, null);
  if (step === undefined) return false;
  await storeTotp(db, ctx.insurer, account.id, account.totpPending, step);
  return true;
}

/** Takes a code of the confirmed second factor, each once. The account row must be locked by this transaction. */
export async function takeTotp(db: Db, ctx: Ctx, account: AccountRow, code: string): Promise<boolean> {
  if (account.totp === null) return false;
  const step = await findStep(openSecret(ctx, account.id, account.totp), code, account.totpLastStep);
  if (step === undefined) return false;
  await storeTotp(db, ctx.insurer, account.id, account.totp, step);
  return true;
}

/** The time step of a right code that lies after `lastStep`; undefined otherwise. */
async function findStep(secret: string, code: string, lastStep: number | null): Promise<number | undefined> {
  const found = await verify({ secret, token: code, epochTolerance: tolerance });
  if (!found.valid || !('timeStep' in found)) return undefined;
  return lastStep === null || found.timeStep > lastStep ? found.timeStep : undefined;
}

function openSecret(ctx: Ctx, accountId: string, sealed: Buffer): string {
  return openInsurer(ctx, 'accounts.totp', accountId, sealed) as string;
}
