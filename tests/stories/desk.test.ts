import { afterAll, beforeAll, expect, test } from 'vitest';
import { idNumberOf } from '#server/sandbox/people.ts';
import { passCheck } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { ask, type Ids, playToOffer, requestBody } from './outpatient.ts';
import { codeOf, inboxOf, newMember, playToBooked, someone } from './steps.ts';

type Hit = { personId: string; name: string; idNumber: string; phone: string; lockedUntil: string | null };
type Check = { id: string; questions: { code: string }[]; needed: number };
type Result = { state: string; attemptsLeft: number; matched: { code: string; match: boolean }[] };
let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

test('[2.2.8] the hotline finds a caller by exact match only, sees her masked, and opens nothing before three of five answers match', async () => {
  const { persona, ids } = await newMember(on, 'caller');
  const desk = await on.as('desk');
  const find = async (body: object) => (await desk.must<{ items: Hit[] }>('POST', '/desk/find', body)).items;
  expect(await find({ policyNo: persona.policyNo.slice(0, -1) })).toEqual([]);
  const [hit] = await find({ policyNo: persona.policyNo });
  expect(hit).toMatchObject({ personId: ids.personId });
  expect(JSON.stringify(hit)).not.toContain(persona.phone);
  expect(JSON.stringify(hit)).not.toContain(persona.name);
  expect((await find({ phone: persona.phone }))[0]?.personId).toBe(ids.personId);
  expect((await find({ idNumber: idNumberOf(persona) }))[0]?.personId).toBe(ids.personId);
  expect((await find({ name: persona.name, bornOn: persona.bornOn }))[0]?.personId).toBe(ids.personId);
  expect((await desk.send('POST', '/desk/find', { name: persona.name })).status).toBe(422);
  for (const path of [
    `/desk/persons/${ids.personId}`,
    `/benefits?personId=${ids.personId}`,
    `/services/outpatient-access/form?policyId=${ids.policyId}&personId=${ids.personId}`,
    `/papers?personId=${ids.personId}`,
  ])
    expect((await desk.send('GET', path)).status, path).toBeGreaterThanOrEqual(403);
  const check = await desk.must<Check>('POST', '/desk/checks', { personId: ids.personId });
  expect([check.questions.length, check.needed]).toEqual([5, 3]);
  const first = await desk.must<Result>('POST', `/desk/checks/${check.id}/answers`, {
    answers: [
      { code: 'policy-number', value: persona.policyNo },
      { code: 'born-on', value: '1901-01-01' },
    ],
  });
  expect(first).toEqual({
    state: 'asking',
    attemptsLeft: 2,
    matched: [
      { code: 'policy-number', match: true },
      { code: 'born-on', match: false },
    ],
  });
  await passCheck(desk, persona, ids.personId);
  expect((await desk.send('GET', `/desk/persons/${ids.personId}`)).status).toBe(200);
  // Another agent has not heard this caller.
  expect((await (await on.as('manager')).send('GET', `/desk/persons/${ids.personId}`)).status).toBe(403);
  await on.advanceTo('2026-07-01T10:31:00+08:00');
  expect((await desk.send('GET', `/desk/persons/${ids.personId}`)).status).toBeGreaterThanOrEqual(403);
});

test('[2.2.8] three failures lock the file for the day and tell the member; the next day it opens again', async () => {
  const { persona, ids } = await newMember(on, 'impostor-target');
  const desk = await on.as('desk');
  for (let round = 0; round < 3; round++) {
    const check = await desk.must<Check>('POST', '/desk/checks', { personId: ids.personId });
    const result = await desk.must<Result>('POST', `/desk/checks/${check.id}/answers`, {
      answers: [{ code: 'born-on', value: '1901-01-01' }],
    });
    expect(result.state).toBe(round < 2 ? 'asking' : 'locked');
  }
  expect(codeOf(await desk.send('POST', '/desk/checks', { personId: ids.personId }))).toBe('423 file-locked');
  const [hit] = (await desk.must<{ items: Hit[] }>('POST', '/desk/find', { policyNo: persona.policyNo })).items;
  expect(hit!.lockedUntil).toBe('2026-07-02T00:00:00+08:00');
  expect((await inboxOf(on, await on.as('impostor-target'))).length).toBe(1);
  await on.advanceTo('2026-07-02T09:00:00+08:00');
  await passCheck(desk, persona, ids.personId);
});

