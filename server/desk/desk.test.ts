import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Browser, openTestApp, staff, type TestApp } from '#server/accounts/app.test-helper.ts';
import { applyPhoneChange } from '#server/accounts/change-phone.ts';
import { sandboxSignInRoutes } from '#server/accounts/sandbox-routes.ts';
import { machineNow } from '#server/platform/clock.ts';
import { SYSTEM } from '#server/platform/context.ts';
import { hasDeskCheck } from './checks.ts';
import { deskRoutes } from './routes.ts';

let server: TestApp;
let agent: Browser;
let serial = 0;
let setNow: (moment: string) => void;
beforeAll(async () => {
  server = await openTestApp({
    mode: 'sandbox',
    routes: async (app) => {
      await deskRoutes(app);
      await sandboxSignInRoutes(app, { mode: 'sandbox' });
    },
  });
  const clock = server.ctx.clock as { moveTo?: (moment: Date) => void };
  setNow = (moment) => clock.moveTo!(new Date(moment));
  for (const key of ['one', 'two']) {
    await server.addAccount(
      staff(['service-desk'], { email: `${key}@example.com`, sandbox: { key, situation: '', group: '' } }),
    );
  }
  agent = await signIn('one');
});
afterAll(() => server.close());

async function signIn(account: string): Promise<Browser> {
  const browser = new Browser(server);
  await browser.send('POST', '/api/sandbox/sign-in', { account });
  return browser;
}

/** A policyholder's child on a policy, or with `own` somebody who holds her own. */
async function newCaller() {
  const n = String(++serial).padStart(4, '0');
  const holder = await server.addPerson({ name: `投保${n}`, idNumber: `11010119700101${n}`, phone: `1370000${n}` });
  const caller = {
    name: `来电${n}`,
    idNumber: `11010119900203${n}`,
    phone: `1380000${n}`,
    bornOn: '1990-02-03',
    policyNo: `P-${n}`,
  };
  const { policyNo, ...identity } = caller;
  const id = await server.addPerson(identity);
  const policyId = randomUUID();
  const { owner } = server.database;
  await owner.query(
    `insert into yilu.policies (insurer, id, policy_no, plan, effective_from, expires_on, holder_id, created_at)
     values ('test', $1, $2, 'sample', '2026-01-01', '2026-12-31', $3, '2026-01-01')`,
    [policyId, policyNo, holder],
  );
  await owner.query(
    `insert into yilu.policy_states (insurer, id, policy_id, state, effective_from, recorded_at)
     values ('test', gen_random_uuid(), $1, 'in-force', '2026-01-01', '2026-01-01')`,
    [policyId],
  );
  await owner.query(
    `insert into yilu.policy_persons (insurer, policy_id, person_id, role, added_on)
     values ('test', $1, $2, 'insured', '2026-01-01'), ('test', $1, $3, 'policyholder', '2026-01-01')`,
    [policyId, id, holder],
  );
  return { id, holder, ...caller };
}
const find = async (body: object) => (await agent.send('POST', '/api/desk/find', body)).json();
async function startCheck(personId: string, browser = agent) {
  return (await browser.send('POST', '/api/desk/checks', { personId })).json();
}
const answer = async (id: string, answers: Record<string, string>, browser = agent) => {
  const body = { answers: Object.entries(answers).map(([code, value]) => ({ code, value })) };
  return (await browser.send('POST', `/api/desk/checks/${id}/answers`, body)).json();
};
const wrong = { 'born-on': '1911-01-01' };

test('a caller is found by an exact policy number, ID, phone, or full name with one more; hits are masked', async () => {
  const caller = await newCaller();
  const hit = {
    personId: caller.id,
    name: '来**',
    idNumber: expect.stringMatching(/^\*+\d{4}$/),
    phone: expect.stringMatching(/^138\*{4}\d{4}$/),
    roles: ['insured'],
    lockedUntil: null,
  };
  expect((await find({ idNumber: caller.idNumber })).items).toEqual([hit]);
  expect((await find({ phone: `+86 ${caller.phone}` })).items).toEqual([hit]);
  expect((await find({ name: caller.name, bornOn: caller.bornOn })).items).toEqual([hit]);
  expect((await find({ policyNo: caller.policyNo })).items).toHaveLength(2);
  expect((await find({ policyNo: caller.policyNo, name: caller.name })).items).toEqual([hit]);
});

