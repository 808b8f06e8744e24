import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ChangePassword, DraftKey, SwitchRole } from '#contract/accounts.ts';
import { AskCode, PasswordSignIn, PublicInfo, SessionView, SignInResult, VerifyCode } from '#contract/people.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import type { App } from '#server/app.ts';
import { type AuditDetails, recordAudit } from '#server/audit/record.ts';
import { machineNow } from '#server/platform/clock.ts';
import { inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { clearCookie, makeToken, readCookie, writeCookie } from './cookies.ts';
import { draftKeyOf } from './draft-key.ts';
import { askSignInCode, signInWithCode } from './member-sign-in.ts';
import { viewInsurer, viewSession } from './session-view.ts';
import { endSession, openSession } from './sessions.ts';
import { type SignInStep, signInWithPassword } from './staff-sign-in.ts';

type SignInAnswer = z.infer<typeof SignInResult>;

/** Signing in and out, and what the session is. */
export async function sessionRoutes(app: App): Promise<void> {
  app.get('/public', { config: { allow: 'public' }, schema: { response: { 200: PublicInfo } } }, async (request) => {
    const { ctx, lang } = request;
    const now = await ctx.clock.now(ctx.pool);
    const wechat = ctx.gateways.wechat !== null;
    return { insurer: viewInsurer(ctx, lang), mode: ctx.config.mode, now: formatInstant(now), wechat };
  });

  app.get('/session', { config: { allow: 'signed-in' }, schema: { response: { 200: SessionView } } }, async (request) =>
    viewSession(request.ctx.pool, request.ctx, request.actor, request.lang),
  );

  app.get(
    '/session/draft-key',
    { config: { allow: ['member'] }, schema: { response: { 200: DraftKey } } },
    async ({ ctx, actor }) => ({ key: await draftKeyOf(ctx.pool, ctx, actor) }),
  );

  app.post(
    '/session/code',
    { config: { allow: 'public' }, schema: { body: AskCode, response: { 204: z.null() } } },
    async (request, reply) => {
      await askSignInCode(request.ctx, { phone: request.body.phone, address: request.ip });
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/session/verify',
    { config: { allow: 'public' }, schema: { body: VerifyCode, response: { 200: SignInResult } } },
    async (request, reply) => {
      const device = readCookie(request, 'device');
      const newDevice = makeToken();
      const step = await signInWithCode(
        request.ctx,
        { ...request.body, address: request.ip, device, carried: readCookie(request, 'session') },
        newDevice,
      );
      if ('token' in step) writeCookie(request, reply, 'device', device ?? newDevice);
      return await answerStep(request, reply, step);
    },
  );

  app.post(
    '/session/password',
    { config: { allow: 'public' }, schema: { body: PasswordSignIn, response: { 200: SignInResult } } },
    async (request, reply) => {
      const input = { ...request.body, address: request.ip, carried: readCookie(request, 'session') };
      return await answerStep(request, reply, await signInWithPassword(request.ctx, input, request.lang));
    },
  );

  app.post(
    '/session/password/change',
    { config: { allow: 'public' }, schema: { body: ChangePassword, response: { 200: SignInResult } } },
    async (request, reply) => {
      const input = { ...request.body, address: request.ip, carried: readCookie(request, 'session') };
      return await answerStep(request, reply, await signInWithPassword(request.ctx, input, request.lang));
    },
  );

  app.post(
    '/session/role',
    { config: { allow: 'signed-in' }, schema: { body: SwitchRole, response: { 200: SessionView } } },
    async (request, reply) => {
      const { ctx, actor } = request;
      const { role } = request.body;
      if (!actor.roles.includes(role)) throw new Problem('not-for-this-role');
      const { sessionId, kind } = request.signedIn!;
      const machine = machineNow();
      const token = await inTransaction(ctx.pool, async (db) => {
        await endSession(db, ctx, sessionId, machine);
        const now = await ctx.clock.now(db);
        const details: AuditDetails = { from: actor.role, to: role };
        await recordAudit(db, ctx, {
          actor,
          action: 'session.role-switched',
          subject: `account:${actor.accountId}`,
          details,
          now,
        });
        return await openSession(db, ctx, { id: actor.accountId!, kind }, role, machine);
      });
      writeCookie(request, reply, 'session', token);
      return await viewSession(ctx.pool, ctx, { ...actor, role }, request.lang);
    },
  );

  app.delete(
    '/session',
    { config: { allow: 'signed-in' }, schema: { response: { 204: z.null() } } },
    async (request, reply) => {
      const { ctx, actor } = request;
      await inTransaction(ctx.pool, async (db) => {
        await endSession(db, ctx, request.signedIn!.sessionId, machineNow());
        const now = await ctx.clock.now(db);
        await recordAudit(db, ctx, { actor, action: 'session.ended', subject: `account:${actor.accountId}`, now });
      });
      clearCookie(request, reply, 'session');
      return reply.code(204).send(null);
    },
  );
}

async function answerStep(request: FastifyRequest, reply: FastifyReply, step: SignInStep): Promise<SignInAnswer> {
  if (!('token' in step)) return { session: null, ...step };
  writeCookie(request, reply, 'session', step.token);
  return { session: await viewSession(request.ctx.pool, request.ctx, step.actor, request.lang), needs: null };
}
