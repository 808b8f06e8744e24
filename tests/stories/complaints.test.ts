/** Complaints, appeals and call backs, through HTTP. Over 300 lines: the stories share one application. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { CallBackDesk, MyCallBacks } from '#contract/call-backs.ts';
import type { ComplaintFile, ComplaintView } from '#contract/complaints.ts';
import { handlerDoes } from '#server/complaints/acts.ts';
import { type Player, passCheck } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { actorOf, count, hold, waiting } from './interleave.ts';
import { accept, ask, handOver } from './outpatient.ts';
import { codeOf, inboxOf, newMember, someone } from './steps.ts';

const LAW = '银行业保险业消费投诉处理管理办法 第三章';
type Filed = { id: string; number: string; due: string };
let on: TestApp;
let [handler, second, supervisor]: Player[] = [];
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
  [handler, second, supervisor] = [
    await on.as('complaint-handler'),
    await on.as('complaint-handler2'),
    await on.as('supervisor'),
  ];
});
afterAll(() => on.close());

const file = (player: Player, body: object) =>
  player.must<Filed>('POST', '/complaints', { kind: 'other', text: '打了三次电话都没有人接。', ...body });
const read = (player: Player, id: string) => player.must<ComplaintView>('GET', `/complaints/${id}`);
const desk = (player: Player, id: string) => player.must<ComplaintFile>('GET', `/complaint-desk/${id}`);
const acts = (player: Player, id: string, body: object) => player.send('POST', `/complaint-desk/${id}/acts`, body);
const mustAct = (player: Player, id: string, body: object) =>
  player.must<ComplaintFile>('POST', `/complaint-desk/${id}/acts`, body);
const does = (player: Player, id: string, body: object) => player.send('POST', `/complaints/${id}/acts`, body);
const pointer = ({ body }: { body: unknown }) => (body as { pointer?: string }).pointer;
const subjects = async (player: Player) => (await inboxOf(on, player)).map(({ subject }) => subject);
const answer = { act: 'answer', outcome: 'overturned', text: '您说得对，我们已经改正。' };

test(`[${LAW}] from filing to the answer and its review by somebody else: each step is told, and she may add, not twice`, async () => {
  await newMember(on, 'c-path');
  const her = await on.as('c-path');
  const filed = await file(her, { kind: 'service', service: 'outpatient-access' });
  expect(filed).toMatchObject({ number: expect.stringMatching(/^TS-260701-\d{4}$/), due: '2026-07-17T00:00:00+08:00' });
  const again = await her.send('POST', '/complaints', {
    kind: 'service',
    service: 'outpatient-access',
    text: '再说一次同样的事。',
  });
  expect([codeOf(again), again.body]).toMatchObject(['409 conflict', { complaintId: filed.id }]);
  expect(await read(her, filed.id)).toMatchObject({
    state: 'received',
    text: '打了三次电话都没有人接。',
    acts: ['add', 'withdraw'],
    clock: { state: 'running', left: { days: 15 }, due: filed.due },
  });
  await does(her, filed.id, { act: 'add', text: '补充：最后一次是昨天下午。' });

  expect(await mustAct(handler!, filed.id, { act: 'take' })).toMatchObject({ state: 'acknowledged', mine: true });
  expect(codeOf(await acts(second!, filed.id, answer))).toBe('409 not-possible-now');
  await mustAct(handler!, filed.id, { act: 'ask', text: '请问当时拨打的是哪个号码？' });
  expect(await read(her, filed.id)).toMatchObject({ state: 'asked', stateLabel: '等您补充' });
  await does(her, filed.id, { act: 'add', text: '是保单上印的热线号码。' });
  await mustAct(handler!, filed.id, { act: 'note', text: '查过话务记录，确有三次未接。' });
  await mustAct(handler!, filed.id, { act: 'state', of: 'staff', text: '当日两人请假，未安排替班。' });
  expect(codeOf(await acts(handler!, filed.id, { ...answer, outcome: 'won' }))).toBe('400 invalid-request');
  await mustAct(handler!, filed.id, { ...answer, outcome: 'upheld', text: '核实后认为处理没有不妥。' });

  const told = await read(her, filed.id);
  expect(told).toMatchObject({
    state: 'answered',
    clock: { state: 'kept' },
    answers: [{ outcome: 'upheld', outcomeLabel: '维持原处理', text: '核实后认为处理没有不妥。' }],
    acts: ['review'],
    reviewUntil: '2026-08-01T00:00:00+08:00',
  });
  // What was noted and stated stays inside; the handler's own words to her do not.
  expect(told.history.map(({ type }) => type)).toEqual(['filed', 'added', 'taken', 'asked', 'replied', 'answered']);
  expect(JSON.stringify(told)).not.toMatch(/话务记录|请假/);
  expect((await inboxOf(on, her))[0]!.body).toContain('核实后认为处理没有不妥');

  await does(her, filed.id, { act: 'review', text: '三次未接怎么会没有不妥？' });
  // Her handler is no longer offered it; another is, and nobody asks a third time.
  expect(codeOf(await handler!.send('GET', `/complaint-desk/${filed.id}`))).toBe('404 not-found');
  expect(codeOf(await acts(handler!, filed.id, { act: 'take' }))).toBe('409 same-person');
  expect(await desk(second!, filed.id)).toMatchObject({
    round: 2,
    clock: { due: '2026-08-01T00:00:00+08:00' },
    firstClock: { state: 'kept' },
  });
  await mustAct(second!, filed.id, { act: 'take' });
  await mustAct(second!, filed.id, answer);
  expect(await read(her, filed.id)).toMatchObject({
    acts: [],
    answers: [{ round: 1 }, { round: 2, outcome: 'overturned' }],
  });
  expect(codeOf(await does(her, filed.id, { act: 'review', text: '请再看一次这件事。' }))).toBe('409 not-possible-now');
  expect(await subjects(her)).toEqual([
    '核查有了结果',
    '您的投诉已受理',
    '已收到您的核查申请',
    '您的投诉有了答复',
    '您的投诉需要补充说明',
    '您的投诉已受理',
    '已收到您的投诉',
  ]);
});

test(`[${LAW}] recusal: who acted in the case, took it, decided it, or approved in it neither sees nor takes nor answers it`, async () => {
  const { ids } = await newMember(on, 'c-recuse');
  const { player: her, id } = await ask(on, 'c-recuse', ids);
  await accept(on, id);
  await handOver(on, id);
  const filed = await file(her, { kind: 'waiting', caseId: id });
  const { rows } = await on.database.owner.query<{ id: string; key: string }>(
    `select id, sandbox->>'key' as key from yilu.accounts where sandbox->>'key' in ('complaint-handler', 'complaint-handler2')`,
  );
  const me = rows.find(({ key }) => key === 'complaint-handler')!.id;
  const parts: [what: string, make: string, undo: string][] = [
    [
      'sent an event: a call, a paper judged',
      `insert into yilu.events (insurer, case_id, seq, id, type, schema_version, actor_account, actor_role, occurred_at, recorded_at, state_after, payload, milestones)
         select insurer, id, 999, gen_random_uuid(), 'logCall', 1, $2, 'case-manager', opened_at, opened_at, state, '\\x00', '[]' from yilu.cases where id = $1`,
      'delete from yilu.events where case_id = $1 and actor_account = $2',
    ],
    [
      'manages it',
      'update yilu.cases set assignee = $2 where id = $1',
      'update yilu.cases set assignee = null where id = $1 and assignee = $2',
    ],
    [
      'reviewed it',
      'update yilu.cases set reviewer = $2 where id = $1',
      'update yilu.cases set reviewer = null where id = $1 and reviewer = $2',
    ],
    [
      'decided it',
      `insert into yilu.decisions (insurer, id, policy_id, person_id, case_id, plan, service, outcome, decided_at, decided_by, taken_by, sealed)
         select insurer, gen_random_uuid(), policy_id, person_id, id, plan, service, 'granted', opened_at, $2, 'person', '\\x00' from yilu.cases where id = $1`,
      'delete from yilu.decisions where case_id = $1 and decided_by = $2',
    ],
    [
      'approved in it',
      `insert into yilu.approvals (insurer, id, kind, case_id, subject, asked_by, asked_at, sealed, person_id, state)
         select insurer, gen_random_uuid(), 'correct-use', id, id, $2, opened_at, '\\x00', person_id, 'open' from yilu.cases where id = $1`,
      'delete from yilu.approvals where case_id = $1 and asked_by = $2',
    ],
    [
      'called in its course',
      `insert into yilu.course_entries (insurer, id, case_id, person_id, kind, on_day, sealed, by_account, by_role, at)
         select insurer, gen_random_uuid(), id, person_id, 'nutrition', '2026-07-01', '\\x00', $2, 'case-manager', opened_at from yilu.cases where id = $1`,
      'delete from yilu.course_entries where case_id = $1 and by_account = $2',
    ],
  ];
  const listed = async () =>
    (await handler!.must<{ items: { id: string }[] }>('GET', '/complaint-desk?limit=100')).items.some(
      (row) => row.id === filed.id,
    );
  expect(await listed()).toBe(true);
  for (const [what, make, undo] of parts) {
    await on.database.owner.query(make, [id, me]);
    expect([what, await listed()]).toEqual([what, false]);
    expect([what, codeOf(await acts(handler!, filed.id, { act: 'take' }))]).toEqual([what, '409 same-person']);
    const { handlers } = await desk(supervisor!, filed.id);
    expect([what, handlers.map((one) => one.id)]).toEqual([
      what,
      rows.filter((row) => row.id !== me).map((row) => row.id),
    ]);
    const given = await acts(supervisor!, filed.id, { act: 'assign', to: me });
    expect([what, codeOf(given), pointer(given)]).toEqual([what, '422 not-acceptable', '/to']);
    await on.database.owner.query(undo, [id, me]);
  }
  // Who has it and then takes a part stands back as well.
  await mustAct(handler!, filed.id, { act: 'take' });
  // Meanwhile she reads the case, and only as long as the complaint is hers.
  expect((await handler!.case(id)).id).toBe(id);
  expect((await second!.send('GET', `/cases/${id}`)).status).toBe(404);
  await on.database.owner.query(parts[0]![1], [id, me]);
  expect(codeOf(await acts(handler!, filed.id, answer))).toBe('409 same-person');
  await mustAct(supervisor!, filed.id, { act: 'assign', to: rows.find((row) => row.id !== me)!.id });
  expect((await mustAct(second!, filed.id, answer)).state).toBe('answered');
  expect((await second!.send('GET', `/cases/${id}`)).status).toBe(404);
});

test('two answers at once: one counts, the other finds it answered', async () => {
  await newMember(on, 'c-race');
  const { id } = await file(await on.as('c-race'), {});
  await mustAct(handler!, id, { act: 'take' });
  const me = await actorOf(on, 'complaint-handler');
  const held = await hold(on, async (db) =>
    handlerDoes(db, on.ctx, me, id, { act: 'answer', outcome: 'settled', text: '已与您协商一致。' }, await on.now()),
  );
  const other = acts(handler!, id, answer);
  await waiting(on, 1);
  await held.commit();
  expect(codeOf(await other)).toBe('409 not-possible-now');
  expect(await count(on, `complaint_events where complaint_id = $1 and type = 'answered'`, [id])).toBe(1);
  expect((await desk(handler!, id)).answers).toMatchObject([{ outcome: 'settled' }]);
});

test('what is missing or not hers is named by its field, and nobody else reads a complaint', async () => {
  const { ids } = await newMember(on, 'c-input');
  const { player: her, id } = await ask(on, 'c-input', ids);
  await newMember(on, 'c-stranger');
  const stranger = await on.as('c-stranger');
  const tries: [body: object, field: string, by?: Player][] = [
    [{ kind: 'case' }, '/caseId'],
    [{ kind: 'decision' }, '/decisionId'],
    [{ kind: 'service' }, '/service'],
    [{ kind: 'service', service: 'no-such-service' }, '/service'],
    [{ kind: 'case', caseId: id }, '/caseId', stranger],
    [{ personId: ids.personId }, '/personId', stranger],
    [{ complainant: { relation: 'heir' } }, '/complainant'],
  ];
  for (const [body, field, by = her] of tries) {
    const refused = await by.send('POST', '/complaints', { kind: 'other', text: '说明情况的一段话。', ...body });
    expect([body, codeOf(refused), pointer(refused)]).toEqual([body, '422 not-acceptable', field]);
  }
  const { id: complaint } = await file(her, { kind: 'case', caseId: id });
  expect((await stranger.send('GET', `/complaints/${complaint}`)).status).toBe(404);
  expect((await does(stranger, complaint, { act: 'withdraw' })).status).toBe(404);
  for (const account of ['desk', 'reviewer', 'manager', 'operations', 'provider', 'admin', 'auditor'])
    for (const path of [`/complaints/${complaint}`, `/complaint-desk/${complaint}`])
      expect([403, 404]).toContain((await (await on.as(account)).send('GET', path)).status);
  await does(her, complaint, { act: 'withdraw', text: '已经解决了。' });
  expect(await read(her, complaint)).toMatchObject({ state: 'withdrawn', clock: { state: 'void' }, acts: [] });
  // Taken back, the same may be filed again.
  await file(her, { kind: 'case', caseId: id });
  // Every reading of hers is in the audit, and none of her words.
  const { rows: audit } = await on.database.owner.query<{ action: string; details: object }>(
    'select action, details from yilu.audit where person_id = $1 and subject = $2 order by at, id',
    [ids.personId, `complaint:${complaint}`],
  );
  expect(audit.map(({ action }) => action)).toEqual([
    'complaint.filed',
    'complaint.withdrawn',
    'complaint.read',
    'complaint.read',
  ]);
  expect(JSON.stringify(audit)).not.toMatch(/电话|解决/);
  const { rows } = await on.database.owner.query<{ sealed: Buffer | null }>(
    'select sealed from yilu.complaints union all select sealed from yilu.complaint_events',
  );
  for (const { sealed } of rows) expect(sealed?.toString('utf8') ?? '').not.toMatch(/电话|说明|解决/);
});

test('filed for another: by her agent while the delegation lasts, on the telephone within a check, and from a letter', async () => {
  const friend = someone('c-friend');
  const granny = await newMember(on, 'c-granny');
  const helper = (await on.people([friend])).get('c-friend')!;
  const [her, agent, agentDesk] = [await on.as('c-granny'), await on.as('c-friend'), await on.as('desk')];
  const delegation = await her.must<{ id: string }>('POST', '/delegations', {
    toPhone: friend.phone,
    toName: friend.name,
    matter: 'all',
    until: '2026-12-31',
  });
  const filed = await file(agent, { kind: 'conduct', personId: granny.ids.personId });
  expect((await read(her, filed.id)).number).toBe(filed.number);
  expect(await subjects(agent)).toContain('已收到您的投诉');
  await her.must('DELETE', `/delegations/${delegation.id}`);
  expect((await agent.send('GET', `/complaints/${filed.id}`)).status).toBe(404);

  const call = { kind: 'data', personId: granny.ids.personId, text: '为什么别人知道我的住址？' };
  expect(codeOf(await agentDesk.send('POST', '/complaints', call))).toBe('403 desk-check-needed');
  await passCheck(agentDesk, granny.persona, granny.ids.personId);
  const called = await file(agentDesk, call);
  // The desk reads where it stands, not the words, which may be about the desk.
  expect(await read(agentDesk, called.id)).toMatchObject({ number: called.number, text: null, state: 'received' });
  expect((await read(her, called.id)).text).toBe(call.text);

  // On the line is who insured a child: the guardian complains, and is written to.
  const parent = someone('c-parent');
  const family = await on.people([
    parent,
    someone('c-child', { bornOn: '2015-01-01', holder: 'c-parent', noAccount: true }),
  ]);
  await passCheck(agentDesk, parent, family.get('c-parent')!.personId);
  const forChild = await file(agentDesk, { kind: 'waiting', personId: family.get('c-child')!.personId });
  const mother = await on.as('c-parent');
  expect((await read(mother, forChild.id)).number).toBe(forChild.number);
  expect(await subjects(mother)).toContain('已收到您的投诉');

  const letter = {
    kind: 'service',
    text: '来信：服务没有按约定时间提供。',
    policyNo: granny.persona.policyNo,
    personName: granny.persona.name,
    receivedOn: '2026-06-29',
  };
  for (const [change, field] of [
    [{ policyNo: '没有这个号' }, '/policyNo'],
    [{ personName: '另一个人' }, '/personName'],
    [{ caseNumber: 'MZ-000000-0000' }, '/caseNumber'],
    [{ receivedOn: '2026-07-02' }, '/receivedOn'],
    [{ complainant: { relation: 'agent', name: '王律师', phone: '13900000000' } }, '/complainant/proof'],
  ] as const)
    expect(pointer(await handler!.send('POST', '/complaint-desk/letters', { ...letter, ...change }))).toBe(field);
  // The days count from its receipt.
  const wrote = await handler!.must<Filed>('POST', '/complaint-desk/letters', letter);
  expect(wrote.due).toBe('2026-07-15T00:00:00+08:00');
  expect((await read(her, wrote.id)).number).toBe(wrote.number);
  expect(helper.personId).not.toBe(granny.ids.personId);
});

test('[PIPL 49] after a death who stands on her policy complains as an heir, others by telephone with proof; the dead are not written to', async () => {
  const wife = someone('c-widow');
  const husband = someone('c-dead', { holder: 'c-widow' });
  const people = await on.people([wife, husband]);
  const dead = people.get('c-dead')!;
  const [widow, agentDesk] = [await on.as('c-widow'), await on.as('desk')];
  const about = { kind: 'conduct', personId: dead.personId };
  // He lives and is of age: she cannot speak for him.
  expect(pointer(await widow.send('POST', '/complaints', { ...about, text: '对他的服务很差。' }))).toBe('/personId');
  await passCheck(agentDesk, husband, dead.personId);
  const son = { relation: 'heir', name: '示例之子', phone: '13900001111', proof: '死亡证明、户口簿（已核对）' };
  expect(
    pointer(await agentDesk.send('POST', '/complaints', { ...about, text: '对他的服务很差。', complainant: son })),
  ).toBe('/complainant/relation');
  await agentDesk.must('POST', `/persons/${dead.personId}/death`, {
    diedOn: '2026-07-01',
    evidence: 'death-certificate',
  });

  const hers = await file(widow, about);
  expect(await subjects(widow)).toContain('已收到您的投诉');
  for (const field of ['name', 'phone', 'proof'])
    expect(
      pointer(
        await agentDesk.send('POST', '/complaints', {
          ...about,
          text: '对他的服务很差。',
          complainant: { ...son, [field]: undefined },
        }),
      ),
    ).toBe(`/complainant/${field}`);
  const his = await file(agentDesk, { ...about, complainant: son });
  // What one heir wrote the other does not read.
  expect((await widow.must<{ items: { id: string }[] }>('GET', '/complaints')).items.map(({ id }) => id)).toEqual([
    hers.id,
  ]);
  expect((await widow.send('GET', `/complaints/${his.id}`)).status).toBe(404);
  expect(await desk(handler!, his.id)).toMatchObject({ complainant: { ...son }, tellBy: true });
  await mustAct(handler!, his.id, { act: 'take' });
  expect(pointer(await acts(handler!, his.id, answer))).toBe('/told');
  expect((await mustAct(handler!, his.id, { ...answer, told: 'letter' })).history.at(-1)).toMatchObject({
    type: 'told',
    of: '书面信件',
  });
  expect(
    await count(on, 'inbox_messages where owner_id = $1 and created_at > $2', [
      dead.personId,
      '2026-07-01T10:00:00+08:00',
    ]),
  ).toBe(0);
});

test('asked to call back: the same matter once, in working hours, on the list of the desk by urgency, three tries, then a message', async () => {
  const { ids } = await newMember(on, 'c-call');
  const her = await on.as('c-call');
  const agent = await on.as('desk');
  const { windows, phone, hours } = await her.must<z.infer<typeof MyCallBacks>>('GET', '/call-backs');
  expect([windows.map(({ day, part }) => `${day} ${part}`), hours]).toEqual([
    ['2026-07-01 morning', '2026-07-01 afternoon', '2026-07-02 morning', '2026-07-02 afternoon'],
    { opens: '09:00', closes: '18:00' },
  ]);
  expect(phone).toMatch(/^198\*{4}\d{4}$/);
  for (const [change, field] of [
    [{ day: '2026-07-04' }, '/day'],
    [{ service: 'nothing' }, '/service'],
    [{ caseId: ids.policyId }, '/caseId'],
  ] as const)
    expect(pointer(await her.send('POST', '/call-backs', { day: '2026-07-01', part: 'morning', ...change }))).toBe(
      field,
    );
  const wish = {
    day: '2026-07-01',
    part: 'afternoon',
    service: 'outpatient-access',
    words: '想问怎么约',
    phone: '13900002222',
  };
  const { id } = await her.must<{ id: string }>('POST', '/call-backs', wish);
  expect(await her.must('POST', '/call-backs', { ...wish, part: 'morning' })).toEqual({ id });
  await her.must('POST', '/call-backs', { day: '2026-07-01', part: 'morning' });

  const list = () => agent.must<z.infer<typeof CallBackDesk>>('GET', '/call-back-desk');
  expect((await list()).items.map(({ urgency, part, phone: number }) => [urgency, part, number.length])).toEqual([
    ['now', 'morning', 11],
    ['later', 'afternoon', 11],
  ]);
  const act = (body: object) => agent.send('POST', `/call-back-desk/${id}/acts`, body);
  expect(codeOf(await act({ act: 'missed' }))).toBe('409 not-possible-now');
  for (const round of [1, 2]) {
    await act({ act: 'take' });
    expect(pointer(await act({ act: 'missed' }))).toBe('/nextTryAt');
    await act({ act: 'missed', note: '无人接听', nextTryAt: `2026-07-0${round}T16:00:00+08:00` });
    expect((await list()).items.find((one) => one.id === id)).toMatchObject({
      tries: round,
      state: 'waiting',
      takenBy: null,
    });
  }
  await act({ act: 'take' });
  expect((await act({ act: 'missed' })).status).toBe(200);
  const mine = await her.must<z.infer<typeof MyCallBacks>>('GET', '/call-backs');
  expect(mine.items.find((one) => one.id === id)).toMatchObject({
    state: 'closed',
    outcome: 'not-reached',
    phone: '139****2222',
  });
  expect(await subjects(her)).toContain('没有联系上您');
  const other = mine.items.find((one) => one.id !== id)!;
  await her.must('POST', `/call-backs/${other.id}/withdraw`);
  expect((await agent.send('POST', `/call-back-desk/${other.id}/acts`, { act: 'take' })).status).toBe(409);
  expect((await list()).items).toEqual([]);
});

test(`[${LAW}] 15 days, 30 with a reason, 30 more by a second person's approval: each told before; reminded at 3 days and 1, the breach on record at its moment`, async () => {
  await newMember(on, 'c-clock');
  await newMember(on, 'c-late');
  const [her, late] = [await on.as('c-clock'), await on.as('c-late')];
  const { id } = await file(her, {});
  const { id: forgotten } = await file(late, {});
  await mustAct(handler!, id, { act: 'take' });
  const remindersOf = async () => (await subjects(handler!)).filter((one) => one === '投诉答复快到期').length;
  const before = await remindersOf();
  await on.advanceTo('2026-07-14T00:00:01+08:00');
  expect(await remindersOf()).toBeGreaterThan(before);
  expect(codeOf(await acts(handler!, id, { act: 'ask-extension', text: '需要更多时间核实。' }))).toBe(
    '409 not-possible-now',
  );
  const longer = await mustAct(handler!, id, { act: 'extend', text: '需向医院调取当日记录' });
  expect(longer.clock).toMatchObject({
    due: '2026-08-01T00:00:00+08:00',
    firstDue: '2026-07-17T00:00:00+08:00',
    moved: [{ why: 'complaint-answer-complex' }],
  });
  expect((await inboxOf(on, her))[0]!).toMatchObject({
    subject: '答复您的投诉需要更多时间',
    body: expect.stringContaining('需向医院调取当日记录'),
  });
  expect(codeOf(await acts(handler!, id, { act: 'extend', text: '还要更多时间核实。' }))).toBe('409 not-possible-now');

  await on.advanceTo('2026-07-17T00:00:01+08:00');
  // The other was never taken: recorded at the due moment, told to her and to the supervisor; this one's old timers say nothing.
  expect(await desk(supervisor!, forgotten)).toMatchObject({ breached: true, clock: { state: 'late' } });
  expect(await subjects(late)).toContain('您的投诉还没有答复');
  expect(await subjects(supervisor!)).toContain('投诉超过答复期限');
  expect((await desk(handler!, id)).breached).toBe(false);
  expect(codeOf(await acts(handler!, forgotten, { act: 'take' }))).toBe('200');
  expect(codeOf(await acts(handler!, forgotten, { act: 'extend', text: '已经过期才想到延长' }))).toBe(
    '409 not-possible-now',
  );
  expect((await mustAct(handler!, forgotten, answer)).clock.state).toBe('breached');

  await on.advanceTo('2026-07-30T09:00:00+08:00');
  const asking = await mustAct(handler!, id, { act: 'ask-extension', text: '医院记录仍未调到' });
  expect(asking).toMatchObject({ extensionAsked: true, clock: { due: '2026-08-01T00:00:00+08:00' } });
  const { items } = await supervisor!.must<{ items: { id: string; kind: string; state: string }[] }>(
    'GET',
    '/approvals?limit=100',
  );
  const approval = items.find(({ kind, state }) => kind === 'extend-complaint' && state === 'open')!;
  await supervisor!.must('POST', `/approvals/${approval.id}`, { approve: true });
  expect((await read(her, id)).clock).toMatchObject({ due: '2026-08-31T00:00:00+08:00', state: 'running' });
  expect((await inboxOf(on, her))[0]!.body).toContain('医院记录仍未调到');
  await mustAct(handler!, id, answer);
  // 30 days for the review from being told, to the end of the last.
  await on.advanceTo('2026-08-29T23:59:59+08:00');
  expect((await read(her, id)).acts).toEqual(['review']);
  await on.advanceTo('2026-08-30T00:00:01+08:00');
  expect((await read(her, id)).acts).toEqual([]);
});
