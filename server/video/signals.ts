/**
 * What the two seats of a room tell each other (addresses and codecs, never media). Peers may sit on different API
 * processes, so it goes through rows that live as long as the room, and a NOTIFY of the room's id.
 */
import type { ToSeat } from '#contract/video.ts';
import { notifyLive } from '#server/live/notify.ts';
import { openInsurer, sealInsurer } from '#server/persons/seal.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { afterCommit, type Db, query, queryOne, sql } from '#server/platform/db.ts';

export type Side = 'doctor' | 'member';
/** A seat that was not heard of for so long stands empty, e.g. when its process was killed. Machine time. */
export const SEAT_MS = 45_000;
/** Signals nobody fetched are swept after an hour. */
const SIGNAL_MS = 3_600_000;

const insertSignal = sql<{ id: number }>(
  'videoSignals.insert',
  'insert into video_signals (insurer, room, to_side, sealed, at) values ($1, $2, $3, $4, $5) returning id',
);
const selectSignals = sql<{ id: number; sealed: Buffer }>(
  'videoSignals.after',
  'select id, sealed from video_signals where insurer = $1 and room = $2 and to_side = $3 and id > $4 order by id limit 500',
);
const selectLast = sql<{ id: number }>(
  'videoSignals.last',
  'select coalesce(max(id), 0) as id from video_signals where insurer = $1 and room = $2 and to_side = $3',
);
const takeSeatRow = sql<never>(
  'videoSignals.takeSeat',
  `insert into video_seats (insurer, room, side, seat, seen_at) values ($1, $2, $3, $4, $5)
   on conflict (insurer, room, side) do update set seat = $4, seen_at = $5`,
);
const keepSeatRow = sql<{ seat: string }>(
  'videoSignals.keepSeat',
  'update video_seats set seen_at = $5 where insurer = $1 and room = $2 and side = $3 and seat = $4 returning seat',
);
const leaveSeatRow = sql<{ seat: string }>(
  'videoSignals.leaveSeat',
  'delete from video_seats where insurer = $1 and room = $2 and side = $3 and seat = $4 returning seat',
);
const selectSeats = sql<{ side: Side; seat: string; seenAt: Date }>(
  'videoSignals.seats',
  'select side, seat, seen_at as "seenAt" from video_seats where insurer = $1 and room = $2',
);
const deleteRoom = sql<never>('videoSignals.deleteRoom', 'delete from video_signals where insurer = $1 and room = $2');
const deleteSeats = sql<never>('videoSignals.deleteSeats', 'delete from video_seats where insurer = $1 and room = $2');
const sweepSignals = sql<never>('videoSignals.sweep', 'delete from video_signals where insurer = $1 and at < $2');
const sweepSeats = sql<never>('videoSignals.sweepSeats', 'delete from video_seats where insurer = $1 and seen_at < $2');

/** Sealed under the room: a signal of one room does not open in another. */
export async function sendSignal(db: Db, ctx: Ctx, room: string, to: Side, message: ToSeat): Promise<void> {
  const sealed = sealInsurer(ctx, 'video_signals', room, message);
  await query(db, insertSignal, [ctx.insurer, room, to, sealed, machineNow()]);
  await notifyLive(ctx.pool, ctx.insurer, [{ kind: 'room', id: room }]);
}

/** What came for this side after the given one, in order. */
export async function listSignals(db: Db, ctx: Ctx, room: string, side: Side, after: number) {
  const rows = await query(db, selectSignals, [ctx.insurer, room, side, after]);
  return rows.map(({ id, sealed }) => ({
    id: Number(id),
    message: openInsurer<ToSeat>(ctx, 'video_signals', room, sealed),
  }));
}
/** Where a seat that joins now begins to read: what was said before it speaks to a browser that is gone. */
export const findLastSignal = async (db: Db, ctx: Ctx, room: string, side: Side): Promise<number> =>
  Number((await queryOne(db, selectLast, [ctx.insurer, room, side]))?.id ?? 0);

/** Takes the seat from whoever had it, a second tab or an older connection. */
export const takeSeat = (db: Db, ctx: Ctx, room: string, side: Side, seat: string) =>
  query(db, takeSeatRow, [ctx.insurer, room, side, seat, machineNow()]);
/** False: another one took it. */
export const keepSeat = async (db: Db, ctx: Ctx, room: string, side: Side, seat: string): Promise<boolean> =>
  (await queryOne(db, keepSeatRow, [ctx.insurer, room, side, seat, machineNow()])) !== undefined;
export const leaveSeat = async (db: Db, ctx: Ctx, room: string, side: Side, seat: string): Promise<boolean> =>
  (await queryOne(db, leaveSeatRow, [ctx.insurer, room, side, seat])) !== undefined;
/** Who sits where now, by side. */
export async function findSeats(db: Db, ctx: Ctx, room: string): Promise<Partial<Record<Side, string>>> {
  const since = machineNow().getTime() - SEAT_MS;
  const rows = await query(db, selectSeats, [ctx.insurer, room]);
  return Object.fromEntries(
    rows.filter(({ seenAt }) => seenAt.getTime() > since).map(({ side, seat }) => [side, seat]),
  );
}

/** The room is over: its signals go with it, and whoever still sits there is told after the commit. */
export function closeRoomAfter(db: Db, ctx: Ctx, room: string): void {
  afterCommit(db, `video-room/${room}`, async () => {
    try {
      await query(ctx.pool, deleteRoom, [ctx.insurer, room]);
      await query(ctx.pool, deleteSeats, [ctx.insurer, room]);
      await notifyLive(ctx.pool, ctx.insurer, [{ kind: 'room', id: room }]);
    } catch (err) {
      // The sockets look whether their room is over with every beat, and the sweep takes the rows.
      ctx.log.warn({ err }, 'a room was not closed at once');
    }
  });
}

/** Forgets what no room needs any more; the worker calls it. */
export async function sweepRooms(ctx: Ctx): Promise<void> {
  const now = machineNow().getTime();
  await query(ctx.pool, sweepSignals, [ctx.insurer, new Date(now - SIGNAL_MS)]);
  await query(ctx.pool, sweepSeats, [ctx.insurer, new Date(now - SIGNAL_MS)]);
}
