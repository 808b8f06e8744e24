/** WeChat's doors: in through it, bound to it, told by it. Without an official account they lead nowhere, politely. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AskPageConfig, AskWeChatCode, BindWeChat, BoundWeChat, PageConfig, WeChatView } from '#contract/wechat.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { clearCookie, makeToken, readCookie, writeCookie } from '#server/accounts/cookies.ts';
import { askSignInCode } from '#server/accounts/member-sign-in.ts';
import { viewSession } from '#server/accounts/session-view.ts';
import type { App } from '#server/app.ts';
import type { WeChatGateway } from '#server/gateways/wechat.ts';
import type { Db } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { Problem } from '#server/platform/problem.ts';
import { endBinding, findBindingOfPerson } from './bindings.ts';
import { isFromWeChat, takeEvent } from './events.ts';
import { signPage } from './page-config.ts';
import { bindWeChat, comeBack, leaveForWeChat, type NotIn, ownPage } from './sign-in.ts';

const shortText = z.string().max(600).optional();
const SignedQuery = z.object({
  signature: z.string().max(80).default(''),
  timestamp: z.string().max(20).default(''),
  nonce: z.string().max(80).default(''),
  echostr: shortText,
});
/** What WeChat calls with is a few hundred bytes. */
const MAX_EVENT_BYTES = 16_384;

export async function weChatRoutes(app: App): Promise<void> {
  app.get(
    '/wechat/start',
    { config: { allow: 'public' }, schema: { querystring: z.object({ to: shortText }), response: { 302: z.null() } } },
    async (request, reply) => {
      const { ctx, query } = request;
      const wechat = ctx.gateways.wechat;
      if (!wechat) return goTo(reply, ownPage(query.to), 'off');
      const left = await leaveForWeChat(ctx, wechat, { to: query.to, address: request.ip });
      if (!left) return goTo(reply, ownPage(query.to), 'busy');
      writeCookie(request, reply, 'wechat', left.token);
      return reply.redirect(left.url);
    },
  );

  app.get(
    '/wechat/callback',
    {
      config: { allow: 'public' },
      schema: { querystring: z.object({ code: shortText, state: shortText }), response: { 302: z.null() } },
    },
    async (request, reply) => {
      const { ctx, query } = request;
      const wechat = ctx.gateways.wechat;
      if (!wechat) return goTo(reply, '/', 'off');
      const newDevice = makeToken();
      const device = readCookie(request, 'device');
      const { to, notIn, step } = await comeBack(ctx, wechat, {
        ...query,
        state: query.state,
        code: query.code,
        token: readCookie(request, 'wechat'),
        device,
        newDevice,
        carried: readCookie(request, 'session'),
      });
      if (step) {
        clearCookie(request, reply, 'wechat');
        writeCookie(request, reply, 'device', device ?? newDevice);
        writeCookie(request, reply, 'session', step.token);
      }
      return goTo(reply, to, notIn);
    },
  );

  app.post(
    '/wechat/code',
    { config: { allow: 'public' }, schema: { body: AskWeChatCode, response: { 204: z.null() } } },
    async (request, reply) => {
      getWeChat(request);
      await askSignInCode(request.ctx, { phone: request.body.phone, address: request.ip, purpose: 'wechat' });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/wechat/bind',
    { config: { allow: 'public' }, schema: { body: BindWeChat, response: { 200: BoundWeChat } } },
    async (request, reply) => {
      const { ctx, body, lang } = request;
      getWeChat(request);
      const newDevice = makeToken();
      const device = readCookie(request, 'device');
      const { step, to } = await bindWeChat(ctx, {
        ...body,
        address: request.ip,
        token: readCookie(request, 'wechat'),
        device,
        newDevice,
        carried: readCookie(request, 'session'),
      });
      if (!('token' in step)) return { session: null, to, attemptsLeft: step.attemptsLeft };
      clearCookie(request, reply, 'wechat');
      writeCookie(request, reply, 'device', device ?? newDevice);
      writeCookie(request, reply, 'session', step.token);
      return { session: await viewSession(ctx.pool, ctx, step.actor, lang), to };
    },
  );

  app.get('/wechat', { config: { allow: ['member'] }, schema: { response: { 200: WeChatView } } }, async (request) => {
    const { ctx, actor } = request;
    const { wechat } = ctx.gateways;
    const binding = await findBindingOfPerson(ctx.pool as Db, ctx, actor.personId!);
    const messages = wechat?.settings.template ? (binding?.subscribed ?? null) : false;
    return {
      available: wechat !== null,
      binding: binding ? { boundAt: formatInstant(binding.boundAt), messages } : null,
    };
  });

  app.delete(
    '/wechat/binding',
    { config: { allow: ['member'] }, schema: { response: { 204: z.null() } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor } = request;
        await endBinding(db, ctx, actor, actor.personId!, 'by-member', await ctx.clock.now(db));
        return { status: 204, body: null };
      }),
  );

  app.post(
    '/wechat/js-config',
    { config: { allow: ['member'] }, schema: { body: AskPageConfig, response: { 200: PageConfig } } },
    async (request) => signPage(request.ctx, getWeChat(request), request.body.url),
  );

  // XML is read on these two routes only.
  await app.register(async (scope) => {
    const server = scope.withTypeProvider() as unknown as App;
    server.addContentTypeParser(
      ['text/xml', 'application/xml'],
      { parseAs: 'string', bodyLimit: MAX_EVENT_BYTES },
      (_request, body, done) => done(null, body),
    );
    const answer = { 200: z.string().describe('text for WeChat') };
    server.get(
      '/wechat/events',
      { config: { allow: 'public' }, schema: { querystring: SignedQuery, response: answer } },
      async (request, reply) => {
        assertFromWeChat(request, request.query);
        return reply.type('text/plain').send(request.query.echostr ?? '');
      },
    );
    server.post(
      '/wechat/events',
      {
        config: { allow: 'public' },
        schema: { querystring: SignedQuery, body: z.string().max(MAX_EVENT_BYTES), response: answer },
      },
      async (request, reply) => {
        assertFromWeChat(request, request.query);
        await takeEvent(request.ctx, request.body);
        return reply.type('text/plain').send('success');
      },
    );
  });
}

/** The adapter; where there is none, what asks for it is not there. */
function getWeChat({ ctx }: FastifyRequest): WeChatGateway {
  if (!ctx.gateways.wechat) throw new Problem('not-found');
  return ctx.gateways.wechat;
}

function assertFromWeChat(request: FastifyRequest, query: z.infer<typeof SignedQuery>): void {
  if (!isFromWeChat(getWeChat(request), query)) throw new Problem('not-allowed');
}

/** To a page of ours, which says in plain words why somebody was not let in. */
function goTo(reply: FastifyReply, to: string, notIn?: NotIn): FastifyReply {
  const page = new URL(to, 'http://own');
  if (notIn) page.searchParams.set('wechat', notIn);
  return reply.redirect(`${page.pathname}${page.search}`);
}
