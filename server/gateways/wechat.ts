/**
 * WeChat's official-account interface, and the only place that speaks to it. WeChat answers nearly everything with HTTP
 * 200 and says in `errcode` what is wrong; here that becomes a WeChatFailed that says what may be done about it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What stands in a template's fields; `text` is cut to the 20 characters that a field of words takes. */
export const WECHAT_WORDS = ['text', 'time', 'insurer', 'hotline'] as const;
export type WeChatWord = (typeof WECHAT_WORDS)[number];
export type WeChatTemplate = { readonly id: string; readonly fields: Readonly<Record<string, WeChatWord>> };
export type WeChatSettings = {
  readonly appId: string;
  readonly secret: string;
  /** Address under which members open our pages, without a path: WeChat sends them back there and signs its pages. */
  readonly pages: string;
  readonly template?: WeChatTemplate;
  /** What WeChat signs its calls to us with. */
  readonly callbackToken?: string;
  /** WeChat's own addresses: of its interface, of the page that asks the member, and of the script for pages. */
  readonly api: string;
  readonly open: string;
  readonly script: string;
  readonly timeoutMs?: number;
};

/**
 * token: the access token ended before its time. person: this person cannot be reached here. code: the sign-in code was
 * used or is too old. busy: worth trying again. wrong: nothing but a change of settings or quota helps.
 */
export type WeChatFault = 'token' | 'person' | 'code' | 'busy' | 'wrong';

/** WeChat did not do it. Tokens, openids and texts are in no error. */
export class WeChatFailed extends Error {
  override name = 'WeChatFailed';
  /** A fixed word: `wechat-` and its errcode, or timeout, unreachable, http-502, not-json, snapshot. */
  readonly code: string;
  readonly fault: WeChatFault;

  constructor(code: string, fault: WeChatFault) {
    super(`WeChat did not take the call: ${code}`);
    this.code = code;
    this.fault = fault;
  }
}

/** As published under 全局返回码 and at each interface; whatever is not named here is `wrong`. */
const FAULTS: Readonly<Record<number, WeChatFault>> = {
  [-1]: 'busy',
  40001: 'token',
  40014: 'token',
  42001: 'token',
  40003: 'person',
  43004: 'person',
  43019: 'person',
  40029: 'code',
  40163: 'code',
  42003: 'code',
  41008: 'code',
};

export type Granted = { value: string; expiresIn: number };
export type TemplateMessage = {
  openid: string;
  /** Idempotency key: within 10 minutes WeChat sends one message for it. */
  key: string;
  url: string;
  words: Readonly<Record<WeChatWord, string>>;
};

export interface WeChatGateway {
  readonly settings: WeChatSettings;
  /** The page on which WeChat asks the member; it comes back to `redirect` with code and state. */
  authorizeUrl(redirect: string, state: string): string;
  /** The openid behind a code, which is good once and for five minutes. */
  openidOf(code: string): Promise<string>;
  /** `force` ends the token before; WeChat allows that 20 times a day. */
  accessToken(force: boolean): Promise<Granted>;
  ticket(token: string): Promise<Granted>;
  /** Returns WeChat's number of the message. */
  sendTemplate(token: string, message: TemplateMessage): Promise<string>;
}

const Refusal = z.object({ errcode: z.number(), errmsg: z.string().optional() });
const Oauth = z.object({ openid: z.string().min(1).max(128), is_snapshotuser: z.number().optional() });
const Token = z.object({ access_token: z.string().min(1).max(2048), expires_in: z.number().positive() });
const Ticket = z.object({ ticket: z.string().min(1).max(2048), expires_in: z.number().positive() });
const Sent = z.object({ msgid: z.union([z.number(), z.string()]) });

export function openHttpWeChat(settings: WeChatSettings): WeChatGateway {
  const { appId, secret, template } = settings;
  return {
    settings,
    authorizeUrl(redirect, state) {
      // WeChat asks for the parameters in this order, and for the fragment.
      const asked = { appid: appId, redirect_uri: redirect, response_type: 'code', scope: 'snsapi_base', state };
      return `${settings.open}/connect/oauth2/authorize?${new URLSearchParams(asked)}#wechat_redirect`;
    },
    async openidOf(code) {
      const asked = { appid: appId, secret, code, grant_type: 'authorization_code' };
      const answer = await call(settings, Oauth, `/sns/oauth2/access_token?${new URLSearchParams(asked)}`);
      // In a page that WeChat shows as a snapshot everybody is a passing stranger.
      if (answer.is_snapshotuser === 1) throw new WeChatFailed('snapshot', 'code');
      return answer.openid;
    },
    async accessToken(force) {
      const asked = { grant_type: 'client_credential', appid: appId, secret, force_refresh: force };
      const answer = await call(settings, Token, '/cgi-bin/stable_token', asked);
      return { value: answer.access_token, expiresIn: answer.expires_in };
    },
    async ticket(token) {
      const asked = new URLSearchParams({ access_token: token, type: 'jsapi' });
      const answer = await call(settings, Ticket, `/cgi-bin/ticket/getticket?${asked}`);
      return { value: answer.ticket, expiresIn: answer.expires_in };
    },
    async sendTemplate(token, { openid, key, url, words }) {
      if (!template) throw new WeChatFailed('no-template', 'wrong');
      const data = Object.fromEntries(
        Object.entries(template.fields).map(([field, word]) => [field, { value: words[word] }]),
      );
      const body = { touser: openid, template_id: template.id, url, client_msg_id: key, data };
      const answer = await call(
        settings,
        Sent,
        `/cgi-bin/message/template/send?${new URLSearchParams({ access_token: token })}`,
        body,
      );
      return String(answer.msgid);
    },
  };
}

async function call<T>(settings: WeChatSettings, shape: z.ZodType<T>, path: string, body?: object): Promise<T> {
  const text = await fetchText(settings, path, body);
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new WeChatFailed('not-json', 'busy');
  }
  const refused = Refusal.safeParse(document);
  if (refused.success && refused.data.errcode !== 0) {
    const { errcode } = refused.data;
    throw new WeChatFailed(`wechat-${errcode}`, FAULTS[errcode] ?? 'wrong');
  }
  const read = shape.safeParse(document);
  if (!read.success) throw new WeChatFailed('not-as-published', 'busy');
  return read.data;
}

async function fetchText({ api, timeoutMs = 5_000 }: WeChatSettings, path: string, body?: object): Promise<string> {
  let response: Response;
  try {
    // A redirect would carry secret and openid to a place nobody configured.
    response = await fetch(`${api}${path}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body
        ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
        : { method: 'GET' }),
    });
    if (response.ok) return await response.text();
  } catch (error) {
    // The cause holds the address, and the address the secret.
    throw new WeChatFailed((error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable', 'busy');
  }
  throw new WeChatFailed(
    `http-${response.status}`,
    response.status >= 500 || response.status === 429 ? 'busy' : 'wrong',
  );
}

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

/** How WeChat signs a call to us: SHA-1 over token, timestamp and nonce, sorted. It covers no body. */
export const callbackSignature = (token: string, timestamp: string, nonce: string): string =>
  sha1([token, timestamp, nonce].toSorted().join(''));

/** Is the signature WeChat's? In constant time. */
export function isCallbackSignature(given: string, token: string, timestamp: string, nonce: string): boolean {
  const [ours, theirs] = [Buffer.from(callbackSignature(token, timestamp, nonce)), Buffer.from(given.toLowerCase())];
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

/** The signature under which WeChat's script works on a page; `url` without its fragment. */
export const pageSignature = (ticket: string, nonce: string, timestamp: number, url: string): string =>
  sha1(`jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${url}`);
