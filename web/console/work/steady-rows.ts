import { useEffect, useState } from 'react';
import type { WorkItem } from '../../shared/types.ts';

export type Row = { item: WorkItem; gone: boolean };

/**
 * The rows in the order they stood in, with what is new of each; a row that left stays, marked as gone. What came stands
 * aside until the list is brought up to date. `moved` counts what that would change.
 */
export function keepOrder(stood: readonly WorkItem[], fresh: readonly WorkItem[]): { rows: Row[]; moved: number } {
  const now = new Map(fresh.map((item) => [item.id, item]));
  const before = new Set(stood.map(({ id }) => id));
  const rows = stood.map((item) => ({ item: now.get(item.id) ?? item, gone: !now.has(item.id) }));
  const left = rows.filter(({ gone }) => gone).length;
  const came = fresh.filter(({ id }) => !before.has(id)).length;
  const stayed = rows.filter(({ gone }) => !gone);
  const kept = fresh.filter(({ id }) => before.has(id));
  const changed = stayed.filter(({ item }, i) => item.id !== kept[i]?.id).length;
  return { rows, moved: left + came + changed };
}

/**
 * While somebody works in the list (`held`), live updates change what rows say but not where they stand. Another list
 * (`key`), another page of it, or nobody there: the server's order at once.
 */
export function useSteadyRows(fresh: readonly WorkItem[], key: string, held: boolean) {
  const [stood, setStood] = useState(fresh);
  const [asked, setAsked] = useState(key);
  const release = () => setStood(fresh);
  if (asked !== key) {
    setAsked(key);
    setStood(fresh);
  }
  const { rows, moved } = keepOrder(asked === key ? stood : fresh, fresh);
  useEffect(() => {
    if (!held) setStood(fresh);
  }, [held, fresh]);
  return { rows, moved, release };
}
