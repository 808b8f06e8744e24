import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LIST_KINDS } from '#domain/lists/kinds.ts';
import { csvOf, fileOf, type Ground, groundOf, openGround } from '#server/imports/ground.test-helper.ts';
import { type ImportOptions, importFile } from '#server/imports/import-file.ts';
import { importSampleLists } from '#server/imports/sample-lists.ts';
import { findListedRow, findListRow, findVersionOn, isListed, listAsOf, listCities, listOtherDays } from './queries.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.database.drop());
beforeEach(async () => {
  await ground.database.owner.query('truncate imports cascade');
});

const today = '2026-11-18';
const hospital = (name: string, cells: Record<string, string> = {}) => ({
  name,
  aliases: '',
  effectiveFrom: '',
  ...cells,
});
const take = (rows: readonly Record<string, string>[], options: ImportOptions = {}) =>
  importFile(ground.ctx, 'hospitals', fileOf('hospitals.csv', csvOf('hospitals', rows)), options);
const namesOn = async (day: string, search = {}) =>
  (await listAsOf(ground.ctx.pool, ground.ctx, 'hospitals', day, search)).items.map(({ label }) => label);
const keyOf = async (name: string, day: string) =>
  (await listAsOf(ground.ctx.pool, ground.ctx, 'hospitals', day, { q: name })).items[0]!;

describe('a list', () => {
  test('[2.2.3] is asked as of a day: each version from its own first day on', async () => {
    await take([hospital('甲医院'), hospital('乙医院')], { effectiveFrom: '2026-01-01' });
    await take([hospital('甲医院'), hospital('丙医院')], { effectiveFrom: '2026-07-01' });
    expect(await namesOn('2025-12-31')).toEqual([]);
    expect(await namesOn('2026-06-30')).toEqual(['乙医院', '甲医院']);
    expect(await namesOn('2026-07-01')).toEqual(['丙医院', '甲医院']);
  });

  test('keeps the id of an entry that stays the same, and every row version that a case stored', async () => {
    await take([hospital('甲医院'), hospital('乙医院')], { effectiveFrom: '2026-01-01' });
    const [a, b] = [await keyOf('甲医院', today), await keyOf('乙医院', today)];
    expect(await take([hospital('甲医院'), hospital('乙医院', { grade: '二级' })])).toMatchObject({
      changed: 1,
      unchanged: 1,
    });
    expect((await keyOf('甲医院', today)).id).toBe(a.id);
    const changed = await keyOf('乙医院', today);
    expect(changed.id).not.toBe(b.id);
    expect(await findListRow(ground.ctx.pool, ground.ctx, 'hospitals', b.id)).toMatchObject({
      row: { grade: 3 },
      version: 1,
      effectiveFrom: '2026-01-01',
      effectiveTo: '2026-11-17',
    });
    // By the old id, by the new one and by its key it is the same entry, still listed.
    for (const asked of [b.id, changed.id, changed.key])
      expect((await findListedRow(ground.ctx.pool, ground.ctx, 'hospitals', asked, today))?.id).toBe(changed.id);
  });

  test('no longer has an entry that its newest version left out', async () => {
    await take([hospital('甲医院'), hospital('乙医院')], { effectiveFrom: '2026-01-01' });
    const gone = await keyOf('乙医院', today);
    expect(await take([hospital('甲医院')])).toMatchObject({ removed: 1 });
    expect(await isListed(ground.ctx.pool, ground.ctx, 'hospitals', gone.id, '2026-11-17')).toBe(true);
    expect(await isListed(ground.ctx.pool, ground.ctx, 'hospitals', gone.id, today)).toBe(false);
  });

  test('an entry has days of its own within the list', async () => {
    await take([hospital('甲医院', { effectiveFrom: '2026-03-01', effectiveTo: '2026-03-31' })], {
      effectiveFrom: '2026-01-01',
    });
    expect([await namesOn('2026-02-28'), await namesOn('2026-03-31'), await namesOn('2026-04-01')]).toEqual([
      [],
      ['甲医院'],
      [],
    ]);
  });

  test('taken twice makes no version; one that begins earlier than the newest is refused', async () => {
    await take([hospital('甲医院')]);
    expect(await take([hospital('甲医院')])).toMatchObject({ applied: true, added: 0, changed: 0, unchanged: 1 });
    expect((await ground.database.owner.query('select 1 from list_versions')).rowCount).toBe(1);
    const early = await take([hospital('乙医院')], { effectiveFrom: '2026-01-01' });
    expect(early).toMatchObject({ applied: false, faults: [{ code: 'older-version' }] });
  });

  test('of one insurer is not the other’s', async () => {
    await take([hospital('甲医院')]);
    const { ctx } = groundOf(ground.database, 'other');
    expect((await listAsOf(ctx.pool, ctx, 'hospitals', today)).items).toEqual([]);
  });
});

