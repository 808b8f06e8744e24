/**
 * Bookings at the hospital through HTTP [2.7]: held, booked, moved, cancelled, closed by the hospital; never twice.
 * Over 300 lines: each story is a test of its own, on one ground.
 */
import ICAL from 'ical.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendEvent } from '#server/cases/send-event.ts';
import { inTransaction } from '#server/platform/db.ts';
import type { Player } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { ask, bodyFor, book, dayOf, openSeries, slotsOf } from './hospital.ts';
import { actorOf, count, hold, waiting } from './interleave.ts';
import { replay } from './replay.ts';
import { allowedTypes, catchUp, inboxOf, newMember, policyBecomes, someone, tryEvent, warningOf } from './steps.ts';

let on: TestApp;
let staff: Player;
const pointers = ({ body }: { body: unknown }) =>
  (body as { problems?: { pointer: string }[] }).problems?.map(({ pointer }) => pointer);

beforeAll(async () => {
  on = await openApp({ at: '2026-11-18T10:00:00+08:00' });
  staff = await on.as('hospital-staff');
  await openSeries(staff, { to: '2026-12-11', weekdays: [1, 2, 3, 4, 5], closes: '12:00' });
  await openSeries(staff, { item: 'outpatient', doctor: '', to: '2026-11-27', minutes: 60, capacity: 2 });
  await openSeries(staff, {
    item: 'check-up',
    department: '体检中心',
    doctor: '',
    package: '基础体检（示例）',
    from: '2026-11-27',
    minutes: 60,
  });
  await openSeries(staff, {
    item: 'accompaniment',
    department: '陪诊服务台',
    doctor: '',
    from: '2026-11-27',
    minutes: 60,
  });
});
afterAll(() => on.close());

const calendarOf = async (player: Player, id: string) => {
  const text = (await player.file(`/cases/${id}/calendar.ics`)).toString();
  const component = new ICAL.Component(ICAL.parse(text));
  return {
    text,
    method: component.getFirstPropertyValue('method'),
    event: new ICAL.Event(component.getFirstSubcomponent('vevent')!),
  };
};

test('[2.7.1] choose, hold, confirm, come: the hospital sees it from the confirmation on, and the member rates it', async () => {
  const { ids } = await newMember(on, 'whole');
  const { player, id } = await ask(on, 'whole', ids, 'expert');
  const choosing = await player.case(id);
  expect(choosing).toMatchObject({ state: 'choosing', turn: { who: 'member' }, use: { state: 'none', limit: null } });
  const slot = (await slotsOf(player, id)).find(({ startsAt }) => startsAt === '2026-11-25T09:30:00+08:00')!;
  expect(slot).toMatchObject({ doctor: '示例医生弘一', rank: '主任医师', place: '门诊楼 3 层 A 区', free: 1 });

  const held = await player.event(id, 'holdSlot', { slot: slot.id });
  expect(held).toMatchObject({ state: 'held', offer: { visitAt: slot.startsAt, confirmed: false } });
  expect(new Date(held.turn.until!).getTime() - (await on.now()).getTime()).toBeLessThanOrEqual(15 * 60_000);
  expect((await staff.send('GET', `/cases/${id}`)).status).toBe(404);
  expect(warningOf(held, 'confirmBooking')).toContain('不收费');

  const booked = await player.event(id, 'confirmBooking');
  expect(booked).toMatchObject({ state: 'booked', turn: { until: slot.startsAt, appointment: true } });
  expect(booked.offer?.more).toEqual([
    { label: '到几点', value: '10:00' },
    { label: '到院签到（带身份证件）', value: '门诊楼 3 层 A 区' },
  ]);
  const [line] = (await dayOf(staff, '2026-11-25')).slots.filter(({ id: one }) => one === slot.id);
  expect(line).toMatchObject({ taken: 1, free: 0, booked: [{ id, state: 'booked', person: { name: '示例whole' } }] });
  expect((await inboxOf(on, staff)).map(({ subject }) => subject)).toContain('预约有变动');
  // A hint of why she goes there is nowhere in what the hospital gets.
  expect((await staff.case(id)).facts.map(({ group }) => group)).toEqual(['会员', '申请']);
  await staff.event(id, 'enterBooking');
  expect(allowedTypes(await staff.case(id))).not.toContain('enterBooking');

  await on.advanceTo('2026-11-24T10:01:00+08:00');
  expect((await inboxOf(on, player)).map(({ subject }) => subject)).toContain('到院提醒');
  expect((await tryEvent(staff, id, 'checkIn')).body).toMatchObject({ code: 'not-acceptable' });
  await on.advanceTo('2026-11-25T09:20:00+08:00');
  expect(await staff.event(id, 'checkIn')).toMatchObject({ state: 'ended' });
  expect(await player.event(id, 'rate', { stars: 5 })).toMatchObject({ state: 'completed', use: { state: 'none' } });
  const told = await replay(on.ctx, id);
  expect([told.refused, told.context]).toEqual([[], told.stored.context]);
});

