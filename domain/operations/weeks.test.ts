import { expect, test } from 'vitest';
import { mondayOf, weeksAround } from './weeks.ts';

test('a week is named by its Monday, Sunday included', () => {
  expect(mondayOf('2026-11-18')).toBe('2026-11-16');
  expect(mondayOf('2026-11-16')).toBe('2026-11-16');
  expect(mondayOf('2026-11-22')).toBe('2026-11-16');
});

test('weeks around a day have no gap, also over the turn of the year', () => {
  expect(weeksAround('2026-12-30', 1, 1)).toEqual(['2026-12-21', '2026-12-28', '2027-01-04']);
});
