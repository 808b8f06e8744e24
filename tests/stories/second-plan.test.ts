/** The invented second plan beside the first. Over 300 lines: the stories share one pair of insurers and one sequence of time. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Persona } from '#server/sandbox/people.ts';
import type { Player } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import type { Ids } from './outpatient.ts';
import { allowedTypes, clockOf, codeOf, inboxOf, newMember, policyBecomes, tryEvent, warningOf } from './steps.ts';

let on: TestApp;
let jpg: Buffer;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00', insurers: ['qinghe', 'junlong'] });
  jpg = await sharp(on.picture).jpeg().toBuffer();
});
afterAll(() => on.close());

const HOSPITAL = '示例中心医院';
const TERMS: Partial<Persona> = {
  product: 'qinghe-care',
  effectiveFrom: '2026-02-01',
  expiresOn: '2028-01-31',
  coolingOffEndsOn: '2026-02-16',
  waitingEndsOn: '2026-05-01',
  states: [{ state: 'in-force', from: '2026-02-01T00:00:00+08:00' }],
};
const someoneOfQinghe = (key: string, change: Partial<Persona> = {}) => newMember(on, key, { ...TERMS, ...change });
const row = async (player: Player, path: string) =>
  (await player.must<{ items: { id: string; row: { departments?: string[]; department?: string } }[] }>('GET', path))
    .items[0]!;

/** The request that this plan asks for: its own paper, its own consent, its own notices. */
async function bodyFor(
  player: Player,
  ids: Ids,
  change: Record<string, unknown> = {},
): Promise<Record<string, unknown>> {
  const form = await player.form('outpatient-access', ids.policyId, ids.personId);
  const hospital = await row(player, `/lists/hospitals?q=${encodeURIComponent(HOSPITAL)}`);
  const papers = [];
  for (const { kind, required } of form.papers)
    if (required) papers.push({ kind, paperId: await player.upload(ids.personId, kind, jpg, `${kind}.jpg`) });
  return {
    service: 'outpatient-access',
    ...ids,
    illness: {
      code: 'sample-tumour',
      firstSymptomOn: '2026-06-05',
      diagnosedOn: '2026-06-20',
      hospitalId: hospital.id,
    },
    form: { hospital: hospital.id, department: '肿瘤科' },
    papers,
    consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
    ...change,
  };
}
const request = async (key: string, ids: Ids) => {
  const player = await on.as(key);
  return { player, id: (await player.request(await bodyFor(player, ids))).id };
};
async function book(key: string, ids: Ids, visitAt: string, answerBy: string): Promise<{ player: Player; id: string }> {
  const { player, id } = await request(key, ids);
  const manager = await on.as('manager');
  await manager.event(id, 'handToProvider', { provider: (await row(manager, '/lists/providers')).id });
  const provider = await on.as('provider');
  const [hospital, expert] = [
    await row(provider, `/lists/hospitals?q=${encodeURIComponent(HOSPITAL)}`),
    await row(provider, `/lists/experts?hospital=${encodeURIComponent(HOSPITAL)}`),
  ];
  await provider.event(id, 'offerSlot', {
    hospital: hospital.id,
    department: '肿瘤科',
    expert: expert.id,
    visitAt,
    answerBy,
  });
  await player.event(id, 'acceptOffer');
  return { player, id };
}

