/** The video consultation over HTTP, and the socket of its rooms. Asking, and all that happens in a case, is routes of cases. */
import websocket from '@fastify/websocket';
import { z } from 'zod';
import { Id, type Role } from '#contract/common.ts';
import {
  AcceptedOffer,
  CallStandby,
  DoctorDesk,
  DutyInput,
  EmergencyQuery,
  EmergencyWords,
  IceView,
  NoteDraft,
  Roster,
  RosterInput,
  RosterQuery,
  SOCKET_BYTES,
  StandingQuery,
  VideoBoard,
  VideoHistory,
  VideoStanding,
} from '#contract/video.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { editionInForce } from '#domain/plan/registry.ts';
import type { App } from '#server/app.ts';
import { findPolicy } from '#server/cases/question.ts';
import type { LiveHub } from '#server/live/hub.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { Problem } from '#server/platform/problem.ts';
import { addToRoster, callStandby, removeFromRoster, viewBoard, viewRoster } from './board.ts';
import { viewDesk, viewHistory } from './desk.ts';
import { keepDraft } from './note-drafts.ts';
import { acceptOffer, declineOffer } from './offers.ts';
import { heartbeat, setDuty } from './presence.ts';
import { getSide, viewIce } from './rooms.ts';
import type { Side } from './signals.ts';
import { serveSeat } from './socket.ts';
import { viewStanding } from './view.ts';

const params = z.strictObject({ id: Id });
const ASKERS: Role[] = ['member', 'service-desk'];
const WATCHERS: Role[] = ['supervisor', 'operations'];

declare module 'fastify' {
  interface FastifyRequest {
    videoSide?: Side;
  }
}

export async function videoRoutes(app: App, { hub }: { hub?: LiveHub | undefined }): Promise<void> {
  app.get(
    '/video/standing',
    { config: { allow: ASKERS }, schema: { querystring: StandingQuery, response: { 200: VideoStanding } } },
    ({ ctx, actor, lang, query }) => inTransaction(ctx.pool, (db) => viewStanding(db, ctx, actor, query, lang)),
  );
  app.get(
    '/video/emergency',
    { config: { allow: ASKERS }, schema: { querystring: EmergencyQuery, response: { 200: EmergencyWords } } },
    async ({ ctx, lang, query }) => {
      const now = await ctx.clock.now(ctx.pool);
      const policy = await findPolicy(ctx.pool, ctx, query.policyId);
      const plan = policy && editionInForce(ctx.plans, policy.plan, dayOf(now));
      const emergency = plan?.services[query.service]?.consultation?.emergency;
      if (!emergency) throw new Problem('not-found');
      return {
        words: emergency.words.flatMap(({ zh, en }) => [zh, en]),
        advice: emergency.advice[lang],
        telephone: emergency.telephone,
      };
    },
  );
  doctorRoutes(app);
  boardRoutes(app);
  await roomRoutes(app, hub);
}

