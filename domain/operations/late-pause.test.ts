import { expect, test } from 'vitest';
import { buildCalendar } from '../calendar/work-calendar.ts';
import { pausedLate } from './late-pause.ts';

const calendar = buildCalendar([
  {
    year: 2026,
    notice: 'test',
    version: 1,
    partial: false,
    days: [{ date: '2026-10-01', kind: 'off', name: '国庆节' }],
  },
]);
const days = { term: { unit: 'working-days', amount: 2 }, dayOpens: '09:00', dayCloses: '18:00', calendar } as const;
const at = (text: string) => new Date(`${text}+08:00`);
const start = at('2026-11-18T10:00:00');
const due = at('2026-11-20T18:00:00');
const open = (from: string) => ({ start, due, paused: [{ from: at(from), to: null }] });

test('[2.2.1.3] a pause that began in the last working hour before the due moment is late', () => {
  expect(pausedLate(days, open('2026-11-20T17:00:00'))).toBe(true);
  expect(pausedLate(days, open('2026-11-20T17:59:59'))).toBe(true);
  expect(pausedLate(days, open('2026-11-20T16:59:59'))).toBe(false);
  expect(pausedLate(days, open('2026-11-19T17:30:00'))).toBe(false);
});

test('a pause that began when the time was already used up stopped nothing, and one that ended is none', () => {
  expect(pausedLate(days, open('2026-11-20T18:00:00'))).toBe(false);
  const ended = [{ from: at('2026-11-20T17:30:00'), to: at('2026-11-20T17:40:00') }];
  expect(pausedLate(days, { start, due, paused: ended })).toBe(false);
});

test('[2.2.2] the last hour is one of service time: a pause in the evening before counts when the rest is within the hour', () => {
  const hours = {
    term: { unit: 'service-minutes', amount: 60 },
    hours: { days: 'every-day', opens: '09:00', closes: '18:00' },
    calendar,
  } as const;
  const evening = { start: at('2026-11-18T17:30:00'), due: at('2026-11-19T09:30:00') };
  expect(pausedLate(hours, { ...evening, paused: [{ from: at('2026-11-18T17:45:00'), to: null }] })).toBe(true);
  const long = { ...hours, term: { unit: 'service-minutes', amount: 600 } } as const;
  const far = { start: at('2026-11-18T17:30:00'), due: at('2026-11-20T09:30:00') };
  expect(pausedLate(long, { ...far, paused: [{ from: at('2026-11-19T17:00:00'), to: null }] })).toBe(false);
});
