/** The tumour second opinion through HTTP. Over 300 lines: the stories share one application and one sequence of time. */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Player, passCheck } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { namedManager } from './inpatient.ts';
import { accept } from './outpatient.ts';
import { replay } from './replay.ts';
import {
  appointmentBody,
  askByPhone,
  consentToExpert,
  EXPERT,
  handToProvider,
  OPINION,
  offerAppointment,
  opinionBody,
  playToAppointment,
  playToGathering,
  playToWriting,
  QUESTION,
  SERVICE,
} from './second-opinion.ts';
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
  tryEvent,
  warningOf,
} from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

/** Slots in the week of the story, in its own days. */
const slot = (day: string, until: string) => ({
  visitAt: `${day}T09:30:00+08:00`,
  answerBy: `${until}T18:00:00+08:00`,
});
/** Another page: the same picture would be the same paper. */
const page = (n: number): Promise<Buffer> =>
  sharp({ create: { width: 40 + n, height: 60, channels: 3, background: '#fffdf7' } })
    .png()
    .toBuffer();
/** A form as it comes over the wire, with what it starts with. */
type StartedSchema = { properties: Record<string, { default?: unknown }> };
const named = (id: string) => namedManager(on, id);
const problemsOf = (answer: { body: Record<string, unknown> }) =>
  ((answer.body.problems ?? []) as { pointer: string }[]).map(({ pointer }) => pointer);

