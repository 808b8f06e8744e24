/** A hospital's own system and the claims system, played by a stand-in: signed, once, after the commit, tried again. */
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pullSlots } from '#server/hospital/pull-slots.ts';
import { callOutside } from '#server/outgoing/call-outside.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { ask, book, slotsOf } from './hospital.ts';
import { count } from './interleave.ts';
import { catchUp, handIn, newMember } from './steps.ts';

type Call = { path: string; key: string; body: Record<string, unknown>; signed: boolean };
const SECRET = 'a secret of the stand-in';
const SLOT = {
  item: 'expert',
  department: '骨科',
  doctor: '示例医生弘三',
  startsAt: '2026-11-26T09:00:00+08:00',
  endsAt: '2026-11-26T09:30:00+08:00',
  capacity: 1,
};
const calls: Call[] = [];
let answer: (call: Call) => { status: number; body?: object } = () => ({ status: 200 });
let outside: Server;
let on: TestApp;

beforeAll(async () => {
  outside = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const at = String(request.headers['yilu-timestamp']);
    const signature = createHmac('sha256', SECRET).update(`${at}.${text}`).digest('hex');
    const call = {
      path: String(request.url),
      key: String(request.headers['idempotency-key']),
      body: JSON.parse(text) as Record<string, unknown>,
      signed: request.headers['yilu-signature'] === signature,
    };
    calls.push(call);
    const { status, body = {} } = answer(call);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => outside.once('listening', resolve));
  const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  const target = (path: string) => ({ url: `${url}/${path}`, secret: SECRET, timeoutMs: 2000 });
  on = await openApp({ gateways: { hospital: target('hospital'), claims: target('claims') } });
});
afterAll(async () => {
  await on.close();
  outside.close();
});
beforeEach(() => {
  calls.length = 0;
  answer = ({ body }) => ({ status: 200, body: body.act === 'slots' ? { slots: [SLOT] } : {} });
});
/** What was put off is due now. */
const dueNow = () => on.database.owner.query('update yilu.outgoing_calls set next_try_at = null');

test('the hospital’s slots become ours; a booking, its move and its end are told once each, under the consent', async () => {
  const later = { ...SLOT, startsAt: '2026-11-26T09:30:00+08:00', endsAt: '2026-11-26T10:00:00+08:00' };
  answer = ({ body }) => ({ status: 200, body: body.act === 'slots' ? { slots: [SLOT, later] } : {} });
  await pullSlots(on.ctx);
  calls.length = 0;
  const { ids } = await newMember(on, 'told');
  const { player, id } = await book(on, 'told', ids, 'expert');
  expect(calls).toEqual([]);
  expect(await callOutside(on.ctx)).toBe(1);
  expect(calls).toMatchObject([
    { path: '/hospital', signed: true, body: { act: 'book', person: { name: '示例told' }, doctor: SLOT.doctor } },
  ]);
  expect((await player.case(id)).timeline.map(({ type }) => type)).toContain('enterBooking');
  expect(await count(on, 'disclosures where case_id = $1', [id])).toBeGreaterThan(0);
  expect(await callOutside(on.ctx)).toBe(0);

  await player.event(id, 'changeBooking', { slot: (await slotsOf(player, id))[0]!.id });
  await player.event(id, 'cancelBooking');
  await callOutside(on.ctx);
  // What was cancelled before it could be told of is not told of any more; the end carries the number alone.
  expect(calls.slice(1).map(({ body }) => body.act)).toEqual(['cancel']);
  expect(Object.keys(calls.at(-1)!.body).sort()).toEqual(['act', 'number']);
});

test('what the desk closed stays closed, whatever the hospital’s system says', async () => {
  await pullSlots(on.ctx);
  await (await on.as('hospital-staff')).must('POST', '/hospital/slots/close', { day: '2026-11-26' });
  await pullSlots(on.ctx);
  expect(await count(on, 'hospital_slots where closed_by_desk and closed_at is null')).toBe(0);
  expect(await count(on, 'hospital_slots where closed_by_desk')).toBeGreaterThan(0);
  await on.database.owner.query('update yilu.hospital_slots set closed_at = null, closed_by_desk = false');
});

test('a slot that the hospital’s system no longer has is closed, and its member chooses again', async () => {
  await pullSlots(on.ctx);
  const { player, id } = await book(on, 'loses', (await newMember(on, 'loses')).ids, 'expert');
  answer = () => ({
    status: 200,
    body: { slots: [{ ...SLOT, startsAt: '2026-11-27T09:00:00+08:00', endsAt: '2026-11-27T09:30:00+08:00' }] },
  });
  await pullSlots(on.ctx);
  await catchUp(on);
  expect(await player.case(id)).toMatchObject({ state: 'choosing', offer: null });
});

