import type { z } from 'zod';
import type { Role } from '#contract/common.ts';
import type { AccountView, ChangeAccount, NewAccount } from '#contract/people.ts';
import { PASSWORD_FAILURES } from '#domain/accounts/limits.ts';
import { checkRoles, explainRoleFault } from '#domain/accounts/roles.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { type AuditDetails, recordAudit } from '#server/audit/record.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, sqlState } from '#server/platform/db.ts';
import { type Language, Problem } from '#server/platform/problem.ts';
import { endBinding } from '#server/wechat/bindings.ts';
import { createAccount, openSecrets } from './accounts.ts';
import { findWorkingAccount, type ListedAccount, listWorkingAccounts } from './administration-queries.ts';
import { hashPassword, makeTemporaryPassword } from './password.ts';
import {
  type AccountRow,
  findAccountForUpdate,
  storePassword,
  storePendingTotp,
  storeRoles,
  storeState,
  storeTotp,
} from './queries.ts';
import { forgetTries, fullUntil } from './rate-limits.ts';
import { endSessionsOf } from './sessions.ts';
import { passwordBucket } from './staff-sign-in.ts';

type View = z.infer<typeof AccountView>;
export type WithPassword = View & { temporaryPassword: string };

/** Staff and provider accounts, 100 at most a page; members are nobody's to list. */
export async function listAccounts(
  ctx: Ctx,
  page: { cursor: string | undefined; limit: number },
): Promise<{ items: View[]; next: string | null }> {
  const machine = machineNow();
  const { limit } = page;
  const rows = await listWorkingAccounts(ctx.pool, ctx.insurer, {
    machine,
    cursor: page.cursor ?? null,
    limit: limit + 1,
  });
  const items: View[] = [];
  for (const row of rows.slice(0, limit)) items.push(await viewAccount(ctx.pool, ctx, row, machine));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/**
 * Makes an account of staff or a provider with a password to be said once, good for three days and only for choosing
 * another. `not-acceptable` for roles that do not go together, `conflict` when the e-mail has an account.
 */
export async function addAccount(
  ctx: Ctx,
  actor: Actor,
  input: z.infer<typeof NewAccount>,
  lang: Language,
): Promise<WithPassword> {
  const provider = input.provider ?? null;
  refuseRoles(input.roles, provider, lang);
  const machine = machineNow();
  const temporaryPassword = makeTemporaryPassword();
  try {
    return await inTransaction(ctx.pool, async (db) => {
      const { name, email, roles } = input;
      const kind = provider === null ? 'staff' : 'provider';
      const common = { kind, name, email, roles, password: temporaryPassword, passwordTemporary: true } as const;
      const id = await createAccount(db, ctx, provider === null ? common : { ...common, provider }, machine);
      const details: AuditDetails = { roles: roles.join(','), provider };
      await audit(db, ctx, actor, 'account.created', id, details);
      return { ...(await getView(db, ctx, id, machine)), temporaryPassword };
    });
  } catch (error) {
    if (sqlState(error) === '23505') throw new Problem('conflict', { pointer: '/email', cause: error });
    throw error;
  }
}

/**
 * Changes roles, locks, unlocks (lockout included), marks a leaver (for good), or takes the second factor away. Every
 * change of rights ends all sessions of the account. Nobody acts on the own account.
 */
export async function changeAccount(
  ctx: Ctx,
  actor: Actor,
  id: string,
  change: z.infer<typeof ChangeAccount>,
  lang: Language,
): Promise<View> {
  return await onAccount(ctx, actor, id, async (db, account, machine) => {
    if (change.roles) {
      refuseRoles(change.roles, account.provider, lang);
      await storeRoles(db, ctx.insurer, id, change.roles);
      const details: AuditDetails = { from: account.roles.join(','), to: change.roles.join(',') };
      await audit(db, ctx, actor, 'account.roles-changed', id, details);
    }
    if (change.state) {
      await storeState(db, ctx.insurer, id, change.state);
      if (change.state === 'active') await forgetFailures(db, ctx, account);
      if (change.state === 'left' && account.personId !== null)
        await endBinding(db, ctx, actor, account.personId, 'left', await ctx.clock.now(db));
      await audit(db, ctx, actor, 'account.state-changed', id, { from: account.state, to: change.state });
    }
    if (change.resetTotp) {
      await storeTotp(db, ctx.insurer, id, null, null);
      await storePendingTotp(db, ctx.insurer, id, null);
      await audit(db, ctx, actor, 'account.totp-reset', id, {});
    }
    if (change.roles || change.resetTotp || change.state !== 'active') await endSessionsOf(db, ctx, id, machine);
    return await getView(db, ctx, id, machine);
  });
}

/** A new password to be said once, for somebody who forgot hers. Ends all sessions of the account. */
export async function resetPassword(ctx: Ctx, actor: Actor, id: string): Promise<WithPassword> {
  const temporaryPassword = makeTemporaryPassword();
  const hash = await hashPassword(temporaryPassword);
  return await onAccount(ctx, actor, id, async (db, account, machine) => {
    await storePassword(db, ctx.insurer, id, { hash, setAt: machine, temporary: true });
    await forgetFailures(db, ctx, account);
    await endSessionsOf(db, ctx, id, machine);
    await audit(db, ctx, actor, 'account.password-reset', id, {});
    return { ...(await getView(db, ctx, id, machine)), temporaryPassword };
  });
}

/** Signs an account out everywhere. */
export async function endAccountSessions(ctx: Ctx, actor: Actor, id: string): Promise<void> {
  await onAccount(ctx, actor, id, async (db, _account, machine) => {
    const ended = await endSessionsOf(db, ctx, id, machine);
    await audit(db, ctx, actor, 'account.sessions-ended', id, { ended });
  });
}

/** Locks the account and runs `work` on it: 404 for members and strangers, refused on the own account and on leavers. */
async function onAccount<T>(
  ctx: Ctx,
  actor: Actor,
  id: string,
  work: (db: Db, account: AccountRow, machine: Date) => Promise<T>,
): Promise<T> {
  return await inTransaction(ctx.pool, async (db) => {
    const account = await findAccountForUpdate(db, ctx.insurer, id);
    if (!account || account.kind === 'member') throw new Problem('not-found');
    if (account.id === actor.accountId) {
      throw new Problem('not-allowed', {
        detail: {
          zh: '不能更改自己的账号，请由另一位管理员操作。',
          en: 'Your own account is changed by another administrator.',
        },
      });
    }
    if (account.state === 'left')
      throw new Problem('not-possible-now', {
        detail: {
          zh: '离职账号不能再更改，请新建账号。',
          en: 'The account of somebody who left cannot be changed: make a new one.',
        },
      });
    return await work(db, account, machineNow());
  });
}

function refuseRoles(roles: readonly Role[], provider: string | null, lang: Language): void {
  const faults = checkRoles(roles, provider);
  if (faults.length === 0) return;
  const errors = faults.map((fault) => ({ pointer: '/roles', detail: explainRoleFault(fault, lang) }));
  throw new Problem('not-acceptable', { pointer: '/roles', errors });
}

async function forgetFailures(db: Db, ctx: Ctx, account: AccountRow): Promise<void> {
  const { email } = await openSecrets(db, ctx, account);
  if (email !== null) await forgetTries(db, ctx, passwordBucket(ctx, email));
}

async function audit(db: Db, ctx: Ctx, actor: Actor, action: string, id: string, details: AuditDetails): Promise<void> {
  const now = await ctx.clock.now(db);
  await recordAudit(db, ctx, { actor, action, subject: `account:${id}`, details, now });
}

async function getView(db: Db, ctx: Ctx, id: string, machine: Date): Promise<View> {
  const row = await findWorkingAccount(db, ctx.insurer, id, machine);
  if (!row) throw new Error(`The account ${id} is not there.`);
  return await viewAccount(db, ctx, row, machine);
}

async function viewAccount(db: Db, ctx: Ctx, row: ListedAccount, machine: Date): Promise<View> {
  const { name, email } = await openSecrets(db, ctx, row);
  const until =
    email === null ? null : await fullUntil(db, ctx, passwordBucket(ctx, email), PASSWORD_FAILURES, machine);
  const { id, roles, provider, state, totp, sessions } = row;
  const moment = (date: Date | null): string | null => (date === null ? null : formatInstant(date));
  return {
    id,
    name: name ?? '',
    email,
    roles,
    provider,
    state,
    lockedUntil: moment(until),
    totp,
    lastSignInAt: moment(row.lastSignInAt),
    sessions,
  };
}