test('[2.5.1.1][2.5.1.2][2.5.1.3] from the call to the rating: reached, records, expert, consent, opinion, opened, explained, asked once', async () => {
  const asked = await askByPhone(on, 'straight');
  const { player, id, ids } = asked;
  const filed = await player.case(id);
  expect(filed.number).toMatch(/^EZ/);
  expect(clockOf(filed, 'response').due).toMatch(/^2026-07-01T11:00:/);
  // Papers that came with the call are a hand-in [2.5.2.3].
  expect(clockOf(filed, 'completeness-verdict').due).toBe('2026-07-02T18:00:00+08:00');
  const manager = await named(id);
  await manager.event(id, 'logCall', { outcome: 'reached' });
  await accept(on, id);
  expect(await player.case(id)).toMatchObject({ state: 'gathering', turn: { who: 'case-manager' } });
  await on.advanceTo('2026-07-02T11:00:00+08:00');
  const complete = await manager.event(id, 'tellComplete');
  expect(clockOf(complete, 'completeness-verdict').state).toBe('kept');
  // Five working days from the arrival of the last record, not from the telling.
  expect(clockOf(complete, 'appointment').due).toBe('2026-07-08T18:00:00+08:00');
  await handToProvider(on, id);
  await offerAppointment(on, id, slot('2026-07-06', '2026-07-03'));
  const offered = await player.case(id);
  expect(clockOf(offered, 'appointment').state).toBe('kept');
  expect(offered.offer).toMatchObject({ expert: EXPERT, escort: null });
  expect(warningOf(offered, 'acceptOffer')).toContain('计为已使用 1 次');
  const booked = await player.event(id, 'acceptOffer');
  expect(booked).toMatchObject({ state: 'booked', use: { state: 'held' }, consentAsked: 'expert' });
  expect((await inboxOf(on, player)).some(({ subject }) => subject === '请同意让专家看您的资料')).toBe(true);

  const expert = await on.as('expert');
  expect(codeOf(await expert.send('GET', `/cases/${id}`))).toBe('404 not-found');
  const given = await consentToExpert(asked);
  expect(given.recipientName).toContain(EXPERT);
  expect((await player.case(id)).consentAsked).toBeNull();
  const seen = await expert.case(id);
  expect(seen.person.name).toBe(asked.persona.name);
  expect(JSON.stringify(seen)).not.toContain(asked.persona.phone);
  expect(seen.papers.map(({ kind }) => kind).sort()).toEqual(['diagnosis', 'medical-record', 'pathology']);

  await on.advanceTo('2026-07-05T10:00:30+08:00');
  expect((await inboxOf(on, player)).some(({ subject }) => subject === '二诊提醒')).toBe(true);
  await on.advanceTo('2026-07-06T09:35:00+08:00');
  const attended = await expert.event(id, 'checkIn');
  expect(attended).toMatchObject({ state: 'writing', turn: { who: 'expert' } });
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'delivered', remaining: 0 });
  const work = await expert.must<{ items: { id: string }[] }>('GET', '/worklist');
  expect(work.items.map((item) => item.id)).toEqual([id]);

  // The question that she asked is there to begin with.
  const opens = attended.allowed.find(({ type }) => type === 'issueOpinion')!.schema as StartedSchema;
  expect(opens.properties.question?.default).toBe(QUESTION);
  const delivered = await expert.event(id, 'issueOpinion', OPINION);
  expect(delivered.state).toBe('delivered');
  const view = await player.case(id);
  expect(view.opinion?.sections.map(({ text }) => text)).toEqual(Object.values(OPINION));
  // The provider booked it and learns nothing of what the expert found.
  const providerSees = await (await on.as('provider')).case(id);
  expect(providerSees.opinion).toBeNull();
  expect(providerSees.papers.map(({ kind }) => kind)).not.toContain('opinion-report');
  expect(JSON.stringify(providerSees)).not.toContain(OPINION.opinion);
  expect(codeOf(await (await on.as('provider')).send('GET', view.opinion!.reportUrl!.slice(4)))).toBe('404 not-found');

  const file = await player.file(view.opinion!.reportUrl!.slice(4));
  expect(file.subarray(0, 5).toString()).toBe('%PDF-');
  expect(createHash('sha256').update(file).digest('hex')).toBe(view.opinion!.sha256);
  expect(view.opinion?.intact).toBe(true);
  expect((await player.case(id)).state).toBe('opened');
  const explained = await manager.event(id, 'explainOpinion', { how: 'call', said: '逐项解读了意见和治疗建议。' });
  expect(explained.state).toBe('explained');
  // Rating would end it and her question with it, and says so.
  expect(warningOf(await player.case(id), 'rate')).toContain('不能再追问专家');
  expect((await player.event(id, 'askFollowUp', { question: '手术后要不要放疗？' })).state).toBe('follow-up');
  const answered = await expert.event(id, 'answerFollowUp', { answer: '切缘阴性则不需要。' });
  expect(answered.state).toBe('answered');
  expect((await player.case(id)).opinion).toMatchObject({
    asked: '手术后要不要放疗？',
    answered: '切缘阴性则不需要。',
  });
  expect(allowedTypes(await player.case(id))).not.toContain('askFollowUp');
  expect(warningOf(await player.case(id), 'rate')).toBeUndefined();
  expect(await player.event(id, 'rate', { stars: 5 })).toMatchObject({ state: 'completed', final: true });
  expect((await replay(on.ctx, id)).refused).toEqual([]);
  const { items } = await player.must<{ items: { recipientName: string; what: string[] }[] }>('GET', '/disclosures');
  expect(items.some(({ recipientName, what }) => recipientName.includes(EXPERT) && what.includes('病历和材料'))).toBe(
    true,
  );
  expect(ids.personId).toBe(filed.person.id);
});

test('[2.5.2.2] scenario 9: called in at 17:59 before the National Day: the hour ends on 8 October at 9:59; only the named manager keeps it', async () => {
  const other = await openApp({ at: '2026-09-30T17:59:00+08:00' });
  try {
    const { id } = await askByPhone(other, 'eve');
    const manager = await namedManager(other, id);
    expect(clockOf(await manager.case(id), 'response').due).toMatch(/^2026-10-08T09:59/);
    await manager.event(id, 'logCall', { outcome: 'no-answer' });
    expect(clockOf(await manager.case(id), 'response').state).toMatch(/running|soon/);
    await manager.event(id, 'logCall', { outcome: 'reached' });
    expect(clockOf(await manager.case(id), 'response').state).toBe('kept');
  } finally {
    await other.close();
  }
});

