import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadCalendar } from '#calendar/load.ts';
import { KINDS } from '#domain/journeys/kinds.ts';
import { loadPlans } from '#plans/load.ts';
import { pass, startPlay } from '#tests/support/case-play.ts';
import { type LedgerRow, mayMove, stateOfUse, type UseMove, usesOf } from './ledger.ts';

const row = (caseId: string, move: UseMove, seq: number): LedgerRow => ({
  caseId,
  move,
  cause: 'requested',
  onDay: '2026-03-02',
  seq,
});
const moves = (...list: UseMove[]) => list.map((move, seq) => row('a', move, seq + 1));

describe('one use', () => {
  for (const [list, state] of [
    [[], 'none'],
    [['hold'], 'held'],
    [['hold', 'spend'], 'spent'],
    [['hold', 'release'], 'released'],
    [['hold', 'spend', 'restore'], 'released'],
  ] as const)
    test(`after ${list.join(', ') || 'nothing'} it is ${state}`, () => expect(stateOfUse(moves(...list))).toBe(state));

  test('[2.2.6] it is spent and released only where it is held, and restored only where it was spent', () => {
    for (const state of ['none', 'held', 'spent', 'released'] as const) {
      expect(mayMove(state, 'spend')).toBe(state === 'held');
      expect(mayMove(state, 'release')).toBe(state === 'held');
      expect(mayMove(state, 'hold')).toBe(state === 'none');
      expect(mayMove(state, 'restore')).toBe(state === 'spent');
    }
  });

  test('the uses of an entitlement count each case once, whatever the order of the rows', () => {
    const rows = [row('a', 'spend', 2), row('b', 'hold', 3), row('a', 'hold', 1)];
    expect(usesOf(rows)).toEqual([
      { state: 'spent', on: '2026-03-02' },
      { state: 'held', on: '2026-03-02' },
    ]);
  });
});

const calendar = loadCalendar();
const services = loadPlans().plans.flatMap((plan) =>
  Object.entries(plan.services).map(([code, service]) => ({ plan, code, service })),
);

/** Any milestones in any order: also orders no chart allows, for the ledger must hold by itself. */
for (const { plan, code, service } of services)
  test(`${plan.plan} ${code}: whatever happens to a case, held and spent are at most 1 together, and each move follows the one before [2.2.6]`, () => {
    const history = fc.array(fc.constantFrom(...(KINDS[service.journey.kind] ?? [])), { maxLength: 30 });
    fc.assert(
      fc.property(history, (names) => {
        let played = startPlay();
        names.forEach((name, minute) => {
          const at = new Date(Date.UTC(2026, 2, 2, 2, minute));
          const before = played.so.use;
          played = pass(plan, service, calendar, played, { name, occurredAt: at, recordedAt: at });
          const after = played.rows.slice(0).at(-1);
          if (played.so.use !== before) expect(mayMove(before, after?.move as UseMove)).toBe(true);
          const counted = usesOf(played.rows).filter(({ state }) => state === 'held' || state === 'spent');
          expect(counted.length).toBeLessThanOrEqual(1);
          expect(stateOfUse(played.rows)).toBe(played.so.use);
        });
      }),
      { numRuns: 60 },
    );
  });
