import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  addYearsSameDate,
  dayOf,
  daysBetween,
  formatInstant,
  instantAt,
  parseDay,
  parseInstant,
  weekday,
} from './day.ts';

test('a day that does not exist is refused by name of its field', () => {
  for (const text of [
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '',
    '2026-04-31',
    ' 2026-01-01',
  ])
    expect(() => parseDay(text, 'bornOn')).toThrow(/^bornOn: .*YYYY-MM-DD$/);
  expect(parseDay('2024-02-29')).toBe('2024-02-29');
});

test('days are counted over month, leap day and year', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2025-12-31', 1)).toBe('2026-01-01');
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
  expect(daysBetween('2026-11-18', '2026-12-31')).toBe(43);
  expect([weekday('2026-11-16'), weekday('2026-11-21'), weekday('2026-11-22')]).toEqual([1, 6, 7]);
});

test('[2.1.6] the same date next year; 29 February becomes 28 February', () => {
  expect(addYearsSameDate('2025-03-10', 1)).toBe('2026-03-10');
  expect(addYearsSameDate('2024-02-29', 1)).toBe('2025-02-28');
  expect(addYearsSameDate('2024-02-29', 4)).toBe('2028-02-29');
});

test('a moment without a zone is refused, not read in the zone of the server', () => {
  expect(() => parseInstant('2026-09-30T17:59:00', 'from')).toThrow(/^from: .*offset/);
  for (const text of [
    '2026-09-30',
    '2026-02-30T10:00:00+08:00',
    '2026-09-30T24:00:00+08:00',
    '2026-09-30T10:60:00Z',
    '2026-09-30T10:00:60Z',
    '2026-09-30 10:00:00+08:00',
    '2026-09-30T10:00:00+0800',
    '2026-09-30T10:00:00+15:00',
  ])
    expect(() => parseInstant(text), text).toThrow();
});

test('a moment of any offset is the same moment, and its day is the day in Shanghai', () => {
  const want = instantAt('2026-10-15', '18:00');
  for (const text of [
    '2026-10-15T18:00:00+08:00',
    '2026-10-15T10:00:00Z',
    '2026-10-15T10:00Z',
    '2026-10-15T05:30:00.000-04:30',
  ])
    expect(parseInstant(text)).toEqual(want);
  expect(dayOf(parseInstant('2026-10-14T16:00:00Z'))).toBe('2026-10-15');
  expect(dayOf(parseInstant('2026-10-14T15:59:59Z'))).toBe('2026-10-14');
  expect(instantAt('2026-10-15', '24:00')).toEqual(instantAt('2026-10-16', '00:00'));
});

test('moments are printed in +08:00 to the second, milliseconds only where there are any', () => {
  expect(formatInstant(parseInstant('2026-10-15T10:00:00Z'))).toBe('2026-10-15T18:00:00+08:00');
  expect(formatInstant(parseInstant('2026-10-15T10:00:00.1234Z'))).toBe('2026-10-15T18:00:00.123+08:00');
});

test('printing and reading a moment gives it back', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1992-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (at) => {
      expect(parseInstant(formatInstant(at))).toEqual(at);
    }),
  );
});
