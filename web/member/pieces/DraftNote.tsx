import { Save } from 'lucide-react';
import { useState } from 'react';
import { formatMoment } from '../../shared/format.ts';
import { serverNow } from '../../shared/now.ts';
import { m } from '../../shared/paraglide/messages.js';
import { getLocale } from '../../shared/paraglide/runtime.js';

interface DraftNoteProps {
  keptAt: Date | undefined;
  onRestart: () => void;
}

/** Says that what was typed is kept on this device, since when, and offers to begin anew: asked twice, as it deletes. */
export function DraftNote({ keptAt, onRestart }: DraftNoteProps) {
  const [sure, setSure] = useState(false);
  if (!keptAt) return null;
  const at = formatMoment(keptAt, serverNow(), getLocale());
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-ink-2">
      <span role="status" className="flex items-center gap-1">
        <Save aria-hidden className="size-4 flex-none" />
        {m.draft_kept({ at })}
      </span>
      {sure ? (
        <>
          <button
            type="button"
            className="link"
            onClick={() => {
              setSure(false);
              onRestart();
            }}
          >
            {m.draft_restart_sure()}
          </button>
          <button type="button" className="link" onClick={() => setSure(false)}>
            {m.cancel()}
          </button>
        </>
      ) : (
        <button type="button" className="link" onClick={() => setSure(true)}>
          {m.draft_restart()}
        </button>
      )}
    </p>
  );
}
