import { afterAll, beforeAll, expect, test } from 'vitest';
import { machineNow } from '#server/platform/clock.ts';
import { inTransaction } from '#server/platform/db.ts';
import { dispatch } from '#server/video/dispatch.ts';
import { sweepVideo } from '#server/video/presence.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { hold, waiting } from './interleave.ts';
import { allowedTypes, clockOf, codeOf, importRows, inboxOf, tryEvent } from './steps.ts';
import { accepts, asks, desk, duty, NOTE, offerOf, onDuty, opened, talksAndWrites } from './video.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-03-10T15:20:00+08:00' });
});
afterAll(() => on.close());

const since = async (seconds: number) =>
  on.advanceTo(new Date((await on.now()).getTime() + seconds * 1000).toISOString());

// Tests run in order; the last one changes the list of doctors.

test('[2.1.4] scenario 14: no doctor within three minutes is a breach that is told, and a later match does not rewrite it', async () => {
  const wait = await opened(on, 'wait');
  const id = await asks(wait);
  const supervisor = await on.as('supervisor');
  const subjects = async (player: typeof supervisor) => (await inboxOf(on, player)).map(({ subject }) => subject);
  await since(119);
  expect((await wait.player.case(id)).video).toMatchObject({ callBack: 'no', breached: false });
  await since(5);
  expect(await subjects(supervisor)).toContain('有会员等了 2 分钟还没有医生');
  expect(allowedTypes(await wait.player.case(id))).not.toContain('wantCallBack');
  await since(60);
  const late = await wait.player.case(id);
  expect(late).toMatchObject({ state: 'queued', video: { breached: true, callBack: 'offered', place: 1 } });
  expect(clockOf(late, 'doctor-matched').state).toBe('late');
  expect(await subjects(wait.player)).toContain('我们晚了');
  await wait.player.event(id, 'wantCallBack', { phone: '13800001111' });
  expect((await wait.player.case(id)).video?.callBack).toBe('wanted');
  expect((await supervisor.must<{ waiting: object[] }>('GET', '/video/board')).waiting).toMatchObject([
    { caseId: id, breached: true, callBack: true, place: 1 },
  ]);
  // Whom to call is one list for the desk; the doctor who takes her takes her off it.
  const toCall = async () => (await supervisor.must<{ video: object[] }>('GET', '/call-back-desk')).video;
  expect(await toCall()).toMatchObject([{ caseId: id }]);
  await since(60);
  const doctor = await onDuty(on);
  expect((await desk(doctor)).offer).toMatchObject({ medium: 'telephone' });
  await accepts(doctor);
  expect(await toCall()).toEqual([]);
  const matched = await wait.player.case(id);
  expect(matched.video).toMatchObject({ byTelephone: true });
  expect(clockOf(matched, 'doctor-matched').state).toBe('breached');
  expect(clockOf(matched, 'doctor-matched').metAt).not.toBeNull();
  await talksAndWrites(doctor, id);
  await duty(doctor, false);
});

test('one doctor is asked for 20 seconds, then the next; not the same one twice in a row after a decline', async () => {
  const one = await opened(on, 'turns');
  const [first, second] = [await onDuty(on), await on.as('video-doctor2')];
  const id = await asks(one);
  const lapsing = await offerOf(first);
  // Nobody else is there: she is not asked again.
  await since(21);
  expect((await desk(first)).offer).toBeNull();
  expect(codeOf(await first.send('POST', `/video/offers/${lapsing}/accept`))).toBe('409 not-possible-now');
  await duty(second);
  const declined = await offerOf(second);
  expect(codeOf(await first.send('POST', `/video/offers/${declined}/decline`))).toBe('404 not-found');
  await second.must('POST', `/video/offers/${declined}/decline`);
  // Now another one has been asked in between.
  expect(await offerOf(first)).not.toBe(lapsing);
  await accepts(first);
  expect((await one.player.case(id)).state).toBe('in-call');
  // Who answers twice in a row nothing goes off duty, so that nobody waits for an empty page.
  await talksAndWrites(first, id);
  await duty(second, false);
  const again = await asks(one);
  await since(21);
  const other = await onDuty(on, 'video-doctor2');
  await since(21);
  await duty(other, false);
  await since(1);
  await since(21);
  expect((await desk(first)).onDuty).toBe(false);
  expect((await inboxOf(on, first)).map(({ subject }) => subject)).toContain('已为您下线');
  await one.player.event(again, 'leaveQueue');
  expect((await one.player.case(again)).state).toBe('closed-left-queue');
});

