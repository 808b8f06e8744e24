import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SearchHit, SearchResult } from '#contract/search.ts';
import type { Player } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { ask } from './outpatient.ts';
import { catchUp, codeOf, newMember, someone } from './steps.ts';

let on: TestApp;
const log: string[] = [];
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00', hear: (line) => log.push(line) });
});
afterAll(() => on.close());

const search = (player: Player, q: string, only?: string): Promise<SearchResult> =>
  player.must('POST', '/search', { q, ...(only ? { only } : {}) });
const hits = async (player: Player, q: string, group: string): Promise<SearchHit[]> =>
  (await search(player, q)).groups.find((one) => one.group === group)?.items ?? [];

test('[2.2.8, A.2] one field finds services by door and word, clauses, drugs by any of their names, her case, papers and messages', async () => {
  const { ids } = await newMember(on, 'seeker');
  const { player, id } = await ask(on, 'seeker', ids);
  await catchUp(on);
  expect((await hits(player, '重疾专家门诊安排', 'services'))[0]).toMatchObject({
    title: '重疾门诊绿通',
    text: '客户专区 › 重疾专家门诊安排',
    of: null,
    to: { kind: 'service', service: 'outpatient-access', ...ids, item: null },
  });
  expect((await hits(player, '弘爱理赔', 'services'))[0]).toMatchObject({ title: '线上理赔', to: { item: 'claim' } });
  expect((await hits(player, '个人专区 我的服务', 'services'))[0]).toMatchObject({ title: '视频问诊' });
  expect((await hits(player, '线上理赔', 'services'))[0]).toMatchObject({ to: { item: 'claim' } });
  expect(await hits(player, '等待期', 'clauses')).toContainEqual(
    expect.objectContaining({ title: '二（二）5', to: expect.objectContaining({ kind: 'clause', clause: '2.2.5' }) }),
  );
  const [drug] = await player
    .must<{ items: { label: string; row: { generic: string } }[] }>('GET', '/lists/drugs')
    .then(({ items }) => items);
  expect((await hits(player, drug!.row.generic, 'drugs')).map(({ title }) => title)).toContain(drug!.label);
  expect((await hits(player, '上海 肿瘤', 'hospitals')).length).toBeGreaterThan(0);
  const { number } = await player.case(id);
  expect(await hits(player, number, 'cases')).toMatchObject([{ to: { kind: 'case', caseId: id } }]);
  expect((await hits(player, '诊断证明', 'papers')).length).toBeGreaterThan(0);
  expect((await hits(player, number, 'messages'))[0]).toMatchObject({ to: { kind: 'case', caseId: id } });
  expect((await hits(player, '药', 'services')).length).toBeGreaterThan(0);
});

test('the first few of each group, all of one when asked, and nothing for what is nowhere', async () => {
  await newMember(on, 'more');
  const player = await on.as('more');
  const first = (await search(player, '肿瘤')).groups.find(({ group }) => group === 'clauses')!;
  expect(first).toMatchObject({ more: true });
  const all = await search(player, '肿瘤', 'clauses');
  expect(all.groups.map(({ group }) => group)).toEqual(['clauses']);
  expect(all.groups[0]!.items.length).toBeGreaterThan(first.items.length);
  expect(await search(player, '滑雪板')).toEqual({ groups: [] });
  expect(await search(player, '，')).toEqual({ groups: [] });
});

test("nothing of another person is found, her delegate finds what she may see, and a policyholder's wife keeps hers", async () => {
  const husband = someone('search-husband', { sex: 'M' });
  const wife = someone('search-wife', { holder: 'search-husband' });
  const found = await on.people([husband, wife]);
  const friend = (await newMember(on, 'search-friend')).persona;
  const { player: her, id } = await ask(on, 'search-wife', found.get('search-wife')!);
  const { number } = await her.case(id);
  await catchUp(on);
  const seenBy = async (player: Player) => {
    const { groups } = await search(player, number);
    const papers = await hits(player, '诊断证明', 'papers');
    return [...groups.map(({ group }) => group), ...(papers.length > 0 ? ['papers'] : [])];
  };
  const [his, theirs] = [await on.as('search-husband'), await on.as('search-friend')];
  expect(await seenBy(her)).toEqual(['cases', 'messages', 'papers']);
  expect(await seenBy(his)).toEqual([]);
  expect(await seenBy(theirs)).toEqual([]);
  const given = await her.must<{ id: string }>('POST', '/delegations', {
    toPhone: friend.phone,
    toName: friend.name,
    matter: 'all',
    until: '2026-08-01',
  });
  expect(await seenBy(theirs)).toEqual(['cases', 'papers']);
  expect((await hits(theirs, number, 'cases'))[0]!.of).toBe(wife.name);
  expect((await her.send('DELETE', `/delegations/${given.id}`)).status).toBe(204);
  expect(await seenBy(theirs)).toEqual([]);
});

test('PIPL 28: what is typed stands in no address, no line of the log and no row, under a key or not', async () => {
  await newMember(on, 'quiet');
  const player = await on.as('quiet');
  const typed = '淋巴瘤复发怎么办呀';
  log.length = 0;
  await search(player, typed);
  expect((await player.send('POST', '/search', { q: typed, rows: 1 })).status).toBe(400);
  expect((await player.send('POST', '/search', { q: typed.repeat(6) })).status).toBe(400);
  expect(log.some((line) => line.includes('/api/search'))).toBe(true);
  expect(log.filter((line) => line.includes('淋巴瘤') || line.includes(encodeURIComponent('淋巴瘤')))).toEqual([]);
  const { rows: tables } = await on.database.owner.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'yilu' and table_type = 'BASE TABLE'",
  );
  for (const { name } of tables) {
    const { rows } = await on.database.owner.query(`select 1 from yilu.${name} t where t::text like $1 limit 1`, [
      `%${typed}%`,
    ]);
    expect(rows, name).toEqual([]);
  }
  const { rows: kept } = await on.database.owner.query(
    "select 1 from yilu.idempotency where response is null and account = '-'",
  );
  expect(kept).toEqual([]);
});

test('too much, nothing, an unknown group and a question in the address are refused with the field; staff have their own lists', async () => {
  await newMember(on, 'asks');
  const player = await on.as('asks');
  const faults = async (body: object) => {
    const { status, body: problem } = await player.send('POST', '/search', body);
    return [status, (problem as { problems?: { pointer: string }[] }).problems?.[0]?.pointer];
  };
  expect(await faults({ q: '药'.repeat(51) })).toEqual([400, '/q']);
  expect(await faults({ q: '   ' })).toEqual([400, '/q']);
  expect(await faults({ q: '药', only: 'persons' })).toEqual([400, '/only']);
  expect(await faults({})).toEqual([400, '/q']);
  expect((await player.send('GET', '/search?q=x')).status).toBe(404);
  expect(codeOf(await (await on.as('reviewer')).send('POST', '/search', { q: '药' }))).toMatch(/^403/);
});
