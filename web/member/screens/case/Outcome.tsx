import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView } from '../../../shared/types.ts';
import { moment } from '../../../shared/words.ts';

/** What has come of it so far: the care path, the summary after the visit, and what became of the use. */
export function Outcome({ view }: { view: CaseView }) {
  return (
    <>
      {view.summary && (
        <section className="card mt-3" aria-label={m.summary_title()}>
          <h2 className="font-semibold">{m.summary_title()}</h2>
          <p className="text-sm text-ink-2">{moment(view.summary.at)}</p>
          <h3 className="mt-2 text-sm font-semibold text-ink-2">{m.summary_said()}</h3>
          <p className="whitespace-pre-line">{view.summary.said}</p>
          <h3 className="mt-2 text-sm font-semibold text-ink-2">{m.summary_next()}</h3>
          <p className="whitespace-pre-line">{view.summary.nextSteps}</p>
        </section>
      )}
      {view.carePath && (
        <details className="card mt-3" open={!view.offer}>
          <summary className="min-h-8 font-semibold">{m.care_path_title()}</summary>
          <p className="mt-1">
            {view.carePath.hospital} · {view.carePath.department}
          </p>
          <p>{view.carePath.expert}</p>
          <h3 className="mt-2 text-sm font-semibold text-ink-2">{m.care_path_why()}</h3>
          <p className="whitespace-pre-line">{view.carePath.why}</p>
          <h3 className="mt-2 text-sm font-semibold text-ink-2">{m.care_path_examinations()}</h3>
          <p className="whitespace-pre-line">{view.carePath.examinations}</p>
        </details>
      )}
    </>
  );
}

/** What became of the use, with its cause. */
export function useWords(use: CaseView['use']): string {
  const words = { none: m.use_none(), held: m.use_held(), spent: m.use_spent(), released: m.use_released() }[use.state];
  return use.causeLabel ? `${words}（${use.causeLabel}）` : words;
}
