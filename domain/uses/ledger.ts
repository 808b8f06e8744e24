/** The use ledger as a pure fold: append-only moves of each case; nothing is ever rewritten [2.2.6, 2.2.9]. */
import type { ReleaseCause, SpendCause } from '../plan/schema.ts';

/** restore: two people corrected a spent use. */
export type UseMove = 'hold' | 'spend' | 'release' | 'restore';
export type UseState = 'none' | 'held' | 'spent' | 'released';
export type LedgerRow = { caseId: string; move: UseMove; cause: string; onDay: string; seq: number };
export type UseCause = SpendCause | ReleaseCause | 'requested' | 'corrected';

const AFTER: Record<UseMove, UseState> = { hold: 'held', spend: 'spent', release: 'released', restore: 'released' };
const MAY_FOLLOW: Record<UseMove, readonly UseState[]> = {
  hold: ['none'],
  spend: ['held'],
  release: ['held'],
  restore: ['spent'],
};

/** The state of one case's use after its moves, in order of seq. */
export const stateOfUse = (rows: readonly LedgerRow[]): UseState =>
  rows.reduce<UseState>((_, row) => AFTER[row.move], 'none');

/** May this move follow? A hold is made once, spent or released once; only a spent use can be restored. */
export const mayMove = (state: UseState, move: UseMove): boolean => MAY_FOLLOW[move].includes(state);

/** The uses of one entitlement as eligibility asks for them: one entry a case that holds, spent or released. */
export function usesOf(rows: readonly LedgerRow[]): { state: 'held' | 'spent' | 'released'; on: string }[] {
  const byCase = new Map<string, LedgerRow[]>();
  for (const row of [...rows].sort((a, b) => a.seq - b.seq))
    byCase.set(row.caseId, [...(byCase.get(row.caseId) ?? []), row]);
  return [...byCase.values()].flatMap((moves) => {
    const state = stateOfUse(moves);
    return state === 'none' ? [] : [{ state, on: moves[0]?.onDay ?? '' }];
  });
}
