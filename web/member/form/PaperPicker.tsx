import { m } from '../../shared/paraglide/messages.js';
import { usePapers } from '../data/queries.ts';
import { PaperThumb } from '../pieces/PaperRow.tsx';

interface PaperPickerProps {
  personId: string;
  /** 'any', or the kind that is asked for. */
  kind: string;
  chosen: string[];
  onChoose: (id: string) => void;
}

/** Chooses among the papers the person handed in before. */
export function PaperPicker({ personId, kind, chosen, onChoose }: PaperPickerProps) {
  const papers = usePapers(personId);
  const items = (papers.data?.items ?? []).filter((paper) => kind === 'any' || paper.kind === kind);
  if (papers.isSuccess && items.length === 0) return <p className="text-ink-2">{m.no_papers_title()}</p>;
  return (
    <div className="grid gap-2">
      {items.map((paper) => (
        <label key={paper.id} className="option">
          <input
            type="radio"
            name={`paper-${kind}`}
            checked={chosen.includes(paper.id)}
            onChange={() => onChoose(paper.id)}
          />
          <PaperThumb paper={paper} />
          <span>
            {paper.kindName}
            <span className="block text-sm text-ink-2">{paper.fileName}</span>
          </span>
        </label>
      ))}
    </div>
  );
}
