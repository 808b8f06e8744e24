import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Player } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { accept, ask, handOver, playToOffer } from './outpatient.ts';
import { clockOf, codeOf, inboxOf, newMember, offerAs, playToBooked, tryEvent } from './steps.ts';

type Consent = {
  id: string;
  recipient: string;
  caseId: string | null;
  withdrawnAt: string | null;
  purpose: string;
  textVersion: number;
  warning: string | null;
};
let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

const slot = { visitAt: '2026-07-09T09:30:00+08:00', answerBy: '2026-07-03T18:00:00+08:00' };
const consentsOf = async (player: Player, id: string, to = 'shangyong') =>
  (await player.must<{ items: Consent[] }>('GET', '/consents')).items.filter(
    ({ caseId, recipient }) => caseId === id && recipient === to,
  );
const providerId = async (player: Player, code: string) =>
  (await player.must<{ items: { id: string; row: { code: string } }[] }>('GET', '/lists/providers')).items.find(
    ({ row }) => row.code === code,
  )!.id;

test("[2.6.5.2.3] another provider later needs a new consent; the clock runs on, the first one's access ends at once", async () => {
  const { ids } = await newMember(on, 'two-providers');
  const { player, id } = await ask(on, 'two-providers', ids);
  await accept(on, id);
  const manager = await handOver(on, id);
  const [first, second] = [await on.as('provider'), await on.as('provider2')];
  expect((await first.send('GET', `/cases/${id}`)).status).toBe(200);
  expect((await second.send('GET', `/cases/${id}`)).status).toBe(404);
  const due = clockOf(await manager.case(id), 'booking-result').due;
  await first.event(id, 'cannotOffer', { why: '两周内约满' });
  expect((await first.send('GET', `/cases/${id}`)).status).toBe(404);
  expect((await first.must<{ items: { id: string }[] }>('GET', '/worklist')).items.map((one) => one.id)).not.toContain(
    id,
  );
  const asked = await manager.event(id, 'handToProvider', { provider: await providerId(manager, 'huiyi') });
  expect(asked).toMatchObject({ state: 'awaiting-provider-consent', turn: { who: 'member' } });
  expect(clockOf(asked, 'booking-result')).toMatchObject({ due, state: expect.stringMatching(/running|soon/) });
  expect((await second.send('GET', `/cases/${id}`)).status).toBe(404);
  await player.must('POST', '/consents', {
    personId: ids.personId,
    caseId: id,
    recipient: 'huiyi',
    purpose: 'outpatient-visit',
    textVersion: 1,
  });
  expect((await player.case(id)).state).toBe('with-provider');
  expect((await second.send('GET', `/cases/${id}`)).status).toBe(200);
  expect((await first.send('GET', `/cases/${id}`)).status).toBe(404);
  expect(
    codeOf(await first.send('POST', `/cases/${id}/events`, { type: 'cannotOffer', version: 0, why: '再看看' })),
  ).toBe('404 not-found');
});

test('[2.2.1.3] a provider that does not answer within four service hours goes to the supervisor, who can take the case back', async () => {
  const { ids } = await newMember(on, 'silent-provider');
  const { id } = await ask(on, 'silent-provider', ids);
  await accept(on, id);
  await on.advanceTo('2026-07-01T16:30:00+08:00');
  await handOver(on, id);
  const supervisor = await on.as('supervisor');
  expect(clockOf(await supervisor.case(id), 'provider-answer').due).toMatch(/^2026-07-02T11:30/);
  await on.advanceTo('2026-07-02T11:29:00+08:00');
  expect((await supervisor.case(id)).attention).not.toContain('provider-silent');
  await on.advanceTo('2026-07-02T11:31:00+08:00');
  expect((await supervisor.case(id)).attention).toContain('provider-silent');
  expect(
    (await supervisor.must<{ items: { id: string }[] }>('GET', '/worklist?desk=attention')).items.map((one) => one.id),
  ).toContain(id);
  expect((await inboxOf(on, supervisor)).filter(({ caseId }) => caseId === id).length).toBe(1);
  expect(await supervisor.event(id, 'takeBack', { reason: '四小时未答复' })).toMatchObject({ state: 'planning' });
  expect((await (await on.as('provider')).send('GET', `/cases/${id}`)).status).toBe(404);
});

