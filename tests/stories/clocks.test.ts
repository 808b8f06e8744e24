import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { accept, ask, handOver, playToOffer } from './outpatient.ts';
import { clockOf, codeOf, importRows, inboxOf, newMember, offerAs } from './steps.ts';

type Breach = {
  id: string;
  caseId: string;
  promise: string;
  proposedCause: string;
  confirmedCause: string | null;
  confirmBy: string;
  metAt: string | null;
  dueAt: string;
  appeal: string | null;
  correction: string;
};
let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-04T10:00:00+08:00' });
});
afterAll(() => on.close());

test('[2.2.1.3][2.2.2] asked on a Saturday at 10:00: in service hours, day 0, so the booking result is due on Tuesday at 18:00', async () => {
  const { ids } = await newMember(on, 'saturday');
  const { player, id } = await ask(on, 'saturday', ids);
  const view = await player.case(id);
  expect(clockOf(view, 'booking-result')).toMatchObject({
    due: '2026-07-07T18:00:00+08:00',
    firstDue: '2026-07-07T18:00:00+08:00',
    provisional: false,
    state: 'running',
  });
  expect(clockOf(view, 'visit').due).toBe('2026-07-14T18:00:00+08:00');
  expect(clockOf(view, 'booking-result').left).toEqual({ days: 2, minutes: 0 });
});

test('[2.2.1.3] a promise past its due moment is late; when it is met it is breached for ever, its cause proposed, confirmed in two working days, appealed by the provider, corrected by two people', async () => {
  await on.advanceTo('2026-07-06T09:00:00+08:00');
  const { ids } = await newMember(on, 'late');
  const { player, id } = await ask(on, 'late', ids);
  await accept(on, id);
  await handOver(on, id);
  await on.advanceTo('2026-07-08T18:00:01+08:00');
  expect(clockOf(await player.case(id), 'booking-result').state).toBe('late');
  const operations = await on.as('operations');
  const mine = async (who = operations) =>
    (await who.must<{ items: Breach[] }>('GET', '/breaches')).items.filter(({ caseId }) => caseId === id);
  const [breach] = await mine();
  expect(breach).toMatchObject({
    promise: 'booking-result',
    proposedCause: 'provider',
    confirmedCause: null,
    metAt: null,
    confirmBy: '2026-07-10T18:00:00+08:00',
    dueAt: '2026-07-08T18:00:00+08:00',
  });
  const clocks = (
    await operations.must<{ items: { caseId: string; clock: { promise: string; state: string; due: string } }[] }>(
      'GET',
      '/clocks',
    )
  ).items;
  expect(clocks.find(({ caseId, clock }) => caseId === id && clock.promise === 'booking-result')?.clock.state).toBe(
    'late',
  );
  expect(clocks.map(({ clock }) => clock.due)).toEqual(clocks.map(({ clock }) => clock.due).sort());
  expect(
    (await inboxOf(on, player)).filter(({ caseId, subject }) => caseId === id && subject.includes('晚')).length,
  ).toBe(1);
  const provider = await on.as('provider');
  await offerAs(provider, id, { visitAt: '2026-07-14T09:30:00+08:00', answerBy: '2026-07-10T18:00:00+08:00' });
  const met = clockOf(await player.case(id), 'booking-result');
  expect(met).toMatchObject({ state: 'breached', due: '2026-07-08T18:00:00+08:00' });
  expect(met.metAt).toMatch(/^2026-07-08T18:00/);
  expect((await mine()).length).toBe(1);
  await operations.must('POST', `/breaches/${breach!.id}/cause`, { cause: 'provider' });
  expect(
    await provider.must('POST', `/breaches/${breach!.id}/appeal`, { text: '医院系统停机，我们当天就报告了。' }),
  ).toMatchObject({ appeal: expect.stringContaining('停机') });
  expect(
    (await (await on.as('provider2')).send('POST', `/breaches/${breach!.id}/appeal`, { text: '与我们无关的一条。' }))
      .status,
  ).toBe(404);
  expect(
    await operations.must('POST', `/breaches/${breach!.id}/cause`, { cause: 'hospital', note: '医院证明属实' }),
  ).toMatchObject({ confirmedCause: 'hospital' });
  const supervisor = await on.as('supervisor');
  expect(
    (
      await supervisor.send('POST', `/breaches/${breach!.id}/correct`, {
        reason: '当天已电话告知',
        metAt: '2026-07-09T10:00:00+08:00',
      })
    ).status,
  ).toBe(422);
  expect(
    await supervisor.must('POST', `/breaches/${breach!.id}/correct`, {
      reason: '当天已电话告知',
      metAt: '2026-07-08T15:00:00+08:00',
    }),
  ).toMatchObject({ correction: 'proposed' });
  const approvals = (
    await supervisor.must<{ items: { id: string; kind: string; caseId: string }[] }>('GET', '/approvals')
  ).items;
  const approval = approvals.find(({ kind, caseId }) => kind === 'correct-clock' && caseId === id)!;
  expect(codeOf(await supervisor.send('POST', `/approvals/${approval.id}`, { approve: true }))).toMatch(/same-person/);
  await (await on.as('supervisor2')).must('POST', `/approvals/${approval.id}`, { approve: true });
  const corrected = clockOf(await player.case(id), 'booking-result');
  expect(corrected.corrected).toBe(true);
  expect(corrected.metAt).toMatch(/^2026-07-08T18:00/);
});