test('[2.2.8] the desk files the same request on the hotline: consent in a verified call, the same clocks, and she sees it', async () => {
  const { persona, ids } = await newMember(on, 'by-phone');
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const filed = await desk.request(await requestBody(on, desk, ids));
  expect(filed.state).toBe('reviewing');
  type Filed = { items: { id: string; person: { name: string; masked: boolean } }[]; desks: { count: number }[] };
  const follow = async () => (await desk.must<Filed>('GET', '/worklist')).items.find(({ id }) => id === filed.id);
  expect((await follow())!.person).toMatchObject({ name: expect.stringContaining('*'), masked: true });
  const player = await on.as('by-phone');
  const seen = await player.case(filed.id);
  expect(seen.use.state).toBe('held');
  expect(JSON.stringify(seen.facts)).toContain('热线');
  expect(
    (await player.must<{ items: { caseId: string }[] }>('GET', '/consents')).items.map(({ caseId }) => caseId),
  ).toContain(filed.id);
  await playToOffer(on, filed.id, { visitAt: '2026-07-09T09:30:00+08:00', answerBy: '2026-07-03T18:00:00+08:00' });
  // In a recorded call the desk accepts for her, knowing what cancelling costs.
  expect(await desk.event(filed.id, 'acceptOffer')).toMatchObject({ state: 'booked' });
  // After the call it stays in her list, and opens only within the next check.
  await on.advanceTo('2026-07-02T09:35:00+08:00');
  expect(await follow()).toBeDefined();
  expect((await desk.send('GET', `/cases/${filed.id}`)).status).toBe(404);
});

test('[2.2.8] a code read out from the number on file passes the check as well', async () => {
  const { persona, ids } = await newMember(on, 'by-code');
  const desk = await on.as('desk');
  const check = await desk.must<Check>('POST', '/desk/checks', { personId: ids.personId });
  await desk.must('POST', `/desk/checks/${check.id}/code`);
  await on.advanceTo('2026-07-02T09:45:00+08:00');
  type Message = { channel: string; to: string; body: string };
  const sent = (await desk.must<{ items: Message[] }>('GET', '/sandbox/messages?limit=50')).items.find(
    ({ to, body }) => to.includes(persona.phone) && /\d{6}/.test(body),
  );
  expect(sent).toBeDefined();
  expect(
    await desk.must('POST', `/desk/checks/${check.id}/code/verify`, { code: /\d{6}/.exec(sent!.body)![0] }),
  ).toMatchObject({ state: 'passed' });
});

test('[2.6.5.1.2] within the check of a guardian the hotline files for her child with both proofs, and opens nothing of a capable adult', async () => {
  const mother = someone('guardian-caller');
  const people = [
    mother,
    someone('minor', { bornOn: '2015-05-05', holder: 'guardian-caller', noAccount: true }),
    someone('grown-up', { holder: 'guardian-caller' }),
  ];
  const found = await on.people(people);
  const [child, adult] = [found.get('minor')!, found.get('grown-up')!];
  const desk = await on.as('desk');
  const formOf = ({ policyId, personId }: Ids) =>
    desk.send('GET', `/services/outpatient-access/form?policyId=${policyId}&personId=${personId}`);
  expect((await formOf(child)).status).toBe(404);
  await passCheck(desk, mother, found.get('guardian-caller')!.personId);
  const body = await requestBody(on, desk, child);
  const applicant = { relation: 'guardian', name: mother.name, phone: mother.phone, idNumber: idNumberOf(mother) };
  const bare = await desk.send('POST', '/cases', { ...body, applicant: { ...applicant, proofs: [] } });
  expect((bare.body as { reasons: { rule: string }[] }).reasons.map(({ rule }) => rule)).toContain('guardian-needed');
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await desk.upload(child.personId, kind, on.picture) });
  const filed = await desk.request({ ...body, applicant: { ...applicant, proofs } });
  expect(filed).toMatchObject({ state: 'reviewing', use: { state: 'held' } });
  // What she filed is a minor's file from then on: it opens as every such file does.
  expect(codeOf(await desk.send('GET', `/cases/${filed.id}`))).toBe('403 minor-approval-needed');
  // Another adult of the same policyholder is asked herself, and her papers stay closed.
  expect((await formOf(adult)).body).toMatchObject({ needsOwnConsent: true });
  expect((await desk.send('GET', `/papers?personId=${adult.personId}`)).status).toBe(404);
  // The check is over half an hour later, and so is all of this.
  await on.advanceTo(new Date((await on.now()).getTime() + 31 * 60_000).toISOString());
  expect((await desk.send('GET', `/cases/${filed.id}`)).status).toBe(404);
});

