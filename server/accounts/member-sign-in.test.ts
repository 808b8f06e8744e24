import type { PoolClient } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineNow } from '#server/platform/clock.ts';
import { Browser, openTestApp, type TestApp } from './app.test-helper.ts';
import { sweepSignIns } from './housekeeping.ts';
import { phoneRoutes } from './phone-routes.ts';
import { sessionRoutes } from './session-routes.ts';

let server: TestApp;
let serial = 0;
beforeAll(async () => {
  server = await openTestApp({
    mode: 'production',
    routes: async (app) => {
      await sessionRoutes(app);
      await phoneRoutes(app);
    },
  });
});
afterAll(() => server.close());

/** A new person with a number of her own, or with the given one. */
async function newMember(phone = `139${String(++serial).padStart(8, '0')}`) {
  const idNumber = `110101198002${String(++serial).padStart(6, '0')}`;
  const id = await server.addPerson({ phone, idNumber });
  return { id, phone, identity: { idLastSix: idNumber.slice(-6), bornOn: '1980-02-03' } };
}
async function askCode(browser: Browser, phone: string): Promise<string> {
  const before = server.sent.length;
  expect((await browser.send('POST', '/api/session/code', { phone })).statusCode).toBe(204);
  const code = await server.lastCode();
  return server.sent.length > before ? code : '';
}
const verify = (browser: Browser, phone: string, code: string, identity = {}) =>
  browser.send('POST', '/api/session/verify', { phone, code, ...identity });
async function signIn(member: { phone: string; identity: object }): Promise<Browser> {
  const browser = new Browser(server);
  const answer = await verify(browser, member.phone, await askCode(browser, member.phone), member.identity);
  expect(answer.json().session).not.toBeNull();
  return browser;
}
const wrongOf = (code: string): string => (code === '000000' ? '111111' : '000000');
const aged = (table: string, column: string, interval: string) =>
  server.database.owner.query(`update yilu.${table} set ${column} = ${column} - interval '${interval}'`);

test('the first sign-in on a number asks the identity step, then binds the account to the person', async () => {
  const member = await newMember();
  const browser = new Browser(server);
  const code = await askCode(browser, `+86 ${member.phone}`);
  expect(server.sent.at(-1)?.to).toBe(member.phone);
  expect((await verify(browser, member.phone, code)).json()).toEqual({ session: null, needs: 'identity' });
  const answer = await verify(browser, member.phone, code, member.identity);
  expect(answer.json()).toMatchObject({ needs: null, session: { account: { personId: member.id, role: 'member' } } });
  expect((await browser.send('GET', '/api/session')).statusCode).toBe(200);
});

test('on a known device within 90 days the code is enough; a new device and 90 days unused ask the identity step', async () => {
  const member = await newMember();
  const browser = await signIn(member);
  const again = await verify(browser, member.phone, await askCode(browser, member.phone));
  expect(again.json().needs).toBeNull();
  const other = new Browser(server);
  const code = await askCode(other, member.phone);
  expect((await verify(other, member.phone, code)).json().needs).toBe('identity');
  expect((await verify(other, member.phone, code, member.identity)).json().needs).toBeNull();
  const { rows } = await server.database.owner.query(
    `select count(*)::int as told from yilu.outbox where template = 'sign-in-new-device' and person_id = $1`,
    [member.id],
  );
  expect(rows[0].told).toBe(1);
  await aged('accounts', 'last_sign_in_at', '91 days');
  const late = await verify(browser, member.phone, await askCode(browser, member.phone));
  expect(late.json().needs).toBe('identity');
});

