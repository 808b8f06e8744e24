import { describe, expect, test } from 'vitest';
import { listCalendarYears, loadCalendar } from '#calendar/load.ts';
import { formatInstant, parseInstant } from './day.ts';
import { type DueInput, dueTime } from './due.ts';
import type { Unit } from './schema.ts';
import { buildCalendar, type ServiceHours } from './work-calendar.ts';

const calendar = loadCalendar();
const everyDay: ServiceHours = { days: 'every-day', opens: '09:00', closes: '18:00' };
const at = (text: string) => parseInstant(`${text.replace(' ', 'T')}+08:00`);

function due(from: string, amount: number, unit: Unit, pauses: [string, string][] = [], more: Partial<DueInput> = {}) {
  const paused = pauses.map(([a, b]) => ({ from: at(a), to: at(b) }));
  const rule = { term: { unit, amount }, hours: everyDay, dayOpens: '09:00', dayCloses: '18:00', calendar, ...more };
  const answer = dueTime({ ...rule, from: at(from), paused });
  return (
    formatInstant(answer.due).slice(0, 19).replace('T', ' ').replace(/:00$/, '') +
    (answer.provisional ? ' provisional' : '')
  );
}
const hour = (from: string, pauses: [string, string][] = [], more: Partial<DueInput> = {}) =>
  due(from, 60, 'service-minutes', pauses, more);
const days = (from: string, n: number, pauses: [string, string][] = []) => due(from, n, 'working-days', pauses);

describe('an hour of service hours', () => {
  test.each([
    ['Wed 17:59 before the National Day week goes on after it', '2026-09-30 17:59', '2026-10-08 09:59'],
    ['asked on a holiday it starts when service opens again', '2026-10-03 10:00', '2026-10-08 10:00'],
    ['a plain Saturday is served', '2026-11-21 10:00', '2026-11-21 11:00'],
    ['18:00:00 is closed already', '2026-11-20 18:00', '2026-11-21 10:00'],
    ['a make-up Sunday is served', '2026-09-20 17:30', '2026-09-21 09:30'],
    ['asked before hours it starts at opening', '2026-11-20 07:15', '2026-11-20 10:00'],
    ['asked after hours it starts at the next opening', '2026-11-20 21:00', '2026-11-21 10:00'],
    ['used up exactly at closing it is due at closing', '2026-11-20 17:00', '2026-11-20 18:00'],
    ['one second later it is due one second after opening', '2026-11-20 17:00:01', '2026-11-21 09:00:01'],
    ['Saturday 31 December 2022 was made a day off by the next notice', '2022-12-30 17:30', '2023-01-03 09:30'],
  ])('[2.2.2] %s', (_, from, want) => expect(hour(from)).toBe(want));

  test('[2.6.4.6] a working-day service skips the weekend and serves a make-up Saturday', () => {
    const workingDays = { hours: { ...everyDay, days: 'working-days' as const } };
    expect(hour('2026-11-21 10:00', [], workingDays)).toBe('2026-11-23 10:00');
    expect(hour('2026-10-09 17:30', [], workingDays)).toBe('2026-10-10 09:30');
  });

  test('hours round the clock until 24:00 are possible in another plan', () => {
    const round = { hours: { days: 'every-day' as const, opens: '00:00', closes: '24:00' } };
    expect(hour('2026-11-20 23:30', [], round)).toBe('2026-11-21 00:30');
  });
});

