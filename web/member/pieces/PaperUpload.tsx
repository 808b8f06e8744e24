import { Camera, FileArchive } from 'lucide-react';
import { useId, useState } from 'react';
import { ApiProblem } from '../../shared/api.ts';
import { formatBytes } from '../../shared/format.ts';
import { m } from '../../shared/paraglide/messages.js';
import { ACCEPT, fileFault, type UploadFault } from '../data/file-fault.ts';
import { type UploadTo, useUpload } from '../data/use-upload.ts';

interface PaperUploadProps<T> {
  to: UploadTo;
  kind: string;
  /** The name of what is handed in, for the button. */
  name: string;
  word: string;
  /** An archive is no photograph. */
  archive?: boolean;
  maxBytes: number;
  onDone: (answer: T) => void;
}

/** Chooses one file and sends it, with progress; what failed says why and can be sent again. */
export function PaperUpload<T>({ to, kind, name, word, archive = false, maxBytes, onDone }: PaperUploadProps<T>) {
  const id = useId();
  const [fault, setFault] = useState<UploadFault>();
  const sending = useUpload<T>(to, kind, onDone);
  const busy = sending.part !== null;
  const choose = (file: File | undefined) => {
    if (!file) return;
    const found = fileFault(file, maxBytes);
    setFault(found);
    if (!found) sending.start(file);
  };
  return (
    <div>
      <label
        htmlFor={id}
        aria-disabled={busy}
        className="btn btn-ghost focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-brand"
      >
        {archive ? <FileArchive aria-hidden className="size-4" /> : <Camera aria-hidden className="size-4" />}
        {word}
        <span className="sr-only">：{name}</span>
        <input
          id={id}
          type="file"
          accept={ACCEPT}
          disabled={busy}
          className="sr-only"
          onChange={(event) => {
            choose(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </label>
      {sending.part !== null && (
        <div className="mt-2">
          <progress aria-label={m.uploading({ name })} value={sending.part} max={1} className="meter" />
          <p className="text-sm text-ink-2">
            {sending.part >= 1
              ? m.checking_file()
              : `${sending.resumed ? m.upload_goes_on({ name }) : m.uploading({ name })} ${Math.round(sending.part * 100)}%`}
          </p>
        </div>
      )}
      {fault && (
        <p role="alert" className="mt-1 text-sm font-medium text-late">
          {fault === 'too-big' ? m.file_too_big({ max: formatBytes(maxBytes) }) : m.file_wrong_type()}
        </p>
      )}
      {sending.error && !busy && (
        <p role="alert" className="mt-1 flex flex-wrap items-center gap-x-3 text-sm font-medium text-late">
          {sending.error instanceof ApiProblem && sending.error.message ? sending.error.message : m.upload_failed()}
          <button type="button" className="link" onClick={sending.retry}>
            {m.retry()}
          </button>
        </p>
      )}
    </div>
  );
}
