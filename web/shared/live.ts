import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { keys } from './keys.ts';

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** What a live event makes stale. `video`: the queue or a doctor. `clock`: the sandbox's time moved, so everything on the screen is old. */
export function staleAfter(event: 'case' | 'inbox' | 'video' | 'clock', data: { id?: string }): QueryKey[] {
  if (event === 'inbox') return [keys.inbox, keys.complaints, keys.callBacks];
  if (event === 'video') return [keys.video];
  if (event === 'clock') return [[]];
  return [
    ...(data.id ? [keys.case(data.id)] : [['case']]),
    keys.cases,
    keys.benefits,
    keys.worklist,
    keys.clocks,
    keys.breaches,
    keys.approvals,
    keys.complaints,
  ];
}

/** The wait before try number `failures` (0, 1, …) in milliseconds: doubling, bounded, spread by `spread` (0…1). */
export function waitBefore(failures: number, spread: number): number {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures);
  return Math.round(wait * (0.75 + spread / 2));
}

/**
 * Keeps one event stream open while the page lives and marks cached answers stale as the server tells of changes.
 * After a gap everything is read anew, since nobody knows what was missed. Returns the function that ends it.
 */
export function connectLive(client: QueryClient): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let ended = false;

  const stale = (queryKeys: QueryKey[]) => {
    for (const queryKey of queryKeys) void client.invalidateQueries({ queryKey });
  };
  const listen = (name: 'case' | 'inbox' | 'video' | 'clock') =>
    source?.addEventListener(name, (event) => {
      stale(staleAfter(name, JSON.parse((event as MessageEvent<string>).data || '{}') as { id?: string }));
    });
  const open = () => {
    if (ended) return;
    source = new EventSource('/api/live');
    source.onopen = () => {
      if (failures > 0) stale([[]]);
      failures = 0;
    };
    source.onerror = () => {
      source?.close();
      if (ended) return;
      clearTimeout(timer);
      timer = setTimeout(open, waitBefore(failures, Math.random()));
      failures += 1;
    };
    listen('case');
    listen('inbox');
    listen('video');
    listen('clock');
  };
  // A phone freezes pages in the background without an error: on the way back the stream starts anew at once.
  const visible = () => {
    if (document.visibilityState !== 'visible' || ended || failures === 0) return;
    clearTimeout(timer);
    source?.close();
    open();
  };
  document.addEventListener('visibilitychange', visible);
  open();
  return () => {
    ended = true;
    clearTimeout(timer);
    source?.close();
    document.removeEventListener('visibilitychange', visible);
  };
}
