/** GET /api/live: tells open screens that something changed, never what. */
import type { App } from '#server/app.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import type { LiveHub } from './hub.ts';
import type { LiveEvent } from './notify.ts';
import { openEventStream } from './stream.ts';

export type LiveOptions = {
  hub: LiveHub;
  /** server/cases/access.ts: may this session know that the case changed? */
  maySeeCase(ctx: Ctx, actor: Actor, caseId: string): Promise<boolean>;
  /** How often a stream is kept awake and its session looked at. */
  beatMs?: number;
  streamsPerAccount?: number;
};

const isOpen = sql<{ n: number }>(
  'live.isOpen',
  `select 1 as n from sessions where insurer = $1 and id = $2 and ended_at is null and expires_at > $3
     and last_seen_at + make_interval(secs => idle_seconds) > $3`,
);

export async function liveRoutes(app: App, options: LiveOptions): Promise<void> {
  const { hub, maySeeCase, beatMs = 20_000, streamsPerAccount = 8 } = options;
  const open = new Map<string, number>();

  app.get('/live', { config: { allow: 'signed-in' } }, async (request, reply) => {
    const { ctx, actor, signedIn } = request;
    if (!signedIn) throw new Problem('sign-in-needed');
    const account = `${ctx.insurer}/${actor.accountId}`;
    const mine = open.get(account) ?? 0;
    if (mine >= streamsPerAccount) throw new Problem('too-many-requests');
    open.set(account, mine + 1);

    reply.hijack();
    const stream = openEventStream(reply.raw, () => {
      clearInterval(timer);
      leave();
      const left = (open.get(account) ?? 1) - 1;
      if (left > 0) open.set(account, left);
      else open.delete(account);
    });
    const leave = hub.subscribe({
      insurer: ctx.insurer,
      hear: (event) =>
        void passOn(event).catch((err: unknown) => ctx.log.warn({ err }, 'a live update was not passed on')),
      close: () => stream.close(),
    });
    const timer = setInterval(() => {
      stream.beat();
      void closeWhenEnded().catch((err: unknown) => ctx.log.warn({ err }, 'a session could not be looked at'));
    }, beatMs);
    timer.unref();

    async function passOn({ kind, id }: LiveEvent): Promise<void> {
      if (kind === 'clock') return stream.tell('clock');
      if (kind === 'room') return;
      if (kind === 'video') return hearsOfVideo(actor, id) ? stream.tell('video') : undefined;
      if (kind === 'inbox') return id === (actor.personId ?? actor.accountId) ? stream.tell('inbox') : undefined;
      if (id !== null && (await maySeeCase(ctx, actor, id)) && !stream.closed) stream.tell('case', id);
    }
    async function closeWhenEnded(): Promise<void> {
      if (!(await isSessionOpen(ctx.pool, ctx, signedIn!.sessionId))) stream.close();
    }
  });
}

/** A doctor hears of her own desk, those who watch over all doctors of everything. */
const hearsOfVideo = (actor: Actor, doctor: string | null): boolean =>
  actor.role === 'supervisor' ||
  actor.role === 'operations' ||
  (actor.role === 'video-doctor' && (doctor === null || doctor === actor.provider));

/** Whether the session behind an open stream or socket still holds. */
export const isSessionOpen = async (db: Db, ctx: Ctx, id: string): Promise<boolean> =>
  (await queryOne(db, isOpen, [ctx.insurer, id, machineNow()])) !== undefined;
