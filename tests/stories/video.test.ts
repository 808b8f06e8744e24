import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { replay } from './replay.ts';
import { allowedTypes, clockOf, codeOf, inboxOf, newMember, tryEvent } from './steps.ts';
import {
  accepts,
  asks,
  desk,
  duty,
  NOTE,
  offerOf,
  onDuty,
  opened,
  standing,
  talksAndWrites,
  tryAsk,
  VIDEO,
  videoBody,
} from './video.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-03-01T10:00:00+08:00' });
});
afterAll(() => on.close());

// Tests run in order, and the sandbox's time only goes on.

test('[2.1.1] opened, matched, talked, written down, asked about and rated', async () => {
  const lin = await opened(on, 'lin');
  expect(await standing(lin)).toMatchObject({ state: 'open', act: 'use', validUntil: '2027-03-01' });
  const doctor = await onDuty(on);
  const id = await asks(lin, { complaint: '咳嗽三天', showHistory: 'yes' });
  const waiting = await lin.player.case(id);
  expect(waiting).toMatchObject({ state: 'queued', video: { place: 1, offered: true, breached: false, roomId: null } });
  expect(clockOf(waiting, 'doctor-matched')).toMatchObject({ state: 'running', clause: '2.1.4' });

  // Before she accepts, the doctor reads what is asked and no name.
  const before = await desk(doctor);
  expect(before).toMatchObject({
    onDuty: true,
    credential: { valid: true },
    offer: { complaint: '咳嗽三天', emergency: false },
  });
  expect(JSON.stringify(before)).not.toContain('示例lin');
  expect(codeOf(await doctor.send('GET', `/cases/${id}`))).toBe('404 not-found');

  const { caseId, roomId } = await accepts(doctor);
  expect(caseId).toBe(id);
  const inCall = await lin.player.case(id);
  expect(inCall).toMatchObject({
    state: 'in-call',
    video: { place: null, roomId, doctor: { name: '示例视频医生甲', hospital: '示例市人民医院' } },
  });
  expect(clockOf(inCall, 'doctor-matched').state).toBe('kept');
  expect((await doctor.case(id)).person.name).toBe('示例lin');
  expect(codeOf(await (await on.as('video-doctor2')).send('GET', `/cases/${id}`))).toBe('404 not-found');

  await lin.player.event(id, 'endCall');
  expect((await desk(doctor)).toWrite).toMatchObject([{ caseId: id }]);
  await doctor.event(id, 'releaseNote', NOTE);
  const noted = await lin.player.case(id);
  expect(noted.video).toMatchObject({ note: NOTE, roomId: null, followUp: { asked: null } });
  expect((await inboxOf(on, lin.player)).map(({ subject }) => subject)).toContain('问诊小结到了');
  await lin.player.event(id, 'rate', { stars: 5 });
  await lin.player.event(id, 'askFollowUp', { question: '可以吃止咳药吗' });
  expect(codeOf({ ...(await tryEvent(lin.player, id, 'askFollowUp', { question: '再问一次' })) })).toBe(
    '409 not-possible-now',
  );
  expect((await desk(doctor)).toAnswer).toMatchObject([{ caseId: id }]);
  await doctor.event(id, 'answerFollowUp', { answer: '可以先不吃，观察两天' });
  expect((await lin.player.case(id)).video?.followUp).toMatchObject({
    asked: '可以吃止咳药吗',
    answered: '可以先不吃，观察两天',
  });
  await on.advanceTo('2026-03-03T10:00:00+08:00');
  expect((await lin.player.case(id)).state).toBe('completed');
  const told = await replay(on.ctx, id);
  expect(told.refused).toEqual([]);
  expect(told.context).toEqual(told.stored.context);
  await duty(doctor, false);
});
