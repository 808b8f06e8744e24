import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PaperView } from '#contract/cases.ts';
import { Id } from '#contract/common.ts';
import { BeginUpload, FinishUpload, PART_BYTES, UploadView } from '#contract/uploads.ts';
import { claimedType } from '#domain/papers/limits.ts';
import type { App } from '#server/app.ts';
import { findCaseRole } from '#server/cases/access.ts';
import { mayUsePerson } from '#server/cases/hooks.ts';
import { findCase } from '#server/cases/queries.ts';
import { getLimits } from '#server/papers/intake.ts';
import { viewPaper } from '#server/papers/view.ts';
import { paperWords } from '#server/papers/words.ts';
import { machineNow } from '#server/platform/clock.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { finishUpload, takePart } from './parts.ts';
import { beginUpload, countOpenUploads, findUpload, listParts, type Upload } from './queries.ts';

/** Files of one account under way at once: a telephone sends one, and a few may have been given up. */
const MOST_OPEN = 10;
const params = z.strictObject({ id: Id });
/** RFC 9530: `sha-256=:<base64>:`. */
const ContentDigest = z.string().regex(/^sha-256=:[A-Za-z0-9+/]{43}=:$/);

/** A member's file in parts: begun or found again, its parts in any order and number, and its end. */
export async function uploadRoutes(app: App): Promise<void> {
  app.post(
    '/uploads',
    { config: { allow: ['member'] }, schema: { body: BeginUpload, response: { 200: UploadView } } },
    async (request) => {
      const { ctx, actor, body, lang } = request;
      const personId = await personOf(request, body);
      const { kind, fileName, mediaType, bytes } = body;
      const limits = await getLimits(ctx, personId, kind, lang);
      if (bytes > limits.maxBytes)
        throw new Problem('too-large', { pointer: '/bytes', detail: paperWords('bytes', lang) });
      const claimed = claimedType(fileName, mediaType);
      if (claimed === 'contradiction' || (claimed && !limits.formats.includes(claimed)))
        throw new Problem('wrong-media-type', { pointer: '/mediaType', detail: paperWords('format', lang) });
      const accountId = actor.accountId!;
      const digest = Buffer.from(body.digest, 'hex');
      return inTransaction(ctx.pool, async (db) => {
        const upload = await beginUpload(
          db,
          ctx,
          { accountId, personId, kind, digest, bytes, fileName, mediaType },
          machineNow(),
        );
        if ((await countOpenUploads(db, ctx, accountId)) > MOST_OPEN) throw new Problem('too-many-requests');
        const parts = (await listParts(db, ctx, upload.id)).map(({ n }) => n);
        return { id: upload.id, partBytes: PART_BYTES, parts, done: upload.paperId !== null };
      });
    },
  );

  app.post(
    '/uploads/:id/finish',
    { config: { allow: ['member'] }, schema: { params, body: FinishUpload, response: { 200: PaperView } } },
    async (request) => {
      const { ctx, body, lang } = request;
      const upload = await getOwn(request);
      // Asked again: what she may for this person can have ended while the file was on its way.
      const { personId } = upload;
      if ((await personOf(request, body.caseId ? body : { personId })) !== personId) throw new Problem('not-found');
      return viewPaper(ctx, await finishUpload(request, upload), lang);
    },
  );

  // Bytes are read on this route only, and no more of them than a part has.
  await app.register(async (scope) => {
    const server = scope.withTypeProvider() as unknown as App;
    server.addContentTypeParser(
      'application/octet-stream',
      { parseAs: 'buffer', bodyLimit: PART_BYTES + 1 },
      (_request, body, done) => done(null, body),
    );
    server.post(
      '/uploads/:id/parts/:n',
      {
        config: { allow: ['member'] },
        schema: {
          params: params.extend({ n: z.coerce.number().int().min(0).max(100_000) }),
          headers: z.looseObject({ 'content-digest': ContentDigest }),
          body: z.instanceof(Buffer).meta({ type: 'string', format: 'binary' }),
          response: { 204: z.null() },
        },
      },
      async (request, reply) => {
        const upload = await getOwn(request);
        const digest = Buffer.from(request.headers['content-digest'].slice('sha-256=:'.length, -1), 'base64');
        await takePart(request.ctx, upload, request.params.n, request.body, digest);
        return reply.code(204).send(null);
      },
    );
  });
}

/** Whose file it is, by the case or by name; what the caller may not use does not exist for her. */
async function personOf(
  { ctx, actor }: FastifyRequest,
  of: { personId?: string | undefined; caseId?: string | undefined },
): Promise<string> {
  const db = ctx.pool as Db;
  const now = await ctx.clock.now(db);
  if (of.caseId !== undefined) {
    const row = await findCase(db, ctx, of.caseId);
    if (!row || !(await findCaseRole(db, ctx, actor, row, now))) throw new Problem('not-found', { pointer: '/caseId' });
    return row.personId;
  }
  const { personId } = of;
  if (personId === undefined || !(await mayUsePerson(db, ctx, actor, personId, now)))
    throw new Problem('not-found', { pointer: '/personId' });
  return personId;
}

/** The caller's own upload; anybody else's is not there. */
async function getOwn({ ctx, actor, params: asked }: FastifyRequest): Promise<Upload> {
  const found = await findUpload(ctx.pool as Db, ctx, (asked as { id: string }).id, actor.accountId!);
  if (!found) throw new Problem('not-found');
  return found;
}
