import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCalendar } from '#calendar/load.ts';
import { type Clock, soonAt, viewClock } from './clock-view.ts';
import { formatInstant, MINUTE_MS, parseInstant } from './day.ts';
import { dueTime } from './due.ts';
import type { Term, Unit } from './schema.ts';

const calendar = loadCalendar();
const at = (text: string) => parseInstant(`${text.replace(' ', 'T')}+08:00`);
const time = (moment: Date) => formatInstant(moment).slice(5, 16).replace('T', ' ');

type Facts = { pauses?: [string, string | null][]; met?: string; closed?: string; voided?: string };

function clock(start: string, amount: number, unit: Unit, { pauses = [], met, closed, voided }: Facts = {}): Clock {
  const term: Term = { unit, amount };
  const paused = pauses.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) }));
  const ended = paused.flatMap(({ from, to }) => (to ? [{ from, to }] : []));
  const rule = {
    term,
    hours: { days: 'every-day' as const, opens: '09:00', closes: '18:00' },
    dayOpens: '09:00',
    dayCloses: '18:00',
  };
  const first = dueTime({ ...rule, from: at(start), calendar });
  const now = dueTime({ ...rule, from: at(start), calendar, paused: ended });
  const facts = {
    met: met ? at(met) : undefined,
    closed: closed ? at(closed) : undefined,
    voided: voided ? at(voided) : undefined,
  };
  return {
    ...rule,
    ...facts,
    start: at(start),
    paused,
    firstDue: first.due,
    due: now.due,
    provisional: now.provisional,
  };
}
const seen = (c: Clock, now: string) => viewClock(c, at(now), { calendar });
const short = (c: Clock, now: string) => {
  const { state, left, fraction, due } = seen(c, now);
  return `${state} ${left.days}d ${left.minutes}min ${Math.round(fraction * 100)}% due ${time(due)}`;
};
const spans = (c: Clock, now: string) => seen(c, now).spans.map((s) => `${time(s.from)} - ${time(s.to)} ${s.why}`);

// Wednesday 2026-11-18; two working days are due Friday 18:00.
const two = (facts?: Facts) => clock('2026-11-18 10:00', 2, 'working-days', facts);
// An hour of service asked on Friday at 17:30 is due on Saturday at 09:30.
const hour = (facts?: Facts) => clock('2026-11-20 17:30', 60, 'service-minutes', facts);

describe('[2.2.1.3] a promise of two working days', () => {
  test.each([
    [
      'day 0 counts nothing, yet today and two days are left',
      '2026-11-18 15:00',
      'running 2d 180min 0% due 11-20 18:00',
    ],
    ['day 0 after hours', '2026-11-18 20:00', 'running 2d 0min 0% due 11-20 18:00'],
    ['day 1 before opening', '2026-11-19 08:00', 'running 1d 540min 0% due 11-20 18:00'],
    ['half of day 1', '2026-11-19 13:30', 'running 1d 270min 25% due 11-20 18:00'],
    ['before the last quarter', '2026-11-20 13:29', 'running 0d 271min 75% due 11-20 18:00'],
    ['the last quarter is soon', '2026-11-20 13:30', 'soon 0d 270min 75% due 11-20 18:00'],
    ['the due moment itself is in time', '2026-11-20 18:00', 'soon 0d 0min 100% due 11-20 18:00'],
    ['one second later it is late', '2026-11-20 18:00:01', 'late 0d 0min 100% due 11-20 18:00'],
  ])('%s', (_, now, want) => expect(short(two(), now)).toBe(want));

  test('on a weekend only whole days are left', () => {
    expect(short(clock('2026-11-20 10:00', 2, 'working-days'), '2026-11-21 12:00')).toBe(
      'running 2d 0min 0% due 11-24 18:00',
    );
  });

  test('its spans say why each stretch does not count', () => {
    expect(spans(clock('2026-11-20 10:00', 2, 'working-days'), '2026-11-23 12:00')).toEqual([
      '11-20 10:00 - 11-21 00:00 day-0',
      '11-21 00:00 - 11-23 00:00 weekend',
      '11-23 00:00 - 11-23 09:00 outside-hours',
      '11-23 09:00 - 11-23 12:00 counted',
    ]);
    expect(spans(clock('2026-09-30 17:59', 2, 'working-days'), '2026-10-08 10:00')).toEqual([
      '09-30 17:59 - 10-01 00:00 day-0',
      '10-01 00:00 - 10-08 00:00 holiday',
      '10-08 00:00 - 10-08 09:00 outside-hours',
      '10-08 09:00 - 10-08 10:00 counted',
    ]);
  });
});

