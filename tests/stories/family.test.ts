/** Who acts for whom, and what the other may not see. Over 300 lines: stories of their own on one ground. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Persona } from '#server/sandbox/people.ts';
import { type Player, passCheck } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { ask, type Ids, playToOffer, requestBody } from './outpatient.ts';
import { codeOf, inboxOf, newMember, openMinorFor, someone } from './steps.ts';

type Card = {
  service: string;
  person: { id: string };
  remaining: number | null;
  limitedView: boolean;
  openCaseId: string | null;
  reasons: { rule: string }[];
};
let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

/** A husband who holds the policy on which his wife is insured. */
async function couple(
  name: string,
): Promise<{ husband: Player; wife: Player; ids: Ids; husbandIds: Ids; persona: Persona; husbandPersona: Persona }> {
  const husbandPersona = someone(`${name}-husband`, { sex: 'M' });
  const persona = someone(`${name}-wife`, { holder: `${name}-husband` });
  const found = await on.people([husbandPersona, persona]);
  return {
    husband: await on.as(`${name}-husband`),
    wife: await on.as(`${name}-wife`),
    ids: found.get(`${name}-wife`)!,
    husbandIds: found.get(`${name}-husband`)!,
    persona,
    husbandPersona,
  };
}
/** What a policyholder files for his wife: no papers of hers, no consent in her name. */
const forHer = async (husband: Player, ids: Ids, change: Record<string, unknown> = {}) => {
  const body = await requestBody(on, husband, ids, { without: ['diagnosis', 'pathology'] });
  return { ...body, applicant: { relation: 'policyholder' }, consents: [], papers: [], ...change };
};

test('[contract 3] filed for a capable adult it waits for her own consent: nothing is held, no clock runs; her consent decides it in full and starts the clocks', async () => {
  const { husband, wife, ids } = await couple('consents');
  const created = await husband.request(await forHer(husband, ids));
  const id = created.id;
  expect(created).toMatchObject({ state: 'awaiting-own-consent', use: { state: 'none' }, clocks: [] });
  expect(created.use.remaining).toBeNull();
  expect((await inboxOf(on, wife)).some(({ caseId, subject }) => caseId === id && subject.includes('本人同意'))).toBe(
    true,
  );
  expect(
    (await husband.send('POST', `/cases/${id}/events`, { type: 'giveOwnConsent', version: created.version })).status,
  ).toBe(409);
  await on.advanceTo('2026-07-02T15:00:00+08:00');
  const agreed = await wife.event(id, 'giveOwnConsent');
  expect(agreed).toMatchObject({ state: 'awaiting-papers', use: { state: 'held' }, decision: { outcome: 'granted' } });
  expect(agreed.clocks.find(({ promise }) => promise === 'booking-result')).toMatchObject({
    startedAt: expect.stringMatching(/^2026-07-02T15:00/),
    firstDue: '2026-07-06T18:00:00+08:00',
  });
  // From her decision on it is hers alone.
  expect((await husband.send('GET', `/cases/${id}`)).status).toBe(404);
  expect((await husband.must<{ items: { id: string }[] }>('GET', '/cases')).items.map((one) => one.id)).not.toContain(
    id,
  );
  const cards = (await husband.must<{ items: Card[] }>('GET', '/benefits')).items.filter(
    ({ service, person }) => service === 'outpatient-access' && person.id === ids.personId,
  );
  expect(cards[0]).toMatchObject({ limitedView: true, remaining: null, openCaseId: null });
  expect((await inboxOf(on, husband)).every(({ caseId }) => caseId !== id)).toBe(true);
  expect((await husband.send('GET', `/papers?personId=${ids.personId}`)).status).toBe(404);
  expect((await husband.send('GET', `/consents?personId=${ids.personId}`)).status).toBe(404);
  expect((await husband.send('GET', `/decisions/${agreed.decision!.id}`)).status).toBe(404);
});

test('[contract 3] she does not agree: closed, nothing was ever held', async () => {
  const { husband, wife, ids } = await couple('declines');
  const filed = await husband.request(await forHer(husband, ids));
  expect(await wife.event(filed.id, 'declineOwnConsent')).toMatchObject({
    state: 'closed-withdrawn',
    use: { state: 'none' },
    clocks: [],
  });
  expect((await husband.send('GET', `/cases/${filed.id}`)).status).toBe(404);
});

