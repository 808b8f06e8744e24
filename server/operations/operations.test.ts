import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPause } from '#server/cases/clock-queries.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { at, type Ground, NOW, openGround } from './ground.test-helper.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.close());

test('[2.2.1.3] running clocks come by time to breach, standing ones last, persons masked', async () => {
  const one = await ground.addCase({ number: 'MZ-261118-1001' });
  const two = await ground.addCase({ number: 'MZ-261118-1002' });
  await ground.addClock(one, 'visit', at('2026-11-17T10:00:00'), at('2026-11-26T18:00:00'));
  await ground.addClock(one, 'booking-result', at('2026-11-17T10:00:00'), at('2026-11-19T18:00:00'));
  await ground.addClock(two, 'booking-result', at('2026-11-13T10:00:00'), at('2026-11-17T18:00:00'));
  await ground.addClock(two, 'visit', at('2026-11-16T10:00:00'), at('2026-11-18T18:00:00'));
  await startPause(ground.ctx.pool, ground.ctx, uuidv7(), two, 'papers', at('2026-11-17T18:30:00'));

  const operations = await ground.as('operations');
  const first = (await operations.send('GET', '/api/clocks?limit=2')).json();
  const rest = (await operations.send('GET', `/api/clocks?limit=2&cursor=${first.next}`)).json();
  const all = [...first.items, ...rest.items];
  expect(all.map(({ caseNumber, clock }) => `${caseNumber} ${clock.promise} ${clock.state}`)).toEqual([
    'MZ-261118-1002 booking-result late',
    'MZ-261118-1001 booking-result running',
    'MZ-261118-1001 visit running',
    'MZ-261118-1002 visit standing',
  ]);
  expect(all[0]).toMatchObject({ person: '林**', turn: '服务商', serviceName: '重疾门诊绿通', pausedLate: false });
  expect(all[1].clock).toMatchObject({
    label: '告知预约结果',
    printed: '二（二）1(3)',
    left: { days: 1, minutes: 480 },
  });
  expect(rest.next).toBeNull();
  expect((await operations.send('GET', '/api/clocks?cursor=x')).json()).toMatchObject({
    status: 400,
    pointer: '/cursor',
  });
});

test('a pause that began in the last service hour before the due moment is pointed out', async () => {
  const id = await ground.addCase({ number: 'MZ-261118-1003' });
  await ground.addClock(id, 'booking-result', at('2026-11-16T10:00:00'), at('2026-11-18T18:00:00'));
  await startPause(ground.ctx.pool, ground.ctx, uuidv7(), id, 'papers', at('2026-11-18T17:20:00'));
  const rows = (await (await ground.as('supervisor')).send('GET', '/api/clocks')).json().items;
  expect(rows.find((row: { caseNumber: string }) => row.caseNumber === 'MZ-261118-1003')).toMatchObject({
    pausedLate: true,
  });
});

test('operations confirm the cause of a breach once; the provider of that case appeals it, and then it is looked at again', async () => {
  const caseId = await ground.addCase({ number: 'MZ-261118-1004', provider: 'shangyong' });
  const clock = await ground.addClock(caseId, 'booking-result', at('2026-11-12T10:00:00'), at('2026-11-16T18:00:00'));
  const id = await ground.addBreach(caseId, clock, at('2026-11-16T18:00:00'));
  const [operations, provider, other] = [
    await ground.as('operations'),
    await ground.as('provider'),
    await ground.as('other-provider'),
  ];
  const confirmed = (
    await operations.send('POST', `/api/breaches/${id}/cause`, { cause: 'provider', note: '三次催办' })
  ).json();
  expect(confirmed).toMatchObject({
    confirmedCause: 'provider',
    confirmedBy: 'operations',
    provider: '上海商涌科技有限公司',
    appeal: null,
    correction: 'none',
    clause: '二（二）1(3)',
  });
  expect((await operations.send('POST', `/api/breaches/${id}/cause`, { cause: 'hospital' })).json()).toMatchObject({
    status: 409,
    code: 'conflict',
  });

  expect((await other.send('POST', `/api/breaches/${id}/appeal`, { text: '不是我们的案件' })).statusCode).toBe(404);
  expect((await other.send('GET', '/api/breaches')).json().items).toEqual([]);
  expect((await provider.send('GET', '/api/breaches')).json().items.map((row: { id: string }) => row.id)).toEqual([id]);
  expect(
    (await provider.send('POST', `/api/breaches/${id}/appeal`, { text: '医院当天停诊，有通知' })).json(),
  ).toMatchObject({ appeal: '医院当天停诊，有通知' });
  expect((await provider.send('POST', `/api/breaches/${id}/appeal`, { text: '再说一次，医院停诊' })).statusCode).toBe(
    409,
  );
  expect((await operations.send('POST', `/api/breaches/${id}/cause`, { cause: 'hospital' })).json()).toMatchObject({
    confirmedCause: 'hospital',
    appeal: '医院当天停诊，有通知',
  });
  expect((await provider.send('POST', `/api/breaches/${id}/cause`, { cause: 'hospital' })).statusCode).toBe(403);
});

