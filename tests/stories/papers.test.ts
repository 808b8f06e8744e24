import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseView } from '#contract/cases.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { accept, ask, verify } from './outpatient.ts';
import { allowedTypes, clockOf, codeOf, handIn, inboxOf, newMember, tryEvent } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

test('[2.2.4] required papers still missing are asked for with the request; the clocks stand until the last one is handed in', async () => {
  const { ids } = await newMember(on, 'without-pathology');
  const { player, id } = await ask(on, 'without-pathology', ids, { without: ['pathology', 'diagnosis'] });
  const asked = await player.case(id);
  expect(asked.state).toBe('awaiting-papers');
  expect(
    asked.papers
      .filter(({ missing }) => missing)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['diagnosis', 'pathology']);
  expect(clockOf(asked, 'booking-result')).toMatchObject({ state: 'standing', firstDue: '2026-07-03T18:00:00+08:00' });
  expect(clockOf(asked, 'visit').state).toBe('standing');
  // Two working days pass without a breach: the clocks stand from the moment she was told.
  await on.advanceTo('2026-07-06T10:00:00+08:00');
  expect((await handIn(on, player, id, ids.personId, 'diagnosis')).state).toBe('awaiting-papers');
  // A paper on file may be handed in by its id alone: it serves as what it was uploaded as (contract 3).
  const paperId = await player.upload(ids.personId, 'pathology', on.picture);
  const complete = await player.must<CaseView>('POST', `/cases/${id}/papers`, { paperId });
  expect(complete.state).toBe('reviewing');
  const clock = clockOf(complete, 'booking-result');
  expect(clock.state).not.toBe('late');
  expect(clock.firstDue).toBe('2026-07-03T18:00:00+08:00');
  expect(new Date(clock.due).getTime()).toBeGreaterThan(Date.parse('2026-07-06T18:00:00+08:00'));
  expect(clock.spans.some(({ counted }) => !counted)).toBe(true);
  expect(clock.moved.map(({ from }) => from)).toEqual(['2026-07-03T18:00:00+08:00']);
});

test('[2.2.4] a reviewer asks once for all that is missing; the automatic list does not count; a second list needs a supervisor', async () => {
  await on.advanceTo('2026-07-07T10:00:00+08:00');
  const { ids } = await newMember(on, 'asked-twice');
  const { player, id } = await ask(on, 'asked-twice', ids, { without: ['pathology'] });
  await handIn(on, player, id, ids.personId, 'pathology');
  const reviewer = await on.as('reviewer');
  expect(
    (await reviewer.event(id, 'askPapers', { kinds: ['examination', 'medical-record'], note: '请一次补齐' })).state,
  ).toBe('awaiting-papers');
  expect(
    (await player.case(id)).papers
      .filter(({ missing }) => missing)
      .map(({ kind }) => kind)
      .sort(),
  ).toEqual(['examination', 'medical-record']);
  await handIn(on, player, id, ids.personId, 'examination');
  expect((await handIn(on, player, id, ids.personId, 'medical-record')).state).toBe('reviewing');
  const second = await reviewer.event(id, 'askPapers', { kinds: ['identity'], note: '还要证件' });
  expect(second.state).toBe('second-list');
  // Until the supervisor has decided, nothing was asked of her.
  const seen = await player.case(id);
  expect(seen.papers.some(({ kind, missing }) => kind === 'identity' && missing)).toBe(false);
  expect(codeOf(await tryEvent(reviewer, id, 'approveList'))).toBe('409 not-possible-now');
  const supervisor = await on.as('supervisor');
  expect((await supervisor.event(id, 'declineList', { reason: '现有资料够了' })).state).toBe('reviewing');
  expect((await player.case(id)).papers.some(({ kind, missing }) => kind === 'identity' && missing)).toBe(false);
  await reviewer.event(id, 'askPapers', { kinds: ['identity'], note: '还要证件' });
  expect((await supervisor.event(id, 'approveList')).state).toBe('awaiting-papers');
  expect((await player.case(id)).papers.filter(({ missing }) => missing).map(({ kind }) => kind)).toEqual(['identity']);
});

