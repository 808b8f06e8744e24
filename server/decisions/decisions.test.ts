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
  // What comes nearest to an outpatient visit stands first.
  expect(seen.alternatives[0].name).toBe('厦门弘爱医院就医协助');
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