test('[2.6.5.2.4] a provider sees only what the consent names, every disclosure is shown to the member, and nothing internal leaves', async () => {
  const { persona, ids } = await newMember(on, 'shared');
  const { player, id } = await ask(on, 'shared', ids);
  await accept(on, id);
  const manager = await handOver(on, id);
  await manager.event(id, 'addNote', { note: '内部备注：先别说' });
  await manager.event(id, 'logCall', { outcome: 'reached', note: '通话记录：家里困难' });
  const provider = await on.as('provider');
  const seen = await provider.case(id);
  const text = JSON.stringify(seen);
  expect(text).toContain(persona.name);
  expect(text).not.toContain('内部备注');
  expect(text).not.toContain('通话记录');
  expect(seen.decision).toBeNull();
  expect(seen.papers.flatMap(({ papers }) => papers).length).toBe(2);
  const paper = seen.papers.flatMap(({ papers }) => papers)[0]!;
  expect((await provider.send('GET', `/papers?personId=${ids.personId}`)).status).toBeGreaterThanOrEqual(403);
  const { items } = await player.must<{
    items: { recipient: string; caseId: string; what: string[]; consentId: string }[];
  }>('GET', '/disclosures');
  const shown = items.filter(({ caseId }) => caseId === id);
  expect(shown.length).toBeGreaterThan(0);
  expect(shown[0]).toMatchObject({ recipient: 'shangyong', consentId: (await consentsOf(player, id))[0]!.id });
  expect((await (await on.as('provider2')).send('GET', `/papers/${paper.id}/preview`)).status).toBe(404);
  // Beyond the case of their company nothing is there for a provider: not the person, not her benefits, not the clocks.
  expect((await provider.send('GET', '/clocks')).status).toBe(403);
  expect((await provider.send('GET', '/benefits')).status).toBe(403);
  expect(
    (await player.must<{ items: Consent[] }>('GET', '/consents')).items.filter(({ caseId }) => caseId === id),
  ).toHaveLength(1);
});

test('[2.6.5.2.3] consent withdrawn before the booking: sharing stops at once, the case closes with that reason, nothing is spent', async () => {
  const { ids } = await newMember(on, 'withdraws');
  const { player, id } = await ask(on, 'withdraws', ids);
  await playToOffer(on, id, slot);
  const provider = await on.as('provider');
  const seen = (await provider.case(id)).papers.flatMap(({ papers }) => papers)[0]!;
  await player.must('DELETE', `/consents/${(await consentsOf(player, id))[0]!.id}`);
  expect(await player.case(id)).toMatchObject({
    state: 'closed-consent-withdrawn',
    use: { state: 'released', cause: 'consent-withdrawn', remaining: 1 },
  });
  expect((await provider.send('GET', `/cases/${id}`)).status).toBe(404);
  expect((await provider.send('GET', `/papers/${seen.id}/preview`)).status).toBe(404);
  expect((await inboxOf(on, player)).some(({ caseId, subject }) => caseId === id && subject.includes('同意'))).toBe(
    true,
  );
  expect((await inboxOf(on, provider)).some(({ caseId, body }) => caseId === id && body.includes('删除'))).toBe(true);
  expect((await inboxOf(on, await on.as('provider2'))).some(({ caseId }) => caseId === id)).toBe(false);
});

test('[2.6.5.2.3] consent withdrawn after the booking: sharing stops at once, and a person decides with a reason', async () => {
  const { ids } = await newMember(on, 'withdraws-late');
  const { player, id } = await playToBooked(on, 'withdraws-late', ids, slot);
  const [consent] = await consentsOf(player, id);
  expect(consent!.warning).toBeTruthy();
  await player.must('DELETE', `/consents/${consent!.id}`);
  expect((await (await on.as('provider')).send('GET', `/cases/${id}`)).status).toBe(404);
  expect(await player.case(id)).toMatchObject({ state: 'consent-deciding', use: { state: 'held' } });
  const supervisor = await on.as('supervisor');
  expect(codeOf(await tryEvent(supervisor, id, 'releaseWithdrawnConsent', {}))).toBe('422 not-acceptable');
  expect(await supervisor.event(id, 'releaseWithdrawnConsent', { reason: '服务商尚未准备' })).toMatchObject({
    state: 'closed-consent-withdrawn',
    use: { state: 'released', cause: 'consent-withdrawn' },
  });
  const other = await newMember(on, 'withdraws-counted');
  const two = await playToBooked(on, 'withdraws-counted', other.ids, slot);
  await two.player.must('DELETE', `/consents/${(await consentsOf(two.player, two.id))[0]!.id}`);
  expect(await supervisor.event(two.id, 'countWithdrawnConsent', { reason: '号源已经占用' })).toMatchObject({
    state: 'closed-cancelled',
    use: { state: 'spent', cause: 'used-by-cancel' },
  });
});

