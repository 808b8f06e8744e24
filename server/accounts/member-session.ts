/** What every way in of a member ends with: the account bound to her number, the session, and what she is told of it. */
import { type AuditDetails, recordAudit } from '#server/audit/record.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { getPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { createAccount, phoneHash, sealSecrets } from './accounts.ts';
import { isKnownDevice, rememberDevice } from './devices.ts';
import { type AccountRow, bindPhone, findAccountOfPerson, markSignedIn } from './queries.ts';
import { endSessionOfToken, openSession } from './sessions.ts';

export type Entrance = {
  by: 'code' | 'code-and-identity' | 'wechat' | 'wechat-and-identity';
  /** Token of the device cookie; undefined on a device we never saw. */
  device?: string | undefined;
  /** The token to remember such a device by. */
  newDevice: string;
  /** The session the browser still carries; ended now. */
  carried?: string | undefined;
  /** Unique a sign-in: of several tries of one, she is told once. */
  key: string;
};

/** A new session of a member's account; a device that is new to the account is told to her. Machine time. */
export async function openMemberSession(
  db: Db,
  ctx: Ctx,
  account: AccountRow,
  entrance: Entrance,
  machine: Date,
): Promise<{ token: string; actor: Actor }> {
  const { by, device, newDevice, carried } = entrance;
  const personId = account.personId!;
  const strange = device === undefined || !(await isKnownDevice(db, ctx, account.id, device));
  await rememberDevice(db, ctx, account.id, device ?? newDevice, machine);
  if (carried !== undefined) await endSessionOfToken(db, ctx, carried, machine);
  await markSignedIn(db, ctx.insurer, account.id, machine);
  const token = await openSession(db, ctx, account, 'member', machine);

  const now = await ctx.clock.now(db);
  if (strange && account.lastSignInAt !== null) {
    const key = `new-device/${entrance.key}`;
    await queueMessage(db, ctx, { template: 'sign-in-new-device', to: { personId }, urgent: true, now, key });
  }
  const actor: Actor = { ...memberActor(account), name: (await getPerson(db, ctx, personId)).name };
  const details: AuditDetails = { by };
  const subject = `account:${account.id}` as const;
  await recordAudit(db, ctx, { actor, action: 'session.started', subject, personId, details, now });
  return { token, actor };
}

/** The person's account, made at her first sign-in, bound to the number that was just proven. */
export async function bindAccount(
  db: Db,
  ctx: Ctx,
  personId: string,
  phone: string,
  machine: Date,
): Promise<AccountRow> {
  const known = await findAccountOfPerson(db, ctx.insurer, personId);
  const id =
    known?.id ?? (await createAccount(db, ctx, { kind: 'member', personId, phone, roles: ['member'] }, machine));
  if (known?.phoneProvenAt == null) {
    const sealed = await sealSecrets(db, ctx, { id, personId }, { name: null, email: null, phone });
    await bindPhone(db, ctx.insurer, id, { phoneHash: phoneHash(ctx, phone), sealed, provenAt: machine });
  }
  const bound = await findAccountOfPerson(db, ctx.insurer, personId);
  if (!bound) throw new Error(`The account of person ${personId} vanished while it was bound.`);
  return bound;
}

/** The account as actor of an audit entry; its name is looked up where it is shown. */
export function memberActor(account: AccountRow): Actor {
  const { id, roles, personId, provider } = account;
  return { accountId: id, role: 'member', roles, personId, provider, name: '' };
}
