/**
 * WeChat on this machine, as its interface is published: HTTP 200 with an errcode, codes good once, tokens that end,
 * signatures, a message known again by client_msg_id. Its bad days are set by hand.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WeChatSettings } from '#server/gateways/wechat.ts';

type Answer = Record<string, unknown> | string;
export type SentMessage = {
  touser: string;
  template_id: string;
  url: string;
  client_msg_id: string;
  data: Record<string, { value: string }>;
};
/** What the next calls to a path come to instead: an errcode, text that is no JSON, or silence of so many milliseconds. */
export type BadDay = { errcode: number } | { text: string } | { silentMs: number } | { status: number };

const refused = (errcode: number): Answer => ({ errcode, errmsg: `refused, rid: ${randomBytes(6).toString('hex')}` });
/** WeChat's script for pages, as far as pages hear of it: it says what it was asked for. */
const SCRIPT = `window.wxAsked = []; window.wx = {
  config: (settings) => wxAsked.push(settings), ready: (then) => then(), hideMenuItems: (what) => wxAsked.push(what) };`;
const word = () => randomBytes(18).toString('base64url');

export async function openWeChat(pages: string, port = 0) {
  const settings = {
    appId: 'wx0123456789abcdef',
    secret: 'the-secret-of-the-stand-in',
    pages,
    template: { id: 'tpl-1', fields: { thing1: 'text', time2: 'time', thing3: 'insurer' } },
    callbackToken: 'standin1',
  } as const;
  /** Codes not used yet, with whom they name. */
  const codes = new Map<string, string>();
  const used = new Set<string>();
  const messages: SentMessage[] = [];
  const known = new Map<string, number>();
  const unsubscribed = new Set<string>();
  const bad = new Map<string, BadDay[]>();
  const calls: string[] = [];
  let token = word();
  const ticket = word();
  /** Who sits before the telephone. */
  let user = 'openid-of-nobody';

  const handlers: Record<string, (query: URLSearchParams, body: Record<string, unknown>) => Answer> = {
    '/sns/oauth2/access_token': (query) => {
      const code = query.get('code') ?? '';
      if (query.get('appid') !== settings.appId) return refused(40013);
      if (query.get('secret') !== settings.secret) return refused(40125);
      if (query.get('grant_type') !== 'authorization_code') return refused(40002);
      if (used.has(code)) return refused(40163);
      const openid = codes.get(code);
      if (!openid) return refused(40029);
      codes.delete(code);
      used.add(code);
      return { access_token: word(), expires_in: 7200, refresh_token: word(), openid, scope: 'snsapi_base' };
    },
    '/cgi-bin/stable_token': (_query, body) => {
      if (body.grant_type !== 'client_credential') return refused(40002);
      if (body.appid !== settings.appId || body.secret !== settings.secret) return refused(40125);
      if (body.force_refresh === true) token = word();
      return { access_token: token, expires_in: 7200 };
    },
    '/cgi-bin/ticket/getticket': (query) =>
      query.get('access_token') !== token || query.get('type') !== 'jsapi'
        ? refused(40001)
        : { errcode: 0, errmsg: 'ok', ticket, expires_in: 7200 },
    '/cgi-bin/message/template/send': (query, body) => {
      const message = body as SentMessage;
      if (query.get('access_token') !== token) return refused(40001);
      if (message.template_id !== settings.template.id) return refused(40037);
      if (unsubscribed.has(message.touser)) return refused(43004);
      const values = Object.entries(message.data);
      if (values.some(([name, { value }]) => !value || (name.startsWith('thing') && [...value].length > 20)))
        return refused(47003);
      const msgid = known.get(`${message.touser} ${message.client_msg_id}`) ?? known.size + 1001;
      if (!known.has(`${message.touser} ${message.client_msg_id}`)) messages.push(message);
      known.set(`${message.touser} ${message.client_msg_id}`, msgid);
      return { errcode: 0, errmsg: 'ok', msgid };
    },
  };

  const server = createServer((request, response) => void serve(request, response));
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const url = new URL(request.url ?? '/', 'http://wechat');
    let text = '';
    for await (const chunk of request) text += String(chunk);
    calls.push(url.pathname);
    if (url.pathname === '/connect/oauth2/authorize') {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '');
      if (url.searchParams.get('appid') !== settings.appId || back.origin !== pages || !url.searchParams.get('state'))
        return void response.writeHead(400).end('redirect_uri 参数错误');
      back.searchParams.set('code', codeFor(user));
      back.searchParams.set('state', url.searchParams.get('state')!);
      return void response.writeHead(302, { location: back.href }).end();
    }
    if (url.pathname === '/jweixin.js')
      return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(SCRIPT);
    const ill = bad.get(url.pathname)?.shift();
    if (ill && 'silentMs' in ill) await new Promise((resolve) => setTimeout(resolve, ill.silentMs));
    const answer: Answer =
      ill && 'errcode' in ill
        ? refused(ill.errcode)
        : ill && 'text' in ill
          ? ill.text
          : (handlers[url.pathname]?.(url.searchParams, text ? (JSON.parse(text) as Record<string, unknown>) : {}) ??
            refused(-1));
    response
      .writeHead(ill && 'status' in ill ? ill.status : 200, { 'content-type': 'application/json; encoding=utf-8' })
      .end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  }
  function codeFor(openid: string): string {
    const code = word();
    codes.set(code, openid);
    return code;
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings: {
      ...settings,
      api: address,
      open: address,
      script: `${address}/jweixin.js`,
      timeoutMs: 400,
    } satisfies WeChatSettings,
    messages,
    calls,
    codeFor,
    /** From now on this is who WeChat names. */
    become(openid: string) {
      user = openid;
    },
    follow: (openid: string, follows: boolean) =>
      void (follows ? unsubscribed.delete(openid) : unsubscribed.add(openid)),
    /** The access token ends before its time, as when somebody else fetched another. */
    endToken() {
      token = word();
    },
    ticket,
    badDay: (path: string, ...days: BadDay[]) => void bad.set(path, [...(bad.get(path) ?? []), ...days]),
    /** The query with which WeChat signs a call to us. */
    signed(at = Math.floor(Date.now() / 1000), token_: string = settings.callbackToken): string {
      const nonce = word();
      const parts = [token_, String(at), nonce].sort().join('');
      return `signature=${createHash('sha1').update(parts).digest('hex')}&timestamp=${at}&nonce=${nonce}`;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
export type WeChatStandIn = Awaited<ReturnType<typeof openWeChat>>;
