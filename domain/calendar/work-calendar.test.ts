import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listCalendarYears, loadCalendar } from '#calendar/load.ts';
import { getNorm, loadNorms } from '#norms/load.ts';
import { calendarYearSchema, describeIssues, normSchema, termSchema } from './schema.ts';
import { buildCalendar, daysUntilHorizon, isServiceDay, isWorkday, type ServiceHours } from './work-calendar.ts';

const calendar = loadCalendar();
const everyDay: ServiceHours = { days: 'every-day', opens: '09:00', closes: '18:00' };
const workingDays: ServiceHours = { ...everyDay, days: 'working-days' };

test('the notices of 2019 to 2026 are loaded and run out on 31 December 2026', () => {
  expect([calendar.coversFrom, calendar.coversUntil]).toEqual(['2019-01-01', '2026-12-31']);
  expect(calendar.days.size).toBe(286);
  expect(daysUntilHorizon(calendar, '2026-11-18')).toBe(43);
  expect(daysUntilHorizon(calendar, '2027-01-02')).toBe(-2);
});

test('[2.2.2] service hours run on every day that no notice marks off, weekends and make-up days included', () => {
  const open = (day: string) => isServiceDay(calendar, everyDay, day);
  expect([open('2026-11-21'), open('2026-09-20'), open('2026-11-20')]).toEqual([true, true, true]);
  expect([open('2026-10-03'), open('2026-10-07'), open('2026-09-26')]).toEqual([false, false, false]);
});

test('[2.6.4.6] a working-day service is shut on weekends and open on a make-up Saturday', () => {
  const open = (day: string) => isServiceDay(calendar, workingDays, day);
  expect([open('2026-11-21'), open('2026-10-01'), open('2026-10-10')]).toEqual([false, false, true]);
});

test('the notice for 2023 made Saturday 31 December 2022 a day off', () => {
  expect(isServiceDay(calendar, everyDay, '2022-12-31')).toBe(false);
  expect(isWorkday(calendar, '2022-12-30')).toBe(true);
});

test('notices changed during the year are in their last form (2019 Labour Day, 2020 Spring Festival)', () => {
  expect([isWorkday(calendar, '2019-05-02'), isWorkday(calendar, '2019-05-05')]).toEqual([false, true]);
  expect([isWorkday(calendar, '2020-01-31'), isWorkday(calendar, '2020-02-03')]).toEqual([false, true]);
});

test('beyond the notices working days are plain Monday to Friday', () => {
  expect([isWorkday(calendar, '2027-01-01'), isWorkday(calendar, '2027-01-02')]).toEqual([true, false]);
});

test('a correction or a new year raises the version; a missing year and a day named twice are errors', () => {
  const years = listCalendarYears();
  const raised = years.map((y) => (y.year === 2026 ? { ...y, version: 2 } : y));
  expect(buildCalendar(raised).version).toBe(calendar.version + 1);
  expect(() => buildCalendar(years.filter((y) => y.year !== 2023))).toThrow(/2023 is expected/);
  expect(() => buildCalendar([...years, years.at(-1)!])).toThrow(/2027 is expected/);
  expect(() => buildCalendar([])).toThrow(/no whole year/);
});

test('a year given in part adds its days and leaves the horizon where it was', () => {
  const part = {
    year: 2027,
    notice: 'x',
    version: 1,
    partial: true,
    days: [{ date: '2027-01-01', kind: 'off' as const, name: '元旦' }],
  };
  const built = buildCalendar([...listCalendarYears(), part]);
  expect([built.coversUntil, isWorkday(built, '2027-01-01')]).toEqual(['2026-12-31', false]);
});

test('faults of a calendar file name the field and what to do', () => {
  const faults = (value: unknown) => describeIssues(calendarYearSchema.safeParse(value).error!);
  const day = { date: '2026-01-01', kind: 'off', name: '元旦' };
  const year = { year: 2026, notice: 'x', version: 1, days: [day] };
  expect(faults({ ...year, days: [day, day] })).toMatch(/^days\.1\.date: 2026-01-01 is named twice/);
  expect(faults({ ...year, days: [{ ...day, date: '2025-01-01' }] })).toMatch(/not in 2026/);
  expect(faults({ ...year, days: [{ ...day, date: '2026-02-30' }] })).toMatch(
    /days\.0\.date: must be a day that exists/,
  );
  expect(faults({ ...year, days: [{ ...day, kind: 'holiday' }] })).toMatch(/days\.0\.kind: kind must be off/);
  expect(faults({ ...year, note: 'y' })).toMatch(/note/);
});

test('a file whose name is not its year is refused by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'calendar-'));
  const days = 'days: [{ date: 2026-01-01, kind: off, name: 元旦 }]';
  writeFileSync(join(folder, '2025.yaml'), `year: 2026\nnotice: x\nversion: 1\n${days}\n`);
  expect(() => loadCalendar(folder)).toThrow(/2025\.yaml.*2026\.yaml/);
  rmSync(folder, { recursive: true });
});

test('deadlines of law are data: a complaint is answered in 15 days, a refusal letter sent in 3', () => {
  const norms = loadNorms();
  expect(getNorm(norms, 'complaint-answer')).toMatchObject({ unit: 'calendar-days', amount: 15 });
  expect(getNorm(norms, 'complaint-answer-complex').amount).toBe(30);
  expect(getNorm(norms, 'complaint-extension')).toMatchObject({ amount: 30, extends: 'complaint-answer-complex' });
  expect(getNorm(norms, 'refusal-letter')).toMatchObject({ amount: 3, article: '第二十四条' });
  expect(() => getNorm(norms, 'nope')).toThrow(/no norm "nope"; known: /);
});

test('a norm or term with an unknown field, unit or amount is refused by name of the field', () => {
  const { success, error } = termSchema.safeParse({ unit: 'hours', amount: 0 });
  expect([success, describeIssues(error!)]).toEqual([
    false,
    expect.stringMatching(/unit: .*; amount: amount must be at least 1/),
  ]);
  expect(normSchema.safeParse({ code: 'A' }).success).toBe(false);
});
