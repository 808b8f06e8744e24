/** What members say of their cases, and what the desks read of it. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { CaseView } from '#contract/cases.ts';
import { Id, type Role } from '#contract/common.ts';
import { QualityQuery, QualityView, SatisfactionInput } from '#contract/satisfaction.ts';
import type { App } from '#server/app.ts';
import { findCase } from '#server/cases/queries.ts';
import { viewCase } from '#server/cases/view.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { exportQuality, viewQuality } from './quality.ts';
import { saySatisfaction } from './say.ts';

const READERS: Role[] = ['supervisor', 'operations', 'provider', 'hospital-staff'];
const File = z.any().describe('a CSV file in UTF-8 with a BOM');

export async function satisfactionRoutes(app: App): Promise<void> {
  app.post(
    '/cases/:id/satisfaction',
    {
      config: { allow: ['member'] },
      schema: { params: z.strictObject({ id: Id }), body: SatisfactionInput, response: { 200: CaseView } },
    },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        const role = await saySatisfaction(db, ctx, actor, id, body, lang);
        const row = (await findCase(db, ctx, id))!;
        return { status: 200, body: await viewCase(db, ctx, actor, row, role, lang, await ctx.clock.now(db)) };
      }),
  );
  app.get(
    '/service-quality',
    { config: { allow: READERS }, schema: { querystring: QualityQuery, response: { 200: QualityView } } },
    ({ ctx, actor, lang, query }) => inTransaction(ctx.pool, (db) => viewQuality(db, ctx, actor, query, lang)),
  );
  app.get(
    '/service-quality/export',
    { config: { allow: READERS }, schema: { querystring: QualityQuery, response: { 200: File } } },
    async ({ ctx, actor, lang, query }, reply): Promise<FastifyReply> => {
      const view = await inTransaction(ctx.pool, (db) => viewQuality(db, ctx, actor, query, lang));
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="service-quality-${view.from}-${view.to}.csv"`)
        .send(exportQuality(view, lang));
    },
  );
}