test('[2.5.8] by the hotline only: the portal refuses with the clause', async () => {
  const { ids } = await newMember(on, 'portal');
  const player = await on.as('portal');
  const answer = await player.send('POST', '/cases', await opinionBody(on, player, ids));
  expect(answer.status).toBe(409);
  expect((answer.body as { reasons: { rule: string; clause: string }[] }).reasons).toContainEqual(
    expect.objectContaining({ rule: 'channel-not-offered', clause: '2.5.8' }),
  );
});

test('[2.5.5] scenarios 1 and 2: diagnosed in the waiting period refuses; only a sign in it goes to a person', async () => {
  const { persona, ids } = await newMember(on, 'waiting');
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const inside = { firstSymptomOn: '2026-03-20', firstVisitOn: '2026-03-25', diagnosedOn: '2026-04-09' };
  const refused = await desk.send('POST', '/cases', await opinionBody(on, desk, ids, { illness: inside }));
  expect((refused.body as { reasons: { rule: string; clause: string }[] }).reasons).toContainEqual(
    expect.objectContaining({ rule: 'ill-in-waiting-period', clause: '2.5.5' }),
  );
  const sign = { firstSymptomOn: '2026-03-20', firstVisitOn: '2026-04-20', diagnosedOn: '2026-05-10' };
  const created = await desk.request(await opinionBody(on, desk, ids, { illness: sign }));
  expect(created).toMatchObject({ state: 'reviewing', decision: { outcome: 'review' } });
});

test('[2.5.4] scenario 3: a mild tumour after the waiting period is a malignant tumour here; an illness that is none refuses', async () => {
  const { persona, ids } = await newMember(on, 'mild');
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const other = await desk.send(
    'POST',
    '/cases',
    await opinionBody(on, desk, ids, { illness: { code: 'acute-myocardial-infarction' } }),
  );
  expect((other.body as { reasons: { rule: string }[] }).reasons.map(({ rule }) => rule)).toContain('wrong-illness');
  const mild = await desk.request(await opinionBody(on, desk, ids, { illness: { code: 'malignant-tumour-mild' } }));
  expect(mild.decision?.outcome).toBe('granted');
});

test('[2.5.2.3] scenario 20: records one page at a time: one list, a verdict clock for each hand-in, five days from the last arrival', async () => {
  const { player, id, ids } = await playToGathering(on, 'pages', { without: ['pathology', 'medical-record'] });
  const manager = await named(id);
  const gathering = await manager.case(id);
  expect(gathering.state).toBe('gathering');
  // The list starts with what is required and not there.
  const list = gathering.allowed.find(({ type }) => type === 'tellMissing')!.schema as StartedSchema;
  expect(list.properties.kinds?.default).toEqual(['pathology', 'medical-record']);
  const told = await manager.event(id, 'tellMissing', {
    kinds: ['pathology', 'medical-record'],
    note: '请交病理报告和出院小结。',
  });
  expect(told.state).toBe('awaiting-records');
  expect(told.papers.filter(({ missing }) => missing).map(({ kind }) => kind)).toEqual(['pathology', 'medical-record']);
  // What is optional, and another page of what is there, may be handed in as well.
  expect((await player.case(id)).papers.filter(({ open }) => open).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['diagnosis', 'pathology', 'imaging', 'records-authorisation']),
  );
  expect((await inboxOf(on, player)).some(({ body }) => body.includes('请交病理报告和出院小结'))).toBe(true);
  expect((await player.case(id)).facts.filter(({ first }) => first).map(({ items }) => items[0]?.value)).toEqual([
    '请交病理报告和出院小结。',
  ]);
  // Complete is refused while a required record is missing, and nothing is lost.
  const early = await tryEvent(manager, id, 'tellComplete');
  expect(codeOf(early)).toBe('422 not-acceptable');
  await on.advanceTo('2026-07-07T10:00:00+08:00');
  await handIn(on, player, id, ids.personId, 'pathology');
  await on.advanceTo('2026-07-08T10:00:00+08:00');
  await handIn(on, player, id, ids.personId, 'medical-record', await page(1));
  const two = (await manager.case(id)).clocks.filter(({ promise }) => promise === 'completeness-verdict');
  expect(two.map(({ due }) => due)).toEqual([
    '2026-07-07T18:00:00+08:00',
    '2026-07-08T18:00:00+08:00',
    '2026-07-09T18:00:00+08:00',
  ]);
  // The second page of the record is still to come: of the one list, so nobody has to approve it.
  await manager.event(id, 'tellMissing', { kinds: ['medical-record'], note: '还差出院小结第二页。' });
  expect(
    (await manager.case(id)).clocks.filter(({ state }) => state === 'running').map(({ promise }) => promise),
  ).toEqual([]);
  await on.advanceTo('2026-07-10T16:00:00+08:00');
  await handIn(on, player, id, ids.personId, 'medical-record', await page(2));
  await on.advanceTo('2026-07-13T11:00:00+08:00');
  const complete = await manager.event(id, 'tellComplete');
  expect(complete.state).toBe('planning');
  expect(clockOf(complete, 'appointment').due).toBe('2026-07-17T18:00:00+08:00');
  expect(
    complete.clocks.filter(({ promise, state }) => promise === 'completeness-verdict' && state === 'kept'),
  ).toHaveLength(4);
});