describe('working days', () => {
  test.each([
    ['2 days, asked 17:59 before the National Day week', '2026-09-30 17:59', 2, '2026-10-09 18:00'],
    ['7 days: make-up Saturday 10-10 counts, Sunday 10-11 does not', '2026-09-30 17:59', 7, '2026-10-15 18:00'],
    ['asked on a holiday', '2026-10-03 10:00', 2, '2026-10-09 18:00'],
    ['make-up Saturday 02-14 is day 1', '2026-02-13 17:59', 2, '2026-02-24 18:00'],
    ['10 days over Spring Festival: 02-14 and 02-28 count', '2026-02-12 10:00', 10, '2026-03-04 18:00'],
    ['3 days over Labour Day', '2026-04-30 16:00', 3, '2026-05-08 18:00'],
    ['5 days over a make-up Sunday', '2026-09-18 09:00', 5, '2026-09-24 18:00'],
    ['7 days over Mid-Autumn and National Day', '2026-09-24 11:00', 7, '2026-10-12 18:00'],
    ['1 day after hours on Friday: the make-up Saturday', '2026-10-09 20:00', 1, '2026-10-10 18:00'],
    ['1 day from a make-up Saturday, which is day 0', '2026-10-10 17:59', 1, '2026-10-12 18:00'],
    ['7 days from a make-up Sunday in 2025', '2025-09-28 10:00', 7, '2025-10-14 18:00'],
    ['2 days over the turn of 2024', '2024-12-31 17:59', 2, '2025-01-03 18:00'],
    ['3 days, asked before the National Day week', '2026-09-30 17:59', 3, '2026-10-10 18:00'],
    ['1 day from a plain Saturday', '2026-11-21 10:00', 1, '2026-11-23 18:00'],
    ['2 days from a plain Saturday', '2026-11-21 10:00', 2, '2026-11-24 18:00'],
    ['the example of the decision command: 2 days', '2026-03-02 10:00', 2, '2026-03-04 18:00'],
    ['the example of the decision command: 7 days', '2026-03-02 10:00', 7, '2026-03-11 18:00'],
  ])('[2.2.1.3] %s', (_, from, n, want) => expect(days(from, n)).toBe(want));

  test('day 0 is the day in Shanghai, not the day of the server', () => {
    const from = parseInstant('2026-11-19T16:30:00Z');
    expect(
      dueTime({ term: { unit: 'working-days', amount: 1 }, dayOpens: '09:00', dayCloses: '18:00', calendar, from }).due,
    ).toEqual(at('2026-11-23 18:00'));
  });

  test('[2.2.1.3] any hour of day 0 gives the same due moment', () => {
    for (const time of ['00:00', '08:59', '12:00', '18:00', '23:59'])
      expect(days(`2026-11-18 ${time}`, 2)).toBe('2026-11-20 18:00');
  });
});

describe('seconds and calendar days', () => {
  test('[2.1.4] three minutes run at any hour and are never provisional', () => {
    expect(due('2026-10-01 23:58:30', 180, 'seconds')).toBe('2026-10-02 00:01:30');
    expect(due('2027-05-01 03:00', 180, 'seconds')).toBe('2027-05-01 03:03');
  });

  test('days of law end at 24:00 of the n-th day after day 0, holidays included', () => {
    expect(due('2026-09-30 10:00', 3, 'calendar-days')).toBe('2026-10-04 00:00');
    expect(due('2026-11-18 23:59', 15, 'calendar-days')).toBe('2026-12-04 00:00');
  });

  test('a day of law that ends with 31 December 2026 is not provisional, the next one is', () => {
    expect(due('2026-12-30 10:00', 1, 'calendar-days')).toBe('2027-01-01 00:00');
    expect(due('2026-12-30 10:00', 2, 'calendar-days')).toBe('2027-01-02 00:00 provisional');
  });
});