test('[2.2.4] a paper is received until it is judged; rejected with a reason it is asked for again before acceptance', async () => {
  const { ids } = await newMember(on, 'blurred');
  const { player, id } = await ask(on, 'blurred', ids);
  const reviewer = await on.as('reviewer');
  const pathology = (await player.case(id)).papers.find(({ kind }) => kind === 'pathology')!.papers[0]!;
  expect(pathology.verdict).toBe('received');
  expect(codeOf(await tryEvent(reviewer, id, 'judgePaper', { paper: pathology.id, verdict: 'rejected' }))).toBe(
    '422 not-acceptable',
  );
  await reviewer.event(id, 'judgePaper', { paper: pathology.id, verdict: 'rejected', reason: '看不清日期' });
  expect((await player.case(id)).papers.find(({ kind }) => kind === 'pathology')).toMatchObject({
    missing: true,
    papers: [{ verdict: 'rejected', reason: '看不清日期' }],
  });
  await verify(on, id);
  expect(codeOf(await tryEvent(reviewer, id, 'acceptRequest'))).toBe('422 not-acceptable');
  await reviewer.event(id, 'askPapers', { kinds: ['pathology'], note: '请重拍病理报告' });
  expect(
    (await handIn(on, player, id, ids.personId, 'pathology', await sharp(on.picture).negate().png().toBuffer())).state,
  ).toBe('reviewing');
  expect((await inboxOf(on, player)).some(({ body }) => body.includes('看不清日期'))).toBe(true);
  await accept(on, id);
  expect((await player.case(id)).state).toBe('planning');
  // Among her papers each says what was last said of it, and why is told in its case alone.
  const { items } = await player.must<{ items: { kind: string; verdict: string; reason: string | null }[] }>(
    'GET',
    `/papers?personId=${ids.personId}`,
  );
  expect(items.filter(({ kind }) => kind === 'pathology')).toMatchObject([
    { verdict: 'accepted', reason: null },
    { verdict: 'replaced', reason: null },
  ]);
});

test('[2.2.6] papers never handed in: reminders, two calls on two days, closed after ten working days, the use released, and she can ask again', async () => {
  await on.advanceTo('2026-07-13T10:00:00+08:00');
  const { ids } = await newMember(on, 'silent');
  const { player, id } = await ask(on, 'silent', ids, { without: ['pathology'] });
  const manager = await on.as('manager');
  await on.advanceTo('2026-07-20T18:00:00+08:00');
  expect(
    (await inboxOf(on, player)).filter(({ caseId, subject }) => caseId === id && subject.includes('材料')).length,
  ).toBeGreaterThanOrEqual(3);
  const reminder = (await inboxOf(on, player)).find(
    ({ caseId, subject }) => caseId === id && subject.includes('没有交齐'),
  );
  expect(reminder!.body).toContain('还缺：病理报告');
  expect(reminder!.body).not.toContain('诊断证明');
  // One call on one day is not enough when the ten working days are over.
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  await on.advanceTo('2026-07-27T18:00:01+08:00');
  const due = await manager.case(id);
  expect(due.state).toBe('awaiting-papers');
  expect(due.attention).toContain('call-before-closing');
  expect(allowedTypes(due)).not.toContain('closeNotPursued');
  await on.advanceTo('2026-07-28T10:00:00+08:00');
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  const closed = await manager.event(id, 'closeNotPursued');
  expect(closed).toMatchObject({
    state: 'closed-not-pursued',
    use: { state: 'released', cause: 'not-pursued', remaining: 1 },
  });
  expect(closed.clocks.filter(({ target }) => !target).map(({ state }) => state)).toEqual(['void', 'void']);
  expect((await ask(on, 'silent', ids)).id).not.toBe(id);
});

test('[2.2.6] two calls on two days before the ten working days are over: it closes by itself then', async () => {
  await on.advanceTo('2026-07-29T10:00:00+08:00');
  const { ids } = await newMember(on, 'silent-too');
  const { player, id } = await ask(on, 'silent-too', ids, { without: ['pathology'] });
  const manager = await on.as('manager');
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  await on.advanceTo('2026-07-30T10:00:00+08:00');
  await manager.event(id, 'logCall', { outcome: 'no-answer' });
  await on.advanceTo('2026-08-12T17:59:00+08:00');
  expect((await player.case(id)).state).toBe('awaiting-papers');
  await on.advanceTo('2026-08-12T18:01:00+08:00');
  expect(await player.case(id)).toMatchObject({
    state: 'closed-not-pursued',
    use: { state: 'released', cause: 'not-pursued' },
  });
});
