import { Link } from 'react-router';
import { post } from '../../shared/api.ts';
import { m } from '../../shared/paraglide/messages.js';
import { moves } from '../../shared/sandbox-moves.ts';
import { useAction } from '../../shared/use-action.ts';
import { full } from '../../shared/words.ts';
import { ActionFault } from '../ui/Loaded.tsx';
import { Sheet } from '../ui/Sheet.tsx';

interface TimePanelProps {
  now: string;
  onClose: () => void;
  onMoved: () => void;
}

/** Moves the sandbox's time forward, or puts its first data back. */
export default function TimePanel({ now, onClose, onMoved }: TimePanelProps) {
  const move = useAction((body: object, key) => post('/api/sandbox/clock', body, key), { onDone: onMoved });
  const reset = useAction((_: null, key) => post('/api/sandbox/reset', {}, key), {
    onDone: () => {
      sessionStorage.clear();
      window.location.assign('/');
    },
  });
  const busy = move.running || reset.running;
  return (
    <Sheet open title={m.move_time()} onClose={onClose}>
      <p className="text-ink-2">{m.sandbox_now({ now: full(now) })}</p>
      <div className="mt-3 grid grid-cols-2 gap-2">
        {moves(now).map(({ label, body }) => (
          <button key={label} type="button" className="btn btn-ghost" disabled={busy} onClick={() => move.start(body)}>
            {label}
          </button>
        ))}
      </div>
      <ActionFault error={move.error ?? reset.error} />
      <div className="mt-3 flex flex-col items-start">
        <Link to="/m/sandbox/messages" className="link" onClick={onClose}>
          {m.sandbox_messages()}
        </Link>
        <a href="/console/" className="link">
          {m.open_console()}
        </a>
        <button type="button" className="link text-late" disabled={busy} onClick={() => reset.start(null)}>
          {reset.running ? m.sandbox_resetting() : m.sandbox_reset()}
        </button>
      </div>
    </Sheet>
  );
}
