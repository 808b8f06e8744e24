import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeDecision } from '#server/cases/decide-now.ts';
import { findPolicy, loadQuestion } from '#server/cases/question.ts';
import { type Ground, NOW, openGround } from '#server/operations/ground.test-helper.ts';
import type { Actor } from '#server/platform/context.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());

/** A refusal of the outpatient service: diagnosed on a day within the waiting period. */
async function refuse(
  more: { by?: string; takenBy?: 'rules' | 'person'; caseId?: string; diagnosedOn?: string; at?: Date } = {},
): Promise<string> {
  const { ctx, accounts, personId, policyId } = ground;
  const policy = (await findPolicy(ctx.pool, ctx, policyId))!;
  const question = await loadQuestion(ctx.pool, ctx, {
    policy,
    personId,
    service: 'outpatient-access',
    act: 'use',
    at: more.at ?? NOW,
    channel: 'portal',
    relation: 'self',
    proofs: [],
    illness: {
      kind: 'critical-illness',
      onsetOn: '2026-09-10',
      diagnosedOn: more.diagnosedOn ?? '2026-07-10',
      first: true,
      preExisting: false,
      hospital: null,
    },
  });
  const actor: Actor = {
    accountId: more.by ?? accounts.member!,
    role: 'member',
    roles: [],
    personId,
    provider: null,
    name: '',
  };
  const taken = await takeDecision(ctx.pool, ctx, actor, question, {
    policyId,
    personId,
    caseId: more.caseId ?? null,
    takenBy: more.takenBy ?? 'rules',
  });
  return taken.id;
}

test('[2.2.5] a refusal is shown as it was decided: reasons, inputs, edition, and what else she may use', async () => {
  const id = await refuse();
  const member = await ground.as('member');
  const seen = (await member.send('GET', `/api/decisions/${id}`)).json();
  expect(seen).toMatchObject({
    id,
    outcome: 'refused',
    edition: '2024-05-23',
    remaining: 1,
    clocks: [],
    appeal: null,
    hotline: '400-666-0123',
    at: '2026-11-18T10:00:00+08:00',
  });
  expect(seen.reasons).toMatchObject([{ rule: 'ill-in-waiting-period', clause: '2.2.5', printed: '二（二）5' }]);
  expect(seen.inputs).toMatchObject({
    at: '2026-11-18T10:00:00+08:00',
    illness: { diagnosedOn: '2026-07-10' },
    policy: { status: [{ state: 'in-force' }] },
  });
  const others = seen.alternatives.map(({ service }: { service: string }) => service);
  expect(others).toContain('video-consultation');
  expect(others).not.toContain('outpatient-access');
  expect(seen.alternatives[0].name).toBe('视频问诊');
});

test("somebody else's decision does not exist; the desk needs a check first", async () => {
  const id = await refuse();
  const stranger = await ground.addPerson({ name: '王生', idNumber: '110101198002034528', phone: '13800000002' });
  await ground.addAccount({
    kind: 'member',
    personId: stranger,
    roles: ['member'],
    sandbox: { key: 'stranger', situation: '', group: '' },
  });
  await ground.addAccount({
    kind: 'staff',
    name: 'desk',
    email: 'desk@example.com',
    roles: ['service-desk'],
    sandbox: { key: 'desk', situation: '', group: '' },
  });
  for (const key of ['stranger', 'desk']) {
    const browser = await ground.as(key);
    expect((await browser.send('GET', `/api/decisions/${id}`)).statusCode).toBe(404);
    expect((await browser.send('POST', `/api/decisions/${id}/appeal`, { text: '请重新看看' })).statusCode).toBe(404);
  }
});

