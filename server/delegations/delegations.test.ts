import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser, openTestApp, type TestApp } from '#server/accounts/app.test-helper.ts';
import { sandboxSignInRoutes } from '#server/accounts/sandbox-routes.ts';
import type { Identity } from '#server/persons/queries.ts';
import { findDelegation } from './queries.ts';
import { delegationRoutes } from './routes.ts';

let server: TestApp;
let serial = 0;
beforeAll(async () => {
  server = await openTestApp({
    mode: 'sandbox',
    routes: async (app) => {
      await delegationRoutes(app);
      await sandboxSignInRoutes(app, { mode: 'sandbox' });
    },
  });
});
afterAll(() => server.close());

/** A signed-in member, insured unless said otherwise. */
async function newMember(identity: Partial<Identity> = {}, role: 'insured' | 'policyholder' = 'insured') {
  const n = String(++serial).padStart(4, '0');
  const whole = { name: `会员${n}`, phone: `1380001${n}`, idNumber: `11010119900203${n}`, ...identity };
  const id = await server.addPerson(whole);
  const policyId = randomUUID();
  await server.database.owner.query(
    `with p as (insert into yilu.policies (insurer, id, policy_no, plan, effective_from, expires_on, holder_id, created_at)
       values ('test', $1, $2, 'sample', '2026-01-01', '2026-12-31', $3, '2026-01-01') returning id)
     insert into yilu.policy_persons (insurer, policy_id, person_id, role, added_on)
     select 'test', id, $3, $4, '2026-01-01' from p`,
    [policyId, `D-${n}`, id, role],
  );
  const sandbox = { key: `member-${n}`, situation: '', group: '' };
  await server.addAccount({ kind: 'member', personId: id, roles: ['member'], sandbox });
  const browser = new Browser(server);
  await browser.send('POST', '/api/sandbox/sign-in', { account: sandbox.key });
  return { id, browser, ...whole };
}
type Member = Awaited<ReturnType<typeof newMember>>;
const give = async (from: Member, to: { phone: string; name: string }, more: object = {}) =>
  await from.browser.send('POST', '/api/delegations', {
    toPhone: to.phone,
    toName: to.name,
    matter: 'all',
    until: '2026-12-01',
    ...more,
  });
const holds = async (from: Member, to: Member, day: string, matter = 'outpatient-access') =>
  (await findDelegation(server.ctx.pool, server.ctx, { fromPerson: from.id, toPerson: to.id, matter, day })) !==
  undefined;

test('an insured adult lets another act for her until a day, and takes it back in one step', async () => {
  const [mother, daughter] = [await newMember(), await newMember()];
  expect(await holds(mother, daughter, '2026-11-18')).toBe(false);
  const given = await give(mother, daughter);
  expect(given.statusCode).toBe(201);
  expect(given.json()).toMatchObject({
    direction: 'given',
    matterLabel: '全部服务',
    endedAt: null,
    to: { name: '会**' },
  });
  expect(await holds(mother, daughter, '2026-12-01')).toBe(true);
  expect(await holds(mother, daughter, '2026-12-02')).toBe(false);
  expect(await holds(daughter, mother, '2026-11-18')).toBe(false);

  const seen = (await daughter.browser.send('GET', '/api/delegations')).json();
  expect(seen.items).toMatchObject([{ direction: 'received', person: { name: '会**' } }]);
  const { id } = given.json();
  const stranger = await newMember();
  expect((await stranger.browser.send('DELETE', `/api/delegations/${id}`)).statusCode).toBe(404);
  expect((await mother.browser.send('DELETE', `/api/delegations/${id}`)).statusCode).toBe(204);
  expect(await holds(mother, daughter, '2026-11-18')).toBe(false);
  const told = await server.database.owner.query(
    `select params ->> 'until' as until from yilu.outbox where template = 'delegation-changed' and person_id = $1`,
    [mother.id],
  );
  expect(told.rows).toEqual([{ until: '2026-12-01' }, { until: '2026-11-18' }]);
  expect((await mother.browser.send('DELETE', `/api/delegations/${id}`)).statusCode).toBe(404);
  expect((await mother.browser.send('GET', '/api/delegations')).json().items[0].endedAt).not.toBeNull();
});

test('who was given one gives it back in one step, and who gave it is told', async () => {
  const [mother, daughter] = [await newMember(), await newMember()];
  const { id } = (await give(mother, daughter)).json();
  expect((await daughter.browser.send('DELETE', `/api/delegations/${id}`)).statusCode).toBe(204);
  expect(await holds(mother, daughter, '2026-11-18')).toBe(false);
  const told = await server.database.owner.query(
    `select count(*)::int as n from yilu.outbox where template = 'delegation-changed' and person_id = $1`,
    [mother.id],
  );
  expect(told.rows).toEqual([{ n: 2 }]);
});

test('a minor, one without full capacity, and who is not insured cannot give one', async () => {
  const adult = await newMember();
  const minor = await newMember({ bornOn: '2010-01-01' });
  const holder = await newMember({}, 'policyholder');
  const incapable = await newMember();
  await server.database.owner.query(
    `insert into yilu.person_facts (insurer, id, person_id, kind, value, effective_from, recorded_at)
     values ('test', gen_random_uuid(), $1, 'capacity', 'none', '2026-01-01', '2026-01-01')`,
    [incapable.id],
  );
  for (const from of [minor, holder, incapable]) {
    expect((await give(from, adult)).json()).toMatchObject({ status: 403, code: 'not-allowed' });
  }
  expect((await give(adult, minor)).json()).toMatchObject({ code: 'not-acceptable', pointer: '/toPhone' });
});

test('the delegate is named by number and name, both exact; a stranger, oneself, a bad day and an unknown matter are refused', async () => {
  const [from, to] = [await newMember(), await newMember()];
  const pointer = async (answer: Promise<{ json: () => { pointer?: string } }>) => (await answer).json().pointer;
  expect(await pointer(give(from, { ...to, name: '别人' }))).toBe('/toPhone');
  expect(await pointer(give(from, { ...to, phone: '13999999999' }))).toBe('/toPhone');
  expect(await pointer(give(from, from))).toBe('/toPhone');
  expect(await pointer(give(from, to, { until: '2026-11-17' }))).toBe('/until');
  expect((await give(from, to, { until: '2026-02-30' })).statusCode).toBe(400);
  expect(await pointer(give(from, to, { until: '2028-01-01' }))).toBe('/until');
  expect(await pointer(give(from, to, { matter: 'no-such-service' }))).toBe('/matter');
  for (let n = 0; n < 4; n++) await give(from, { ...to, name: '别人' });
  expect((await give(from, to)).json().code).toBe('too-many-requests');
});

test('the history cannot be rewritten by the application', async () => {
  await expect(server.ctx.pool.query(`update delegations set matter = 'all'`)).rejects.toThrow(/permission denied/);
  await expect(server.ctx.pool.query('delete from delegation_ends')).rejects.toThrow(/permission denied/);
});