test('[contract 3] what the decision knows of her illness and uses is told to her, not to who filed: he gets 201, she gets the refusal', async () => {
  const { husband, wife, ids } = await couple('used');
  const { id } = await ask(on, 'used-wife', ids);
  const second = await husband.send('POST', '/cases', await forHer(husband, ids));
  expect(second.status).toBe(201);
  expect(JSON.stringify(second.body)).not.toMatch(/held-by-open-case|used-up/);
  const filed = (second.body as { id: string }).id;
  const refused = await wife.event(filed, 'giveOwnConsent');
  expect(refused).toMatchObject({
    state: 'closed-refused',
    decision: {
      outcome: 'refused',
      reasons: [expect.objectContaining({ rule: 'held-by-open-case', clause: '2.2.6' })],
    },
  });
  expect((await wife.case(id)).state).toBe('reviewing');
  // A rule outside illness and use refuses at once, also him.
  const early = someone('early-wife', { holder: 'early-husband', waitingEndsOn: '2026-08-29' });
  const found = await on.people([someone('early-husband', { sex: 'M' }), early]);
  const other = await on.as('early-husband');
  const waiting = await other.send('POST', '/cases', await forHer(other, found.get('early-wife')!));
  expect([waiting.status, (waiting.body as { reasons: { rule: string }[] }).reasons.map(({ rule }) => rule)]).toEqual([
    409,
    ['in-waiting-period'],
  ]);
});

test('[2.6.5.1.2] a guardian applies for a minor with both proofs, and is told and may act; without them the request is refused', async () => {
  const mother = someone('mother');
  const child = someone('child', { bornOn: '2015-05-05', holder: 'mother', noAccount: true });
  const ids = (await on.people([mother, child])).get('child')!;
  const player = await on.as('mother');
  const plain = await requestBody(on, player, ids);
  const withoutProof = await player.send('POST', '/cases', {
    ...plain,
    applicant: { relation: 'guardian', proofs: [] },
  });
  expect((withoutProof.body as { reasons: { rule: string; clause: string }[] }).reasons).toContainEqual(
    expect.objectContaining({ rule: 'guardian-needed', clause: '2.6.5.1.2' }),
  );
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await player.upload(ids.personId, kind, on.picture) });
  const filed = await player.request({ ...plain, applicant: { relation: 'guardian', proofs } });
  expect(filed).toMatchObject({ state: 'reviewing', use: { state: 'held' } });
  await openMinorFor(on, ['reviewer', 'manager'], { personId: ids.personId, caseId: filed.id });
  await playToOffer(on, filed.id, { visitAt: '2026-07-14T09:30:00+08:00', answerBy: '2026-07-08T18:00:00+08:00' });
  expect((await inboxOf(on, player)).filter(({ caseId }) => caseId === filed.id).length).toBeGreaterThan(0);
  expect((await player.event(filed.id, 'acceptOffer')).state).toBe('booked');
});

test('[2.6.5.1.2] proofs that were verified once are accepted in the next case; a diagnosis is not', async () => {
  const mother = someone('proof-mother');
  const child = someone('proof-child', { bornOn: '2015-05-05', holder: 'proof-mother', noAccount: true });
  const ids = (await on.people([mother, child])).get('proof-child')!;
  const player = await on.as('proof-mother');
  const plain = await requestBody(on, player, ids);
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await player.upload(ids.personId, kind, on.picture) });
  const first = await player.request({ ...plain, applicant: { relation: 'guardian', proofs } });
  await openMinorFor(on, ['reviewer'], { personId: ids.personId, caseId: first.id });
  const reviewer = await on.as('reviewer');
  for (const { paperId } of proofs)
    await reviewer.event(first.id, 'judgePaper', { paper: paperId, verdict: 'accepted' });
  const { papers } = plain as { papers: { kind: string; paperId: string }[] };
  for (const { paperId } of papers)
    await reviewer.event(first.id, 'judgePaper', { paper: paperId, verdict: 'accepted' });
  const form = await player.form('inpatient-access', ids.policyId, ids.personId);
  const second = await player.request({
    ...plain,
    service: 'inpatient-access',
    consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
    applicant: { relation: 'guardian', proofs },
  });
  const verdicts = Object.fromEntries(
    second.papers.flatMap((need) => need.papers.map(({ verdict }) => [need.kind, verdict])),
  );
  expect(verdicts).toMatchObject({
    guardianship: 'accepted',
    minority: 'accepted',
    diagnosis: 'received',
    pathology: 'received',
  });
});

