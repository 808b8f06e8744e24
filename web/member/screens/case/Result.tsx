import { useState } from 'react';
import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView } from '../../../shared/types.ts';
import { moment } from '../../../shared/words.ts';
import { PaperSheet } from '../../pieces/PaperSheet.tsx';

/** What the service was for, once it is there to be read: a report, opened from the top of the page. */
export function Result({ view }: { view: CaseView }) {
  const [open, setOpen] = useState(false);
  const need = view.papers.find(({ result }) => result);
  const paper = need?.papers.findLast(({ verdict }) => verdict === 'accepted');
  if (!need || !paper) return null;
  return (
    <section className="card mt-3" aria-label={need.kindName}>
      <h2 className="font-semibold">{need.kindName}</h2>
      <p className="text-sm text-ink-2">{moment(paper.receivedAt)}</p>
      <button
        type="button"
        aria-haspopup="dialog"
        className="btn btn-primary mt-2 w-full"
        onClick={() => setOpen(true)}
      >
        {m.open_result({ name: need.kindName })}
      </button>
      {open && <PaperSheet paper={paper} onClose={() => setOpen(false)} />}
    </section>
  );
}
