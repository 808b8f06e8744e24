import { Download } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Boundary } from '../../shared/Boundary.tsx';
import { m } from '../../shared/paraglide/messages.js';
import type { PaperView } from '../../shared/types.ts';
import { Sheet } from '../ui/Sheet.tsx';

const PdfPages = lazy(() => import('../../shared/pdf/PdfPages.tsx'));

/** A paper to read: its picture, or the pages of a PDF; the file itself is one tap away. */
export function PaperSheet({ paper, onClose }: { paper: PaperView; onClose: () => void }) {
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  const fail = () => setFailed(true);
  return (
    <Sheet
      open
      title={paper.kindName}
      onClose={onClose}
      actions={
        <a className="btn btn-ghost" href={paper.originalUrl} download>
          <Download aria-hidden className="size-4" />
          {m.paper_original()}
        </a>
      }
    >
      <p className="text-sm text-ink-2">{paper.fileName}</p>
      {failed ? (
        <Unreadable
          retry={() => {
            setFailed(false);
            setAttempt((now) => now + 1);
          }}
        />
      ) : (
        <div key={attempt} className="mt-2 grid gap-3">
          {paper.type === 'pdf' ? (
            <Boundary page={paper.id} instead={(reload) => <Unreadable retry={reload} />}>
              <Suspense fallback={<PageSkeleton />}>
                <PdfPages url={paper.previewUrl} name={paper.kindName} waiting={<PageSkeleton />} onFail={fail} />
              </Suspense>
            </Boundary>
          ) : (
            <Picture paper={paper} onFail={fail} />
          )}
        </div>
      )}
    </Sheet>
  );
}

function Unreadable({ retry }: { retry: () => void }) {
  return (
    <div role="alert" className="mt-2">
      <p>{m.paper_unreadable()}</p>
      <button type="button" className="link" onClick={retry}>
        {m.retry()}
      </button>
    </div>
  );
}

function Picture({ paper, onFail }: { paper: PaperView; onFail: () => void }) {
  const [loaded, setLoaded] = useState(false);
  return (
    <>
      {!loaded && <PageSkeleton />}
      <img
        src={paper.previewUrl}
        alt={m.paper_alt({ name: paper.kindName })}
        className={loaded ? 'w-full rounded-lg' : 'hidden'}
        onLoad={() => setLoaded(true)}
        onError={onFail}
      />
    </>
  );
}

/** The shape of an upright page. */
function PageSkeleton() {
  return <div role="status" aria-label={m.loading()} className="bone aspect-[1/1.41] w-full" />;
}
