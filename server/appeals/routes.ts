import { z } from 'zod';
import { DecisionView } from '#contract/cases.ts';
import { Id, listOf, PageQuery, type Role } from '#contract/common.ts';
import { AnswerAppeal, AppealView } from '#contract/operations.ts';
import { AppealText } from '#contract/supervision.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { answerAppeal, fileAppeal, getAppeal, listAppeals } from './appeals.ts';
import { getDecision } from './decision-view.ts';

const params = z.strictObject({ id: Id });
const answering = { allow: ['supervisor', 'reviewer'] satisfies Role[] };

/** Decisions as they were taken, and appeals against them. */
export async function appealRoutes(app: App): Promise<void> {
  app.get(
    '/decisions/:id',
    {
      config: { allow: ['member', 'service-desk', 'reviewer', 'supervisor'] },
      schema: { params, response: { 200: DecisionView } },
    },
    ({ ctx, actor, lang, params: { id } }) =>
      inTransaction(ctx.pool, async (db) => getDecision(db, ctx, actor, lang, id, await ctx.clock.now(db))),
  );
  app.post(
    '/decisions/:id/appeal',
    {
      config: { allow: ['member', 'service-desk'] },
      schema: { params, body: AppealText, response: { 200: DecisionView } },
    },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        const now = await ctx.clock.now(db);
        await fileAppeal(db, ctx, actor, id, body.text, now);
        return { status: 200, body: await getDecision(db, ctx, actor, lang, id, now) };
      }),
  );
  app.get(
    '/appeals',
    { config: answering, schema: { querystring: PageQuery, response: { 200: listOf(AppealView) } } },
    ({ ctx, actor, lang, query }) =>
      inTransaction(ctx.pool, async (db) => listAppeals(db, ctx, actor, lang, query, await ctx.clock.now(db))),
  );
  app.post(
    '/appeals/:id/answer',
    { config: answering, schema: { params, body: AnswerAppeal, response: { 200: AppealView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        const now = await ctx.clock.now(db);
        await answerAppeal(db, ctx, actor, id, body, now);
        return { status: 200, body: await getAppeal(db, ctx, actor, lang, id, now) };
      }),
  );
}
