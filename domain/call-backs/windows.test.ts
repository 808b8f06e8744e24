import { expect, test } from 'vitest';
import { loadCalendar } from '#calendar/load.ts';
import { listWindows } from './windows.ts';

const calendar = loadCalendar();
const windows = (now: string) =>
  listWindows(new Date(`${now}+08:00`), { opens: '09:00', closes: '18:00' }, calendar).map(
    ({ day, part }) => `${day} ${part}`,
  );

test('a call is offered for what is left of today and for the next working day, days off left out', () => {
  expect(windows('2026-11-18T10:00:00')).toEqual([
    '2026-11-18 morning',
    '2026-11-18 afternoon',
    '2026-11-19 morning',
    '2026-11-19 afternoon',
  ]);
  // Less than half an hour of the morning is nobody's morning.
  expect(windows('2026-11-18T11:31:00')[0]).toBe('2026-11-18 afternoon');
  // Wednesday evening before the seven days of October, which end with Thursday the 8th.
  expect(windows('2026-09-30T18:00:00')).toEqual(['2026-10-08 morning', '2026-10-08 afternoon']);
  expect(windows('2026-10-10T08:00:00')[0]).toBe('2026-10-10 morning');
  expect(windows('2026-10-10T08:00:00')[2]).toBe('2026-10-12 morning');
});
