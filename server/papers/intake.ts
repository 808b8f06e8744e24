import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { claimedType, findPaperLimits, type PaperLimits, type PaperType, unfitPaper } from '#domain/papers/limits.ts';
import { recordAudit } from '#server/audit/record.ts';
import { type ImageIndex, inspectArchive } from '#server/images/archive.ts';
import { insertImageIndex } from '#server/images/queries.ts';
import { getPersonKey } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type Language, Problem } from '#server/platform/problem.ts';
import type { ProblemCode } from '#server/platform/problem-codes.ts';
import { readRange, readWhole, storageKeyOf, writeFile } from './files.ts';
import { headLength, inspectFile, typeOfContent } from './inspect.ts';
import { findPaper, findSamePaper, insertPaper, listPlanCodes, type Paper } from './queries.ts';
import { type PaperFault, paperWords } from './words.ts';

export type UploadOptions = {
  /** Fixed by the route (a case's person); the form then need not name her. */
  personId?: string;
  /** May the caller put papers into this person's file? No means 404. */
  mayUse: (db: Db, personId: string) => Promise<boolean>;
};

/** Puts what arrived on file, in the caller's transaction; gives the paper that is there when it was handed in before. */
export type KeepPaper = (db: Db) => Promise<Paper>;

/**
 * Takes one multipart upload `{personId, kind, file}`, the file last: streams it encrypted into the storage while
 * counting and hashing, and opens it as what it claims to be. `settle` then puts it on file with `keep`; what it does
 * not keep, or what was there before, is removed from the storage again. From then on `request.body` says what arrived
 * (person, kind, SHA-256), which is what an Idempotency-Key is held against.
 * Problems: 400 form, 404 person, 413 size, 415 type, 422 content; none leaves a byte.
 */
export async function receiveUpload<T>(
  request: FastifyRequest,
  options: UploadOptions,
  settle: (keep: KeepPaper) => Promise<T>,
): Promise<T> {
  const stored = await readForm(request, options);
  request.body = { personId: stored.personId, kind: stored.kind, sha256: stored.sha256.toString('hex') };
  return await settleReceived(request, stored, settle);
}

/** Lets `settle` put on file what was received; what it does not keep is removed from the storage again. */
export async function settleReceived<T>(
  request: FastifyRequest,
  stored: Received,
  settle: (keep: KeepPaper) => Promise<T>,
): Promise<T> {
  try {
    return await settle((db) => putOnFile(db, request, stored));
  } finally {
    // Asked of the database and not of the outcome: an answer may fail after its transaction has committed.
    const lost = await findPaper(request.ctx.pool as Db, request.ctx, stored.id).then(
      (paper) => paper === undefined,
      () => false,
    );
    if (lost) await request.ctx.storage.remove(stored.storageKey);
  }
}

/** `receiveUpload` for a caller that has no transaction of its own. */
export function receivePaper(request: FastifyRequest, options: UploadOptions): Promise<Paper> {
  return receiveUpload(request, options, (keep) => inTransaction(request.ctx.pool, keep));
}

/** A paper as it arrived; of an archive also what is in it. */
export type Received = Paper & { images?: ImageIndex };
/** A file on its way, in one piece or put together from parts. */
export type Incoming = {
  name: string;
  mediaType: string;
  chunks: () => AsyncIterable<Buffer>;
};

