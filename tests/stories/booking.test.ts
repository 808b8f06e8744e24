/** Bookings accepted, cancelled, changed, missed. Over 300 lines: the stories share one application and one sequence of time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { ask, HOSPITAL, hospitalRow, offer, offerBody, playToOffer } from './outpatient.ts';
import {
  allowedTypes,
  catchUp,
  clockOf,
  codeOf,
  importRows,
  inboxOf,
  newMember,
  offerAs,
  playToBooked,
  tryEvent,
  warningOf,
} from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

/** Slots from the day of the story on, in its own week. */
const slot = (day: string, until: string) => ({
  visitAt: `${day}T09:30:00+08:00`,
  answerBy: `${until}T18:00:00+08:00`,
});

test('[2.2.9] withdrawn a minute before the member accepts the slot: nothing is spent, and a new request is possible', async () => {
  const { ids } = await newMember(on, 'before');
  const { player, id } = await ask(on, 'before', ids);
  await playToOffer(on, id, slot('2026-07-07', '2026-07-03'));
  const offered = await player.case(id);
  expect(warningOf(offered, 'acceptOffer')).toBe('预约成功后取消，计为已使用 1 次。');
  expect(warningOf(offered, 'withdraw')).toContain('不计使用');
  expect(offered.offer).toMatchObject({
    confirmed: false,
    answerBy: '2026-07-03T18:00:00+08:00',
    escort: { name: '示例陪诊员' },
  });
  expect(await player.event(id, 'withdraw', { why: '想再看看' })).toMatchObject({
    state: 'closed-withdrawn',
    use: { state: 'released', cause: 'withdrawn', remaining: 1 },
  });
  expect((await ask(on, 'before', ids)).id).not.toBe(id);
});

test('[2.2.9] cancelled after the booking: told first that it counts, then counted, and the next request is refused with the clause', async () => {
  const { ids } = await newMember(on, 'after');
  const { player, id } = await playToBooked(on, 'after', ids, slot('2026-07-07', '2026-07-03'));
  const booked = await player.case(id);
  expect(booked).toMatchObject({ state: 'booked', use: { state: 'held' } });
  expect(booked.allowed.find(({ type }) => type === 'cancelBooking')).toMatchObject({
    weight: 'costly',
    warning: '预约成功后取消，计为已使用 1 次。',
  });
  expect(await player.event(id, 'cancelBooking', { why: '有事' })).toMatchObject({
    state: 'closed-cancelled',
    use: { state: 'spent', cause: 'used-by-cancel', remaining: 0 },
  });
  const again = await player.send('POST', '/decisions', { service: 'outpatient-access', ...ids });
  expect((again.body as { reasons: { rule: string; clause: string }[] }).reasons).toContainEqual(
    expect.objectContaining({ rule: 'used-up', clause: '2.2.6' }),
  );
  expect(
    (await inboxOf(on, await on.as('provider'))).some(({ caseId, body }) => caseId === id && body.includes('号源')),
  ).toBe(true);
});

test('[2.2.9] changed after the booking: counted once, then served in the same case; cancelling the changed one counts no further use', async () => {
  const { ids } = await newMember(on, 'change');
  const { player, id } = await playToBooked(on, 'change', ids, slot('2026-07-07', '2026-07-03'));
  expect(warningOf(await player.case(id), 'changeBooking')).toContain('计为已使用 1 次');
  const changed = await player.event(id, 'changeBooking', { wish: '下午' });
  expect(changed).toMatchObject({ state: 'with-provider', use: { state: 'spent', cause: 'used-by-change' } });
  // A slot on or before the due moment was offered, the member chose a later one: the promise is kept.
  expect(clockOf(changed, 'visit').state).toBe('kept');
  await offer(on, id, slot('2026-07-08', '2026-07-03'));
  expect(warningOf(await player.case(id), 'acceptOffer')).toBeUndefined();
  const again = await player.event(id, 'acceptOffer');
  expect(allowedTypes(again)).not.toContain('changeBooking');
  expect(warningOf(again, 'cancelBooking')).toContain('不再另计');
  await on.advanceTo('2026-07-08T09:00:00+08:00');
  const provider = await on.as('provider');
  await provider.event(id, 'checkIn');
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'used-by-change', remaining: 0 });
});