test('a doctor who drops, or cannot go on, leaves the member at the head of the queue', async () => {
  const [old, young] = [await opened(on, 'dropped'), await opened(on, 'behind')];
  const doctor = await onDuty(on);
  const id = await asks(old);
  await accepts(doctor);
  const behind = await asks(young);
  await on.database.owner.query(`update yilu.video_doctors set seen_at = $1`, [
    new Date(machineNow().getTime() - 60_000),
  ]);
  await sweepVideo(on.ctx);
  const waiting = await old.player.case(id);
  expect(waiting).toMatchObject({ state: 'waiting-again', video: { place: 1 } });
  expect((await young.player.case(behind)).video?.place).toBe(2);
  expect((await inboxOf(on, old.player)).map(({ subject }) => subject)).toContain('正在为您换一位医生');
  // The first promise was kept; a target of three minutes runs for the second match.
  expect(clockOf(waiting, 'doctor-matched').state).toBe('kept');
  const other = await onDuty(on, 'video-doctor2');
  expect((await accepts(other)).caseId).toBe(id);
  await other.event(id, 'giveBack', { why: '临时抢救' });
  await duty(doctor);
  expect((await accepts(doctor)).caseId).toBe(id);
  // The member does not come: after two minutes her doctor is free, and she may come back for a day.
  expect(codeOf({ ...(await tryEvent(doctor, id, 'memberNotThere')) })).toBe('409 not-possible-now');
  await since(125);
  await doctor.event(id, 'memberNotThere');
  expect((await old.player.case(id)).state).toBe('missed');
  await old.player.event(id, 'comeBack');
  expect(await old.player.case(id)).toMatchObject({ state: 'waiting-again', video: { place: 1 } });
  for (const [member, one] of [
    [old, id],
    [young, behind],
  ] as const)
    await member.player.event(one, 'leaveQueue');
  await duty(doctor, false);
  await duty(other, false);
});

test('two processes match at once: the second waits for the first, no member twice and no doctor two members', async () => {
  const asked = [await opened(on, 'race1'), await opened(on, 'race2')];
  const cases = [await asks(asked[0]!), await asks(asked[1]!)];
  const doctors = ['sample-lic-0001', 'sample-lic-0002'];
  for (const key of doctors)
    await on.database.owner.query(
      `insert into yilu.video_doctors (insurer, doctor, on_duty, duty_since, seen_at) values ('junlong', $1, true, now(), now())
       on conflict (insurer, doctor) do update set on_duty = true, seen_at = now(), missed = 0`,
      [key],
    );
  const first = await hold(on, (db) => dispatch(db, on.ctx));
  const second = inTransaction(on.ctx.pool, (db) => dispatch(db, on.ctx));
  await waiting(on, 1);
  await first.commit();
  expect(first.result.offers.map(({ caseId }) => caseId).sort()).toEqual([...cases].sort());
  expect(new Set(first.result.offers.map(({ doctor }) => doctor))).toEqual(new Set(doctors));
  expect((await second).offers).toEqual([]);

  // She leaves while a match that has not committed offers her: her leaving waits, and takes the offer with it.
  await on.database.owner.query(
    `update yilu.video_offers set outcome = 'declined', answered_at = now(), over_at = now(), free_at = now() where outcome is null`,
  );
  const third = await hold(on, (db) => dispatch(db, on.ctx));
  expect(third.result.offers).toHaveLength(2);
  const leaving = asked[0]!.player.event(cases[0]!, 'leaveQueue');
  await waiting(on, 1);
  await third.commit();
  await leaving;
  const open = await on.database.owner.query(`select case_id from yilu.video_offers where over_at is null`);
  expect(open.rows).toEqual([{ case_id: cases[1] }]);

  // The offer is taken by a tap and by another at once, on two processes: one call.
  const doctor = third.result.offers.find(({ caseId }) => caseId === cases[1])!;
  const account = doctor.doctor === doctors[0] ? 'video-doctor' : 'video-doctor2';
  const [here, there] = [await on.as(account), await on.as(account, 'junlong', await on.another())];
  const taps = await Promise.all([here, there].map((one) => one.send('POST', `/video/offers/${doctor.id}/accept`)));
  expect(taps.map(({ status }) => status)).toEqual([200, 200]);
  expect(taps[0]!.body).toEqual(taps[1]!.body);
  const calls = await on.database.owner.query(`select 1 from yilu.events where case_id = $1 and type = 'acceptCall'`, [
    cases[1],
  ]);
  expect(calls.rowCount).toBe(1);
  await talksAndWrites(here, cases[1]!);
  for (const one of ['video-doctor', 'video-doctor2']) await duty(await on.as(one), false);
});