async function readForm(request: FastifyRequest, options: UploadOptions): Promise<Received> {
  if (!request.isMultipart()) throw new Problem('wrong-media-type', { detail: 'multipart/form-data' });
  const fields: { personId?: string; kind?: string } = options.personId ? { personId: options.personId } : {};
  let stored: Received | undefined;
  try {
    const parts = request.parts({
      limits: { fileSize: Number.MAX_SAFE_INTEGER, fieldSize: 200, fields: 8, files: 2, parts: 10 },
    });
    for (;;) {
      const { value: part, done } = await parts.next().catch((cause: unknown) => {
        throw fault('invalid-request', 'cut-short', request.lang, '/file', cause);
      });
      if (done) break;
      if (part.type === 'file') {
        if (part.fieldname !== 'file' || stored) {
          drain(part.file);
          throw part.fieldname === 'file'
            ? fault('invalid-request', 'two-files', request.lang)
            : unknownField(part.fieldname);
        }
        stored = await receiveFile(request, part, fields, options);
      } else if (part.fieldname === 'kind' || (part.fieldname === 'personId' && !options.personId)) {
        fields[part.fieldname] = String(part.value);
      } else throw unknownField(part.fieldname);
    }
    if (!stored) throw fault('invalid-request', 'no-file', request.lang);
    return stored;
  } catch (error) {
    if (stored) await request.ctx.storage.remove(stored.storageKey);
    throw error;
  }
}

async function receiveFile(
  request: FastifyRequest,
  part: MultipartFile,
  fields: { personId?: string; kind?: string },
  options: UploadOptions,
): Promise<Received> {
  const { ctx, lang } = request;
  try {
    const of = readFields(fields, lang);
    if (!(await options.mayUse(ctx.pool as Db, of.personId))) throw new Problem('not-found', { pointer: '/personId' });
    // Our own end of the reading must not destroy the part: the parser would then never come to the form's end.
    const chunks = () => (part.file as Readable).iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const incoming = { name: part.filename, mediaType: part.mimetype, chunks };
    return await receiveBytes(request, incoming, of);
  } catch (error) {
    drain(part.file);
    throw error;
  }
}

/** Streams a file of somebody the caller may use into the storage and opens it as what it claims to be. */
export async function receiveBytes(
  request: FastifyRequest,
  incoming: Incoming,
  { personId, kind }: { personId: string; kind: string },
): Promise<Received> {
  const { ctx, lang } = request;
  const id = uuidv7();
  const file = { id, storageKey: storageKeyOf(ctx, id) };
  const limits = await getLimits(ctx, personId, kind, lang);
  const dataKey = await getPersonKey(ctx.pool as Db, ctx, personId);
  const measure = measured(incoming, limits, lang);
  await writeFile(ctx, dataKey, file, measure.bytesOf());
  const { type, bytes, sha256 } = measure.result();
  try {
    const found: { pages: number; index?: ImageIndex } | { fault: PaperFault } =
      type === 'zip'
        ? await inspectArchive(bytes, (from, to) => readRange(ctx, dataKey, { ...file, bytes }, from, to))
        : await inspectFile(type, await readWhole(ctx, dataKey, file));
    if ('fault' in found) throw fault('not-acceptable', found.fault, lang, '/file');
    const unfit = unfitPaper(limits, { type, bytes, pages: found.pages });
    if (unfit) throw fault('not-acceptable', unfit, lang, '/file');
    const now = await ctx.clock.now(ctx.pool as Db);
    return {
      ...file,
      personId,
      kind,
      type,
      bytes,
      sha256,
      pages: found.pages,
      fileName: shortName(incoming.name, type),
      receivedAt: now,
      receivedBy: request.actor.accountId,
      ...(found.index ? { images: found.index } : {}),
    };
  } catch (error) {
    await ctx.storage.remove(file.storageKey);
    throw error;
  }
}

