/**
 * In through WeChat, bound to a person after the check of who she is, told there; played against a stand-in of WeChat.
 * Over 300 lines: one ground is laid for all of it.
 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { applyPhoneChange } from '#server/accounts/change-phone.ts';
import { drainMessages } from '#server/notifications/dispatcher.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { recordPersonFact } from '#server/persons/facts.ts';
import { machineNow } from '#server/platform/clock.ts';
import { SYSTEM } from '#server/platform/context.ts';
import { inTransaction } from '#server/platform/db.ts';
import { idNumberOf } from '#server/sandbox/people.ts';
import { endBinding } from '#server/wechat/bindings.ts';
import { withAccessToken } from '#server/wechat/tokens.ts';
import { openWeChat, type WeChatStandIn } from '#tests/support/wechat-stand-in.ts';
import { member, openApp, type TestApp } from '#tests/with-app.ts';

const PAGES = 'http://junlong.localhost';
const SEND = '/cgi-bin/message/template/send';
let wechat: WeChatStandIn;
let on: TestApp;
const people = ['an', 'bai', 'cui', 'du'].map((key) => member(key));
let ids: ReadonlyMap<string, { personId: string; policyId: string }>;

beforeAll(async () => {
  wechat = await openWeChat(PAGES);
  on = await openApp({ gateways: { wechat: wechat.settings } });
  ids = await on.people(people);
});
afterAll(async () => {
  await on.close();
  await wechat.close();
});
beforeEach(async () => {
  await drainMessages(on.ctx);
  wechat.messages.length = 0;
});

const personaOf = (key: string) => people.find((one) => one.key === key)!;

/** A browser inside WeChat: cookies are kept, redirects are followed by hand. */
function browser() {
  const cookies = new Map<string, string>();
  const send = async (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) => {
    const answer = await on.app.inject({
      method,
      url,
      headers: {
        host: 'junlong.localhost',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      ...(payload ? { payload } : {}),
    });
    for (const { name, value } of answer.cookies) value ? cookies.set(name, value) : cookies.delete(name);
    return answer;
  };
  /** From our start to WeChat and back to our callback; returns its address, not yet opened. */
  const throughWeChat = async (to = '/m/cases') => {
    const start = await send('GET', `/api/wechat/start?to=${encodeURIComponent(to)}`);
    expect(start.statusCode).toBe(302);
    const asked = await fetch(start.headers.location!, { redirect: 'manual' });
    const back = new URL(asked.headers.get('location')!);
    return back.pathname + back.search;
  };
  const comeIn = async (to?: string) => (await send('GET', await throughWeChat(to))).headers.location;
  const session = async () => (await send('GET', '/api/session')).statusCode;
  return { send, throughWeChat, comeIn, session };
}
type Browser = ReturnType<typeof browser>;

/** Codes heard before: they leave after the answer, so that the newest may still be on its way. */
const heard = new Set<string>();
async function codeTo(phone: string): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { items } = (
      await on.app.inject({ url: '/api/sandbox/messages?limit=50', headers: { host: 'junlong.localhost' } })
    ).json<{ items: { id: string; to: string; body: string }[] }>();
    const fresh = items.find(({ id, to, body }) => to === phone && body.includes('绑定微信') && !heard.has(id));
    if (fresh) {
      heard.add(fresh.id);
      return /\d{6}/.exec(fresh.body)![0];
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`no code came to ${phone}`);
}

async function proof(page: Browser, key: string, change: object = {}) {
  const { phone, name } = personaOf(key);
  // How many codes a number gets an hour is tried elsewhere.
  await on.database.owner.query(`delete from yilu.rate_limits where bucket like 'codes-%'`);
  expect((await page.send('POST', '/api/wechat/code', { phone })).statusCode).toBe(204);
  const idNumber = idNumberOf(personaOf(key));
  return await page.send('POST', '/api/wechat/bind', { phone, name, idNumber, code: await codeTo(phone), ...change });
}

async function bound(key: string, openid: string): Promise<Browser> {
  const page = browser();
  wechat.become(openid);
  expect(await page.comeIn()).toBe('/m/wechat');
  expect((await proof(page, key)).json()).toMatchObject({ session: { account: { name: `测试${key}` } } });
  return page;
}

