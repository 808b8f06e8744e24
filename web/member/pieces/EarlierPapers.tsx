import { m } from '../../shared/paraglide/messages.js';
import type { PaperView } from '../../shared/types.ts';
import { moment } from '../../shared/words.ts';
import { usePapers } from '../data/queries.ts';
import { PaperThumb, verdictWord } from './PaperRow.tsx';

interface EarlierPapersProps {
  personId: string;
  kind: string;
  /** The kind's name, for the button. */
  name: string;
  /** Papers that stand here already. */
  except?: string[];
  busy?: boolean;
  onChoose: (paper: PaperView) => void;
}

/** Papers of a kind that were handed in before and not rejected: each with its day and verdict, to be used again. */
export function EarlierPapers({ personId, kind, name, except = [], busy = false, onChoose }: EarlierPapersProps) {
  const papers = usePapers(personId).data?.items ?? [];
  const fits = ({ id, kind: own, verdict }: PaperView) =>
    own === kind && verdict !== 'rejected' && verdict !== 'replaced' && !except.includes(id);
  const earlier = papers.filter(fits);
  if (earlier.length === 0) return null;
  return (
    <details className="mt-1">
      <summary className="min-h-11 content-center text-[0.92rem] font-semibold text-brand-text">
        {m.use_earlier({ n: earlier.length })}
        <span className="sr-only">：{name}</span>
      </summary>
      <ul className="grid gap-2">
        {earlier.map((paper) => (
          <li key={paper.id}>
            <button type="button" className="option w-full text-start" disabled={busy} onClick={() => onChoose(paper)}>
              <PaperThumb paper={paper} />
              <span>
                {paper.fileName}
                <span className="block text-sm text-ink-2">
                  {moment(paper.receivedAt)} · {verdictWord(paper)}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