test('earlier notes are read by the doctor only where the member said so, and the reading is on record', async () => {
  const told = await opened(on, 'history');
  const doctor = await onDuty(on, 'video-doctor2');
  const talk = async (form: Record<string, unknown>) => {
    const id = await asks(told, form);
    await accepts(doctor);
    const history = await doctor.must<{ allowed: boolean; items: object[] }>('GET', `/video/cases/${id}/history`);
    await talksAndWrites(doctor, id);
    return history;
  };
  expect(await talk({ complaint: '第一次', showHistory: 'yes' })).toEqual({ allowed: true, items: [] });
  expect(await talk({ complaint: '第二次' })).toEqual({ allowed: false, items: [] });
  expect(await talk({ complaint: '第三次', showHistory: 'yes' })).toMatchObject({
    allowed: true,
    items: [NOTE, NOTE],
  });
  const { rows } = await on.database.owner.query(`select 1 from yilu.disclosures where 'history.notes' = any(fields)`);
  expect(rows).toHaveLength(1);
});

test('[2.1.2] only whose credential is valid at that minute is asked, and a lapse in mid-shift is seen at once', async () => {
  const listed = await opened(on, 'listed');
  const notInService = await onDuty(on, 'video-doctor3');
  expect((await desk(notInService)).credential).toMatchObject({ valid: false, reason: '名单上登记为不在职' });
  const doctor = await onDuty(on);
  const id = await asks(listed);
  expect((await desk(notInService)).offer).toBeNull();
  const offer = await offerOf(doctor);
  // Her row ends this very minute, between the offer and her answer.
  const now = await on.now();
  await importRows(on, 'video-doctors', [
    ['执业证书编号', '医生姓名', '医院', '级别', '等次', '科室', '职称', '在职', '资质有效至', '示例'],
    [
      'SAMPLE-LIC-0001',
      '示例视频医生甲',
      '示例市人民医院',
      '三级',
      '甲等',
      '全科',
      '主治医师',
      '是',
      now.toISOString(),
      '是',
    ],
    [
      'SAMPLE-LIC-0002',
      '示例视频医生乙',
      '示例市人民医院',
      '三级',
      '甲等',
      '内科',
      '副主任医师',
      '是',
      '2028-01-01',
      '是',
    ],
  ]);
  const refused = await doctor.send('POST', `/video/offers/${offer}/accept`);
  expect(codeOf(refused)).toBe('409 not-possible-now');
  expect((refused.body as { detail: string }).detail).toContain('执业资料');
  const other = await onDuty(on, 'video-doctor2');
  await since(21);
  expect((await accepts(other)).caseId).toBe(id);
  await talksAndWrites(other, id);
  for (const one of [doctor, other, notInService]) await duty(one, false);
});
