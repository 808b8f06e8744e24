import { CloseOutlined, DownloadOutlined, MinusOutlined, PlusOutlined, RotateRightOutlined } from '@ant-design/icons';
import { Button, Skeleton } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { AllowedEvent, PaperView } from '../../shared/types.ts';
import type { Opened } from '../case/opened.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { listPaperActs } from './paper-acts.ts';
import { verdictOf } from './verdict.ts';

const ImageViewer = lazy(() => import('./ImageViewer.tsx'));
const PdfPages = lazy(() => import('../../shared/pdf/PdfPages.tsx'));
const ZOOM = { least: 0.4, most: 3, step: 0.2 };

type PaperViewerProps = {
  paper: PaperView;
  version: number;
  allowed: readonly AllowedEvent[];
  onAct: (opened: Opened) => void;
  onClose: () => void;
};

/** A paper at reading size over the two columns, with what may be said about it now; the form opens at the right. */
export function PaperViewer({ paper, version, allowed, onAct, onClose }: PaperViewerProps) {
  const [zoom, setZoom] = useState(1);
  const [turned, setTurned] = useState(0);
  const [failed, setFailed] = useState(false);
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    frame.current?.focus();
    return () => before?.focus();
  }, []);
  const { words, tone } = verdictOf(paper);
  const change = (by: number) => setZoom((now) => Math.min(ZOOM.most, Math.max(ZOOM.least, now + by)));
  return (
    <section
      ref={frame}
      className="viewer"
      data-viewer
      aria-label={m.console_viewer({ name: paper.kindName })}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
      }}
    >
      <header className="viewer-head">
        <h2>
          {paper.kindName} <span className={`pill ${tone}`}>{words}</span>
        </h2>
        <Button icon={<MinusOutlined />} aria-label={m.console_zoom_out()} onClick={() => change(-ZOOM.step)} />
        <Button icon={<PlusOutlined />} aria-label={m.console_zoom_in()} onClick={() => change(ZOOM.step)} />
        {paper.type === 'zip' ? null : (
          <Button
            icon={<RotateRightOutlined />}
            aria-label={m.console_turn_page()}
            onClick={() => setTurned((now) => (now + 90) % 360)}
          />
        )}
        <Button icon={<DownloadOutlined />} href={paper.originalUrl} aria-label={m.paper_original()} />
        <Button icon={<CloseOutlined />} aria-label={m.close()} onClick={onClose} />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the pages scroll by themselves and must be reachable by keyboard */}
      <section className="viewer-pages" tabIndex={0} aria-label={paper.fileName}>
        {failed ? (
          <p role="alert">{m.paper_unreadable()}</p>
        ) : paper.type === 'zip' ? (
          <Suspense fallback={<Skeleton active title={false} />}>
            <ImageViewer paperId={paper.id} zoom={zoom} />
          </Suspense>
        ) : paper.type === 'pdf' ? (
          <Suspense fallback={<Skeleton active title={false} />}>
            <PdfPages
              url={paper.previewUrl}
              zoom={zoom}
              turned={turned}
              name={paper.kindName}
              waiting={<Skeleton active title={false} />}
              onFail={() => setFailed(true)}
            />
          </Suspense>
        ) : (
          <img
            src={paper.previewUrl}
            alt={m.paper_alt({ name: paper.kindName })}
            style={{ width: `${zoom * 100}%`, transform: `rotate(${turned}deg)` }}
            onError={() => setFailed(true)}
          />
        )}
      </section>
      <footer className="viewer-foot">
        <span className="meta" style={{ flex: 1 }}>
          {paper.fileName} · {momentWords(paper.receivedAt)}
          {paper.reason ? ` · ${paper.reason}` : ''}
        </span>
        {listPaperActs(paper, allowed).map(({ event, label, start }) => (
          <Button
            key={`${event.type} ${label}`}
            type={event.weight === 'primary' ? 'primary' : 'default'}
            onClick={() => onAct({ event, version, start })}
          >
            {label}
          </Button>
        ))}
      </footer>
    </section>
  );
}
