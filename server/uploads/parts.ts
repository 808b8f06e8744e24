/** Files in parts: sealed part by part as they come, put together and looked at like any other file at the end. */
import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { PART_BYTES } from '#contract/uploads.ts';
import { receiveBytes, settleReceived } from '#server/papers/intake.ts';
import { findPaper, type Paper } from '#server/papers/queries.ts';
import { getPersonKey } from '#server/persons/seal.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { decryptStream, encryptStream } from '#server/platform/crypto-stream.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import {
  findUpload,
  forgetParts,
  forgetUpload,
  listOldUploads,
  listParts,
  markOnFile,
  type Part,
  recordPart,
  type Upload,
} from './queries.ts';

/** What nobody went on with for a day is removed. */
const KEPT_MS = 86_400_000;

const folderOf = (ctx: Pick<Ctx, 'insurer'>, id: string): string => `uploads/${ctx.insurer}/${id}`;
const place = (ctx: Pick<Ctx, 'insurer'>, id: string, n: number) => ({
  insurer: ctx.insurer,
  table: 'upload-parts',
  row: `${id}.${n}`,
});
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** How many parts a file of so many bytes comes in, and how long one of them is. */
export const partsOf = (bytes: number): number => Math.ceil(bytes / PART_BYTES);
const lengthOf = (bytes: number, n: number): number => Math.min(PART_BYTES, bytes - n * PART_BYTES);

/**
 * Takes one part, sealed under the person's key. A part that is there already stays as it was; two of one number at once
 * leave one. @throws Problem not-acceptable for a number, length or content that is not the part's
 */
export async function takePart(ctx: Ctx, upload: Upload, n: number, bytes: Buffer, digest: Buffer): Promise<void> {
  if (upload.paperId !== null) return;
  const expected = n < partsOf(upload.bytes) ? lengthOf(upload.bytes, n) : 0;
  if (bytes.length !== expected || !sha256(bytes).equals(digest)) throw notThePart();
  const db = ctx.pool as Db;
  const dataKey = await getPersonKey(db, ctx, upload.personId);
  const storageKey = `${folderOf(ctx, upload.id)}/${n}-${uuidv7()}`;
  await ctx.storage.write(storageKey, encryptStream(dataKey, 'person', place(ctx, upload.id, n), [bytes]));
  const kept = await inTransaction(ctx.pool, (tx) =>
    recordPart(tx, ctx, upload.id, { n, digest, storageKey }, machineNow()),
  ).catch(async (error: unknown) => {
    await ctx.storage.remove(storageKey);
    throw error;
  });
  if (!kept) await ctx.storage.remove(storageKey);
}

/**
 * Puts the parts together and the paper on file, once: called again it gives the same paper. A file that is refused is
 * forgotten with its parts. Who may was asked by the caller. @throws Refused not-possible-now while parts are missing; Problem as an upload in one piece does
 */
export async function finishUpload(request: FastifyRequest, upload: Upload): Promise<Paper> {
  const { ctx } = request;
  const db = ctx.pool as Db;
  const there = upload.paperId === null ? undefined : await findPaper(db, ctx, upload.paperId);
  if (there) return there;
  const parts = await listParts(db, ctx, upload.id);
  if (parts.length < partsOf(upload.bytes)) throw incomplete();
  if (!sha256(Buffer.concat(parts.map(({ digest }) => digest))).equals(upload.digest)) {
    await removeUpload(ctx, upload.id);
    throw notThePart();
  }
  try {
    const { fileName, mediaType, personId, kind } = upload;
    const incoming = { name: fileName, mediaType, chunks: () => readParts(ctx, upload, parts) };
    const received = await receiveBytes(request, incoming, { personId, kind });
    const paper = await settleReceived(request, received, (keep) =>
      inTransaction(ctx.pool, async (tx) => {
        const kept = await keep(tx);
        await markOnFile(tx, ctx, upload.id, kept.id);
        return kept;
      }),
    );
    await removeParts(ctx, upload.id);
    return paper;
  } catch (error) {
    // Another call may have finished it meanwhile and taken the parts away.
    const now = await findUpload(db, ctx, upload.id, upload.accountId);
    const paper = now?.paperId ? await findPaper(db, ctx, now.paperId) : undefined;
    if (paper) return paper;
    if (error instanceof Problem && error.status < 500) await removeUpload(ctx, upload.id);
    throw error;
  }
}

async function* readParts(ctx: Ctx, { id, personId }: Upload, parts: readonly Part[]): AsyncGenerator<Buffer> {
  const dataKey = await getPersonKey(ctx.pool as Db, ctx, personId);
  for (const { n, storageKey } of parts)
    yield* decryptStream(dataKey, place(ctx, id, n), await ctx.storage.read(storageKey));
}

async function removeParts(ctx: Pick<Ctx, 'insurer' | 'pool' | 'storage'>, id: string): Promise<void> {
  for await (const key of ctx.storage.list(folderOf(ctx, id))) await ctx.storage.remove(key);
  await forgetParts(ctx.pool as Db, ctx, id);
}

async function removeUpload(ctx: Pick<Ctx, 'insurer' | 'pool' | 'storage'>, id: string): Promise<void> {
  for await (const key of ctx.storage.list(folderOf(ctx, id))) await ctx.storage.remove(key);
  await forgetUpload(ctx.pool as Db, ctx, id);
}

/** Removes what nobody went on with for a day, files first: a row that is left finds them again. Returns how many. */
export async function sweepUploads(
  ctx: Pick<Ctx, 'insurer' | 'pool' | 'storage'>,
  machine: Date = machineNow(),
): Promise<number> {
  const old = await listOldUploads(ctx.pool as Db, ctx, new Date(machine.getTime() - KEPT_MS));
  for (const id of old) await removeUpload(ctx, id);
  return old.length;
}

const notThePart = (): Problem =>
  new Problem('not-acceptable', {
    pointer: '/file',
    detail: {
      zh: '文件在传输中有变化，请重新选择文件。',
      en: 'The file changed on its way. Choose it again.',
    },
  });
const incomplete = (): Refused =>
  new Refused('not-possible-now', {
    detail: { zh: '文件还没有传完，请继续上传。', en: 'The file is not complete yet. Go on sending it.' },
  });
