import { generate } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser, goodPassword, openTestApp, staff, type TestApp } from './app.test-helper.ts';
import { sessionRoutes } from './session-routes.ts';

let sandbox: TestApp;
let production: TestApp;
beforeAll(async () => {
  sandbox = await openTestApp({ mode: 'sandbox', routes: sessionRoutes });
  production = await openTestApp({ mode: 'production', routes: sessionRoutes });
});
afterAll(async () => {
  await sandbox.close();
  await production.close();
});

const credentials = (email: string, password = goodPassword) => ({ email, password });
const secretOf = (otpauth: string): string => new URL(otpauth).searchParams.get('secret')!;

test('staff sign in by e-mail and password and are told who they are', async () => {
  await sandbox.addAccount(staff(['reviewer', 'supervisor'], { email: 'a@example.com' }));
  const browser = new Browser(sandbox);
  expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
  const answer = await browser.send('POST', '/api/session/password', credentials('A@example.com'));
  expect(answer.json()).toMatchObject({ needs: null, session: { account: { name: '陈安', role: 'reviewer' } } });
  expect((await browser.send('GET', '/api/session')).json()).toMatchObject({
    account: { role: 'reviewer' },
    calendarUntil: '2026-12-31',
    calendarEndsSoon: expect.any(Boolean),
  });
  expect(answer.cookies.find((cookie) => cookie.name === 'yilu_session_test')).toMatchObject({
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
  });
});

test('the cookie is Secure and host-bound outside localhost', async () => {
  await sandbox.addAccount(staff(['reviewer'], { email: 'b@example.com' }));
  const answer = await new Browser(sandbox).send('POST', '/api/session/password', credentials('b@example.com'), {
    host: 'yilu.example.com',
  });
  expect(answer.cookies[0]).toMatchObject({ name: '__Host-yilu_session_test', secure: true, httpOnly: true });
});

test('a session is new after every sign-in and every change of role, and the old token is dead', async () => {
  await sandbox.addAccount(staff(['reviewer', 'supervisor'], { email: 'c@example.com' }));
  const browser = new Browser(sandbox);
  await browser.send('POST', '/api/session/password', credentials('c@example.com'));
  const first = new Map(browser.cookies);
  const switched = await browser.send('POST', '/api/session/role', { role: 'supervisor' });
  expect(switched.json()).toMatchObject({ account: { role: 'supervisor' } });
  const second = new Map(browser.cookies);
  expect(second).not.toEqual(first);
  await browser.send('POST', '/api/session/password', credentials('c@example.com'));
  for (const old of [first, second]) {
    const thief = new Browser(sandbox);
    for (const [name, value] of old) thief.cookies.set(name, value);
    expect((await thief.send('GET', '/api/session')).statusCode).toBe(401);
  }
  expect((await browser.send('POST', '/api/session/role', { role: 'auditor' })).json().code).toBe('not-for-this-role');
  expect((await browser.send('DELETE', '/api/session')).statusCode).toBe(204);
  expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
});

test('an idle session ends after 30 minutes, and any after 12 hours', async () => {
  const id = await sandbox.addAccount(staff(['reviewer'], { email: 'd@example.com' }));
  for (const column of ['last_seen_at = last_seen_at', 'expires_at = last_seen_at']) {
    const browser = new Browser(sandbox);
    await browser.send('POST', '/api/session/password', credentials('d@example.com'));
    expect((await browser.send('GET', '/api/session')).statusCode).toBe(200);
    const { rows } = await sandbox.database.owner.query(
      `select (expires_at - created_at)::text as life from yilu.sessions where account_id = $1 and ended_at is null
        order by created_at desc limit 1`,
      [id],
    );
    expect(rows[0].life).toBe('12:00:00');
    await sandbox.database.owner.query(
      `update yilu.sessions set ${column} - interval '31 minutes' where account_id = $1`,
      [id],
    );
    expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
  }
});

test('five failures lock an e-mail for half an hour, whether it is known or not, in the same words', async () => {
  await sandbox.addAccount(staff(['reviewer'], { email: 'e@example.com' }));
  const answers: unknown[][] = [];
  for (const email of ['e@example.com', 'nobody@example.com']) {
    const seen: unknown[] = [];
    for (let n = 0; n < 6; n++) {
      const answer = await new Browser(sandbox).send('POST', '/api/session/password', credentials(email, 'wrong'));
      const { retryAfter: _seconds, ...body } = answer.json();
      seen.push(body);
    }
    answers.push(seen);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]!.map((body) => (body as { code: string }).code)).toEqual([
    ...Array(5).fill('wrong-credentials'),
    'too-many-requests',
  ]);
  const right = await new Browser(sandbox).send('POST', '/api/session/password', credentials('e@example.com'));
  expect(right.statusCode).toBe(429);
  await sandbox.database.owner.query(
    `update yilu.rate_limits set window_started_at = window_started_at - interval '31 minutes'`,
  );
  const later = await new Browser(sandbox).send('POST', '/api/session/password', credentials('e@example.com'));
  expect(later.statusCode).toBe(200);
});

