import { randomBytes } from 'node:crypto';
import type { PageConfig } from '#contract/wechat.ts';
import { pageSignature, WeChatFailed, type WeChatGateway } from '#server/gateways/wechat.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { Problem } from '#server/platform/problem.ts';
import { getPageTicket } from './tokens.ts';

/**
 * What lets WeChat's script work on one of our pages: signed for its address without the fragment.
 * @throws Problem not-acceptable for an address that is not ours, not-ready while WeChat gives no ticket
 */
export async function signPage(ctx: Ctx, wechat: WeChatGateway, url: string): Promise<PageConfig> {
  const { appId, pages, script } = wechat.settings;
  if (URL.parse(url)?.origin !== pages)
    throw new Problem('not-acceptable', {
      errors: [{ pointer: '/url', detail: { zh: '只能是本站的页面', en: 'an address of our own pages' } }],
    });
  try {
    const ticket = await getPageTicket(ctx, wechat);
    const timestamp = Math.floor(machineNow().getTime() / 1000);
    const nonceStr = randomBytes(12).toString('hex');
    const signature = pageSignature(ticket, nonceStr, timestamp, url.split('#')[0]!);
    return { appId, timestamp, nonceStr, signature, script };
  } catch (error) {
    if (!(error instanceof WeChatFailed)) throw error;
    ctx.log.warn({ err: error }, 'WeChat gave no ticket for pages');
    throw new Problem('not-ready', { cause: error });
  }
}