test('[2.5.2.3] a longer list than the one that was told waits for the supervisor; declined, the records are judged as they are', async () => {
  const { player, id, ids } = await playToGathering(on, 'longer', { without: ['medical-record'] });
  const manager = await named(id);
  await manager.event(id, 'tellMissing', { kinds: ['medical-record'], note: '请交病历。' });
  await handIn(on, player, id, ids.personId, 'medical-record');
  const more = await manager.event(id, 'tellMissing', { kinds: ['examination'], note: '还要血检报告。' });
  expect(more).toMatchObject({ state: 'records-second-list', turn: { who: 'supervisor' } });
  expect(clockOf(more, 'completeness-verdict').state).not.toBe('kept');
  const supervisor = await on.as('supervisor');
  expect((await supervisor.event(id, 'declineList', { reason: '现有资料已够' })).state).toBe('gathering');
  const again = await manager.event(id, 'tellMissing', { kinds: ['examination'], note: '专家要求血检。' });
  expect(again.state).toBe('records-second-list');
  expect((await supervisor.event(id, 'approveList')).state).toBe('awaiting-records');
  expect((await inboxOf(on, player)).some(({ body }) => body.includes('专家要求血检'))).toBe(true);
});

test('[2.5.2.3] a hand-in while the review still runs has its verdict clock, and the verdict may come before the acceptance', async () => {
  const { player, id, ids } = await askByPhone(on, 'early', { without: ['medical-record'] });
  const manager = await named(id);
  const told = await manager.event(id, 'tellMissing', { kinds: ['medical-record'], note: '请交病历。' });
  expect(told.state).toBe('reviewing');
  expect((await inboxOf(on, player)).some(({ body }) => body.includes('请交病历'))).toBe(true);
  await handIn(on, player, id, ids.personId, 'medical-record');
  expect((await player.case(id)).state).toBe('reviewing');
  const complete = await manager.event(id, 'tellComplete');
  expect(clockOf(complete, 'appointment').state).toBe('running');
  await accept(on, id);
  expect((await player.case(id)).state).toBe('planning');
});

test('[2.5.2.2][2.5.2.3] while the review runs the case lies on the desk of its named manager, until she has called and told about the records', async () => {
  const { id } = await askByPhone(on, 'desk-of-hers');
  const manager = await named(id);
  const both = [await on.as('manager'), await on.as('manager2')];
  const hasIt = async (player: Player) =>
    (await player.must<{ items: { id: string }[] }>('GET', '/worklist?desk=mine&limit=100')).items.some(
      (one) => one.id === id,
    );
  const desks = async () => Promise.all(both.map(hasIt));
  expect((await desks()).filter(Boolean)).toHaveLength(1);
  expect(await hasIt(manager)).toBe(true);
  expect(allowedTypes(await manager.case(id))).not.toContain('takeCase');
  await manager.event(id, 'logCall', { outcome: 'reached' });
  expect(await hasIt(manager)).toBe(true);
  expect(await manager.event(id, 'tellComplete')).toMatchObject({ turn: { who: 'reviewer' } });
  expect((await desks()).filter(Boolean)).toEqual([]);
});

