import { Phone } from 'lucide-react';
import { Link } from 'react-router';
import { m } from '../../shared/paraglide/messages.js';
import type { BenefitCard } from '../../shared/types.ts';
import { day } from '../../shared/words.ts';
import { Chip } from '../ui/Chip.tsx';
import {
  applyPath,
  canApply,
  detailPath,
  hasVideo,
  promiseWords,
  stateWord,
  toneOf,
  videoPath,
} from './benefit-state.ts';

interface BenefitProps {
  card: BenefitCard;
  /** The entries behind the door under which the card stands. */
  entries: BenefitCard['doors'];
  /** The level below what stands above the card. */
  heading: 'h3' | 'h4';
}

/** One service of a policy: what it gives, its state in words, what is left of it, and the one thing to do. */
export function Benefit({ card, entries, heading: Heading }: BenefitProps) {
  const promise = card.promises[0] && promiseWords(card.promises[0]);
  const items = entries.filter(({ item }) => item !== null);
  // One item alone behind a door is what people were told to look for there.
  const only = items.length === 1 ? items[0]!.entry : null;
  const name = only ?? card.name;
  const printed = only ? card.name : entries.map(({ entry, item }) => (item === null ? entry : null)).find(Boolean);
  return (
    <article className="card mt-3" aria-label={name}>
      <Heading className="flex flex-wrap items-center justify-between gap-x-2 font-semibold">
        {name}
        <Chip tone={toneOf(card)}>{stateWord(card)}</Chip>
      </Heading>
      {printed && printed !== name && (
        <p className="text-sm text-ink-2">{only ? printed : m.door_entry({ entry: printed })}</p>
      )}
      {!only && <p className="mt-0.5 text-[0.92rem] text-ink-2">{card.gives}</p>}
      <p className="mt-2 text-sm text-ink-2">{[usesLeft(card), card.usable && promise].filter(Boolean).join(' · ')}</p>
      {items.length > 1 && canApply(card) && (
        <ul className="mt-2 grid grid-cols-2 gap-2">
          {items.map(({ item, entry }) => (
            <li key={item}>
              <Link to={applyPath(card, item)} className="btn btn-ghost h-full w-full px-2">
                {entry}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3">
        <Link to={detailPath(card)} className="link" aria-label={`${name}：${linkWord(card)}`}>
          {linkWord(card)}
        </Link>
        <BenefitAction card={card} name={name} items={items} />
      </div>
    </article>
  );
}

/** What remains: a number where the plan has a limit; until when where it lapses. A right that is barred has none to count. */
export function usesLeft(card: BenefitCard): string {
  if (card.limitedView) return m.limited_view_short();
  if (card.state === 'not-usable' && card.limit !== null) return m.uses_in_all({ of: card.limit });
  const uses = card.limit === null ? m.uses_unlimited() : m.uses_left({ n: card.remaining ?? 0, of: card.limit });
  return card.lapsesOn ? `${uses} · ${m.lapses_on({ day: day(card.lapsesOn) })}` : uses;
}

function linkWord(card: BenefitCard): string {
  return card.usable || card.state === 'hotline-only' || card.state === 'open-case' ? m.read_rules() : m.why_not();
}

function BenefitAction({ card, name, items }: { card: BenefitCard; name: string; items: BenefitCard['doors'] }) {
  if (hasVideo(card)) {
    return (
      <Link to={videoPath(card)} className="btn btn-primary">
        {card.act === 'open' ? m.video_apply() : m.video_ask()}
      </Link>
    );
  }
  // Of what can be asked for again and again, another one may be under way.
  if (card.openCaseId && items.length !== 1) {
    return (
      <Link to={`/m/cases/${card.openCaseId}`} className="btn btn-ghost">
        {m.see_progress()}
      </Link>
    );
  }
  if (canApply(card)) {
    return items.length > 1 ? null : (
      <Link
        to={applyPath(card, items[0]?.item ?? null)}
        className="btn btn-primary"
        aria-label={`${m.apply()} ${name}`}
      >
        {m.apply()}
      </Link>
    );
  }
  return card.usable || card.state === 'hotline-only' ? <Hotline number={card.hotline} /> : null;
}

/** A telephone number to tap. */
export function Hotline({ number }: { number: string }) {
  return (
    <a href={`tel:${number.replace(/[^\d+]/g, '')}`} className="link">
      <Phone aria-hidden className="size-4" />
      {m.call({ number })}
    </a>
  );
}
