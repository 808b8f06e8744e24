import { z } from 'zod';
import { DecisionView } from '#contract/cases.ts';
import { Id, listOf, PageQuery, type Role } from '#contract/common.ts';
import {
  ComplainantDoes,
  ComplaintFile,
  ComplaintFiled,
  ComplaintList,
  ComplaintRowView,
  ComplaintView,
  FileComplaint,
  FileLetter,
  HandlerDoes,
} from '#contract/complaints.ts';
import { AppealText } from '#contract/supervision.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import type { App } from '#server/app.ts';
import { getDecision, getVisibleDecision } from '#server/decisions/decision-view.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { complainantDoes, handlerDoes } from './acts.ts';
import { type Filed, fileComplaint, fileLetter } from './file.ts';
import { listDesk, listMine, readComplaint, readFile } from './lists.ts';

const params = z.strictObject({ id: Id });
const hers = { allow: ['member', 'service-desk'] satisfies Role[] };
const desk = { allow: ['complaint-handler', 'supervisor'] satisfies Role[] };
const filed = ({ id, number, due }: Filed) => ({ status: 201, body: { id, number, due: formatInstant(due) } });

/** Decisions as they were taken, complaints about them and about anything else, and the desk that answers them. */
export async function complaintRoutes(app: App): Promise<void> {
  app.get(
    '/decisions/:id',
    {
      config: { allow: ['member', 'service-desk', 'reviewer', 'supervisor', 'complaint-handler'] },
      schema: { params, response: { 200: DecisionView } },
    },
    ({ ctx, actor, lang, params: { id } }) =>
      inTransaction(ctx.pool, async (db) => getDecision(db, ctx, actor, lang, id, await ctx.clock.now(db))),
  );
  app.post(
    '/decisions/:id/appeal',
    { config: hers, schema: { params, body: AppealText, response: { 200: DecisionView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        const now = await ctx.clock.now(db);
        await getVisibleDecision(db, ctx, actor, id, now);
        await fileComplaint(db, ctx, actor, { kind: 'decision', decisionId: id, text: body.text }, now);
        return { status: 200, body: await getDecision(db, ctx, actor, lang, id, now) };
      }),
  );

  app.post(
    '/complaints',
    { config: hers, schema: { body: FileComplaint, response: { 201: ComplaintFiled } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, body }) =>
        filed(await fileComplaint(db, ctx, actor, body, await ctx.clock.now(db))),
      ),
  );
  app.get(
    '/complaints',
    {
      config: hers,
      schema: { querystring: z.strictObject({ personId: Id.optional() }), response: { 200: ComplaintList } },
    },
    ({ ctx, actor, lang, query }) =>
      inTransaction(ctx.pool, async (db) => listMine(db, ctx, actor, query.personId, lang, await ctx.clock.now(db))),
  );
  app.get(
    '/complaints/:id',
    { config: hers, schema: { params, response: { 200: ComplaintView } } },
    ({ ctx, actor, lang, params: { id } }) =>
      inTransaction(ctx.pool, async (db) => readComplaint(db, ctx, actor, id, lang, await ctx.clock.now(db))),
  );
  app.post(
    '/complaints/:id/acts',
    { config: hers, schema: { params, body: ComplainantDoes, response: { 200: ComplaintView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        const now = await ctx.clock.now(db);
        await complainantDoes(db, ctx, actor, id, body, now);
        return { status: 200, body: await readComplaint(db, ctx, actor, id, lang, now) };
      }),
  );

  app.get(
    '/complaint-desk',
    { config: desk, schema: { querystring: PageQuery, response: { 200: listOf(ComplaintRowView) } } },
    ({ ctx, actor, lang, query }) =>
      inTransaction(ctx.pool, async (db) => listDesk(db, ctx, actor, query, lang, await ctx.clock.now(db))),
  );
  app.post(
    '/complaint-desk/letters',
    { config: desk, schema: { body: FileLetter, response: { 201: ComplaintFiled } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, body }) =>
        filed(await fileLetter(db, ctx, actor, body, await ctx.clock.now(db))),
      ),
  );
  app.get(
    '/complaint-desk/:id',
    { config: desk, schema: { params, response: { 200: ComplaintFile } } },
    ({ ctx, actor, lang, params: { id } }) =>
      inTransaction(ctx.pool, async (db) => readFile(db, ctx, actor, id, lang, await ctx.clock.now(db))),
  );
  app.post(
    '/complaint-desk/:id/acts',
    { config: desk, schema: { params, body: HandlerDoes, response: { 200: ComplaintFile } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        const now = await ctx.clock.now(db);
        await handlerDoes(db, ctx, actor, id, body, now);
        return { status: 200, body: await readFile(db, ctx, actor, id, lang, now) };
      }),
  );
}
