import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { accept, ask, handOver, offer, playToOffer } from './outpatient.ts';
import { clockOf, codeOf, inboxOf, newMember, playToBooked } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

test('[2.2.1.3] only slots after the due moment were offered: declining one keeps nothing, and a visit after it is a breach of the visit for ever', async () => {
  const { ids } = await newMember(on, 'too-late');
  const { player, id } = await ask(on, 'too-late', ids);
  expect(clockOf(await player.case(id), 'visit').due).toBe('2026-07-10T18:00:00+08:00');
  await playToOffer(on, id, { visitAt: '2026-07-13T09:30:00+08:00', answerBy: '2026-07-03T18:00:00+08:00' });
  const declined = await player.event(id, 'declineOffer', { wish: '能早一点吗' });
  expect(clockOf(declined, 'visit')).toMatchObject({ metAt: null, state: expect.stringMatching(/running|soon/) });
  const told = clockOf(declined, 'booking-result');
  expect(told.state).toBe('kept');
  await offer(on, id, { visitAt: '2026-07-14T09:30:00+08:00', answerBy: '2026-07-03T18:00:00+08:00' });
  const booked = await player.event(id, 'acceptOffer');
  // Told once is told: another offer does not run that promise again.
  expect(booked.clocks.filter(({ promise }) => promise === 'booking-result')).toMatchObject([
    { id: told.id, metAt: told.metAt },
  ]);
  await on.advanceTo('2026-07-14T09:20:00+08:00');
  expect(clockOf(await player.case(id), 'visit').state).toBe('late');
  await (await on.as('provider')).event(id, 'checkIn');
  const visit = clockOf(await player.case(id), 'visit');
  expect(visit).toMatchObject({
    state: 'breached',
    due: '2026-07-10T18:00:00+08:00',
    metAt: expect.stringMatching(/^2026-07-14T09:20/),
  });
});

test('[2.2.1.3] a slot on or before the due moment was offered and she chose a later one: the visit is kept', async () => {
  const { ids } = await newMember(on, 'chose-later');
  const { player, id } = await ask(on, 'chose-later', ids);
  await playToOffer(on, id, { visitAt: '2026-07-20T09:30:00+08:00', answerBy: '2026-07-16T18:00:00+08:00' });
  await player.event(id, 'declineOffer', { wish: '想再晚一周' });
  expect(clockOf(await player.case(id), 'visit').state).toBe('kept');
  await offer(on, id, { visitAt: '2026-07-30T09:30:00+08:00', answerBy: '2026-07-16T18:00:00+08:00' });
  await player.event(id, 'acceptOffer');
  await on.advanceTo('2026-07-30T09:20:00+08:00');
  await (await on.as('provider')).event(id, 'checkIn');
  expect(clockOf(await player.case(id), 'visit').state).toBe('kept');
});

test('[2.2.1.3] withdrawn before the due moment a clock is void and in no report; withdrawn after it the breach stays', async () => {
  await on.advanceTo('2026-08-03T10:00:00+08:00');
  const early = await ask(on, 'early', (await newMember(on, 'early')).ids);
  const late = await ask(on, 'overdue', (await newMember(on, 'overdue')).ids);
  expect((await early.player.event(early.id, 'withdraw')).clocks.map(({ state }) => state)).toEqual(['void', 'void']);
  await on.advanceTo('2026-08-05T18:00:01+08:00');
  const closed = await late.player.event(late.id, 'withdraw');
  expect([clockOf(closed, 'booking-result').state, clockOf(closed, 'visit').state]).toEqual(['breached', 'void']);
  const operations = await on.as('operations');
  const { items } = await operations.must<{ items: { caseId: string; promise: string; proposedCause: string }[] }>(
    'GET',
    '/breaches',
  );
  expect(items.filter(({ caseId }) => caseId === early.id)).toEqual([]);
  expect(items.filter(({ caseId }) => caseId === late.id)).toMatchObject([
    { promise: 'booking-result', proposedCause: 'reviewer' },
  ]);
});

test('[2.2] nobody rates: the case closes by itself after fourteen days, delivered all the same', async () => {
  const { ids } = await newMember(on, 'unrated');
  const { player, id } = await playToBooked(on, 'unrated', ids, {
    visitAt: '2026-08-10T09:30:00+08:00',
    answerBy: '2026-08-07T18:00:00+08:00',
  });
  await on.advanceTo('2026-08-10T09:20:00+08:00');
  const provider = await on.as('provider');
  for (const type of ['checkIn', 'checkOut']) await provider.event(id, type);
  await provider.attach(id, 'visit-record', on.picture);
  await provider.event(id, 'summarise', { said: '示例小结', nextSteps: '示例下一步' });
  await on.advanceTo('2026-08-24T09:00:00+08:00');
  expect((await player.case(id)).state).toBe('summarised');
  await on.advanceTo('2026-08-24T23:59:00+08:00');
  expect(await player.case(id)).toMatchObject({ state: 'completed', use: { state: 'spent', cause: 'delivered' } });
});

test('[2.2.1.2] a case handed to a colleague: she is told, finds it among her own, and the first one no longer does', async () => {
  await on.advanceTo('2026-08-25T10:00:00+08:00');
  const { ids } = await newMember(on, 'handed-on');
  const { id } = await ask(on, 'handed-on', ids);
  await accept(on, id);
  const manager = await handOver(on, id);
  const supervisor = await on.as('supervisor');
  const staff = (await supervisor.must<{ items: { id: string; name: string }[] }>('GET', '/staff?role=case-manager'))
    .items;
  const second = await on.as('manager2');
  const me = (await second.must<{ account: { id: string } }>('GET', '/session')).account.id;
  expect(staff.map((one) => one.id)).toContain(me);
  const { version } = await supervisor.case(id);
  expect(
    codeOf(
      await supervisor.send('POST', `/cases/${id}/events`, {
        type: 'reassign',
        version,
        to: ids.personId,
        reason: '休假',
      }),
    ),
  ).toBe('422 not-acceptable');
  await supervisor.event(id, 'reassign', { to: me, reason: '休假' });
  const own = async (who: typeof manager) =>
    (await who.must<{ items: { id: string }[] }>('GET', '/worklist?desk=own')).items.map((one) => one.id);
  expect(await own(second)).toContain(id);
  expect(await own(manager)).not.toContain(id);
  expect((await inboxOf(on, second)).some(({ caseId }) => caseId === id)).toBe(true);
});

test('[2.2.0] a visit nobody reported within a day goes to the supervisor; the use stays held until somebody says what happened', async () => {
  const { ids } = await newMember(on, 'unreported');
  const { player, id } = await playToBooked(on, 'unreported', ids, {
    visitAt: '2026-08-28T09:30:00+08:00',
    answerBy: '2026-08-26T18:00:00+08:00',
  });
  await on.advanceTo('2026-08-29T09:31:00+08:00');
  const supervisor = await on.as('supervisor');
  expect((await supervisor.case(id)).attention).toContain('visit-unreported');
  expect((await player.case(id)).use.state).toBe('held');
  await (await on.as('provider')).event(id, 'checkIn');
  expect((await supervisor.case(id)).attention).not.toContain('visit-unreported');
});