test('[2.5.2.2] the case manager gathers records on her behalf only under a signed authorisation that was checked', async () => {
  const { player, id } = await playToGathering(on, 'gathers', { without: ['medical-record'] });
  const manager = await named(id);
  await manager.event(id, 'tellMissing', { kinds: ['medical-record'], note: '请交病历。' });
  await expect(manager.attach(id, 'medical-record', on.picture)).rejects.toThrow('422');
  expect(
    (await manager.case(id)).papers.some(({ kind, papers }) => kind === 'medical-record' && papers.length > 0),
  ).toBe(false);
  await manager.attach(id, 'records-authorisation', on.picture);
  await expect(manager.attach(id, 'medical-record', on.picture)).rejects.toThrow('422');
  const [paper] = (await manager.case(id)).papers.find(({ kind }) => kind === 'records-authorisation')!.papers;
  await manager.event(id, 'judgePaper', { paper: paper!.id, verdict: 'accepted' });
  await manager.attach(id, 'medical-record', on.picture);
  expect((await manager.event(id, 'tellComplete')).state).toBe('planning');
  expect((await player.case(id)).timeline.some(({ label }) => label === '病案经理代为调取了一份资料')).toBe(true);
});

test('[2.5.2.1] an appointment in the past, outside the list, below the rank or of another department is refused with the reason; nothing is lost', async () => {
  await on.advanceTo('2026-07-20T10:00:00+08:00');
  const { id } = await playToGathering(on, 'bad-offer');
  await (await named(id)).event(id, 'tellComplete');
  await handToProvider(on, id);
  const provider = await on.as('provider');
  const good = await appointmentBody(provider, slot('2026-07-27', '2026-07-22'));
  const past = await tryEvent(provider, id, 'offerSlot', { ...good, visitAt: '2026-07-19T09:30:00+08:00' });
  expect(problemsOf(past)).toContain('/visitAt');
  const elsewhere = await appointmentBody(provider, slot('2026-07-27', '2026-07-22'));
  const { items } = await provider.must<{ items: { id: string; row: { hospital: string; department: string } }[] }>(
    'GET',
    '/lists/experts?limit=100',
  );
  const stranger = items.find(
    ({ row }) => row.hospital !== '中国医学科学院北京协和医院' && row.department === '肿瘤科',
  )!;
  expect(problemsOf(await tryEvent(provider, id, 'offerSlot', { ...elsewhere, expert: stranger.id }))).toContain(
    '/expert',
  );
  const surgeon = items.find(({ row }) => row.department !== '肿瘤科')!;
  expect(problemsOf(await tryEvent(provider, id, 'offerSlot', { ...elsewhere, expert: surgeon.id }))).toContain(
    '/expert',
  );
  expect(problemsOf(await tryEvent(provider, id, 'offerSlot', { ...good, escortName: '示例' }))).toEqual([
    '/escortName',
  ]);
  // Out of order: nobody can attend, write or explain what is not booked.
  for (const [who, type] of [
    ['provider', 'checkIn'],
    ['provider', 'reportAbsence'],
  ] as const)
    expect(codeOf(await tryEvent(await on.as(who), id, type))).toBe('409 not-possible-now');
  expect(codeOf(await tryEvent(await named(id), id, 'explainOpinion'))).toBe('409 not-possible-now');
  expect((await provider.case(id)).state).toBe('with-provider');
  await provider.event(id, 'offerSlot', good);
  expect((await provider.case(id)).state).toBe('offered');
});