test('a part of a number, a name alone, and a name with a wrong birth date find nobody', async () => {
  const caller = await newCaller();
  expect((await find({ policyNo: caller.policyNo.slice(0, -1) })).items).toEqual([]);
  expect((await find({ idNumber: caller.idNumber.slice(-6) })).items).toEqual([]);
  expect((await find({ name: caller.name, bornOn: '1990-02-04' })).items).toEqual([]);
  expect((await find({ name: caller.name })).status).toBe(422);
  expect((await find({ bornOn: caller.bornOn })).status).toBe(422);
  expect((await find({})).status).toBe(422);
});

test('without a passed check nothing opens, for a stranger as for nobody', async () => {
  const caller = await newCaller();
  for (const id of [caller.id, randomUUID()]) {
    const answer = await agent.send('GET', `/api/desk/persons/${id}`);
    expect(answer.json()).toMatchObject({ status: 403, code: 'desk-check-needed' });
  }
});

test('three of five answers pass; the agent learns match or no match and the file opens for that agent only', async () => {
  const caller = await newCaller();
  const check = await startCheck(caller.id);
  expect(check.questions).toHaveLength(5);
  expect(check.needed).toBe(3);
  expect(JSON.stringify(check)).not.toContain(caller.policyNo);
  const result = await answer(check.id, {
    'policy-number': caller.policyNo,
    'born-on': '19900203',
    'effective-day': '2025-05-05',
    'id-last-six': caller.idNumber.slice(-6),
  });
  expect(result).toMatchObject({ state: 'passed', attemptsLeft: 3 });
  expect(result.matched).toContainEqual({ code: 'effective-day', match: false });

  const file = (await agent.send('GET', `/api/desk/persons/${caller.id}`)).json();
  expect(file).toMatchObject({
    person: { id: caller.id, name: caller.name, masked: false },
    policies: [{ policyNo: caller.policyNo, role: 'insured', state: 'in-force' }],
    cases: [],
  });
  expect(file.policies[0].persons).toContainEqual({ id: caller.holder, name: '投**', role: 'policyholder' });
  const colleague = await signIn('two');
  expect((await colleague.send('GET', `/api/desk/persons/${caller.id}`)).statusCode).toBe(403);
  expect((await agent.send('GET', `/api/desk/persons/${caller.holder}`)).statusCode).toBe(403);
});

test('a colleague cannot answer my check, and a question that was not asked is refused', async () => {
  const caller = await newCaller();
  const check = await startCheck(caller.id);
  expect((await answer(check.id, wrong, await signIn('two'))).status).toBe(404);
  expect((await answer(check.id, { 'phone-on-file': caller.phone })).status).toBe(422);
});

test('three failed rounds lock the file for the day for every agent, a passed check included, and tell the member', async () => {
  const caller = await newCaller();
  const colleague = await signIn('two');
  const passed = await startCheck(caller.id, colleague);
  const right = { 'policy-number': caller.policyNo, 'born-on': caller.bornOn, 'effective-day': '2026-01-01' };
  expect((await answer(passed.id, right, colleague)).state).toBe('passed');

  expect(await answer((await startCheck(caller.id)).id, wrong)).toMatchObject({ state: 'asking', attemptsLeft: 2 });
  // Starting anew gives no new tries.
  const again = await startCheck(caller.id);
  expect(await answer(again.id, wrong)).toMatchObject({ state: 'asking', attemptsLeft: 1 });
  expect(await answer(again.id, wrong)).toMatchObject({ state: 'locked', attemptsLeft: 0 });

  expect((await answer(again.id, right)).code).toBe('file-locked');
  expect(await startCheck(caller.id)).toMatchObject({ status: 423, code: 'file-locked' });
  expect((await colleague.send('GET', `/api/desk/persons/${caller.id}`)).json().code).toBe('file-locked');
  expect((await find({ phone: caller.phone })).items[0].lockedUntil).toBe('2026-11-19T00:00:00+08:00');
  const { rows } = await server.database.owner.query(
    `select count(*)::int as told from yilu.outbox where template = 'identity-check-locked' and person_id = $1`,
    [caller.id],
  );
  expect(rows[0].told).toBe(1);
});

