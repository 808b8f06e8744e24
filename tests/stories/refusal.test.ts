/** Refusals, appeals and what they leave behind, through HTTP. Over 300 lines: the stories share one application. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { ask, requestBody, verify } from './outpatient.ts';
import { codeOf, newMember, tryEvent } from './steps.ts';

type Refusal = {
  code: string;
  decisionId: string;
  reasons: { rule: string; clause: string; printed: string; effect: string; message: string }[];
};
let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

const inWaiting = { firstSymptomOn: '2026-04-01', firstVisitOn: '2026-04-03', diagnosedOn: '2026-04-09' };

test('[2.2.5] a diagnosis on the last day of the waiting period is refused for good, with rule, clause, date and appeal; services without that rule stay usable', async () => {
  const { ids } = await newMember(on, 'in-waiting');
  const player = await on.as('in-waiting');
  const refused = await player.send('POST', '/cases', await requestBody(on, player, ids, { illness: inWaiting }));
  expect(codeOf(refused)).toBe('409 refused');
  const { reasons, decisionId } = refused.body as Refusal;
  expect(reasons.map(({ rule, clause, printed }) => [rule, clause, printed])).toEqual([
    ['ill-in-waiting-period', '2.2.5', '二（二）5'],
  ]);
  expect(reasons[0]!.message).toContain('4月9日');
  expect(await player.must('GET', `/decisions/${decisionId}`)).toMatchObject({
    outcome: 'refused',
    appeal: null,
    caseId: null,
    edition: '2024-05-23',
  });
  const alternatives = (
    await player.must<{ alternatives: { service: string }[] }>('GET', `/decisions/${decisionId}`)
  ).alternatives.map(({ service }) => service);
  expect(alternatives).toEqual(expect.arrayContaining(['video-consultation', 'hospital-assist']));
  expect(alternatives).not.toContain('inpatient-access');
  // What she says herself is no verified fact: nothing bars another illness.
  const cards = (
    await player.must<{ items: { service: string; usable: boolean; remaining: number | null }[] }>('GET', '/benefits')
  ).items;
  expect(cards.find(({ service }) => service === 'outpatient-access')).toMatchObject({ usable: true, remaining: 1 });
});

test('[2.2.5] a diagnosis verified inside the waiting period is kept as a bar with its evidence, bars another illness later, and two people can correct it', async () => {
  const { ids } = await newMember(on, 'barred');
  const { player, id } = await ask(on, 'barred', ids);
  const reviewer = await verify(on, id, inWaiting);
  expect((await reviewer.case(id)).decision?.outcome).toBe('refused');
  expect(codeOf(await tryEvent(reviewer, id, 'acceptRequest'))).toBe('409 not-possible-now');
  // The rules that may be cited are chosen by their names, nobody types a code.
  const { schema } = (await reviewer.case(id)).allowed.find(({ type }) => type === 'refuseRequest')!;
  expect(schema).toMatchObject({
    properties: {
      rule: {
        enum: expect.arrayContaining(['ill-in-waiting-period', 'wrong-illness']),
        'x-labels': { 'ill-in-waiting-period': '等待期内确诊' },
      },
    },
  });
  expect(codeOf(await tryEvent(reviewer, id, 'refuseRequest', { rule: 'used-up', text: '次数已用完' }))).toBe(
    '422 not-acceptable',
  );
  const refused = await reviewer.event(id, 'refuseRequest', {
    rule: 'ill-in-waiting-period',
    text: '病理日期是 2026-04-09，在等待期内。',
  });
  expect(refused).toMatchObject({ state: 'closed-refused', use: { state: 'released', cause: 'refused' } });
  // Closed at the review: what comes after it was never reached.
  expect(refused.steps.map(({ state }) => state)).toEqual(['done', 'done', 'next', 'next', 'next', 'next']);
  expect(refused.timeline.find(({ type }) => type === 'refuseRequest')!.facts).toContainEqual({
    label: '依据的规则',
    value: '等待期内确诊',
  });
  // Another illness, diagnosed long after: barred all the same.
  const again = await requestBody(on, player, ids, {
    illness: {
      code: 'stroke-sequelae',
      firstSymptomOn: '2026-06-20',
      firstVisitOn: '2026-06-20',
      diagnosedOn: '2026-06-25',
    },
  });
  const barred = await player.send('POST', '/cases', again);
  expect((barred.body as Refusal).reasons.map(({ rule }) => rule)).toContain('ill-in-waiting-period');
  const card = async () =>
    (await player.must<{ items: { service: string; usable: boolean }[] }>('GET', '/benefits')).items.find(
      ({ service }) => service === 'outpatient-access',
    );
  expect(await card()).toMatchObject({ usable: false });
  const { approvalId } = await reviewer.must<{ approvalId: string }>('POST', `/cases/${id}/corrections`, {
    kind: 'correct-bar',
    reason: '病理日期抄错，实为 2026-05-09',
  });
  expect(await card()).toMatchObject({ usable: false });
  await (await on.as('supervisor')).must('POST', `/approvals/${approvalId}`, { approve: true });
  expect(await card()).toMatchObject({ usable: true });
  // The evidence asked for stroke differs, so papers are still missing: but nothing is refused any more.
  expect((await player.send('POST', '/cases', again)).status).toBe(201);
});

test('[2.2.5] who asked for a correction cannot approve it herself', async () => {
  const { ids } = await newMember(on, 'barred-too');
  const { id } = await ask(on, 'barred-too', ids);
  const reviewer = await verify(on, id, inWaiting);
  await reviewer.event(id, 'refuseRequest', { rule: 'ill-in-waiting-period', text: '病理日期在等待期内。' });
  const supervisor = await on.as('supervisor');
  const { approvalId } = await supervisor.must<{ approvalId: string }>('POST', `/cases/${id}/corrections`, {
    kind: 'correct-bar',
    reason: '病理日期抄错了',
  });
  expect(codeOf(await supervisor.send('POST', `/approvals/${approvalId}`, { approve: true }))).toMatch(/same-person/);
  await (await on.as('supervisor2')).must('POST', `/approvals/${approvalId}`, { approve: true });
});

test('[2.2.5] an abnormal finding inside the waiting period and the diagnosis after it: a reviewer decides, both days shown, never an automatic refusal', async () => {
  const { ids } = await newMember(on, 'nodule');
  const { player, id } = await ask(on, 'nodule', ids, {
    illness: { firstAbnormalOn: '2026-03-20', diagnosedOn: '2026-06-20' },
  });
  const filed = await player.case(id);
  expect(filed.state).toBe('reviewing');
  expect(filed.use.state).toBe('held');
  const reviewer = await on.as('reviewer');
  const seen = await reviewer.case(id);
  expect(seen.decision).toMatchObject({
    outcome: 'review',
    reasons: [{ rule: 'onset-too-early', effect: 'review', clause: '2.2.5' }],
  });
  expect(seen.decision!.reasons[0]!.message).toContain('3月20日');
  const values = seen.facts.flatMap(({ items }) => items.map(({ value }) => value));
  expect(values.some((value) => value.includes('2026年3月20日'))).toBe(true);
  expect(values.some((value) => value.includes('2026年6月20日'))).toBe(true);
  expect(seen.attention).toContain('review-by-rule');
  await verify(on, id, { firstAbnormalOn: '2026-03-20' });
  expect((await reviewer.event(id, 'acceptRequest')).state).toBe('planning');
});

test("[N.3] a mild tumour is none of the severe ones: the plan's table has a person decide, and the reviewer may refuse it as the wrong illness", async () => {
  const { ids } = await newMember(on, 'mild');
  const { id } = await ask(on, 'mild', ids, { illness: { code: 'malignant-tumour-mild' } });
  const reviewer = await verify(on, id, { illness: 'malignant-tumour-mild' });
  expect(
    await reviewer.event(id, 'refuseRequest', {
      rule: 'wrong-illness',
      text: '属于轻度，不在这项服务约定的重疾范围内。',
    }),
  ).toMatchObject({ state: 'closed-refused', use: { state: 'released', remaining: 1 } });
  expect((await ask(on, 'mild', ids)).id).not.toBe(id);
});

test('[2.2.1.1] an illness that is not critical is refused at once; one that the verified facts no longer carry is refused by the reviewer', async () => {
  const { ids } = await newMember(on, 'not-critical');
  const player = await on.as('not-critical');
  const refused = await player.send(
    'POST',
    '/cases',
    await requestBody(on, player, ids, { illness: { code: 'not-critical' } }),
  );
  expect((refused.body as Refusal).reasons.map(({ rule, clause }) => [rule, clause])).toEqual([
    ['wrong-illness', '2.2.1.1'],
  ]);
  const { id } = await ask(on, 'not-critical', ids);
  const reviewer = await verify(on, id, { first: false });
  expect((await reviewer.case(id)).decision).toMatchObject({
    outcome: 'refused',
    reasons: [{ rule: 'not-first-diagnosis' }],
  });
});

test('[2.2.4] the reviewer writes a hospital outside our lists as on the paper, its grade and ownership with the source', async () => {
  const { ids } = await newMember(on, 'unlisted-hospital');
  const { id } = await ask(on, 'unlisted-hospital', ids);
  const reviewer = await on.as('reviewer');
  const source = (await reviewer.case(id)).papers.flatMap(({ papers }) => papers)[0]!.id;
  const facts = {
    illness: 'malignant-tumour-severe',
    firstSymptomOn: '2026-06-05',
    diagnosedOn: '2026-06-20',
    first: true,
    preExisting: false,
    source,
  };
  expect(codeOf(await tryEvent(reviewer, id, 'verifyFacts', { ...facts, hospitalName: '示例县人民医院' }))).toBe(
    '422 not-acceptable',
  );
  const verified = await reviewer.event(id, 'verifyFacts', {
    ...facts,
    hospitalName: '示例县人民医院',
    hospitalGrade: 2,
    hospitalPublic: true,
    hospitalSource: '卫健委机构查询',
  });
  expect(JSON.stringify(verified.facts)).toContain('示例县人民医院');
  expect(
    codeOf(
      await tryEvent(reviewer, id, 'verifyFacts', {
        ...facts,
        source: ids.personId,
        hospitalName: '示例县人民医院',
        hospitalGrade: 2,
        hospitalPublic: true,
        hospitalSource: '卫健委机构查询',
      }),
    ),
  ).toBe('422 not-acceptable');
});

test('[2.2.5] an appeal against a refusal goes before somebody who had no part in it, and the answer reaches her', async () => {
  const { ids } = await newMember(on, 'appealing');
  const { player, id } = await ask(on, 'appealing', ids);
  const reviewer = await verify(on, id, inWaiting);
  await reviewer.event(id, 'refuseRequest', { rule: 'ill-in-waiting-period', text: '病理日期在等待期内。' });
  const closed = await player.case(id);
  expect(JSON.stringify(closed)).toContain('病理日期在等待期内。');
  const decisionId = closed.decision!.id;
  expect(closed.decision!.reasons.map(({ rule, printed }) => [rule, printed])).toEqual([
    ['ill-in-waiting-period', '二（二）5'],
  ]);
  const appealed = await player.must<{ appeal: { id: string; state: string; due: string } }>(
    'POST',
    `/decisions/${decisionId}/appeal`,
    { text: '病理报告的日期看错了，请再核对。' },
  );
  expect(appealed.appeal).toMatchObject({ state: 'open', due: expect.stringContaining('2026-07-17T00:00') });
  expect((await player.send('POST', `/decisions/${decisionId}/appeal`, { text: '再说一遍，请再核对。' })).status).toBe(
    409,
  );
  // Who decided is no desk of complaints; who is takes it, looks and answers.
  expect((await reviewer.send('GET', '/complaint-desk')).status).toBe(403);
  expect((await reviewer.must<{ appeal: { text: string } }>('GET', `/decisions/${decisionId}`)).appeal.text).toBe('');
  const handler = await on.as('complaint-handler');
  const acts = `/complaint-desk/${appealed.appeal.id}/acts`;
  await handler.must('POST', acts, { act: 'take' });
  await handler.must('POST', acts, { act: 'answer', outcome: 'overturned', text: '日期确实看错了，您可以重新申请。' });
  expect((await player.must<{ appeal: object }>('GET', `/decisions/${decisionId}`)).appeal).toMatchObject({
    state: 'overturned',
    answer: '日期确实看错了，您可以重新申请。',
  });
  // The bar that came of the refusal is lifted with it: she asks again, as the answer says.
  expect((await player.request(await requestBody(on, player, ids))).state).toBe('reviewing');
  // The other side of the same: what a stranger asks for does not exist.
  await newMember(on, 'stranger');
  expect((await (await on.as('stranger')).send('GET', `/decisions/${decisionId}`)).status).toBe(404);
});

test('[2.2.5] inside the waiting period nothing is served yet, and the card says from which day it is', async () => {
  const { ids } = await newMember(on, 'new-policy', {
    effectiveFrom: '2026-06-01',
    expiresOn: '2027-05-31',
    coolingOffEndsOn: '2026-06-16',
    waitingEndsOn: '2026-08-29',
    states: [{ state: 'in-force', from: '2026-06-01T00:00:00+08:00' }],
  });
  const player = await on.as('new-policy');
  const card = (
    await player.must<{
      items: { service: string; usable: boolean; usableFrom: string | null; reasons: { rule: string }[] }[];
    }>('GET', '/benefits')
  ).items.find(({ service }) => service === 'outpatient-access');
  expect(card).toMatchObject({ usable: false, usableFrom: '2026-08-30' });
  const refused = await player.send(
    'POST',
    '/cases',
    await requestBody(on, player, ids, {
      illness: { firstSymptomOn: '2026-06-05', firstVisitOn: '2026-06-10', diagnosedOn: '2026-06-20' },
    }),
  );
  expect((refused.body as Refusal).reasons.map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(['in-waiting-period', 'ill-in-waiting-period']),
  );
});

test('[S.2] who is neither the person nor anybody the plan names may not apply', async () => {
  const { ids } = await newMember(on, 'no-relation');
  const desk = await on.as('desk');
  expect(
    codeOf(
      await desk.send('POST', '/cases', { service: 'outpatient-access', ...ids, applicant: { relation: 'other' } }),
    ),
  ).toBe('404 not-found');
  const stranger = await on.as('stranger');
  expect(
    codeOf(
      await stranger.send('POST', '/cases', { service: 'outpatient-access', ...ids, applicant: { relation: 'other' } }),
    ),
  ).toBe('404 not-found');
});
