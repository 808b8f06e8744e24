import { afterAll, beforeAll, expect, test } from 'vitest';
import { discloseTo } from '#domain/consents/disclose.ts';
import { outpatientAccessV1 } from '#domain/journeys/outpatient-access/v1.ts';
import { isThePerson } from '#server/papers/access.ts';
import { actor, type Ground, openGround, type TestApp, testNow } from '#server/papers/ground.test-helper.ts';
import type { Actor } from '#server/platform/context.ts';
import { inTransaction } from '#server/platform/db.ts';
import { giveConsent, withdrawConsent } from './consents.ts';
import { listDisclosures, recordDisclosure } from './disclosures.ts';
import { findConsent, listConsented } from './queries.ts';
import { consentRoutes } from './routes.ts';

type Member = { personId: string; policyId: string; actor: Actor };
let ground: Ground;
let app: TestApp;
let told: string[] = [];
const escort = actor('provider', { provider: 'shangyong' });

beforeAll(async () => {
  ground = await openGround();
  app = await ground.openApp((scope) =>
    consentRoutes(scope, {
      mayUsePerson: isThePerson,
      mayConsentFor: isThePerson,
      onGiven: async (_db, _ctx, { caseId }) => void told.push(`given ${caseId}`),
      onWithdrawn: async (_db, _ctx, { caseId }) => void told.push(`withdrawn ${caseId}`),
    }),
  );
});
afterAll(async () => {
  await app.close();
  await ground.close();
});

const call = (method: 'GET' | 'POST' | 'DELETE', url: string, as: Actor, payload?: Record<string, unknown>) =>
  app.inject({
    method,
    url: `/api${url}`,
    headers: { 'x-actor': JSON.stringify(as) },
    ...(payload ? { payload } : {}),
  });
const ask = (member: Member, caseId: string | undefined, change: Record<string, unknown> = {}) => ({
  personId: member.personId,
  ...(caseId ? { caseId } : {}),
  recipient: 'shangyong',
  purpose: 'outpatient-visit',
  textVersion: 1,
  ...change,
});
const live = (member: Member, caseId: string, recipient = 'shangyong', now = testNow) =>
  findConsent(ground.db, ground.ctx, {
    personId: member.personId,
    caseId,
    recipient,
    purpose: 'outpatient-visit',
    now,
  });

test('[2.6.5.2.3] a consent is given per recipient and purpose, with the text that was shown, and listed', async () => {
  const member = await ground.addPerson();
  const caseId = await ground.addCase(member);
  told = [];
  const given = await call('POST', '/consents', member.actor, ask(member, caseId));
  expect(given.statusCode).toBe(201);
  expect(given.json()).toMatchObject({
    recipient: 'shangyong',
    recipientName: '上海商涌科技有限公司',
    textVersion: 1,
    caseId,
    givenBy: '您本人',
    withdrawnAt: null,
    until: '办结后 30 天',
    person: { name: '林小满', masked: false },
  });
  expect(given.json().text).toContain('上海商涌科技有限公司');
  expect(given.json().fields).toContainEqual({ group: 'illness', label: '病情' });
  expect(told).toEqual([`given ${caseId}`]);
  expect((await live(member, caseId))?.id).toBe(given.json().id);
  expect(await live(member, caseId, 'huiyi')).toBeUndefined();
  const again = await call('POST', '/consents', member.actor, ask(member, caseId));
  expect(again.json().id).toBe(given.json().id);
  expect((await call('GET', '/consents?limit=100', member.actor)).json().items).toHaveLength(1);
});

test('a text that changed meanwhile, an unknown purpose or recipient, and somebody else are refused', async () => {
  const member = await ground.addPerson();
  const other = await ground.addPerson('周远');
  const caseId = await ground.addCase(member);
  const send = async (change: Record<string, unknown>, as = member.actor) => {
    const answer = await call('POST', '/consents', as, ask(member, caseId, change));
    return [answer.statusCode, answer.json().code, answer.json().pointer];
  };
  expect(await send({ textVersion: 2 })).toEqual([409, 'conflict', '/textVersion']);
  expect(await send({ purpose: 'advertising' })).toEqual([422, 'not-acceptable', '/purpose']);
  expect(await send({ recipient: 'data-broker' })).toEqual([422, 'not-acceptable', '/recipient']);
  expect(await send({}, other.actor)).toEqual([404, 'not-found', '/personId']);
  expect(await send({ personId: other.personId }, other.actor)).toEqual([404, 'not-found', '/caseId']);
  expect(await live(member, caseId)).toBeUndefined();
});

