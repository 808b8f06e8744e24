import { WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import { findKeptCard } from '../data/kept-card.ts';

function subscribe(change: () => void): () => void {
  window.addEventListener('online', change);
  window.addEventListener('offline', change);
  return () => {
    window.removeEventListener('online', change);
    window.removeEventListener('offline', change);
  };
}

/** Tells that there is no network, above everything, as long as it lasts. */
export function OfflineNote() {
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <p className="flex items-center justify-center gap-2 bg-ink px-4 py-2 text-sm text-ground">
          <WifiOff aria-hidden className="size-4 flex-none" />
          {m.offline()}
          {findKeptCard() && (
            <Link className="underline underline-offset-4" to="/m/card">
              {m.card_title()}
            </Link>
          )}
        </p>
      )}
    </div>
  );
}