function doctorRoutes(app: App): void {
  const config = { allow: ['video-doctor'] as Role[] };
  app.get('/video/desk', { config, schema: { response: { 200: DoctorDesk } } }, ({ ctx, actor, lang }) =>
    inTransaction(ctx.pool, (db) => viewDesk(db, ctx, actor, lang)),
  );
  // Going on duty twice is being on duty: no key is needed, and the desk that answers is the one after the match.
  app.post(
    '/video/duty',
    { config, schema: { body: DutyInput, response: { 200: DoctorDesk } } },
    async ({ ctx, actor, lang, body }) => {
      await inTransaction(ctx.pool, (db) => setDuty(db, ctx, actor, body.on));
      return inTransaction(ctx.pool, (db) => viewDesk(db, ctx, actor, lang));
    },
  );
  app.post('/video/presence', { config, schema: { response: { 204: z.null() } } }, async ({ ctx, actor }, reply) => {
    await heartbeat(ctx, actor);
    return reply.code(204).send(null);
  });
  app.post(
    '/video/offers/:id/accept',
    { config, schema: { params, response: { 200: AcceptedOffer } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => ({
        status: 200,
        body: await acceptOffer(db, request.ctx, request.actor, request.params.id, request.lang),
      })),
  );
  app.post(
    '/video/offers/:id/decline',
    { config, schema: { params, response: { 200: DoctorDesk } } },
    async ({ ctx, actor, lang, params: { id } }) => {
      await inTransaction(ctx.pool, (db) => declineOffer(db, ctx, actor, id));
      return inTransaction(ctx.pool, (db) => viewDesk(db, ctx, actor, lang));
    },
  );
  // What was typed last counts, however often it arrives: no key is needed.
  app.post(
    '/video/cases/:id/draft',
    { config, schema: { params, body: NoteDraft, response: { 204: z.null() } } },
    async ({ ctx, actor, params: { id }, body }, reply) => {
      await inTransaction(ctx.pool, (db) => keepDraft(db, ctx, actor, id, body));
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/video/cases/:id/history',
    { config, schema: { params, response: { 200: VideoHistory } } },
    ({ ctx, actor, params: { id } }) => inTransaction(ctx.pool, (db) => viewHistory(db, ctx, actor, id)),
  );
}

function boardRoutes(app: App): void {
  app.get('/video/board', { config: { allow: WATCHERS }, schema: { response: { 200: VideoBoard } } }, ({ ctx }) =>
    inTransaction(ctx.pool, (db) => viewBoard(db, ctx)),
  );
  app.get(
    '/video/roster',
    { config: { allow: WATCHERS }, schema: { querystring: RosterQuery, response: { 200: Roster } } },
    ({ ctx, query }) => viewRoster(ctx.pool, ctx, query),
  );
  app.post(
    '/video/roster',
    { config: { allow: ['supervisor'] }, schema: { body: RosterInput, response: { 201: Roster } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, lang, body } = request;
        await addToRoster(db, ctx, actor, body, lang);
        return {
          status: 201,
          body: await viewRoster(db, ctx, { from: body.from.slice(0, 10), to: body.to.slice(0, 10) }),
        };
      }),
  );
  app.delete(
    '/video/roster/:id',
    { config: { allow: ['supervisor'] }, schema: { params, response: { 204: z.null() } } },
    async (request, reply) => {
      await inTransaction(request.ctx.pool, (db) =>
        removeFromRoster(db, request.ctx, request.actor, request.params.id),
      );
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/video/standby',
    { config: { allow: ['supervisor'] }, schema: { response: { 200: CallStandby } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => ({
        status: 200,
        body: { called: await callStandby(db, request.ctx, request.actor) },
      })),
  );
}

async function roomRoutes(app: App, hub: LiveHub | undefined): Promise<void> {
  const allow: Role[] = ['member', 'video-doctor'];
  app.get(
    '/video/rooms/:id/ice',
    { config: { allow }, schema: { params, response: { 200: IceView } } },
    ({ ctx, actor, params: { id } }) => viewIce(ctx.pool, ctx, actor, id),
  );
  // What one seat says reaches the other through the hub; a process without one (tests, painting) has no sockets.
  if (!hub) return;
  await app.register(websocket as never, { options: { maxPayload: SOCKET_BYTES } } as never);
  (app as unknown as { get: (path: string, options: object, handler: unknown) => void }).get(
    '/video/rooms/:id/socket',
    {
      websocket: true,
      config: { allow },
      schema: { params, hide: true },
      // A refused upgrade is answered on a connection that Node no longer counts as HTTP: nobody else would end it.
      onResponse: async (request: import('fastify').FastifyRequest) => {
        if (request.headers.upgrade) request.raw.socket.destroySoon();
      },
      // Before the upgrade, so that a guessed room answers 404 like any other address that does not exist.
      preHandler: async (request: import('fastify').FastifyRequest<{ Params: { id: string } }>) => {
        sameOrigin(request);
        const { side } = await getSide(request.ctx.pool, request.ctx, request.actor, request.params.id);
        request.videoSide = side;
      },
    },
    (
      socket: import('@fastify/websocket').WebSocket,
      request: import('fastify').FastifyRequest<{ Params: { id: string } }>,
    ) =>
      serveSeat({
        ctx: request.ctx,
        actor: request.actor,
        sessionId: request.signedIn!.sessionId,
        room: request.params.id,
        side: request.videoSide!,
        socket,
        hub,
      }),
  );
}

/** A page of another site opens sockets with our cookie: browsers send no preflight for them, only their Origin. */
function sameOrigin(request: import('fastify').FastifyRequest): void {
  const { origin } = request.headers;
  if (origin !== undefined && URL.parse(origin)?.host !== request.host) throw new Problem('wrong-origin');
}