describe('[2.3.1.3] a promise of one service hour', () => {
  test('what is left are counted minutes, not minutes on the wall', () => {
    expect(short(hour(), '2026-11-20 17:45')).toBe('running 0d 45min 25% due 11-21 09:30');
    expect(short(hour(), '2026-11-20 22:00')).toBe('running 0d 30min 50% due 11-21 09:30');
    expect(short(hour(), '2026-11-21 09:15')).toBe('soon 0d 15min 75% due 11-21 09:30');
    expect(short(hour(), '2026-11-21 09:31')).toBe('late 0d 0min 100% due 11-21 09:30');
  });

  test('a clock seen before its start has all its time', () => {
    expect(short(hour(), '2026-11-20 09:00')).toBe('running 0d 60min 0% due 11-21 09:30');
    expect(spans(hour(), '2026-11-20 09:00')).toEqual([]);
  });
});

test('[2.1.4] seconds left are shown as minutes rounded up', () => {
  const call = clock('2026-11-20 10:00', 180, 'seconds');
  expect(short(call, '2026-11-20 10:00:01')).toBe('running 0d 3min 1% due 11-20 10:03');
  expect(short(call, '2026-11-20 10:02:20')).toBe('soon 0d 1min 78% due 11-20 10:03');
});

test('days of law: the days after today and the rest of today until 24:00', () => {
  const letter = clock('2026-11-18 10:00', 3, 'calendar-days');
  expect(short(letter, '2026-11-19 12:00')).toBe('running 2d 720min 17% due 11-22 00:00');
  expect(short(letter, '2026-11-21 23:00')).toBe('soon 0d 60min 99% due 11-22 00:00');
});

describe('a clock that stands', () => {
  const waiting = two({ pauses: [['2026-11-19 10:00', null]] });

  test('is never late and moves its due moment as if it went on now', () => {
    expect(short(waiting, '2026-11-19 12:00')).toBe('standing 1d 360min 6% due 11-20 18:00');
    expect(short(waiting, '2026-11-19 19:00')).toBe('standing 2d 0min 0% due 11-23 18:00');
    expect(short(waiting, '2026-12-01 12:00')).toMatch(/^standing 1d 360min 0% due 12-02 18:00/);
  });

  test('at the closing moment of the due day already shows the next working day', () => {
    expect(short(waiting, '2026-11-20 18:00')).toBe('standing 2d 0min 0% due 11-24 18:00');
  });

  test('keeps what was told first', () => {
    expect(time(seen(waiting, '2026-12-01 12:00').firstDue)).toBe('11-20 18:00');
  });

  test('runs on after the wait, and the wait is shown', () => {
    const resumed = two({ pauses: [['2026-11-19 10:00', '2026-11-23 10:00']] });
    expect(short(resumed, '2026-11-23 12:00')).toBe('running 1d 360min 12% due 11-24 18:00');
    expect(spans(resumed, '2026-11-23 12:00')).toEqual([
      '11-18 10:00 - 11-19 00:00 day-0',
      '11-19 00:00 - 11-19 09:00 outside-hours',
      '11-19 09:00 - 11-23 10:00 standing',
      '11-23 10:00 - 11-23 12:00 counted',
    ]);
  });

  test('an hour that stands keeps the minutes it had', () => {
    const standing = hour({ pauses: [['2026-11-20 17:45', null]] });
    expect(short(standing, '2026-11-20 17:50')).toBe('standing 0d 45min 25% due 11-21 09:35');
    expect(short(standing, '2026-11-24 10:00')).toBe('standing 0d 45min 25% due 11-24 10:45');
  });

  test('a pause that begins after the due moment cannot stop a late clock', () => {
    expect(short(hour({ pauses: [['2026-11-21 09:40', null]] }), '2026-11-21 10:00')).toMatch(
      /^late .* due 11-21 09:30/,
    );
    expect(short(two({ pauses: [['2026-11-20 18:01', null]] }), '2026-11-21 10:00')).toMatch(
      /^late .* due 11-20 18:00/,
    );
  });

  test('met while it stands it is kept (paused and done in one write)', () => {
    expect(short(hour({ pauses: [['2026-11-20 17:45', null]], met: '2026-11-22 10:00' }), '2026-11-23 10:00')).toMatch(
      /^kept 0d 0min/,
    );
  });
});

