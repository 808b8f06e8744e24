/** How satisfied a member was, after every kind of case: asked once, said once, changeable, read by the desks as figures. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { QualityView } from '#contract/satisfaction.ts';
import type { Answer, Player } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { count } from './interleave.ts';
import { ask, verify } from './outpatient.ts';
import { codeOf, inboxOf, newMember } from './steps.ts';
import { accepts, asks, onDuty, opened, talksAndWrites } from './video.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-11-04T10:00:00+08:00' });
});
afterAll(() => on.close());

const say = (player: Player, id: string, body: Record<string, unknown>): Promise<Answer> =>
  player.send('POST', `/cases/${id}/satisfaction`, body);
const days = async (n: number) =>
  on.advanceTo(new Date((await on.now()).getTime() + n * 86_400_000 + 1000).toISOString());
const asked = async (player: Player) =>
  (await inboxOf(on, player)).filter(({ subject }) => subject === '这次服务您满意吗').length;
const quality = (player: Player): Promise<QualityView> => player.must('GET', '/service-quality');

test('where the chart asks for a rating it is that rating; a low one reaches the supervisor, and may be changed for some days', async () => {
  const member = await opened(on, 'unhappy');
  const doctor = await onDuty(on);
  const id = await asks(member);
  await accepts(doctor);
  expect((await member.player.case(id)).satisfaction).toBeNull();
  await talksAndWrites(doctor, id);
  const { satisfaction } = await member.player.case(id);
  expect(satisfaction).toMatchObject({ open: true, until: null, stars: null });
  expect(satisfaction?.choices.map(({ code }) => code)).toEqual(expect.arrayContaining(['waiting', 'line']));
  expect(satisfaction?.choices.map(({ code }) => code)).not.toContain('sampling');

  expect((await say(member.player, id, { stars: 2, reasons: ['line'], words: '画面总卡' })).status).toBe(200);
  const said = await member.player.case(id);
  expect(said.timeline.map(({ type }) => type)).toContain('rate');
  expect(said.satisfaction).toMatchObject({ open: true, stars: 2, low: true, reasons: ['line'], words: '画面总卡' });
  const supervisor = await on.as('supervisor');
  expect((await inboxOf(on, supervisor)).map(({ subject }) => subject)).toContain('会员不满意');
  expect((await supervisor.case(id)).satisfaction).toMatchObject({ open: false, stars: 2, words: '画面总卡' });
  expect((await doctor.case(id)).satisfaction).toBeNull();
  expect((await quality(supervisor)).low).toMatchObject([{ caseId: id, stars: 2, reasons: ['画面和声音'] }]);

  await days(6);
  expect((await say(member.player, id, { stars: 4 })).status).toBe(200);
  expect((await member.player.case(id)).satisfaction).toMatchObject({ stars: 4, low: false, reasons: [], words: null });
  expect((await quality(supervisor)).low).toEqual([]);
  await days(2);
  expect(codeOf(await say(member.player, id, { stars: 1 }))).toBe('409 not-possible-now');
  expect((await member.player.case(id)).satisfaction).toMatchObject({ open: false, stars: 4 });
  // The chart had asked already.
  expect(await asked(member.player)).toBe(0);
});

test('after a refusal she is asked by one message that stays in the house, for so many days; nobody else can say it', async () => {
  const { player, id } = await ask(on, 'refused', (await newMember(on, 'refused')).ids);
  await (await verify(on, id)).event(id, 'refuseRequest', { rule: 'wrong-illness', text: '示例：不符合约定' });
  expect(await asked(player)).toBe(1);
  expect(
    await count(on, `deliveries d join yilu.outbox o on o.id = d.outbox_id where o.template = 'satisfaction-asked'`),
  ).toBe(0);
  expect((await player.case(id)).satisfaction).toMatchObject({ open: true, stars: null, low: false });
  await newMember(on, 'stranger');
  expect(codeOf(await say(await on.as('stranger'), id, { stars: 1 }))).toBe('404 not-found');
  expect((await say(await on.as('supervisor'), id, { stars: 5 })).status).toBe(403);
  expect(await say(player, id, { stars: 6 })).toMatchObject({
    status: 400,
    body: { problems: [{ pointer: '/stars' }] },
  });
  expect(await say(player, id, { stars: 3, reasons: ['waiting', 'line'] })).toMatchObject({
    status: 422,
    body: { problems: [{ pointer: '/reasons/1' }] },
  });
  await days(31);
  expect((await player.case(id)).satisfaction).toBeNull();
  expect(codeOf(await say(player, id, { stars: 3 }))).toBe('409 not-possible-now');
  expect(await asked(player)).toBe(1);
});

test('figures by month, service and provider: fewer than five answers are not broken down, and a provider reads its own', async () => {
  const supervisor = await on.as('supervisor');
  const month = (await on.now()).toISOString().slice(0, 7);
  const rowOf = ({ items }: QualityView) => items.find((one) => one.month === month && one.provider === null);
  for (const [i, stars] of [1, 4, 4, 5, 5].entries()) {
    expect(rowOf(await quality(supervisor))?.mean ?? null).toBeNull();
    const { player, id } = await ask(on, `figure${i}`, (await newMember(on, `figure${i}`)).ids);
    await player.event(id, 'withdraw');
    // She may say it and was not asked.
    expect(await asked(player)).toBe(0);
    expect((await say(player, id, { stars, reasons: ['staff'] })).status).toBe(200);
  }
  const view = await quality(supervisor);
  expect(rowOf(view)).toMatchObject({
    service: 'outpatient-access',
    asked: 0,
    answered: 5,
    mean: 3.8,
    distribution: [1, 0, 0, 2, 2],
    reasons: [{ code: 'staff', count: 5 }],
  });
  expect(view.months.find((one) => one.month === month && one.service === null)).toMatchObject({ answered: 5 });
  const own = await quality(await on.as('provider'));
  expect(own.items.map(({ provider, answered, mean }) => [provider, answered, mean])).toEqual([['shangyong', 1, null]]);
  expect(own.low).toEqual([]);
  const file = (await supervisor.file('/service-quality/export')).toString();
  expect(file).toMatch(/^\ufeff月份,服务,服务商/);
  expect(file).toContain('3.80,1,0,0,2,2');
  expect(codeOf(await supervisor.send('GET', '/service-quality?from=2026-12&to=2026-11'))).toMatch(/^422/);
});
