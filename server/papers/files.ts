import type { Ctx } from '#server/platform/context.ts';
import { decryptRange, decryptStream, encryptStream } from '#server/platform/crypto-stream.ts';

type FileCtx = Pick<Ctx, 'insurer' | 'storage'>;
type FileOf = { readonly id: string; readonly storageKey: string };

const place = (ctx: FileCtx, id: string) => ({ insurer: ctx.insurer, table: 'paper-files', row: id });

export const storageFolder = (ctx: Pick<Ctx, 'insurer'>): string => `papers/${ctx.insurer}`;
export const storageKeyOf = (ctx: Pick<Ctx, 'insurer'>, id: string): string => `${storageFolder(ctx)}/${id}`;

/** Encrypts a file under the person's data key while it arrives; when `source` throws, nothing stays behind. */
export function writeFile(
  ctx: FileCtx,
  dataKey: Buffer,
  file: FileOf,
  source: AsyncIterable<Uint8Array>,
): Promise<void> {
  return ctx.storage.write(file.storageKey, encryptStream(dataKey, 'person', place(ctx, file.id), source));
}

/**
 * The plain file, frame by frame; each frame is proven before it comes. Throws CannotOpen, at the first frame or a
 * later one, when what lies in the storage is not what was written for this paper.
 */
export async function readFile(ctx: FileCtx, dataKey: Buffer, file: FileOf): Promise<AsyncGenerator<Buffer>> {
  return decryptStream(dataKey, place(ctx, file.id), await ctx.storage.read(file.storageKey));
}

/** A part of the plain file; `bytes`: how long it is as a whole. */
export function readRange(
  ctx: FileCtx,
  dataKey: Buffer,
  file: FileOf & { readonly bytes: number },
  from: number,
  to: number,
): AsyncGenerator<Buffer> {
  const read = (start: number, end: number) => ctx.storage.readRange(file.storageKey, start, end);
  return decryptRange(dataKey, place(ctx, file.id), read, { from, to, length: file.bytes });
}

/** The plain file in memory: papers are bounded by their plan. */
export async function readWhole(ctx: FileCtx, dataKey: Buffer, file: FileOf): Promise<Buffer> {
  const frames: Buffer[] = [];
  for await (const frame of await readFile(ctx, dataKey, file)) frames.push(frame);
  return Buffer.concat(frames);
}
