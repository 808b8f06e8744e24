import { GlobalWorkerOptions, getDocument, type PDFDocumentProxy } from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { m } from '../paraglide/messages.js';
import { PdfData } from './pdf-data.ts';

GlobalWorkerOptions.workerSrc = workerUrl;

/** More pages than a member may hand in; a file that claims more is not drawn to its end. */
const PAGES_MOST = 60;

type PdfPagesProps = {
  url: string;
  /** What the paper is, for those who hear the page. */
  name: string;
  /** 1 is as wide as there is room. */
  zoom?: number;
  /** Degrees, in quarters. */
  turned?: number;
  waiting: ReactNode;
  onFail: () => void;
};

/**
 * A PDF as canvases below each other, each drawn when it comes near. Nothing in it runs: this pdf.js makes no code from
 * fonts, no scripting sandbox is loaded, forms and links have no layer.
 */
export default function PdfPages({ url, name, zoom = 1, turned = 0, waiting, onFail }: PdfPagesProps) {
  const [pdf, setPdf] = useState<{ file: PDFDocumentProxy; ratio: number } | null>(null);
  const fail = useRef(onFail);
  fail.current = onFail;
  useEffect(() => {
    let over = false;
    const loading = getDocument({
      url,
      withCredentials: true,
      enableXfa: false,
      BinaryDataFactory: PdfData,
      useWorkerFetch: false,
    });
    const open = async () => {
      const file = await loading.promise;
      const { width, height } = (await file.getPage(1)).getViewport({ scale: 1 });
      if (!over) setPdf({ file, ratio: width / height });
    };
    open().catch(() => over || fail.current());
    return () => {
      over = true;
      void loading.destroy();
    };
  }, [url]);
  if (!pdf) return waiting;
  return Array.from({ length: Math.min(pdf.file.numPages, PAGES_MOST) }, (_, index) => index + 1).map((n) => (
    <PdfPage key={n} {...pdf} n={n} zoom={zoom} turned={turned} name={name} onFail={() => fail.current()} />
  ));
}

type PdfPageProps = {
  file: PDFDocumentProxy;
  /** Width by height of the first page: the room that a page takes before it is drawn. */
  ratio: number;
  n: number;
  zoom: number;
  turned: number;
  name: string;
  onFail: () => void;
};

function PdfPage({ file, ratio, n, zoom, turned, name, onFail }: PdfPageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [near, setNear] = useState(false);
  const fail = useRef(onFail);
  fail.current = onFail;
  useEffect(() => {
    const watch = new IntersectionObserver((seen) => setNear(seen.some((one) => one.isIntersecting)), {
      rootMargin: '800px',
    });
    watch.observe(canvas.current!);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const target = canvas.current!;
    if (!near) {
      // A page that is far away again gives its pixels back: telephones allow few.
      target.width = 0;
      return;
    }
    let stop: (() => void) | undefined;
    let over = false;
    const draw = async () => {
      const page = await file.getPage(n);
      if (over) return;
      const turn = (page.rotate + turned) % 360;
      const fit = roomIn(target.parentElement!) / page.getViewport({ scale: 1, rotation: turn }).width;
      const sharp = Math.min(2, window.devicePixelRatio || 1);
      const viewport = page.getViewport({ scale: fit * zoom * sharp, rotation: turn });
      target.width = viewport.width;
      target.height = viewport.height;
      target.style.aspectRatio = `${viewport.width / viewport.height}`;
      const task = page.render({ canvas: target, viewport });
      stop = () => task.cancel();
      await task.promise;
    };
    // A cancelled drawing rejects too; the next one is already on its way.
    draw().catch(() => over || fail.current());
    return () => {
      over = true;
      stop?.();
    };
  }, [file, n, zoom, turned, near]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={m.pdf_page({ name, n: String(n), all: String(file.numPages) })}
      style={{ width: `${zoom * 100}%`, aspectRatio: turned % 180 ? 1 / ratio : ratio }}
    />
  );
}

/** The width inside the padding, in CSS pixels. */
function roomIn(parent: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(parent);
  return parent.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}
