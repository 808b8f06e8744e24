/** The admission and surgery green channel through HTTP. Over 300 lines: the stories share one application and one sequence of time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WORKERS } from '#server/sandbox/workers.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import {
  askForBed,
  bedBody,
  handOverForBed,
  issueCertificate,
  namedManager,
  offerBed,
  playToBed,
  SERVICE,
} from './inpatient.ts';
import { accept, ask, HOSPITAL, hospitalRow, requestBody } from './outpatient.ts';
import {
  allowedTypes,
  catchUp,
  clockOf,
  codeOf,
  handIn,
  importRows,
  inboxOf,
  newMember,
  policyBecomes,
  someone,
  tryEvent,
  warningOf,
} from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

const slot = (day: string, until: string) => ({
  visitAt: `${day}T08:00:00+08:00`,
  answerBy: `${until}T18:00:00+08:00`,
});
const promisesOf = (view: { clocks: { promise: string; target: boolean }[] }) =>
  view.clocks.flatMap(({ promise, target }) => (target ? [] : [promise])).sort();

test('[2.3.1.3][2.3.1.4] from request to discharge without a certificate: one named manager, three working days for the certificate, ten from its issue', async () => {
  const { ids } = await newMember(on, 'straight');
  const { player, id } = await askForBed(on, 'straight', ids);
  const asked = await player.case(id);
  expect(promisesOf(asked)).toEqual(['admission-certificate', 'response']);
  expect(clockOf(asked, 'response').due).toMatch(/^2026-07-01T11:00:0/);
  expect(clockOf(asked, 'admission-certificate').due).toBe('2026-07-06T18:00:00+08:00');
  expect(asked.assignee).toBeTruthy();
  expect((await inboxOf(on, player)).some(({ body }) => body.includes(asked.assignee!))).toBe(true);
  const manager = await namedManager(on, id);
  await manager.event(id, 'logCall', { outcome: 'reached' });
  expect(clockOf(await player.case(id), 'response').state).toBe('kept');
  await accept(on, id);
  await handOverForBed(on, id);
  expect(await player.case(id)).toMatchObject({ state: 'obtaining-certificate', turn: { who: 'provider' } });
  await on.advanceTo('2026-07-02T15:00:00+08:00');
  await issueCertificate(on, id, '2026-07-02');
  const certified = await player.case(id);
  expect(certified.state).toBe('with-provider');
  expect(clockOf(certified, 'admission-certificate').state).toBe('kept');
  expect(clockOf(certified, 'admission').due).toBe('2026-07-16T18:00:00+08:00');
  await offerBed(on, id, slot('2026-07-08', '2026-07-03'));
  const offered = await player.case(id);
  expect(offered.offer?.more.map(({ label }) => label)).toEqual(['病区和床位', '入院前准备']);
  expect(warningOf(offered, 'acceptOffer')).toContain('计为已使用 1 次');
  const booked = await player.event(id, 'acceptOffer');
  expect(booked).toMatchObject({ state: 'booked', use: { state: 'held' } });
  expect(clockOf(booked, 'admission').state).toBe('kept');
  await on.advanceTo('2026-07-07T10:00:30+08:00');
  expect((await inboxOf(on, player)).some(({ subject }) => subject === '入院提醒')).toBe(true);
  const provider = await on.as('provider');
  await provider.event(id, 'setSurgery', { surgeryAt: '2026-07-10T09:00:00+08:00' });
  expect((await player.case(id)).offer?.more.find(({ label }) => label === '手术时间')?.value).toContain('7月10日');
  await on.advanceTo('2026-07-08T08:30:00+08:00');
  await provider.event(id, 'checkIn');
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'delivered', remaining: 0 });
  await on.advanceTo('2026-07-15T15:00:00+08:00');
  await provider.event(id, 'discharge', { dischargedOn: '2026-07-15', followUp: '两周后复诊' });
  await provider.attach(id, 'visit-record', on.picture);
  await provider.event(id, 'summarise', { said: '手术顺利', nextSteps: '两周后复诊' });
  expect(await player.event(id, 'rate', { stars: 5 })).toMatchObject({ state: 'completed', final: true });
});

test('[2.3.1.4] scenario 9: asked at 17:59 before the National Day: one hour is due on 8 October at 9:59, three working days on the make-up Saturday', async () => {
  const other = await openApp({ at: '2026-09-30T17:59:00+08:00' });
  try {
    const { ids } = await newMember(other, 'eve');
    const { player, id } = await askForBed(other, 'eve', ids);
    const view = await player.case(id);
    expect(clockOf(view, 'response').due).toMatch(/^2026-10-08T09:59/);
    expect(clockOf(view, 'admission-certificate').due).toBe('2026-10-10T18:00:00+08:00');
  } finally {
    await other.close();
  }
});

test('[2.3.1.4] with a certificate the ten working days run from the request, and none is promised for the certificate', async () => {
  await on.advanceTo('2026-07-16T10:00:00+08:00');
  const { ids } = await newMember(on, 'certified');
  const { player, id } = await askForBed(on, 'certified', ids, { with: ['admission-certificate'] });
  const view = await player.case(id);
  expect(promisesOf(view)).toEqual(['admission', 'response']);
  expect(clockOf(view, 'admission').due).toBe('2026-07-30T18:00:00+08:00');
  await accept(on, id);
  await handOverForBed(on, id);
  expect((await player.case(id)).state).toBe('with-provider');
});

test("[2.3.1.3] only the named manager's answered call keeps the hour; a colleague's call is on file and keeps nothing", async () => {
  const { ids } = await newMember(on, 'named');
  const { player, id } = await askForBed(on, 'named', ids);
  const named = await namedManager(on, id);
  const { assignee } = await player.case(id);
  const other = WORKERS.find(({ roles, name }) => roles.includes('case-manager') && name !== assignee)!;
  const colleague = await on.as(other.key);
  await colleague.event(id, 'logCall', { outcome: 'reached' });
  expect(clockOf(await player.case(id), 'response').state).toMatch(/running|soon/);
  await named.event(id, 'logCall', { outcome: 'no-answer' });
  expect(clockOf(await player.case(id), 'response').state).toMatch(/running|soon/);
  await named.event(id, 'logCall', { outcome: 'reached' });
  expect(clockOf(await player.case(id), 'response').state).toBe('kept');
});

test("[2.3.1.3] the named manager's message that she has read keeps the hour; unread or another's it keeps nothing", async () => {
  const { ids } = await newMember(on, 'letter');
  const { player, id } = await askForBed(on, 'letter', ids);
  const manager = await namedManager(on, id);
  const { assignee } = await player.case(id);
  const other = await on.as(
    WORKERS.find(({ roles, name }) => roles.includes('case-manager') && name !== assignee)!.key,
  );
  const state = async () => clockOf(await player.case(id), 'response').state;
  const read = async (text: string) => {
    const letter = (await inboxOf(on, player)).find(({ body }) => body.includes(text))!;
    expect(letter.subject).toMatch(/给您留言$/);
    await player.must('POST', `/messages/${letter.id}/read`, {});
  };
  await other.event(id, 'writeMember', { text: '我是同事，她马上联系您。' });
  await read('我是同事');
  expect(await state()).toBe('running');
  await manager.event(id, 'writeMember', { text: '我是您的专属病案经理，上午给您打电话没有接通。' });
  expect(await state()).toBe('running');
  // What else she reads is no answer of the manager's.
  for (const { id: message, subject } of await inboxOf(on, player))
    if (!subject.endsWith('给您留言')) await player.must('POST', `/messages/${message}/read`, {});
  expect(await state()).toBe('running');
  await read('专属病案经理，上午');
  await read('专属病案经理，上午');
  expect(await state()).toBe('kept');
  const { timeline } = await player.case(id);
  expect(timeline.filter(({ label }) => label === '已读留言')).toHaveLength(2);
  await player.event(id, 'leaveMessage', { text: '下午三点以后方便。' });
  expect((await inboxOf(on, manager)).some(({ body }) => body.includes('下午三点以后方便'))).toBe(true);
});

test('[2.3.1.3] handed over only with a reason; the member is told who, may ask for another, and the supervisor sees it', async () => {
  const { ids } = await newMember(on, 'another');
  const { player, id } = await askForBed(on, 'another', ids);
  const first = (await player.case(id)).assignee;
  expect(codeOf(await tryEvent(player, id, 'askAnotherManager'))).toBe('422 not-acceptable');
  await player.event(id, 'askAnotherManager', { why: '沟通不便' });
  const supervisor = await on.as('supervisor');
  expect((await supervisor.case(id)).attention).toContain('asks-another-manager');
  expect((await inboxOf(on, supervisor)).some(({ caseId, subject }) => caseId === id && subject.includes('想换'))).toBe(
    true,
  );
  const staff = await supervisor.must<{ items: { id: string; name: string }[] }>('GET', '/staff?role=case-manager');
  const other = staff.items.find(({ name }) => name !== first)!;
  expect(codeOf(await tryEvent(supervisor, id, 'reassign', { to: other.id }))).toBe('422 not-acceptable');
  await supervisor.event(id, 'reassign', { to: other.id, reason: '按会员要求' });
  const moved = await player.case(id);
  expect(moved.assignee).toBe(other.name);
  expect((await supervisor.case(id)).attention).not.toContain('asks-another-manager');
  expect((await inboxOf(on, player)).some(({ caseId, body }) => caseId === id && body.includes(other.name))).toBe(true);
});

test('[2.3.1.4] the hospital withdraws the certificate after the booking: nothing spent, obtained again, the clocks open with their old due moments', async () => {
  const { ids } = await newMember(on, 'withdrawn-certificate');
  const { player, id } = await askForBed(on, 'withdrawn-certificate', ids);
  await accept(on, id);
  await handOverForBed(on, id);
  await issueCertificate(on, id, '2026-07-16');
  const due = clockOf(await player.case(id), 'admission').due;
  await offerBed(on, id, slot('2026-07-22', '2026-07-18'));
  await player.event(id, 'acceptOffer');
  const provider = await on.as('provider');
  await provider.event(id, 'withdrawCertificate', { why: '科室床位调整，原凭证作废' });
  const again = await player.case(id);
  expect(again).toMatchObject({ state: 'obtaining-certificate', offer: null, use: { state: 'held' } });
  expect(clockOf(again, 'admission')).toMatchObject({ due, state: expect.stringMatching(/running|soon/) });
  expect(clockOf(again, 'admission-certificate').state).toMatch(/running|soon/);
  expect((await inboxOf(on, player)).some(({ caseId, subject }) => caseId === id && subject.includes('住院凭证'))).toBe(
    true,
  );
  // What the hospital did is no cancellation of hers: withdrawing now costs nothing.
  expect(warningOf(again, 'withdraw')).toContain('不计使用');
  await issueCertificate(on, id, '2026-07-16');
  await offerBed(on, id, slot('2026-07-23', '2026-07-18'));
  expect(await player.event(id, 'acceptOffer')).toMatchObject({ state: 'booked' });
});

test('[2.3.9] the hospital moves the admission twice: she decides each time, nothing is spent, and declining costs nothing', async () => {
  const { ids } = await newMember(on, 'moved-twice');
  const { player, id } = await playToBed(on, 'moved-twice', ids, slot('2026-07-22', '2026-07-18'));
  const provider = await on.as('provider');
  for (const day of ['2026-07-23', '2026-07-24']) {
    const moved = await provider.event(id, 'providerChanges', await bedBody(provider, slot(day, '2026-07-18')));
    expect(moved.state).toBe('offered');
    expect((await player.event(id, 'acceptOffer')).use).toMatchObject({ state: 'held' });
  }
  await provider.event(id, 'providerChanges', await bedBody(provider, slot('2026-07-25', '2026-07-18')));
  expect(await player.event(id, 'declineOffer')).toMatchObject({ state: 'with-provider', use: { state: 'held' } });
});

test('[2.3.9] cancelled before the booking costs nothing, after it counts as used; changed counts as used and is served once', async () => {
  const before = await newMember(on, 'bed-before');
  const first = await askForBed(on, 'bed-before', before.ids, { with: ['admission-certificate'] });
  expect(await first.player.event(first.id, 'withdraw')).toMatchObject({ use: { state: 'released', remaining: 1 } });
  const after = await newMember(on, 'bed-after');
  const second = await playToBed(on, 'bed-after', after.ids, slot('2026-07-22', '2026-07-18'));
  expect(warningOf(await second.player.case(second.id), 'cancelBooking')).toBe('预约成功后取消，计为已使用 1 次。');
  expect(await second.player.event(second.id, 'cancelBooking')).toMatchObject({
    state: 'closed-cancelled',
    use: { state: 'spent', cause: 'used-by-cancel', remaining: 0 },
  });
  const change = await newMember(on, 'bed-change');
  const third = await playToBed(on, 'bed-change', change.ids, slot('2026-07-22', '2026-07-18'));
  expect(await third.player.event(third.id, 'changeBooking', { wish: '下周' })).toMatchObject({
    state: 'with-provider',
    use: { state: 'spent', cause: 'used-by-change' },
  });
  await offerBed(on, third.id, slot('2026-07-27', '2026-07-18'));
  const served = await third.player.event(third.id, 'acceptOffer');
  expect(allowedTypes(served)).not.toContain('changeBooking');
});

test('[2.3.9] not admitted: a person decides with the contact attempts on file', async () => {
  const { ids } = await newMember(on, 'bed-absent');
  const { player, id } = await playToBed(on, 'bed-absent', ids, slot('2026-07-17', '2026-07-16'));
  await on.advanceTo('2026-07-17T12:00:00+08:00');
  await (await on.as('provider')).event(id, 'reportAbsence', { attempts: '两次电话未接' });
  const manager = await namedManager(on, id);
  expect(codeOf(await tryEvent(manager, id, 'countAbsence', { reason: '未到' }))).toBe('409 not-possible-now');
  await manager.event(id, 'logCall', { outcome: 'reached' });
  expect(await manager.event(id, 'excuseAbsence', { reason: '当天急诊' })).toMatchObject({
    state: 'closed-excused',
    use: { state: 'released', cause: 'excused' },
  });
  expect((await player.case(id)).stateLabel).toBe('未入院，不计使用');
});

test('[2.3.1.2] bad input of a bed is refused with the field, and nothing is lost', async () => {
  const { ids } = await newMember(on, 'bed-bad');
  const { id, player } = await askForBed(on, 'bed-bad', ids, { with: ['admission-certificate'] });
  await accept(on, id);
  await handOverForBed(on, id);
  const provider = await on.as('provider');
  const good = await bedBody(provider, slot('2026-07-24', '2026-07-20'));
  const faults = async (change: Record<string, unknown>) =>
    ((await tryEvent(provider, id, 'offerSlot', { ...good, ...change })).body.problems as { pointer: string }[]).map(
      ({ pointer }) => pointer,
    );
  expect(await faults({ visitAt: '2026-07-01T08:00:00+08:00' })).toContain('/visitAt');
  expect(await faults({ ward: undefined })).toContain('/ward');
  expect(await faults({ surgeryAt: '2026-07-20T08:00:00+08:00' })).toEqual(['/surgeryAt']);
  expect(codeOf(await tryEvent(provider, id, 'discharge', { dischargedOn: '2026-07-17' }))).toBe(
    '409 not-possible-now',
  );
  expect((await player.case(id)).state).toBe('with-provider');
});

test('[2.3.5] scenarios 1 to 3: pathology on the last day of the waiting period is refused; a finding in it goes to a person', async () => {
  const { ids } = await newMember(on, 'bed-waiting');
  const player = await on.as('bed-waiting');
  const body = (illness: Record<string, unknown>) => requestBody(on, player, ids, { service: SERVICE, illness });
  const refused = await player.send(
    'POST',
    '/cases',
    await body({ diagnosedOn: '2026-04-09', firstSymptomOn: '2026-04-01', firstVisitOn: '2026-04-05' }),
  );
  expect([refused.status, (refused.body as { reasons: { rule: string; clause: string }[] }).reasons[0]]).toEqual([
    409,
    expect.objectContaining({ rule: 'ill-in-waiting-period', clause: '2.3.5' }),
  ]);
  const nodule = await player.request(
    await body({ diagnosedOn: '2026-06-20', firstAbnormalOn: '2026-04-01', firstSymptomOn: undefined }),
  );
  expect((await player.case(nodule.id)).decision).toMatchObject({
    outcome: 'review',
    reasons: [expect.objectContaining({ rule: 'onset-too-early' })],
  });
});

test('[2.3.7][N.7] scenarios 15 to 17: suspended while papers are awaited it closes; ended after the booking operations decide', async () => {
  const first = await newMember(on, 'bed-lapse');
  const asked = await askForBed(on, 'bed-lapse', first.ids, { without: ['pathology'] });
  expect((await asked.player.case(asked.id)).state).toBe('awaiting-papers');
  await policyBecomes(on, first.persona, 'suspended', '2026-07-17T00:00:00+08:00');
  expect(await asked.player.case(asked.id)).toMatchObject({
    state: 'closed-policy-ended',
    use: { state: 'released', cause: 'policy-ended' },
  });
  await policyBecomes(on, first.persona, 'in-force', '2026-07-17T08:00:00+08:00');
  expect((await asked.player.send('POST', '/cases', { service: SERVICE, ...first.ids })).status).toBe(409);
  const second = await newMember(on, 'bed-ended');
  const booked = await playToBed(on, 'bed-ended', second.ids, slot('2026-07-27', '2026-07-20'));
  await policyBecomes(on, second.persona, 'terminated', '2026-07-17T00:00:00+08:00');
  expect(await booked.player.case(booked.id)).toMatchObject({ state: 'policy-deciding', use: { state: 'held' } });
  expect(await (await on.as('operations')).event(booked.id, 'honour', { reason: '已经约好' })).toMatchObject({
    state: 'booked',
  });
});

test('[2.3.3][N.2] scenario 18: the hospital leaves the list between offer and acceptance: another is looked for, nothing spent', async () => {
  const other = await openApp({ at: '2026-07-01T10:00:00+08:00' });
  try {
    const { ids } = await newMember(other, 'bed-list');
    const { player, id } = await askForBed(other, 'bed-list', ids, { with: ['admission-certificate'] });
    await accept(other, id);
    await handOverForBed(other, id);
    await offerBed(other, id, slot('2026-07-10', '2026-07-06'));
    await importRows(other, 'hospitals', [
      ['医院名称', '别名', '省份', '城市', '级别', '等次', '公立', '科室', '服务商', '可用服务', '示例'],
      ['四川大学华西医院', '', '四川', '成都', '三级', '甲等', '是', '肿瘤科', '', 'inpatient-access', '是'],
    ]);
    const view = await player.event(id, 'acceptOffer');
    expect(view).toMatchObject({ state: 'with-provider', offer: null, use: { state: 'held' } });
    expect(view.timeline.length).toBeGreaterThan(0);
  } finally {
    await other.close();
  }
});

test('[2.3.1.2] a hospital that is not of grade 3 class A cannot be asked for', async () => {
  const other = await openApp({ at: '2026-07-01T10:00:00+08:00' });
  try {
    await importRows(other, 'hospitals', [
      ['医院名称', '别名', '省份', '城市', '级别', '等次', '公立', '科室', '服务商', '可用服务', '示例'],
      ['示例县医院', '', '四川', '成都', '二级', '甲等', '是', '肿瘤科', '', '', '是'],
      [HOSPITAL, '', '上海', '上海', '三级', '甲等', '是', '肿瘤科', '', '', '是'],
    ]);
    const { ids } = await newMember(other, 'bed-grade');
    const player = await other.as('bed-grade');
    const body = await requestBody(other, player, ids, { service: SERVICE });
    const low = await hospitalRow(player, '示例县医院');
    const refused = await player.send('POST', '/cases', { ...body, form: { hospital: low.id, department: '肿瘤科' } });
    expect([refused.status, refused.body]).toMatchObject([422, { problems: [{ pointer: '/form/hospital' }] }]);
    expect((await player.send('POST', '/cases', body)).status).toBe(201);
  } finally {
    await other.close();
  }
});

test('[2.6.5.2.3][S.2] scenarios 31 and 32: consent taken back before the booking closes the case uncounted; an impostor is stopped', async () => {
  const { ids } = await newMember(on, 'bed-consent');
  const { player, id } = await askForBed(on, 'bed-consent', ids);
  const { items } = await player.must<{ items: { id: string; caseId: string | null }[] }>('GET', '/consents');
  expect((await player.send('DELETE', `/consents/${items.find(({ caseId }) => caseId === id)!.id}`)).status).toBe(204);
  expect(await player.case(id)).toMatchObject({
    state: 'closed-consent-withdrawn',
    use: { state: 'released', cause: 'consent-withdrawn' },
  });
  const other = await newMember(on, 'bed-impostor');
  const asked = await askForBed(on, 'bed-impostor', other.ids);
  expect(await (await on.as('supervisor')).event(asked.id, 'stopImpostor', { found: '证件与本人不符' })).toMatchObject({
    state: 'closed-impostor',
    use: { state: 'released' },
  });
});

test('[2.2.6][2.3.6] two services for one illness at once are two cases with a use each; a second illness after the use is spent is refused', async () => {
  const { ids } = await newMember(on, 'both');
  const { player, id } = await playToBed(on, 'both', ids, slot('2026-07-22', '2026-07-20'));
  const outpatient = await ask(on, 'both', ids);
  expect((await outpatient.player.case(outpatient.id)).use).toMatchObject({ state: 'held' });
  await player.event(id, 'cancelBooking');
  const again = await player.send(
    'POST',
    '/cases',
    await requestBody(on, player, ids, {
      service: SERVICE,
      illness: {
        code: 'acute-myocardial-infarction',
        diagnosedOn: '2026-07-10',
        firstSymptomOn: '2026-07-09',
        firstVisitOn: '2026-07-10',
      },
    }),
  );
  expect((again.body as { reasons: { rule: string; clause: string }[] }).reasons).toEqual([
    expect.objectContaining({ rule: 'used-up', clause: '2.3.6' }),
  ]);
  expect((await player.case(outpatient.id)).use).toMatchObject({ state: 'held' });
});

test("[2.3.1.3] for a minor the named manager's access is asked of the supervisor with the request itself", async () => {
  const mother = someone('bed-mother');
  const child = someone('bed-child', { bornOn: '2015-05-05', holder: 'bed-mother', noAccount: true });
  const ids = (await on.people([mother, child])).get('bed-child')!;
  const player = await on.as('bed-mother');
  const plain = await requestBody(on, player, ids, { service: SERVICE });
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await player.upload(ids.personId, kind, on.picture) });
  const { id, assignee } = await player.request({ ...plain, applicant: { relation: 'guardian', proofs } });
  const manager = await on.as(WORKERS.find(({ name }) => name === assignee)!.key);
  expect(codeOf(await manager.send('GET', `/cases/${id}`))).toBe('403 minor-approval-needed');
  const supervisor = await on.as('supervisor');
  const { items } = await supervisor.must<{ items: { id: string; kind: string; caseId: string | null }[] }>(
    'GET',
    '/approvals',
  );
  const waiting = items.find((one) => one.kind === 'open-minor' && one.caseId === id)!;
  await supervisor.must('POST', `/approvals/${waiting.id}`, { approve: true });
  await manager.event(id, 'logCall', { outcome: 'reached' });
  expect(clockOf(await player.case(id), 'response').state).toBe('kept');
});

test('[2.3.8] a certificate that comes later is handed in, and recorded by the case manager before the hand-over', async () => {
  const { ids } = await newMember(on, 'bed-later');
  const { player, id } = await askForBed(on, 'bed-later', ids);
  await accept(on, id);
  await handIn(on, player, id, ids.personId, 'admission-certificate');
  const manager = await namedManager(on, id);
  const hospital = await hospitalRow(manager, HOSPITAL);
  const certificate = { hospital: hospital.id, department: '肿瘤科', doctor: '示例医生', issuedOn: '2026-07-17' };
  expect(codeOf(await tryEvent(manager, id, 'issueCertificate', { ...certificate, issuedOn: '2026-08-01' }))).toBe(
    '422 not-acceptable',
  );
  await manager.event(id, 'issueCertificate', certificate);
  expect(clockOf(await player.case(id), 'admission-certificate').state).toBe('kept');
  await handOverForBed(on, id);
  expect((await player.case(id)).state).toBe('with-provider');
  await catchUp(on);
});
