/** The case manager's day: a long list, calls, phrases, hand-over of all cases, reminders to many. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { CaseOutcomes, FilledPhrases, Phrases, WorkList } from '#contract/work.ts';
import type { Player } from '#server/sandbox/player.ts';
import { type Played, playManyCases } from '#tests/support/many-cases.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { codeOf, inboxOf } from './steps.ts';

type List = z.infer<typeof WorkList>;
type Outcomes = z.infer<typeof CaseOutcomes>;
let on: TestApp;
let played: Played[];
let manager: Player;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
  played = await playManyCases(on, 16);
  manager = await on.as('manager');
});
afterAll(() => on.close());

const list = (query: string, player = manager) => player.must<List>('GET', `/worklist?${query}`);
const at = (step: string) => played.filter((one) => one.step === step).map(({ id }) => id);
const staff = async () =>
  new Map(
    (await manager.must<{ items: { id: string; name: string }[] }>('GET', '/staff?role=case-manager')).items.map(
      ({ id, name }) => [name.split('·')[1]!, id],
    ),
  );

test('[contract 3] pages of a long list hold every case once, by time to breach, also while a case leaves the page before', async () => {
  const whole = (await list('desk=all&limit=100')).items;
  expect(whole.map(({ id }) => id).sort()).toEqual(played.map(({ id }) => id).sort());
  const dues = whole.map(({ urgent }) => (urgent && urgent.state !== 'standing' ? urgent.due : 'never'));
  expect(dues).toEqual([...dues].sort());

  const seen: string[] = [];
  let cursor = '';
  do {
    const page = await list(`desk=all&limit=5${cursor && `&cursor=${cursor}`}`);
    expect(page).toMatchObject({ total: 16 - Math.min(1, Math.floor(seen.length / 5)), all: expect.any(Number) });
    seen.push(...page.items.map(({ id }) => id));
    // The first row of the first page closes: what is behind it neither moves up nor is left out.
    if (cursor === '') {
      const first = played.find(({ id }) => id === seen[0])!;
      const player = await on.as(first.key);
      await player.event(first.id, first.step === 'booked' ? 'cancelBooking' : 'withdraw');
    }
    cursor = page.next ?? '';
  } while (cursor !== '');
  expect(seen.length).toBe(16);
  expect(new Set(seen).size).toBe(16);
  played = played.filter(({ id }) => id !== seen[0]);
});

test('[contract 3] the list narrows by step, by whom it waits for and by time; each choice says beforehand how many it leaves', async () => {
  const { choices, all } = await list('desk=all&limit=1');
  expect(all).toBe(played.length);
  for (const facet of ['due', 'step', 'turn', 'service'] as const) {
    expect([facet, choices[facet].reduce((sum, { count }) => sum + count, 0)]).toEqual([facet, all]);
    for (const { code, count } of choices[facet]) {
      const narrowed = await list(`desk=all&limit=100&${facet}=${code}`);
      expect([facet, code, narrowed.items.length, narrowed.total]).toEqual([facet, code, count, count]);
    }
  }
  expect(choices.step.map(({ label }) => label)).toEqual([
    '申请和资料',
    '医学审核',
    '就医路径',
    '约号',
    '就诊（含陪诊）',
  ]);
  const both = await list('desk=all&step=book&turn=member&limit=100');
  expect(both.items.map(({ id }) => id).sort()).toEqual([...at('offered'), ...at('no-slot')].sort());
  // What is counted beside a choice is counted under the others.
  expect(both.choices.turn).toEqual(
    expect.arrayContaining([
      { code: 'member', label: '会员', count: both.total },
      { code: 'provider', label: '服务商', count: at('provider').length },
    ]),
  );
  const [one] = played;
  expect((await list(`q=${one!.number}`)).items.map(({ id }) => id)).toEqual([one!.id]);
  expect((await list(`q=${one!.number.slice(-7)}`)).items.map(({ id }) => id)).toContain(one!.id);
  expect((await list(`q=${one!.number.slice(-3)}`)).items).toEqual([]);
  expect(codeOf(await manager.send('GET', '/worklist?due=someday'))).toBe('400 invalid-request');
});

test('[2.2.1.2] a call is logged with its outcome and stands in the case with who rang, for the house alone', async () => {
  const [id] = at('provider');
  await manager.event(id!, 'logCall', { outcome: 'no-answer' });
  await manager.event(id!, 'logCall', { outcome: 'reached', note: '说明了进度' });
  expect((await manager.case(id!)).calls).toMatchObject([
    { by: '病案经理·晴川', outcome: 'reached', outcomeLabel: '接通，本人或申请人', note: '说明了进度' },
    { by: '病案经理·晴川', outcome: 'no-answer', note: null },
  ]);
  expect((await (await on.as('provider')).case(id!)).calls).toEqual([]);
  const { key } = played.find((one) => one.id === id)!;
  expect((await (await on.as(key)).case(id!)).calls).toEqual([]);
});

test('a phrase is kept without a word of any person, filled in from the case, changed under its version and audited', async () => {
  const body = { title: '进度说明', text: '您的{service}（{number}）现在：{next}。', uses: ['call', 'member'] };
  const kept = await manager.must<z.infer<typeof Phrases>>('POST', '/phrases', body);
  const phrase = kept.items.find(({ title }) => title === body.title)!;
  expect(phrase).toMatchObject({ version: 1, retired: false, changedBy: '病案经理·晴川' });
  for (const text of ['{person}您好', '请致电 13800000001'])
    expect(await manager.send('POST', '/phrases', { ...body, text })).toMatchObject({
      status: 422,
      body: { problems: [{ pointer: '/text' }] },
    });
  const [id] = at('papers');
  const { number } = played.find((one) => one.id === id)!;
  const filled = async (use: string, player = manager) =>
    (await player.must<z.infer<typeof FilledPhrases>>('GET', `/cases/${id}/phrases?use=${use}`)).items;
  expect((await filled('call')).map(({ text }) => text)).toEqual([
    `您的重疾门诊绿通（${number}）现在：会员补齐列出的资料，一次交齐。`,
  ]);
  expect(await filled('note')).toEqual([]);

  const supervisor = await on.as('supervisor');
  await supervisor.must('POST', `/phrases/${phrase.id}`, { ...body, title: '说明进度', version: 1 });
  expect(await manager.send('POST', `/phrases/${phrase.id}`, { ...body, version: 1 })).toMatchObject({
    status: 409,
    body: { code: 'stale', version: 2 },
  });
  await manager.must('POST', `/phrases/${phrase.id}`, { ...body, version: 2, retired: true });
  expect(await filled('call')).toEqual([]);
  const desk = await on.as('desk');
  expect(codeOf(await desk.send('POST', '/phrases', body))).toBe('403 not-for-this-role');
  // A reader who may not see the case reads no phrase of it either.
  expect((await desk.send('GET', `/cases/${id}/phrases?use=call`)).status).toBe(404);
  const auditor = await on.as('auditor');
  for (const [action, who] of [
    ['phrase.added', '晴川'],
    ['phrase.changed', '明远'],
    ['phrase.retired', '晴川'],
  ]) {
    const { items } = await auditor.must<{ items: { actor: string }[] }>('GET', `/audit?action=${action}`);
    expect([action, items.map(({ actor }) => actor)]).toEqual([action, [expect.stringContaining(who!)]]);
  }
});

test('a reminder goes once a case and day, by day, only where her answer is waited for, and each case says what came of it', async () => {
  const [papers, slot, provider, noSlot] = ['papers', 'offered', 'provider', 'no-slot'].map((step) => at(step)[0]!);
  await on.advanceTo('2026-07-02T21:30:00+08:00');
  const remind = async (...cases: string[]) => (await manager.must<Outcomes>('POST', '/reminders', { cases })).items;
  expect((await remind(papers!))[0]).toMatchObject({ done: false, why: '21:00 到次日 8:00 不打扰会员' });
  await on.advanceTo('2026-07-03T09:00:00+08:00');
  const nowhere = '00000000-0000-4000-8000-000000000000';
  const first = await remind(papers!, slot!, noSlot!, provider!, nowhere, papers!);
  expect(first.map(({ done, why }) => [done, why])).toEqual([
    [true, null],
    [true, null],
    [true, null],
    [false, '没有在等会员交资料或答复'],
    [false, '没有找到'],
  ]);
  const { key } = played.find(({ id }) => id === papers)!;
  const told = async () => (await inboxOf(on, await on.as(key))).filter(({ subject }) => subject === first[0]!.what);
  expect(await told()).toHaveLength(1);
  // At 10:00 the plan's own pursuit would remind of the same: its day is the day after; by hand it is once a day.
  expect((await remind(papers!))[0]).toMatchObject({ done: false, why: '今天已经告知或提醒过' });
  expect(await told()).toHaveLength(1);
  expect(codeOf(await (await on.as('reviewer')).send('POST', '/reminders', { cases: [papers] }))).toBe(
    '403 not-for-this-role',
  );
  const { items } = await (await on.as('auditor')).must<{ items: unknown[] }>('GET', '/audit?action=case.reminded');
  expect(items).toHaveLength(3);
});

test('all cases of a colleague on leave go to another and come back; only her own or a supervisor hands them over, and each member is told', async () => {
  const colleagues = await staff();
  const [from, to] = [colleagues.get('晴川')!, colleagues.get('云帆')!];
  const body = { from, to: [to], reason: '晴川休假', until: '2026-07-20' };
  const other = await on.as('manager2');
  // A case manager hands over her own; nobody hands to herself, to a stranger or into the past.
  expect(codeOf(await other.send('POST', '/handovers', body))).toBe('404 not-found');
  for (const [wrong, pointer] of [
    [{ to: [from] }, '/to/0'],
    [{ to: ['00000000-0000-4000-8000-000000000000'] }, '/to/0'],
    [{ until: '2026-07-01' }, '/until'],
  ] as const)
    expect(await manager.send('POST', '/handovers', { ...body, ...wrong })).toMatchObject({
      status: 422,
      body: { problems: [{ pointer }] },
    });
  const own = (await list('desk=own&limit=100')).items;
  expect(own.length).toBeGreaterThan(5);
  const { items } = await (await on.as('supervisor')).must<Outcomes>('POST', '/handovers', body);
  expect(items.map(({ caseId }) => caseId).sort()).toEqual(own.map(({ id }) => id).sort());
  expect(items.every(({ done, what }) => done && what === '病案经理·云帆')).toBe(true);
  expect((await list('desk=own')).items).toEqual([]);
  expect((await list('desk=own&limit=100', other)).total).toBe(own.length);
  const { key, id } = played.find(({ id: one }) => one === own[0]!.id)!;
  const told = (await inboxOf(on, await on.as(key))).filter(
    ({ caseId, subject }) => caseId === id && subject === '经办人已更换',
  );
  expect(told.map(({ body: text }) => text)).toEqual([expect.stringContaining('云帆')]);
  // Back to two: each case goes to whoever has the fewest by then.
  const again = await other.must<Outcomes>('POST', '/handovers', { from: to, to: [from], reason: '休假结束' });
  expect(again.items.filter(({ done }) => done)).toHaveLength(own.length);
});
