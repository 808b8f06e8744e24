import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { get } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { serverNow } from '../../shared/now.ts';
import { type Drafts, openDrafts, tabDrafts } from './drafts.ts';
import { useSession } from './session.ts';

/** Long enough not to seal at every letter, short enough that a closed tab loses no more than a word. */
const REST_MS = 400;

/** This account's drafts on this device; without a network to fetch the key by, those of the tab. */
function useDrafts(): Drafts | undefined {
  const { account } = useSession();
  return useQuery({
    queryKey: keys.draftKey,
    queryFn: async ({ signal }) => {
      if (!globalThis.crypto?.subtle) return tabDrafts();
      try {
        const { key } = await get<{ key: string }>('/api/session/draft-key', undefined, signal);
        return await openDrafts(key, account.id);
      } catch {
        return tabDrafts();
      }
    },
    staleTime: Infinity,
    gcTime: Infinity,
  }).data;
}

/**
 * What is typed into a form of `place` (unique within the account), kept on the device until it was sent or dropped. An
 * untouched form is not kept. `ready` once it is known whether there was something; what was there is `restored`.
 */
export function useDraft<T extends object>(place: string, initial: () => T) {
  const drafts = useDrafts();
  const [value, setValue] = useState<T>(initial);
  const [ready, setReady] = useState(false);
  const [keptAt, setKeptAt] = useState<Date>();
  const [restored, setRestored] = useState(false);
  const touched = useRef(false);
  const unsaved = useRef<T>(undefined);
  // One after the other: what is dropped must not come back by a sealing that took longer.
  const queue = useRef(Promise.resolve());

  useEffect(() => {
    if (!drafts || touched.current) return;
    let stopped = false;
    void drafts
      .read(place)
      .catch(() => undefined)
      .then((found) => {
        if (stopped) return;
        if (found && !touched.current) {
          setValue(found.value as T);
          setKeptAt(found.keptAt);
          setRestored(true);
        }
        setReady(true);
      });
    return () => {
      stopped = true;
    };
  }, [drafts, place]);

  const save = useCallback(() => {
    const now = unsaved.current;
    if (!drafts || now === undefined) return;
    unsaved.current = undefined;
    const at = serverNow();
    // A device without room keeps nothing; the page goes on.
    queue.current = queue.current
      .then(() => drafts.keep(place, now, at))
      .then(
        () => touched.current && setKeptAt(at),
        () => {},
      )
      .then(() => {});
  }, [drafts, place]);

  useEffect(() => {
    if (!touched.current) return;
    unsaved.current = value;
    const timer = setTimeout(save, REST_MS);
    return () => clearTimeout(timer);
  }, [value, save]);
  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && save();
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      save();
    };
  }, [save]);

  const forget = () => {
    touched.current = false;
    unsaved.current = undefined;
    queue.current = queue.current.then(() => drafts?.drop(place));
    setKeptAt(undefined);
    setRestored(false);
  };
  return {
    value,
    ready,
    keptAt,
    restored,
    change(next: (before: T) => T) {
      touched.current = true;
      setValue(next);
    },
    /** It was sent. */
    drop: forget,
    /** Begins anew. */
    restart() {
      forget();
      setValue(initial());
    },
  };
}
