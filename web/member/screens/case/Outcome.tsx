import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView } from '../../../shared/types.ts';
import { moment } from '../../../shared/words.ts';

/** What was said at the visit and what comes next. */
export function Summary({ summary }: { summary: CaseView['summary'] }) {
  if (!summary) return null;
  return (
    <section className="card mt-3" aria-label={m.summary_title()}>
      <h2 className="font-semibold">{m.summary_title()}</h2>
      <p className="text-sm text-ink-2">{moment(summary.at)}</p>
      <h3 className="mt-2 text-sm font-semibold text-ink-2">{m.summary_said()}</h3>
      <p className="whitespace-pre-line">{summary.said}</p>
      <h3 className="mt-2 text-sm font-semibold text-ink-2">{m.summary_next()}</h3>
      <p className="whitespace-pre-line">{summary.nextSteps}</p>
    </section>
  );
}

/** Where to go and why, as the case manager wrote it; folded once there is a slot. */
export function CarePath({ view }: { view: CaseView }) {
  if (!view.carePath) return null;
  return (
    <details className="card mt-3" open={!view.offer}>
      <summary className="min-h-11 content-center">
        <h2 className="inline font-semibold">{m.care_path_title()}</h2>
      </summary>
      <p className="mt-1">
        {view.carePath.hospital} · {view.carePath.department}
      </p>
      <p>{view.carePath.expert}</p>
      <h3 className="mt-2 text-sm font-semibold text-ink-2">{m.care_path_why()}</h3>
      <p className="whitespace-pre-line">{view.carePath.why}</p>
      <h3 className="mt-2 text-sm font-semibold text-ink-2">{m.care_path_examinations()}</h3>
      <p className="whitespace-pre-line">{view.carePath.examinations}</p>
    </details>
  );
}

/** What became of the use, with its cause. */
export function wordsOfUse(use: CaseView['use']): string {
  const words = { none: m.use_none(), held: m.use_held(), spent: m.use_spent(), released: m.use_released() }[use.state];
  return use.causeLabel ? `${words}（${use.causeLabel}）` : words;
}
