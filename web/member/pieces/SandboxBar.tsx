import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { m } from '../../shared/paraglide/messages.js';
import { full } from '../../shared/words.ts';

// Only the sandbox needs the panel, and only when it is opened.
const TimePanel = lazy(() => import('./TimePanel.tsx'));

/** 演示环境, on every screen of the sandbox: its time, and the panel that moves it. */
export function SandboxBar({ now }: { now: string }) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  return (
    <aside aria-label={m.sandbox()} className="bg-soon-tint">
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        className="mx-auto block min-h-11 w-full max-w-xl px-4 text-center text-xs text-soon"
      >
        {m.sandbox()} · {full(now)} · <span className="underline underline-offset-2">{m.move_time()}</span>
      </button>
      {open && (
        <Suspense fallback={null}>
          <TimePanel now={now} onClose={() => setOpen(false)} onMoved={() => void client.invalidateQueries()} />
        </Suspense>
      )}
    </aside>
  );
}
