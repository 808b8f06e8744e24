/** The images of an archive: choose a series, go through it by wheel, keys, slider or buttons, set window and zoom. */
import { DownOutlined, UpOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, InputNumber, Select, Skeleton, Slider } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { get } from '../../shared/api.ts';
import type { ImageList } from '../../shared/types.ts';
import { m } from '../messages.ts';
import { paint, readImage, type Window } from './dicom-image.ts';
import './images.css';

/** Usual windows of a CT; the file's own comes first. */
const WINDOWS: readonly { label: () => string; window: Window }[] = [
  { label: m.console_images_soft_tissue, window: { center: 40, width: 400 } },
  { label: m.console_images_lung, window: { center: -600, width: 1500 } },
  { label: m.console_images_bone, window: { center: 400, width: 1800 } },
];

type ImageViewerProps = { paperId: string; zoom: number };

export default function ImageViewer({ paperId, zoom }: ImageViewerProps) {
  const found = useQuery({
    queryKey: ['images', paperId],
    queryFn: () => get<ImageList>(`/api/papers/${paperId}/images`),
  });
  const [series, setSeries] = useState(0);
  if (found.isError) return <p role="alert">{m.paper_unreadable()}</p>;
  if (!found.data) return <Skeleton active title={false} />;
  const { items, originalUrl } = found.data;
  const one = items[series];
  const hidden = one?.images.some(({ shown }) => !shown) ?? false;
  return (
    <div className="images">
      <Select
        aria-label={m.console_images_series()}
        value={series}
        onChange={setSeries}
        options={items.map(({ number, modality, description, images }, value) => ({
          value,
          label: `${number} · ${modality} ${description} · ${m.console_images_count({ n: String(images.length) })}`,
        }))}
      />
      {hidden ? (
        <Alert
          type="info"
          showIcon
          title={
            <>
              {m.console_images_not_shown()} <a href={originalUrl}>{m.paper_original()}</a>
            </>
          }
        />
      ) : null}
      {one ? (
        <Stack key={series} paperId={paperId} images={one.images.filter(({ shown }) => shown)} zoom={zoom} />
      ) : null}
    </div>
  );
}

type StackProps = { paperId: string; images: ImageList['items'][number]['images']; zoom: number };

function Stack({ paperId, images, zoom }: StackProps) {
  const slices = images.flatMap(({ n, frames }) => Array.from({ length: frames }, (_, frame) => ({ n, frame })));
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<Window | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const slice = slices[at];
  const file = useQuery({
    queryKey: ['images', paperId, slice?.n],
    enabled: slice !== undefined,
    // A slice does not change, and each fetch is a look that is written down.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => new Uint8Array(await fetchBytes(`/api/papers/${paperId}/images/${slice!.n}`)),
    placeholderData: (before) => before,
  });
  const image = file.data && slice && !file.isPlaceholderData ? tryRead(file.data, slice.frame) : undefined;
  const shown = chosen ?? image?.window ?? null;
  useEffect(() => {
    const target = canvas.current;
    if (!target || !image || !shown) return;
    target.width = image.columns;
    target.height = image.rows;
    target.getContext('2d')?.putImageData(new ImageData(paint(image, shown), image.columns, image.rows), 0, 0);
  }, [image, shown]);
  const step = (by: number) => setAt((now) => Math.min(slices.length - 1, Math.max(0, now + by)));
  // React listens to wheels passively; the page must not scroll along.
  useEffect(() => {
    const target = box.current;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      setAt((now) => Math.min(slices.length - 1, Math.max(0, now + Math.sign(event.deltaY))));
    };
    target?.addEventListener('wheel', turn, { passive: false });
    return () => target?.removeEventListener('wheel', turn);
  }, [slices.length]);
  if (slices.length === 0) return null;
  const keys: Record<string, number> = {
    ArrowDown: 1,
    ArrowRight: 1,
    ArrowUp: -1,
    ArrowLeft: -1,
    PageDown: 10,
    PageUp: -10,
    Home: -slices.length,
    End: slices.length,
  };
  const place = m.console_images_place({ n: String(at + 1), all: String(slices.length) });
  return (
    <>
      <div className="images-tools">
        <Button icon={<UpOutlined />} aria-label={m.console_images_previous()} onClick={() => step(-1)} />
        <Button icon={<DownOutlined />} aria-label={m.console_images_next()} onClick={() => step(1)} />
        <span role="status">{place}</span>
        <Button onClick={() => setChosen(null)}>{m.console_images_own_window()}</Button>
        {WINDOWS.map(({ label, window }) => (
          <Button key={label()} onClick={() => setChosen(window)}>
            {label()}
          </Button>
        ))}
        <InputNumber
          prefix={m.console_images_center()}
          aria-label={m.console_images_center()}
          value={Math.round(shown?.center ?? 0)}
          step={10}
          onChange={(center) => shown && center !== null && setChosen({ ...shown, center })}
        />
        <InputNumber
          prefix={m.console_images_width()}
          aria-label={m.console_images_width()}
          value={Math.round(shown?.width ?? 1)}
          step={10}
          min={1}
          onChange={(width) => shown && width !== null && setChosen({ ...shown, width })}
        />
      </div>
      <Slider
        min={1}
        max={Math.max(2, slices.length)}
        disabled={slices.length < 2}
        value={at + 1}
        onChange={(n) => setAt(n - 1)}
        ariaLabelForHandle={m.console_images_slice()}
      />
      <div
        ref={box}
        className="images-box"
        role="application"
        aria-label={m.console_images_keys()}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys that go through the slices are heard here
        tabIndex={0}
        onKeyDown={(event) => {
          const by = keys[event.key];
          if (by === undefined) return;
          event.preventDefault();
          step(by);
        }}
      >
        {file.isError || (file.data && !file.isPlaceholderData && !image) ? (
          <p role="alert">{m.paper_unreadable()}</p>
        ) : (
          <canvas ref={canvas} role="img" aria-label={place} style={{ width: `${zoom * 100}%` }} />
        )}
      </div>
    </>
  );
}

function tryRead(bytes: Uint8Array, frame: number) {
  try {
    return readImage(bytes, frame);
  } catch {
    return undefined;
  }
}

async function fetchBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(String(response.status));
  return response.arrayBuffer();
}
