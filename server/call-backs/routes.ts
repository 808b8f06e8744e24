import { z } from 'zod';
import { AskCallBack, CallBackDesk, CallBackDoes, MyCallBacks } from '#contract/call-backs.ts';
import { Id, type Role } from '#contract/common.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { askCallBack, deskDoes, withdrawCallBack } from './call-backs.ts';
import { listDesk, listMyCallBacks } from './view.ts';

const params = z.strictObject({ id: Id });
const hers = { allow: ['member'] satisfies Role[] };
const desk = { allow: ['service-desk', 'supervisor'] satisfies Role[] };

/** Who wants to be called back, and the service desk that calls. */
export async function callBackRoutes(app: App): Promise<void> {
  app.get('/call-backs', { config: hers, schema: { response: { 200: MyCallBacks } } }, ({ ctx, actor, lang }) =>
    inTransaction(ctx.pool, async (db) => listMyCallBacks(db, ctx, actor, lang, await ctx.clock.now(db))),
  );
  app.post(
    '/call-backs',
    { config: hers, schema: { body: AskCallBack, response: { 201: z.strictObject({ id: Id }) } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, body }) => ({
        status: 201,
        body: { id: await askCallBack(db, ctx, actor, body, await ctx.clock.now(db)) },
      })),
  );
  app.post(
    '/call-backs/:id/withdraw',
    { config: hers, schema: { params, response: { 200: MyCallBacks } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id } }) => {
        const now = await ctx.clock.now(db);
        await withdrawCallBack(db, ctx, actor, id, now);
        return { status: 200, body: await listMyCallBacks(db, ctx, actor, lang, now) };
      }),
  );
  app.get('/call-back-desk', { config: desk, schema: { response: { 200: CallBackDesk } } }, ({ ctx, actor, lang }) =>
    inTransaction(ctx.pool, async (db) => listDesk(db, ctx, actor, lang, await ctx.clock.now(db))),
  );
  app.post(
    '/call-back-desk/:id/acts',
    { config: desk, schema: { params, body: CallBackDoes, response: { 200: CallBackDesk } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        const now = await ctx.clock.now(db);
        await deskDoes(db, ctx, actor, id, body, now);
        return { status: 200, body: await listDesk(db, ctx, actor, lang, now) };
      }),
  );
}