/** Tells a person something and works everything off that leaves the house. */
async function tell(key: string, urgent = false): Promise<string> {
  const unique = `told/${key}/${Math.random()}`;
  await inTransaction(on.ctx.pool, async (db) =>
    queueMessage(db, on.ctx, {
      template: urgent ? 'sign-in-new-device' : 'delegation-changed',
      to: { personId: ids.get(key)!.personId },
      urgent,
      now: await on.ctx.clock.now(db),
      key: unique,
    }),
  );
  await drainMessages(on.ctx);
  return unique;
}
const waysOf = async (unique: string) =>
  (
    await on.database.owner.query(
      `select d.channel, d.state, d.last_error as error, d.outside_id as "outsideId" from yilu.deliveries d
         join yilu.outbox o using (insurer) where o.id = d.outbox_id and o.unique_key = $1 order by d.channel desc`,
      [`message/${unique}`],
    )
  ).rows;
const dueNow = () => on.database.owner.query('update yilu.deliveries set next_try_at = null');
const event = (xml: string, query = wechat.signed()) =>
  on.app.inject({
    method: 'POST',
    url: `/api/wechat/events?${query}`,
    headers: { host: 'junlong.localhost', 'content-type': 'text/xml' },
    payload: `<xml><ToUserName><![CDATA[gh_1]]></ToUserName>${xml}</xml>`,
  });

test('a stranger proves who she is with code, name and ID number, and the next time comes straight in', async () => {
  const page = browser();
  wechat.become('openid-an');
  expect(await page.comeIn('/m/cases?open=1')).toBe('/m/wechat');
  expect(await page.session()).toBe(401);

  const wrong = await proof(page, 'an', { name: '别人' });
  expect(wrong.json()).toEqual({ session: null, to: '/m/wechat', attemptsLeft: 4 });
  expect((await proof(page, 'an', { idNumber: idNumberOf(personaOf('bai')) })).json()).toMatchObject({
    attemptsLeft: 3,
  });
  expect((await proof(page, 'an', { code: '000000' })).json()).toMatchObject({ code: 'wrong-credentials' });

  const right = await proof(page, 'an');
  expect(right.json()).toMatchObject({
    to: '/m/cases?open=1',
    session: { account: { name: '测试an', role: 'member' } },
  });
  expect((await page.send('GET', '/api/wechat')).json()).toMatchObject({
    available: true,
    binding: { messages: null },
  });

  const again = browser();
  expect(await again.comeIn('/m/papers')).toBe('/m/papers');
  expect(await again.session()).toBe(200);
  const { rows } = await on.database.owner.query(
    `select encode(sealed, 'escape') || encode(openid_hash, 'escape') as kept from yilu.wechat_bindings`,
  );
  expect(rows[0].kept).not.toContain('openid-an');
});

test('what comes back twice, late, without its browser or with a spent code signs nobody in and says so', async () => {
  await bound('bai', 'openid-bai');
  const page = browser();
  const back = await page.throughWeChat('/m/inbox');
  const other = browser();
  // Somebody else's link opened in this browser would sign it in as somebody else.
  expect((await other.send('GET', back)).headers.location).toBe('/?wechat=expired');
  expect(await other.session()).toBe(401);
  expect((await page.send('GET', back)).headers.location).toBe('/m/inbox');
  expect((await page.send('GET', back)).headers.location).toBe('/?wechat=expired');

  const late = browser();
  const lateBack = await late.throughWeChat('/m/inbox');
  await on.database.owner.query(`update yilu.wechat_visits set expires_at = now() - interval '1 second'`);
  expect((await late.send('GET', lateBack)).headers.location).toBe('/?wechat=expired');

  const spent = browser();
  const spentBack = new URL(await spent.throughWeChat('/m/inbox'), PAGES);
  const { searchParams } = new URL(back, PAGES);
  spentBack.searchParams.set('code', searchParams.get('code')!);
  expect((await spent.send('GET', spentBack.pathname + spentBack.search)).headers.location).toBe(
    '/m/inbox?wechat=expired',
  );
  expect(await spent.session()).toBe(401);

  wechat.badDay('/sns/oauth2/access_token', { errcode: -1 }, { text: '<html>' }, { errcode: 40125 });
  expect(await browser().comeIn('/m/inbox')).toBe('/m/inbox?wechat=busy');
  expect(await browser().comeIn('/m/inbox')).toBe('/m/inbox?wechat=busy');
  expect(await browser().comeIn('/m/inbox')).toBe('/m/inbox?wechat=off');
});