test('[2.2.9] the provider cancels after the booking: nothing is spent, and the same visit clock opens again with its old due', async () => {
  await on.advanceTo('2026-07-09T10:00:00+08:00');
  const { ids } = await newMember(on, 'provider-cancels');
  const { player, id } = await playToBooked(on, 'provider-cancels', ids, slot('2026-07-15', '2026-07-10'));
  const before = clockOf(await player.case(id), 'visit');
  expect(before.due).toBe('2026-07-20T18:00:00+08:00');
  const provider = await on.as('provider');
  await provider.event(id, 'providerCancels', { why: '专家停诊' });
  const open = await player.case(id);
  expect(open).toMatchObject({ state: 'with-provider', offer: null, use: { state: 'held' } });
  expect(clockOf(open, 'visit')).toMatchObject({
    id: before.id,
    due: before.due,
    state: expect.stringMatching(/running|soon/),
  });
  expect((await inboxOf(on, player)).some(({ subject }) => subject.includes('取消'))).toBe(true);
  // Cancelling now, before another slot is accepted, costs nothing: the provider disarmed it.
  expect(warningOf(open, 'withdraw')).toContain('不计使用');
  await offerAs(provider, id, slot('2026-07-16', '2026-07-10'));
  await player.event(id, 'acceptOffer');
  await on.advanceTo('2026-07-16T09:10:00+08:00');
  await provider.event(id, 'checkIn');
  const visited = await player.case(id);
  expect(visited.use).toMatchObject({ state: 'spent', cause: 'delivered' });
  expect(clockOf(visited, 'visit').state).toBe('kept');
});

test('[2.2.9] absent, then nobody to serve: a met clock opens again when the provider cancels after the member had changed', async () => {
  await on.advanceTo('2026-07-20T10:00:00+08:00');
  const { ids } = await newMember(on, 'reopened');
  const { player, id } = await playToBooked(on, 'reopened', ids, slot('2026-07-27', '2026-07-21'));
  await player.event(id, 'changeBooking', { wish: '再晚两天' });
  const kept = clockOf(await player.case(id), 'visit');
  expect(kept.state).toBe('kept');
  await offer(on, id, slot('2026-07-28', '2026-07-21'));
  await player.event(id, 'acceptOffer');
  const provider = await on.as('provider');
  await provider.event(id, 'providerCancels', { why: '专家停诊' });
  const open = clockOf(await player.case(id), 'visit');
  expect(open).toMatchObject({ id: kept.id, due: kept.due, metAt: null });
  expect(open.state).toMatch(/running|soon/);
  await on.advanceTo('2026-07-29T18:00:01+08:00');
  expect(clockOf(await player.case(id), 'visit').state).toBe('late');
  // No further use is spent, whatever the provider does.
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'used-by-change' });
});

test('[2.2.9] the provider changes the slot: the member decides again, and declining costs nothing', async () => {
  const { ids } = await newMember(on, 'provider-changes');
  const { player, id } = await playToBooked(on, 'provider-changes', ids, slot('2026-08-03', '2026-07-31'));
  const provider = await on.as('provider');
  await provider.event(id, 'providerChanges', await offerBody(provider, slot('2026-08-04', '2026-07-31')));
  const open = await player.case(id);
  expect(open).toMatchObject({
    state: 'offered',
    offer: { visitAt: '2026-08-04T09:30:00+08:00', confirmed: false },
    use: { state: 'held' },
  });
  expect(await player.event(id, 'declineOffer', { wish: '还是原来的时间' })).toMatchObject({
    state: 'with-provider',
    use: { state: 'held' },
  });
  expect(await player.event(id, 'withdraw')).toMatchObject({ use: { state: 'released', remaining: 1 } });
});

test('[2.2.9] a slot nobody answers lapses when it is no longer held; late acceptance is refused, and nothing is spent', async () => {
  const { ids } = await newMember(on, 'no-answer');
  const { player, id } = await ask(on, 'no-answer', ids);
  await playToOffer(on, id, { visitAt: '2026-08-05T09:30:00+08:00', answerBy: '2026-07-30T12:00:00+08:00' });
  const stale = await player.case(id);
  await on.advanceTo('2026-07-30T12:00:01+08:00');
  const lapsed = await player.case(id);
  expect(lapsed).toMatchObject({ state: 'with-provider', offer: null, use: { state: 'held' } });
  expect((await inboxOf(on, player)).some(({ subject }) => subject.includes('号源') || subject.includes('保留'))).toBe(
    true,
  );
  expect(
    codeOf(await player.send('POST', `/cases/${id}/events`, { type: 'acceptOffer', version: stale.version })),
  ).toBe('409 stale');
  expect(codeOf(await tryEvent(player, id, 'acceptOffer'))).toBe('409 not-possible-now');
});