test('[2.2.1.3] a provider that no longer has anything to offer: told what instead, she decides, and nothing is counted', async () => {
  const { ids } = await newMember(on, 'no-slot');
  const { player, id } = await ask(on, 'no-slot', ids);
  await accept(on, id);
  const manager = await handOver(on, id);
  const provider = await on.as('provider');
  await provider.event(id, 'cannotOffer', { why: '两周内约满' });
  const told = await manager.event(id, 'tellNoSlot', { instead: '可改约同城另一家' });
  expect(told).toMatchObject({ state: 'no-slot', use: { state: 'held' } });
  expect(clockOf(told, 'booking-result').state).toBe('kept');
  expect(await player.event(id, 'keepLooking')).toMatchObject({ state: 'planning' });
  // The same provider again: her consent still holds, nothing is asked twice.
  expect(await manager.event(id, 'handToProvider', { provider: await providerId(manager, 'shangyong') })).toMatchObject(
    { state: 'with-provider' },
  );
  await offerAs(provider, id, slot);
  expect(await player.event(id, 'acceptOffer')).toMatchObject({ state: 'booked' });
});

test('[2.6.5.2.3] a consent not answered: reminders, calls, and closing as for missing papers; the promised time ran on', async () => {
  await on.advanceTo('2026-07-13T10:00:00+08:00');
  const { ids } = await newMember(on, 'no-consent');
  const { player, id } = await ask(on, 'no-consent', ids);
  await accept(on, id);
  const manager = await handOver(on, id, 'huiyi');
  expect((await manager.case(id)).state).toBe('awaiting-provider-consent');
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  await on.advanceTo('2026-07-14T10:30:00+08:00');
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  await on.advanceTo('2026-07-15T18:00:01+08:00');
  expect(clockOf(await player.case(id), 'booking-result').state).toBe('late');
  await on.advanceTo('2026-07-27T18:00:01+08:00');
  const closed = await player.case(id);
  expect(closed).toMatchObject({ state: 'closed-not-pursued', use: { state: 'released', cause: 'not-pursued' } });
  expect(clockOf(closed, 'booking-result').state).toBe('breached');
  expect((await inboxOf(on, player)).filter(({ caseId }) => caseId === id).length).toBeGreaterThanOrEqual(3);
});

test('[2.6.5.2.3] a consent ends thirty days after the case: until then the provider can look back, after it nothing is there', async () => {
  await on.advanceTo('2026-08-03T10:00:00+08:00');
  const { ids } = await newMember(on, 'thirty-days');
  const { player, id } = await playToBooked(on, 'thirty-days', ids, {
    visitAt: '2026-08-05T09:30:00+08:00',
    answerBy: '2026-08-04T18:00:00+08:00',
  });
  await on.advanceTo('2026-08-05T09:20:00+08:00');
  const provider = await on.as('provider');
  for (const type of ['checkIn', 'checkOut']) await provider.event(id, type);
  await provider.attach(id, 'visit-record', on.picture);
  await provider.event(id, 'summarise', { said: '示例小结', nextSteps: '示例下一步' });
  await player.event(id, 'rate', { stars: 5 });
  expect((await inboxOf(on, provider)).some(({ caseId, subject }) => caseId === id && subject.includes('收回'))).toBe(
    false,
  );
  await on.advanceTo('2026-09-04T23:00:00+08:00');
  expect((await provider.send('GET', `/cases/${id}`)).status).toBe(200);
  await on.advanceTo('2026-09-05T00:00:01+08:00');
  expect((await provider.send('GET', `/cases/${id}`)).status).toBe(404);
  expect((await player.case(id)).state).toBe('completed');
});