test('[2.5.9] scenario 19: no-show: counted only after the grace and two attempts; the next request is refused', async () => {
  const { player, id, ids, persona } = await playToAppointment(on, 'no-show', slot('2026-07-27', '2026-07-22'));
  const provider = await on.as('provider');
  expect(problemsOf(await tryEvent(provider, id, 'reportAbsence', { attempts: '9:40 未接' }))).toEqual(['/attempts']);
  await on.advanceTo('2026-07-27T09:50:00+08:00');
  const absent = await provider.event(id, 'reportAbsence', { attempts: '9:40 未接' });
  expect(absent).toMatchObject({ state: 'absent', turn: { who: 'case-manager' } });
  expect((await player.case(id)).use.state).toBe('held');
  const manager = await named(id);
  const early = await tryEvent(manager, id, 'countAbsence', { reason: '没有来' });
  expect(codeOf(early)).toBe('422 not-acceptable');
  expect(JSON.stringify(early.body)).toMatch(/60 分钟/);
  expect(JSON.stringify(early.body)).toMatch(/联系会员 2 次/);
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  await on.advanceTo('2026-07-27T10:31:00+08:00');
  expect(codeOf(await tryEvent(manager, id, 'countAbsence', { reason: '没有来' }))).toBe('422 not-acceptable');
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  expect(await manager.event(id, 'countAbsence', { reason: '两次未接，没有来' })).toMatchObject({
    state: 'closed-absent',
  });
  expect((await player.case(id)).use).toMatchObject({ state: 'spent', cause: 'used-by-absence', remaining: 0 });
  // A second, different illness after the use is spent.
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const again = await desk.send(
    'POST',
    '/cases',
    await opinionBody(on, desk, ids, { illness: { diagnosedOn: '2026-07-10' } }),
  );
  expect((again.body as { reasons: { rule: string; clause: string }[] }).reasons).toContainEqual(
    expect.objectContaining({ rule: 'used-up', clause: '2.5.6' }),
  );
});

test('[2.5.9] scenario 19: late within the grace she is served; in hospital a person decides and nothing is counted', async () => {
  await on.advanceTo('2026-07-28T10:00:00+08:00');
  const late = await playToAppointment(on, 'late', slot('2026-08-03', '2026-07-30'));
  const ill = await playToAppointment(on, 'hospitalised', slot('2026-08-03', '2026-07-30'));
  await on.advanceTo('2026-08-03T09:45:00+08:00');
  const provider = await on.as('provider');
  for (const { id } of [late, ill]) await provider.event(id, 'reportAbsence', { attempts: '9:40 未接' });
  expect((await provider.event(late.id, 'checkIn')).state).toBe('writing');
  expect((await late.player.case(late.id)).use).toMatchObject({ state: 'spent', cause: 'delivered' });
  const told = await ill.player.event(ill.id, 'giveCause', { cause: 'hospitalised', note: '凌晨急诊住院' });
  expect(told).toMatchObject({ state: 'absence-deciding', use: { state: 'held' } });
  const supervisor = await on.as('supervisor');
  expect((await supervisor.event(ill.id, 'excuseAbsence', { reason: '有住院证明' })).state).toBe('closed-excused');
  expect((await ill.player.case(ill.id)).use).toMatchObject({ state: 'released', cause: 'excused', remaining: 1 });
});

test('[2.5.9] the expert falls ill on the day: not counted; another expert needs her own consent, the first sees nothing more', async () => {
  await on.advanceTo('2026-08-04T10:00:00+08:00');
  const asked = await playToAppointment(on, 'ill-expert', slot('2026-08-10', '2026-08-06'));
  await consentToExpert(asked);
  await on.advanceTo('2026-08-10T08:00:00+08:00');
  const expert = await on.as('expert');
  await expert.event(asked.id, 'providerCancels', { why: '当天生病' });
  expect(codeOf(await expert.send('GET', `/cases/${asked.id}`))).toBe('404 not-found');
  const view = await asked.player.case(asked.id);
  expect(view).toMatchObject({ state: 'with-provider', use: { state: 'held' }, offer: null });
  await offerAppointment(on, asked.id, slot('2026-08-17', '2026-08-12'), '示例医生乙');
  const booked = await asked.player.event(asked.id, 'acceptOffer');
  expect(booked).toMatchObject({ consentAsked: 'expert', offer: { expert: '示例医生乙' } });
  expect((await consentToExpert(asked)).recipientName).toContain('示例医生乙');
  expect(codeOf(await expert.send('GET', `/cases/${asked.id}`))).toBe('404 not-found');
});

