import { useQueryClient } from '@tanstack/react-query';
import { FileCheck2 } from 'lucide-react';
import { formatBytes } from '../../../shared/format.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { PaperView } from '../../../shared/types.ts';
import { EarlierPapers } from '../../pieces/EarlierPapers.tsx';
import { PaperUpload } from '../../pieces/PaperUpload.tsx';
import type { StepProps } from './Apply.tsx';
import { papersOf } from './request.ts';

/** The papers the service asks for: photographed now, taken from earlier ones, or handed in later. */
export function PapersStep(props: StepProps) {
  const { form, draft } = props;
  const missing = papersOf(form, draft).filter((paper) => paper.required && !draft.papers[paper.kind]).length;
  return (
    <>
      <p role="status" className="text-ink-2">
        {missing > 0 ? m.papers_missing({ n: missing }) : m.papers_complete()}
      </p>
      <p className="text-sm text-ink-2">{m.papers_formats({ max: formatBytes(form.papers[0]?.maxBytes ?? 0) })}</p>
      {papersOf(form, draft).map((paper) => (
        <PaperSlot key={paper.kind} {...props} {...paper} fault={undefined} />
      ))}
    </>
  );
}

interface PaperSlotProps extends StepProps {
  kind: string;
  name: string;
  why: string;
  required: boolean;
  printed?: string;
  maxBytes: number;
  fault: string | undefined;
}

/** One kind of paper: what stands there now, and the ways to put one there. */
export function PaperSlot({
  place,
  draft,
  change,
  kind,
  name,
  why,
  required,
  printed,
  maxBytes,
  fault,
}: PaperSlotProps) {
  const client = useQueryClient();
  const chosen = draft.papers[kind];
  const put = (paper: PaperView) => {
    change({
      papers: { ...draft.papers, [kind]: { id: paper.id, fileName: paper.fileName, kindName: paper.kindName } },
    });
  };
  const drop = () => {
    const { [kind]: _, ...rest } = draft.papers;
    change({ papers: rest });
  };
  return (
    <section className="card mt-3" aria-label={name}>
      <h3 className="font-semibold">
        {name} {!required && <span className="text-sm font-normal text-ink-2">{m.optional()}</span>}
      </h3>
      {why && <p className="text-sm text-ink-2">{printed ? `${why}（${printed}）` : why}</p>}
      {chosen ? (
        <div className="mt-2 flex flex-wrap items-center gap-x-3">
          <FileCheck2 aria-hidden className="size-5 flex-none text-done" />
          <span className="min-w-0 flex-1">{chosen.fileName}</span>
          <button type="button" className="link" onClick={drop} aria-label={`${m.replace()}：${name}`}>
            {m.replace()}
          </button>
        </div>
      ) : (
        <div className="mt-2">
          <PaperUpload<PaperView>
            to={{ personId: place.personId }}
            kind={kind}
            name={name}
            word={m.upload()}
            maxBytes={maxBytes}
            onDone={(paper) => {
              put(paper);
              void client.invalidateQueries({ queryKey: keys.papers(place.personId) });
            }}
          />
          <EarlierPapers personId={place.personId} kind={kind} name={name} onChoose={put} />
        </div>
      )}
      {fault && (
        <p role="alert" className="mt-1 text-sm font-medium text-late">
          {fault}
        </p>
      )}
    </section>
  );
}
