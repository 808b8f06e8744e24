import { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PaperView } from '#contract/cases.ts';
import { Id, listOf, PageQuery, type Role } from '#contract/common.ts';
import { isOutside } from '#domain/journeys/journey.ts';
import { groupOfPaper } from '#domain/papers/limits.ts';
import type { App } from '#server/app.ts';
import { recordAudit } from '#server/audit/record.ts';
import { recordDisclosure } from '#server/consents/disclosures.ts';
import { getPersonKey } from '#server/persons/seal.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { Problem } from '#server/platform/problem.ts';
import type { CanOpenPaper, MayUsePerson, OnPaperOpened } from './access.ts';
import { listLastVerdicts } from './case-papers.ts';
import { readFile, readWhole } from './files.ts';
import { renderPreview } from './inspect.ts';
import { receiveUpload } from './intake.ts';
import { findPaper, listPapers, type Paper } from './queries.ts';
import { isRestricted } from './readers.ts';
import { viewPaper } from './view.ts';

export type PaperHooks = {
  readonly mayUsePerson: MayUsePerson;
  readonly canOpenPaper: CanOpenPaper;
  readonly onOpened?: OnPaperOpened;
};

const filing: Role[] = ['member', 'service-desk'];
/** Who may open a paper at all. */
export const OPENING: Role[] = [
  'member',
  'service-desk',
  'reviewer',
  'case-manager',
  'provider',
  'laboratory',
  'expert',
  'video-doctor',
  'drug-reviewer',
  'drug-consultant',
  'aid-assistant',
  'car-t-specialist',
  'pharmacist',
  'hospital-staff',
  'complaint-handler',
  'supervisor',
];
const mediaTypes = { jpg: 'image/jpeg', png: 'image/png', pdf: 'application/pdf', zip: 'application/zip' } as const;
const File = z.any().describe('the bytes of the file');

/** Hand in, list and look at papers. Who may is asked of the hooks; what may not be seen is 404. */
export async function paperRoutes(app: App, hooks: PaperHooks): Promise<void> {
  if (!app.hasContentTypeParser('multipart/form-data')) await app.register(multipart);

  app.post(
    '/papers',
    { config: { allow: filing }, schema: { response: { 201: PaperView } } },
    async (request, reply) => {
      const { ctx, actor, lang } = request;
      const mayUse = async (db: Db, personId: string) =>
        hooks.mayUsePerson(db, ctx, actor, personId, await ctx.clock.now(db));
      return receiveUpload(request, { mayUse }, (keep) =>
        answerOnce(request, reply, async (db) => ({ status: 201, body: viewPaper(ctx, await keep(db), lang) })),
      );
    },
  );

  app.get(
    '/papers',
    {
      config: { allow: filing },
      schema: { querystring: PageQuery.extend({ personId: Id }), response: { 200: listOf(PaperView) } },
    },
    async (request) => {
      const { ctx, actor, lang } = request;
      const { personId, limit } = request.query;
      return inTransaction(ctx.pool, async (db) => {
        const now = await ctx.clock.now(db);
        if (!(await hooks.mayUsePerson(db, ctx, actor, personId, now)))
          throw new Problem('not-found', { pointer: '/personId' });
        // What a plan gives to few is reached through its case alone.
        const papers = (await listPapers(db, ctx, personId, limit)).filter(
          ({ kind }) => !isRestricted(ctx.plans, kind),
        );
        await recordAudit(db, ctx, {
          actor,
          action: 'paper.listed',
          subject: `person:${personId}`,
          personId,
          details: { papers: papers.length },
          now,
        });
        const said = new Map((await listLastVerdicts(db, ctx, personId)).map((one) => [one.paperId, one]));
        const items = papers.map((paper) => {
          const last = said.get(paper.id);
          return viewPaper(ctx, paper, lang, last && { kind: paper.kind, reason: null, ...last });
        });
        return { items, next: null };
      });
    },
  );

  const params = z.strictObject({ id: Id });
  app.get(
    '/papers/:id/preview',
    {
      config: { allow: OPENING },
      schema: {
        params,
        querystring: z.strictObject({ page: z.coerce.number().int().min(1).default(1) }),
        response: { 200: File },
      },
    },
    async (request, reply) => {
      const paper = await openPaper(request, request.params.id, request.query.page, 'paper.previewed', hooks);
      // An archive has no picture of its own: its images are looked at one by one.
      if (paper.type === 'zip') throw new Problem('not-found', { pointer: '/page' });
      // pdf.js fetches a PDF and draws it with scripts off; a browser that is sent here by hand may only save it.
      if (paper.type === 'pdf') return sendPlain(request, reply, paper);
      const dataKey = await getPersonKey(request.ctx.pool as Db, request.ctx, paper.personId);
      const image = await renderPreview(await readWhole(request.ctx, dataKey, paper));
      return guarded(reply).type('image/webp').header('content-disposition', 'inline').send(image);
    },
  );

  app.get(
    '/papers/:id/original',
    { config: { allow: OPENING }, schema: { params, response: { 200: File } } },
    async (request, reply) => {
      const paper = await openPaper(request, request.params.id, 1, 'paper.downloaded', hooks);
      return sendPlain(request, reply, paper);
    },
  );
}