test('[2.4] two people mark a breach corrected: the asker cannot, the second can once, both moments stay', async () => {
  const caseId = await ground.addCase({ number: 'MZ-261118-1005' });
  const clock = await ground.addClock(caseId, 'booking-result', at('2026-11-12T10:00:00'), at('2026-11-16T18:00:00'));
  const id = await ground.addBreach(caseId, clock, at('2026-11-16T18:00:00'));
  const [first, second] = [await ground.as('supervisor'), await ground.as('supervisor-2')];
  const asked = { reason: '电话录音证明当天已告知', metAt: '2026-11-16T17:30:00+08:00' };
  expect(
    (await first.send('POST', `/api/breaches/${id}/correct`, { ...asked, metAt: '2026-11-16T18:30:00+08:00' })).json(),
  ).toMatchObject({ status: 422, pointer: '/metAt' });
  expect((await first.send('POST', `/api/breaches/${id}/correct`, asked)).json()).toMatchObject({
    correction: 'proposed',
  });
  expect((await second.send('POST', `/api/breaches/${id}/correct`, asked)).json()).toMatchObject({
    status: 409,
    code: 'conflict',
  });

  const waiting = (await second.send('GET', '/api/approvals')).json().items[0];
  expect(waiting).toMatchObject({
    kind: 'correct-clock',
    askedBy: 'supervisor',
    state: 'open',
    reason: asked.reason,
    caseNumber: 'MZ-261118-1005',
  });
  expect(waiting.details).toContainEqual({ label: '据证据的完成时间', value: asked.metAt });
  expect((await first.send('POST', `/api/approvals/${waiting.id}`, { approve: true })).json()).toMatchObject({
    status: 409,
    code: 'same-person',
  });
  const both = await Promise.all(
    [1, 2].map(() => second.send('POST', `/api/approvals/${waiting.id}`, { approve: true, note: '已听录音' })),
  );
  expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);

  const rows = (await first.send('GET', '/api/breaches')).json().items;
  expect(rows.find((row: { id: string }) => row.id === id)).toMatchObject({
    correction: 'corrected',
    dueAt: '2026-11-16T18:00:00+08:00',
    metAt: asked.metAt,
  });
  const { rows: kept } = await ground.database.owner.query(
    'select breached_at, corrected_by from yilu.clocks where id = $1',
    [clock],
  );
  expect(kept[0]).toMatchObject({ breached_at: at('2026-11-16T18:00:00'), corrected_by: waiting.id });
});

test('[2.2.9] a use counted wrongly is given back by two people, once', async () => {
  const caseId = await ground.addCase({ number: 'MZ-261118-1006' });
  const [reviewer, supervisor] = [await ground.as('reviewer'), await ground.as('supervisor')];
  const ask = () =>
    reviewer.send('POST', `/api/cases/${caseId}/corrections`, { kind: 'correct-use', reason: '取消其实是医院提出的' });
  expect((await ask()).json()).toMatchObject({ status: 409, code: 'not-possible-now' });
  await ground.spendUse(caseId);
  const { approvalId } = (await ask()).json();
  expect((await supervisor.send('POST', `/api/approvals/${approvalId}`, { approve: true })).json()).toMatchObject({
    state: 'approved',
    decidedBy: 'supervisor',
  });
  const { rows } = await ground.database.owner.query(
    'select move, cause from yilu.uses where case_id = $1 order by seq',
    [caseId],
  );
  expect(rows.map(({ move }) => move)).toEqual(['hold', 'spend', 'restore']);
  const { rows: told } = await ground.database.owner.query(
    `select person_id from yilu.outbox where template = 'use-corrected'`,
  );
  expect(told).toEqual([{ person_id: ground.personId }]);
  expect((await ask()).json()).toMatchObject({ status: 409, code: 'not-possible-now' });
});

