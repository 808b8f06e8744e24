import { ChevronRight } from 'lucide-react';
import { m } from '../../../shared/paraglide/messages.js';
import type { AllowedEvent } from '../../../shared/types.ts';
import { inOrder } from './events.ts';

/** What else the reader can do now; what costs a right says so before it is tapped. */
export function AllowedList({ events, onStart }: { events: AllowedEvent[]; onStart: (event: AllowedEvent) => void }) {
  const primary = events.find((event) => event.weight === 'primary');
  const others = inOrder(events).filter((event) => event !== primary);
  if (others.length === 0) return null;
  return (
    <section className="card mt-3 pb-1" aria-label={m.you_can_also()}>
      <h2 className="font-semibold">{m.you_can_also()}</h2>
      <ul className="divide-y divide-line">
        {others.map((event) => (
          <li key={event.type}>
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => onStart(event)}
              className="flex min-h-11 w-full items-center gap-2 py-2 text-start"
            >
              <span className="flex-1">
                <span className={event.weight === 'costly' ? 'text-late' : 'text-brand-text'}>{event.label}</span>
                {event.warning && <span className="block text-sm text-ink-2">{event.warning}</span>}
              </span>
              <ChevronRight aria-hidden className="size-4 flex-none text-ink-3" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
