import { useRef, useState } from 'react';
import { newKey, post, Unreachable, upload } from '../../shared/api.ts';

/** Where a file goes: on file for a person, or straight into a case. */
export type UploadTo = { personId: string } | { caseId: string };
interface UploadState {
  /** 0…1 while a file is on its way. */
  part: number | null;
  /** It goes on where it broke off before. */
  resumed: boolean;
  error: Error | null;
  file: File | null;
}
const IDLE: UploadState = { part: null, resumed: false, error: null, file: null };
/** Larger files go in parts (upload-parts.ts, which is fetched then). */
const IN_PARTS_FROM = 1024 * 1024;

/**
 * Sends one file at a time with its progress. A failed one can be sent again: a large one goes on where it was, a small one
 * goes under the same key. `T`: what handing in answers, a paper or the case.
 */
export function useUpload<T>(to: UploadTo, kind: string, onDone: (answer: T) => void) {
  const [state, setState] = useState<UploadState>(IDLE);
  const key = useRef('');
  const send = async (file: File, again: boolean) => {
    if (state.part !== null) return;
    if (!again || !(state.error instanceof Unreachable)) key.current = newKey();
    setState({ ...IDLE, part: 0, file });
    try {
      const answer = await (file.size > IN_PARTS_FROM && globalThis.crypto?.subtle ? large(file) : small(file));
      setState(IDLE);
      onDone(answer);
    } catch (error) {
      setState({ ...IDLE, error: error instanceof Error ? error : new Error(String(error)), file });
    }
  };
  const small = (file: File) => {
    const onProgress = (part: number) => setState({ ...IDLE, part, file });
    const options = { key: key.current, onProgress };
    return 'caseId' in to
      ? upload<T>(`/api/cases/${to.caseId}/papers`, { kind, file }, options)
      : upload<T>('/api/papers', { ...to, kind, file }, options);
  };
  const large = async (file: File) => {
    const { uploadInParts } = await import('./upload-parts.ts').catch(() => {
      throw new Unreachable();
    });
    const paper = await uploadInParts(file, { ...to, kind }, (progress) => setState({ ...IDLE, ...progress, file }));
    // The large file is on file now; where it goes is told in a small call under the key of this hand-in.
    return 'caseId' in to
      ? await post<T>(`/api/cases/${to.caseId}/papers`, { kind, paperId: paper.id }, key.current)
      : (paper as T);
  };
  return {
    ...state,
    start: (file: File) => void send(file, false),
    retry: () => state.file && void send(state.file, true),
  };
}
