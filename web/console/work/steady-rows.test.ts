import { expect, test } from 'vitest';
import type { WorkItem } from '../../shared/types.ts';
import { keepOrder } from './steady-rows.ts';

const list = (...ids: string[]) => ids.map((id) => ({ id }) as WorkItem);
const shown = (stood: WorkItem[], fresh: WorkItem[]) => {
  const { rows, moved } = keepOrder(stood, fresh);
  return [rows.map(({ item, gone }) => (gone ? `(${item.id})` : item.id)).join(' '), moved];
};

test('rows stay where they stood while somebody works in the list, and what would change is counted', () => {
  expect(shown(list('a', 'b', 'c'), list('a', 'b', 'c'))).toEqual(['a b c', 0]);
  expect(shown(list('a', 'b', 'c'), list('a', 'c'))).toEqual(['a (b) c', 1]);
  expect(shown(list('a', 'b'), list('new', 'a', 'b'))).toEqual(['a b', 1]);
  expect(shown(list('a', 'b', 'c'), list('c', 'a', 'b'))).toEqual(['a b c', 3]);
});

test('a row says what is new of it where it stands', () => {
  const [before, after] = [
    { id: 'a', number: 'old' },
    { id: 'a', number: 'new' },
  ] as WorkItem[];
  expect(keepOrder([before!], [after!]).rows[0]?.item.number).toBe('new');
});
