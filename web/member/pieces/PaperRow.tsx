import { FileText } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { m } from '../../shared/paraglide/messages.js';
import type { PaperView } from '../../shared/types.ts';
import { moment } from '../../shared/words.ts';
import { Chip, type Tone } from '../ui/Chip.tsx';
import { PaperSheet } from './PaperSheet.tsx';

const TONES: Record<PaperView['verdict'], Tone> = {
  received: 'soon',
  accepted: 'done',
  rejected: 'late',
  replaced: 'quiet',
};

/** The verdict in a word. */
export function verdictWord(paper: Pick<PaperView, 'verdict'>): string {
  switch (paper.verdict) {
    case 'received':
      return m.paper_received();
    case 'accepted':
      return m.paper_accepted();
    case 'rejected':
      return m.paper_rejected();
    case 'replaced':
      return m.paper_replaced();
  }
}

/** A picture of the first page; a PDF, or what cannot be drawn, is a sheet of paper. */
export function PaperThumb({ paper }: { paper: Pick<PaperView, 'type' | 'previewUrl'> }) {
  const [broken, setBroken] = useState(false);
  if (paper.type === 'pdf' || paper.type === 'zip' || broken) {
    return (
      <span aria-hidden className="grid size-11 flex-none place-items-center rounded-lg bg-sunk text-ink-2">
        <FileText className="size-5" />
      </span>
    );
  }
  return (
    <img
      src={paper.previewUrl}
      alt=""
      loading="lazy"
      onError={() => setBroken(true)}
      className="size-11 flex-none rounded-lg bg-sunk object-cover"
    />
  );
}

/** One paper: picture, kind, verdict, reason, and what can be done about it. Tapping it anywhere opens it. */
export function PaperRow({ paper, children }: { paper: PaperView; children?: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="relative flex flex-wrap items-start gap-3 py-3">
      <button
        type="button"
        className="after:absolute after:inset-0"
        aria-label={m.open_paper({ name: paper.kindName, file: paper.fileName })}
        onClick={() => setOpen(true)}
      >
        <PaperThumb paper={paper} />
      </button>
      {open && <PaperSheet paper={paper} onClose={() => setOpen(false)} />}
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center justify-between gap-x-2">
          <span className="font-medium">{paper.kindName}</span>
          <Chip tone={TONES[paper.verdict]}>{verdictWord(paper)}</Chip>
        </p>
        <p className="text-sm text-ink-2">
          <span className="text-brand-text underline underline-offset-4">{paper.fileName}</span> ·{' '}
          {moment(paper.receivedAt)}
        </p>
        {paper.reason && <p className="text-sm text-late">{paper.reason}</p>}
        {children && <div className="relative z-10">{children}</div>}
      </div>
    </div>
  );
}
