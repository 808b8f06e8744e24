import { groupBy } from './group-by.ts';
import type { ClockView } from './types.ts';

/**
 * Clocks that say the same as one: a promise that begins anew with every page handed in runs many times to one moment, and
 * was kept many times. Each with how many it stands for; of those the newest is shown.
 */
export function foldClocks(clocks: readonly ClockView[]): { clock: ClockView; times: number }[] {
  const says = ({ promise, state, due }: ClockView) =>
    state === 'kept' ? `${promise} kept` : `${promise} ${state} ${due}`;
  return groupBy(clocks, says).map(([, same]) => ({ clock: same.at(-1)!, times: same.length }));
}