describe('who looks for one entry', () => {
  test('[2.6.2.1] hears when it was and will be listed where it is not on the day asked about', async () => {
    await take([hospital('甲医院'), hospital('乙医院')], { effectiveFrom: '2026-01-01' });
    await take([hospital('甲医院')], { effectiveFrom: '2026-03-01' });
    await take([hospital('甲医院'), hospital('乙医院'), hospital('丙医院')], { effectiveFrom: '2026-12-01' });
    const asked = (day: string, q: string) => listOtherDays(ground.ctx.pool, ground.ctx, 'hospitals', day, { q });
    expect(await asked(today, '乙医院')).toMatchObject([
      {
        label: '乙医院',
        spans: [
          { from: '2026-01-01', to: '2026-02-28' },
          { from: '2026-12-01', to: null },
        ],
      },
    ]);
    expect(await asked(today, '甲医院')).toEqual([]);
    const { ctx } = ground;
    expect(await findVersionOn(ctx.pool, ctx, 'hospitals', today)).toEqual({ version: 2, since: '2026-03-01' });
    expect(await findVersionOn(ctx.pool, ctx, 'hospitals', '2025-12-31')).toBeUndefined();
  });

  test('hears one span of an entry whose content changed on the way', async () => {
    await take([hospital('甲医院'), hospital('乙医院')], { effectiveFrom: '2026-01-01' });
    await take([hospital('甲医院'), hospital('乙医院', { grade: '二级' })], { effectiveFrom: '2026-03-01' });
    await take([hospital('甲医院')], { effectiveFrom: '2026-06-01' });
    expect(await listOtherDays(ground.ctx.pool, ground.ctx, 'hospitals', today, { q: '乙医院' })).toMatchObject([
      { spans: [{ from: '2026-01-01', to: '2026-05-31' }] },
    ]);
  });

  test('finds it by brand, generic name, alias and pinyin initials', async () => {
    await importSampleLists(ground.ctx);
    const found = async (q: string) =>
      (await listAsOf(ground.ctx.pool, ground.ctx, 'drugs', today, { q })).items.map(({ label }) => label);
    for (const q of ['安圣莎', '盐酸阿来替尼', '艾乐替尼', 'ass', 'YSALTN', 'altn'])
      expect(await found(q), q).toContain('安圣莎');
    expect(await listCities(ground.ctx.pool, ground.ctx, 'pharmacies', today)).toContain('北京');
  });

  test('finds by initials also what came in before a search knew them', async () => {
    await take([hospital('甲医院')]);
    await ground.database.owner.query("update list_rows set search = '甲医院'");
    expect(await take([hospital('甲医院')])).toMatchObject({ unchanged: 1 });
    expect(await namesOn(today, { q: 'jyy' })).toEqual(['甲医院']);
  });
});

describe('a bad list', () => {
  test('of programmes names a phase or a kind of paper that nobody knows', async () => {
    const bad = [
      { phases: '3+3、abc', medicalPapers: 'nothing' },
      { phases: '3+3、3+3', code: 'other' },
    ];
    const report = await importFile(ground.ctx, 'programmes', fileOf('programmes.csv', csvOf('programmes', bad)));
    expect(report.faults.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '2 phases bad-word',
      '2 medicalPapers unknown-paper',
    ]);
  });

  test('names line and column; with --skip-bad the good rows come in and nothing leaves the list', async () => {
    await take([hospital('甲医院'), hospital('乙医院')]);
    const bad = [
      hospital('乙医院', { grade: '四级' }),
      hospital('丙医院'),
      hospital('丙 医院'),
      hospital('丁医院', { provider: 'nobody' }),
    ];
    const report = await take(bad);
    expect(report.faults.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '2 grade not-a-choice',
      '4 name duplicate',
      '5 provider unknown-provider',
    ]);
    expect(report.applied).toBe(false);
    expect(await take(bad, { skipBad: true })).toMatchObject({ applied: true, added: 1, removed: 0, skipped: 3 });
    expect((await namesOn(today)).sort()).toEqual(['丙医院', '乙医院', '甲医院'].sort());
  });
  test('without rows does not empty the list', async () => {
    await take([hospital('甲医院')]);
    expect(await take([])).toMatchObject({ applied: false, faults: [{ code: 'no-rows' }] });
    expect(await namesOn(today)).toEqual(['甲医院']);
  });
});

describe('the sample lists', () => {
  test('come in whole, are marked as samples, and are found by name, place and department', async () => {
    await importSampleLists(ground.ctx);
    await importSampleLists(ground.ctx);
    for (const list of LIST_KINDS) {
      const { items } = await listAsOf(ground.ctx.pool, ground.ctx, list, today, { limit: 100 });
      expect(items.length, list).toBeGreaterThan(2);
      expect(
        items.every(({ sample }) => sample),
        list,
      ).toBe(true);
    }
    expect((await ground.database.owner.query('select 1 from list_versions')).rowCount).toBe(LIST_KINDS.length);
    expect(await namesOn(today, { q: '协和', city: '北京' })).toEqual(['中国医学科学院北京协和医院']);
    expect(await namesOn(today, { q: '301' })).toEqual(['中国人民解放军总医院']);
    const tumour = await listAsOf(ground.ctx.pool, ground.ctx, 'hospitals', today, {
      department: '肿瘤科',
      city: '上海',
      limit: 100,
    });
    expect(tumour.items.every(({ row }) => (row.departments as string[]).includes('肿瘤科'))).toBe(true);
    const experts = await listAsOf(ground.ctx.pool, ground.ctx, 'experts', today, {
      hospital: '中国医学科学院北京协和医院',
      department: '肿瘤科',
    });
    expect(experts.items.map(({ row }) => row.rank).sort()).toEqual(['associate-chief', 'attending', 'chief']);
  });

  test('are paged without a gap or a repeat', async () => {
    await importSampleLists(ground.ctx);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listAsOf(ground.ctx.pool, ground.ctx, 'drugs', today, { limit: 50, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen.length).toBe(142);
    expect(new Set(seen).size).toBe(142);
  });
});