test('[2.2.6] death closes the running case without a use, ends her sessions, and no message goes to her any more', async () => {
  const { persona, ids } = await newMember(on, 'died');
  const { player, id } = await playToBooked(on, 'died', ids, {
    visitAt: '2026-07-09T09:30:00+08:00',
    answerBy: '2026-07-03T18:00:00+08:00',
  });
  await inboxOf(on, player);
  const provider = await on.as('provider');
  expect(
    (
      await provider.send('POST', `/persons/${ids.personId}/death`, {
        diedOn: '2026-07-02',
        evidence: 'hospital-notice',
        caseId: id,
      })
    ).status,
  ).toBe(403);
  const manager = await on.as('manager');
  expect(
    (
      await manager.send('POST', `/persons/${ids.personId}/death`, {
        diedOn: '2026-07-02',
        evidence: 'hearsay',
        caseId: id,
      })
    ).status,
  ).toBe(400);
  expect(
    (
      await manager.send('POST', `/persons/${ids.personId}/death`, {
        diedOn: '2026-07-09',
        evidence: 'hospital-notice',
        caseId: id,
      })
    ).status,
  ).toBe(422);
  expect(
    (
      await manager.send('POST', `/persons/${ids.personId}/death`, {
        diedOn: '2026-07-02',
        evidence: 'hospital-notice',
      })
    ).status,
  ).toBe(404);
  const messages = async () =>
    (await manager.must<{ items: { to: string }[] }>('GET', '/sandbox/messages?limit=100')).items.filter(
      ({ to }) => to === persona.phone || to === persona.name,
    ).length;
  const before = await messages();
  await manager.must('POST', `/persons/${ids.personId}/death`, {
    diedOn: '2026-07-02',
    evidence: 'hospital-notice',
    caseId: id,
  });
  const closed = await manager.case(id);
  expect(closed).toMatchObject({ state: 'closed-died', use: { state: 'released', cause: 'died' } });
  expect(closed.clocks.filter(({ promise }) => promise === 'visit').map(({ state }) => state)).toEqual(['void']);
  expect((await player.send('GET', '/session')).status).toBe(401);
  await on.advanceTo('2026-07-09T12:00:00+08:00');
  expect(await messages()).toBe(before);
  const auditor = await on.as('auditor');
  const { items } = await auditor.must<{ items: { action: string; actor: string; details: { value: string }[] }[] }>(
    'GET',
    `/audit?person=${ids.personId}&action=person.died`,
  );
  expect(items).toHaveLength(1);
  expect(JSON.stringify(items[0])).toContain('hospital-notice');
});

test('[2.2.6] two channels at once: the second is told that a request is open, one case comes of it; a replayed key is answered as the first time', async () => {
  const { persona, ids } = await newMember(on, 'twice');
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const player = await on.as('twice');
  const body = await requestBody(on, player, ids);
  const hotline = await requestBody(on, desk, ids);
  const headers = { 'idempotency-key': 'the-same-tap' };
  const [tap, again, call] = await Promise.all([
    player.send('POST', '/cases', body, headers),
    player.send('POST', '/cases', body, headers),
    desk.send('POST', '/cases', hotline),
  ]);
  const made = [tap, again, call].filter(({ status }) => status === 201);
  expect(tap).toEqual(again);
  expect(new Set(made.map(({ body: one }) => (one as { id: string }).id)).size).toBe(1);
  const refused = tap.status === 409 ? tap : call;
  expect((refused.body as { reasons: { rule: string; clause: string }[] }).reasons).toContainEqual(
    expect.objectContaining({ rule: 'held-by-open-case', clause: '2.2.6' }),
  );
  expect((await player.must<{ items: unknown[] }>('GET', '/cases')).items).toHaveLength(1);
  expect(
    (await player.send('POST', '/cases', { ...body, form: { ...(body.form as object), wishedTimes: '下午' } }, headers))
      .status,
  ).toBe(422);
});

test('[2.2.9] withdrawing and accepting in the same second: one commits, the other learns the true state', async () => {
  const { ids } = await newMember(on, 'same-second');
  const { player, id } = await ask(on, 'same-second', ids);
  await playToOffer(on, id, { visitAt: '2026-07-16T09:30:00+08:00', answerBy: '2026-07-14T18:00:00+08:00' });
  const { version } = await player.case(id);
  const answers = await Promise.all(
    ['acceptOffer', 'withdraw'].map((type) => player.send('POST', `/cases/${id}/events`, { type, version })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const lost = answers.find(({ status }) => status === 409)!.body as {
    code: string;
    version: number;
    allowed: { type: string; warning?: string }[];
  };
  expect(lost).toMatchObject({ code: 'stale', version: version + 1 });
  const now = await player.case(id);
  expect(lost.allowed.map(({ type }) => type)).toEqual(now.allowed.map(({ type }) => type));
  expect(['booked', 'closed-withdrawn']).toContain(now.state);
});