/** Counts, hashes and looks at the bytes on their way; throws at the first byte too many or once the type is known to be wrong. */
function measured(incoming: Incoming, limits: PaperLimits, lang: Language) {
  const hash = createHash('sha256');
  let bytes = 0;
  let type: PaperType | undefined;

  const check = async (head: Buffer) => {
    if (head.length === 0) throw fault('not-acceptable', 'empty', lang, '/file');
    type = await typeOfContent(head.subarray(0, headLength));
    if (!type) throw fault('wrong-media-type', 'unknown-type', lang, '/file');
    const claimed = claimedType(incoming.name, incoming.mediaType);
    if (claimed !== undefined && claimed !== type) throw fault('wrong-media-type', 'not-what-it-says', lang, '/file');
    if (!limits.formats.includes(type)) throw fault('wrong-media-type', 'format', lang, '/file');
  };
  return {
    async *bytesOf(): AsyncGenerator<Buffer> {
      let head: Buffer = Buffer.alloc(0);
      try {
        for await (const chunk of incoming.chunks()) {
          bytes += chunk.length;
          if (bytes > limits.maxBytes) throw fault('too-large', 'bytes', lang, '/file');
          hash.update(chunk);
          if (type) yield chunk;
          else head = Buffer.concat([head, chunk]);
          if (type || head.length < headLength) continue;
          await check(head);
          yield head;
        }
      } catch (error) {
        throw error instanceof Problem ? error : fault('invalid-request', 'cut-short', lang, '/file', error);
      }
      if (type) return;
      await check(head);
      yield head;
    },
    result: () => ({ type: type!, bytes, sha256: hash.digest() }),
  };
}

async function putOnFile(db: Db, request: FastifyRequest, { images, ...paper }: Received): Promise<Paper> {
  const { ctx, actor } = request;
  const inserted = await insertPaper(db, ctx, paper);
  if (inserted && images) await insertImageIndex(db, ctx, inserted, images);
  const found = inserted ?? (await findSamePaper(db, ctx, paper));
  if (!found) throw new Error(`Paper ${paper.id} neither went in nor was there`);
  await recordAudit(db, ctx, {
    actor,
    action: 'paper.uploaded',
    subject: `paper:${found.id}`,
    personId: found.personId,
    details: {
      kind: found.kind,
      type: found.type,
      bytes: found.bytes,
      pages: found.pages,
      again: inserted === undefined,
    },
    now: paper.receivedAt,
  });
  return found;
}

function readFields(fields: { personId?: string; kind?: string }, lang: Language): { personId: string; kind: string } {
  const { personId, kind } = fields;
  if (personId === undefined || kind === undefined) throw fault('invalid-request', 'fields-first', lang);
  if (!z.uuid().safeParse(personId).success) throw new Problem('not-found', { pointer: '/personId' });
  return { personId, kind };
}

/** What the plans of a person take as this kind of paper. @throws Problem not-acceptable for a kind none knows */
export async function getLimits(ctx: Ctx, personId: string, kind: string, lang: Language): Promise<PaperLimits> {
  const codes = await listPlanCodes(ctx.pool as Db, ctx, personId);
  const limits = findPaperLimits(
    ctx.plans.filter((plan) => codes.includes(plan.plan)),
    kind,
  );
  if (!limits) throw fault('not-acceptable', 'unknown-kind', lang, '/kind');
  return limits;
}

/** Reads the rest of a refused file away, so that the answer is heard; a sender without end is cut off. */
function drain(file: Readable): void {
  let left = 512 * 1024 * 1024;
  file.on('error', () => {});
  file.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) file.destroy();
  });
}

/** The name without folders and control characters, at most 120 characters: it is shown, never used as a path. */
function shortName(name: string, type: PaperType): string {
  const base = (name.split(/[\\/]/).at(-1) ?? '').replace(/\p{C}/gu, '').trim();
  return base === '' ? `paper.${type}` : [...base].slice(-120).join('');
}

function fault(code: ProblemCode, why: PaperFault, lang: Language, pointer?: string, cause?: unknown): Problem {
  const detail = paperWords(why, lang);
  return new Problem(code, {
    detail,
    ...(pointer ? { pointer, errors: [{ pointer, detail, code: why }] } : {}),
    ...(cause ? { cause } : {}),
  });
}

const unknownField = (name: string): Problem => {
  const pointer = `/${name.slice(0, 40)}`;
  return new Problem('invalid-request', {
    pointer,
    errors: [
      {
        pointer,
        detail: { zh: '这个表单只有 personId、kind 和 file。', en: 'This form has personId, kind and file.' },
      },
    ],
  });
};