test('[2.6.5.1.2] the insured who reaches 18 takes over: the guardian may act no more, both are told, the case goes on', async () => {
  const father = someone('age-father', { sex: 'M' });
  const child = someone('age-child', { bornOn: '2008-07-03', holder: 'age-father' });
  const ids = (await on.people([father, child])).get('age-child')!;
  const player = await on.as('age-father');
  const plain = await requestBody(on, player, ids);
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await player.upload(ids.personId, kind, on.picture) });
  const { id } = await player.request({ ...plain, applicant: { relation: 'guardian', proofs } });
  expect((await player.case(id)).allowed.map(({ type }) => type)).toContain('withdraw');
  await on.advanceTo('2026-07-03T09:00:00+08:00');
  expect(codeOf(await player.send('GET', `/cases/${id}`))).toBe('404 not-found');
  expect((await inboxOf(on, player)).some(({ subject }) => subject.includes('18 周岁'))).toBe(true);
  const grown = await on.as('age-child');
  expect((await grown.case(id)).allowed.map(({ type }) => type)).toContain('withdraw');
  expect((await inboxOf(on, grown)).some(({ subject, caseId }) => subject.includes('18 周岁') && caseId === id)).toBe(
    true,
  );
});

test('[contract 3] a delegation lets her husband file and follow in her place, in that matter; taken back it ends at once', async () => {
  const { husband, wife, ids, husbandPersona } = await couple('delegates');
  const wrong = await wife.send('POST', '/delegations', {
    toPhone: husbandPersona.phone,
    toName: '别人',
    matter: 'outpatient-access',
    until: '2026-12-31',
  });
  expect(wrong.status).toBeGreaterThanOrEqual(400);
  const given = await wife.must<{ id: string }>('POST', '/delegations', {
    toPhone: husbandPersona.phone,
    toName: husbandPersona.name,
    matter: 'outpatient-access',
    until: '2026-12-31',
  });
  const filed = await husband.request({
    ...(await requestBody(on, husband, ids)),
    applicant: { relation: 'policyholder' },
  });
  expect(filed).toMatchObject({ state: 'reviewing', use: { state: 'held' } });
  expect((await husband.send('GET', `/cases/${filed.id}`)).status).toBe(200);
  expect((await wife.send('GET', `/cases/${filed.id}`)).status).toBe(200);
  await wife.must('DELETE', `/delegations/${given.id}`);
  expect((await husband.send('GET', `/cases/${filed.id}`)).status).toBe(404);
  expect(
    codeOf(await husband.send('POST', `/cases/${filed.id}/events`, { type: 'withdraw', version: filed.version })),
  ).toBe('404 not-found');
});

test('[contract 3] a delegation in another matter, or until yesterday, opens nothing', async () => {
  const { husband, wife, ids, husbandPersona } = await couple('other-matter');
  const { id } = await ask(on, 'other-matter-wife', ids);
  const to = { toPhone: husbandPersona.phone, toName: husbandPersona.name };
  await wife.must('POST', '/delegations', { ...to, matter: 'gene-test', until: '2026-12-31' });
  expect((await husband.send('GET', `/cases/${id}`)).status).toBe(404);
  await wife.must('POST', '/delegations', { ...to, matter: 'outpatient-access', until: '2026-07-03' });
  expect((await husband.send('GET', `/cases/${id}`)).status).toBe(200);
  await on.advanceTo('2026-07-04T00:00:01+08:00');
  expect((await husband.send('GET', `/cases/${id}`)).status).toBe(404);
});