test('a code to the number on file passes too; a wrong one is a failure', async () => {
  const caller = await newCaller();
  const check = await startCheck(caller.id);
  expect((await agent.send('POST', `/api/desk/checks/${check.id}/code`)).statusCode).toBe(204);
  const code = await server.lastCode();
  expect(server.sent.at(-1)?.to).toBe(caller.phone);
  const verify = async (value: string) =>
    (await agent.send('POST', `/api/desk/checks/${check.id}/code/verify`, { code: value })).json();
  expect(await verify(code === '000000' ? '111111' : '000000')).toMatchObject({ state: 'asking', attemptsLeft: 2 });
  expect(await verify(code)).toMatchObject({ state: 'passed' });
  expect((await agent.send('GET', `/api/desk/persons/${caller.id}`)).statusCode).toBe(200);
});

test('a new number needs a second person: the agent asks within a passed check, and applying it ends old sign-ins', async () => {
  const caller = await newCaller();
  const ask = () =>
    agent.send('POST', `/api/desk/persons/${caller.id}/phone`, { phone: '13511112222', reason: '旧号码已停用' });
  expect((await ask()).json().code).toBe('desk-check-needed');
  const check = await startCheck(caller.id);
  await answer(check.id, { 'policy-number': caller.policyNo, 'born-on': caller.bornOn, 'effective-day': '2026-01-01' });
  const asked = await ask();
  expect(asked.statusCode).toBe(201);
  const { rows } = await server.database.owner.query(
    'select kind, state, person_id from yilu.approvals where id = $1',
    [asked.json().approvalId],
  );
  expect(rows).toEqual([{ kind: 'change-phone', state: 'open', person_id: caller.id }]);
  const change = { personId: caller.id, phone: '13511112222', proof: 'second-person' } as const;
  await applyPhoneChange(server.ctx.pool, server.ctx, SYSTEM, change, machineNow());
  expect((await find({ phone: caller.phone })).items).toEqual([]);
  expect((await find({ phone: '13511112222' })).items).toHaveLength(1);
});

test('a passed check is valid for 30 minutes, and a lock ends with the day', async () => {
  const caller = await newCaller();
  const check = await startCheck(caller.id);
  await answer(check.id, { 'policy-number': caller.policyNo, 'born-on': caller.bornOn, 'effective-day': '2026-01-01' });
  const locked = await newCaller();
  const failing = await startCheck(locked.id);
  for (let n = 0; n < 3; n++) await answer(failing.id, wrong);
  setNow('2026-11-18T10:29:59+08:00');
  expect((await agent.send('GET', `/api/desk/persons/${caller.id}`)).statusCode).toBe(200);
  setNow('2026-11-18T10:30:00+08:00');
  expect((await agent.send('GET', `/api/desk/persons/${caller.id}`)).statusCode).toBe(403);
  setNow('2026-11-19T00:00:00+08:00');
  expect((await startCheck(locked.id)).state).toBe('asking');
  const member = { ...SYSTEM, role: 'member', accountId: randomUUID() } as const;
  expect(await hasDeskCheck(server.ctx.pool, server.ctx, member, caller.id, new Date())).toBe(false);
});

test('searches, checks and readings are audited, and no answer and no name with them', async () => {
  const { rows } = await server.database.owner.query(
    `select action, row_to_json(a)::text as row from yilu.audit a where action like 'desk.%'`,
  );
  const actions = new Set(rows.map((row) => row.action));
  for (const action of [
    'searched',
    'check-started',
    'check-passed',
    'check-failed',
    'file-locked',
    'file-read',
    'code-sent',
  ]) {
    expect(actions).toContain(`desk.${action}`);
  }
  for (const { row } of rows) expect(row).not.toMatch(/来电|1990-?02-?03|P-00/);
});