test('[2.2.2] the clocks stand by a pause that began in the last service hour: listed to operations', async () => {
  await on.advanceTo('2026-07-13T10:00:00+08:00');
  const { ids } = await newMember(on, 'paused-late');
  const { id } = await ask(on, 'paused-late', ids);
  await on.advanceTo('2026-07-15T17:20:00+08:00');
  await (await on.as('reviewer')).event(id, 'askPapers', { kinds: ['examination'], note: '还要 CT' });
  const operations = await on.as('operations');
  const clocks = (
    await operations.must<{
      items: { caseId: string; pausedLate: boolean; clock: { promise: string; state: string } }[];
    }>('GET', '/clocks')
  ).items.filter(({ caseId }) => caseId === id);
  expect(clocks.find(({ clock }) => clock.promise === 'booking-result')).toMatchObject({
    pausedLate: true,
    clock: { state: 'standing' },
  });
  expect(clocks.find(({ clock }) => clock.promise === 'visit')).toMatchObject({ pausedLate: false });
  await on.advanceTo('2026-07-17T18:00:00+08:00');
  expect(
    (await (await on.as('paused-late')).case(id)).clocks.find(({ promise }) => promise === 'booking-result')?.state,
  ).toBe('standing');
});

test('[2.2.1.3] reminders go the day before the visit; what leaves the house at night waits until eight and names no health data', async () => {
  await on.advanceTo('2026-07-20T10:00:00+08:00');
  const { persona, ids } = await newMember(on, 'night');
  const { player, id } = await ask(on, 'night', ids);
  await playToOffer(on, id, { visitAt: '2026-07-24T09:30:00+08:00', answerBy: '2026-07-21T23:30:00+08:00' });
  await on.advanceTo('2026-07-21T22:10:00+08:00');
  await player.event(id, 'acceptOffer');
  await inboxOf(on, player);
  type Message = { at: string; channel: string; to: string; body: string; state: string; subject: string };
  const outside = async () =>
    (await player.must<{ items: Message[] }>('GET', '/sandbox/messages?limit=100')).items.filter(
      ({ channel, to }) => channel === 'sms' && to === persona.phone,
    );
  const before = (await outside()).filter(({ state }) => state === 'shown').length;
  expect((await outside()).some(({ state }) => state !== 'shown')).toBe(true);
  await on.advanceTo('2026-07-22T08:00:01+08:00');
  const after = await outside();
  expect(after.filter(({ state }) => state === 'shown').length).toBeGreaterThan(before);
  expect(after.every(({ body }) => !/绿通|门诊|肿瘤|医院|特药|复旦/.test(body))).toBe(true);
  for (const { at, state } of after)
    if (state === 'shown') expect(Number(at.slice(11, 13))).toSatisfy((hour: number) => hour >= 8 && hour < 21);
  await on.advanceTo('2026-07-23T10:00:01+08:00');
  expect(
    (await inboxOf(on, player)).some(
      ({ at, subject }) => at.startsWith('2026-07-23T10:00') && subject.includes('就诊提醒'),
    ),
  ).toBe(true);
});