test('[2.2.5] a bar recorded by mistake is lifted by two people; a refusal leaves everything as it was', async () => {
  const caseId = await ground.addCase({ number: 'MZ-261118-1007' });
  const bar = uuidv7();
  await ground.database.owner.query(
    `insert into yilu.bars (insurer, id, person_id, policy_id, case_id, illness_kind, sealed, recorded_by, recorded_at) values ('test', $1, $2, $3, $4, 'lymphoma', '\\x00', $5, $6)`,
    [bar, ground.personId, ground.policyId, caseId, ground.accounts.reviewer, NOW],
  );
  const [reviewer, supervisor] = [await ground.as('reviewer'), await ground.as('supervisor')];
  const decide = async (approve: boolean) => {
    const { approvalId } = (
      await reviewer.send('POST', `/api/cases/${caseId}/corrections`, { kind: 'correct-bar', reason: '病理日期看错了' })
    ).json();
    return (await supervisor.send('POST', `/api/approvals/${approvalId}`, { approve })).json().state;
  };
  const corrections = async () => (await ground.database.owner.query('select bar_id from yilu.bar_corrections')).rows;
  expect(await decide(false)).toBe('refused');
  expect(await corrections()).toEqual([]);
  expect(await decide(true)).toBe('approved');
  expect(await corrections()).toEqual([{ bar_id: bar }]);
});

test('promises are counted by the week of their due moment; void ones in no report, a corrected one as kept', async () => {
  const caseId = await ground.addCase({ number: 'MZ-261118-1008' });
  const kept = await ground.addClock(caseId, 'booking-result', at('2026-09-01T10:00:00'), at('2026-09-06T23:59:00'));
  const voided = await ground.addClock(caseId, 'visit', at('2026-09-01T10:00:00'), at('2026-09-04T18:00:00'));
  await ground.addClock(caseId, 'review', at('2026-09-01T10:00:00'), at('2026-09-04T18:00:00'), true);
  await ground.database.owner.query('update yilu.clocks set met_at = due where id = $1', [kept]);
  await ground.database.owner.query('update yilu.clocks set void_at = started_at where id = $1', [voided]);
  const weeks = (await (await ground.as('operations')).send('GET', '/api/stats/promises')).json().items;
  expect(weeks).toHaveLength(16);
  expect(weeks.find(({ week }: { week: string }) => week === '2026-08-31')).toEqual({
    week: '2026-08-31',
    kept: 1,
    breached: 0,
    running: 0,
  });
  expect(weeks.find(({ week }: { week: string }) => week === '2026-11-16')).toEqual({
    week: '2026-11-16',
    kept: 1,
    breached: 1,
    running: 4,
  });
});

test('the plan is read by clause, and quoted clauses are open to everybody signed in', async () => {
  const plans = await ground.as('plans');
  const list = (await plans.send('GET', '/api/plans')).json().items;
  expect(list).toEqual([{ plan: 'zhenai21', edition: '2024-05-23', name: '臻爱21医疗保险' }]);
  const view = (await plans.send('GET', '/api/plans/zhenai21/2024-05-23')).json();
  expect(view).toMatchObject({ faults: [], insurerName: '君龙人寿' });
  expect(view.services).toHaveLength(9);
  expect((await plans.send('GET', '/api/plans/zhenai21/1999-01-01')).statusCode).toBe(404);
  const member = await ground.as('member');
  expect((await member.send('GET', '/api/plans')).statusCode).toBe(403);
  expect((await member.send('GET', '/api/clauses?plan=zhenai21')).json().items).toHaveLength(view.clauses.length);
});