describe('beyond the last notice', () => {
  test('the last covered moment is sure, the next working day is provisional and told so', () => {
    expect(days('2026-12-30 10:00', 1)).toBe('2026-12-31 18:00');
    expect(days('2026-12-30 10:00', 2)).toBe('2027-01-01 18:00 provisional');
    expect(days('2026-12-31 10:00', 2)).toBe('2027-01-04 18:00 provisional');
  });

  test('service hours go on every day', () => {
    expect(hour('2026-12-31 17:00')).toBe('2026-12-31 18:00');
    expect(hour('2026-12-31 17:30')).toBe('2027-01-01 09:30 provisional');
  });

  test('when the notice comes the same promise is computed anew and no longer provisional', () => {
    const newYear = ['2027-01-01', '2027-01-02', '2027-01-03'].map((date) => ({
      date,
      kind: 'off' as const,
      name: '元旦',
    }));
    const next = buildCalendar([
      ...listCalendarYears(),
      { year: 2027, notice: 'x', version: 1, partial: false, days: newYear },
    ]);
    expect(due('2026-12-31 17:30', 60, 'service-minutes', [], { calendar: next })).toBe('2027-01-04 09:30');
  });
});

describe('pauses of a promise in hours', () => {
  test('the time inside does not count, and is counted in service time, not added to the clock on the wall', () => {
    expect(hour('2026-11-20 10:00', [['2026-11-20 10:30', '2026-11-20 11:15']])).toBe('2026-11-20 11:45');
    expect(hour('2026-11-20 17:30', [['2026-11-20 17:40', '2026-11-21 09:10']])).toBe('2026-11-21 10:00');
  });

  test('a wait over nights and a holiday week gives back no more than the service time in it', () => {
    expect(hour('2026-09-30 17:30', [['2026-09-30 18:30', '2026-10-08 08:30']])).toBe('2026-10-08 09:30');
  });

  test('two overlapping pauses count once', () => {
    const overlapping: [string, string][] = [
      ['2026-11-20 10:20', '2026-11-20 11:00'],
      ['2026-11-20 10:40', '2026-11-20 11:20'],
    ];
    expect(hour('2026-11-20 10:00', overlapping)).toBe('2026-11-20 12:00');
    expect(hour('2026-11-20 10:00', overlapping.toReversed())).toBe('2026-11-20 12:00');
  });

  test('a pause begun before the start counts from the start', () => {
    expect(hour('2026-11-20 10:00', [['2026-11-19 10:00', '2026-11-20 10:30']])).toBe('2026-11-20 11:30');
  });

  test('pausing and resuming at one moment changes nothing', () => {
    expect(hour('2026-11-20 10:00', [['2026-11-20 10:30', '2026-11-20 10:30']])).toBe('2026-11-20 11:00');
  });

  test('what would fall due inside a pause falls due after it, with what was left', () => {
    expect(hour('2026-11-20 10:00', [['2026-11-20 10:59', '2026-11-20 14:00']])).toBe('2026-11-20 14:01');
  });

  test('a pause that begins when the hour is used up changes nothing, as closing does not', () => {
    expect(hour('2026-11-20 10:00', [['2026-11-20 11:00', '2026-11-20 14:00']])).toBe('2026-11-20 11:00');
    expect(hour('2026-11-20 17:00', [['2026-11-20 18:00', '2026-11-21 12:00']])).toBe('2026-11-20 18:00');
  });

  test('seconds stand too where a pause is given', () => {
    expect(due('2026-11-20 10:00', 180, 'seconds', [['2026-11-20 10:01', '2026-11-20 10:06']])).toBe(
      '2026-11-20 10:08',
    );
  });
});