test('[2.7.2.2] she moves and cancels free of charge as often as she likes; her calendar hears of each', async () => {
  const { ids } = await newMember(on, 'moves');
  const { player, id, slot } = await book(on, 'moves', ids, 'expert', ({ startsAt }) =>
    startsAt.startsWith('2026-12-01'),
  );
  const first = await calendarOf(player, id);
  expect(first.method).toBe('PUBLISH');
  expect(first.event).toMatchObject({
    sequence: 0,
    summary: '预约：厦门弘爱医院',
    location: '厦门弘爱医院 门诊楼 3 层 A 区',
  });
  expect(first.event.startDate.toJSDate()).toEqual(new Date(slot.startsAt));
  expect(first.event.endDate.toJSDate()).toEqual(new Date(slot.endsAt));
  for (const line of first.text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(first.text).not.toMatch(/心血管|肿瘤|[^\r]\n/);

  for (const [i, other] of (await slotsOf(player, id)).slice(-3).entries()) {
    const moved = await player.event(id, 'changeBooking', { slot: other.id });
    expect(moved).toMatchObject({ state: 'booked', offer: { visitAt: other.startsAt }, use: { state: 'none' } });
    const { event } = await calendarOf(player, id);
    expect([event.uid, event.sequence]).toEqual([first.event.uid, i + 1]);
  }
  expect((await slotsOf(player, id)).map((one) => one.id)).toContain(slot.id);
  expect(await player.event(id, 'cancelBooking')).toMatchObject({ state: 'closed-cancelled', use: { state: 'none' } });
  const last = await calendarOf(player, id);
  expect([last.method, last.event.sequence, last.event.uid]).toEqual(['CANCEL', 4, first.event.uid]);
  expect(await count(on, 'hospital_takings where case_id = $1', [id])).toBe(0);
});

test('[2.7.1] two take the last place at once: one has it, the other is told what is still free', async () => {
  const cases = [];
  for (const key of ['race1', 'race2']) cases.push(await ask(on, key, (await newMember(on, key)).ids, 'check-up'));
  const [one, two] = cases;
  const slot = (await slotsOf(one!.player, one!.id))[0]!;
  const send = async (key: string, id: string, player: Player) => {
    const [actor, { version }] = [await actorOf(on, key), await player.case(id)];
    return (db: Parameters<typeof sendEvent>[0]) =>
      sendEvent(db, on.ctx, actor, id, { type: 'holdSlot', version, payload: { slot: slot.id } }, 'zh');
  };
  const [first, second] = [await send('race1', one!.id, one!.player), await send('race2', two!.id, two!.player)];
  await openSeries(staff, {
    item: 'check-up',
    department: '体检中心',
    doctor: '',
    package: '基础体检（示例）',
    from: '2026-11-28',
    minutes: 60,
  });
  const held = await hold(on, first);
  const late = inTransaction(on.ctx.pool, second).then(
    () => 'held',
    (error: { code: string; toDocument(): object }) => error.toDocument(),
  );
  await waiting(on, 1);
  await held.commit();
  expect(await late).toMatchObject({
    code: 'conflict',
    pointer: '/slot',
    free: [{ department: '体检中心', startsAt: '2026-11-28T09:00:00+08:00' }],
  });
  expect(await two!.player.case(two!.id)).toMatchObject({ state: 'choosing', offer: null });
  const { rows } = await on.database.owner.query('select taken, capacity from yilu.hospital_slots where id = $1', [
    slot.id,
  ]);
  expect(rows).toEqual([{ taken: 1, capacity: 1 }]);
});

test('two who swap their slots do not wait for each other for ever', async () => {
  const a = await book(on, 'swap1', (await newMember(on, 'swap1')).ids, 'expert', ({ startsAt }) =>
    startsAt.startsWith('2026-12-02'),
  );
  const b = await book(on, 'swap2', (await newMember(on, 'swap2')).ids, 'expert', ({ startsAt }) =>
    startsAt.startsWith('2026-12-02'),
  );
  const answers = await Promise.all([
    tryEvent(a.player, a.id, 'changeBooking', { slot: b.slot.id }),
    tryEvent(b.player, b.id, 'changeBooking', { slot: a.slot.id }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([409, 409]);
});

test('[2.7.1] a hold that is not confirmed lapses on business time, and the slot is free again', async () => {
  const { player, id } = await ask(on, 'lapse', (await newMember(on, 'lapse')).ids, 'accompaniment');
  const slot = (await slotsOf(player, id))[0]!;
  const held = await player.event(id, 'holdSlot', { slot: slot.id });
  expect(await slotsOf(player, id)).toEqual([]);
  // Chosen again, it is held anew, and the first hold's end ends nothing.
  await on.advanceTo(new Date(Date.parse(held.turn.until!) - 60_000).toISOString());
  const again = await player.event(id, 'holdSlot', { slot: slot.id });
  await on.advanceTo(new Date(Date.parse(held.turn.until!) + 60_000).toISOString());
  expect((await player.case(id)).state).toBe('held');
  await on.advanceTo(again.turn.until!);
  expect(await player.case(id)).toMatchObject({ state: 'choosing', offer: null });
  expect((await slotsOf(player, id)).map((one) => one.id)).toEqual([slot.id]);
  expect((await inboxOf(on, player))[0]?.subject).toBe('时段已放回');
  expect((await player.send('GET', `/cases/${id}/calendar.ics`)).status).toBe(404);
});

test('the hospital moves a booking, cancels one, and closes a day: each member is told and chooses again', async () => {
  const booked = [];
  for (const key of ['shut1', 'shut2', 'shut3'])
    booked.push(
      await book(on, key, (await newMember(on, key)).ids, 'expert', ({ startsAt }) =>
        startsAt.startsWith('2026-12-07'),
      ),
    );
  const [one, two, three] = booked;
  const free = (await slotsOf(three!.player, three!.id)).find(({ startsAt }) => startsAt.startsWith('2026-12-08'))!;
  await staff.event(three!.id, 'providerChanges', { slot: free.id, why: '医生外出会诊' });
  expect(await three!.player.case(three!.id)).toMatchObject({ state: 'booked', offer: { visitAt: free.startsAt } });
  expect((await inboxOf(on, three!.player))[0]).toMatchObject({
    subject: '医院改了时间',
    body: expect.stringContaining('医生外出会诊'),
  });

  expect(await staff.event(two!.id, 'providerCancels', { why: '停诊' })).toBeDefined();
  expect((await two!.player.case(two!.id)).state).toBe('choosing');

  expect(await staff.must('POST', '/hospital/slots/close', { day: '2026-12-07' })).toEqual({ closed: 6, told: 1 });
  await catchUp(on);
  expect(await one!.player.case(one!.id)).toMatchObject({ state: 'choosing', offer: null });
  expect((await inboxOf(on, one!.player))[0]?.subject).toBe('医院取消了预约，请另选时间');
  expect((await calendarOf(one!.player, one!.id)).method).toBe('CANCEL');
  expect((await tryEvent(one!.player, one!.id, 'holdSlot', { slot: one!.slot.id })).body).toMatchObject({
    code: 'conflict',
  });
  // Chosen again, the file is of the same event and newer.
  const other = (await slotsOf(one!.player, one!.id))[0]!;
  await one!.player.event(one!.id, 'holdSlot', { slot: other.id });
  await one!.player.event(one!.id, 'confirmBooking');
  expect(await calendarOf(one!.player, one!.id)).toMatchObject({ method: 'PUBLISH', event: { sequence: 1 } });
});

test('[2.7.2.2] who does not come loses nothing, and may ask again at once', async () => {
  const { ids } = await newMember(on, 'absent');
  const { player, id, slot } = await book(on, 'absent', ids, 'outpatient');
  expect((await tryEvent(staff, id, 'reportAbsence')).body).toMatchObject({ code: 'not-acceptable' });
  await on.advanceTo(new Date(Date.parse(slot.startsAt) + 3_600_000).toISOString());
  await staff.event(id, 'reportAbsence');
  expect(await player.case(id)).toMatchObject({ state: 'closed-absent', use: { state: 'none' } });
  expect((await player.request(await bodyFor(player, ids, 'outpatient'))).state).toBe('choosing');
});

test('[2.7.2.3, N.7] the policy is suspended: before a booking the case closes, after it operations decide', async () => {
  const [early, late] = [await newMember(on, 'susp1'), await newMember(on, 'susp2')];
  const choosing = await ask(on, 'susp1', early.ids, 'expert');
  const booked = await book(on, 'susp2', late.ids, 'expert');
  const from = (await on.now()).toISOString();
  await policyBecomes(on, early.persona, 'suspended', from);
  await policyBecomes(on, late.persona, 'suspended', from);
  expect((await choosing.player.case(choosing.id)).state).toBe('closed-policy-ended');
  expect(await booked.player.case(booked.id)).toMatchObject({ state: 'policy-deciding', turn: { who: 'operations' } });
  await (await on.as('operations')).event(booked.id, 'decline', { reason: '合同中止' });
  expect((await booked.player.case(booked.id)).state).toBe('closed-policy-ended');
  expect(await count(on, 'hospital_takings where case_id = $1', [booked.id])).toBe(0);
  const refused = await choosing.player.send('POST', '/cases', await bodyFor(choosing.player, early.ids, 'expert'));
  expect(refused.body).toMatchObject({ code: 'refused' });
});

test('[2.6.5.1.2] a mother books for her child, and the hospital gets the child’s name and nothing else', async () => {
  const child = someone('child-h', { bornOn: '2015-06-01', holder: 'mother-h', noAccount: true });
  const ids = (await on.people([someone('mother-h'), child])).get('child-h')!;
  const mother = await on.as('mother-h');
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await mother.upload(ids.personId, kind, on.picture) });
  const { id } = await mother.request(
    await bodyFor(mother, ids, 'outpatient', { applicant: { relation: 'guardian', proofs } }),
  );
  const slot = (await slotsOf(mother, id))[0]!;
  await mother.event(id, 'holdSlot', { slot: slot.id });
  await mother.event(id, 'confirmBooking');
  const seen = await staff.case(id);
  expect(seen.person.name).toBe(child.name);
  expect(seen.papers).toEqual([]);
});

test('[2.6.5.2.3] filed by her husband: she agrees to the request, and to the hospital before she confirms', async () => {
  const ids = (await on.people([someone('husband-h'), someone('wife-h', { holder: 'husband-h' })])).get('wife-h')!;
  const husband = await on.as('husband-h');
  const { id } = await husband.request(
    await bodyFor(husband, ids, 'outpatient', { applicant: { relation: 'policyholder' }, consents: [] }),
  );
  const wife = await on.as('wife-h');
  await wife.event(id, 'giveOwnConsent');
  const slot = (await slotsOf(wife, id))[0]!;
  expect(await wife.event(id, 'holdSlot', { slot: slot.id })).toMatchObject({ consentAsked: 'provider' });
  expect((await tryEvent(wife, id, 'confirmBooking')).body).toMatchObject({ code: 'not-acceptable' });
  const form = await wife.must<{ consents: { recipient: string; purpose: string; textVersion: number }[] }>(
    'GET',
    `/services/hospital-assist/form?policyId=${ids.policyId}&personId=${ids.personId}&caseId=${id}`,
  );
  const { recipient, purpose, textVersion } = form.consents[0]!;
  await wife.must('POST', '/consents', { personId: ids.personId, caseId: id, recipient, purpose, textVersion });
  expect(await wife.event(id, 'confirmBooking')).toMatchObject({ state: 'booked', consentAsked: null });
});

test('consent taken back: the booking ends, its slot is free, and the hospital sees the case no more (PIPL 15)', async () => {
  const { ids } = await newMember(on, 'takes-back');
  const { player, id } = await book(on, 'takes-back', ids, 'expert');
  const { items } = await player.must<{ items: { id: string; caseId: string }[] }>('GET', '/consents');
  await player.must('DELETE', `/consents/${items.find(({ caseId }) => caseId === id)!.id}`);
  expect((await player.case(id)).state).toBe('closed-consent-withdrawn');
  expect((await staff.send('GET', `/cases/${id}`)).status).toBe(404);
  expect(await count(on, 'hospital_takings where case_id = $1', [id])).toBe(0);
});

test('bad input is named at its field: item, slot, series, day', async () => {
  const { ids } = await newMember(on, 'bad');
  const { player, id } = await ask(on, 'bad', ids, 'outpatient');
  const wrong = await player.send('POST', '/cases', await bodyFor(player, ids, 'surgery'));
  expect([wrong.status, pointers(wrong)]).toEqual([422, expect.arrayContaining(['/form/item'])]);
  const expert = (await dayOf(staff, '2026-12-03')).slots.find(({ item }) => item === 'expert')!;
  for (const slot of [expert.id, '00000000-0000-4000-8000-000000000000', 'nonsense'])
    expect(pointers(await tryEvent(player, id, 'holdSlot', { slot }))).toEqual(['/slot']);
  const series = {
    item: 'expert',
    department: '没有的科',
    from: '2026-12-03',
    to: '2026-12-01',
    opens: '09:00',
    closes: '08:00',
    minutes: 30,
    capacity: 1,
  };
  const bad = await staff.send('POST', '/hospital/slots', series);
  expect([bad.status, pointers(bad)]).toEqual([422, ['/to', '/closes', '/doctor', '/department']]);
  expect((await staff.send('POST', '/hospital/slots/close', { day: '2027-01-01' })).status).toBe(404);
  expect((await player.send('POST', '/hospital/slots/close', { day: '2026-12-03' })).status).toBe(403);
  expect((await player.send('GET', `/hospital/slots?caseId=${id}&x=1`)).status).toBe(400);
  expect((await (await on.as('provider')).send('GET', `/cases/${id}`)).status).toBe(404);
});

test('a case in which nothing is chosen closes by itself after the days that the plan says', async () => {
  const { player, id } = await ask(on, 'silent', (await newMember(on, 'silent')).ids, 'expert');
  const opened = await on.now();
  await player.event(id, 'leaveMessage', { text: '我再想想' });
  await on.advanceTo(new Date(opened.getTime() + 29 * 86_400_000).toISOString());
  expect((await player.case(id)).state).toBe('choosing');
  await on.advanceTo(new Date(opened.getTime() + 31 * 86_400_000).toISOString());
  expect((await player.case(id)).state).toBe('closed-not-pursued');
});

test('[2.7.1] the hospital keeps its packages: each change is a version from today, and one taken off closes its times and tells who had booked', async () => {
  const names = async () =>
    (await staff.must<{ items: { name: string }[] }>('GET', '/hospital/packages')).items.map(({ name }) => name);
  const pack = { name: '骨骼体检', includes: ['骨密度', '血钙'], price: 45_000, place: '体检楼 3 层' };
  const before = await names();
  expect(await staff.must('POST', '/hospital/packages', pack)).toEqual({ outcome: 'added' });
  expect(await names()).toEqual(expect.arrayContaining([...before, pack.name]));
  expect(await staff.must('POST', '/hospital/packages', pack)).toEqual({ outcome: 'unchanged' });
  expect(await staff.must('POST', '/hospital/packages', { ...pack, price: 39_000 })).toEqual({ outcome: 'changed' });

  const from = new Date((await on.now()).getTime() + 3 * 24 * 3_600_000).toISOString().slice(0, 10);
  const series = { item: 'check-up', department: '', doctor: '', package: pack.name, from, minutes: 60 };
  expect(await openSeries(staff, { ...series, capacity: 2 })).toEqual({ added: 1, changed: 0 });
  const { ids } = await newMember(on, 'bone');
  const { player, id, slot } = await book(on, 'bone', ids, 'check-up', (one) => one.package === pack.name);
  expect(slot).toMatchObject({ price: 39_000, includes: pack.includes, prepare: '' });

  const empty = await staff.send('POST', '/hospital/packages', { ...pack, name: ' ', includes: [] });
  expect([empty.status, pointers(empty)]).toEqual([400, ['/name', '/includes']]);
  expect((await player.send('POST', '/hospital/packages', pack)).status).toBe(403);
  expect((await staff.send('POST', '/hospital/packages/drop', { name: '没有的套餐' })).status).toBe(404);

  expect(await staff.must('POST', '/hospital/packages/drop', { name: pack.name })).toEqual({ closed: 1, told: 1 });
  expect(await names()).toEqual(before);
  await on.advanceTo(new Date((await on.now()).getTime() + 60_000).toISOString());
  expect((await slotsOf(player, id)).map((one) => one.package)).not.toContain(pack.name);
  expect((await player.case(id)).allowed.map(({ type }) => type)).toContain('holdSlot');
});
