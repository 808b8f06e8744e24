/**
 * An archive of images as it was handed in, read in place: each entry is unpacked once, in passing, to see that it is what
 * it says and no larger; nothing is written anywhere. What is found is the index by which an image is shown later.
 */
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import type { PaperFault } from '#server/papers/words.ts';
import { type ImageHeader, readHeader } from './dicom.ts';

export const MAX_ENTRIES = 2000;
export const MAX_UNPACKED = 2 * 1024 ** 3;
/** Enough for the header of an enhanced multi-frame image. */
const HEAD_BYTES = 2 * 1024 * 1024;

/** Where an image lies in the archive, and what its header says. */
export type IndexedImage = Omit<ImageHeader, 'series' | 'seriesNumber' | 'modality' | 'description'> & {
  at: number;
  packed: number;
  size: number;
  deflated: boolean;
};
export type ImageSeries = Pick<ImageHeader, 'modality' | 'description'> & { number: number; images: IndexedImage[] };
export type ImageIndex = { series: ImageSeries[] };
export type ReadRange = (from: number, to: number) => AsyncIterable<Buffer>;

class Refused extends Error {
  readonly fault: PaperFault;
  constructor(fault: PaperFault) {
    super(fault);
    this.fault = fault;
  }
}

/** Opens the whole archive. @returns its images by series in order, or why it is not taken */
export async function inspectArchive(
  bytes: number,
  read: ReadRange,
): Promise<{ pages: number; index: ImageIndex } | { fault: PaperFault }> {
  let zip: ZipFile | undefined;
  try {
    zip = await openZip(bytes, read);
    if (zip.entryCount > MAX_ENTRIES) return { fault: 'archive-entries' };
    const index = await readEntries(zip);
    const pages = index.series.reduce((sum, { images }) => sum + images.length, 0);
    return pages === 0 ? { fault: 'archive-empty' } : { pages, index };
  } catch (error) {
    if (error instanceof Refused) return { fault: error.fault };
    // What the reader says of a name is all that tells it from a broken archive.
    const said = error instanceof Error ? error.message : '';
    return { fault: /path|fileName|file name/i.test(said) ? 'archive-path' : 'broken-archive' };
  } finally {
    zip?.close();
  }
}

async function readEntries(zip: ZipFile): Promise<ImageIndex> {
  const series = new Map<string, ImageSeries>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/') || isLitter(entry.fileName)) continue;
    if (entry.isEncrypted()) throw new Refused('archive-locked');
    unpacked += entry.uncompressedSize;
    if (unpacked > MAX_UNPACKED) throw new Refused('archive-size');
    const head = await unpackHead(zip, entry);
    if (isArchive(head)) throw new Refused('archive-nested');
    const header = headerOf(head);
    if (!header) continue;
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const { series: uid, seriesNumber, modality, description, ...image } = header;
    const mine = series.get(uid) ?? { number: seriesNumber, modality, description, images: [] };
    series.set(uid, mine);
    mine.images.push({
      ...image,
      at: fileDataStart,
      packed: entry.compressedSize,
      size: entry.uncompressedSize,
      deflated: entry.compressionMethod === 8,
    });
  }
  const inOrder = [...series.values()].sort((a, b) => a.number - b.number);
  for (const { images } of inOrder)
    images.sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || a.instance - b.instance || a.at - b.at);
  return { series: inOrder };
}

function headerOf(head: Buffer): ImageHeader | null {
  try {
    return readHeader(head);
  } catch {
    // Its words could quote the file.
    throw new Refused('broken-dicom');
  }
}

/** What macOS and Windows leave in an archive by themselves. */
const isLitter = (name: string): boolean => /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|\._)/i.test(name);

const MAGIC: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58],
];
/** Zip, rar, 7z, gzip, bzip2, xz, tar. */
const isArchive = (head: Buffer): boolean =>
  MAGIC.some((magic) => magic.every((byte, i) => head[i] === byte)) || head.toString('latin1', 257, 262) === 'ustar';

/** The entry's first bytes; the rest is unpacked too and dropped, so that a size that lies is found out. */
async function unpackHead(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
    if (length < HEAD_BYTES) kept.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(kept).subarray(0, HEAD_BYTES);
}

function openZip(bytes: number, read: ReadRange): Promise<ZipFile> {
  class Reader extends yauzl.RandomAccessReader {
    override _readStreamForRange(start: number, end: number): Readable {
      const out = new PassThrough();
      // The one who reads hears of a fault; whoever stops reading ends it.
      pipeline(Readable.from(read(start, end), { objectMode: false }), out).catch(() => {});
      return out;
    }
  }
  const options = { lazyEntries: true, autoClose: false, strictFileNames: true, validateEntrySizes: true };
  return yauzl.fromRandomAccessReaderPromise(new Reader(), bytes, options);
}
