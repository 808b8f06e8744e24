import { useCallback, useEffect, useRef, useState } from 'react';
import { post } from '../../shared/api.ts';
import type { Values } from '../../shared/form/values.ts';
import type { NoteDraft } from '../../shared/types.ts';

/** So long after the last key what was typed is kept (milliseconds). */
const REST = 800;
export const PARTS = ['complaint', 'advice', 'seekCare', 'redFlags'] as const;
const EMPTY: NoteDraft = { complaint: '', advice: '', seekCare: '', redFlags: '' };

/**
 * The note as far as it is written, kept on the server shortly after each pause in typing: a page that is read anew, or
 * closed by mistake, lost nothing. `kept`: whether the server has all of it.
 */
export function useDraft(caseId: string, start: NoteDraft | null) {
  const [draft, setDraft] = useState(start ?? EMPTY);
  const [kept, setKept] = useState(true);
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const keep = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    const sent = latest.current;
    // Not kept is told beside the note; the next pause in typing tries again.
    post(`/api/video/cases/${caseId}/draft`, sent).then(
      () => setKept(latest.current === sent),
      () => undefined,
    );
  }, [caseId]);
  const write = useCallback(
    (part: Partial<NoteDraft>) => {
      const next = { ...latest.current, ...part };
      if (PARTS.every((name) => next[name] === latest.current[name])) return;
      latest.current = next;
      setDraft(next);
      setKept(false);
      clearTimeout(timer.current);
      timer.current = setTimeout(keep, REST);
    },
    [keep],
  );
  /** From the form that releases it, by the same names. */
  const writeForm = useCallback(
    (values: Values) => write(Object.fromEntries(PARTS.map((name) => [name, String(values[name] ?? '')]))),
    [write],
  );
  // A page that is left keeps at once what was still to be kept.
  useEffect(
    () => () => {
      if (timer.current !== undefined) keep();
    },
    [keep],
  );
  return { draft, write, writeForm, kept };
}