test('[2.7.3] an accepted claim goes out by itself; a system that is down is tried again under the same key', async () => {
  const { ids } = await newMember(on, 'sends');
  const { player, id } = await ask(on, 'sends', ids, 'claim');
  await player.event(id, 'fillClaim', {
    what: 'outpatient',
    visitedOn: '2026-11-10',
    amount: 100,
    holder: '示例',
    bank: '示例银行',
    account: '6222020000001234567',
  });
  for (const kind of ['invoice', 'visit-record']) await handIn(on, player, id, ids.personId, kind);
  await player.event(id, 'submitClaim');
  await on.database.owner.query(`delete from yilu.outgoing_calls`);
  answer = () => ({ status: 503 });
  await (await on.as('manager')).event(id, 'acceptClaim');
  expect(await callOutside(on.ctx)).toBe(1);
  expect((await player.case(id)).state).toBe('claim-ready');
  expect(await callOutside(on.ctx)).toBe(0);
  answer = () => ({ status: 200, body: { reference: 'LP-7' } });
  await dueNow();
  expect(await callOutside(on.ctx)).toBe(1);
  expect(new Set(calls.map(({ key }) => key)).size).toBe(1);
  expect(calls.at(-1)).toMatchObject({
    path: '/claims',
    signed: true,
    body: { amount: 100, account: '6222020000001234567' },
  });
  const handed = await player.case(id);
  expect(handed.state).toBe('claim-handed-over');

  // The papers are fetched by the links of the file; each leaving is on record, and another's link opens nothing.
  const { papers } = calls.at(-1)!.body as { papers: { fetch: string }[] };
  const fetched = await on.app.inject({ url: papers[0]!.fetch, headers: { host: 'junlong.localhost' } });
  expect(fetched.rawPayload.equals(on.picture)).toBe(true);
  expect(await count(on, `disclosures where case_id = $1 and recipient = 'claims-system'`, [id])).toBe(1);
  const guessed = papers[0]!.fetch.replace(/signature=.../, 'signature=000');
  expect((await on.app.inject({ url: guessed, headers: { host: 'junlong.localhost' } })).statusCode).toBe(404);

  // It answers by itself: signed, once, and an older word that comes later undoes nothing.
  const answers = (body: object, secret = SECRET) => {
    const text = JSON.stringify({ number: handed.number, ...body });
    const at = String(Math.floor(Date.now() / 1000));
    return on.app.inject({
      method: 'POST',
      url: '/api/claims/answers',
      headers: {
        host: 'junlong.localhost',
        'content-type': 'application/json',
        'yilu-timestamp': at,
        'yilu-signature': createHmac('sha256', secret).update(`${at}.${text}`).digest('hex'),
      },
      payload: text,
    });
  };
  const paid = { id: 'm2', outcome: 'paid', amount: 90, reason: '按条款赔付', decidedAt: '2026-11-19T10:00:00+08:00' };
  const more = { id: 'm1', outcome: 'more', reason: '缺费用清单', decidedAt: '2026-11-18T10:00:00+08:00' };
  expect((await answers(paid, 'another secret')).json()).toMatchObject({ status: 401, code: 'wrong-signature' });
  expect((await answers({ ...paid, amount: -1 })).json()).toMatchObject({ problems: [{ pointer: '/amount' }] });
  expect((await answers({ ...paid, amount: undefined })).json()).toMatchObject({ problems: [{ pointer: '/amount' }] });
  expect((await answers({ ...paid, number: 'HA-000000-0000' })).statusCode).toBe(404);
  expect((await answers(paid)).json()).toEqual({ result: 'recorded' });
  expect((await answers(paid)).json()).toEqual({ result: 'known' });
  expect((await answers(more)).json()).toEqual({ result: 'overtaken' });
  const later = { ...more, id: 'm3', decidedAt: '2026-11-20T10:00:00+08:00' };
  expect((await answers(later)).json()).toEqual({ result: 'by-hand' });
  expect(await player.case(id)).toMatchObject({ state: 'answered' });
  expect((await on.app.inject({ url: papers[0]!.fetch, headers: { host: 'junlong.localhost' } })).statusCode).toBe(404);
});

test('a call that is refused is given up, and somebody is told to do it by hand', async () => {
  await pullSlots(on.ctx);
  await on.database.owner.query(`delete from yilu.outgoing_calls`);
  answer = () => ({ status: 400 });
  await book(on, 'refused', (await newMember(on, 'refused')).ids, 'expert');
  await callOutside(on.ctx);
  const { rows } = await on.database.owner.query('select state, last_error from yilu.outgoing_calls');
  expect(rows).toEqual([{ state: 'failed', last_error: 'http-400' }]);
});
