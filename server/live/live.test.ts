import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser, goodPassword, openTestApp, staff, type TestApp } from '#server/accounts/app.test-helper.ts';
import { sandboxSignInRoutes } from '#server/accounts/sandbox-routes.ts';
import { openSandboxSms } from '#server/gateways/sms.ts';
import { drainMessages } from '#server/notifications/dispatcher.ts';
import { queueLive, queueMessage } from '#server/notifications/outbox.ts';
import { messageRoutes } from '#server/notifications/routes.ts';
import { sandboxMessageRoutes } from '#server/notifications/sandbox-routes.ts';
import type { Ctx } from '#server/platform/context.ts';
import { inTransaction } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type LiveHub, openLiveHub } from './hub.ts';
import { liveRoutes } from './routes.ts';

let test_: TestApp;
let hub: LiveHub;
let base = '';
let ctx: Ctx;
const visible = uuidv7();
const hidden = uuidv7();
let personId = '';

beforeAll(async () => {
  test_ = await openTestApp({
    mode: 'sandbox',
    routes: async (app) => {
      await messageRoutes(app as never);
      await sandboxMessageRoutes(app as never, { mode: 'sandbox' });
      await sandboxSignInRoutes(app as never, { mode: 'sandbox' });
      // The database is there only after this runs; the hub is opened below and reached through the closure.
      const late: LiveHub = { subscribe: (one) => hub.subscribe(one), size: 0, stop: async () => {} };
      await liveRoutes(app as never, {
        hub: late,
        maySeeCase: async (_ctx, _actor, id) => id === visible,
        beatMs: 150,
        streamsPerAccount: 2,
      });
    },
  });
  ctx = Object.assign(test_.ctx, { sms: openSandboxSms(test_.ctx) });
  hub = await openLiveHub({ appUrl: test_.database.appUrl, log: ctx.log });
  personId = await test_.addPerson();
  await test_.addAccount({
    kind: 'member',
    personId,
    phone: '13800000001',
    roles: ['member'],
    sandbox: { key: 'lin', situation: '', group: '' },
  });
  await test_.addAccount(
    staff(['reviewer'], { password: goodPassword, sandbox: { key: 'chen', situation: '', group: '' } }),
  );
  await test_.app.listen({ port: 0, host: '127.0.0.1' });
  base = `http://127.0.0.1:${(test_.app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await hub.stop();
  await test_.close();
});

async function signIn(key: string): Promise<Browser> {
  const browser = new Browser(test_);
  await browser.send('POST', '/api/sandbox/sign-in', { account: key });
  return browser;
}
const cookieOf = (browser: Browser) => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** Opens a stream and collects what it says. */
async function listen(browser: Browser) {
  const ending = new AbortController();
  const response = await fetch(`${base}/api/live`, { headers: { cookie: cookieOf(browser) }, signal: ending.signal });
  let text = '';
  let ended = false;
  void (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
  })()
    .catch(() => {})
    .finally(() => {
      ended = true;
    });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    until: async (part: string) => {
      for (let tries = 0; tries < 200 && !text.includes(part); tries++) await new Promise((r) => setTimeout(r, 25));
      expect(text).toContain(part);
    },
    untilEnd: async () => {
      for (let tries = 0; tries < 200 && !ended; tries++) await new Promise((r) => setTimeout(r, 25));
      expect(ended).toBe(true);
    },
    text: () => text,
    close: () => ending.abort(),
  };
}

const tell = (template: string) =>
  inTransaction(ctx.pool, async (db) =>
    queueMessage(db, ctx, { template, to: { personId }, urgent: true, now: await ctx.clock.now(db), key: uuidv7() }),
  );
const change = (kind: 'case' | 'clock', id?: string) =>
  inTransaction(ctx.pool, async (db) =>
    queueLive(db, ctx, { kind, ...(id ? { id } : {}), now: await ctx.clock.now(db), key: uuidv7() }),
  );

test('a screen hears of its inbox and of the cases it may see, and of nothing else', async () => {
  const [mine, theirs] = [await listen(await signIn('lin')), await listen(await signIn('chen'))];
  expect([mine.status, mine.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
  await tell('sign-in-new-device');
  await change('case', hidden);
  await change('case', visible);
  await change('clock');
  await drainMessages(ctx);
  for (const stream of [mine, theirs]) await stream.until('event: clock\ndata: {}\n\n');
  await mine.until('event: inbox\ndata: {}\n\n');
  await mine.until(`event: case\ndata: {"id":"${visible}"}\n\n`);
  await mine.until(': beat');
  expect(theirs.text()).not.toContain('inbox');
  expect(mine.text() + theirs.text()).not.toContain(hidden);
  expect((await ctx.pool.query(`select 1 from outbox where channel = 'live'`)).rowCount).toBe(0);
  mine.close();
  theirs.close();
});

test('a stream ends with its session, an account may hold only so many, and nobody listens unsigned', async () => {
  const browser = await signIn('chen');
  const streams = [await listen(browser), await listen(browser)];
  expect((await listen(browser)).status).toBe(429);
  expect((await fetch(`${base}/api/live`)).status).toBe(401);
  await ctx.pool.query('update sessions set ended_at = now()');
  for (const stream of streams) await stream.untilEnd();
  const again = await listen(await signIn('chen'));
  expect(again.status).toBe(200);
  again.close();
});

test('when the database drops the listener every screen is sent back, and the next one hears again', async () => {
  const browser = await signIn('lin');
  const stream = await listen(browser);
  await stream.until(': yilu');
  await test_.database.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'yilu live' and datname = current_database()`,
  );
  await stream.untilEnd();
  await new Promise((resolve) => setTimeout(resolve, 400));
  const next = await listen(browser);
  await change('clock');
  await drainMessages(ctx);
  await next.until('event: clock');
  next.close();
});

