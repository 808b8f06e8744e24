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

/** One service of a policy: what it gives, its state in words, what is left of it, and the one thing to do. */
export function Benefit({ card }: { card: BenefitCard }) {
  const promise = card.promises[0] && promiseWords(card.promises[0]);
  return (
    <article className="card mt-3" aria-label={card.name}>
      <h3 className="flex flex-wrap items-center justify-between gap-x-2 font-semibold">
        {card.name}
        <Chip tone={toneOf(card)}>{stateWord(card)}</Chip>
      </h3>
      <p className="mt-0.5 text-[0.92rem] text-ink-2">{card.gives}</p>
      <p className="mt-2 text-sm text-ink-2">{[usesLeft(card), card.usable && promise].filter(Boolean).join(' · ')}</p>
      <div className="mt-1 flex flex-wrap items-center justify-between gap-x-3">
        <Link to={detailPath(card)} className="link" aria-label={`${card.name}：${linkWord(card)}`}>
          {linkWord(card)}
        </Link>
        <BenefitAction card={card} />
      </div>
    </article>
  );
}

/** What remains: a number where the plan has a limit; until when where it lapses. */
export function usesLeft(card: BenefitCard): string {
  if (card.limitedView) return m.limited_view_short();
  const uses = card.limit === null ? m.uses_unlimited() : m.uses_left({ n: card.remaining ?? 0, of: card.limit });
  return card.lapsesOn ? `${uses} · ${m.lapses_on({ day: day(card.lapsesOn) })}` : uses;
}

function linkWord(card: BenefitCard): string {
  return card.usable || card.state === 'hotline-only' || card.state === 'open-case' ? m.read_rules() : m.why_not();
}

function BenefitAction({ card }: { card: BenefitCard }) {
  if (hasVideo(card)) {
    return (
      <Link to={videoPath(card)} className="btn btn-primary">
        {card.act === 'open' ? m.video_apply() : m.video_ask()}
      </Link>
    );
  }
  if (card.openCaseId) {
    return (
      <Link to={`/m/cases/${card.openCaseId}`} className="btn btn-ghost">
        {m.see_progress()}
      </Link>
    );
  }
  if (canApply(card)) {
    return (
      <Link to={applyPath(card)} className="btn btn-primary" aria-label={`${m.apply()} ${card.name}`}>
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
