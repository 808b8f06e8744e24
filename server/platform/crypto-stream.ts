import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { additionalData, CannotOpen, type Place, sealedHead } from './crypto.ts';

// version 2 | length of key id | key id | salt 16 | frames. A frame is 64 KiB of plaintext under AES-256-GCM and its
// tag; only the last may be shorter (or empty). Each file has a key of its own, derived from the data key and the
// salt, so that the iv can simply count the frames. Counter and "this is the last" are in the additional data: a
// frame that is missing, doubled, moved or cut off at the end does not open.
const version = 2;
const saltLength = 16;
const tagLength = 16;
const frameLength = 64 * 1024;
const sealedFrameLength = frameLength + tagLength;
/** Version, length of the key id, 64 bytes of it at most, salt. */
const maxHeadLength = 2 + 64 + saltLength;

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Encrypts a stream; fit for `stream.pipeline` or `Readable.from`. `keyId` as in `sealValue`. */
export async function* encryptStream(
  dataKey: Buffer,
  keyId: string,
  place: Place,
  source: Bytes,
): AsyncGenerator<Buffer> {
  const head = sealedHead(version, keyId);
  const salt = randomBytes(saltLength);
  const key = fileKey(dataKey, salt);
  const bound = Buffer.concat([head, additionalData(place)]);
  yield Buffer.concat([head, salt]);

  let index = 0;
  for await (const { bytes, last } of framesOf(source, frameLength)) {
    const cipher = createCipheriv('aes-256-gcm', key, ivOf(index));
    cipher.setAAD(frameData(bound, index, last));
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    index += 1;
  }
}

/**
 * Decrypts what `encryptStream` wrote. Every frame is proven before it is yielded; that the end was cut off shows
 * only at the end, so whoever consumes it must discard all on a throw. Throws CannotOpen.
 */
export async function* decryptStream(dataKey: Buffer, place: Place, source: Bytes): AsyncGenerator<Buffer> {
  const iterator = iterate(source);
  const { head, salt, rest } = await readHead(iterator);
  const key = fileKey(dataKey, salt);
  const bound = Buffer.concat([head, additionalData(place)]);

  let index = 0;
  for await (const { bytes, last } of framesOf(chain(rest, iterator), sealedFrameLength)) {
    const plain = openFrame(key, bound, index, last, bytes);
    if (plain.length > 0) yield plain;
    index += 1;
  }
}

/** Reads bytes `from` (included) to `to` (excluded) of the encrypted file; fewer where it ends. */
export type ReadSealed = (from: number, to: number) => Promise<Bytes>;

/**
 * The plain bytes from `from` to `to` (excluded) of what `encryptStream` wrote, without reading what lies before. Every
 * frame touched is proven, also that it is the last where the file should end. `length`: of the plain file, as stored.
 * Throws CannotOpen, and RangeError outside the file.
 */
export async function* decryptRange(
  dataKey: Buffer,
  place: Place,
  read: ReadSealed,
  { from, to, length }: { from: number; to: number; length: number },
): AsyncGenerator<Buffer> {
  if (from < 0 || to > length || from > to) throw new RangeError(`${from} to ${to} lies outside ${length} bytes`);
  if (from === to) return;
  const { head, salt } = await readHead(iterate(await read(0, maxHeadLength)));
  const key = fileKey(dataKey, salt);
  const bound = Buffer.concat([head, additionalData(place)]);
  const body = head.length + salt.length;
  const lastFrame = Math.max(0, Math.ceil(length / frameLength) - 1);
  const first = Math.floor(from / frameLength);
  const end = Math.floor((to - 1) / frameLength);
  let index = first;
  const sealed = await read(body + first * sealedFrameLength, body + (end + 1) * sealedFrameLength);
  for await (const { bytes } of framesOf(sealed, sealedFrameLength)) {
    const plain = openFrame(key, bound, index, index === lastFrame, bytes);
    const start = index * frameLength;
    yield plain.subarray(Math.max(0, from - start), Math.min(plain.length, to - start));
    index += 1;
  }
  if (index <= end) throw new CannotOpen('The encrypted file is cut short.');
}

/** The key id at the head of an encrypted file; `start` is its first 66 bytes or more. */
export function streamKeyId(start: Buffer): string {
  const length = start[1] ?? 0;
  if (start[0] !== version || length === 0 || start.length < 2 + length)
    throw new CannotOpen('This is no encrypted file.');
  return start.toString('utf8', 2, 2 + length);
}

function openFrame(key: Buffer, bound: Buffer, index: number, last: boolean, bytes: Buffer): Buffer {
  if (bytes.length < tagLength) throw new CannotOpen('The encrypted file is cut short.');
  const decipher = createDecipheriv('aes-256-gcm', key, ivOf(index));
  decipher.setAAD(frameData(bound, index, last));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagLength));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - tagLength)), decipher.final()]);
  } catch (cause) {
    throw new CannotOpen(`Frame ${index} of the encrypted file does not open: altered, moved or cut off.`, { cause });
  }
}

/** Cuts a stream into pieces of one length; the last piece is marked, and there always is one. */
async function* framesOf(source: Bytes, length: number): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let parts: Uint8Array[] = [];
  let held = 0;
  for await (const part of source) {
    parts.push(part);
    held += part.length;
    if (held <= length) continue;
    const all = Buffer.concat(parts);
    let from = 0;
    // Strictly more than a frame must be there, else this frame might be the last.
    for (; all.length - from > length; from += length) yield { bytes: all.subarray(from, from + length), last: false };
    parts = [all.subarray(from)];
    held = all.length - from;
  }
  yield { bytes: Buffer.concat(parts), last: true };
}

async function readHead(source: AsyncIterator<Uint8Array>): Promise<{ head: Buffer; salt: Buffer; rest: Buffer }> {
  let start: Buffer = Buffer.alloc(0);
  for (;;) {
    const headLength = 2 + (start[1] ?? 64);
    if (start.length >= headLength + saltLength) {
      streamKeyId(start);
      const rest = start.subarray(headLength + saltLength);
      return { head: start.subarray(0, headLength), salt: start.subarray(headLength, headLength + saltLength), rest };
    }
    const next = await source.next();
    if (next.done) throw new CannotOpen('The encrypted file is cut short.');
    start = Buffer.concat([start, next.value]);
  }
}

async function* iterate(source: Bytes): AsyncGenerator<Uint8Array> {
  yield* source;
}

async function* chain(first: Buffer, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

function fileKey(dataKey: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, salt, 'yilu/1/file', 32));
}

function ivOf(index: number): Buffer {
  const iv = Buffer.alloc(12);
  iv.writeUInt32BE(index, 8);
  return iv;
}

function frameData(bound: Buffer, index: number, last: boolean): Buffer {
  const tail = Buffer.alloc(5);
  tail.writeUInt32BE(index, 0);
  tail[4] = last ? 1 : 0;
  return Buffer.concat([bound, tail]);
}
