import { Worker } from 'node:worker_threads';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import type { PaperType } from '#domain/papers/limits.ts';
import type { PaperFault } from './words.ts';

/** Bytes from the start that show what a file is. */
export const headLength = 4100;
/** A scan of A3 at 600 dpi has 70 million; more is a bomb or a mistake. */
export const maxPixels = 100_000_000;
const pdfTimeMs = 15_000;

const types: Readonly<Record<string, PaperType>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
};

/** What a file is by its first bytes; undefined for everything that is not taken. */
export async function typeOfContent(head: Uint8Array): Promise<PaperType | undefined> {
  return types[(await fileTypeFromBuffer(head))?.mime ?? ''];
}

/** Opens the whole file as what it claims to be. An image has one page; an archive is not read in one piece. */
export function inspectFile(
  type: Exclude<PaperType, 'zip'>,
  file: Buffer,
): Promise<{ pages: number } | { fault: PaperFault }> {
  return type === 'pdf' ? inspectPdf(file) : inspectImage(file);
}

async function inspectImage(file: Buffer): Promise<{ pages: number } | { fault: PaperFault }> {
  try {
    const { width, height } = await sharp(file, { limitInputPixels: false }).metadata();
    if (width * height > maxPixels) return { fault: 'huge-image' };
    // Every line has to decode: a header alone proves nothing.
    await sharp(file, { limitInputPixels: maxPixels, failOn: 'error' }).resize(32).toBuffer();
    return { pages: 1 };
  } catch {
    return { fault: 'broken-image' };
  }
}

/** In a thread with bounded memory and time: what a PDF makes its reader do is up to whoever wrote it. */
async function inspectPdf(file: Buffer): Promise<{ pages: number } | { fault: PaperFault }> {
  const data = new Uint8Array(file);
  const worker = new Worker(new URL('./pdf-pages.worker.ts', import.meta.url), {
    workerData: data,
    transferList: [data.buffer],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    // What it might print could quote the file.
    stdout: true,
    stderr: true,
  });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<{ pages: number } | { fault: PaperFault }>((resolve) => {
      timer = setTimeout(() => resolve({ fault: 'broken-pdf' }), pdfTimeMs);
      worker.once('message', (answer: number | 'locked' | 'broken') => {
        if (typeof answer === 'number') resolve({ pages: answer });
        else resolve({ fault: answer === 'locked' ? 'locked-pdf' : 'broken-pdf' });
      });
      worker.once('error', () => resolve({ fault: 'broken-pdf' }));
      worker.once('exit', () => resolve({ fault: 'broken-pdf' }));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** The picture as it is shown: upright, at most 2000 pixels a side, re-encoded, so that nothing but pixels remains of the upload. */
export function renderPreview(file: Buffer): Promise<Buffer> {
  return sharp(file, { limitInputPixels: maxPixels, failOn: 'error' })
    .rotate()
    .resize({ width: 2000, height: 2000, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer();
}
