import { afterAll, beforeAll, expect, test } from 'vitest';
import { member, openApp, type TestApp } from '#tests/with-app.ts';
import { ask, playToOffer } from './outpatient.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-11-04T10:00:00+08:00' });
});
afterAll(() => on.close());

test('[2.2] Li Na asks for the green channel and is served: path, slot, escort, visit, summary, rating', async () => {
  const ids = (await on.people([member('lina')])).get('lina')!;
  const { player, id } = await ask(on, 'lina', ids);
  await playToOffer(on, id, { visitAt: '2026-11-11T09:30:00+08:00', answerBy: '2026-11-06T18:00:00+08:00' });
  const offered = await player.case(id);
  expect(offered.state).toBe('offered');
  expect(offered.clocks.find(({ promise }) => promise === 'booking-result')?.state).toBe('kept');
  expect(offered.allowed.find(({ type }) => type === 'acceptOffer')?.warning).toContain('计为已使用');
  expect((await player.event(id, 'acceptOffer')).state).toBe('booked');
  await on.advanceTo('2026-11-11T09:10:00+08:00');
  const provider = await on.as('provider');
  await provider.event(id, 'checkIn');
  await provider.event(id, 'checkOut');
  await provider.attach(id, 'visit-record', on.picture);
  await provider.event(id, 'summarise', { said: '示例小结', nextSteps: '示例下一步' });
  const done = await player.event(id, 'rate', { stars: 5 });
  expect(done.state).toBe('completed');
  expect(done.use).toMatchObject({ state: 'spent', cause: 'delivered', remaining: 0 });
  expect(done.clocks.map(({ promise, state }) => [promise, state])).toEqual([
    ['booking-result', 'kept'],
    ['visit', 'kept'],
  ]);
});