const notice = (days: [string, string, string][], year: string) => [
  ['日期', '类型', '名称', '年份'],
  ...days.map(([day, kind, name]) => [day, kind, name, year]),
];

test('[2.2.1.3] a notice makes a due moment later: a clock that was told as firm keeps it', async () => {
  await on.advanceTo('2026-07-27T10:00:00+08:00');
  const { ids } = await newMember(on, 'firm');
  const { player, id } = await ask(on, 'firm', ids);
  const before = clockOf(await player.case(id), 'booking-result');
  expect(before).toMatchObject({ due: '2026-07-29T18:00:00+08:00', provisional: false });
  await importRows(on, 'calendar', notice([...TWENTY_SIX, ['2026-07-28', '放假', '特别假日']], '2026'));
  expect(clockOf(await player.case(id), 'booking-result')).toMatchObject({ due: before.due, moved: [] });
});

test('[2.2.1.3] a notice makes a due moment earlier: it counts at once, she is told, and both moments stay on the clock', async () => {
  await on.advanceTo('2026-07-29T10:00:00+08:00');
  const { ids } = await newMember(on, 'earlier');
  const { player, id } = await ask(on, 'earlier', ids);
  await accept(on, id);
  const before = clockOf(await player.case(id), 'visit');
  expect(before.due).toBe('2026-08-07T18:00:00+08:00');
  await importRows(on, 'calendar', notice([...TWENTY_SIX, ['2026-08-01', '上班', '调休']], '2026'));
  const after = clockOf(await player.case(id), 'visit');
  expect(after).toMatchObject({
    due: '2026-08-06T18:00:00+08:00',
    firstDue: before.due,
    moved: [{ from: before.due, to: '2026-08-06T18:00:00+08:00' }],
  });
  expect(
    (await inboxOf(on, player)).filter(({ caseId, subject }) => caseId === id && /时间|调整/.test(subject)).length,
  ).toBeGreaterThan(0);
});

test('[2.2.1.3] the next year is not announced: clocks into it are told as provisional, reckoned without holidays, and the notice may then move them later', async () => {
  await on.advanceTo('2026-12-28T10:00:00+08:00');
  const { ids } = await newMember(on, 'provisional', { waitingEndsOn: '2026-04-09' });
  const { player, id } = await ask(on, 'provisional', ids);
  const before = clockOf(await player.case(id), 'visit');
  expect(before.provisional).toBe(true);
  // 29, 30, 31 December and 1, 4, 5, 6 January: beyond the notices plain Monday to Friday, and said so.
  expect(before.due).toBe('2027-01-06T18:00:00+08:00');
  expect(clockOf(await player.case(id), 'booking-result')).toMatchObject({
    due: '2026-12-30T18:00:00+08:00',
    provisional: false,
  });
  await importRows(
    on,
    'calendar',
    notice(
      [
        ['2027-01-01', '放假', '元旦'],
        ['2027-01-04', '放假', '元旦'],
      ],
      '2027',
    ),
  );
  const after = clockOf(await player.case(id), 'visit');
  expect(after).toMatchObject({
    due: '2027-01-08T18:00:00+08:00',
    firstDue: before.due,
    provisional: false,
    moved: [{ from: before.due }],
  });
  expect(
    (await inboxOf(on, player)).filter(({ caseId, subject }) => caseId === id && /时间|调整/.test(subject)).length,
  ).toBeGreaterThan(0);
});

/** What the notice for 2026 says from summer on: a file is the whole notice, so a changed one repeats the rest. */
const TWENTY_SIX: [string, string, string][] = [
  ['2026-01-01', '放假', '元旦'],
  ['2026-09-20', '上班', '国庆节'],
  ['2026-09-25', '放假', '中秋节'],
  ['2026-10-01', '放假', '国庆节'],
  ['2026-10-02', '放假', '国庆节'],
  ['2026-10-05', '放假', '国庆节'],
  ['2026-10-06', '放假', '国庆节'],
  ['2026-10-07', '放假', '国庆节'],
  ['2026-10-10', '上班', '国庆节'],
];
