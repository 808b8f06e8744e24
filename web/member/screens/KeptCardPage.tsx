import { m } from '../../shared/paraglide/messages.js';
import { findKeptCard } from '../data/kept-card.ts';
import { RedFlagCard } from '../pieces/RedFlagCard.tsx';

/** The red-flag card from this device alone: neither a session nor a network is asked for. */
export function KeptCardPage() {
  const card = findKeptCard();
  return (
    <main className="mx-auto max-w-xl px-4 py-3">
      <h1 className="text-xl font-semibold">{m.card_title()}</h1>
      {card ? <RedFlagCard card={card} /> : <p className="mt-2">{m.card_none()}</p>}
    </main>
  );
}