test('[qinghe 2.1-2.9] another handbook from request to rating: its own paper and consent text, no review, no care path, no escort, no visit clock', async () => {
  const { ids } = await someoneOfQinghe('whole-story');
  const player = await on.as('whole-story');
  const form = await player.form('outpatient-access', ids.policyId, ids.personId);
  expect(form.papers.filter(({ required }) => required).map(({ kind }) => kind)).toEqual(['case-summary']);
  expect(form.consents).toMatchObject([
    {
      recipient: 'sample-care',
      purpose: 'first-visit',
      textVersion: 3,
      text: expect.stringContaining('办结 7 天后停止'),
    },
  ]);
  const body = await bodyFor(player, ids);
  const old = await player.send('POST', '/cases', {
    ...body,
    consents: [{ recipient: 'sample-care', purpose: 'first-visit', textVersion: 2 }],
  });
  expect(codeOf(old)).toBe('422 not-acceptable');
  const created = await player.request(body);
  expect(created).toMatchObject({ state: 'planning', use: { state: 'held', remaining: 1, limit: 2 } });
  expect(created.clocks.map(({ promise }) => promise).sort()).toEqual(['booking-told', 'first-contact']);
  expect(clockOf(created, 'first-contact').due).toMatch(/^2026-07-01T10:30/);
  expect(clockOf(created, 'booking-told').due).toBe('2026-07-06T00:00:00+08:00');
  const manager = await on.as('manager');
  expect(allowedTypes(await manager.case(created.id))).not.toContain('writeCarePath');
  await manager.event(created.id, 'logCall', { outcome: 'no-answer' });
  expect(clockOf(await player.case(created.id), 'first-contact').state).toMatch(/running|soon/);
  await on.advanceTo('2026-07-01T10:20:00+08:00');
  await manager.event(created.id, 'logCall', { outcome: 'reached' });
  expect(clockOf(await player.case(created.id), 'first-contact')).toMatchObject({
    state: 'kept',
    metAt: expect.stringMatching(/^2026-07-01T10:20/),
  });
  await manager.event(created.id, 'handToProvider', { provider: (await row(manager, '/lists/providers')).id });
  const provider = await on.as('provider');
  const [hospital, expert] = [
    await row(provider, `/lists/hospitals?q=${encodeURIComponent(HOSPITAL)}`),
    await row(provider, `/lists/experts?hospital=${encodeURIComponent(HOSPITAL)}`),
  ];
  await provider.event(created.id, 'offerSlot', {
    hospital: hospital.id,
    department: '肿瘤科',
    expert: expert.id,
    visitAt: '2026-07-08T09:30:00+08:00',
    answerBy: '2026-07-03T18:00:00+08:00',
  });
  const offered = await player.case(created.id);
  expect(offered.offer).toMatchObject({ escort: null });
  expect(warningOf(offered, 'acceptOffer')).toBe('预约成功后取消，计为已使用 1 次；改期不计。');
  expect(clockOf(offered, 'booking-told').state).toBe('kept');
  await player.event(created.id, 'acceptOffer');
  // Changing is free here, and served again.
  const changed = await player.event(created.id, 'changeBooking', { wish: '晚一天' });
  expect(changed).toMatchObject({ state: 'with-provider', use: { state: 'held' } });
  await provider.event(created.id, 'offerSlot', {
    hospital: hospital.id,
    department: '肿瘤科',
    expert: expert.id,
    visitAt: '2026-07-09T09:30:00+08:00',
    answerBy: '2026-07-03T18:00:00+08:00',
  });
  await player.event(created.id, 'acceptOffer');
  await on.advanceTo('2026-07-09T09:20:00+08:00');
  for (const type of ['checkIn', 'checkOut']) await provider.event(created.id, type);
  await provider.attach(created.id, 'receipt', jpg, 'receipt.jpg');
  await provider.event(created.id, 'summarise', { said: '示例小结', nextSteps: '示例下一步' });
  const done = await player.event(created.id, 'rate', { stars: 4 });
  expect(done).toMatchObject({ state: 'completed', use: { state: 'spent', cause: 'delivered', remaining: 1 } });
});

test('[qinghe 1.2][qinghe 2.6] asked at 19:50 the thirty service minutes go on at eight the next morning', async () => {
  const { ids } = await someoneOfQinghe('evening');
  await on.advanceTo('2026-07-09T19:50:00+08:00');
  const { player, id } = await request('evening', ids);
  expect(clockOf(await player.case(id), 'first-contact').due).toMatch(/^2026-07-10T08:20/);
  await on.advanceTo('2026-07-10T08:21:00+08:00');
  expect(clockOf(await player.case(id), 'first-contact').state).toBe('late');
  const operations = await on.as('operations');
  const { items } = await operations.must<{ items: { id: string }[] }>('GET', '/worklist?desk=late');
  expect(items.map((one) => one.id)).toContain(id);
});

test('[qinghe 2.6] the first contact does not stand for missing papers: late is late, also while they are waited for', async () => {
  await on.advanceTo('2026-07-10T09:00:00+08:00');
  const { ids } = await someoneOfQinghe('papers-missing');
  const player = await on.as('papers-missing');
  const { id } = await player.request(await bodyFor(player, ids, { papers: [] }));
  const asked = await player.case(id);
  expect(asked.state).toBe('awaiting-papers');
  expect(asked.clocks.map(({ promise, state }) => [promise, /running|soon/.test(state)])).toEqual([
    ['first-contact', true],
  ]);
  await on.advanceTo('2026-07-10T09:31:00+08:00');
  expect(clockOf(await player.case(id), 'first-contact').state).toBe('late');
  const operations = await on.as('operations');
  const { items } = await operations.must<{ items: { id: string }[] }>('GET', '/worklist?desk=late');
  expect(items.map((one) => one.id)).toContain(id);
  await player.attach(id, 'case-summary', jpg, 'case-summary.jpg');
  expect(await player.case(id)).toMatchObject({ state: 'planning' });
});