test('after signing in only pages of ours are opened', async () => {
  wechat.become('openid-bai');
  for (const to of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/api/session',
    'evil',
    '/\t/evil.example',
  ])
    expect(await browser().comeIn(to), to).toBe('/');
  expect(await browser().comeIn('/m/cases/1?a=b')).toBe('/m/cases/1?a=b');
});

test('wrong answers are counted for the number and for the WeChat, and end after five', async () => {
  wechat.become('openid-guesser');
  const page = browser();
  await page.comeIn();
  for (let n = 4; n >= 0; n -= 1)
    expect((await proof(page, 'du', { name: '猜' })).json(), String(n)).toMatchObject({ attemptsLeft: n });
  expect((await proof(page, 'du')).statusCode).toBe(429);
  // Another number is of no help to the same WeChat.
  expect((await proof(page, 'cui')).statusCode).toBe(429);
  const nowhere = browser();
  expect((await proof(nowhere, 'cui')).json()).toMatchObject({ code: 'not-possible-now' });
});

test('one WeChat an account: another replaces it; she takes it back in a tap; a new number and death end it', async () => {
  const page = await bound('cui', 'openid-cui');
  await bound('cui', 'openid-cui-2');
  wechat.become('openid-cui');
  expect(await browser().comeIn()).toBe('/m/wechat');

  expect((await page.send('DELETE', '/api/wechat/binding')).statusCode).toBe(204);
  expect((await page.send('DELETE', '/api/wechat/binding')).statusCode).toBe(204);
  wechat.become('openid-cui-2');
  expect(await browser().comeIn()).toBe('/m/wechat');

  await bound('cui', 'openid-cui-2');
  const { personId } = ids.get('cui')!;
  const change = { personId, phone: '19800000001', proof: 'second-person' } as const;
  await inTransaction(on.ctx.pool, (db) => applyPhoneChange(db, on.ctx, SYSTEM, change, machineNow()));
  expect(await browser().comeIn()).toBe('/m/wechat');

  const { rows } = await on.database.owner.query(
    `select template, count(*)::int as n from yilu.outbox where person_id = $1 and template like 'wechat-%' group by 1 order by 1`,
    [personId],
  );
  expect(rows).toEqual([
    { template: 'wechat-bound', n: 2 },
    { template: 'wechat-ended', n: 2 },
    { template: 'wechat-replaced', n: 1 },
  ]);
});

test('who is bound is told in WeChat, with words that name nothing, a link and a key; what is urgent goes both ways', async () => {
  const told = await tell('an');
  expect(await waysOf(told)).toMatchObject([{ channel: 'wechat', state: 'sent' }]);
  expect(wechat.messages).toMatchObject([
    {
      touser: 'openid-an',
      template_id: 'tpl-1',
      url: `${PAGES}/api/wechat/start?to=%2Fm%2Finbox`,
      data: {
        thing1: { value: '您的账户有变动' },
        time2: { value: '2026年11月18日 10:00' },
        thing3: { value: expect.stringMatching(/./) },
      },
    },
  ]);
  expect(await waysOf(await tell('an', true))).toMatchObject([
    { channel: 'wechat', state: 'sent' },
    { channel: 'sms', state: 'shown' },
  ]);
  expect(await waysOf(await tell('du'))).toMatchObject([{ channel: 'sms', state: 'shown' }]);
});

test('a token that ended mid-way is fetched once more; a busy WeChat is tried again and tells once', async () => {
  wechat.endToken();
  expect(await waysOf(await tell('an'))).toMatchObject([{ channel: 'wechat', state: 'sent' }]);

  wechat.badDay(SEND, { errcode: -1 }, { text: '<html>502</html>' }, { silentMs: 600 }, { status: 503 });
  const told = await tell('an');
  const errors = [];
  for (let n = 0; n < 4; n += 1) {
    const [row] = await waysOf(told);
    errors.push(row?.error);
    await dueNow();
    await drainMessages(on.ctx);
  }
  expect(errors).toEqual(['wechat--1', 'not-json', 'timeout', 'http-503']);
  expect(await waysOf(told)).toMatchObject([{ channel: 'wechat', state: 'sent' }]);
  // The slow call had arrived: its key is known, and she read one message.
  expect(wechat.messages).toHaveLength(2);
});