/** Asks for permission and writes the opening down before a byte leaves: audit, and for a provider the disclosure. */
export async function openPaper(
  request: FastifyRequest,
  id: string,
  page: number,
  action: 'paper.previewed' | 'paper.downloaded',
  hooks: PaperHooks,
): Promise<Paper> {
  const { ctx, actor } = request;
  return inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    const paper = await findPaper(db, ctx, id);
    const access = paper && (await hooks.canOpenPaper(db, ctx, actor, paper, now));
    if (!paper || !access) throw new Problem('not-found');
    if (page > paper.pages) throw new Problem('not-found', { pointer: '/page' });
    const { caseId, consentId } = access;
    await recordAudit(db, ctx, {
      actor,
      action,
      subject: `paper:${id}`,
      ...(caseId ? { caseId } : {}),
      personId: paper.personId,
      details: { kind: paper.kind, consent: consentId, ...(paper.type === 'zip' ? { image: page } : {}) },
      now,
    });
    if (isOutside(actor.role) && actor.provider !== null && caseId !== null && consentId !== null) {
      const what = {
        groups: [groupOfPaper(ctx.plans, paper.kind)],
        fields: [`papers.${paper.kind}`],
        contentVersion: `paper:${id}`,
      };
      await recordDisclosure(db, ctx, {
        personId: paper.personId,
        caseId,
        recipient: actor.provider,
        actor,
        ...what,
        consentId,
        now,
      });
    }
    await hooks.onOpened?.(db, ctx, actor, paper, now);
    return paper;
  });
}

/** The file as it was handed in, decrypted on the way. Who may have it was found out before. */
export async function sendPlain(request: FastifyRequest, reply: FastifyReply, paper: Paper): Promise<FastifyReply> {
  const { ctx } = request;
  const dataKey = await getPersonKey(ctx.pool as Db, ctx, paper.personId);
  const frames = await readFile(ctx, dataKey, paper);
  // The first frame is proven before the headers go; a later one that does not open breaks the connection off.
  const first = await frames.next();
  const all = async function* () {
    if (!first.done) yield first.value;
    yield* frames;
  };
  return guarded(reply)
    .type(mediaTypes[paper.type])
    .header('content-length', paper.bytes)
    .header(
      'content-disposition',
      `attachment; filename="paper.${paper.type}"; filename*=UTF-8''${encodeName(paper.fileName)}`,
    )
    .send(Readable.from(all(), { objectMode: false }));
}

/** Whatever the upload holds, a browser neither runs it, nor guesses another type, nor keeps it. */
export function guarded(reply: FastifyReply): FastifyReply {
  return reply
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .header('cross-origin-resource-policy', 'same-origin');
}

const encodeName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
