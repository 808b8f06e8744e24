/** What this page knows of WeChat: whether it is open inside it, and the addresses that lead through it. */
import { post } from '../../shared/api.ts';
import type { PageConfig } from '../../shared/types.ts';

/** The browser inside WeChat; WeChat's other programs (mini programs' tools, Enterprise WeChat) say so differently. */
export const inWeChat = (): boolean =>
  /MicroMessenger/i.test(navigator.userAgent) && !/wxwork/i.test(navigator.userAgent);

/** Where to go to come in through WeChat and then to `to`, a page of ours. */
export const throughWeChat = (to: string): string => `/api/wechat/start?to=${encodeURIComponent(to)}`;

/** Why somebody came back from WeChat without being let in, as the server puts it into the address. */
export function readNotIn(search: URLSearchParams): 'expired' | 'busy' | 'off' | undefined {
  return (['expired', 'busy', 'off'] as const).find((word) => word === search.get('wechat'));
}

type Script = {
  config(settings: object): void;
  ready(then: () => void): void;
  hideMenuItems(what: { menuList: string[] }): void;
};
/** What shares a page or opens it elsewhere: pages of a member are hers, and their address is of no use to others. */
const SHARING = [
  'menuItem:share:appMessage',
  'menuItem:share:timeline',
  'menuItem:share:qq',
  'menuItem:share:weiboApp',
  'menuItem:share:facebook',
  'menuItem:share:QZone',
  'menuItem:favorite',
  'menuItem:copyUrl',
  'menuItem:share:email',
];
let asked = false;

/**
 * Takes what shares pages out of WeChat's menu, once a page load: signed for the address that was opened, which is the one
 * iPhones go by however the pages change. When anything of it fails the pages work as before.
 */
export async function hideSharing(): Promise<void> {
  if (asked) return;
  asked = true;
  try {
    const { script, ...config } = await post<PageConfig>('/api/wechat/js-config', { url: window.location.href });
    await load(script);
    const { wx } = window as unknown as { wx?: Script };
    wx?.config({ ...config, debug: false, jsApiList: ['hideMenuItems'] });
    wx?.ready(() => wx.hideMenuItems({ menuList: SHARING }));
  } catch {
    // The menu stays as it is.
  }
}

const load = (address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.async = true;
    script.referrerPolicy = 'no-referrer';
    script.onload = () => resolve();
    script.onerror = () => reject(new Error('not loaded'));
    document.head.append(script);
  });