describe('a clock that ended', () => {
  test.each<[string, Facts, string]>([
    ['met in time is kept', { met: '2026-11-20 12:00' }, 'kept'],
    ['met at the due moment is kept', { met: '2026-11-20 18:00' }, 'kept'],
    ['met later is breached for ever', { met: '2026-11-20 18:00:01' }, 'breached'],
    ['its case closed before is void', { closed: '2026-11-20 12:00' }, 'void'],
    ['its case closed after is breached', { closed: '2026-11-20 18:30' }, 'breached'],
    ['met, then closed: met decides', { met: '2026-11-20 12:00', closed: '2026-11-25 12:00' }, 'kept'],
    ['voided before is void', { voided: '2026-11-19 12:00' }, 'void'],
    ['voided after is breached', { voided: '2026-11-23 12:00' }, 'breached'],
  ])('%s', (_, facts, want) => expect(seen(two(facts), '2026-12-01 10:00').state).toBe(want));

  test('is shown as of its end: no span after it, nothing left', () => {
    const view = seen(two({ met: '2026-11-19 13:30' }), '2026-12-01 10:00');
    expect([view.left, view.fraction, time(view.spans.at(-1)!.to)]).toEqual([
      { days: 0, minutes: 0 },
      0.25,
      '11-19 13:30',
    ]);
  });
});

test('soon begins when three quarters of the counted time are used up, waits left out', () => {
  const soon = (c: Clock) => time(soonAt(c, { calendar }));
  expect(soon(two())).toBe('11-20 13:30');
  expect(soon(hour())).toBe('11-21 09:15');
  expect(soon(hour({ pauses: [['2026-11-20 17:45', '2026-11-21 10:00']] }))).toBe('11-21 10:30');
  const c = two({ pauses: [['2026-11-18 12:00', '2026-11-20 11:00']] });
  expect(seen(c, formatInstant(soonAt(c, { calendar })).slice(0, 19)).state).toBe('soon');
});

test('a provisional due moment is told as such', () => {
  expect(seen(clock('2026-12-30 10:00', 2, 'working-days'), '2026-12-30 11:00').provisional).toBe(true);
  expect(seen(two({ pauses: [['2026-11-19 10:00', null]] }), '2026-12-31 19:00').provisional).toBe(true);
});

test('a clock open for years shows its newest 200 spans', () => {
  const view = seen(hour(), '2028-11-20 10:00');
  expect([view.spans.length, time(view.spans.at(-1)!.to)]).toEqual([200, '11-20 10:00']);
});

test('at every moment: spans without gaps from start to now, fraction within 0 and 1, a standing clock not due in the past', () => {
  const facts = fc.record({
    unit: fc.constantFrom<Unit>('seconds', 'service-minutes', 'working-days', 'calendar-days'),
    amount: fc.integer({ min: 1, max: 9 }),
    start: fc.nat(30 * 1440),
    pauseAfter: fc.nat(3 * 1440),
    seenAfter: fc.nat(20 * 1440),
  });
  fc.assert(
    fc.property(facts, ({ unit, amount, start, pauseAfter, seenAfter }) => {
      const minute = (n: number) => new Date(at('2026-09-15 00:00').getTime() + n * MINUTE_MS);
      const scale = { seconds: 3600, 'service-minutes': 60, 'working-days': 1, 'calendar-days': 1 }[unit];
      const plain = clock(formatInstant(minute(start)).slice(0, 19), amount * scale, unit);
      const now = minute(start + seenAfter);
      const view = viewClock({ ...plain, paused: [{ from: minute(start + pauseAfter), to: null }] }, now, { calendar });
      let end = plain.start;
      for (const span of view.spans) {
        expect(span.from).toEqual(end);
        end = span.to;
      }
      expect(end).toEqual(now);
      expect(view.fraction >= 0 && view.fraction <= 1).toBe(true);
      if (view.state === 'standing') expect(view.due >= now).toBe(true);
    }),
    { numRuns: 500 },
  );
});
