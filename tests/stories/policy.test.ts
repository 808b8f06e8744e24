import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { accept, ask, playToOffer } from './outpatient.ts';
import { allowedTypes, clockOf, inboxOf, newMember, playToBooked, policyBecomes } from './steps.ts';

type Card = {
  service: string;
  policyId: string;
  usable: boolean;
  reasons: { rule: string; clause: string }[];
  remaining: number | null;
};
let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

const cardOf = async (key: string, policyId: string): Promise<Card> =>
  (await (await on.as(key)).must<{ items: Card[] }>('GET', '/benefits')).items.find(
    (card) => card.service === 'outpatient-access' && card.policyId === policyId,
  )!;

test('[2.2.7][N.7] suspended before a booking: the case closes, the use is released, the clocks are void, and she is told; reviving brings nothing back', async () => {
  const { persona, ids } = await newMember(on, 'suspended');
  const { player, id } = await ask(on, 'suspended', ids);
  await accept(on, id);
  await policyBecomes(on, persona, 'suspended', '2026-07-01T00:00:00+08:00');
  const closed = await player.case(id);
  expect(closed).toMatchObject({ state: 'closed-policy-ended', use: { state: 'released', cause: 'policy-ended' } });
  expect(closed.clocks.filter(({ target }) => !target).map(({ state }) => state)).toEqual(['void', 'void']);
  expect((await inboxOf(on, player)).some(({ caseId, subject }) => caseId === id && subject.includes('合同'))).toBe(
    true,
  );
  expect((await cardOf('suspended', ids.policyId)).reasons).toContainEqual(
    expect.objectContaining({ rule: 'policy-not-in-force' }),
  );
  await on.advanceTo('2026-07-02T10:00:00+08:00');
  await policyBecomes(on, persona, 'in-force', '2026-07-02T00:00:00+08:00');
  const revived = await cardOf('suspended', ids.policyId);
  expect(revived.usable).toBe(false);
  expect(revived.reasons).toContainEqual(expect.objectContaining({ rule: 'entitlement-ended', clause: 'N.7' }));
  expect((await player.case(id)).state).toBe('closed-policy-ended');
  expect((await player.send('POST', '/cases', { service: 'outpatient-access', ...ids })).status).toBe(409);
});

test('[2.2.7] ended after the booking: operations decide within one working day; honoured it is used only when delivered', async () => {
  const { persona, ids } = await newMember(on, 'honoured');
  const { player, id } = await playToBooked(on, 'honoured', ids, {
    visitAt: '2026-07-08T09:30:00+08:00',
    answerBy: '2026-07-03T18:00:00+08:00',
  });
  await policyBecomes(on, persona, 'terminated', '2026-07-02T00:00:00+08:00');
  const operations = await on.as('operations');
  const waiting = await operations.case(id);
  expect(waiting).toMatchObject({
    state: 'policy-deciding',
    turn: { who: 'operations', until: '2026-07-03T18:00:00+08:00' },
    use: { state: 'held' },
  });
  expect(clockOf(waiting, 'policy-decision').due).toBe('2026-07-03T18:00:00+08:00');
  expect(
    (await operations.must<{ items: { id: string }[] }>('GET', '/worklist?desk=mine')).items.map((one) => one.id),
  ).toContain(id);
  expect((await inboxOf(on, player)).some(({ caseId, subject }) => caseId === id && subject.includes('合同'))).toBe(
    true,
  );
  expect(await operations.event(id, 'honour', { reason: '终止前已经约好' })).toMatchObject({
    state: 'booked',
    use: { state: 'held' },
  });
  await on.advanceTo('2026-07-08T09:10:00+08:00');
  await (await on.as('provider')).event(id, 'checkIn');
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'delivered' });
});

test('[2.2.7] ended after the booking and declined: closed, not counted; a late decision is listed as a passed target', async () => {
  const { persona, ids } = await newMember(on, 'declined');
  const { id, player } = await playToBooked(on, 'declined', ids, {
    visitAt: '2026-07-20T09:30:00+08:00',
    answerBy: '2026-07-10T18:00:00+08:00',
  });
  await policyBecomes(on, persona, 'terminated', '2026-07-08T00:00:00+08:00');
  await on.advanceTo('2026-07-09T18:00:01+08:00');
  const operations = await on.as('operations');
  expect((await operations.case(id)).attention).toContain('late-policy-decision');
  expect(await operations.event(id, 'decline', { reason: '合同终止' })).toMatchObject({
    state: 'closed-policy-ended',
    use: { state: 'released', cause: 'policy-ended' },
  });
  expect((await player.case(id)).clocks.find(({ promise }) => promise === 'visit')?.state).toBe('void');
});

test('[2.2.7] what is being delivered is finished: a policy that ends during the visit stops nothing', async () => {
  const { persona, ids } = await newMember(on, 'finished');
  const { id } = await playToBooked(on, 'finished', ids, {
    visitAt: '2026-07-15T09:30:00+08:00',
    answerBy: '2026-07-10T18:00:00+08:00',
  });
  await on.advanceTo('2026-07-15T09:20:00+08:00');
  const provider = await on.as('provider');
  await provider.event(id, 'checkIn');
  await policyBecomes(on, persona, 'terminated', '2026-07-15T00:00:00+08:00');
  await provider.event(id, 'checkOut');
  await provider.attach(id, 'visit-record', on.picture);
  await provider.event(id, 'summarise', { said: '示例小结', nextSteps: '示例下一步' });
  expect((await (await on.as('finished')).case(id)).state).toBe('summarised');
});

