import { useRef, useState } from 'react';
import { newKey, Unreachable, upload } from '../../shared/api.ts';

interface UploadState {
  /** 0…1 while a file is on its way. */
  part: number | null;
  error: Error | null;
  file: File | null;
}
const IDLE: UploadState = { part: null, error: null, file: null };

/** Sends one file at a time with its progress; a failed one can be sent again under the same key. */
export function useUpload<T>(path: string, fields: Record<string, string>, onDone: (answer: T) => void) {
  const [state, setState] = useState<UploadState>(IDLE);
  const key = useRef('');
  const send = async (file: File, again: boolean) => {
    if (state.part !== null) return;
    if (!again || !(state.error instanceof Unreachable)) key.current = newKey();
    setState({ part: 0, error: null, file });
    try {
      const answer = await upload<T>(
        path,
        { ...fields, file },
        { key: key.current, onProgress: (part) => setState({ part, error: null, file }) },
      );
      setState(IDLE);
      onDone(answer);
    } catch (error) {
      setState({ part: null, error: error instanceof Error ? error : new Error(String(error)), file });
    }
  };
  return {
    ...state,
    start: (file: File) => void send(file, false),
    retry: () => state.file && void send(state.file, true),
  };
}