test('[S.2] an agent with her authorisation is taken down by the desk and waits for her own consent; without authorisation he is refused', async () => {
  const { persona, ids } = await newMember(on, 'represented');
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const body = await requestBody(on, desk, ids);
  const agent = { relation: 'agent', name: '示例受托人', phone: '19900008888' };
  const refused = await desk.send('POST', '/cases', { ...body, applicant: { ...agent, proofs: [] }, consents: [] });
  expect((refused.body as { reasons: { rule: string }[] }).reasons.map(({ rule }) => rule)).toContain(
    'applicant-not-entitled',
  );
  const proofs = [{ kind: 'authorisation', paperId: await desk.upload(ids.personId, 'authorisation', on.picture) }];
  const filed = await desk.request({ ...body, applicant: { ...agent, proofs }, consents: [] });
  expect(filed).toMatchObject({ state: 'awaiting-own-consent', use: { state: 'none' } });
  const agreed = await (await on.as('represented')).event(filed.id, 'giveOwnConsent');
  // The identity document of an agent's request is still missing, and is asked for in the same step.
  expect(agreed).toMatchObject({ state: 'awaiting-papers', use: { state: 'held' } });
  expect(agreed.papers.filter(({ missing }) => missing).map(({ kind }) => kind)).toEqual(['identity']);
});

test('[2.6.5.1.2] for an adult without capacity her guardian applies with proof of it, once the ruling is on file; she is asked for nothing', async () => {
  const { husband, ids } = await couple('incapable');
  const reviewer = await on.as('reviewer');
  await reviewer.must('POST', `/persons/${ids.personId}/capacity`, {
    value: 'none',
    from: '2026-06-01',
    evidence: 'court-ruling',
  });
  const body = await requestBody(on, husband, ids);
  const asHolder = await husband.send('POST', '/cases', { ...body, applicant: { relation: 'policyholder' } });
  expect((asHolder.body as { reasons: { rule: string }[] }).reasons.map(({ rule }) => rule)).toContain(
    'guardian-needed',
  );
  const proofs = [];
  for (const kind of ['guardianship', 'incapacity'])
    proofs.push({ kind, paperId: await husband.upload(ids.personId, kind, on.picture) });
  const filed = await husband.request({ ...body, applicant: { relation: 'guardian', proofs } });
  expect(filed).toMatchObject({ use: { state: 'held' } });
  expect(filed.state).not.toBe('awaiting-own-consent');
});

type Tie = { person: { id: string }; as: string; until: string | null; delegationId: string | null; canAsk: boolean };
type Family = Record<'actsFor' | 'actsForMe', Tie[]> & { ended: unknown[] };
const familyOf = (player: Player) => player.must<Family>('GET', '/family');
const shown = (ties: Tie[]) => ties.map(({ person, as, until, canAsk }) => [person.id, as, until, canAsk]);

test('[S.2, 2.6.5.1.2] the page of the family says who acts for whom, as what and until when; who is asked decides', async () => {
  const { husband, wife, ids, husbandIds, husbandPersona } = await couple('page');
  const child = someone('page-child', { holder: 'page-husband', bornOn: '2012-08-08' });
  const childId = (await on.people([{ ...husbandPersona, noAccount: true }, child])).get('page-child')!.personId;
  expect(shown((await familyOf(husband)).actsFor)).toEqual(
    expect.arrayContaining([
      [ids.personId, 'policyholder', null, true],
      [childId, 'guardian', '2030-08-07', false],
    ]),
  );
  expect(shown((await familyOf(wife)).actsForMe)).toEqual([[husbandIds.personId, 'policyholder', null, false]]);

  const ask = (personId: string, matter = 'all') => husband.send('POST', '/family/asks', { personId, matter });
  expect((await ask(ids.personId)).status).toBe(204);
  expect((await ask(ids.personId)).status).toBe(204);
  expect((await inboxOf(on, wife)).filter(({ subject }) => subject.includes('请您授权代办'))).toHaveLength(1);
  expect(codeOf(await ask(childId))).toBe('404 not-found');
  expect(codeOf(await ask(ids.personId, 'no-such-service'))).toMatch(/not-acceptable/);

  await wife.must('POST', '/delegations', {
    toPhone: husbandPersona.phone,
    toName: husbandPersona.name,
    matter: 'all',
    until: '2026-12-01',
  });
  const [named] = (await familyOf(husband)).actsFor;
  expect(named).toMatchObject({ as: 'delegate', until: '2026-12-01', delegationId: expect.any(String) });
  expect((await familyOf(husband)).actsFor.filter(({ canAsk }) => canAsk)).toEqual([]);
  expect((await husband.send('DELETE', `/delegations/${named!.delegationId}`)).status).toBe(204);
  expect(await familyOf(wife)).toMatchObject({ actsForMe: [{ as: 'policyholder' }], ended: [{ matter: 'all' }] });
});
