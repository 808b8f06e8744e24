/** Coming in through WeChat: there and back, straight in when the openid is known, else by proving who one is. */
import { IDENTITY_TRIES, SIGN_INS_PER_ADDRESS, WECHAT_CHECKS_FAILED_PER_ADDRESS } from '#domain/accounts/limits.ts';
import { phoneHashes } from '#server/accounts/accounts.ts';
import { spendCode, tryCode } from '#server/accounts/codes.ts';
import { makeToken } from '#server/accounts/cookies.ts';
import { bindAccount, openMemberSession } from '#server/accounts/member-session.ts';
import { readPhone } from '#server/accounts/member-sign-in.ts';
import { findAccountForUpdate, listAccountsByPhone, listUnboundPersons } from '#server/accounts/queries.ts';
import { bucketOf, countTry, forgetTries, refuseWhenFull, takeTry } from '#server/accounts/rate-limits.ts';
import type { SignInStep } from '#server/accounts/staff-sign-in.ts';
import { WeChatFailed, type WeChatGateway } from '#server/gateways/wechat.ts';
import { getPersonState } from '#server/persons/facts.ts';
import { getPerson } from '#server/persons/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import { type Ctx, SYSTEM } from '#server/platform/context.ts';
import { normaliseIdNumber, normaliseName } from '#server/platform/crypto.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { bindOpenid, endBinding, findBindingByOpenid } from './bindings.ts';
import { beginVisit, endVisit, findVisit, keepOpenid, takeVisit } from './visits.ts';

/** The page of ours on which somebody whom WeChat names and we do not know proves who she is. */
export const BIND_PAGE = '/m/wechat';
const CALLBACK = '/api/wechat/callback';

/** Why somebody came back without being let in; the page says it in plain words. */
export type NotIn = 'expired' | 'busy' | 'off';
export type Back = { to: string; notIn?: NotIn; step?: Extract<SignInStep, { token: string }> };

/** The page of ours that an address names, or home: nothing else is ever redirected to. */
export function ownPage(to: string | undefined): string {
  const home = '/';
  if (to === undefined || !/^\/(?![/\\])[^\\\p{C}]*$/u.test(to)) return home;
  const url = URL.parse(to, 'http://own');
  if (url?.host !== 'own' || url.pathname.startsWith('/api') || url.pathname.startsWith('//')) return home;
  return url.pathname === BIND_PAGE ? home : `${url.pathname}${url.search}`;
}

/**
 * Leaves for WeChat: `url` to go to, `token` for the cookie that this browser is known by when it comes back. Undefined
 * for an address from which too many left within the hour.
 */
export async function leaveForWeChat(
  ctx: Ctx,
  wechat: WeChatGateway,
  { to, address }: { to: string | undefined; address: string },
): Promise<{ url: string; token: string } | undefined> {
  const [token, state] = [makeToken(), makeToken()];
  const machine = machineNow();
  const left = await inTransaction(ctx.pool, async (db) => {
    const { count } = await countTry(db, ctx, bucketOf(ctx, 'wechat-start', address), SIGN_INS_PER_ADDRESS, machine);
    if (count > SIGN_INS_PER_ADDRESS.count) return false;
    await beginVisit(db, ctx, { token, state, target: ownPage(to) }, machine);
    return true;
  });
  if (!left) return undefined;
  return { url: wechat.authorizeUrl(`${wechat.settings.pages}${CALLBACK}`, state), token };
}

/**
 * Comes back with WeChat's code. A known openid signs in; an unknown one is kept for `bindWeChat`. What is too late, used
 * already or of another browser changes nothing and says so.
 */
export async function comeBack(
  ctx: Ctx,
  wechat: WeChatGateway,
  back: {
    token: string | undefined;
    state: string | undefined;
    code: string | undefined;
    device: string | undefined;
    newDevice: string;
    carried: string | undefined;
  },
): Promise<Back> {
  const { token, state, code, ...browser } = back;
  const machine = machineNow();
  const visit =
    token && state ? await inTransaction(ctx.pool, (db) => takeVisit(db, ctx, { token, state }, machine)) : undefined;
  if (!visit || !code) return { to: visit?.target ?? '/', notIn: 'expired' };
  let openid: string;
  try {
    openid = await wechat.openidOf(code);
  } catch (error) {
    if (!(error instanceof WeChatFailed)) throw error;
    const notIn = error.fault === 'code' ? 'expired' : error.fault === 'busy' ? 'busy' : 'off';
    if (notIn !== 'expired') ctx.log.warn({ err: error }, 'WeChat did not say who came back');
    return { to: visit.target, notIn };
  }
  return await inTransaction(ctx.pool, async (db): Promise<Back> => {
    const account = await findBoundAccount(db, ctx, openid);
    if (!account) {
      await keepOpenid(db, ctx, visit.id, openid, machine);
      return { to: BIND_PAGE };
    }
    await endVisit(db, ctx, visit.id);
    const step = await openMemberSession(db, ctx, account, { ...browser, by: 'wechat', key: visit.id }, machine);
    return { to: visit.target, step };
  });
}

