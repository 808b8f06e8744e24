/** Who may have a gene test, what it costs, and what a policy, a consent or a death does to one under way. Over 300 lines: one application, one sequence of time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passCheck } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import {
  agreeToLaboratory,
  assess,
  collect,
  fileTest,
  playToPickUp,
  playToSignature,
  sign,
  takeIn,
  testRequest,
} from './gene-test.ts';
import { accept, ask, verify } from './outpatient.ts';
import { catchUp, codeOf, handIn, inboxOf, newMember, policyBecomes, someone, tryEvent, warningOf } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

type Reason = { rule: string; clause: string };
type Consent = { id: string; recipient: string; caseId: string };
const reasonsOf = (answer: { body: unknown }): Reason[] =>
  (answer.body as { reasons: Reason[] }).reasons.map(({ rule, clause }) => ({ rule, clause }));
const consentTo = async (player: Awaited<ReturnType<TestApp['as']>>, id: string, to: string): Promise<Consent> =>
  (await player.must<{ items: Consent[] }>('GET', '/consents?limit=100')).items.find(
    ({ caseId, recipient }) => caseId === id && recipient === to,
  )!;

test('[2.4.6] the portal shows the service, its rules, its papers and the number, refuses a request there, and follows the case once it exists', async () => {
  const { persona, ids } = await newMember(on, 'portal');
  const player = await on.as('portal');
  type Card = { service: string; channels: string[]; notices: unknown[]; policyId: string };
  const card = (await player.must<{ items: Card[] }>('GET', '/benefits')).items.find(
    ({ service }) => service === 'gene-test',
  )!;
  expect(card).toMatchObject({ channels: ['hotline'] });
  expect(card.notices.length).toBeGreaterThan(5);
  const form = await player.form('gene-test', ids.policyId, ids.personId);
  expect(form.papers.filter(({ required }) => required).map(({ kind }) => kind)).toEqual(['diagnosis', 'pathology']);
  expect(form.consents.map(({ recipient }) => recipient)).toEqual(['shangyong']);
  const refused = await player.send('POST', '/cases', await testRequest(on, player, ids));
  expect([refused.status, reasonsOf(refused)]).toEqual([409, [{ rule: 'channel-not-offered', clause: '2.4.6' }]]);
  const { id } = await fileTest(on, persona, ids);
  expect((await player.case(id)).number).toMatch(/^JY/);
  expect((await player.must<{ items: { id: string }[] }>('GET', '/cases')).items.map((one) => one.id)).toContain(id);
});

test('[2.4.3] a tumour diagnosed on the last day of the waiting period bars the test for good, with the clause; what only began inside it is judged by a person', async () => {
  const { persona, ids } = await newMember(on, 'waiting');
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const inside = await testRequest(on, desk, ids, {
    illness: { diagnosedOn: '2026-04-09', firstSymptomOn: '2026-03-20', firstVisitOn: '2026-04-01' },
  });
  expect(reasonsOf(await desk.send('POST', '/cases', inside))).toContainEqual({
    rule: 'ill-in-waiting-period',
    clause: '2.4.3',
  });
  const nodule = await newMember(on, 'nodule');
  const { id } = await fileTest(on, nodule.persona, nodule.ids, {
    illness: {
      firstAbnormalOn: '2026-03-20',
      firstSymptomOn: undefined,
      firstVisitOn: '2026-04-15',
      diagnosedOn: '2026-05-10',
    },
  });
  const reviewer = await on.as('reviewer');
  expect((await reviewer.case(id)).attention).toContain('review-by-rule');
  // The pathology says that the diagnosis itself fell inside: refused, kept as a bar, and a later tumour is refused too.
  await verify(on, id, { diagnosedOn: '2026-04-09', firstSymptomOn: '2026-03-20', firstVisitOn: '2026-04-01' });
  await reviewer.event(id, 'refuseRequest', { rule: 'ill-in-waiting-period', text: '病理报告日期在等待期内' });
  const again = await on.as('desk');
  await passCheck(again, nodule.persona, nodule.ids.personId);
  const later = await again.send(
    'POST',
    '/cases',
    await testRequest(on, again, nodule.ids, { illness: { diagnosedOn: '2026-06-20' } }),
  );
  expect(reasonsOf(later)).toContainEqual({ rule: 'ill-in-waiting-period', clause: '2.4.3' });
});

test('[2.4.2][N.3] a mild tumour goes to a person, who may find that the terms leave it out; another critical illness is refused', async () => {
  const { persona, ids } = await newMember(on, 'mild');
  const { id } = await fileTest(on, persona, ids, { illness: { code: 'malignant-tumour-mild' } });
  const reviewer = await on.as('reviewer');
  expect((await reviewer.case(id)).state).toBe('reviewing');
  expect(
    await reviewer.event(id, 'refuseRequest', { rule: 'wrong-illness', text: '这份病理是轻度，本产品条款不含' }),
  ).toMatchObject({ state: 'closed-refused', use: { state: 'released', cause: 'refused' } });
  const other = await newMember(on, 'infarction');
  const desk = await on.as('desk');
  await passCheck(desk, other.persona, other.ids.personId);
  const body = await testRequest(on, desk, other.ids, { illness: { code: 'acute-myocardial-infarction' } });
  expect(reasonsOf(await desk.send('POST', '/cases', body)).map(({ rule }) => rule)).toContain('wrong-illness');
});

test('[2.4.4] outpatient visit and gene test run at once for one illness; a second illness after the use is spent is refused with the clause', async () => {
  const one = await newMember(on, 'both');
  const visit = await ask(on, 'both', one.ids);
  const { id } = await playToPickUp(on, one, '2026-07-02T09:00:00+08:00');
  expect((await visit.player.case(visit.id)).use.state).toBe('held');
  await on.advanceTo('2026-07-02T09:30:00+08:00');
  await collect(on, id, '2026-07-02T09:05:00+08:00');
  await takeIn(on, id);
  const desk = await on.as('desk');
  await passCheck(desk, one.persona, one.ids.personId);
  const second = await desk.send(
    'POST',
    '/cases',
    await testRequest(on, desk, one.ids, { illness: { diagnosedOn: '2026-06-28' } }),
  );
  expect(reasonsOf(second)).toContainEqual({ rule: 'used-up', clause: '2.4.4' });
  expect((await visit.player.case(visit.id)).use.state).toBe('held');
});

test('[2.4.7] before the pick-up is confirmed declining and withdrawing cost nothing; cancelled after it the use is spent, told first', async () => {
  const before = await newMember(on, 'before');
  const { id } = await fileTest(on, before.persona, before.ids);
  await playToSignature(on, id, 'before', before.ids);
  const player = await on.as('before');
  expect(await player.event(id, 'withdraw')).toMatchObject({
    use: { state: 'released', cause: 'withdrawn', remaining: 1 },
  });

  const after = await playToPickUp(on, await newMember(on, 'after'), '2026-07-06T09:00:00+08:00');
  expect(warningOf(await after.player.case(after.id), 'cancelBooking')).toBe('取样约定后取消，计为已使用 1 次。');
  expect(await after.player.event(after.id, 'cancelBooking', { why: '有事' })).toMatchObject({
    state: 'closed-cancelled',
    use: { state: 'spent', cause: 'used-by-cancel', remaining: 0 },
  });
  const changed = await playToPickUp(on, await newMember(on, 'changed'), '2026-07-06T09:00:00+08:00');
  expect(await changed.player.event(changed.id, 'changeBooking', { wish: '下午' })).toMatchObject({
    state: 'arranging-pick-up',
    use: { state: 'spent', cause: 'used-by-change' },
  });
  expect((await (await on.as('provider')).send('GET', `/cases/${changed.id}`)).status).toBe(404);
});

test('[2.4.7] a collector who does not come costs nothing; a member who is not there is judged by a person with the calls on file', async () => {
  const late = await playToPickUp(on, await newMember(on, 'collector-late'), '2026-07-06T09:00:00+08:00');
  await (await on.as('provider')).event(late.id, 'providerCancels', { why: '车辆故障' });
  expect(await late.player.case(late.id)).toMatchObject({ state: 'arranging-pick-up', use: { state: 'held' } });
  expect(warningOf(await late.player.case(late.id), 'withdraw')).toContain('不计使用');

  const away = await playToPickUp(on, await newMember(on, 'away'), '2026-07-03T09:00:00+08:00');
  const provider = await on.as('provider');
  const early = await tryEvent(provider, away.id, 'reportAbsence', { attempts: '还没到时间' });
  expect(codeOf(early)).toBe('422 not-acceptable');
  await on.advanceTo('2026-07-03T10:00:00+08:00');
  await provider.event(away.id, 'reportAbsence', { attempts: '9:10、9:30 敲门和电话均无人应' });
  expect(codeOf(await tryEvent(away.manager, away.id, 'countAbsence', { reason: '未联系' }))).toBe(
    '409 not-possible-now',
  );
  await away.manager.event(away.id, 'logCall', { outcome: 'no-answer' });
  expect(await away.manager.event(away.id, 'excuseAbsence', { reason: '当天住院' })).toMatchObject({
    use: { state: 'released', cause: 'excused' },
  });
});

test('[2.4.5][N.7] suspended before the pick-up: closed, released, and revived brings nothing back; after it operations decide; a collected sample is tested to the end', async () => {
  const one = await newMember(on, 'suspended');
  const { id } = await fileTest(on, one.persona, one.ids);
  await playToSignature(on, id, 'suspended', one.ids);
  const player = await on.as('suspended');
  await policyBecomes(on, one.persona, 'suspended', '2026-07-03T00:00:00+08:00');
  expect(await player.case(id)).toMatchObject({
    state: 'closed-policy-ended',
    use: { state: 'released', cause: 'policy-ended' },
  });
  await policyBecomes(on, one.persona, 'in-force', '2026-07-03T00:00:01+08:00');
  expect((await player.case(id)).final).toBe(true);
  const desk = await on.as('desk');
  await passCheck(desk, one.persona, one.ids.personId);
  expect(reasonsOf(await desk.send('POST', '/cases', await testRequest(on, desk, one.ids)))).toContainEqual({
    rule: 'entitlement-ended',
    clause: 'N.7',
  });

  const two = await newMember(on, 'ends-booked');
  const booked = await playToPickUp(on, two, '2026-07-07T09:00:00+08:00');
  await policyBecomes(on, two.persona, 'terminated', '2026-07-03T00:00:00+08:00');
  const operations = await on.as('operations');
  expect(await operations.case(booked.id)).toMatchObject({ state: 'policy-deciding', use: { state: 'held' } });
  expect(await operations.event(booked.id, 'decline', { reason: '合同已终止' })).toMatchObject({
    use: { state: 'released', cause: 'policy-ended' },
  });

  const three = await newMember(on, 'ends-collected');
  const collected = await playToPickUp(on, three, '2026-07-03T14:00:00+08:00');
  await on.advanceTo('2026-07-03T15:00:00+08:00');
  await collect(on, collected.id, '2026-07-03T14:05:00+08:00');
  await policyBecomes(on, three.persona, 'terminated', '2026-07-03T00:00:00+08:00');
  expect((await collected.player.case(collected.id)).state).toBe('sample-on-the-way');
  await takeIn(on, collected.id);
});

test('[2.4.1.3] papers handed in one page at a time: one list, each checked as it comes, and the review begins with the last', async () => {
  const { persona, ids } = await newMember(on, 'pages');
  const { id, state } = await fileTest(on, persona, ids, { without: ['diagnosis', 'pathology'] });
  expect(state).toBe('awaiting-papers');
  const player = await on.as('pages');
  expect((await player.case(id)).papers.filter(({ missing }) => missing).map(({ kind }) => kind)).toEqual([
    'diagnosis',
    'pathology',
  ]);
  expect((await handIn(on, player, id, ids.personId, 'diagnosis')).state).toBe('awaiting-papers');
  expect((await handIn(on, player, id, ids.personId, 'pathology')).state).toBe('reviewing');
});

test('[2.4.1.1][2.4.1.3] scenario 21: a policyholder calls for his wife: taken down, it waits for her own consent, and neither he nor her delegate signs for her', async () => {
  const husband = someone('caller-husband', { sex: 'M' });
  const wife = someone('tested-wife', { holder: 'caller-husband' });
  const found = await on.people([husband, wife]);
  const ids = found.get('tested-wife')!;
  const holder = found.get('caller-husband')!;
  const { id, state } = await fileTest(on, wife, ids, {
    applicant: { relation: 'policyholder' },
    caller: { persona: husband, personId: holder.personId },
  });
  expect(state).toBe('awaiting-own-consent');
  const [his, hers] = [await on.as('caller-husband'), await on.as('tested-wife')];
  expect((await his.send('GET', `/cases/${id}`)).status).toBe(404);
  await hers.must('POST', '/consents', {
    personId: ids.personId,
    caseId: id,
    recipient: 'shangyong',
    purpose: 'gene-test',
    textVersion: 1,
  });
  expect((await hers.event(id, 'giveOwnConsent')).state).toBe('awaiting-papers');
  for (const kind of ['diagnosis', 'pathology']) await handIn(on, hers, id, ids.personId, kind);
  await hers.must('POST', '/delegations', {
    toPhone: husband.phone,
    toName: husband.name,
    matter: 'gene-test',
    until: '2026-12-31',
  });
  await playToSignature(on, id, 'tested-wife', ids);
  expect((await his.case(id)).state).toBe('awaiting-signature');
  expect(await his.must('GET', `/cases/${id}/informed-consent`)).toMatchObject({ mine: false, signer: '受检者本人' });
  for (const [path, body] of [
    ['code', undefined],
    ['signature', { code: '123456', version: 1 }],
  ] as const)
    expect(codeOf(await his.send('POST', `/cases/${id}/informed-consent/${path}`, body))).toBe('403 not-allowed');
  expect((await hers.case(id)).state).toBe('awaiting-signature');
  await sign(on, hers, id, wife.phone);
  expect((await hers.case(id)).state).toBe('arranging-pick-up');
});

test('[2.6.5.2.3] consent to the laboratory withdrawn: sharing ends at once; before the pick-up nothing is counted, after it a person decides, in the test it stops', async () => {
  const early = await newMember(on, 'withdraws');
  const { id } = await fileTest(on, early.persona, early.ids);
  await playToSignature(on, id, 'withdraws', early.ids);
  const player = await on.as('withdraws');
  const laboratory = await on.as('laboratory');
  expect((await laboratory.send('GET', `/cases/${id}`)).status).toBe(200);
  await player.must('DELETE', `/consents/${(await consentTo(player, id, 'sample-lab')).id}`);
  expect(await player.case(id)).toMatchObject({
    state: 'closed-consent-withdrawn',
    use: { state: 'released', cause: 'consent-withdrawn' },
  });
  expect((await laboratory.send('GET', `/cases/${id}`)).status).toBe(404);
  expect((await inboxOf(on, laboratory)).some(({ caseId, body }) => caseId === id && body.includes('删除'))).toBe(true);

  const booked = await playToPickUp(on, await newMember(on, 'withdraws-booked'), '2026-07-07T09:00:00+08:00');
  await booked.player.must('DELETE', `/consents/${(await consentTo(booked.player, booked.id, 'sample-lab')).id}`);
  const supervisor = await on.as('supervisor');
  expect((await supervisor.case(booked.id)).state).toBe('consent-deciding');
  await supervisor.event(booked.id, 'releaseWithdrawnConsent', { reason: '样本未取' });

  const tested = await playToPickUp(on, await newMember(on, 'withdraws-tested'), '2026-07-03T16:00:00+08:00');
  await on.advanceTo('2026-07-03T17:00:00+08:00');
  await collect(on, tested.id, '2026-07-03T16:10:00+08:00');
  await takeIn(on, tested.id);
  await tested.player.must('DELETE', `/consents/${(await consentTo(tested.player, tested.id, 'sample-lab')).id}`);
  expect(await tested.player.case(tested.id)).toMatchObject({
    state: 'closed-consent-withdrawn',
    use: { state: 'spent', cause: 'delivered' },
  });
  expect((await laboratory.send('GET', `/cases/${tested.id}`)).status).toBe(404);
});

test('[2.4.1.3] a laboratory not consented to: nothing is shared, reminders, and the case manager may choose another or let go', async () => {
  const { persona, ids } = await newMember(on, 'no-consent');
  const { id } = await fileTest(on, persona, ids);
  await accept(on, id);
  const manager = await on.as('manager');
  await assess(manager, id);
  const player = await on.as('no-consent');
  expect(await player.case(id)).toMatchObject({ state: 'awaiting-provider-consent', turn: { who: 'member' } });
  type Form = { consents: { recipient: string }[] };
  const form = await player.must<Form>(
    'GET',
    `/services/gene-test/form?policyId=${ids.policyId}&personId=${ids.personId}&caseId=${id}`,
  );
  expect(form.consents.map(({ recipient }) => recipient)).toEqual(['shangyong', 'sample-lab']);
  expect((await (await on.as('laboratory')).send('GET', `/cases/${id}`)).status).toBe(404);
  await on.advanceTo('2026-07-07T11:00:00+08:00');
  expect(
    (await inboxOf(on, player)).filter(({ caseId, subject }) => caseId === id && subject.includes('同意')).length,
  ).toBeGreaterThanOrEqual(2);
  expect((await manager.event(id, 'takeBack', { reason: '会员想换一家' })).state).toBe('assessing');
  await assess(manager, id);
  await agreeToLaboratory(player, id, ids);
  expect((await manager.case(id)).state).toBe('explaining');
});

test('[S.2] an impostor found while the sample is on its way: stopped at once, nothing counted, the evidence stays', async () => {
  const { id } = await playToPickUp(on, await newMember(on, 'impostor'), '2026-07-08T09:00:00+08:00');
  await on.advanceTo('2026-07-08T10:00:00+08:00');
  await collect(on, id, '2026-07-08T09:05:00+08:00');
  const stopped = await (await on.as('supervisor')).event(id, 'stopImpostor', { found: '取样时证件与本人不符' });
  expect(stopped).toMatchObject({ state: 'closed-impostor', use: { state: 'released' } });
  expect(stopped.timeline.map(({ type }) => type)).toContain('collectSample');
  await catchUp(on);
});
