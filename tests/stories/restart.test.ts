/** A process ends, by plan or in the middle of a write: the next one goes on with what is on file, and nothing is done twice. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { App } from '#server/app.ts';
import { lockEntitlementRow } from '#server/cases/queries.ts';
import { drainMessages } from '#server/notifications/dispatcher.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { runDueTimers } from '#server/timers/run-due.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { count, hold, members, waiting } from './interleave.ts';
import { ask, type Ids, requestBody } from './outpatient.ts';

let on: TestApp;
let people: ReadonlyMap<string, Ids>;
beforeAll(async () => {
  on = await openApp({ at: '2026-11-04T10:00:00+08:00' });
  people = await on.people(members(['stays', 'cut', 'told']));
});
afterAll(() => on.close());

const headers = { host: 'junlong.localhost' };
async function cookieOf(app: App, account: string): Promise<string> {
  const answer = await app.inject({ method: 'POST', url: '/api/sandbox/sign-in', headers, payload: { account } });
  return String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!;
}

test('a session, a case and a kept answer outlive the process that made them', async () => {
  const first = await on.another();
  const cookie = await cookieOf(first, 'stays');
  const body = await requestBody(on, await on.as('stays', undefined, first), people.get('stays')!);
  const sent = {
    method: 'POST' as const,
    url: '/api/cases',
    headers: { ...headers, cookie, 'idempotency-key': randomUUID() },
    payload: body,
  };
  const asked = await first.inject(sent);
  expect(asked.statusCode).toBe(201);
  await first.close();

  const next = await on.another();
  const again = await next.inject(sent);
  expect([again.statusCode, again.json()]).toEqual([201, asked.json()]);
  const { id } = asked.json() as { id: string };
  const seen = await next.inject({ url: `/api/cases/${id}`, headers: { ...headers, cookie } });
  expect(seen.json()).toMatchObject({
    id,
    number: asked.json().number,
    state: asked.json().state,
    version: asked.json().version,
  });
  expect(await count(on, 'cases where person_id = $1', [people.get('stays')!.personId])).toBe(1);
});

test('a connection that is cut in the middle of a request leaves nothing of it; sent again it is done once', async () => {
  const player = await on.as('cut');
  const { personId, policyId } = people.get('cut')!;
  const body = await requestBody(on, player, people.get('cut')!);
  const key = { 'idempotency-key': randomUUID() };
  const gate = await hold(on, (db) =>
    lockEntitlementRow(db, on.ctx, uuidv7(), policyId, personId, 'outpatient-access'),
  );
  const cut = player.send('POST', '/cases', body, key);
  await waiting(on, 1);
  await on.database.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  expect((await cut).status).toBeGreaterThanOrEqual(500);
  await gate.commit();
  for (const left of ['cases', 'decisions', 'consents', 'bars'])
    expect([left, await count(on, `${left} where person_id = $1`, [personId])]).toEqual([left, 0]);
  expect(await count(on, 'idempotency where status is null')).toBe(0);

  const again = await player.send('POST', '/cases', body, key);
  expect(again.status).toBe(201);
  expect((await player.send('POST', '/cases', body, key)).body).toEqual(again.body);
  expect(await count(on, 'cases where person_id = $1', [personId])).toBe(1);
});

test('what the last worker left due is run once by the next, and each message is told once', async () => {
  const { id } = await ask(on, 'told', people.get('told')!, { without: ['pathology'] });
  await drainMessages(on.ctx);
  const told = () => count(on, 'inbox_messages where case_id = $1', [id]);
  const before = await told();
  await drainMessages(on.ctx);
  expect(await told()).toBe(before);

  // No worker ran for eight days; then two passes of the next one.
  const late = new Date('2026-11-12T10:30:00+08:00');
  await on.database.owner.query('update yilu.sandbox_clock set anchor_business = $1', [late]);
  const due = await count(on, 'timers where subject = $1 and done_at is null and due_at <= $2', [id, late]);
  expect(due).toBeGreaterThan(0);
  while ((await runDueTimers(on.ctx, late, 100)) > 0);
  await drainMessages(on.ctx);
  const after = await told();
  expect(after).toBeGreaterThan(before);
  expect(await runDueTimers(on.ctx, late, 100)).toBe(0);
  await drainMessages(on.ctx);
  expect(await told()).toBe(after);
});