test('the inbox is one’s own, in the caller’s language, paged, and read once', async () => {
  for (let i = 0; i < 3; i++) await tell('identity-check-locked');
  await drainMessages(ctx);
  const [mine, theirs] = [await signIn('lin'), await signIn('chen')];
  const first = (await mine.send('GET', '/api/messages?limit=2')).json();
  expect(first.items).toHaveLength(2);
  expect(first.items[0]).toMatchObject({
    subject: '今天的电话身份核实已锁定',
    caseId: null,
    readAt: null,
    at: '2026-11-18T10:00:00+08:00',
  });
  const second = (await mine.send('GET', `/api/messages?limit=2&cursor=${first.next}`)).json();
  expect(second.items.map((item: { id: string }) => item.id)).not.toContain(first.items[0].id);
  expect((await theirs.send('GET', '/api/messages')).json()).toEqual({ items: [], next: null });

  const { id } = first.items[0];
  expect((await theirs.send('POST', `/api/messages/${id}/read`, {})).statusCode).toBe(404);
  expect((await mine.send('POST', `/api/messages/${id}/read`, {})).statusCode).toBe(204);
  expect((await mine.send('POST', `/api/messages/${id}/read`, {})).statusCode).toBe(204);
  expect((await mine.send('GET', '/api/messages?limit=1')).json().items[0].readAt).toBe('2026-11-18T10:00:00+08:00');
  expect((await mine.send('GET', '/api/messages?cursor=nonsense')).statusCode).toBe(400);
  const audit = (await ctx.pool.query(`select action from audit where action like 'message.%'`)).rows.map(
    (row) => row.action,
  );
  expect(audit).toContain('message.read');
  expect(audit).toContain('message.listed');
});

test('the sandbox’s viewer shows inboxes, text messages and one-time codes, with whom they reached', async () => {
  await ctx.sms.send({ to: '13800000001', body: '登录验证码 123456', key: uuidv7() });
  await tell('identity-check-locked');
  await drainMessages(ctx);
  const { items } = (await new Browser(test_).send('GET', '/api/sandbox/messages?limit=100')).json();
  expect(items).toContainEqual(
    expect.objectContaining({ channel: 'sms', to: '13800000001', body: '登录验证码 123456', state: 'shown' }),
  );
  expect(items).toContainEqual(
    expect.objectContaining({ channel: 'inbox', to: '林试', subject: '今天的电话身份核实已锁定' }),
  );
  expect(items).toContainEqual(
    expect.objectContaining({ channel: 'sms', to: '13800000001', body: expect.stringContaining('【测试】') }),
  );
  const stored = JSON.stringify(
    (await ctx.pool.query('select * from sandbox_outside')).rows.map((row) => ({
      ...row,
      sealed: row.sealed.toString('latin1'),
    })),
  );
  expect(stored).not.toMatch(/13800000001|123456/);
  await expect(sandboxMessageRoutes({} as never, { mode: 'production' })).rejects.toThrow('only in a sandbox');
});