test('taking a consent back ends the sharing in the same transaction, tells the open case once, and needs no reason', async () => {
  const member = await ground.addPerson();
  const other = await ground.addPerson('周远');
  const caseId = await ground.addCase(member, { provider: 'shangyong' });
  const { id } = (await call('POST', '/consents', member.actor, ask(member, caseId))).json();
  expect(await listConsented(ground.db, ground.ctx, { personId: member.personId, caseId, now: testNow })).toEqual([
    'shangyong',
  ]);
  expect((await call('DELETE', `/consents/${id}`, other.actor)).statusCode).toBe(404);
  told = [];
  expect((await call('DELETE', `/consents/${id}`, member.actor)).statusCode).toBe(204);
  expect(await live(member, caseId)).toBeUndefined();
  expect(await listConsented(ground.db, ground.ctx, { personId: member.personId, caseId, now: testNow })).toEqual([]);
  expect((await call('DELETE', `/consents/${id}`, member.actor)).statusCode).toBe(204);
  expect(told).toEqual([`withdrawn ${caseId}`]);
  expect((await call('GET', '/consents', member.actor)).json().items[0].withdrawnAt).toBe('2026-11-18T10:00:00+08:00');
});

test('whoever moves the case holds the withdrawal back until done, and then the consent is gone', async () => {
  const member = await ground.addPerson();
  const caseId = await ground.addCase(member, { provider: 'shangyong' });
  const { id } = (await call('POST', '/consents', member.actor, ask(member, caseId))).json();
  const mover = await ground.ctx.pool.connect();
  await mover.query('begin');
  await mover.query('select 1 from cases where id = $1 for update', [caseId]);
  let done = false;
  const withdrawing = call('DELETE', `/consents/${id}`, member.actor).then((answer) => {
    done = true;
    return answer;
  });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(done).toBe(false);
  expect(await live(member, caseId)).toBeDefined();
  await mover.query('commit');
  mover.release();
  expect((await withdrawing).statusCode).toBe(204);
  expect(await live(member, caseId)).toBeUndefined();
});

test('a hook that fails rolls the withdrawal back: nothing is half done', async () => {
  const member = await ground.addPerson();
  const caseId = await ground.addCase(member);
  await call('POST', '/consents', member.actor, ask(member, caseId));
  const consent = (await live(member, caseId))!;
  const failing = inTransaction(ground.ctx.pool, (db) =>
    withdrawConsent(db, ground.ctx, {
      consent,
      by: member.actor,
      how: 'portal',
      now: testNow,
      onWithdrawn: async () => Promise.reject(new Error('no')),
    }),
  );
  await expect(failing).rejects.toThrow('no');
  expect(await live(member, caseId)).toBeDefined();
});

test('a consent of a closed case holds through the last of its days after the end, and not a day longer', async () => {
  const member = await ground.addPerson();
  const caseId = await ground.addCase(member);
  await call('POST', '/consents', member.actor, ask(member, caseId));
  // Closed at 23:30 in Shanghai on 20 November: 30 days after is 20 December.
  await ground.db.query('update cases set final = true, changed_at = $2 where id = $1', [
    caseId,
    new Date('2026-11-20T15:30:00Z'),
  ]);
  expect(await live(member, caseId, 'shangyong', new Date('2026-12-20T15:59:00Z'))).toBeDefined();
  expect(await live(member, caseId, 'shangyong', new Date('2026-12-20T16:01:00Z'))).toBeUndefined();
  expect((await call('GET', '/consents', member.actor)).json().items[0]).toMatchObject({
    until: '2026-12-20',
    warning: null,
  });
});

