/** CAR-T care through HTTP. Over 300 lines: the stories share one application and one sequence of time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Player } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import {
  askCarT,
  CHAIN,
  carTBody,
  cartPharmacy,
  consentToAll,
  course,
  expertIds,
  HOSPITAL,
  infusion,
  LOT,
  offerAssessment,
  offerBed,
  PANEL,
  pass,
  placeBody,
  playToBooked,
  playToConfirming,
  playToManufacturing,
  playToPanel,
  productId,
  specialist,
  vote,
} from './car-t.ts';
import { replay } from './replay.ts';
import {
  allowedTypes,
  clockOf,
  codeOf,
  importRows,
  inboxOf,
  newMember,
  policyBecomes,
  tryEvent,
  warningOf,
} from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

const slot = (day: string, until: string) => ({
  visitAt: `${day}T09:30:00+08:00`,
  answerBy: `${until}T18:00:00+08:00`,
});
const problemsOf = (answer: { body: unknown }) =>
  (((answer.body as Record<string, unknown> | null)?.problems ?? []) as { pointer: string }[]).map(
    ({ pointer }) => pointer,
  );
const rulesOf = (answer: { body: unknown }) =>
  (((answer.body as Record<string, unknown> | null)?.reasons ?? []) as { rule: string }[]).map(({ rule }) => rule);

test('[2.6.4.3][2.6.4.8.2][2.6.4.8.4][2.6.4.8.6] from the request to the last call: panel, assessment, bed, one number to the infusion, discharge, course', async () => {
  const asked = await askCarT(on, 'straight');
  const { player, id } = asked;
  const filed = await player.case(id);
  expect(filed.number).toMatch(/^CT/);
  expect(clockOf(filed, 'response').due).toBe('2026-07-02T18:00:00+08:00');
  // Only the specialist's own answered call reaches her [2.6.4.2].
  await (await on.as('manager')).event(id, 'logCall', { outcome: 'reached' });
  const staff = await specialist(on);
  await staff.event(id, 'logCall', { outcome: 'no-answer' });
  expect(clockOf(await player.case(id), 'response').state).toBe('running');
  await staff.event(id, 'logCall', { outcome: 'reached' });
  expect(clockOf(await player.case(id), 'response').state).toBe('kept');
  expect(codeOf(await (await on.as('provider')).send('GET', `/cases/${id}`))).toBe('404 not-found');

  const { verify } = await import('./outpatient.ts');
  await (await verify(on, id, { illness: 'lymphoma' })).event(id, 'acceptRequest');
  const experts = await expertIds(staff);
  expect(problemsOf(await tryEvent(staff, id, 'namePanel', { experts: experts.slice(0, 2) }))).toContain('/experts');
  expect(await staff.event(id, 'namePanel', { experts })).toMatchObject({ state: 'awaiting-panel-consent' });
  expect((await player.case(id)).consentAsked).toBe('expert');
  expect(codeOf(await (await on.as('expert')).send('GET', `/cases/${id}`))).toBe('404 not-found');
  expect((await consentToAll(asked)).map((name) => name.split('（')[0])).toEqual([...PANEL]);
  const expert = await on.as('expert');
  expect(await expert.event(id, 'vote', { finding: 'fit', why: '复发、体能状态好' })).toMatchObject({ state: 'panel' });
  // Each votes once, and nobody reads another's vote before her own; the member hears by telephone.
  expect(codeOf(await tryEvent(expert, id, 'vote', { finding: 'fit', why: '再投一次' }))).toBe('409 not-possible-now');
  expect(JSON.stringify(await (await on.as('expert2')).case(id))).not.toContain('复发、体能状态好');
  expect(JSON.stringify(await player.case(id))).not.toContain('复发、体能状态好');
  expect(JSON.stringify(await staff.case(id))).toContain('复发、体能状态好');
  await (await on.as('expert2')).event(id, 'vote', { finding: 'fit', why: '同意' });
  const fit = await player.case(id);
  expect(fit).toMatchObject({ state: 'with-provider', use: { state: 'held' } });
  expect(clockOf(fit, 'assessment-visit').due).toBe('2026-07-06T18:00:00+08:00');
  expect(codeOf(await expert.send('GET', `/cases/${id}`))).toBe('404 not-found');

  await offerAssessment(on, id, slot('2026-07-06', '2026-07-03'));
  expect(clockOf(await player.case(id), 'assessment-visit').state).toBe('running');
  const booked = await player.event(id, 'acceptOffer');
  expect(clockOf(booked, 'assessment-visit').state).toBe('kept');
  expect(booked.offer).toMatchObject({ hospital: HOSPITAL, confirmed: true });
  expect(warningOf(booked, 'cancelBooking')).toContain('不计使用');
  await on.advanceTo('2026-07-06T09:35:00+08:00');
  await staff.event(id, 'checkIn');
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'delivered' });
  // Leukaemia's product goes through the drug review only (D26).
  const wrong = await tryEvent(staff, id, 'passAssessment', {
    product: await productId(staff, '源瑞达'),
    note: '通过',
  });
  expect(problemsOf(wrong)).toEqual(['/product']);
  await staff.event(id, 'passAssessment', { product: await productId(staff), note: '适合，身体条件允许' });
  expect(clockOf(await player.case(id), 'admission').due).toBe('2026-07-15T18:00:00+08:00');
  await playToManufacturing(on, asked, slot('2026-07-13', '2026-07-09'));
  expect(clockOf(await player.case(id), 'admission').state).toBe('kept');
  await staff.event(id, 'recordBridging', { on: '2026-07-20', what: '示例桥接方案' });

  const { id: pharmacy } = await cartPharmacy(staff);
  await staff.event(id, 'namePharmacy', { pharmacy });
  expect((await player.case(id)).consentAsked).toBe('pharmacy');
  const product = { chain: CHAIN, lot: LOT, madeOn: '2026-08-20' };
  expect((await tryEvent(staff, id, 'recordProduct', product)).status).toBe(422);
  expect(await consentToAll(asked, ['car-t-pharmacy'])).toEqual(['示例药房细胞治疗一店']);
  await on.advanceTo('2026-08-21T10:00:00+08:00');
  await staff.event(id, 'recordProduct', product);
  const pharmacist = await on.as('cart-pharmacist');
  const atPharmacy = await pharmacist.case(id);
  // No self pick-up [2.6.5.2.1]: the pharmacy confirms, and that is all it can do.
  expect(allowedTypes(atPharmacy)).toEqual(['confirmProduct']);
  expect(atPharmacy.papers.flatMap(({ papers }) => papers)).toEqual([]);
  expect(JSON.stringify(atPharmacy)).toContain(CHAIN);
  for (const word of ['示例桥接方案', '适合，身体条件允许']) expect(JSON.stringify(atPharmacy)).not.toContain(word);
  await pharmacist.event(id, 'confirmProduct', { chain: CHAIN, lot: LOT, attended: 'not-needed' });
  expect(
    codeOf(
      await player.send('POST', `/cases/${id}/course/diary`, {
        on: '2026-08-21',
        entries: [{ symptom: 'fever', grade: 1 }],
      }),
    ),
  ).toBe('409 not-possible-now');
  expect(await staff.event(id, 'infuse', await infusion(on))).toMatchObject({ state: 'watching' });
  await staff.event(id, 'recordWatch', { what: '发热 1 级，已处理' });
  await on.advanceTo('2026-09-07T10:00:00+08:00');
  await staff.event(id, 'leaveHospital', { advice: '两个月内不开车；每天测体温。' });
  expect(await player.case(id)).toMatchObject({ state: 'course', turn: { who: 'car-t-specialist' } });

  // The course: plan of nutrition, calls on their days, diary, questionnaires.
  await staff.must('POST', `/cases/${id}/course/nutrition`, { text: '少量多餐，煮熟；每天步行 20 分钟。' });
  await on.advanceTo('2026-09-10T10:30:00+08:00');
  expect((await staff.case(id)).id).toBe(id);
  const due = await course(staff, id);
  expect(due.calls.map(({ code, state }) => `${code} ${state}`)).toEqual([
    'day-3 due',
    'day-14 ahead',
    'month-1 ahead',
    'month-3 ahead',
  ]);
  expect((await inboxOf(on, staff)).some(({ subject }) => subject === '有一次回访到时间了')).toBe(true);
  await staff.must('POST', `/cases/${id}/course/calls`, { code: 'day-3', outcome: 'no-answer', note: '无人接听' });
  await staff.must('POST', `/cases/${id}/course/calls`, {
    code: 'day-3',
    outcome: 'reached',
    note: '恢复好，体温正常',
  });
  expect(
    codeOf(
      await staff.send('POST', `/cases/${id}/course/calls`, { code: 'day-3', outcome: 'reached', note: '再记一次' }),
    ),
  ).toBe('409 conflict');
  const answers = {
    questionnaire: 'wellbeing',
    version: 1,
    dueOn: '2026-07-13',
    values: { energy: 6, sleep: 5, mood: 7, daily: 8 },
  };
  await player.must('POST', `/cases/${id}/course/answers`, answers);
  expect(codeOf(await player.send('POST', `/cases/${id}/course/answers`, answers))).toBe('409 conflict');
  const early = await player.send('POST', `/cases/${id}/course/answers`, {
    ...answers,
    dueOn: '2026-10-10',
    values: { energy: 11 },
  });
  expect(problemsOf(early).sort()).toEqual([
    '/dueOn',
    '/values/daily',
    '/values/energy',
    '/values/mood',
    '/values/sleep',
  ]);
  const seen = await course(player, id);
  expect(seen.questionnaires[0]?.answers).toMatchObject([{ dueOn: '2026-07-13', values: { energy: 6 } }]);
  expect(seen.nutrition[0]?.text).toContain('少量多餐');
  expect(seen.calls[0]?.made.map(({ reached }) => reached)).toEqual([false, true]);
  expect(seen).toMatchObject({ sample: true, printed: '二（六）4(8)6)' });
  await on.advanceTo('2026-10-10T10:30:00+08:00');
  expect((await inboxOf(on, player)).some(({ subject }) => subject === '有一份问卷等您填')).toBe(true);

  await staff.event(id, 'finishCourse', { said: '完全缓解，恢复良好。', nextSteps: '按医院安排随访。' });
  expect(await player.event(id, 'rate', { stars: 5 })).toMatchObject({ state: 'completed', final: true });
  expect((await replay(on.ctx, id)).refused).toEqual([]);
  const { items } = await player.must<{ items: { recipientName: string; what: string[] }[] }>('GET', '/disclosures');
  expect(
    items.some(({ recipientName, what }) => recipientName.includes('惠医') && what.includes('治疗和病程管理')),
  ).toBe(true);
});

test('[2.6.4.8.2] the panel sends the records back: one list to the member, its own time stands, and every expert who has not judged is told when they came', async () => {
  const { player, id, ids } = await playToPanel(on, 'sent-back');
  const expert = await on.as('expert');
  await (await on.as('expert2')).event(id, 'vote', { finding: 'fit', why: '同意' });
  await expert.event(id, 'askPanelPapers', {
    kinds: ['examination', 'pathology'],
    note: '请交最近一次骨髓检查和病理切片报告',
  });
  const asked = await player.case(id);
  expect(asked).toMatchObject({ state: 'awaiting-panel-papers', turn: { who: 'member' } });
  expect(asked.facts.find(({ group }) => group === '请补交')?.items[0]?.value).toContain('骨髓检查');
  expect(
    asked.papers
      .filter(({ open }) => open)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['examination', 'pathology']);
  expect(clockOf(await (await on.as('manager')).case(id), 'panel').state).toBe('kept');
  const brings = async (kind: string) => {
    const file = Buffer.concat([on.picture, Buffer.from(kind)]);
    await player.must('POST', `/cases/${id}/papers`, {
      kind,
      paperId: await player.upload(ids.personId, kind, file),
    });
  };
  await brings('examination');
  expect((await player.case(id)).state).toBe('awaiting-panel-papers');
  await brings('pathology');
  expect((await player.case(id)).state).toBe('panel');
  expect(clockOf(await (await on.as('manager')).case(id), 'panel').state).toBe('running');
  await expert.event(id, 'askPanelPapers', { kinds: ['pathology'], note: '再要一次' });
  expect((await player.case(id)).state).toBe('panel-second-list');
  await (await on.as('supervisor')).event(id, 'declineList', { reason: '按现有资料判断' });
  await expert.event(id, 'vote', { finding: 'fit', why: '资料已齐' });
  expect((await player.case(id)).state).toBe('with-provider');
});

test('[2.6.4.8.6] a severe reaction in the diary tells the specialist and the supervisor at once, and the card is there', async () => {
  const asked = await playToBooked(on, 'reaction', slot('2026-10-19', '2026-10-15'));
  const { player, id } = asked;
  await on.advanceTo('2026-10-19T09:35:00+08:00');
  await pass(on, id);
  await playToManufacturing(on, asked, slot('2026-10-26', '2026-10-22'));
  await playToConfirming(on, asked);
  await (await on.as('cart-pharmacist')).event(id, 'confirmProduct', {
    chain: ` ${CHAIN.toLowerCase()} `,
    lot: LOT,
    attended: 'came',
  });
  const staff = await specialist(on);
  await staff.event(id, 'infuse', await infusion(on));
  const before = await course(player, id);
  expect(before.card.signs.length).toBeGreaterThan(3);
  expect(before.card.does).toContain('120');
  const diary = (body: object, by: Player = player) => by.send('POST', `/cases/${id}/course/diary`, body);
  expect(problemsOf(await diary({ on: '2026-12-31', entries: [{ symptom: 'nothing', grade: 5 }] })).sort()).toEqual([
    '/entries/0/grade',
    '/entries/0/symptom',
    '/on',
  ]);
  await diary({ on: '2026-10-26', entries: [{ symptom: 'fatigue', grade: 2 }] });
  expect((await staff.case(id)).attention).toEqual([]);
  const severe = await diary({
    on: '2026-10-26',
    entries: [
      { symptom: 'confusion', grade: 3 },
      { symptom: 'fever', grade: 1 },
    ],
    note: '说话慢',
  });
  expect(severe.status).toBe(201);
  for (const account of ['car-t-specialist', 'supervisor'])
    expect((await inboxOf(on, await on.as(account))).some(({ subject }) => subject === '会员报告了较重的反应')).toBe(
      true,
    );
  const supervisor = await on.as('supervisor');
  expect((await supervisor.case(id)).attention).toEqual(['severe-reaction']);
  expect((await course(supervisor, id)).diary.map((one) => one.severe)).toEqual([true, false]);
  await staff.event(id, 'logCall', { outcome: 'reached' });
  expect((await supervisor.case(id)).attention).toEqual([]);
  // Nobody else's course, and not the desk without a check.
  expect(codeOf(await (await on.as('straight')).send('GET', `/cases/${id}/course`))).toBe('404 not-found');
  expect(codeOf(await (await on.as('desk')).send('GET', `/cases/${id}/course`))).toBe('404 not-found');
  expect(codeOf(await (await on.as('cart-pharmacist')).send('GET', `/cases/${id}/course`))).toBe(
    '403 not-for-this-role',
  );
});

test('[2.6.4.2][2.6.4.6] case 11: asked for on an ordinary Saturday, and on a make-up Saturday', async () => {
  const other = await openApp({ at: '2026-09-19T10:00:00+08:00' });
  try {
    // 2026-09-19 is an ordinary Saturday, 2026-09-20 a worked Sunday before the National Day.
    const saturday = await askCarT(other, 'saturday');
    expect(clockOf(await saturday.player.case(saturday.id), 'response').due).toBe('2026-09-20T18:00:00+08:00');
    await other.advanceTo('2026-10-10T17:59:00+08:00');
    const makeUp = await askCarT(other, 'make-up');
    expect(clockOf(await makeUp.player.case(makeUp.id), 'response').due).toBe('2026-10-12T18:00:00+08:00');
    await other.advanceTo('2026-10-17T10:00:00+08:00');
    const ordinary = await askCarT(other, 'ordinary');
    expect(clockOf(await ordinary.player.case(ordinary.id), 'response').due).toBe('2026-10-19T18:00:00+08:00');
  } finally {
    await other.close();
  }
});

test('[2.6.4.8.3] unfit on the papers: told by telephone, trials suggested, the use given back', async () => {
  const { player, id } = await playToPanel(on, 'unfit');
  await vote(on, id, ['unfit', 'fit', 'unfit']);
  const staff = await specialist(on);
  expect(await staff.case(id)).toMatchObject({ state: 'telling-unfit', use: { state: 'none' } });
  expect((await player.case(id)).use.state).toBe('held');
  const { items } = await staff.must<{ items: { id: string; label: string; row: { recruiting: boolean } }[] }>(
    'GET',
    '/lists/trials',
  );
  const closed = items.find(({ row }) => !row.recruiting)!;
  const open = items.find(({ row }) => row.recruiting)!;
  const words = { heard: 'member', said: '目前心功能不适合，先治疗' };
  expect(problemsOf(await tryEvent(staff, id, 'tellUnfit', { ...words, trials: [closed.id] }))).toEqual(['/trials/0']);
  expect(problemsOf(await tryEvent(staff, id, 'tellUnfit', words))).toEqual(['/noTrial']);
  await staff.event(id, 'tellUnfit', { ...words, trials: [open.id] });
  const told = await player.case(id);
  expect(told).toMatchObject({
    state: 'closed-unfit',
    final: true,
    use: { state: 'released', cause: 'unfit', remaining: 1 },
  });
  expect(JSON.stringify(told.facts)).toContain(open.label);
  expect((await inboxOf(on, player)).some(({ subject }) => subject === '会审结论和临床试验')).toBe(true);
  expect((await replay(on.ctx, id)).refused).toEqual([]);
});

test('[2.6.4.2] a message of the specialist that she has read reaches her too; the supervisor’s does not', async () => {
  const { player, id } = await askCarT(on, 'reads');
  const writeAndRead = async (by: string, text: string) => {
    await (await on.as(by)).event(id, 'writeMember', { text });
    await inboxOf(on, player);
    const { items } = await player.must<{ items: { id: string; body: string }[] }>('GET', '/messages?limit=100');
    await player.must('POST', `/messages/${items.find(({ body }) => body.includes(text))!.id}/read`, {});
    return clockOf(await player.case(id), 'response').state;
  };
  expect(await writeAndRead('supervisor', '专员会联系您。')).not.toBe('kept');
  expect(await writeAndRead('car-t-specialist', '我是您的 CAR-T 专员，打您电话没有接通。')).toBe('kept');
  expect((await player.case(id)).assignee).toBe('惠医·CAR-T 专员');
});

test('[2.6.4.8.2] an expert without consent cannot judge; consent taken back stops her, and others can be named', async () => {
  const asked = await playToPanel(on, 'panel');
  const { player, id, ids } = asked;
  const given = await player.must<{ items: { id: string; recipientName: string; withdrawnAt: string | null }[] }>(
    'GET',
    '/consents',
  );
  const hers = given.items.find(({ recipientName }) => recipientName.includes(PANEL[1]))!;
  await player.must('DELETE', `/consents/${hers.id}`);
  expect(await player.case(id)).toMatchObject({ state: 'awaiting-panel-consent', consentAsked: 'expert' });
  expect(codeOf(await (await on.as('expert2')).send('GET', `/cases/${id}`))).toBe('404 not-found');
  expect(codeOf(await tryEvent(await on.as('expert'), id, 'vote', { finding: 'fit', why: '等别人' }))).toBe(
    '409 not-possible-now',
  );
  await consentToAll(asked);
  expect((await player.case(id)).state).toBe('panel');
  const staff = await specialist(on);
  await staff.event(id, 'takeBack', { reason: '一位专家出差' });
  expect(codeOf(await (await on.as('expert')).send('GET', `/cases/${id}`))).toBe('404 not-found');
  // Her own provider's consent taken back ends it: nothing is booked, nothing is spent.
  const provider = (await player.must<typeof given>('GET', '/consents')).items.find(
    ({ recipientName, withdrawnAt }) => recipientName.includes('惠医') && !withdrawnAt,
  )!;
  await player.must('DELETE', `/consents/${provider.id}`);
  expect(await player.case(id)).toMatchObject({ state: 'closed-consent-withdrawn', use: { state: 'released' } });
  expect(codeOf(await staff.send('GET', `/cases/${id}`))).toBe('404 not-found');
  expect(ids.personId).toBe((await player.case(id)).person.id);
});

test('[2.6.4.8.5] not at the assessment: nothing is counted; cancelled before it: nothing either', async () => {
  const { player, id } = await playToBooked(on, 'absent', slot('2026-11-02', '2026-10-29'));
  await on.advanceTo('2026-11-02T11:00:00+08:00');
  await (await specialist(on)).event(id, 'reportAbsence', { attempts: '10:00、10:30 两次致电未接' });
  expect(await player.case(id)).toMatchObject({ state: 'closed-excused', use: { state: 'released', remaining: 1 } });
  const again = await playToBooked(on, 'cancels', slot('2026-11-09', '2026-11-05'));
  await again.player.event(again.id, 'cancelBooking');
  expect(await again.player.case(again.id)).toMatchObject({ state: 'closed-cancelled', use: { state: 'released' } });
});

test('[2.6.4.2] a bed on or before the due moment put off by her meets the promise; one that came too late does not', async () => {
  const { player, id } = await playToBooked(on, 'put-off', slot('2026-11-09', '2026-11-05'));
  await on.advanceTo('2026-11-09T09:35:00+08:00');
  await pass(on, id);
  expect(clockOf(await player.case(id), 'admission').due).toBe('2026-11-18T18:00:00+08:00');
  await offerBed(on, id, slot('2026-11-25', '2026-11-12'));
  await player.event(id, 'declineOffer', { wish: '想早一点' });
  // The assessment's own slot lay before the due moment; it offered no bed.
  expect(clockOf(await player.case(id), 'admission').state).toBe('running');
  await offerBed(on, id, slot('2026-11-16', '2026-11-12'));
  await player.event(id, 'declineOffer', { wish: '家里有事，晚两天' });
  expect(clockOf(await player.case(id), 'admission').state).toBe('kept');
  expect(await player.case(id)).toMatchObject({ state: 'arranging-bed', use: { state: 'spent' } });
  expect(warningOf(await player.case(id), 'withdraw')).toContain('不再另计');
});

test('[2.6.4.3] a number that does not match stops everything until a supervisor has cleared it', async () => {
  const asked = await playToBooked(on, 'mismatch', slot('2026-11-16', '2026-11-12'));
  const { player, id } = asked;
  await on.advanceTo('2026-11-16T09:35:00+08:00');
  await pass(on, id);
  await playToManufacturing(on, asked, slot('2026-11-23', '2026-11-18'));
  await playToConfirming(on, asked);
  const pharmacist = await on.as('cart-pharmacist');
  const staff = await specialist(on);
  expect(
    await pharmacist.event(id, 'confirmProduct', { chain: 'COI-2026-0002', lot: LOT, attended: 'not-needed' }),
  ).toMatchObject({ state: 'identity-stopped', turn: { who: 'supervisor' } });
  expect(allowedTypes(await pharmacist.case(id))).toEqual([]);
  expect(allowedTypes(await staff.case(id))).not.toContain('infuse');
  const supervisor = await on.as('supervisor');
  expect((await inboxOf(on, supervisor)).some(({ subject }) => subject === '编号不符，已全部停下')).toBe(true);
  expect(await supervisor.event(id, 'clearMismatch', { found: '录入看错一位，条码与采集袋一致' })).toMatchObject({
    state: 'confirming',
  });
  await pharmacist.event(id, 'confirmProduct', { chain: CHAIN, lot: LOT, attended: 'not-needed' });
  // Another lot at the bedside is no less a mismatch; the product is discarded and cells are collected again.
  expect(await staff.event(id, 'infuse', await infusion(on, { lot: 'LOT-0000' }))).toMatchObject({
    state: 'identity-stopped',
  });
  expect(await supervisor.event(id, 'discardProduct', { reason: '无法确认产品属于本人' })).toMatchObject({
    state: 'admitted',
  });
  expect(await player.case(id)).toMatchObject({ state: 'admitted', use: { state: 'spent' } });
  expect((await replay(on.ctx, id)).refused).toEqual([]);
});

test('[2.6.4.7] the policy ends while the product is made: operations decide how far it is honoured, and the record says who and why', async () => {
  const { persona } = await newMember(on, 'ended');
  const ids = (await on.people([{ ...persona, noAccount: true }])).get('ended')!;
  const player = await on.as('ended');
  const { id } = await player.request(await carTBody(on, player, ids));
  const asked = { player, id, ids, key: 'ended' };
  const staff = await specialist(on);
  const { verify } = await import('./outpatient.ts');
  await (await verify(on, id, { illness: 'lymphoma' })).event(id, 'acceptRequest');
  await staff.event(id, 'namePanel', { experts: await expertIds(staff) });
  await consentToAll(asked);
  await vote(on, id, ['fit', 'fit']);
  await offerAssessment(on, id, slot('2026-11-26', '2026-11-25'));
  await player.event(id, 'acceptOffer');
  await on.advanceTo('2026-11-26T09:35:00+08:00');
  await pass(on, id);
  await playToManufacturing(on, asked, slot('2026-12-01', '2026-11-28'));
  await policyBecomes(on, persona, 'terminated', '2026-12-01T09:00:00+08:00');
  expect(await player.case(id)).toMatchObject({ state: 'policy-deciding', turn: { who: 'operations' } });
  const reason = '已单采，停止会危及治疗，公司决定履行到出院';
  const operations = await on.as('operations');
  expect(await operations.event(id, 'honour', { what: 'to-discharge', reason })).toMatchObject({
    state: 'manufacturing',
  });
  const entry = (await operations.case(id)).timeline.find(({ type }) => type === 'honour')!;
  expect(entry.actor).toContain('运营');
  expect(entry.facts.map(({ value }) => value)).toEqual(['到出院为止', reason]);
  await playToConfirming(on, asked);
  await (await on.as('cart-pharmacist')).event(id, 'confirmProduct', {
    chain: CHAIN,
    lot: LOT,
    attended: 'not-needed',
  });
  await staff.event(id, 'infuse', await infusion(on));
  expect(await staff.event(id, 'leaveHospital', { advice: '按医院安排复诊' })).toMatchObject({
    state: 'completed',
    final: true,
  });
  expect((await replay(on.ctx, id)).refused).toEqual([]);
});

test('[2.6.5.2.3] the provider’s consent taken back in the treatment goes to a person; agreed again it goes on where it stood', async () => {
  const asked = await playToBooked(on, 'withdraws', slot('2026-12-07', '2026-12-03'));
  const { player, id, ids } = asked;
  await on.advanceTo('2026-12-07T09:35:00+08:00');
  await pass(on, id);
  const { items } = await player.must<{ items: { id: string; recipientName: string; withdrawnAt: string | null }[] }>(
    'GET',
    '/consents',
  );
  await player.must('DELETE', `/consents/${items.find(({ recipientName }) => recipientName.includes('惠医'))!.id}`);
  const staff = await specialist(on);
  expect(codeOf(await staff.send('GET', `/cases/${id}`))).toBe('404 not-found');
  expect(await player.case(id)).toMatchObject({ state: 'consent-deciding', consentAsked: 'provider' });
  await consentToAll({ player, id, ids, key: asked.key }, ['car-t']);
  expect(await staff.case(id)).toMatchObject({ state: 'arranging-bed' });
});

test('[2.6.4.7] case 33: she dies while the product is made: the pathway closes and nobody reminds the dead', async () => {
  const asked = await playToBooked(on, 'dies', slot('2026-12-14', '2026-12-10'));
  const { player, id, ids } = asked;
  await on.advanceTo('2026-12-14T09:35:00+08:00');
  await pass(on, id);
  await playToManufacturing(on, asked, slot('2026-12-15', '2026-12-14'));
  const before = (await inboxOf(on, player)).length;
  const supervisor = await on.as('supervisor');
  await supervisor.must('POST', `/persons/${ids.personId}/death`, {
    diedOn: '2026-12-15',
    evidence: 'death-certificate',
    caseId: id,
  });
  expect(await supervisor.case(id)).toMatchObject({ state: 'closed-died', final: true });
  // The questionnaire of the admission was due that day, the reminders of the treatment would have followed.
  await on.advanceTo('2026-12-17T10:00:00+08:00');
  const { rows } = await on.database.owner.query<{ count: string }>(
    'select count(*) from yilu.inbox_messages where owner_id = $1',
    [ids.personId],
  );
  expect(Number(rows[0]?.count)).toBe(before);
});

test('[2.6.4.2] the hospital left the list between offer and answer: another is arranged, nothing is spent', async () => {
  const { player, id } = await playToPanel(on, 'left');
  await vote(on, id, ['fit', 'fit']);
  await offerAssessment(on, id, slot('2026-12-24', '2026-12-22'));
  const staff = await specialist(on);
  const { hospital } = await placeBody(staff, slot('2026-12-24', '2026-12-22'));
  await importRows(on, 'cart-hospitals', [
    ['医院名称', '省份', '城市', '级别', '等次', '公立', '科室', 'CAR-T 产品'],
    ['北京大学人民医院', '北京', '北京', '三级', '甲等', '是', '血液科', '奕凯达'],
    ['示例县医院', '北京', '北京', '一级', '甲等', '是', '血液科', '奕凯达'],
  ]);
  await player.event(id, 'acceptOffer');
  expect(await player.case(id)).toMatchObject({ state: 'with-provider', offer: null, use: { state: 'held' } });
  const words = { department: '血液科', doctor: '示例医生', ...slot('2026-12-24', '2026-12-22') };
  expect(problemsOf(await tryEvent(staff, id, 'offerSlot', { ...words, hospital }))).toEqual(['/hospital']);
  const small = (
    await staff.must<{ items: { id: string; label: string }[] }>('GET', '/lists/cart-hospitals')
  ).items.find(({ label }) => label === '示例县医院')!;
  expect(problemsOf(await tryEvent(staff, id, 'offerSlot', { ...words, hospital: small.id }))).toEqual(['/hospital']);
});

test('[2.6.4.1] leukaemia and myeloma are another illness, and the refusal points to the drug review; a hospital below grade 2 is refused too', async () => {
  const { ids } = await newMember(on, 'leukaemia');
  const player = await on.as('leukaemia');
  const body = await carTBody(on, player, ids, { illness: { code: 'malignant-tumour-severe' } });
  const refused = await player.send('POST', '/cases', body);
  expect([refused.status, rulesOf(refused)]).toEqual([409, ['wrong-illness']]);
  const { decisionId } = refused.body as { decisionId: string };
  const decision = await player.must<{ alternatives: { service: string }[] }>('GET', `/decisions/${decisionId}`);
  expect(decision.alternatives.map(({ service }) => service)).toContain('special-drug');
  const unknown = await carTBody(on, player, ids, {
    illness: { code: 'lymphoma', hospitalId: undefined, hospitalName: '示例门诊部' },
  });
  expect(rulesOf(await player.send('POST', '/cases', unknown))).toEqual(['hospital-not-qualified']);
});
