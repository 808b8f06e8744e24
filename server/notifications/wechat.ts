/** Messages that go through WeChat instead of as a text message, and what becomes of one that WeChat does not take. */
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { dayInWords } from '#domain/eligibility/words.ts';
import { shortOutside } from '#domain/messages/short.ts';
import { viewInsurer } from '#server/accounts/session-view.ts';
import { WeChatFailed } from '#server/gateways/wechat.ts';
import { openFor, sealFor } from '#server/persons/seal.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { findBindingOfPerson, noteUnreachable, openOpenid } from '#server/wechat/bindings.ts';
import { withAccessToken } from '#server/wechat/tokens.ts';

export type Channel = 'sms' | 'wechat';
/** WeChat knows a message again for 10 minutes; within them it is tried so often, then a text message goes. */
export const WECHAT_TRIES = 5;
/** Where the card of a message leads: straight in, as WeChat says who she is, and to her messages. */
const CARD_PAGE = '/api/wechat/start?to=%2Fm%2Finbox';

type Lost = { id: string; personId: string; sealed: Buffer };
const lockTaken = sql<Lost>(
  'outsideWechat.lockTaken',
  `select id, person_id as "personId", sealed from deliveries
    where insurer = $1 and channel = 'wechat' and outside_id = $2 and state = 'sent' for update`,
);
const markFailed = sql<never>(
  'outsideWechat.markFailed',
  `update deliveries set state = 'failed', last_error = $3, settled_at = $4, next_try_at = null
    where insurer = $1 and id = $2 and state in ('ready', 'queued', 'sent')`,
);
const insertText = sql<never>(
  'outsideWechat.insertText',
  `insert into deliveries (insurer, id, outbox_id, person_id, channel, state, urgent, sealed, job_id, created_at, leaves_at)
   select insurer, $3, outbox_id, person_id, 'sms', 'ready', urgent, $4, $5, created_at, leaves_at
     from deliveries where insurer = $1 and id = $2
   on conflict (insurer, outbox_id, person_id, channel) do nothing`,
);

/**
 * How a message leaves for a person: through WeChat when she is bound and follows the account, else as a text message.
 * What is urgent goes both ways: a muted conversation is read too late.
 */
export async function waysTo(db: Db, ctx: Ctx, personId: string, urgent: boolean): Promise<readonly Channel[]> {
  if (!ctx.gateways.wechat?.settings.template) return ['sms'];
  const binding = await findBindingOfPerson(db, ctx, personId);
  if (!binding || binding.subscribed === false) return ['sms'];
  return urgent ? ['wechat', 'sms'] : ['wechat'];
}

export type WeChatTry =
  | { outcome: 'sent'; outsideId: string }
  | { outcome: 'busy'; code: string }
  | { outcome: 'refused'; code: string };

/** One try under the delivery's id. `at`: business time. Who is refused for her own sake is remembered. */
export async function sendByWeChat(
  ctx: Ctx,
  delivery: { id: string; personId: string; body: string; at: Date },
): Promise<WeChatTry> {
  const wechat = ctx.gateways.wechat;
  const binding = await findBindingOfPerson(ctx.pool as Db, ctx, delivery.personId);
  if (!wechat || !binding) return { outcome: 'refused', code: 'not-bound' };
  const openid = await openOpenid(ctx.pool as Db, ctx, binding);
  const { name, hotline } = viewInsurer(ctx, 'zh');
  const words = {
    text: shortOutside(delivery.body),
    time: `${dayInWords(dayOf(delivery.at), 'zh')} ${formatInstant(delivery.at).slice(11, 16)}`,
    insurer: [...name].slice(0, 20).join(''),
    hotline,
  };
  const message = { openid, key: delivery.id, url: `${wechat.settings.pages}${CARD_PAGE}`, words };
  try {
    return {
      outcome: 'sent',
      outsideId: await withAccessToken(ctx, wechat, (token) => wechat.sendTemplate(token, message)),
    };
  } catch (error) {
    if (!(error instanceof WeChatFailed)) throw error;
    if (error.fault === 'busy') return { outcome: 'busy', code: error.code };
    if (error.fault === 'person') await noteUnreachable(ctx.pool as Db, ctx, binding.id);
    else ctx.log.error({ err: error, delivery: delivery.id }, 'WeChat takes no messages of ours; a text message goes');
    return { outcome: 'refused', code: error.code };
  }
}

/** WeChat does not take a delivery: it fails with the code, and the same words go as a text message, once. */
export const sendAsText = (ctx: Ctx, delivery: { id: string; personId: string }, code: string): Promise<void> =>
  inTransaction(ctx.pool, async (db) => {
    await query(db, markFailed, [ctx.insurer, delivery.id, code, machineNow()]);
    const sealed = await queryOne(db, sealedOf, [ctx.insurer, delivery.id]);
    if (sealed) await putAsText(db, ctx, { ...delivery, ...sealed });
  });

const sealedOf = sql<{ sealed: Buffer }>(
  'outsideWechat.sealed',
  'select sealed from deliveries where insurer = $1 and id = $2',
);

/** WeChat took a message (its number of it) and tells that it did not arrive. Told twice, one text message goes. */
export async function noteLost(db: Db, ctx: Ctx, outsideId: string, code: string): Promise<void> {
  const lost = await queryOne(db, lockTaken, [ctx.insurer, outsideId]);
  if (!lost) return;
  await query(db, markFailed, [ctx.insurer, lost.id, code, machineNow()]);
  await putAsText(db, ctx, lost);
}

async function putAsText(db: Db, ctx: Ctx, { id, personId, sealed }: Lost): Promise<void> {
  const textId = uuidv7();
  const body = await openFor<{ body: string }>(db, ctx, personId, 'deliveries', id, sealed);
  const again = await sealFor(db, ctx, personId, 'deliveries', textId, body);
  await query(db, insertText, [ctx.insurer, id, textId, again, uuidv7()]);
}
