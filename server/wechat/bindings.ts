/** Whose account is bound to which openid: one of each. The openid is identity: hashed to be found, sealed to be used. */
import { type AuditDetails, recordAudit } from '#server/audit/record.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { openFor, sealFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { keyedHash, keyedHashes } from '#server/platform/crypto.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Refused } from '#server/platform/problem.ts';

export type Binding = {
  id: string;
  accountId: string;
  personId: string;
  sealed: Buffer;
  subscribed: boolean | null;
  boundAt: Date;
};
/** Why a binding is over. */
export type EndOfBinding = 'by-member' | 'replaced' | 'phone-changed' | 'died' | 'left';

const columns =
  'id, account_id as "accountId", person_id as "personId", sealed, subscribed, bound_at as "boundAt" from wechat_bindings';
const byOpenid = sql<Binding>(
  'wechat.byOpenid',
  `select ${columns} where insurer = $1 and openid_hash = any($2) for update`,
);
const byPerson = sql<Binding>('wechat.byPerson', `select ${columns} where insurer = $1 and person_id = $2`);
const insert = sql<{ id: string }>(
  'wechat.insert',
  `insert into wechat_bindings (insurer, id, account_id, person_id, openid_hash, sealed, bound_at)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning id`,
);
const removeOf = sql<{ id: string }>(
  'wechat.remove',
  'delete from wechat_bindings where insurer = $1 and person_id = $2 returning id',
);
const setSubscribed = sql<never>(
  'wechat.setSubscribed',
  'update wechat_bindings set subscribed = $3 where insurer = $1 and openid_hash = any($2)',
);
const setUnreachable = sql<never>(
  'wechat.setUnreachable',
  'update wechat_bindings set subscribed = false where insurer = $1 and id = $2',
);

export const openidHash = (ctx: Pick<Ctx, 'keyRing' | 'insurer'>, openid: string): Buffer =>
  keyedHash(ctx.keyRing, ctx.insurer, 'wechat-openid', openid);
const openidHashes = (ctx: Pick<Ctx, 'keyRing' | 'insurer'>, openid: string): Buffer[] =>
  keyedHashes(ctx.keyRing, ctx.insurer, 'wechat-openid', openid);

/** The binding of an openid, locked; undefined for a stranger. */
export const findBindingByOpenid = (db: Db, ctx: Ctx, openid: string): Promise<Binding | undefined> =>
  queryOne(db, byOpenid, [ctx.insurer, openidHashes(ctx, openid)]);
/** A person's binding; undefined when her account has none. */
export const findBindingOfPerson = (
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  personId: string,
): Promise<Binding | undefined> => queryOne(db, byPerson, [ctx.insurer, personId]);
export const openOpenid = async (db: Db, ctx: Ctx, { id, personId, sealed }: Binding): Promise<string> =>
  (await openFor<{ openid: string }>(db, ctx, personId, 'wechat_bindings', id, sealed)).openid;

/** WeChat tells that somebody follows the account, or no longer; of strangers nothing is kept. */
export async function noteSubscription(db: Db, ctx: Ctx, openid: string, subscribed: boolean): Promise<void> {
  await query(db, setSubscribed, [ctx.insurer, openidHashes(ctx, openid), subscribed]);
}
/** A message was refused for this person: until WeChat says that she follows again, text messages go instead. */
export async function noteUnreachable(db: Db, ctx: Pick<Ctx, 'insurer'>, bindingId: string): Promise<void> {
  await query(db, setUnreachable, [ctx.insurer, bindingId]);
}

/**
 * Binds an account whose person was just proven; what it was bound to before ends. She is told by text message as well.
 * @throws Refused conflict when the openid was bound to another account in the same moment
 */
export async function bindOpenid(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  account: { id: string; personId: string },
  openid: string,
  now: Date,
): Promise<void> {
  const { personId } = account;
  const before = await query(db, removeOf, [ctx.insurer, personId]);
  const id = uuidv7();
  const sealed = await sealFor(db, ctx, personId, 'wechat_bindings', id, { openid });
  const taken = await findBindingByOpenid(db, ctx, openid);
  const made =
    !taken &&
    (await queryOne(db, insert, [ctx.insurer, id, account.id, personId, openidHash(ctx, openid), sealed, now]));
  if (!made)
    throw new Refused('conflict', {
      detail: {
        zh: '这个微信刚刚绑定了另一个账户，请退出本页，从微信重新进入。',
        en: 'This WeChat was bound to another account just now: leave this page and come in from WeChat again.',
      },
    });
  const template = before.length > 0 ? 'wechat-replaced' : 'wechat-bound';
  await queueMessage(db, ctx, { template, to: { personId }, urgent: true, now, key: `wechat-bound/${id}` });
  const details: AuditDetails = before.length > 0 ? { why: 'replaced' } : {};
  await recordAudit(db, ctx, {
    actor,
    action: 'wechat.bound',
    subject: `account:${account.id}`,
    personId,
    details,
    now,
  });
}

/**
 * Ends a person's binding, if there is one; she is told, unless she has died. Needs no fresh code: it only takes a way in
 * away. Returns whether there was one.
 */
export async function endBinding(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  personId: string,
  why: Exclude<EndOfBinding, 'replaced'>,
  now: Date,
): Promise<boolean> {
  const binding = await findBindingOfPerson(db, ctx, personId);
  const ended = await queryOne(db, removeOf, [ctx.insurer, personId]);
  if (!binding || !ended) return false;
  if (why !== 'died')
    await queueMessage(db, ctx, {
      template: 'wechat-ended',
      to: { personId },
      urgent: true,
      now,
      key: `wechat-ended/${ended.id}`,
    });
  await recordAudit(db, ctx, {
    actor,
    action: 'wechat.ended',
    subject: `account:${binding.accountId}`,
    personId,
    details: { why },
    now,
  });
  return true;
}
