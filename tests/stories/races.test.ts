/** What the locks promise, proved with transactions interleaved by hand; and 200 at once through two applications. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CreateCase } from '#contract/cases.ts';
import { findCaseRole } from '#server/cases/access.ts';
import { consentHooks } from '#server/cases/hooks.ts';
import { openCase } from '#server/cases/open-case.ts';
import { findCase, lockEntitlementRow } from '#server/cases/queries.ts';
import { sendEvent } from '#server/cases/send-event.ts';
import { viewCase } from '#server/cases/view.ts';
import { withdrawConsent } from '#server/consents/consents.ts';
import { findConsentById } from '#server/consents/queries.ts';
import { decideApproval } from '#server/operations/approvals.ts';
import { inTransaction } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import type { Player } from '#server/sandbox/player.ts';
import { runDueTimers } from '#server/timers/run-due.ts';
import { claimTimerById, setTimer } from '#server/timers/timers.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { actorOf, count, hold, members, waiting } from './interleave.ts';
import { ask, type Ids, playToOffer, requestBody } from './outpatient.ts';

let on: TestApp;
let people: ReadonlyMap<string, Ids>;
const KEYS = ['limit', 'cancel', 'cancel2', 'key', 'timer', 'consent', 'consent2', 'approve', 'crowd'];
beforeAll(async () => {
  on = await openApp({ at: '2026-11-04T10:00:00+08:00' });
  people = await on.people(members(KEYS));
});
afterAll(() => on.close());

const ids = (key: string) => people.get(key)!;
const SLOT = { visitAt: '2026-11-11T09:30:00+08:00', answerBy: '2026-11-06T18:00:00+08:00' };

async function booked(key: string): Promise<{ player: Player; id: string }> {
  const { player, id } = await ask(on, key, ids(key));
  await playToOffer(on, id, SLOT);
  await player.event(id, 'acceptOffer');
  return { player, id };
}

test('[2.2.6] two requests for the last use: the second waits for the first and is refused, held by an open case', async () => {
  const player = await on.as('limit');
  const actor = await actorOf(on, 'limit');
  const body = CreateCase.parse(await requestBody(on, player, ids('limit')));
  const request = (db: Parameters<typeof openCase>[0]) => openCase(db, on.ctx, actor, body, 'zh');

  const first = await hold(on, request);
  expect(first.result.refused).toBe(false);
  const second = inTransaction(on.ctx.pool, request);
  await waiting(on, 1);
  await first.commit();
  const answer = await second;
  expect(answer.refused && answer.problem.toDocument('zh')).toMatchObject({
    code: 'refused',
    reasons: [{ rule: 'held-by-open-case' }],
  });
  expect(await count(on, 'cases where person_id = $1', [ids('limit').personId])).toBe(1);
  expect(
    await count(on, `uses where case_id in (select id from yilu.cases where person_id = $1)`, [ids('limit').personId]),
  ).toBe(1);
});

test('[2.2.9] the member cancels while the provider cancels: who commits first decides, the other is told that it changed', async () => {
  for (const [key, first, second, use] of [
    ['cancel', 'cancelBooking', 'providerCancels', 'spent'],
    ['cancel2', 'providerCancels', 'cancelBooking', 'held'],
  ] as const) {
    const { player, id } = await booked(key);
    const { version } = await player.case(id);
    const sender = { cancelBooking: await actorOf(on, key), providerCancels: await actorOf(on, 'provider') };
    const payload = { cancelBooking: {}, providerCancels: { why: '医院停诊' } };
    const send = (type: 'cancelBooking' | 'providerCancels') => (db: Parameters<typeof sendEvent>[0]) =>
      sendEvent(db, on.ctx, sender[type], id, { type, version, payload: payload[type] }, 'zh');

    const held = await hold(on, send(first));
    const late = inTransaction(on.ctx.pool, send(second)).then(
      () => 'sent',
      (error: { code: string }) => error.code,
    );
    await waiting(on, 1);
    await held.commit();
    expect(await late, `${second} after ${first}`).toBe('stale');
    expect((await player.case(id)).use.state).toBe(use);
    expect(await count(on, `events where case_id = $1 and type in ('cancelBooking', 'providerCancels')`, [id])).toBe(1);
  }
});

test('the same Idempotency-Key while the first is still open: the second waits and answers the same', async () => {
  const player = await on.as('key');
  const body = await requestBody(on, player, ids('key'));
  const headers = { 'idempotency-key': randomUUID() };
  // Stops the first in the middle of its work, after it claimed the key.
  const gate = await hold(on, (db) =>
    lockEntitlementRow(db, on.ctx, uuidv7(), ids('key').policyId, ids('key').personId, 'outpatient-access'),
  );
  const first = player.send('POST', '/cases', body, headers);
  await waiting(on, 1);
  const second = player.send('POST', '/cases', body, headers);
  await waiting(on, 2);
  await gate.commit();
  const [one, two] = await Promise.all([first, second]);
  expect([one.status, two.status]).toEqual([201, 201]);
  expect(two.body).toEqual(one.body);
  expect(await count(on, 'cases where person_id = $1', [ids('key').personId])).toBe(1);
  expect(await player.send('POST', '/cases', { ...body, form: {} }, headers)).toMatchObject({
    status: 422,
    body: { code: 'key-reused' },
  });
});

test('a timer that one worker holds is skipped by the other, and runs once after the first died', async () => {
  const { id } = await ask(on, 'timer', ids('timer'));
  const now = await on.now();
  const key = `pursuit-remind/${id}/race`;
  await setTimer(on.ctx.pool, on.ctx, { dueAt: now, kind: 'visit-remind', subject: id, key });
  const timerId = (
    await on.database.owner.query<{ id: string }>('select id from yilu.timers where unique_key = $1', [key])
  ).rows[0]!.id;

  const first = await hold(on, (db) => claimTimerById(db, on.ctx, timerId));
  expect(first.result?.id).toBe(timerId);
  expect(await runDueTimers(on.ctx, now, 100)).toBe(0);
  await first.rollback(); // The worker was killed: its transaction is gone, the timer is not.
  expect(await runDueTimers(on.ctx, now, 100)).toBe(1);
  expect(await runDueTimers(on.ctx, now, 100)).toBe(0);
  expect(await count(on, 'timers where unique_key = $1 and done_at is not null and attempts = 0', [key])).toBe(1);
});

test('[N.5] consent withdrawn while the provider reads: nothing is shown and nothing disclosed from that moment', async () => {
  const { player, id } = await ask(on, 'consent', ids('consent'));
  await playToOffer(on, id, SLOT);
  const actor = await actorOf(on, 'provider');
  const { items } = await player.must<{ items: { id: string; caseId: string }[] }>('GET', '/consents');
  const consent = items.find(({ caseId }) => caseId === id)!;
  const disclosed = () => count(on, 'disclosures where case_id = $1', [id]);

  // The provider's reading has passed the door when the withdrawal commits.
  const reading = await hold(on, async (db) =>
    findCaseRole(db, on.ctx, actor, (await findCase(db, on.ctx, id))!, await on.now()),
  );
  expect(reading.result).toBe('provider');
  const before = await disclosed();
  expect((await player.send('DELETE', `/consents/${consent.id}`)).status).toBe(204);
  const row = (await findCase(reading.db, on.ctx, id))!;
  const view = await viewCase(reading.db, on.ctx, actor, row, 'provider', 'zh', await on.now());
  await reading.commit();
  expect(view).toMatchObject({ offer: null, carePath: null, timeline: [], facts: [] });
  expect(await disclosed()).toBe(before);
  expect((await (await on.as('provider')).send('GET', `/cases/${id}`)).status).toBe(404);
});

test('[N.5] an offer sent while consent is being withdrawn waits, and finds no case of this company any more', async () => {
  const { player, id } = await ask(on, 'consent2', ids('consent2'));
  await playToOffer(on, id, SLOT);
  const { version } = await player.case(id);
  const { items } = await player.must<{ items: { id: string; caseId: string }[] }>('GET', '/consents');
  const consentId = items.find(({ caseId }) => caseId === id)!.id;
  const by = await actorOf(on, 'consent2');
  const withdrawal = await hold(on, async (db) =>
    withdrawConsent(db, on.ctx, {
      consent: (await findConsentById(db, on.ctx, consentId))!,
      by,
      how: 'portal',
      now: await on.now(),
      onWithdrawn: consentHooks.onWithdrawn,
    }),
  );
  expect(withdrawal.result).toEqual([id]);
  const late = (await on.as('provider')).send('POST', `/cases/${id}/events`, {
    type: 'providerCancels',
    version,
    why: '医院停诊',
  });
  await waiting(on, 1);
  await withdrawal.commit();
  expect((await late).status).toBe(404);
  expect((await player.case(id)).state).toBe('closed-consent-withdrawn');
});

test('one approval decided by two supervisors at once: the first counts, the second hears that it is decided', async () => {
  const { player, id } = await booked('approve');
  await player.event(id, 'cancelBooking');
  const { approvalId } = await (await on.as('reviewer')).must<{ approvalId: string }>(
    'POST',
    `/cases/${id}/corrections`,
    { kind: 'correct-use', reason: '医院来电证明取消由医院提出' },
  );
  const decide = (who: string, approve: boolean) => async (db: Parameters<typeof decideApproval>[0]) =>
    decideApproval(db, on.ctx, await actorOf(on, who), approvalId, { approve }, await on.now());
  const first = await hold(on, decide('supervisor', true));
  const second = inTransaction(on.ctx.pool, decide('supervisor2', false)).then(
    () => 'decided',
    (error: { code: string }) => error.code,
  );
  await waiting(on, 1);
  await first.commit();
  expect(await second).toBe('conflict');
  expect((await player.case(id)).use.state).toBe('released');
  expect(await count(on, `uses where case_id = $1 and move = 'restore'`, [id])).toBe(1);
});

test('[2.2.6] 200 requests at once through two API applications give exactly one case', async () => {
  const other = await on.another();
  const players = [await on.as('crowd'), await on.as('crowd', undefined, other)];
  const body = await requestBody(on, players[0]!, ids('crowd'));
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, i) => players[i % 2]!.send('POST', '/cases', body)),
  );
  const rules = answers
    .filter(({ status }) => status === 409)
    .map(({ body: problem }) => (problem as { reasons: { rule: string }[] }).reasons.map(({ rule }) => rule).join());
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(rules).toHaveLength(199);
  expect(new Set(rules)).toEqual(new Set(['held-by-open-case']));
  expect(await count(on, 'cases where person_id = $1', [ids('crowd').personId])).toBe(1);
  expect(
    await count(on, `uses where case_id in (select id from yilu.cases where person_id = $1)`, [ids('crowd').personId]),
  ).toBe(1);
});
