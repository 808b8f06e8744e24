import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import type { WorkFilter } from '../urls.ts';

const KEYS = ['desk', 'q', 'due', 'step', 'turn', 'service'] as const;
/** What narrows a desk and is taken away together. */
export const NARROWED_BY_NOTHING: WorkFilter = { q: '', due: '', step: '', turn: '', service: '' };

/** The filter of the work list, read from and written to the address; changing the desk keeps nothing of the old one. */
export function useWorkFilter(): [WorkFilter, (change: WorkFilter) => void] {
  const [params, setParams] = useSearchParams();
  const filter: WorkFilter = {};
  for (const key of KEYS) {
    const value = params.get(key);
    if (value) filter[key] = value;
  }
  const change = useCallback(
    (wanted: WorkFilter) =>
      setParams((now) => {
        const next = new URLSearchParams(now);
        for (const [key, value] of Object.entries(wanted)) {
          if (value) next.set(key, value);
          else next.delete(key);
        }
        return next;
      }),
    [setParams],
  );
  return [filter, change];
}