test('[2.2.6][2.2.7] the term ends and is renewed without a break: the case goes on, counted on the old contract; the new one carries its own count', async () => {
  const { persona, ids } = await newMember(on, 'renewed', { expiresOn: '2026-07-31' });
  const { player, id } = await ask(on, 'renewed', ids);
  await playToOffer(on, id, { visitAt: '2026-08-03T09:30:00+08:00', answerBy: '2026-07-20T18:00:00+08:00' });
  await player.event(id, 'acceptOffer');
  const renewal = {
    ...persona,
    policyNo: `${persona.policyNo}-2`,
    effectiveFrom: '2026-08-01',
    expiresOn: '2027-07-31',
    coolingOffEndsOn: '',
    waitingEndsOn: '',
    renewedFrom: persona.policyNo,
    noAccount: true as const,
    states: [{ state: 'in-force', from: '2026-08-01T00:00:00+08:00' }],
  };
  const next = (await on.people([renewal])).get('renewed')!;
  await on.advanceTo('2026-08-01T10:00:00+08:00');
  expect(await player.case(id)).toMatchObject({ state: 'booked', use: { state: 'held' } });
  await on.advanceTo('2026-08-03T09:10:00+08:00');
  await (await on.as('provider')).event(id, 'checkIn');
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', remaining: 0 });
  expect(await cardOf('renewed', next.policyId)).toMatchObject({ usable: true, remaining: 1 });
});

test('[2.2.7] the term ends without renewal: before a booking the case closes at midnight, after it operations decide', async () => {
  await on.advanceTo('2026-08-10T10:00:00+08:00');
  const before = await newMember(on, 'expiring', { expiresOn: '2026-08-12' });
  const after = await newMember(on, 'expiring-booked', { expiresOn: '2026-08-12' });
  const one = await ask(on, 'expiring', before.ids);
  const two = await playToBooked(on, 'expiring-booked', after.ids, {
    visitAt: '2026-08-14T09:30:00+08:00',
    answerBy: '2026-08-11T18:00:00+08:00',
  });
  await on.advanceTo('2026-08-12T23:59:00+08:00');
  expect((await one.player.case(one.id)).state).toBe('reviewing');
  await on.advanceTo('2026-08-13T00:00:01+08:00');
  expect(await one.player.case(one.id)).toMatchObject({
    state: 'closed-policy-ended',
    use: { state: 'released', cause: 'policy-ended' },
  });
  expect((await two.player.case(two.id)).state).toBe('policy-deciding');
});

test('[2.2.7] prolonged while a case runs: it ends with the new term, not the old', async () => {
  await on.advanceTo('2026-08-17T10:00:00+08:00');
  const { persona, ids } = await newMember(on, 'prolonged', { expiresOn: '2026-08-18' });
  const { player, id } = await ask(on, 'prolonged', ids);
  await policyBecomes(on, persona, 'in-force', '2026-01-10T00:00:00+08:00', { expiresOn: '2026-08-20' });
  await on.advanceTo('2026-08-20T12:00:00+08:00');
  expect((await player.case(id)).state).toBe('reviewing');
  await on.advanceTo('2026-08-21T00:00:01+08:00');
  expect((await player.case(id)).state).toBe('closed-policy-ended');
});

test('[2.2.7] a suspension that takes effect later does nothing before its moment', async () => {
  const { persona, ids } = await newMember(on, 'later');
  const { player, id } = await ask(on, 'later', ids);
  await policyBecomes(on, persona, 'suspended', '2026-08-25T00:00:00+08:00');
  const running = await player.case(id);
  expect(running.state).toBe('reviewing');
  expect(allowedTypes(running)).toContain('withdraw');
  await on.advanceTo('2026-08-25T00:00:01+08:00');
  expect((await player.case(id)).state).toBe('closed-policy-ended');
});

test("[2.2.7] what operations honoured is not asked again when the ended contract's term is over before the visit", async () => {
  await on.advanceTo('2026-08-26T10:00:00+08:00');
  const { persona, ids } = await newMember(on, 'honoured-once', { expiresOn: '2026-08-28' });
  const { id } = await playToBooked(on, 'honoured-once', ids, {
    visitAt: '2026-08-31T09:30:00+08:00',
    answerBy: '2026-08-27T18:00:00+08:00',
  });
  await policyBecomes(on, persona, 'terminated', '2026-08-26T00:00:00+08:00');
  const operations = await on.as('operations');
  await operations.event(id, 'honour', { reason: '已经约好' });
  await on.advanceTo('2026-08-29T10:00:00+08:00');
  expect((await operations.case(id)).state).toBe('booked');
});

test('[2.2.7] renewed without a break, a running case then follows the contract that renewed it', async () => {
  const { persona, ids } = await newMember(on, 'follows', { expiresOn: '2026-08-31' });
  const { player, id } = await ask(on, 'follows', ids);
  const renewal = {
    ...persona,
    policyNo: `${persona.policyNo}-2`,
    effectiveFrom: '2026-09-01',
    expiresOn: '2027-08-31',
    coolingOffEndsOn: '',
    waitingEndsOn: '',
    renewedFrom: persona.policyNo,
  };
  await policyBecomes(on, renewal, 'in-force', '2026-09-01T00:00:00+08:00');
  await on.advanceTo('2026-09-02T10:00:00+08:00');
  expect((await player.case(id)).state).toBe('reviewing');
  await policyBecomes(on, renewal, 'terminated', '2026-09-02T00:00:00+08:00');
  expect(await player.case(id)).toMatchObject({
    state: 'closed-policy-ended',
    use: { state: 'released', cause: 'policy-ended' },
  });
});
