import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView, SatisfactionView } from '../../../shared/types.ts';
import { by } from '../../../shared/words.ts';

const SatisfactionSheet = lazy(() => import('./SatisfactionSheet.tsx'));

export const STARS = [1, 2, 3, 4, 5] as const;
export const starWords = (stars: number): string =>
  [m.stars_1, m.stars_2, m.stars_3, m.stars_4, m.stars_5][stars - 1]?.() ?? '';

/** How satisfied she was: five answers to tap, what she said, and for who is not happy the way to a person. Never required. */
export function Satisfaction({
  view,
  asking,
}: {
  view: CaseView;
  asking: [number | null, (at: number | null) => void];
}) {
  const [at, setAt] = asking;
  const said = view.satisfaction;
  if (!said) return null;
  return (
    <section className="card mt-3" aria-label={m.satisfaction_title()}>
      <h2 className="font-semibold">{m.satisfaction_title()}</h2>
      {said.stars === null ? (
        <>
          <p className="text-sm text-ink-2">
            {said.until ? m.satisfaction_until({ by: by(said.until) }) : m.satisfaction_free()}
          </p>
          <div className="mt-2 grid grid-cols-[repeat(auto-fit,minmax(max(var(--target),3.2rem),1fr))] gap-2">
            {STARS.map((stars) => (
              <button
                key={stars}
                type="button"
                aria-haspopup="dialog"
                className="flex min-h-14 flex-col items-center justify-center rounded-xl border border-edge px-0.5 py-1"
                onClick={() => setAt(stars)}
              >
                <span className="text-lg font-semibold">{stars}</span>
                <span className="text-sm text-ink-2">{starWords(stars)}</span>
              </button>
            ))}
          </div>
        </>
      ) : (
        <Said view={view} said={said} stars={said.stars} onChange={() => setAt(said.stars)} />
      )}
      {at !== null && (
        <Suspense fallback={null}>
          <SatisfactionSheet view={view} said={said} stars={at} onClose={() => setAt(null)} />
        </Suspense>
      )}
    </section>
  );
}

interface SaidProps {
  view: CaseView;
  said: SatisfactionView;
  stars: number;
  onChange: () => void;
}

function Said({ view, said, stars, onChange }: SaidProps) {
  const reasons = said.choices.filter(({ code }) => said.reasons.includes(code)).map(({ label }) => label);
  return (
    <>
      <p className="mt-1">{m.satisfaction_said({ stars, words: starWords(stars) })}</p>
      {reasons.length > 0 && <p className="text-sm text-ink-2">{reasons.join(m.list_join())}</p>}
      {said.words && <p className="mt-1 whitespace-pre-line">{said.words}</p>}
      {said.low && (
        <p className="mt-2 rounded-xl bg-soon-tint px-3 py-2">
          {m.satisfaction_low()}{' '}
          <Link className="link" to={`/m/help?case=${view.id}`}>
            {m.satisfaction_help()}
          </Link>
        </p>
      )}
      {said.open && (
        <button type="button" className="link" aria-haspopup="dialog" onClick={onChange}>
          {said.until ? m.satisfaction_change({ by: by(said.until) }) : m.satisfaction_change_plain()}
        </button>
      )}
    </>
  );
}

/** The question beside its case; the state of its sheet is held by the page, whose large button opens it too. */
export const useAsking = () => useState<number | null>(null);