test('[2.2.9] absent: a person decides with the contact attempts on file, and counting needs a call about it', async () => {
  const { ids } = await newMember(on, 'absent');
  const { player, id } = await playToBooked(on, 'absent', ids, slot('2026-08-06', '2026-07-31'));
  const provider = await on.as('provider');
  expect(codeOf(await tryEvent(provider, id, 'reportAbsence', { attempts: '电话未接' }))).toBe('422 not-acceptable');
  await on.advanceTo('2026-08-06T12:00:00+08:00');
  await provider.event(id, 'reportAbsence', { attempts: '9:40、10:10 电话未接' });
  const manager = await on.as('manager');
  const waiting = await manager.case(id);
  expect(waiting).toMatchObject({ state: 'absence-deciding', use: { state: 'held' }, turn: { who: 'case-manager' } });
  expect(JSON.stringify(waiting.timeline)).toContain('9:40、10:10 电话未接');
  expect(clockOf(waiting, 'visit').state).toBe('kept');
  expect(allowedTypes(waiting)).not.toContain('countAbsence');
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  expect(await manager.event(id, 'countAbsence', { reason: '两次联系未果' })).toMatchObject({
    state: 'closed-absent',
    use: { state: 'spent', cause: 'used-by-absence' },
  });
  expect((await inboxOf(on, player)).some(({ body }) => body.includes('计为已使用') || body.includes('使用'))).toBe(
    true,
  );
});

test('[2.2.9] absent with cause is excused: nothing is counted, and two people can give a spent use back', async () => {
  const { ids } = await newMember(on, 'excused');
  const { player, id } = await playToBooked(on, 'excused', ids, slot('2026-08-07', '2026-08-06'));
  await on.advanceTo('2026-08-07T12:00:00+08:00');
  await (await on.as('provider')).event(id, 'reportAbsence', { attempts: '家属称已急诊住院' });
  const manager = await on.as('manager');
  expect(await manager.event(id, 'excuseAbsence', { reason: '急诊住院' })).toMatchObject({
    state: 'closed-excused',
    use: { state: 'released', cause: 'excused', remaining: 1 },
  });
  const second = await playToBooked(on, 'excused', ids, slot('2026-08-12', '2026-08-10'));
  await player.event(second.id, 'cancelBooking', {});
  const supervisor = await on.as('supervisor');
  const { approvalId } = await supervisor.must<{ approvalId: string }>('POST', `/cases/${second.id}/corrections`, {
    kind: 'correct-use',
    reason: '取消时还在住院，客服误点',
  });
  expect(codeOf(await supervisor.send('POST', `/approvals/${approvalId}`, { approve: true }))).toMatch(/same-person/);
  expect((await player.case(second.id)).use.state).toBe('spent');
  await (await on.as('supervisor2')).must('POST', `/approvals/${approvalId}`, { approve: true });
  expect((await player.case(second.id)).use).toMatchObject({ remaining: 1, cause: 'corrected' });
  expect((await ask(on, 'excused', ids)).id).not.toBe(second.id);
});

test("[2.2.0] the escort does not come: the provider's breach, nothing spent, whether or not the visit took place", async () => {
  await on.advanceTo('2026-08-10T10:00:00+08:00');
  const without = (await newMember(on, 'no-escort')).ids;
  const alone = (await newMember(on, 'alone')).ids;
  const one = await playToBooked(on, 'no-escort', without, slot('2026-08-14', '2026-08-11'));
  const two = await playToBooked(on, 'alone', alone, slot('2026-08-14', '2026-08-11'));
  // What the provider itself says counts the same: it knows first that its escort stayed away.
  const told = (await newMember(on, 'provider-told')).ids;
  const three = await playToBooked(on, 'provider-told', told, slot('2026-08-14', '2026-08-11'));
  await on.advanceTo('2026-08-14T09:40:00+08:00');
  const visitDue = clockOf(await one.player.case(one.id), 'visit').due;
  const back = await one.player.event(one.id, 'reportEscortAbsent', { visit: 'did-not-happen' });
  expect(back).toMatchObject({ state: 'with-provider', use: { state: 'held' } });
  expect(clockOf(back, 'visit')).toMatchObject({ due: visitDue, metAt: null });
  await two.player.event(two.id, 'reportEscortAbsent', { visit: 'went-alone' });
  const again = await tryEvent(two.player, two.id, 'reportEscortAbsent', { visit: 'went-alone' });
  expect([again.status, JSON.stringify(again.body)]).toEqual([422, expect.stringContaining('已经报告过')]);
  const provider = await on.as('provider');
  await provider.event(three.id, 'reportEscortAbsent', { visit: 'went-alone', note: '陪诊员车辆故障' });
  for (const { id, player } of [two, three]) {
    await provider.event(id, 'checkIn');
    expect((await player.case(id)).use).toMatchObject({ state: 'released', cause: 'not-deliverable', remaining: 1 });
  }
  const supervisor = await on.as('supervisor');
  expect((await supervisor.case(one.id)).attention).toContain('escort-absent');
  expect((await inboxOf(on, supervisor)).filter(({ caseId }) => caseId === one.id).length).toBeGreaterThan(0);
});

