import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listCalendarYears } from '#calendar/load.ts';
import { isWorkday } from '#domain/calendar/work-calendar.ts';
import { csvOf, fileOf, type Ground, openGround } from '#server/imports/ground.test-helper.ts';
import { type ImportOptions, importFile } from '#server/imports/import-file.ts';
import { loadCalendarFor } from './load.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.database.drop());
beforeEach(async () => {
  await ground.database.owner.query('truncate imports, timers cascade');
});

const day = (date: string, kind = '放假', name = '元旦', year = date.slice(0, 4)) => ({ date, kind, name, year });
const notice2027 = [
  day('2026-12-31', '放假', '元旦', '2027'),
  day('2027-01-01'),
  day('2027-01-02'),
  day('2027-01-09', '上班'),
];
const take = (rows: readonly Record<string, string>[], options: ImportOptions = {}) =>
  importFile(ground.ctx, 'calendar', fileOf('calendar.csv', csvOf('calendar', rows)), options);
const timers = async () => (await ground.database.owner.query('select kind from timers')).rows.map(({ kind }) => kind);

describe('a notice of the State Council', () => {
  test('moves the horizon, gives its days, also those in the December before, and has open clocks computed anew', async () => {
    const before = await loadCalendarFor(ground.ctx.pool);
    expect(before.coversUntil).toBe('2026-12-31');
    expect(await take(notice2027)).toMatchObject({ applied: true, rows: 4, added: 4, faults: [] });
    const after = await loadCalendarFor(ground.ctx.pool);
    expect(after.coversUntil).toBe('2027-12-31');
    expect(after.version).toBeGreaterThan(before.version);
    expect([isWorkday(before, '2026-12-31'), isWorkday(after, '2026-12-31'), isWorkday(after, '2027-01-09')]).toEqual([
      true,
      false,
      true,
    ]);
    expect(after.days.get('2026-10-01')?.kind).toBe('off');
    expect(await timers()).toEqual(['calendar-change']);
  });

  test('taken twice changes nothing; corrected it is a new version', async () => {
    await take(notice2027);
    const first = await loadCalendarFor(ground.ctx.pool);
    expect(await take(notice2027)).toMatchObject({ added: 0, changed: 0, removed: 0, unchanged: 4 });
    expect((await loadCalendarFor(ground.ctx.pool)).version).toBe(first.version);
    expect(await take([...notice2027.slice(0, 2), day('2027-01-03')])).toMatchObject({
      added: 1,
      removed: 2,
      unchanged: 2,
    });
    const corrected = await loadCalendarFor(ground.ctx.pool);
    expect([corrected.days.has('2027-01-02'), corrected.days.get('2026-12-31')?.kind]).toEqual([false, 'off']);
    expect((await timers()).length).toBe(2);
  });

  test('with holidays left out counts as the notice of its year, and says what is missing', async () => {
    expect((await take(notice2027)).notes).toEqual([
      expect.objectContaining({ zh: expect.stringContaining('2027-05-01、2027-10-01') }),
    ]);
    const whole = await take([...notice2027, day('2027-05-01', '放假', '劳动节'), day('2027-10-01', '放假', '国庆节')]);
    expect([whole.applied, whole.notes]).toEqual([true, []]);
  });

  test('that the project has already changes nothing', async () => {
    const year = listCalendarYears().find(({ year: found }) => found === 2026)!;
    expect(await take(year.days.map(({ date, kind, name }) => day(date, kind, name)))).toMatchObject({
      applied: true,
      added: 0,
      changed: 0,
      removed: 0,
    });
    expect(await timers()).toEqual([]);
  });

  test('is refused with a day of another year, a day twice, a day that does not exist, or a year left out', async () => {
    const report = await take([
      day('2027-02-30'),
      day('2027-05-01', '放假', '劳动节', '2028'),
      day('2027-01-01'),
      day('2027-01-01'),
    ]);
    expect(report.faults.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual([
      '2 date no-such-day',
      '3 date other-year',
      '5 date duplicate',
    ]);
    expect(await take([day('2028-01-01')])).toMatchObject({ applied: false, faults: [{ code: 'year-missing' }] });
    expect((await loadCalendarFor(ground.ctx.pool)).coversUntil).toBe('2026-12-31');
  });
});