test('[2.5.9] the hospital moves the appointment twice: never counted, each told, and the member still cancels at her own cost only', async () => {
  await on.advanceTo('2026-08-18T10:00:00+08:00');
  const { player, id } = await playToAppointment(on, 'moved-twice', slot('2026-08-24', '2026-08-20'));
  const provider = await on.as('provider');
  for (const [day, until] of [
    ['2026-08-25', '2026-08-20'],
    ['2026-08-26', '2026-08-21'],
  ] as const) {
    const moved = await provider.event(id, 'providerChanges', await appointmentBody(provider, slot(day, until)));
    expect(moved.state).toBe('offered');
    expect((await player.case(id)).use.state).toBe('held');
    expect(warningOf(await player.case(id), 'withdraw')).toContain('不计使用');
    await player.event(id, 'acceptOffer');
  }
  const changes = (await inboxOf(on, player)).filter(({ subject }) => subject === '医院或服务商要求改时间');
  expect(changes).toHaveLength(2);
  expect((await player.case(id)).offer?.visitAt).toBe('2026-08-26T09:30:00+08:00');
  expect(warningOf(await player.case(id), 'cancelBooking')).toContain('计为已使用 1 次');
});

test('[2.5.7] scenarios 15 and 16: the policy is suspended while records are awaited: the case ends, nothing is counted, and a revival brings nothing back', async () => {
  const { player, id, persona, ids } = await playToGathering(on, 'lapsed', { without: ['medical-record'] });
  await (await named(id)).event(id, 'tellMissing', { kinds: ['medical-record'], note: '请交病历。' });
  await policyBecomes(on, persona, 'suspended', '2026-08-18T00:00:00+08:00');
  expect(await player.case(id)).toMatchObject({
    state: 'closed-policy-ended',
    use: { state: 'released', cause: 'policy-ended' },
  });
  await policyBecomes(on, persona, 'in-force', '2026-08-19T00:00:00+08:00');
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const again = await desk.send('POST', '/cases', await opinionBody(on, desk, ids));
  expect((again.body as { reasons: { rule: string }[] }).reasons.map(({ rule }) => rule)).toContain(
    'entitlement-ended',
  );
});

test('[2.5.7] scenario 17: the policy ends between booking and appointment: a person of operations decides, and declined it is not used', async () => {
  const { player, id, persona } = await playToAppointment(on, 'ended', slot('2026-08-27', '2026-08-20'));
  await policyBecomes(on, persona, 'terminated', '2026-08-18T00:00:00+08:00');
  expect(await player.case(id)).toMatchObject({ state: 'policy-deciding', turn: { who: 'operations' } });
  await (await on.as('operations')).event(id, 'decline', { reason: '合同已终止' });
  expect((await player.case(id)).use).toMatchObject({ state: 'released', cause: 'policy-ended' });
});

test('[2.5.2.1] scenario 18: the hospital leaves the list between offer and answer: another is looked for, nothing is spent', async () => {
  const { player, id } = await playToGathering(on, 'left-list');
  await (await named(id)).event(id, 'tellComplete');
  await handToProvider(on, id);
  await offerAppointment(on, id, slot('2026-08-27', '2026-08-21'));
  await importRows(on, 'hospitals', [
    ['name', 'province', 'city', 'grade', 'class', 'public', 'departments'],
    ['复旦大学附属肿瘤医院', '上海', '上海', '三级', '甲等', '是', '肿瘤科'],
  ]);
  const answer = await player.event(id, 'acceptOffer');
  expect(answer).toMatchObject({ state: 'with-provider', use: { state: 'held' }, offer: null });
});

test('[2.6.5.2.3] scenario 32: consent to the provider taken back before the booking closes the case unused; to the expert after it, a person decides', async () => {
  await catchUp(on);
  const { player, id, ids } = await playToGathering(on, 'takes-back');
  const [given] = (await player.must<{ items: { id: string; caseId: string }[] }>('GET', '/consents')).items;
  expect((await player.send('DELETE', `/consents/${given!.id}`)).status).toBe(204);
  expect(await player.case(id)).toMatchObject({
    state: 'closed-consent-withdrawn',
    use: { state: 'released', cause: 'consent-withdrawn', remaining: 1 },
  });
  expect(ids.personId).toBeTruthy();
});