test('a known and an unknown number are answered alike at every step, and only the known one gets a code', async () => {
  const member = await newMember();
  const answers: unknown[] = [];
  for (const phone of [member.phone, '13799999999']) {
    const browser = new Browser(server);
    const sentBefore = server.sent.length;
    const asked = await browser.send('POST', '/api/session/code', { phone });
    await server.lastCode();
    const sent = server.sent.length - sentBefore;
    expect(sent).toBe(phone === member.phone ? 1 : 0);
    const wrong = wrongOf(/\d{6}/.exec(server.sent.at(-1)!.body)![0]);
    const tried: unknown[] = [];
    for (let n = 0; n < 6; n++) tried.push((await verify(browser, phone, wrong)).json());
    const limited: number[] = [];
    for (let n = 0; n < 5; n++) limited.push((await browser.send('POST', '/api/session/code', { phone })).statusCode);
    answers.push({ status: asked.statusCode, body: asked.body, tried, limited });
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toMatchObject({ status: 204, limited: [204, 204, 204, 204, 429] });
});

test('asking for a code runs the same number of statements for a known and an unknown number', async () => {
  const member = await newMember();
  const counts: number[] = [];
  for (const phone of [member.phone, '13788888888']) {
    const pool = server.ctx.pool;
    const connect = pool.connect.bind(pool) as () => Promise<PoolClient>;
    let statements = 0;
    (pool as { connect: unknown }).connect = async () => {
      const client = await connect();
      const { query } = client;
      (client as { query: unknown }).query = (...args: unknown[]) => {
        statements += 1;
        return (query as (...all: unknown[]) => unknown).apply(client, args);
      };
      const { release } = client;
      client.release = (error) => {
        client.query = query;
        client.release = release;
        release.call(client, error);
      };
      return client;
    };
    await new Browser(server).send('POST', '/api/session/code', { phone });
    (pool as { connect: unknown }).connect = connect;
    counts.push(statements);
  }
  expect(counts[0]).toBe(counts[1]);
});

test('five wrong tries make a code void, also for the right one', async () => {
  const member = await newMember();
  const browser = new Browser(server);
  const code = await askCode(browser, member.phone);
  for (let left = 4; left >= 0; left--) {
    expect((await verify(browser, member.phone, wrongOf(code))).json()).toMatchObject({
      code: 'wrong-credentials',
      attemptsLeft: left,
    });
  }
  expect((await verify(browser, member.phone, code, member.identity)).json().code).toBe('wrong-credentials');
});

test('a code runs out after five minutes, is taken once, and a newer one voids it', async () => {
  const member = await newMember();
  const browser = new Browser(server);
  const first = await askCode(browser, member.phone);
  const second = await askCode(browser, member.phone);
  if (first !== second) expect((await verify(browser, member.phone, first, member.identity)).statusCode).toBe(422);
  expect((await verify(browser, member.phone, second, member.identity)).json().needs).toBeNull();
  expect((await verify(browser, member.phone, second, member.identity)).json().code).toBe('wrong-credentials');
  const third = await askCode(browser, member.phone);
  await aged('one_time_codes', 'expires_at', '6 minutes');
  expect((await verify(browser, member.phone, third)).json().code).toBe('wrong-credentials');
});

test('five wrong identities shut the identity step of a number for a day, whatever the code', async () => {
  const member = await newMember();
  const browser = new Browser(server);
  const code = await askCode(browser, member.phone);
  for (let left = 4; left >= 0; left--) {
    const answer = await verify(browser, member.phone, code, { ...member.identity, bornOn: '1980-02-04' });
    expect(answer.json()).toEqual({ session: null, needs: 'identity', attemptsLeft: left });
  }
  const fresh = await askCode(browser, member.phone);
  expect((await verify(browser, member.phone, fresh, member.identity)).json().code).toBe('too-many-requests');
});

test('where a family shares a number the identity step chooses the person, every time', async () => {
  const mother = await newMember();
  const child = await newMember(mother.phone);
  const browser = new Browser(server);
  const ofChild = await verify(browser, mother.phone, await askCode(browser, mother.phone), child.identity);
  expect(ofChild.json().session.account.personId).toBe(child.id);
  const code = await askCode(browser, mother.phone);
  expect((await verify(browser, mother.phone, code)).json().needs).toBe('identity');
  const ofMother = await verify(browser, mother.phone, code, mother.identity);
  expect(ofMother.json().session.account.personId).toBe(mother.id);
});

test('a locked account and a person who died do not sign in', async () => {
  const locked = await newMember();
  await signIn(locked);
  await server.database.owner.query(`update yilu.accounts set state = 'locked' where person_id = $1`, [locked.id]);
  const browser = new Browser(server);
  const answer = await verify(browser, locked.phone, await askCode(browser, locked.phone), locked.identity);
  expect(answer.json().code).toBe('wrong-credentials');

  const dead = await newMember();
  await server.database.owner.query(
    `insert into yilu.person_facts (insurer, id, person_id, kind, value, effective_from, recorded_at)
     values ('test', gen_random_uuid(), $1, 'death', 'died', '2026-11-01', '2026-11-02')`,
    [dead.id],
  );
  expect(await askCode(browser, dead.phone)).toBe('');
});

test('a number changes with the codes of both numbers; the old one is dead and the new one asks the identity step', async () => {
  const member = await newMember();
  const browser = await signIn(member);
  const phone = '13612345678';
  expect((await browser.send('POST', '/api/session/phone/code', { phone })).statusCode).toBe(204);
  await server.lastCode();
  const codeTo = (to: string): string => /\d{6}/.exec(server.sent.findLast((one) => one.to === to)!.body)![0];
  const [oldCode, newCode] = [codeTo(member.phone), codeTo(phone)];
  const change = (codes: object) => browser.send('POST', '/api/session/phone', { phone, ...codes });
  expect((await change({ oldCode: wrongOf(oldCode), newCode })).json()).toMatchObject({
    code: 'wrong-credentials',
    pointer: '/oldCode',
  });
  expect((await change({ oldCode, newCode })).statusCode).toBe(204);
  expect((await browser.send('GET', '/api/session')).statusCode).toBe(401);
  expect(await askCode(browser, member.phone)).toBe('');
  const code = await askCode(browser, phone);
  expect((await verify(browser, phone, code)).json().needs).toBe('identity');
  expect((await verify(browser, phone, code, member.identity)).json().needs).toBeNull();
});

test('no code and no number is in the database in clear', async () => {
  const code = await askCode(new Browser(server), (await newMember()).phone);
  const tables = ['accounts', 'one_time_codes', 'rate_limits', 'sessions', 'known_devices', 'audit'];
  for (const table of tables) {
    const { rows } = await server.database.owner.query(`select row_to_json(t)::text as row from yilu.${table} t`);
    expect(rows.length, table).toBeGreaterThan(0);
    for (const { row } of rows) expect(row).not.toMatch(new RegExp(`139000000|"${code}"`));
  }
});

test('what has run out is swept, and what lives stays', async () => {
  const member = await newMember();
  const browser = await signIn(member);
  await askCode(browser, member.phone);
  const count = async (table: string): Promise<number> =>
    (await server.database.owner.query(`select count(*)::int as n from yilu.${table}`)).rows[0].n;
  const before = await count('sessions');
  await sweepSignIns(server.ctx.pool, server.ctx, machineNow());
  expect(await count('sessions')).toBe(before);
  expect((await browser.send('GET', '/api/session')).statusCode).toBe(200);
  await sweepSignIns(server.ctx.pool, server.ctx, new Date(machineNow().getTime() + 40 * 86_400_000));
  for (const table of ['sessions', 'one_time_codes', 'rate_limits']) expect(await count(table), table).toBe(0);
});
