import { z } from 'zod';
import { Id, listOf, PageQuery, type Role } from '#contract/common.ts';
import { ApprovalView, BreachView, ConfirmCause, DecideApproval, RunningClock } from '#contract/operations.ts';
import { AppealText, AskCorrection, AskedApproval, CorrectBreach, PromiseWeeks } from '#contract/supervision.ts';
import type { App } from '#server/app.ts';
import { getVisibleCase } from '#server/cases/access.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { askCorrection, decideApproval, getApproval, listApprovals } from './approvals.ts';
import { appealBreach, askClockCorrection, confirmCause, getBreach, listBreaches } from './breaches.ts';
import { listRunningClocks } from './clock-list.ts';
import { countPromises } from './promise-stats.ts';

const params = z.strictObject({ id: Id });
const watch = { allow: ['operations', 'supervisor'] satisfies Role[] };

/** Clocks, breaches, approvals and the figures of promises: the desks of operations and supervisors. */
export async function operationsRoutes(app: App): Promise<void> {
  app.get(
    '/clocks',
    { config: watch, schema: { querystring: PageQuery, response: { 200: listOf(RunningClock) } } },
    ({ ctx, lang, query }) =>
      inTransaction(ctx.pool, async (db) => listRunningClocks(db, ctx, lang, query, await ctx.clock.now(db))),
  );
  app.get('/stats/promises', { config: watch, schema: { response: { 200: PromiseWeeks } } }, ({ ctx }) =>
    inTransaction(ctx.pool, async (db) => countPromises(db, ctx, await ctx.clock.now(db))),
  );

  app.get(
    '/breaches',
    {
      config: { allow: ['operations', 'supervisor', 'provider'] },
      schema: { querystring: PageQuery, response: { 200: listOf(BreachView) } },
    },
    ({ ctx, actor, lang, query }) => inTransaction(ctx.pool, (db) => listBreaches(db, ctx, actor, lang, query)),
  );
  app.post(
    '/breaches/:id/cause',
    { config: { allow: ['operations'] }, schema: { params, body: ConfirmCause, response: { 200: BreachView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        await confirmCause(db, ctx, actor, id, body, await ctx.clock.now(db));
        return { status: 200, body: await getBreach(db, ctx, lang, id) };
      }),
  );
  app.post(
    '/breaches/:id/appeal',
    { config: { allow: ['provider'] }, schema: { params, body: AppealText, response: { 200: BreachView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        await appealBreach(db, ctx, actor, id, body.text, await ctx.clock.now(db));
        return { status: 200, body: await getBreach(db, ctx, lang, id) };
      }),
  );
  app.post(
    '/breaches/:id/correct',
    { config: watch, schema: { params, body: CorrectBreach, response: { 200: BreachView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        await askClockCorrection(db, ctx, actor, id, body, await ctx.clock.now(db));
        return { status: 200, body: await getBreach(db, ctx, lang, id) };
      }),
  );

  app.get(
    '/approvals',
    { config: { allow: ['supervisor'] }, schema: { querystring: PageQuery, response: { 200: listOf(ApprovalView) } } },
    ({ ctx, actor, lang, query }) =>
      inTransaction(ctx.pool, async (db) => listApprovals(db, ctx, actor, lang, query, await ctx.clock.now(db))),
  );
  app.post(
    '/approvals/:id',
    { config: { allow: ['supervisor'] }, schema: { params, body: DecideApproval, response: { 200: ApprovalView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        await decideApproval(db, ctx, actor, id, body, await ctx.clock.now(db));
        return { status: 200, body: await getApproval(db, ctx, lang, id) };
      }),
  );
  app.post(
    '/cases/:id/corrections',
    {
      config: { allow: ['supervisor', 'reviewer'] },
      schema: { params, body: AskCorrection, response: { 201: AskedApproval } },
    },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, params: { id }, body }) => {
        const now = await ctx.clock.now(db);
        const { row } = await getVisibleCase(db, ctx, actor, id, now);
        return { status: 201, body: { approvalId: await askCorrection(db, ctx, actor, row, body, now) } };
      }),
  );
}