test('an appeal is filed once, due in 15 calendar days, and answered by somebody who had no part in it', async () => {
  const id = await refuse();
  const [member, reviewer] = [await ground.as('member'), await ground.as('reviewer')];
  const filed = (
    await member.send('POST', `/api/decisions/${id}/appeal`, { text: '确诊日期在等待期之后，请重新看' })
  ).json();
  expect(filed.appeal).toMatchObject({ state: 'open', answer: null, due: '2026-12-04T00:00:00+08:00' });
  expect((await member.send('POST', `/api/decisions/${id}/appeal`, { text: '再申诉一次，请看' })).json()).toMatchObject(
    { status: 409, code: 'conflict' },
  );

  const waiting = (await reviewer.send('GET', '/api/appeals')).json().items;
  expect(waiting).toMatchObject([
    {
      decisionId: id,
      person: '林**',
      serviceName: '重疾门诊绿通',
      decidedBy: '系统按规则',
      mayAnswer: true,
      caseId: null,
    },
  ]);
  const answer = { verdict: 'overturned', answer: '病理报告日期在等待期之后，原决定不成立' };
  expect((await reviewer.send('POST', `/api/appeals/${waiting[0].id}/answer`, answer)).json()).toMatchObject({
    state: 'overturned',
    answer: answer.answer,
    mayAnswer: false,
  });
  expect((await reviewer.send('POST', `/api/appeals/${waiting[0].id}/answer`, answer)).json()).toMatchObject({
    status: 409,
    code: 'conflict',
  });
  expect((await member.send('GET', `/api/decisions/${id}`)).json().appeal).toMatchObject({
    state: 'overturned',
    answer: answer.answer,
  });
  const { rows } = await ground.database.owner.query(
    `select template, params from yilu.outbox where template like 'appeal-%' order by created_at, template desc`,
  );
  expect(rows).toMatchObject([
    { template: 'appeal-received', params: { due: '2026-12-03T16:00:00.000Z', decision: id } },
    { template: 'appeal-answered', params: { verdict: 'overturned' } },
  ]);
});

test('whoever took the decision neither sees its appeal as a reviewer nor answers it', async () => {
  const caseId = await ground.addCase({
    number: 'MZ-261118-2001',
    final: true,
    openedAt: new Date('2026-11-10T02:00:00Z'),
  });
  const id = await refuse({ by: ground.accounts.reviewer!, takenBy: 'person', caseId });
  const [member, reviewer, supervisor] = [
    await ground.as('member'),
    await ground.as('reviewer'),
    await ground.as('supervisor'),
  ];
  await member.send('POST', `/api/decisions/${id}/appeal`, { text: '请换一位同事看' });
  expect(
    (await reviewer.send('GET', '/api/appeals'))
      .json()
      .items.filter((row: { decisionId: string }) => row.decisionId === id),
  ).toEqual([]);
  const row = (await supervisor.send('GET', '/api/appeals'))
    .json()
    .items.find((one: { decisionId: string }) => one.decisionId === id);
  expect(row).toMatchObject({ caseNumber: 'MZ-261118-2001', decidedBy: 'reviewer', mayAnswer: true });
  const answer = { verdict: 'upheld', answer: '看过全部材料，维持原决定' };
  expect((await reviewer.send('POST', `/api/appeals/${row.id}/answer`, answer)).json()).toMatchObject({
    status: 409,
    code: 'same-person',
  });
  expect((await supervisor.send('POST', `/api/appeals/${row.id}/answer`, answer)).json()).toMatchObject({
    state: 'upheld',
  });
});

test('a granted request is appealed only once its case is closed; the case is found by the moment of the request', async () => {
  const openedAt = new Date('2026-11-12T03:00:00Z');
  const id = await refuse({ diagnosedOn: '2026-10-10', at: openedAt });
  const caseId = await ground.addCase({ number: 'MZ-261118-2002', openedAt });
  const member = await ground.as('member');
  expect((await member.send('GET', `/api/decisions/${id}`)).json()).toMatchObject({
    outcome: 'granted',
    caseId,
    alternatives: [],
  });
  expect((await member.send('POST', `/api/decisions/${id}/appeal`, { text: '为什么还没有办' })).json()).toMatchObject({
    status: 409,
    code: 'not-possible-now',
  });
  await ground.database.owner.query('update yilu.cases set final = true where id = $1', [caseId]);
  expect(
    (await member.send('POST', `/api/decisions/${id}/appeal`, { text: '不应该计为使用一次' })).json().appeal,
  ).toMatchObject({ state: 'open' });
});

test('the texts of appeals lie sealed, and every reading is in the audit', async () => {
  const { rows } = await ground.database.owner.query('select sealed from yilu.appeals');
  expect(rows.length).toBeGreaterThan(0);
  for (const { sealed } of rows) expect(sealed.toString('utf8')).not.toContain('请');
  const { rows: audit } = await ground.database.owner.query(
    `select distinct action from yilu.audit where action like 'appeal.%' or action like 'decision.%' order by action`,
  );
  expect(audit.map(({ action }) => action)).toEqual([
    'appeal.answered',
    'appeal.filed',
    'appeal.listed',
    'decision.read',
  ]);
});
