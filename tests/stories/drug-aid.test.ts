/** Charity aid through HTTP [2.6.2.7]. Over 300 lines: the stories share one application and one sequence of time. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countInAid } from '#server/aid/dispensed.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { findCase } from '#server/cases/queries.ts';
import { sendEvent } from '#server/cases/send-event.ts';
import { inTransaction } from '#server/platform/db.ts';
import type { Problem } from '#server/platform/problem.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { acceptFacts, agree, arrange, askForDrug, counterBody, drugRow, firstReview, verdict } from './drug.ts';
import {
  aidBody,
  aidOf,
  buy,
  choose,
  collect,
  DRUG,
  playToCharity,
  playToCollect,
  playToFile,
  standing,
} from './drug-aid.ts';
import { actorOf, hold, waiting } from './interleave.ts';
import { accept, listRow } from './outpatient.ts';
import { replay } from './replay.ts';
import {
  allowedTypes,
  clockOf,
  codeOf,
  handIn,
  importRows,
  inboxOf,
  newMember,
  openMinorFor,
  someone,
  tryEvent,
} from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

// Tests run in order, and the sandbox's time only goes on: those that stay in July come first.

test('[2.6.2.7.1] aid is for mainland citizens and for the insured in person', async () => {
  const { ids } = await newMember(on, 'abroad', { idType: 'passport' });
  const player = await on.as('abroad');
  const answer = await player.send('POST', '/cases', await aidBody(on, player, ids));
  expect(answer.status).toBe(409);
  expect((answer.body as { reasons: { rule: string }[] }).reasons.map(({ rule }) => rule)).toEqual([
    'not-mainland-citizen',
  ]);
});

test('[2.6.2.9.1] our review takes three working days from complete papers and stands while the programme wants more', async () => {
  const asked = await playToFile(on, 'review');
  const { assistant, player, id, ids } = asked;
  expect(clockOf(await assistant.case(id), 'aid-review')).toMatchObject({ state: 'running', clause: '2.6.2.9.1' });
  expect(codeOf(await (await on.as('provider2')).send('GET', `/cases/${id}`))).toMatch(/^404/);
  // This programme asks for an examination beside the plan's papers.
  await choose(asked, '安圣莎');
  expect((await tryEvent(assistant, id, 'passFile')).status).toBe(422);
  await assistant.event(id, 'askAidPapers', { kinds: ['examination'], note: '请交基因检测结果' });
  const waiting = await player.case(id);
  expect(waiting).toMatchObject({ state: 'awaiting-aid-papers', turn: { who: 'member' } });
  expect(clockOf(waiting, 'aid-review').state).toBe('standing');
  await handIn(on, player, id, ids.personId, 'examination');
  const told = await assistant.event(id, 'passFile', { words: '齐了' });
  expect(told).toMatchObject({ state: 'buying' });
  expect(clockOf(told, 'aid-review').state).toBe('kept');
});

test('a programme that gives another drug, a box too many and one bought tomorrow are refused by field', async () => {
  const asked = await playToFile(on, 'wrong');
  await expect(choose(asked, '赛可瑞', '特罗凯')).rejects.toThrow('/programme');
  await choose(asked);
  await expect(buy(on, asked, '2026-06-10', 3)).rejects.toThrow('/units');
  await expect(buy(on, asked, '2026-07-30')).rejects.toThrow('/on');
  await buy(on, asked, '2026-06-10', 2);
  await asked.assistant.event(asked.id, 'strikeBought', { reason: '凭证是别人的' });
  expect((await aidOf(asked.player, asked.id)).boxes).toEqual([]);
});

test('[2.6.5.1.4] refused by the charity, the prescription is reviewed anew and nothing stands in its way', async () => {
  const asked = await playToCharity(on, 'refused');
  const { assistant, player, id } = asked;
  const charity = await player.case(id);
  expect(charity).toMatchObject({ state: 'awaiting-charity', turn: { until: null } });
  expect(charity.turn.untilWhy).toContain('不在我们的承诺之内');
  expect(charity.clocks.filter(({ state }) => state === 'running')).toEqual([]);
  expect(
    await assistant.event(id, 'recordVerdict', { verdict: 'refused', decidedOn: '2026-07-01', words: '收入超过标准' }),
  ).toMatchObject({ state: 'closed-charity-refused', final: true });
  expect(await standing(on, asked, '2026-07-20')).toMatchObject({
    phase: 'none',
    clause: { id: '2.6.5.1.4' },
  });
  const [news] = (await inboxOf(on, player)).filter(({ subject }) => subject === '援助申请未通过');
  expect(news?.body).toContain('重新做处方审核');
});

test('[2.6.2.7.2] a person has one ledger for a drug: a second case is sent to the running one, and a later one goes on where it stood', async () => {
  const first = await playToFile(on, 'again');
  const { player, assistant, ids } = first;
  await choose(first);
  await buy(on, first, '2026-06-10');
  const askAgain = async () => {
    const { id } = await player.request(await aidBody(on, player, ids));
    await accept(on, id);
    return { ...first, id };
  };
  const second = await askAgain();
  const { number } = await player.case(first.id);
  await expect(choose(second)).rejects.toThrow(`服务单 ${number} 里办理`);
  await player.event(first.id, 'withdraw');
  await choose(second);
  expect((await aidOf(player, second.id)).next).toMatchObject({ kind: 'buy', units: 1 });
  expect((await aidOf(player, second.id)).boxes).toHaveLength(1);
  await buy(on, second, '2026-06-20');
  expect(await standing(on, second, '2026-07-01')).toMatchObject({ phase: 'buy' });
  // Granted under the second and not collected: the third collects, and the charity is not asked again.
  await assistant.event(second.id, 'passFile');
  await assistant.event(second.id, 'submitToCharity', { submittedOn: '2026-07-01' });
  const yes = { verdict: 'approved', decidedOn: '2026-07-01', collectFrom: '2026-07-01' };
  await assistant.event(second.id, 'recordVerdict', yes);
  await player.event(second.id, 'withdraw');
  const third = await askAgain();
  await choose(third);
  expect(await assistant.event(third.id, 'passFile')).toMatchObject({ state: 'to-collect' });
  expect((await aidOf(player, third.id)).next).toMatchObject({ kind: 'collect', units: 1 });
  const { rows } = await on.database.owner.query(
    'select kind, number from aid_moves where person_id = $1 order by number',
    [ids.personId],
  );
  expect(rows.map(({ kind, number }) => `${number} ${kind}`)).toEqual([
    '1 bought',
    '2 resumed',
    '3 bought',
    '4 approved',
    '5 resumed',
  ]);
  const told = await replay(on.ctx, third.id);
  expect(told.refused).toEqual([]);
  expect(told.context).toEqual(told.stored.context);
});

test('[2.6.5.2.3] consent taken back, sharing stops at once and the case ends', async () => {
  const { player, assistant, id } = await playToCharity(on, 'back');
  const { items } = await player.must<{ items: { id: string; caseId: string }[] }>('GET', '/consents');
  await player.must('DELETE', `/consents/${items.find(({ caseId }) => caseId === id)!.id}`);
  expect(await player.case(id)).toMatchObject({ state: 'closed-consent-withdrawn' });
  expect(codeOf(await assistant.send('GET', `/cases/${id}`))).toMatch(/^404/);
});

test('[2.6.5.1.2] a guardian asks for a minor with her proofs; the assistant works under the consent that the guardian gave', async () => {
  const child = someone('aidchild', { bornOn: '2013-06-01', holder: 'aidmother', noAccount: true });
  const ids = (await on.people([someone('aidmother'), child])).get('aidchild')!;
  const player = await on.as('aidmother');
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await player.upload(ids.personId, kind, on.picture) });
  const applicant = { relation: 'guardian', proofs };
  const { id } = await player.request({ ...(await aidBody(on, player, ids)), applicant });
  await openMinorFor(on, ['reviewer'], { personId: ids.personId, caseId: id });
  await accept(on, id);
  const asked = { player, assistant: await on.as('aid-assistant'), id, ids };
  expect(await choose(asked)).toMatchObject({ state: 'preparing', person: { name: child.name } });
  // What the assistant reads of the ledger is on record beside the case itself.
  await aidOf(asked.assistant, id);
  const { rows } = await on.ctx.pool.query<{ fields: string[] }>('select fields from disclosures where case_id = $1', [
    id,
  ]);
  expect(rows.flatMap(({ fields }) => fields)).toEqual(expect.arrayContaining(['aid.boxes', 'aid.programme']));
  expect((await aidOf(player, id)).next).toMatchObject({ kind: 'buy', units: 2 });
});

test('[2.6.5.1.3] what the insurer pays is bought; once the charity has approved, the review refuses the box that should be free', async () => {
  const asked = await playToFile(on, 'both');
  const { player, assistant, ids } = asked;
  await choose(asked);
  await buy(on, asked, '2026-06-10');
  await assistant.event(asked.id, 'passFile');
  const drug = { drug: (await drugRow(player, DRUG)).id };
  const { id } = await askForDrug(on, 'both', ids, {}, DRUG);
  await acceptFacts(on, id);
  await firstReview(on, id, drug);
  await verdict(on, id);
  await arrange(on, id, '2026-07-08T10:00:00+08:00');
  await agree(player, id, ids);
  const pharmacist = await on.as('pharmacist');
  await pharmacist.event(id, 'drugArrived');
  const counter = await counterBody(on, player, pharmacist, id, ['81000000000000009001']);
  await pharmacist.event(id, 'handOverDrug', { ...counter, price: 2_290_700 });
  expect(await assistant.case(asked.id)).toMatchObject({ state: 'submitting' });
  expect((await aidOf(player, asked.id)).boxes.map(({ label }) => label)).toEqual(Array(2).fill('购买，保险公司付款'));

  // Given back, it counts no more: another is bought before the charity is asked.
  await pharmacist.event(id, 'returnPacks', { traceCodes: ['81000000000000009001'], cause: 'damaged' });
  expect(await assistant.case(asked.id)).toMatchObject({ state: 'buying' });
  expect((await aidOf(player, asked.id)).boxes).toHaveLength(1);
  expect(await buy(on, asked, '2026-06-20')).toMatchObject({ state: 'submitting' });

  await assistant.event(asked.id, 'submitToCharity', { submittedOn: '2026-07-01' });
  const yes = { verdict: 'approved', decidedOn: '2026-07-01', collectFrom: '2026-07-01' };
  await assistant.event(asked.id, 'recordVerdict', yes);
  // One that comes back later still moves no window: the assistant is told to look.
  const { drug: known } = (await openCaseForEvent(on.ctx.pool, on.ctx, (await findCase(on.ctx.pool, on.ctx, id))!))
    .memory.chart;
  const late = { personId: ids.personId, drugKey: (known as { key: string }).key, on: '2026-07-01', units: 1 };
  await inTransaction(on.ctx.pool, (db) =>
    countInAid(db, on.ctx, { ...late, what: 'returned' }, new Date('2026-07-01T11:00:00+08:00')),
  );
  expect((await aidOf(player, asked.id)).boxes).toHaveLength(2);
  expect((await (await on.as('manager')).case(asked.id)).attention).toEqual(['boxes-to-check']);
  const paper = await player.upload(ids.personId, 'prescription', Buffer.concat([on.picture, Buffer.from('2')]));
  await player.event(id, 'newPrescription', { paper });
  await firstReview(on, id, drug);
  const { memory } = await openCaseForEvent(on.ctx.pool, on.ctx, (await findCase(on.ctx.pool, on.ctx, id))!);
  expect(memory.chart.first).toMatchObject({ outcome: 'refused', failed: expect.arrayContaining(['aid']) });
  await verdict(on, id, { text: '这一盒应当到慈善机构指定的药店免费领取。' });
  expect((await player.case(id)).state).toBe('between');
});

test('[2.6.2.7] from the request to the next round: reviewed, submitted, approved, reminded, collected', async () => {
  const asked = await playToCollect(on, 'whole');
  const { player, id, assistant } = asked;
  const aid = await aidOf(player, id);
  expect(aid).toMatchObject({
    programme: { name: '示例克唑替尼援助项目', sample: true, rounds: 4 },
    round: 1,
    left: 2,
    next: { kind: 'collect', on: '2026-08-09', until: '2026-08-23', units: 1 },
  });
  expect(aid.next?.pharmacies.map(({ name }) => name)).toEqual(['示例药房一店', '示例药房三店']);
  expect((await player.case(id)).turn.until).toBe('2026-08-23T23:59:59+08:00');
  // A box for the days before the approval was one to buy; one bought now should have been free.
  expect(await standing(on, asked, '2026-06-10')).toMatchObject({ phase: 'buy', clause: null });
  expect(await standing(on, asked, '2026-08-10')).toMatchObject({ phase: 'free', clause: { id: '2.6.5.1.3' } });
  expect(await standing(on, asked, '2026-08-10', '安圣莎')).toMatchObject({ phase: 'none', programme: null });

  await on.advanceTo('2026-08-09T12:00:00+08:00');
  const reminders = (await inboxOf(on, player)).filter(({ subject }) => subject === '援助用药提醒');
  expect(reminders.map(({ at }) => at.slice(0, 10)).sort()).toEqual([
    '2026-07-26',
    '2026-08-02',
    '2026-08-06',
    '2026-08-08',
  ]);
  await expect(collect(asked, '2026-08-09', '示例药房二店')).rejects.toThrow('/pharmacy');
  expect(await collect(asked, '2026-08-09')).toMatchObject({ state: 'to-collect' });
  expect((await aidOf(player, id)).next).toMatchObject({ on: '2026-09-08', until: '2026-09-22' });
  await on.advanceTo('2026-09-08T12:00:00+08:00');
  expect(await collect(asked, '2026-09-08')).toMatchObject({ state: 'buying', turn: { who: 'member' } });
  // The newest programme as published counts for the next round [2.6.2.7.2]; the boxes of the last one stay what they were.
  await buy(on, asked, '2026-09-08');
  expect(await assistant.case(id)).toMatchObject({ state: 'preparing' });
  expect(clockOf(await assistant.case(id), 'aid-review').state).toBe('running');
  expect((await aidOf(player, id)).boxes.map(({ round, label }) => `${round} ${label}`)).toEqual([
    '1 购买，保险公司付款',
    '1 购买，保险公司付款',
    '1 赠药，免费',
    '1 赠药，免费',
    '2 购买，保险公司付款',
  ]);
  const told = await replay(on.ctx, id);
  expect(told.refused).toEqual([]);
  expect(told.context).toEqual(told.stored.context);
  const { rows } = await on.database.owner.query('select kind from aid_moves where case_id = $1 order by number', [id]);
  expect(rows.map(({ kind }) => kind)).toEqual(['bought', 'approved', 'collected', 'collected', 'bought']);
});

test('[2.6.5.1.3] in hospital is not without cause: a person decides, and what she buys meanwhile is paid', async () => {
  const asked = await playToCollect(on, 'hospital');
  const { player, id, assistant } = asked;
  await player.event(id, 'sayWhyNot', { cause: 'in-hospital', note: '住院两周，出院后能领' });
  expect(await player.case(id)).toMatchObject({ state: 'not-collected-deciding', turn: { who: 'supervisor' } });
  expect(allowedTypes(await assistant.case(id))).not.toContain('decideGivenUp');
  const supervisor = await on.as('supervisor');
  await supervisor.event(id, 'excuseTurn', { collectFrom: '2026-09-25', reason: '住院证明已核对' });
  expect((await aidOf(player, id)).next).toMatchObject({ kind: 'collect', on: '2026-09-25', until: '2026-10-09' });
  expect(await standing(on, asked, '2026-09-15')).toMatchObject({ phase: 'buy' });
  // Without a cause that holds the same person says so, and the turn is her own cost.
  await player.event(id, 'sayWhyNot', { cause: 'other', note: '忘了' });
  await supervisor.event(id, 'decideGivenUp', { reason: '没有正当原因' });
  expect(await standing(on, asked, '2026-10-01')).toMatchObject({ phase: 'free', clause: { id: '2.6.5.1.3' } });
});

test('[2.6.5.1.3] approved and never collected: called twice on two days, then given up and her own cost; the next turn by itself', async () => {
  const asked = await playToCollect(on, 'skips');
  const { player, id, assistant } = asked;
  await on.advanceTo('2026-09-22T23:00:00+08:00');
  await assistant.event(id, 'logCall', { outcome: 'no-answer' });
  await on.advanceTo('2026-09-23T10:00:00+08:00');
  expect(await (await on.as('manager')).case(id)).toMatchObject({
    state: 'to-collect',
    attention: ['call-before-giving-up'],
  });
  expect(allowedTypes(await assistant.case(id))).not.toContain('giveUpTurn');
  await assistant.event(id, 'logCall', { outcome: 'no-answer' });
  expect(await assistant.event(id, 'giveUpTurn')).toMatchObject({ state: 'to-collect' });
  const given = (await inboxOf(on, player)).find(({ subject }) => subject === '这次赠药视为放弃');
  expect(given?.body).toContain('当次理赔也视为放弃（手册二（六）5(1)3)）');
  // [hard case 28] What she buys elsewhere for that turn is refused with the clause.
  expect(await standing(on, asked, '2026-09-20')).toMatchObject({ phase: 'free', clause: { id: '2.6.5.1.3' } });
  expect((await aidOf(player, id)).boxes.at(-1)).toMatchObject({ kind: 'given-up', label: '未领，视为放弃' });

  // The next turn, 8 to 22 October: called often enough within it, it is given up by itself when it ends.
  for (const day of ['2026-10-20', '2026-10-21']) {
    await on.advanceTo(`${day}T10:00:00+08:00`);
    await assistant.event(id, 'logCall', { outcome: 'no-answer' });
  }
  expect((await player.case(id)).state).toBe('to-collect');
  await on.advanceTo('2026-10-23T08:00:00+08:00');
  expect(await player.case(id)).toMatchObject({ state: 'buying' });
  expect((await aidOf(player, id)).boxes.map(({ kind }) => kind)).toEqual(['bought', 'bought', 'given-up', 'given-up']);
});

test('[2.6.2.7.2] one programme chosen in two cases at once: the second waits, and is sent to the first', async () => {
  const first = await playToFile(on, 'atonce');
  const { player, assistant, ids } = first;
  const { id } = await player.request(await aidBody(on, player, ids));
  await accept(on, id);
  const actor = await actorOf(on, 'aid-assistant');
  const payload = {
    drug: (await listRow(assistant, `/lists/drugs?q=${encodeURIComponent(DRUG)}`)).id,
    programme: (await listRow(assistant, `/lists/programmes?q=${encodeURIComponent(DRUG)}`)).id,
    why: '处方和检测结果符合项目条件',
  };
  const [{ version, number }, other] = [await assistant.case(first.id), await assistant.case(id)];
  const input = { type: 'chooseProgramme', payload };
  const held = await hold(on, (db) => sendEvent(db, on.ctx, actor, first.id, { ...input, version }, 'zh'));
  const second = inTransaction(on.ctx.pool, (db) =>
    sendEvent(db, on.ctx, actor, id, { ...input, version: other.version }, 'zh'),
  );
  const answer = second.then(
    () => 'chosen twice',
    (error: Problem) => JSON.stringify(error.toDocument('zh')),
  );
  await waiting(on, 1);
  await held.commit();
  expect(await answer).toContain(`服务单 ${number} 里办理`);
});

test('[2.6.2.7.2] a programme that is published anew counts from the next round on, the old version stays with the case', async () => {
  const asked = await playToFile(on, 'anew');
  await choose(asked, '特罗凯');
  const before = (await aidOf(asked.player, asked.id)).programme;
  await importRows(on, 'programmes', [
    [
      'code',
      'name',
      'charity',
      'drug',
      'generic',
      'phases',
      'perCollection',
      'daysPerBox',
      'applyWithinDays',
      'collectWithinDays',
    ],
    [
      'sample-erlotinib',
      '示例厄洛替尼援助项目',
      '示例抗癌公益基金',
      '特罗凯',
      '盐酸厄洛替尼片',
      '1+1',
      '1',
      '30',
      '60',
      '21',
    ],
  ]);
  expect((await aidOf(asked.player, asked.id)).programme).toEqual(before);
  expect(before).toMatchObject({ version: 1, phases: [{ bought: 0, free: 2 }] });
  await choose(asked, '特罗凯');
  expect((await aidOf(asked.player, asked.id)).programme).toMatchObject({
    version: 2,
    phases: [{ bought: 1, free: 1 }],
  });
});