test('[qinghe 4.1][qinghe 4.3] two uses a policy year: an absence spends at once, the third is refused, the next policy year serves again', async () => {
  await on.advanceTo('2026-07-13T10:00:00+08:00');
  const { ids } = await someoneOfQinghe('two-a-year');
  const first = await book('two-a-year', ids, '2026-07-15T09:30:00+08:00', '2026-07-14T18:00:00+08:00');
  await on.advanceTo('2026-07-15T12:00:00+08:00');
  expect(await (await on.as('provider')).event(first.id, 'reportAbsence', { attempts: '电话未接' })).toMatchObject({
    state: 'closed-absent',
  });
  expect((await first.player.case(first.id)).use).toMatchObject({
    state: 'spent',
    cause: 'used-by-absence',
    remaining: 1,
  });
  const second = await book('two-a-year', ids, '2026-07-20T09:30:00+08:00', '2026-07-16T18:00:00+08:00');
  expect(await second.player.event(second.id, 'cancelBooking', {})).toMatchObject({
    use: { state: 'spent', cause: 'used-by-cancel', remaining: 0 },
  });
  const third = await second.player.send('POST', '/cases', await bodyFor(second.player, ids));
  expect(third.status).toBe(409);
  expect((third.body as { reasons: { rule: string; clause: string }[] }).reasons).toMatchObject([
    { rule: 'used-up', clause: '4.1', printed: '第四条第一款' },
  ]);
  const card = (
    await second.player.must<{ items: { usable: boolean; usableFrom: string; remaining: number }[] }>(
      'GET',
      '/benefits',
    )
  ).items[0];
  expect(card).toMatchObject({ usable: false, usableFrom: '2027-02-01', remaining: 0 });
  await on.advanceTo('2027-02-01T10:00:00+08:00');
  const again = await request('two-a-year', ids);
  expect((await again.player.case(again.id)).use).toMatchObject({ state: 'held', remaining: 1, limit: 2 });
});

test('[qinghe 1.1] suspended with pause: the clocks stand, only withdrawing and cancelling are possible; revived they run on', async () => {
  const { persona, ids } = await someoneOfQinghe('paused');
  const { player, id } = await request('paused', ids);
  const other = await someoneOfQinghe('paused-booked');
  const booked = await book('paused-booked', other.ids, '2027-02-10T09:30:00+08:00', '2027-02-03T18:00:00+08:00');
  const before = clockOf(await player.case(id), 'booking-told');
  const manager = await on.as('manager');
  await manager.event(id, 'takeCase');
  await policyBecomes(on, persona, 'suspended', '2027-02-01T09:00:00+08:00');
  await policyBecomes(on, other.persona, 'suspended', '2027-02-01T09:00:00+08:00');
  const paused = await player.case(id);
  expect(paused).toMatchObject({ state: 'planning', suspended: true, use: { state: 'held' } });
  expect(paused.clocks.map(({ state }) => state)).toEqual(['standing', 'standing']);
  expect(allowedTypes(paused)).toEqual(['withdraw']);
  expect(allowedTypes(await booked.player.case(booked.id))).toEqual(['cancelBooking']);
  expect(codeOf(await tryEvent(manager, id, 'handToProvider', { provider: id }))).toBe('409 not-possible-now');
  // Handing over all of a colleague's cases names the one that cannot go, with why.
  const { items: staff } = await manager.must<{ items: { id: string; name: string }[] }>(
    'GET',
    '/staff?role=case-manager',
  );
  const [from, to] = ['晴川', '云帆'].map((name) => staff.find((one) => one.name.includes(name))!.id);
  const { items } = await manager.must<{ items: { caseId: string }[] }>('POST', '/handovers', {
    from,
    to: [to],
    reason: '休假',
  });
  expect(items.find(({ caseId }) => caseId === id)).toMatchObject({
    done: false,
    why: '保险合同暂停期间只能撤回或取消',
  });
  expect((await inboxOf(on, player)).some(({ caseId, subject }) => caseId === id && /暂停|中止/.test(subject))).toBe(
    true,
  );
  expect(codeOf(await player.send('POST', '/cases', await bodyFor(player, ids)))).toBe('409 refused');
  await on.advanceTo('2027-02-04T10:00:00+08:00');
  expect(clockOf(await player.case(id), 'booking-told').state).toBe('standing');
  await policyBecomes(on, persona, 'in-force', '2027-02-04T09:00:00+08:00');
  const revived = await player.case(id);
  expect(revived).toMatchObject({ state: 'planning', suspended: false });
  // The second and third of February stood whole; on the fourth it runs again.
  const after = clockOf(revived, 'booking-told');
  expect(after.state).toMatch(/running|soon/);
  expect(after.firstDue).toBe(before.due);
  expect(Date.parse(after.due) - Date.parse(before.due)).toBe(2 * 86_400_000);
  expect(clockOf(revived, 'first-contact').state).toMatch(/running|soon/);
  expect(allowedTypes(await manager.case(id))).toContain('handToProvider');
  // Cancelling a paused booking costs what it always costs.
  expect(await booked.player.event(booked.id, 'cancelBooking', {})).toMatchObject({
    state: 'closed-cancelled',
    use: { state: 'spent', cause: 'used-by-cancel' },
  });
});

