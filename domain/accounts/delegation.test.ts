import { expect, test } from 'vitest';
import { delegationHolds } from './delegation.ts';

const given = { matter: 'outpatient-access', until: '2026-12-01', endedAt: null };

test('a delegation holds for its matter through its last day', () => {
  expect(delegationHolds(given, 'outpatient-access', '2026-12-01')).toBe(true);
  expect(delegationHolds(given, 'outpatient-access', '2026-12-02')).toBe(false);
  expect(delegationHolds(given, 'car-t', '2026-11-01')).toBe(false);
});
test('all covers every matter', () => {
  expect(delegationHolds({ ...given, matter: 'all' }, 'car-t', '2026-11-01')).toBe(true);
});
test('one taken back holds no more', () => {
  expect(delegationHolds({ ...given, endedAt: new Date(0) }, 'outpatient-access', '2026-11-01')).toBe(false);
});