test("[2.2.1.3][2.2.3] a slot needs an associate chief or above, at a hospital of today's list, with the escort's details", async () => {
  const { ids } = await newMember(on, 'rank');
  const { id } = await ask(on, 'rank', ids);
  await playToOffer(on, id, slot('2026-08-19', '2026-08-17'));
  await (await on.as('rank')).event(id, 'declineOffer');
  const provider = await on.as('provider');
  const pumc = '中国医学科学院北京协和医院';
  const { items } = await provider.must<{ items: { id: string; row: { name: string; rank: string } }[] }>(
    'GET',
    `/lists/experts?hospital=${encodeURIComponent(pumc)}`,
  );
  const junior = items.find(({ row }) => row.rank === 'attending')!;
  const body = await offerBody(provider, slot('2026-08-19', '2026-08-17'));
  const refused = async (change: Record<string, unknown>) => {
    const answer = await tryEvent(provider, id, 'offerSlot', { ...body, ...change });
    return [answer.status, ...(answer.body.problems as { pointer: string }[]).map(({ pointer }) => pointer)];
  };
  expect(
    await refused({ hospital: (await hospitalRow(provider, pumc)).id, department: '肿瘤科', expert: junior.id }),
  ).toEqual([422, '/expert']);
  expect(await refused({ expert: junior.id })).toEqual([422, '/expert', '/expert']);
  expect(await refused({ escortPhone: undefined, meetingPlace: undefined })).toEqual([
    422,
    '/escortPhone',
    '/meetingPlace',
  ]);
  expect(await refused({ visitAt: '2026-08-10T09:00:00+08:00' })).toContain('/visitAt');
  const { schema } = (await provider.case(id)).allowed.find(({ type }) => type === 'offerSlot')!;
  expect(schema.required).toEqual(expect.arrayContaining(['escortName', 'escortPhone', 'meetingPlace', 'escortHours']));
});

test('[2.2.3][N.2] the hospital leaves the list between offer and acceptance: nothing is booked or spent, and another is looked for', async () => {
  const { ids } = await newMember(on, 'gone');
  const { player, id } = await ask(on, 'gone', ids);
  await playToOffer(on, id, slot('2026-08-20', '2026-08-18'));
  const listedBefore = await offerBody(await on.as('provider'), slot('2026-08-21', '2026-08-19'));
  const kept = await playToBooked(
    on,
    'kept-booking',
    (await newMember(on, 'kept-booking')).ids,
    slot('2026-08-20', '2026-08-18'),
  );
  await importRows(
    on,
    'hospitals',
    [
      ['医院名称', '别名', '省份', '城市', '级别', '等次', '公立', '科室', '服务商', '可用服务', '示例'],
      ['四川大学华西医院', '', '四川', '成都', '三级', '甲等', '是', '肿瘤科', '', 'outpatient-access', '是'],
    ],
    { effectiveFrom: '2026-08-17' },
  );
  await on.advanceTo('2026-08-17T10:00:00+08:00');
  const gone = await player.event(id, 'acceptOffer');
  expect(gone).toMatchObject({ state: 'with-provider', offer: null, use: { state: 'held' } });
  expect((await inboxOf(on, player)).some(({ caseId, subject }) => caseId === id && subject.includes('医院'))).toBe(
    true,
  );
  // The hospital that left cannot be offered again, by its row's id or otherwise.
  const provider = await on.as('provider');
  const again = await tryEvent(provider, id, 'offerSlot', listedBefore);
  expect([again.status, (again.body.problems as { pointer: string }[])[0]?.pointer]).toEqual([422, '/hospital']);
  // Who had booked before keeps the visit.
  await catchUp(on);
  expect((await kept.player.case(kept.id)).state).toBe('booked');
  const { id: next } = await hospitalRow(player, '四川大学华西医院');
  expect(next).toBeTruthy();
  expect((await player.send('GET', `/lists/hospitals?q=${encodeURIComponent(HOSPITAL)}`)).body).toMatchObject({
    items: [],
  });
});
