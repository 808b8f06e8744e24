import { describe, expect, test } from 'vitest';
import { staleAfter, waitBefore } from './live.ts';

describe('live updates', () => {
  test('a changed case makes stale itself and every list that it stands in', () => {
    const stale = staleAfter('case', { id: 'c1' });
    expect(stale).toContainEqual(['case', 'c1']);
    expect(stale).toContainEqual(['cases']);
    expect(stale).toContainEqual(['worklist']);
    expect(stale).not.toContainEqual([]);
  });
  test('a moved clock makes everything stale, a message the inbox and what messages tell of', () => {
    expect(staleAfter('clock', {})).toEqual([[]]);
    expect(staleAfter('inbox', {})).toEqual([['inbox'], ['complaints'], ['call-backs']]);
  });
  test('the wait grows with every failure, is spread, and never passes half a minute by much', () => {
    expect([0, 1, 2, 3].map((failures) => waitBefore(failures, 0.5))).toEqual([1000, 2000, 4000, 8000]);
    expect(waitBefore(20, 1)).toBeLessThanOrEqual(37_500);
    expect(waitBefore(0, 0)).toBe(750);
  });
});