describe('pauses of a promise in working days: Wed 2026-11-18, two days, due Friday', () => {
  const two = (...pauses: [string, string][]) => days('2026-11-18 10:00', 2, pauses);
  const [friday, monday, tuesday] = ['2026-11-20 18:00', '2026-11-23 18:00', '2026-11-24 18:00'];

  test.each<[string, [string, string][], string]>([
    ['part of a day, resumed before closing, costs nothing', [['2026-11-19 09:00', '2026-11-19 17:59']], friday],
    ['exactly 09:00-18:00 covers the day', [['2026-11-19 09:00', '2026-11-19 18:00']], monday],
    ['09:01-18:00 neither covers it nor stands at 18:00', [['2026-11-19 09:01', '2026-11-19 18:00']], friday],
    [
      'standing at 18:00:00 takes the day though most of it was free',
      [['2026-11-19 17:59', '2026-11-19 18:01']],
      monday,
    ],
    ['a pause that begins at 18:00:00 stands at it', [['2026-11-19 18:00', '2026-11-19 19:00']], monday],
    [
      'a pause that begins after 18:00 and ends before the next does not',
      [['2026-11-19 18:01', '2026-11-20 17:59']],
      friday,
    ],
    [
      'two pauses that together cover the day',
      [
        ['2026-11-19 08:00', '2026-11-19 13:00'],
        ['2026-11-19 13:00', '2026-11-19 18:00'],
      ],
      monday,
    ],
    [
      'the same with a minute between',
      [
        ['2026-11-19 08:00', '2026-11-19 13:00'],
        ['2026-11-19 13:01', '2026-11-19 18:00'],
      ],
      friday,
    ],
    ['day 0 does not matter', [['2026-11-18 11:00', '2026-11-18 23:00']], friday],
    ['due reached while paused moves to the next working day', [['2026-11-20 17:30', '2026-11-21 09:00']], monday],
    ['a wait over the weekend gives back Friday only', [['2026-11-20 10:00', '2026-11-22 20:00']], monday],
    [
      'a wait over the weekend and Monday gives back Friday and Monday',
      [['2026-11-20 10:00', '2026-11-23 18:01']],
      tuesday,
    ],
    ['a pause on the weekend alone gives back nothing', [['2026-11-20 18:01', '2026-11-23 08:00']], friday],
    ['a pause after the due moment gives back nothing', [['2026-11-20 18:01', '2026-12-20 18:00']], friday],
  ])('%s', (_, pauses, want) => expect(two(...pauses)).toBe(want));
});

describe('input that cannot be answered', () => {
  const never = (pauses: [string, string][]) => hour('2026-11-20 10:00', pauses);
  test('paused for ever is an error, not a loop', () => {
    expect(() => never([['2026-11-20 10:30', '9999-01-01 00:00']])).toThrow(/nothing falls due within 100 years/);
    expect(() => days('2026-11-20 10:00', 1, [['2026-11-20 10:30', '9999-01-01 00:00']])).toThrow(
      /never|nothing falls due/,
    );
    expect(() => days('2026-11-20 10:00', 1e9)).toThrow(/nothing falls due/);
    expect(() => due('2026-11-20 10:00', 1e15, 'seconds')).toThrow(/nothing falls due/);
  });

  test('a pause that ends before it begins is named', () => {
    expect(() =>
      never([
        ['2026-11-20 10:30', '2026-11-20 10:31'],
        ['2026-11-21 10:30', '2026-11-20 10:30'],
      ]),
    ).toThrow(/^paused\[1\]\.to: /);
  });

  test('no amount, half an amount, missing or reversed hours are named', () => {
    expect(() => days('2026-11-20 10:00', 0)).toThrow(/^term\.amount: 0 /);
    expect(() => days('2026-11-20 10:00', 1.5)).toThrow(/^term\.amount: /);
    expect(() => hour('2026-11-20 10:00', [], { hours: undefined })).toThrow(/^hours: /);
    expect(() => hour('2026-11-20 10:00', [], { hours: { ...everyDay, closes: '09:00' } })).toThrow(
      /^hours: opens 09:00 must be before/,
    );
    expect(() => hour('2026-11-20 10:00', [], { hours: { ...everyDay, opens: '9:00' } })).toThrow(/^hours\.opens: /);
    expect(() => due('2026-11-20 10:00', 1, 'working-days', [], { dayCloses: undefined })).toThrow(/^dayCloses: /);
    expect(() => dueTime({ term: { unit: 'seconds', amount: 1 }, calendar, from: new Date('x') })).toThrow(/^from: /);
  });
});
