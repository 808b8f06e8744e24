import { afterAll, beforeAll, expect, test } from 'vitest';
import { administrationRoutes } from './administration-routes.ts';
import { Browser, goodPassword, openTestApp, staff, type TestApp } from './app.test-helper.ts';
import { listStaff, nameAccounts } from './names.ts';
import { sandboxSignInRoutes } from './sandbox-routes.ts';
import { sessionRoutes } from './session-routes.ts';

let server: TestApp;
let administrator: Browser;
let own: string;
beforeAll(async () => {
  server = await openTestApp({
    mode: 'sandbox',
    routes: async (app) => {
      await sessionRoutes(app);
      await administrationRoutes(app);
      await sandboxSignInRoutes(app, { mode: 'sandbox' });
    },
  });
  own = await server.addAccount(
    staff(['administrator'], { email: 'admin@example.com', sandbox: { key: 'admin', situation: '', group: '' } }),
  );
  administrator = new Browser(server);
  await administrator.send('POST', '/api/sandbox/sign-in', { account: 'admin' });
});
afterAll(() => server.close());

const change = (id: string, body: object) => administrator.send('POST', `/api/accounts/${id}`, body);
async function signIn(email: string, password = goodPassword): Promise<{ browser: Browser; code: string | null }> {
  const browser = new Browser(server);
  const answer = await browser.send('POST', '/api/session/password', { email, password });
  return { browser, code: answer.json().code ?? null };
}

test('an administrator makes an account, whose password is only good for choosing another', async () => {
  const body = { name: '周明', email: 'zhou@example.com', roles: ['case-manager'] };
  const made = await administrator.send('POST', '/api/accounts', body);
  expect(made.statusCode).toBe(201);
  const { temporaryPassword, ...account } = made.json();
  expect(account).toMatchObject({ name: '周明', email: 'zhou@example.com', roles: ['case-manager'], state: 'active' });
  expect((await signIn('zhou@example.com', temporaryPassword)).code).toBe('new-password-needed');
  const changed = await new Browser(server).send('POST', '/api/session/password/change', {
    email: 'zhou@example.com',
    password: temporaryPassword,
    newPassword: goodPassword,
  });
  expect(changed.json().session.account.role).toBe('case-manager');
  const twice = await administrator.send('POST', '/api/accounts', body);
  expect(twice.json()).toMatchObject({ status: 409, pointer: '/email' });
});

test('roles that must be apart are refused, and provider staff need their company', async () => {
  for (const [roles, provider] of [
    [['administrator', 'reviewer'], undefined],
    [['auditor', 'operations'], undefined],
    [['provider'], undefined],
    [['member'], undefined],
  ] as const) {
    const body = { name: '某人', email: 'x@example.com', roles, ...(provider ? { provider } : {}) };
    expect((await administrator.send('POST', '/api/accounts', body)).statusCode, String(roles)).toBe(422);
  }
  const body = { name: '护士', email: 'p@example.com', roles: ['provider'], provider: 'escort-company' };
  expect((await administrator.send('POST', '/api/accounts', body)).statusCode).toBe(201);
});

test('a change of roles, a lock and a reset end every session; unlocking lets her in again', async () => {
  const id = await server.addAccount(staff(['reviewer'], { email: 'r@example.com' }));
  const steps: [object, number][] = [
    [{ roles: ['supervisor'] }, 200],
    [{ resetTotp: true }, 200],
    [{ state: 'locked' }, 422],
    [{ state: 'active' }, 200],
  ];
  for (const [body, statusAfter] of steps) {
    const { browser } = await signIn('r@example.com');
    await change(id, body);
    if (!('state' in body && body.state === 'active')) {
      expect((await browser.send('GET', '/api/session')).statusCode, JSON.stringify(body)).toBe(401);
    }
    expect((await signIn('r@example.com')).code === null ? 200 : 422).toBe(statusAfter);
  }
  const shown = (await administrator.send('GET', '/api/accounts'))
    .json()
    .items.find((one: { id: string }) => one.id === id);
  expect(shown).toMatchObject({ roles: ['supervisor'], sessions: 1, state: 'active', lockedUntil: null });
  expect((await administrator.send('DELETE', `/api/accounts/${id}/sessions`)).statusCode).toBe(204);
});

test('unlocking also ends a lockout after five failures', async () => {
  const id = await server.addAccount(staff(['reviewer'], { email: 'l@example.com' }));
  for (let n = 0; n < 5; n++) await signIn('l@example.com', 'wrong');
  const find = async () =>
    (await administrator.send('GET', '/api/accounts')).json().items.find((one: { id: string }) => one.id === id);
  expect((await find()).lockedUntil).not.toBeNull();
  await change(id, { state: 'active' });
  expect((await find()).lockedUntil).toBeNull();
  expect((await signIn('l@example.com')).code).toBeNull();
});

test('a leaver is out for good', async () => {
  const id = await server.addAccount(staff(['reviewer'], { email: 'bye@example.com' }));
  const { browser } = await signIn('bye@example.com');
  expect((await change(id, { state: 'left' })).json().state).toBe('left');
  expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
  expect((await change(id, { state: 'active' })).statusCode).toBe(409);
});

test('nobody acts on the own account, and members are nobody to an administrator', async () => {
  expect((await change(own, { roles: ['administrator', 'plan-administrator'] })).json().code).toBe('not-allowed');
  expect((await administrator.send('POST', `/api/accounts/${own}/password`)).json().code).toBe('not-allowed');
  const personId = await server.addPerson();
  const member = await server.addAccount({ kind: 'member', personId, roles: ['member'] });
  expect((await change(member, { state: 'locked' })).statusCode).toBe(404);
  const { items } = (await administrator.send('GET', '/api/accounts')).json();
  expect(items.map((one: { id: string }) => one.id)).not.toContain(member);
  expect([...(await nameAccounts(server.ctx.pool, server.ctx, [member, own])).values()].sort()).toEqual(
    ['林**', '陈安'].sort(),
  );
  expect((await listStaff(server.ctx.pool, server.ctx, 'administrator')).map((one) => one.id)).toEqual([own]);
});

test('the list goes on by cursor', async () => {
  const first = (await administrator.send('GET', '/api/accounts?limit=2')).json();
  expect(first.items).toHaveLength(2);
  const second = (await administrator.send('GET', `/api/accounts?limit=2&cursor=${first.next}`)).json();
  expect(second.items[0].id > first.items[1].id).toBe(true);
});

test('every change is audited with who did it and no name', async () => {
  const { rows } = await server.database.owner.query(
    `select action, actor_account, details::text as details from yilu.audit where action like 'account.%'`,
  );
  const actions = new Set(rows.map((row) => row.action));
  for (const action of [
    'account.created',
    'account.roles-changed',
    'account.state-changed',
    'account.totp-reset',
    'account.sessions-ended',
  ]) {
    expect(actions).toContain(action);
  }
  for (const row of rows) expect(row.details).not.toMatch(/example\.com|[一-鿿]/);
});