test('what WeChat refuses, or is too long in taking, goes as a text message, once', async () => {
  wechat.badDay(SEND, { errcode: 45009 });
  const quota = await tell('an');
  await drainMessages(on.ctx);
  const both = (error: string) => [
    { channel: 'wechat', state: 'failed', error },
    { channel: 'sms', state: 'shown', error: null },
  ];
  expect(await waysOf(quota)).toMatchObject(both('wechat-45009'));

  wechat.badDay(SEND, ...Array.from({ length: 5 }, () => ({ errcode: -1 })));
  const down = await tell('an');
  for (let n = 0; n < 5; n += 1) {
    await dueNow();
    await drainMessages(on.ctx);
  }
  expect(await waysOf(down)).toMatchObject(both('wechat--1'));

  wechat.follow('openid-an', false);
  expect(await waysOf(await tell('an'))).toMatchObject(both('wechat-43004'));
  // From now on nobody asks WeChat in vain, until it says that she follows again.
  expect(await waysOf(await tell('an'))).toMatchObject([{ channel: 'sms', state: 'shown' }]);
  wechat.follow('openid-an', true);
  const subscribe = '<FromUserName><![CDATA[openid-an]]></FromUserName><MsgType><![CDATA[event]]></MsgType>';
  expect((await event(`${subscribe}<Event><![CDATA[subscribe]]></Event>`)).body).toBe('success');
  const taken = await tell('an');
  expect(await waysOf(taken)).toMatchObject([{ channel: 'wechat', state: 'sent' }]);

  const [{ outsideId }] = await waysOf(taken);
  const failed = `${subscribe}<Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event><MsgID>${outsideId}</MsgID><Status><![CDATA[failed:user block]]></Status>`;
  expect((await event(failed)).statusCode).toBe(200);
  expect((await event(failed)).statusCode).toBe(200);
  await drainMessages(on.ctx);
  expect(await waysOf(taken)).toMatchObject(both('user-block'));
  expect((await event(`${subscribe}<Event><![CDATA[unsubscribe]]></Event>`)).statusCode).toBe(200);
  expect(await waysOf(await tell('an'))).toMatchObject([{ channel: 'sms', state: 'shown' }]);
});

test('only WeChat is heard: its signature, of now', async () => {
  const url = (query: string) => ({ url: `/api/wechat/events?${query}`, headers: { host: 'junlong.localhost' } });
  expect((await on.app.inject(url(`${wechat.signed()}&echostr=12345`))).body).toBe('12345');
  const old = Math.floor(Date.now() / 1000) - 3600;
  for (const query of ['', wechat.signed(old), wechat.signed(undefined, 'another')]) {
    expect((await on.app.inject(url(query))).statusCode, query).toBe(403);
    expect((await event('<Event>subscribe</Event>', query)).statusCode, query).toBe(403);
  }
});

test('a page of ours is signed for its address without the fragment, no other; processes share one token', async () => {
  const player = await on.as('an');
  const url = `${PAGES}/m/cases/1?a=b`;
  const config = await player.must<{ timestamp: number; nonceStr: string; signature: string; script: string }>(
    'POST',
    '/wechat/js-config',
    { url: `${url}#part` },
  );
  const text = `jsapi_ticket=${wechat.ticket}&noncestr=${config.nonceStr}&timestamp=${config.timestamp}&url=${url}`;
  expect(config.signature).toBe(createHash('sha1').update(text).digest('hex'));
  expect((await player.send('POST', '/wechat/js-config', { url: 'https://evil.example/m' })).status).toBe(422);

  await on.database.owner.query('update yilu.wechat_tokens set expires_at = now()');
  wechat.calls.length = 0;
  const gateway = on.ctx.gateways.wechat!;
  const tokens = await Promise.all([1, 2, 3].map(() => withAccessToken(on.ctx, gateway, async (token) => token)));
  expect(new Set(tokens).size).toBe(1);
  expect(wechat.calls).toEqual(['/cgi-bin/stable_token']);
});

test('a death on record ends the binding, and WeChat opens the account no more', async () => {
  const { personId } = ids.get('bai')!;
  await inTransaction(on.ctx.pool, async (db) => {
    const now = await on.ctx.clock.now(db);
    await recordPersonFact(db, on.ctx, {
      personId,
      kind: 'death',
      value: 'died',
      effectiveFrom: now,
      recordedBy: null,
      evidence: 'certificate',
      now,
    });
  });
  // Even before its binding is taken away.
  wechat.become('openid-bai');
  expect(await browser().comeIn()).toBe('/m/wechat');
  await inTransaction(on.ctx.pool, async (db) =>
    expect(await endBinding(db, on.ctx, SYSTEM, personId, 'died', await on.ctx.clock.now(db))).toBe(true),
  );
});
