/** What WeChat's server tells us: who follows the account or no longer, and which messages did not arrive. */
import { isCallbackSignature, type WeChatGateway } from '#server/gateways/wechat.ts';
import { noteLost } from '#server/notifications/wechat.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { inTransaction } from '#server/platform/db.ts';
import { noteSubscription } from './bindings.ts';

export type Signed = { signature: string; timestamp: string; nonce: string };

/** WeChat's signature covers no body: one that was overheard is of use for so long only. */
const FRESH_MS = 10 * 60_000;

/** Does WeChat call? Never without a token configured. */
export function isFromWeChat(wechat: WeChatGateway, { signature, timestamp, nonce }: Signed): boolean {
  const { callbackToken } = wechat.settings;
  const age = Math.abs(machineNow().getTime() - Number(timestamp) * 1000);
  return (
    callbackToken !== undefined && age < FRESH_MS && isCallbackSignature(signature, callbackToken, timestamp, nonce)
  );
}

/** The text of one element, in CDATA or not; the few elements read here hold no markup. */
const element = (xml: string, name: string): string =>
  new RegExp(`<${name}>(?:<!\\[CDATA\\[([^\\]]{0,200})\\]\\]>|([^<]{0,200}))</${name}>`)
    .exec(xml)
    ?.slice(1)
    .find((text) => text !== undefined) ?? '';

/** Takes one event in. WeChat repeats what was not answered in five seconds, so that each may come again. */
export async function takeEvent(ctx: Ctx, xml: string): Promise<void> {
  const [event, openid] = [element(xml, 'Event').toLowerCase(), element(xml, 'FromUserName')];
  if (openid === '') return;
  await inTransaction(ctx.pool, async (db) => {
    if (event === 'subscribe' || event === 'unsubscribe')
      await noteSubscription(db, ctx, openid, event === 'subscribe');
    const status = element(xml, 'Status');
    if (event === 'templatesendjobfinish' && status !== 'success')
      await noteLost(db, ctx, element(xml, 'MsgID'), status.includes('user block') ? 'user-block' : 'system-failed');
  });
}