test('a consent without a case covers the cases of its purpose and none is needed twice', async () => {
  const member = await ground.addPerson();
  const caseId = await ground.addCase(member, { provider: 'shangyong' });
  const { id } = (await call('POST', '/consents', member.actor, ask(member, undefined))).json();
  expect((await live(member, caseId))?.id).toBe(id);
  told = [];
  await call('DELETE', `/consents/${id}`, member.actor);
  expect(told).toEqual([`withdrawn ${caseId}`]);
});

test('a provider sees nothing of a case without a consent and again nothing once it was taken back', async () => {
  const member = await ground.addPerson();
  const caseId = await ground.addCase(member, { provider: 'shangyong' });
  const parts = {
    person: { name: '林小满', phone: '138' },
    applicant: null,
    illness: { code: 'c' },
    wish: null,
    carePath: null,
    offer: null,
    opinion: null,
    summary: null,
    firstReview: null,
    verdict: null,
    arrangement: null,
  };
  const facts = { journey: outpatientAccessV1, parts, form: {}, events: [], papers: [], messages: [] };
  const seen = async () => discloseTo('shangyong', await live(member, caseId), facts);
  expect((await seen()).view).toBeNull();
  const { id } = (await call('POST', '/consents', member.actor, ask(member, caseId))).json();
  expect((await seen()).fields).toEqual(['illness.code', 'person.name', 'person.phone']);
  await call('DELETE', `/consents/${id}`, member.actor);
  expect((await seen()).view).toBeNull();
});

test('what was shown is told to the member once for each content, every opening is in the audit, and pages go on', async () => {
  const member = await ground.addPerson();
  const caseId = await ground.addCase(member, { provider: 'shangyong' });
  const plan = ground.ctx.plans.find((one) => one.plan === 'zhenai21')!;
  const consent = await giveConsent(ground.db, ground.ctx, {
    ...ask(member, caseId),
    caseId,
    plan,
    by: member.actor,
    how: 'portal',
    now: testNow,
  });
  const show = (contentVersion: string, fields: string[]) =>
    inTransaction(ground.ctx.pool, (db) =>
      recordDisclosure(db, ground.ctx, {
        personId: member.personId,
        caseId,
        recipient: 'shangyong',
        actor: escort,
        groups: ['identity', 'illness'],
        fields,
        contentVersion,
        consentId: consent.id,
        now: testNow,
      }),
    );
  await show('v1', ['person.name', 'illness.code']);
  await show('v1', ['illness.code', 'person.name']);
  await show('v1', []);
  await show('v2', ['person.name', 'illness.code']);
  expect(await listDisclosures(ground.db, ground.ctx, member.personId, 10)).toHaveLength(2);
  const openings = await ground.database.owner.query(
    `select count(*)::int as n from audit where case_id = $1 and action = 'disclosure.made'`,
    [caseId],
  );
  expect(openings.rows[0].n).toBe(3);

  const first = (await call('GET', '/disclosures?limit=1', member.actor)).json();
  expect(first.items).toMatchObject([
    { recipientName: '上海商涌科技有限公司', what: ['姓名和证件', '病情'], caseId, consentId: consent.id },
  ]);
  const second = (await call('GET', `/disclosures?limit=1&cursor=${first.next}`, member.actor)).json();
  expect([second.items.length, second.next, second.items[0].id === first.items[0].id]).toEqual([1, null, false]);
  expect((await call('GET', '/disclosures?cursor=x', member.actor)).statusCode).toBe(400);
  expect(
    (await call('GET', `/disclosures?personId=${member.personId}`, (await ground.addPerson('周远')).actor)).statusCode,
  ).toBe(404);
});

test('the application can neither change nor delete a consent, a withdrawal or a disclosure', async () => {
  for (const table of ['consents', 'consent_withdrawals', 'disclosures', 'papers', 'paper_verdicts']) {
    for (const statement of [`delete from ${table}`, `truncate ${table}`, `update ${table} set insurer = insurer`]) {
      await expect(ground.ctx.pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    }
  }
});
