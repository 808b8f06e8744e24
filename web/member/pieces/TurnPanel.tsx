import { m } from '../../shared/paraglide/messages.js';
import type { CaseSummary } from '../../shared/types.ts';
import { until } from '../../shared/words.ts';

/** Whether the case waits for the reader. */
export const isMyTurn = (view: Pick<CaseSummary, 'turn'>) =>
  view.turn.who === 'member' || view.turn.who === 'applicant';

/** The top of every case: whose turn it is, what they do, until when; of an ended one, how it ended. */
export function TurnPanel({ view }: { view: Pick<CaseSummary, 'turn' | 'final' | 'stateLabel'> }) {
  const { turn } = view;
  return (
    <section className="mt-3 rounded-card bg-brand-tint p-4" aria-label={m.whose_turn()}>
      <p className="font-semibold text-brand-text">{turn.label}</p>
      {turn.who !== 'nobody' && <p className="mt-0.5">{turn.does}</p>}
      {view.final && <p className="mt-0.5">{view.stateLabel}</p>}
      {turn.until ? (
        <p className="mt-0.5 font-semibold">{until(turn)}</p>
      ) : (
        turn.untilWhy && turn.who !== 'nobody' && <p className="mt-0.5 text-sm text-ink-2">{turn.untilWhy}</p>
      )}
    </section>
  );
}
