import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpeningGateway } from '#server/gateways/opening.ts';
import { GatewayFailed } from '#server/gateways/signed-post.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { replay } from './replay.ts';
import { catchUp, clockOf, codeOf, inboxOf, newMember, policyBecomes, someone, tryEvent } from './steps.ts';
import {
  accepts,
  asks,
  desk,
  duty,
  NOTE,
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
  on = await openApp({ at: '2025-03-10T15:20:00+08:00' });
});
afterAll(() => on.close());

/** In force since January 2025, for two years, so that an opening can run its year. */
const LONG = {
  effectiveFrom: '2025-01-10',
  expiresOn: '2027-01-09',
  coolingOffEndsOn: '2025-01-25',
  waitingEndsOn: '2025-04-09',
  states: [{ state: 'in-force', from: '2025-01-10T00:00:00+08:00' }],
};
const LATER = {
  ...LONG,
  effectiveFrom: '2026-01-10',
  coolingOffEndsOn: '2026-01-25',
  waitingEndsOn: '2026-04-09',
  states: [{ state: 'in-force', from: '2026-01-10T00:00:00+08:00' }],
};
const reasonsOf = (answer: { body: unknown }) =>
  ((answer.body as { reasons?: { rule: string }[] }).reasons ?? []).map(({ rule }) => rule);
const since = async (seconds: number) =>
  on.advanceTo(new Date((await on.now()).getTime() + seconds * 1000).toISOString());

// Tests run in order, and the sandbox's time only goes on.

test('[2.1.6] is being opened until the provider acknowledges: tried again, and the delay is told', async () => {
  const answers = ['http-503', 'taken', 'taken'];
  const keys: string[] = [];
  const before = on.ctx.gateways;
  const through = (opening: OpeningGateway | null) => Object.assign(on.ctx, { gateways: { ...before, opening } });
  through({
    open: async (_, key) => {
      keys.push(key);
      const code = answers.shift();
      if (code) throw new GatewayFailed(code, true);
    },
  });
  /** Minutes until it is asked again; what was put off is due now. */
  const putOff = async () => {
    const { rows } = await on.database.owner.query<{ minutes: number }>(
      `with was as (select id, next_try_at from yilu.outgoing_calls where state = 'ready')
       update yilu.outgoing_calls c set next_try_at = null from was where was.id = c.id
       returning round(extract(epoch from was.next_try_at - now()) / 60)::int as minutes`,
    );
    return rows.map(({ minutes }) => minutes);
  };
  const { ids } = await newMember(on, 'late', LONG);
  const late = { player: await on.as('late'), ids, key: 'late' };
  const { id } = await late.player.request(await videoBody(late, 'open'));
  await catchUp(on);
  expect(await late.player.case(id)).toMatchObject({ state: 'opening', video: { delayed: false, act: 'open' } });
  expect(await standing(late)).toMatchObject({ state: 'opening', act: null, openingCase: id });
  // One is enough.
  expect(codeOf(await tryAsk(late, 'open'))).toBe('409 not-possible-now');
  expect(reasonsOf(await tryAsk(late, 'use'))).toEqual(['not-opened']);
  // 1, 5 and 15 minutes after the attempts before.
  const waits = [];
  for (let n = 0; n < 3; n += 1) {
    waits.push(await putOff());
    await catchUp(on);
  }
  expect(waits).toEqual([[1], [5], [15]]);
  expect(await late.player.case(id)).toMatchObject({ state: 'open', video: { validUntil: '2026-03-10' } });
  expect(keys).toEqual(Array(4).fill(`opening/${id}`));

  // Where the provider has no system its desk acknowledges; after half an hour the member hears of the delay.
  through(null);
  const { ids: others } = await newMember(on, 'desk-opened', LONG);
  const other = { player: await on.as('desk-opened'), ids: others, key: 'desk-opened' };
  const second = (await other.player.request(await videoBody(other, 'open'))).id;
  await since(31 * 60);
  expect((await other.player.case(second)).video?.delayed).toBe(true);
  expect((await inboxOf(on, other.player)).map(({ subject }) => subject)).toEqual([
    '开通还要一些时间',
    '正在开通视频问诊',
  ]);
  await (await on.as('provider')).event(second, 'acknowledgeOpening');
  expect((await other.player.case(second)).state).toBe('open');
  expect((await inboxOf(on, other.player))[0]?.subject).toBe('视频问诊已开通');
  Object.assign(on.ctx, { gateways: before });
});

