import { Skeleton } from 'antd';
import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'react';
import { m } from '../messages.ts';
import { PdfData } from './pdf-data.ts';

GlobalWorkerOptions.workerSrc = workerUrl;

/** More pages than a member may hand in; a file that claims more is not drawn to its end. */
const PAGES_MOST = 60;

type PdfPagesProps = { url: string; zoom: number; turned: number; name: string; onFail: () => void };

/** A PDF drawn page by page onto canvases. Nothing in it runs: no scripts, no forms, no code made from fonts. */
export default function PdfPages({ url, zoom, turned, name, onFail }: PdfPagesProps) {
  const [pdf, setPdf] = useState<PDFDocumentProxy | null>(null);
  const fail = useRef(onFail);
  fail.current = onFail;
  useEffect(() => {
    const loading = getDocument({
      url,
      withCredentials: true,
      enableXfa: false,
      BinaryDataFactory: PdfData,
      useWorkerFetch: false,
    });
    loading.promise.then(setPdf, () => fail.current());
    return () => void loading.destroy();
  }, [url]);
  if (!pdf) return <Skeleton active title={false} />;
  return Array.from({ length: Math.min(pdf.numPages, PAGES_MOST) }, (_, index) => index + 1).map((n) => (
    <PdfPage key={n} pdf={pdf} n={n} zoom={zoom} turned={turned} name={name} />
  ));
}

type PdfPageProps = { pdf: PDFDocumentProxy; n: number; zoom: number; turned: number; name: string };

function PdfPage({ pdf, n, zoom, turned, name }: PdfPageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let over = false;
    void pdf.getPage(n).then((page) => {
      const target = canvas.current;
      if (over || !target) return;
      const width = (target.parentElement?.clientWidth ?? 640) - 28;
      const turn = (page.rotate + turned) % 360;
      const fit = width / page.getViewport({ scale: 1, rotation: turn }).width;
      const sharp = Math.min(2, window.devicePixelRatio || 1);
      const viewport = page.getViewport({ scale: fit * zoom * sharp, rotation: turn });
      target.width = viewport.width;
      target.height = viewport.height;
      target.style.width = `${viewport.width / sharp}px`;
      const task = page.render({ canvas: target, viewport });
      stop = () => task.cancel();
      // A cancelled drawing rejects; the next one is already on its way.
      task.promise.catch(() => undefined);
    });
    return () => {
      over = true;
      stop?.();
    };
  }, [pdf, n, zoom, turned]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={m.console_pdf_page({ name, n: String(n), all: String(pdf.numPages) })}
    />
  );
}