test('[qinghe 5.2] consent withdrawn after the booking closes the case at once, and nothing is counted', async () => {
  const { ids } = await someoneOfQinghe('takes-back');
  const { player, id } = await book('takes-back', ids, '2027-02-12T09:30:00+08:00', '2027-02-10T18:00:00+08:00');
  const { items } = await player.must<{ items: { id: string; caseId: string }[] }>('GET', '/consents');
  await player.must('DELETE', `/consents/${items.find(({ caseId }) => caseId === id)!.id}`);
  expect(await player.case(id)).toMatchObject({
    state: 'closed-consent-withdrawn',
    use: { state: 'released', cause: 'consent-withdrawn' },
  });
  expect((await (await on.as('provider')).send('GET', `/cases/${id}`)).status).toBe(404);
});

test('[qinghe 2.3] this plan is applied for online only', async () => {
  await someoneOfQinghe('channels');
  const player = await on.as('channels');
  const [card] = (
    await player.must<{ items: { channels: string[]; hotline: string; personRole: string }[] }>('GET', '/benefits')
  ).items;
  expect(card).toMatchObject({ channels: ['portal'], hotline: '400-000-0000', personRole: 'insured' });
});

test("[house] a member, a desk and a session of one insurer never see the other's cases", async () => {
  const mine = await someoneOfQinghe('mine');
  const { player, id } = await request('mine', mine.ids);
  const theirs = await newMember(on, 'theirs', { expiresOn: '2027-12-31' });
  const stranger = await on.as('theirs', 'junlong');
  expect((await stranger.send('GET', `/cases/${id}`)).status).toBe(404);
  expect(
    (
      await stranger.send(
        'GET',
        `/services/outpatient-access/form?policyId=${mine.ids.policyId}&personId=${mine.ids.personId}`,
      )
    ).status,
  ).toBe(404);
  for (const worker of ['reviewer', 'manager', 'supervisor', 'operations']) {
    const other = await on.as(worker, 'junlong');
    expect((await other.send('GET', `/cases/${id}`)).status).toBe(404);
    const { items } = await other.must<{ items: { id: string }[] }>('GET', '/worklist?limit=100');
    expect(items.map((one) => one.id)).not.toContain(id);
  }
  expect((await (await on.as('manager')).send('GET', `/cases/${id}`)).status).toBe(200);
  expect(
    (await player.must<{ items: { service: string }[] }>('GET', '/benefits')).items.map(({ service }) => service),
  ).toEqual(['outpatient-access']);
  type Cards = { items: { service: string }[]; next: string | null };
  const whole = await stranger.must<Cards>('GET', '/benefits');
  expect(whole.items).toHaveLength(9);
  expect(whole.next).toBeNull();
  // The same cards page by page.
  const first = await stranger.must<Cards>('GET', '/benefits?limit=5');
  const second = await stranger.must<Cards>('GET', `/benefits?limit=5&cursor=${first.next}`);
  expect([...first.items, ...second.items]).toEqual(whole.items);
  expect(second.next).toBeNull();
  expect(await on.as('mine', 'junlong').catch((error: Error) => error.message)).toContain('404');
  expect(theirs.ids.personId).not.toBe(mine.ids.personId);
  // A session of one host is nobody on the other.
  expect((await player.send('GET', '/session', undefined, { host: 'junlong.localhost' })).status).toBe(401);
});
