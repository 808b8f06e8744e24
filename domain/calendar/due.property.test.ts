import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadCalendar } from '#calendar/load.ts';
import { MINUTE_MS, parseInstant } from './day.ts';
import { type DueInput, dueTime as dueOn } from './due.ts';
import { countedMs } from './explain.ts';
import { naiveDue } from './naive.test-helper.ts';
import type { Term } from './schema.ts';
import type { Span } from './spans.ts';

const calendar = loadCalendar();
// The calendar is left out of the drawn input so that a counterexample stays readable.
const dueTime = (input: Omit<DueInput, 'calendar'>) => dueOn({ ...input, calendar });
const start = parseInstant('2025-12-20T00:00:00+08:00').getTime();
const minute = (n: number) => new Date(start + n * MINUTE_MS);

// Moments near the edges of the day's hours are drawn as often as any others: there the mistakes live.
const edge = fc
  .tuple(fc.nat(380), fc.constantFrom(0, 540, 1080), fc.integer({ min: -1, max: 1 }))
  .map(([day, hour, off]) => minute(Math.max(0, day * 1440 + hour + off)));
const moment = fc.oneof(edge, fc.nat(380 * 1440).map(minute));
const near = (from: Date) =>
  fc.oneof(
    fc.integer({ min: -1440, max: 12 * 1440 }).map((m) => new Date(from.getTime() + m * MINUTE_MS)),
    edge.map((e) =>
      minute(
        Math.floor((from.getTime() - start) / MINUTE_MS / 1440) * 1440 +
          (((e.getTime() - start) / MINUTE_MS) % (8 * 1440)),
      ),
    ),
  );
const pauses = (from: Date): fc.Arbitrary<Span[]> =>
  fc.array(
    fc.tuple(near(from), near(from)).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
    { maxLength: 4 },
  );
const term: fc.Arbitrary<Term> = fc.oneof(
  fc.record({ unit: fc.constant('seconds' as const), amount: fc.integer({ min: 1, max: 300 }).map((m) => m * 60) }),
  fc.record({
    unit: fc.constant('service-minutes' as const),
    amount: fc.oneof(fc.constantFrom(1, 540, 1080), fc.integer({ min: 1, max: 2000 })),
  }),
  fc.record({ unit: fc.constant('working-days' as const), amount: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ unit: fc.constant('calendar-days' as const), amount: fc.integer({ min: 1, max: 20 }) }),
);
const input: fc.Arbitrary<Omit<DueInput, 'calendar'> & { paused: Span[] }> = moment.chain((from) =>
  fc.record({
    term,
    from: fc.constant(from),
    paused: pauses(from),
    hours: fc.record({
      days: fc.constantFrom('every-day' as const, 'working-days' as const),
      opens: fc.constantFrom('09:00', '00:00', '08:30'),
      closes: fc.constantFrom('18:00', '24:00', '20:00'),
    }),
    dayOpens: fc.constant('09:00'),
    dayCloses: fc.constantFrom('18:00', '17:00'),
  }),
);

test('dueTime equals a minute-by-minute count of the same rules', () => {
  fc.assert(
    fc.property(input, (i) => {
      expect(dueTime(i).due).toEqual(naiveDue({ ...i, calendar }));
    }),
    { numRuns: 600 },
  );
}, 60_000);

test('splitting a pause anywhere, or giving it twice, changes nothing', () => {
  fc.assert(
    fc.property(input, fc.double({ min: 0, max: 1, noNaN: true }), (i, share) => {
      const split = i.paused.flatMap(({ from, to }) => {
        const middle = new Date(from.getTime() + Math.floor((to.getTime() - from.getTime()) * share));
        return [
          { from: middle, to },
          { from, to: middle },
          { from, to },
        ];
      });
      expect(dueTime({ ...i, paused: split })).toEqual(dueTime(i));
    }),
  );
});

test('who asks later is never served by an earlier due moment', () => {
  fc.assert(
    fc.property(input, fc.nat(5 * 1440), (i, wait) => {
      const later = dueTime({ ...i, from: new Date(i.from.getTime() + wait * MINUTE_MS) });
      expect(later.due.getTime()).toBeGreaterThanOrEqual(dueTime(i).due.getTime());
    }),
  );
});

test('a longer wait never makes a promise fall due earlier', () => {
  fc.assert(
    fc.property(input, (i) => {
      expect(dueTime(i).due.getTime()).toBeGreaterThanOrEqual(
        dueTime({ ...i, paused: i.paused.slice(1) }).due.getTime(),
      );
    }),
  );
});

test('nothing falls due inside a pause: a promise in days not even at its first moment', () => {
  fc.assert(
    fc.property(input, (i) => {
      const { due } = dueTime(i);
      const inDays = i.term.unit === 'working-days' || i.term.unit === 'calendar-days';
      for (const { from, to } of i.paused) expect(due < to && (inDays ? from <= due : from < due)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('an hour counted in two parts is the hour counted at once', () => {
  fc.assert(
    fc.property(input, fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 }), (i, a, b) => {
      const minutes = (amount: number, from: Date) =>
        dueTime({ ...i, from, term: { unit: 'service-minutes', amount } }).due;
      expect(minutes(b, minutes(a, i.from))).toEqual(minutes(a + b, i.from));
    }),
  );
});

test('the explained spans count exactly the time that was promised', () => {
  fc.assert(
    fc.property(input, (i) => {
      const perUnit = {
        seconds: 1000,
        'service-minutes': MINUTE_MS,
        'working-days': Number.NaN,
        'calendar-days': Number.NaN,
      }[i.term.unit];
      fc.pre(!Number.isNaN(perUnit));
      expect(countedMs({ ...i, calendar, start: i.from }, i.from, dueTime(i).due)).toBe(i.term.amount * perUnit);
    }),
  );
});
