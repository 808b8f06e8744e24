import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { ask } from './outpatient.ts';
import { codeOf, newMember, tryEvent } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

test('[S.2] a supervisor who finds an impostor stops the service at once: sharing ends, nothing is counted, the evidence stays', async () => {
  const { ids } = await newMember(on, 'impostor');
  const { player, id } = await ask(on, 'impostor', ids);
  const supervisor = await on.as('supervisor');
  const stopped = await supervisor.event(id, 'stopImpostor', { found: '到院出示的证件与本人不符' });
  expect([stopped.state, stopped.final, stopped.use.state]).toEqual(['closed-impostor', true, 'released']);
  expect(stopped.papers.flatMap(({ papers }) => papers)).not.toEqual([]);
  expect((await player.case(id)).timeline.at(-1)?.facts).toEqual([]);
  expect(codeOf(await tryEvent(player, id, 'withdraw'))).toBe('409 not-possible-now');
});