/** The active member's account behind an openid. One that was closed, or whose person died, is nobody's way in. */
async function findBoundAccount(db: Db, ctx: Ctx, openid: string) {
  const binding = await findBindingByOpenid(db, ctx, openid);
  if (!binding) return undefined;
  const account = await findAccountForUpdate(db, ctx.insurer, binding.accountId);
  const { diedAt } = await getPersonState(db, ctx, binding.personId, await ctx.clock.now(db));
  return account?.state === 'active' && account.kind === 'member' && diedAt === null ? account : undefined;
}

export type BindInput = {
  phone: string;
  code: string;
  name: string;
  idNumber: string;
  address: string;
  token: string | undefined;
  device: string | undefined;
  newDevice: string;
  carried: string | undefined;
};
export type Bound = { step: SignInStep; to: string };

/**
 * Binds the openid that came back to the person who proves herself: the code sent to her number, her name and her whole ID
 * number as on file. Wrong ones are counted for the number, the openid and the address. Signs in.
 * @throws Refused not-possible-now when no visit waits; Problem wrong-credentials, too-many-requests
 */
export async function bindWeChat(ctx: Ctx, input: BindInput): Promise<Bound> {
  const machine = machineNow();
  const phone = readPhone(input.phone);
  const outcome = await inTransaction(ctx.pool, async (db): Promise<Bound | Problem> => {
    const visit = input.token === undefined ? undefined : await findVisit(db, ctx, input.token, machine);
    if (!visit) return overdue();
    await takeTry(db, ctx, bucketOf(ctx, 'address', input.address), SIGN_INS_PER_ADDRESS, machine);
    const tried = await tryCode(db, ctx, { purpose: 'wechat', phone, subject: null, code: input.code }, machine);
    if (!tried.right)
      return new Problem('wrong-credentials', { pointer: '/code', extra: { attemptsLeft: tried.attemptsLeft } });

    const buckets = [
      [bucketOf(ctx, 'identity', phone), IDENTITY_TRIES],
      [bucketOf(ctx, 'wechat-openid', visit.openid), IDENTITY_TRIES],
      [bucketOf(ctx, 'wechat-address', input.address), WECHAT_CHECKS_FAILED_PER_ADDRESS],
    ] as const;
    for (const [bucket, limit] of buckets) await refuseWhenFull(db, ctx, bucket, limit, machine);
    const personId = await findPersonNamed(db, ctx, phone, input);
    if (personId === undefined) {
      const left = [];
      for (const [bucket, limit] of buckets)
        left.push(limit.count - (await countTry(db, ctx, bucket, limit, machine)).count);
      return { step: { needs: 'identity', attemptsLeft: Math.max(0, Math.min(...left)) }, to: BIND_PAGE };
    }
    await forgetTries(db, ctx, buckets[0][0]);
    await spendCode(db, ctx, tried.id, machine);
    const account = await bindAccount(db, ctx, personId, phone, machine);
    if (account.state !== 'active') return new Problem('wrong-credentials', { extra: { attemptsLeft: 0 } });
    const { device, newDevice, carried } = input;
    const entrance = { by: 'wechat-and-identity', device, newDevice, carried, key: visit.id } as const;
    const step = await openMemberSession(db, ctx, account, entrance, machine);
    await clearOldOwner(db, ctx, visit.openid);
    const now = await ctx.clock.now(db);
    await bindOpenid(db, ctx, step.actor, { id: account.id, personId }, visit.openid, now);
    await endVisit(db, ctx, visit.id);
    return { step, to: visit.target };
  });
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

/** Who has the number on file and is called so, with this ID number. The dead sign in nowhere. */
async function findPersonNamed(
  db: Db,
  ctx: Ctx,
  phone: string,
  { name, idNumber }: Pick<BindInput, 'name' | 'idNumber'>,
): Promise<string | undefined> {
  const hashes = phoneHashes(ctx, phone);
  const accounts = await listAccountsByPhone(db, ctx.insurer, hashes);
  const unbound = await listUnboundPersons(db, ctx.insurer, hashes);
  for (const personId of [...accounts.map((account) => account.personId!), ...unbound]) {
    const person = await getPerson(db, ctx, personId);
    const sameId = normaliseIdNumber(person.idNumber) === normaliseIdNumber(idNumber);
    if (sameId && normaliseName(person.name) === normaliseName(name)) return personId;
  }
  return undefined;
}

/** An openid still bound to an account that nobody may use any more is free again. */
async function clearOldOwner(db: Db, ctx: Ctx, openid: string): Promise<void> {
  const binding = await findBindingByOpenid(db, ctx, openid);
  if (!binding || (await findBoundAccount(db, ctx, openid))) return;
  const now = await ctx.clock.now(db);
  const { diedAt } = await getPersonState(db, ctx, binding.personId, now);

  await endBinding(db, ctx, SYSTEM, binding.personId, diedAt === null ? 'left' : 'died', now);
}

const overdue = (): Refused =>
  new Refused('not-possible-now', {
    detail: {
      zh: '从微信进入已超过十分钟，或已在别处完成。请从微信重新进入。',
      en: 'You came in from WeChat more than ten minutes ago, or this was finished elsewhere. Come in from WeChat again.',
    },
  });
