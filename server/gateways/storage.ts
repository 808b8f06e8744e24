import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import type { DriverContract } from 'flydrive/types';

/** Where encrypted files lie. It is given ciphertext only; keys hold ids, never a name. */
export interface PaperStorage {
  /** Writes a whole file; when `source` throws, nothing stays behind and the error is thrown on. */
  write(key: string, source: AsyncIterable<Uint8Array>): Promise<void>;
  /** Throws at the first read when the file is not there. */
  read(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** Bytes `from` (included) to `to` (excluded); fewer where the file ends. */
  readRange(key: string, from: number, to: number): Promise<AsyncIterable<Uint8Array>>;
  /** Nothing happens when it is not there. */
  remove(key: string): Promise<void>;
  exists(key: string): Promise<boolean>;
  /** Keys under a folder, in no order; none when the folder is not there. */
  list(folder: string): AsyncIterable<string>;
}

/** Files under a folder of this machine; made at the first write. */
export function openFolderStorage(folder: string): PaperStorage {
  return {
    ...openStorage(new FSDriver({ location: folder, visibility: 'private' })),
    readRange: async (key, from, to) => createReadStream(join(folder, key), { start: from, end: to - 1 }),
  };
}

/** Any driver of flydrive, e.g. its S3 driver. */
export function openStorage(driver: DriverContract): PaperStorage {
  const disk = new Disk(driver);
  return {
    async write(key, source) {
      try {
        await disk.putStream(key, Readable.from(source, { objectMode: false }));
      } catch (error) {
        await disk.delete(key).catch(() => {});
        // flydrive wraps what the source threw; the caller knows its own error.
        throw error instanceof Error && error.cause instanceof Error ? error.cause : error;
      }
    },
    read: (key) => disk.getStream(key),
    readRange: async (key, from, to) => cut(await disk.getStream(key), from, to),
    remove: (key) => disk.delete(key),
    exists: (key) => disk.exists(key),
    async *list(folder) {
      let token: string | undefined;
      do {
        const page = await disk
          .listAll(folder, { recursive: true, ...(token ? { paginationToken: token } : {}) })
          .catch((error: unknown) => {
            if (codeOf(error) === 'ENOENT' || codeOf((error as Error).cause) === 'ENOENT') return undefined;
            throw error;
          });
        for (const object of page?.objects ?? []) if (object.isFile) yield object.key;
        token = page?.paginationToken;
      } while (token);
    },
  };
}

/** For a driver that only reads from the start. */
async function* cut(source: AsyncIterable<Uint8Array>, from: number, to: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for await (const bytes of source) {
    const start = at;
    at += bytes.length;
    if (at > from) yield bytes.subarray(Math.max(0, from - start), Math.min(bytes.length, to - start));
    if (at >= to) return;
  }
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code;
