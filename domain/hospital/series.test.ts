import { expect, test } from 'vitest';
import { expandSeries, MOST_IN_SERIES } from './series.ts';

const series = { from: '2026-11-23', to: null, weekdays: [], opens: '09:00', closes: '10:00', minutes: 20 };
const starts = (change: object) => expandSeries({ ...series, ...change }).map(({ starts: at }) => at.toISOString());

test('a span of the day is cut into whole pieces, and what is left over is no slot', () => {
  expect(starts({ closes: '09:50' })).toEqual(['2026-11-23T01:00:00.000Z', '2026-11-23T01:20:00.000Z']);
});
test('only the weekdays named count, from the first day through the last', () => {
  // 2026-11-23 is a Monday.
  const days = starts({ to: '2026-12-06', weekdays: [1, 7], closes: '09:20' }).map((at) => at.slice(0, 10));
  expect(days).toEqual(['2026-11-23', '2026-11-29', '2026-11-30', '2026-12-06']);
});
test('a series that no hospital means is cut off and can be told', () => {
  expect(
    expandSeries({ ...series, to: '2036-01-01', opens: '00:00', closes: '23:59', minutes: 5 }).length,
  ).toBeGreaterThan(MOST_IN_SERIES);
});
