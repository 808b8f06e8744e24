import { m } from '../../shared/paraglide/messages.js';
import { cardFile, type KeptCard } from '../data/kept-card.ts';

/** When to go to hospital at once, and whom to call; the same words with a network and without. */
export function RedFlagCard({ card }: { card: KeptCard }) {
  return (
    <>
      <ul className="mt-2 list-disc pl-5">
        {card.signs.map((sign) => (
          <li key={sign} className="mt-1">
            {sign}
          </li>
        ))}
      </ul>
      <p className="mt-3 rounded-xl bg-late-tint px-3 py-2 font-semibold text-late">{card.does}</p>
      <a className="btn btn-costly mt-3 w-full" href="tel:120">
        {m.card_call_120()}
      </a>
      <a className="btn btn-ghost mt-2 w-full" href={`tel:${card.hotline.replace(/[^\d+]/g, '')}`}>
        {m.card_call_us({ number: card.hotline })}
      </a>
      <a
        className="btn btn-ghost mt-2 w-full"
        href={cardFile(m.card_title(), card)}
        download={`${m.card_title()}.html`}
      >
        {m.card_save()}
      </a>
    </>
  );
}
