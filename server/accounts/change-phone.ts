import { CODES_PER_NUMBER } from '#domain/accounts/limits.ts';
import { recordAudit } from '#server/audit/record.ts';
import { askApproval } from '#server/operations/ask-approval.ts';
import { changePerson, getPerson } from '#server/persons/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { endBinding } from '#server/wechat/bindings.ts';
import { openSecrets, phoneHash, sealSecrets } from './accounts.ts';
import { deliverCodes, makeCode, spendCode, tryCode } from './codes.ts';
import { forgetDevices } from './devices.ts';
import { readPhone } from './member-sign-in.ts';
import { bindPhone, findAccount, findAccountOfPerson } from './queries.ts';
import { bucketOf, takeTry } from './rate-limits.ts';
import { endSessionsOf } from './sessions.ts';

/** Sends a code to the member's old number and one to the new one: both are needed to change it. */
export async function askPhoneChange(ctx: Ctx, actor: Actor, newPhone: string): Promise<void> {
  const machine = machineNow();
  const phone = readPhone(newPhone);
  const made = await inTransaction(ctx.pool, async (db) => {
    const { accountId, old } = await getBoundPhone(db, ctx, actor);
    if (old === phone)
      throw new Problem('not-acceptable', {
        pointer: '/phone',
        detail: { zh: '新号码与现在的号码相同。', en: 'The new number is the present one.' },
      });
    await takeTry(db, ctx, bucketOf(ctx, 'codes-number', phone), CODES_PER_NUMBER, machine);
    await takeTry(db, ctx, bucketOf(ctx, 'codes-number', old), CODES_PER_NUMBER, machine);
    return [
      await makeCode(db, ctx, { purpose: 'old-phone', phone: old, subject: accountId }, machine),
      await makeCode(db, ctx, { purpose: 'new-phone', phone, subject: accountId }, machine),
    ];
  });
  deliverCodes(ctx, made, 'change-phone');
}

/** Changes the member's number with the codes of both numbers; `wrong-credentials` when one is wrong. Ends her sessions. */
export async function changePhone(
  ctx: Ctx,
  actor: Actor,
  input: { phone: string; oldCode: string; newCode: string },
): Promise<void> {
  const machine = machineNow();
  const phone = readPhone(input.phone);
  const refused = await inTransaction(ctx.pool, async (db): Promise<Problem | undefined> => {
    const { accountId, personId, old } = await getBoundPhone(db, ctx, actor);
    const ofOld = { purpose: 'old-phone', phone: old, subject: accountId, code: input.oldCode } as const;
    const ofNew = { purpose: 'new-phone', phone, subject: accountId, code: input.newCode } as const;
    const tries = [await tryCode(db, ctx, ofOld, machine), await tryCode(db, ctx, ofNew, machine)];
    for (const [index, one] of tries.entries()) {
      if (one.right) continue;
      const pointer = index === 0 ? '/oldCode' : '/newCode';
      return new Problem('wrong-credentials', { pointer, extra: { attemptsLeft: one.attemptsLeft } });
    }
    for (const one of tries) if (one.right) await spendCode(db, ctx, one.id, machine);
    await applyPhoneChange(db, ctx, actor, { personId, phone, proof: 'old-code' }, machine);
    return undefined;
  });
  if (refused) throw refused;
}

/**
 * The hotline's way when the old number is gone: an agent asks, a second person decides at /api/approvals, and then
 * calls `applyPhoneChange` with `payload`. The caller has made sure of the passed check. Returns the approval's id.
 * @throws Refused conflict while another change of this person's number waits
 */
export async function askDeskPhoneChange(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: { personId: string; phone: string; reason: string },
  now: Date,
): Promise<string> {
  const { personId, reason } = input;
  const phone = readPhone(input.phone);
  return askApproval(db, ctx, actor, {
    kind: 'change-phone',
    caseId: null,
    subject: personId,
    personId,
    reason,
    details: [{ label: 'phone', value: phone }],
    payload: { phone },
    now,
  });
}

/**
 * Writes the new number to the person's file and to her account, which then answers the identity step again at the
 * next sign-in. Ends her sessions and her WeChat binding and forgets her devices. `machine` is machine time.
 */
export async function applyPhoneChange(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  change: { personId: string; phone: string; proof: 'old-code' | 'second-person' },
  machine: Date,
): Promise<void> {
  const { personId, phone, proof } = change;
  const { id: _id, mainlandCitizen: _citizen, ...identity } = await getPerson(db, ctx, personId);
  await changePerson(db, ctx, personId, { ...identity, phone });
  const account = await findAccountOfPerson(db, ctx.insurer, personId);
  if (account) {
    const sealed = await sealSecrets(db, ctx, account, { name: null, email: null, phone });
    await bindPhone(db, ctx.insurer, account.id, { phoneHash: phoneHash(ctx, phone), sealed, provenAt: null });
    await forgetDevices(db, ctx, account.id);
    await endSessionsOf(db, ctx, account.id, machine);
  }
  const now = await ctx.clock.now(db);
  await endBinding(db, ctx, actor, personId, 'phone-changed', now);
  await recordAudit(db, ctx, {
    actor,
    action: 'phone.changed',
    subject: `person:${personId}`,
    personId,
    details: { proof },
    now,
  });
}

/** The member's account and the number it is bound to; `not-possible-now` for one that has none yet. */
async function getBoundPhone(
  db: Db,
  ctx: Ctx,
  actor: Actor,
): Promise<{ accountId: string; personId: string; old: string }> {
  const account = actor.accountId === null ? undefined : await findAccount(db, ctx.insurer, actor.accountId);
  if (!account || account.personId === null) throw new Problem('not-found');
  const { phone } = await openSecrets(db, ctx, account);
  const old = phone ?? (await getPerson(db, ctx, account.personId)).phone;
  if (old === '')
    throw new Problem('not-possible-now', {
      detail: {
        zh: '没有登记的手机号码，请致电客服更改。',
        en: 'There is no number on file: call the service desk to change it.',
      },
    });
  return { accountId: account.id, personId: account.personId, old };
}
