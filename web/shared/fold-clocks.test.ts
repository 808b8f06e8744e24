import { expect, test } from 'vitest';
import { foldClocks } from './fold-clocks.ts';
import type { ClockView } from './types.ts';

const clock = (id: string, promise: string, state: ClockView['state'], due = '2026-11-23T18:00:00+08:00') =>
  ({ id, promise, state, due }) as ClockView;
const shown = (clocks: ClockView[]) => foldClocks(clocks).map(({ clock, times }) => [clock.id, times]);

test('the verdicts on three pages that are due at one moment are one line, on the third day another', () => {
  const pages = ['1', '2', '3'].map((id) => clock(id, 'verdict', 'running'));
  expect(shown([...pages, clock('4', 'verdict', 'running', '2026-11-24T18:00:00+08:00')])).toEqual([
    ['3', 3],
    ['4', 1],
  ]);
});

test('what was kept is one line a promise; what was late stays a line of its own each', () => {
  const late = (id: string, due: string) => clock(id, 'verdict', 'breached', due);
  expect(
    shown([
      clock('1', 'verdict', 'kept'),
      clock('2', 'call', 'kept'),
      clock('3', 'verdict', 'kept', '2026-11-24T18:00:00+08:00'),
      late('4', '2026-11-25T18:00:00+08:00'),
      late('5', '2026-11-26T18:00:00+08:00'),
    ]),
  ).toEqual([
    ['3', 2],
    ['2', 1],
    ['4', 1],
    ['5', 1],
  ]);
});