test('[2.1.1] opened, matched, talked, written down, asked about and rated', async () => {
  const lin = await opened(on, 'lin', LONG);
  expect(await standing(lin)).toMatchObject({ state: 'open', act: 'use', validUntil: '2026-03-10' });
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
  // Who opens the service has nothing to do with its uses.
  const opener = await on.as('provider');
  expect(codeOf(await opener.send('GET', `/cases/${id}`))).toBe('404 not-found');
  expect(JSON.stringify(await opener.must('GET', `/worklist?q=${inCall.number}`))).not.toContain(id);

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
  await since(25 * 3600);
  expect((await lin.player.case(id)).state).toBe('completed');
  const told = await replay(on.ctx, id);
  expect(told.refused).toEqual([]);
  expect(told.context).toEqual(told.stored.context);
  await duty(doctor, false);
});

test('[2.1.8.3] put off by the doctor: another time is agreed, reminded of, and comes first when it is there', async () => {
  const off = await opened(on, 'put-off', LONG);
  const doctor = await onDuty(on);
  const id = await asks(off);
  await accepts(doctor);
  const at = new Date((await on.now()).getTime() + 26 * 3_600_000).toISOString();
  const past = await tryEvent(doctor, id, 'putOff', {
    cause: 'doctor',
    words: '手术',
    at: '2025-01-01T10:00:00+08:00',
  });
  expect(past).toMatchObject({ status: 422, body: { problems: [{ pointer: '/at' }] } });
  await doctor.event(id, 'putOff', { cause: 'doctor', words: '有急诊手术', at });
  expect(await off.player.case(id)).toMatchObject({
    state: 'time-offered',
    video: { appointment: { agreed: false, why: '有急诊手术' } },
  });
  await duty(doctor, false);
  await off.player.event(id, 'acceptTime');
  expect((await off.player.case(id)).turn.appointment).toBe(true);
  await since(26 * 3600 + 5);
  expect((await inboxOf(on, off.player)).map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(['时间已约好', '问诊时间快到了', '到约好的时间了']),
  );
  expect(await off.player.case(id)).toMatchObject({ state: 'waiting-again', video: { place: 1 } });
  const again = await onDuty(on, 'video-doctor2');
  expect((await accepts(again)).caseId).toBe(id);
  await talksAndWrites(again, id);
  await duty(again, false);
});

test('[2.1.6] scenario 12: usable through the same day of the next year, reminded before, then applied for again with one tap', async () => {
  const year = await opened(on, 'year', LONG);
  const { openedAt, validUntil } = await standing(year);
  const last = validUntil!;
  await on.advanceTo(`${last}T23:50:00+08:00`);
  expect(await standing(year)).toMatchObject({ state: 'open', act: 'use', openedAt });
  const subjects = (await inboxOf(on, year.player)).map(({ subject, body }) => [subject, body]);
  expect(subjects.filter(([subject]) => subject === '视频问诊快到期了')).toHaveLength(2);
  expect(reasonsOf(await tryAsk(year, 'open'))).toEqual(['already-open']);
  const { opensAgainOn } = await standing(year);
  expect(subjects.find(([subject]) => subject === '视频问诊快到期了')![1]).toContain(
    String(Number(opensAgainOn!.slice(8))),
  );
  // A call that began in the last minutes is finished.
  const doctor = await onDuty(on, 'video-doctor2');
  const id = await asks(year);
  await accepts(doctor);
  await on.advanceTo(`${opensAgainOn}T00:01:00+08:00`);
  expect((await year.player.case(id)).state).toBe('in-call');
  await talksAndWrites(doctor, id);
  expect(reasonsOf(await tryAsk(year, 'use'))).toEqual(['lapsed']);
  expect(await standing(year)).toMatchObject({ state: 'lapsed', act: 'open' });
  expect((await tryAsk(year, 'open')).status).toBe(201);
  await catchUp(on);
  expect(await standing(year)).toMatchObject({
    state: 'open',
    act: 'use',
    validUntil: `${Number(last.slice(0, 4)) + 1}${`${opensAgainOn}`.slice(4)}`,
  });
  await duty(doctor, false);
});