test('guesses sent at once are counted like guesses one after the other', async () => {
  await sandbox.addAccount(staff(['reviewer'], { email: 'many@example.com' }));
  const guess = () =>
    new Browser(sandbox).send('POST', '/api/session/password', credentials('many@example.com', 'wrong'));
  const codes = (await Promise.all(Array.from({ length: 9 }, guess))).map((answer) => answer.json().code);
  expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
  expect(codes.filter((code) => code === 'too-many-requests')).toHaveLength(4);
});

test('a locked account, one that left, and one without a password do not sign in', async () => {
  const id = await sandbox.addAccount(staff(['reviewer'], { email: 'f@example.com' }));
  for (const state of ['locked', 'left']) {
    await sandbox.database.owner.query('update yilu.accounts set state = $2 where id = $1', [id, state]);
    const answer = await new Browser(sandbox).send('POST', '/api/session/password', credentials('f@example.com'));
    expect(answer.json()).toMatchObject({ status: 422, code: 'wrong-credentials' });
  }
  await sandbox.addAccount(
    ((all) => {
      delete all.password;
      return all;
    })(staff(['reviewer'], { email: 'g@example.com' })),
  );
  const answer = await new Browser(sandbox).send('POST', '/api/session/password', credentials('g@example.com'));
  expect(answer.json().code).toBe('wrong-credentials');
});

test('in production the second factor is set up at the first sign-in and asked at every later one, each code once', async () => {
  await production.addAccount(staff(['reviewer'], { email: 'a@example.com' }));
  const browser = new Browser(production);
  const asked = (await browser.send('POST', '/api/session/password', credentials('a@example.com'))).json();
  expect(asked).toMatchObject({ session: null, needs: 'totp-setup' });
  const secret = secretOf(asked.otpauth);
  const wrong = await browser.send('POST', '/api/session/password', {
    ...credentials('a@example.com'),
    totp: '000000',
  });
  expect(wrong.json()).toMatchObject({ session: null, needs: 'totp-setup', attemptsLeft: 4 });
  const code = await generate({ secret });
  const set = await browser.send('POST', '/api/session/password', { ...credentials('a@example.com'), totp: code });
  expect(set.json()).toMatchObject({ needs: null, session: { account: { role: 'reviewer' } } });

  const again = new Browser(production);
  expect((await again.send('POST', '/api/session/password', credentials('a@example.com'))).json()).toMatchObject({
    session: null,
    needs: 'totp',
  });
  const replay = await again.send('POST', '/api/session/password', { ...credentials('a@example.com'), totp: code });
  expect(replay.json()).toMatchObject({ session: null, needs: 'totp' });
  const next = await generate({ secret, epoch: Math.floor(Date.now() / 1000) + 30 });
  const good = await again.send('POST', '/api/session/password', { ...credentials('a@example.com'), totp: next });
  expect(good.json().needs).toBeNull();
});

test('a password set by somebody else, or older than 90 days, is only good for choosing another that keeps the rules', async () => {
  const id = await sandbox.addAccount(staff(['reviewer'], { email: 'h@example.com', passwordTemporary: true }));
  const browser = new Browser(sandbox);
  const signIn = await browser.send('POST', '/api/session/password', credentials('h@example.com'));
  expect(signIn.json()).toMatchObject({ status: 409, code: 'new-password-needed' });
  const change = (newPassword: string, password = goodPassword) =>
    browser.send('POST', '/api/session/password/change', { email: 'h@example.com', password, newPassword });
  expect((await change('short')).json()).toMatchObject({ code: 'not-acceptable', pointer: '/newPassword' });
  expect((await change(goodPassword)).json()).toMatchObject({ code: 'not-acceptable' });
  expect((await change('Another-Tree-88', 'wrong')).json()).toMatchObject({ code: 'wrong-credentials' });
  expect((await change('Another-Tree-88')).json()).toMatchObject({ needs: null });
  const old = await new Browser(sandbox).send('POST', '/api/session/password', credentials('h@example.com'));
  expect(old.json().code).toBe('wrong-credentials');
  await sandbox.database.owner.query(
    `update yilu.accounts set password_set_at = password_set_at - interval '91 days' where id = $1`,
    [id],
  );
  const stale = await new Browser(sandbox).send(
    'POST',
    '/api/session/password',
    credentials('h@example.com', 'Another-Tree-88'),
  );
  expect(stale.json().code).toBe('new-password-needed');
});

test('no password, code, e-mail or name stands in the database in clear', async () => {
  const { rows } = await sandbox.database.owner.query(
    `select row_to_json(a)::text || coalesce((select string_agg(row_to_json(l)::text, '') from yilu.rate_limits l), '') ||
            coalesce((select string_agg(row_to_json(u)::text, '') from yilu.audit u), '') as all
       from yilu.accounts a`,
  );
  for (const row of rows) expect(row.all).not.toMatch(/example\.com|陈安|Plum-Tree/);
});
