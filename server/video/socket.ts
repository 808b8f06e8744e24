/**
 * GET /api/video/rooms/{id}/socket: the seats of a room tell each other how to connect. Who may not join is refused
 * before the upgrade. Nothing of the call itself passes here.
 */
import type { WebSocket } from '@fastify/websocket';
import { CLOSE, FromSeat, SOCKET_MESSAGES, type ToSeat } from '#contract/video.ts';
import type { LiveHub } from '#server/live/hub.ts';
import { isSessionOpen } from '#server/live/routes.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { findSide } from './rooms.ts';
import {
  findLastSignal,
  findSeats,
  keepSeat,
  leaveSeat,
  listSignals,
  type Side,
  sendSignal,
  takeSeat,
} from './signals.ts';

const WINDOW_MS = 10_000;
const BEAT_MS = 15_000;

export type Seat = {
  ctx: Ctx;
  actor: Actor;
  sessionId: string;
  room: string;
  side: Side;
  socket: WebSocket;
  hub: LiveHub;
  beatMs?: number;
};

/** Serves one connection until it closes. Messages are handled one after the other, so that none overtakes another. */
export function serveSeat({ ctx, actor, sessionId, room, side, socket, hub, beatMs = BEAT_MS }: Seat): void {
  const seat = uuidv7();
  const other: Side = side === 'doctor' ? 'member' : 'doctor';
  let last = 0;
  let peer: string | undefined;
  let closed = false;
  let window = { since: machineNow().getTime(), count: 0 };
  let chain: Promise<void> = Promise.resolve();

  /** One step after the other; a fault closes the connection, and the client comes back. */
  const next = (step: () => Promise<void>): void => {
    chain = chain.then(step).catch((err: unknown) => {
      if (closed) return;
      ctx.log.warn({ err }, 'a seat of a call was closed by a fault');
      socket.close(1011);
    });
  };
  const say = (message: ToSeat): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const end = (code: number, message: ToSeat): void => {
    say(message);
    socket.close(code);
  };
  const refuse = (reason: 'too-large' | 'too-many' | 'malformed', code: number): void => {
    if (closed) return;
    closed = true;
    end(code, { type: 'refused', reason });
    next(leave);
  };

  async function join(): Promise<void> {
    await takeSeat(ctx.pool, ctx, room, side, seat);
    last = await findLastSignal(ctx.pool, ctx, room, side);
    peer = (await findSeats(ctx.pool, ctx, room))[other];
    say({ type: 'welcome', seat: side, peer: peer !== undefined });
    // The other side learns of the new seat, also of one that came back: the doctor then offers anew.
    await sendSignal(ctx.pool, ctx, room, other, { type: 'peer', present: true });
  }

  async function leave(): Promise<void> {
    if (await leaveSeat(ctx.pool, ctx, room, side, seat))
      await sendSignal(ctx.pool, ctx, room, other, { type: 'peer', present: false });
  }

  /** Something was said in the room, or it is over, or somebody took the seat. */
  async function look(): Promise<void> {
    if (closed) return;
    const seats = await findSeats(ctx.pool, ctx, room);
    if (seats[side] !== seat) {
      const over = (await findSide(ctx.pool, ctx, actor, room)) === undefined;
      closed = true;
      return over ? end(CLOSE.ended, { type: 'ended' }) : end(CLOSE.taken, { type: 'taken' });
    }
    for (const { id, message } of await listSignals(ctx.pool, ctx, room, side, last)) {
      last = id;
      say(message);
    }
  }

  async function beat(): Promise<void> {
    if (closed) return;
    if (!(await isSessionOpen(ctx.pool, ctx, sessionId))) {
      closed = true;
      return socket.close(CLOSE.signedOut);
    }
    if ((await findSide(ctx.pool, ctx, actor, room)) === undefined) {
      closed = true;
      return end(CLOSE.ended, { type: 'ended' });
    }
    await keepSeat(ctx.pool, ctx, room, side, seat);
    socket.ping();
    await look();
  }

  function hear(text: string): void {
    const now = machineNow().getTime();
    if (now - window.since > WINDOW_MS) window = { since: now, count: 0 };
    window.count += 1;
    if (window.count > SOCKET_MESSAGES) {
      refuse('too-many', CLOSE.tooMany);
      return;
    }
    const { success, data: message, error } = FromSeat.safeParse(parse(text));
    if (!success) {
      if (isTooLong(error.issues)) refuse('too-large', CLOSE.tooLarge);
      else refuse('malformed', CLOSE.malformed);
    } else if (message.type === 'ping') say({ type: 'pong' });
    else next(async () => void (closed || (await sendSignal(ctx.pool, ctx, room, other, message))));
  }

  const unsubscribe = hub.subscribe({
    insurer: ctx.insurer,
    hear: ({ kind, id }) => {
      if (kind === 'room' && id === room) next(look);
    },
    // The database's listener broke: nobody knows what was missed, the client comes back and begins anew.
    close: () => socket.close(1012),
  });
  const timer = setInterval(() => next(beat), beatMs);
  timer.unref();
  socket.on('message', (data: Buffer) => {
    if (!closed) hear(data.toString('utf8'));
  });
  // Larger than `maxPayload`: ws has closed it by itself with 1009.
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
    clearInterval(timer);
    unsubscribe();
    next(leave);
  });
  next(join);
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const isTooLong = (issues: readonly { code: string; errors?: unknown }[]): boolean =>
  issues.some((issue) => issue.code === 'too_big' || JSON.stringify(issue.errors ?? []).includes('too_big'));