test('the expert writes only with consent: taken back after the visit, the desk is empty at once and the case closes', async () => {
  const other = await openApp({ at: '2026-07-01T10:00:00+08:00' });
  try {
    const { player, id } = await playToWriting(other, 'no-more', slot('2026-07-06', '2026-07-03'));
    const expert = await other.as('expert');
    const { items } = await player.must<{ items: { id: string; recipientName: string }[] }>('GET', '/consents');
    const mine = items.find(({ recipientName }) => recipientName.includes(EXPERT))!;
    expect((await player.send('DELETE', `/consents/${mine.id}`)).status).toBe(204);
    expect(codeOf(await expert.send('GET', `/cases/${id}`))).toBe('404 not-found');
    expect((await expert.must<{ items: unknown[] }>('GET', '/worklist')).items).toEqual([]);
    expect((await player.case(id)).state).toBe('closed-consent-withdrawn');
  } finally {
    await other.close();
  }
});

test('[S.2] scenario 31: a proven impostor: stopped at once, sharing ends, the use is not hers to lose', async () => {
  const other = await openApp({ at: '2026-07-01T10:00:00+08:00' });
  try {
    const asked = await playToAppointment(other, 'impostor', slot('2026-07-06', '2026-07-03'));
    await consentToExpert(asked);
    const supervisor = await other.as('supervisor');
    await supervisor.event(asked.id, 'stopImpostor', { found: '来电人与证件不符' });
    expect(await asked.player.case(asked.id)).toMatchObject({ state: 'closed-impostor', use: { state: 'released' } });
    expect(codeOf(await (await other.as('expert')).send('GET', `/cases/${asked.id}`))).toBe('404 not-found');
  } finally {
    await other.close();
  }
});

test('[2.5.1.3] delivered and never opened: reminded, and explained in writing all the same; a second question is refused', async () => {
  const other = await openApp({ at: '2026-07-01T10:00:00+08:00' });
  try {
    const { player, id } = await playToWriting(other, 'unopened', slot('2026-07-06', '2026-07-03'));
    const expert = await other.as('expert');
    const { limits: _, ...withoutLimits } = OPINION;
    expect(problemsOf(await tryEvent(expert, id, 'issueOpinion', withoutLimits))).toEqual(['/limits']);
    await expert.event(id, 'issueOpinion', OPINION);
    await other.advanceTo('2026-07-08T10:01:00+08:00');
    expect((await inboxOf(other, player)).some(({ subject }) => subject === '意见书还没有打开')).toBe(true);
    const manager = await namedManager(other, id);
    await manager.event(id, 'explainOpinion', { how: 'in-writing', said: '已把要点写给您。' });
    await player.event(id, 'askFollowUp', { question: '能不能缓一缓？' });
    expect(codeOf(await tryEvent(player, id, 'askFollowUp', { question: '还有一个' }))).toBe('409 not-possible-now');
    await expert.event(id, 'answerFollowUp', { answer: '可以观察两周。' });
    await other.advanceTo('2026-07-23T10:01:00+08:00');
    expect(await player.case(id)).toMatchObject({ state: 'completed', final: true });
  } finally {
    await other.close();
  }
});

test(`the form of a ${SERVICE} case names no expert before one is booked`, async () => {
  const { player, id, ids } = await playToGathering(on, 'no-expert');
  const form = await player.must<{ consents: { purpose: string }[] }>(
    'GET',
    `/services/${SERVICE}/form?policyId=${ids.policyId}&personId=${ids.personId}&caseId=${id}`,
  );
  expect(form.consents.map(({ purpose }) => purpose)).toEqual(['second-opinion']);
  const forged = await player.send('POST', '/consents', {
    personId: ids.personId,
    caseId: id,
    recipient: 'nobody',
    purpose: 'expert-opinion',
    textVersion: 1,
  });
  expect(codeOf(forged)).toBe('422 not-acceptable');
});