test('[2.1.5] scenario 13: not before the cooling-off period is over, and it ends with the policy', async () => {
  const today = (await on.now()).toISOString().slice(0, 10);
  const { ids } = await newMember(on, 'fresh', {
    effectiveFrom: today,
    coolingOffEndsOn: '2026-12-31',
    expiresOn: '2027-12-31',
    waitingEndsOn: '2027-01-31',
    states: [{ state: 'in-force', from: `${today}T00:00:00+08:00` }],
  });
  const fresh = { player: await on.as('fresh'), ids, key: 'fresh' };
  expect(reasonsOf(await tryAsk(fresh, 'open'))).toEqual(['in-cooling-off']);
  expect(await standing(fresh)).toMatchObject({
    state: 'unavailable',
    act: null,
    reasons: [{ rule: 'in-cooling-off' }],
  });

  const { persona: holder, ids: theirs } = await newMember(on, 'ends', LONG);
  const ends = { player: await on.as('ends'), ids: theirs, key: 'ends' };
  await ends.player.request(await videoBody(ends, 'open'));
  await catchUp(on);
  const doctor = await onDuty(on, 'video-doctor2');
  const id = await asks(ends);
  await accepts(doctor);
  await policyBecomes(on, holder, 'terminated', (await on.now()).toISOString());
  expect((await ends.player.case(id)).state).toBe('in-call');
  await talksAndWrites(doctor, id);
  const { items } = await ends.player.must<{ items: { state: string; service: string }[] }>('GET', '/cases');
  expect(items.map(({ state }) => state)).toContain('closed-policy-ended');
  expect((await tryAsk(ends, 'use')).status).toBe(409);
});

test('[2.1.3] a guardian asks for a child, and another adult on the policy is asked herself before anybody waits', async () => {
  const child = someone('video-child', { ...LATER, bornOn: '2017-06-01', holder: 'video-mother', noAccount: true });
  const spouse = someone('video-spouse', { ...LATER, holder: 'video-mother' });
  const people = await on.people([someone('video-mother', LATER), child, spouse]);
  const player = await on.as('video-mother');
  const forChild = { player, ids: people.get('video-child')!, key: 'video-mother' };
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await player.upload(forChild.ids.personId, kind, on.picture) });
  const applicant = { relation: 'guardian', proofs };
  const opened = await player.request({ ...(await videoBody(forChild, 'open')), applicant });
  await catchUp(on);
  expect((await player.case(opened.id)).state).toBe('open');
  // What was proved at the opening holds for the year.
  const asked = await player.request({ ...(await videoBody(forChild, 'use')), applicant: { relation: 'guardian' } });
  expect(asked.state).toBe('queued');
  await player.event(asked.id, 'leaveQueue');

  const forSpouse = { player, ids: people.get('video-spouse')!, key: 'video-mother' };
  const filed = await player.request({ ...(await videoBody(forSpouse, 'open')), consents: [] });
  expect(filed.state).toBe('awaiting-own-consent');
  const herself = await on.as('video-spouse');
  await herself.event(filed.id, 'giveOwnConsent');
  expect((await herself.case(filed.id)).state).toBe('awaiting-provider-consent');
  const { consents } = await herself.must<{ consents: { recipient: string; purpose: string; textVersion: number }[] }>(
    'GET',
    `/services/${VIDEO}/form?caseId=${filed.id}&policyId=${forSpouse.ids.policyId}&personId=${forSpouse.ids.personId}`,
  );
  const { recipient, purpose, textVersion } = consents[0]!;
  await herself.must('POST', '/consents', {
    caseId: filed.id,
    personId: forSpouse.ids.personId,
    recipient,
    purpose,
    textVersion,
  });
  await catchUp(on);
  expect((await herself.case(filed.id)).state).toBe('open');
});
