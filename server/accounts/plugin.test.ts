import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser, openTestApp, staff, type TestApp } from './app.test-helper.ts';
import { guardRoutes, listRoutes } from './plugin.ts';
import { sandboxSignInRoutes } from './sandbox-routes.ts';

let server: TestApp;
beforeAll(async () => {
  server = await openTestApp({
    mode: 'sandbox',
    routes: async (app) => {
      await sandboxSignInRoutes(app, { mode: 'sandbox' });
      app.post('/public', { config: { allow: 'public' } }, async () => ({ ok: true }));
      app.post('/any', { config: { allow: 'signed-in' } }, async (request) => ({ role: request.actor.role }));
      app.post('/review', { config: { allow: ['reviewer'] } }, async () => ({ ok: true }));
    },
  });
  const personId = await server.addPerson();
  const sandbox = { key: 'member-fresh', situation: '刚投保', group: '会员' };
  await server.addAccount({ kind: 'member', personId, roles: ['member'], sandbox });
  await server.addAccount(staff(['reviewer'], { sandbox: { key: 'reviewer', situation: '审核', group: '工作人员' } }));
});
afterAll(() => server.close());

test('a route that does not say who may call it stops the boot', () => {
  const app = Fastify();
  guardRoutes(app as never);
  expect(() => app.get('/open', async () => 1)).toThrow(/GET,?.*\/open does not say who may call it/);
  expect(() => app.get('/nobody', { config: { allow: [] } }, async () => 1)).toThrow(/does not say/);
});

test('every route is listed with who may call it', () => {
  expect(listRoutes(server.app)).toContainEqual({ method: 'POST', url: '/api/review', allow: ['reviewer'] });
  expect(listRoutes(server.app)).toHaveLength(5);
});

test('no session is 401, the wrong role is 403, the right role passes', async () => {
  const browser = new Browser(server);
  expect((await browser.send('POST', '/api/review', {})).json()).toMatchObject({ status: 401, code: 'sign-in-needed' });
  expect((await browser.send('POST', '/api/public', {})).statusCode).toBe(200);
  await browser.send('POST', '/api/sandbox/sign-in', { account: 'member-fresh' });
  expect((await browser.send('POST', '/api/review', {})).json()).toMatchObject({
    code: 'not-for-this-role',
    status: 403,
  });
  expect((await browser.send('POST', '/api/any', {})).json()).toEqual({ role: 'member' });
  await browser.send('POST', '/api/sandbox/sign-in', { account: 'reviewer' });
  expect((await browser.send('POST', '/api/review', {})).statusCode).toBe(200);
  expect((await browser.send('GET', '/api/nowhere')).statusCode).toBe(404);
});

test('the sandbox lists its accounts by name and situation, and signs in as a member by her name', async () => {
  const browser = new Browser(server);
  expect((await browser.send('GET', '/api/sandbox/accounts')).json().items).toEqual([
    { account: 'member-fresh', name: '林试', role: 'member', situation: '刚投保', group: '会员' },
    { account: 'reviewer', name: '陈安', role: 'reviewer', situation: '审核', group: '工作人员' },
  ]);
  const session = await browser.send('POST', '/api/sandbox/sign-in', { account: 'member-fresh' });
  expect(session.json().account).toMatchObject({ name: '林试', role: 'member' });
  expect((await browser.send('POST', '/api/sandbox/sign-in', { account: 'nobody' })).statusCode).toBe(404);
});

test('production has no route of the sandbox', async () => {
  const app = Fastify();
  await expect(sandboxSignInRoutes(app as never, { mode: 'production' })).rejects.toThrow(/only in a sandbox/);
});

test('a change must come from our own origin; a client that is no browser sends none', async () => {
  const browser = new Browser(server);
  const post = async (headers: Record<string, string>) =>
    (await browser.send('POST', '/api/public', {}, { host: 'yilu.example.com', ...headers })).statusCode;
  expect(await post({ origin: 'https://yilu.example.com' })).toBe(200);
  expect(await post({})).toBe(200);
  expect(await post({ origin: 'https://evil.example.com' })).toBe(403);
  expect(await post({ origin: 'https://yilu.example.com.evil.com' })).toBe(403);
  expect(await post({ origin: 'null' })).toBe(403);
  expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(await post({ 'sec-fetch-site': 'same-origin' })).toBe(200);
});
