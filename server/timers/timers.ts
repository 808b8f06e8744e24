/** The one timer table: whatever will happen at a moment of business time is a row. No job asks "what is due today". */
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

export type TimerInput = {
  dueAt: Date;
  kind: string;
  subject: string;
  key: string;
  data?: Record<string, string | number>;
};
export type Timer = {
  id: string;
  dueAt: Date;
  kind: string;
  subject: string;
  key: string;
  data: Record<string, string | number>;
};

const insertTimer = sql<never>(
  'timers.insert',
  `insert into timers (insurer, id, due_at, kind, subject, unique_key, data) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (insurer, unique_key) do nothing`,
);
const deleteTimer = sql<never>(
  'timers.delete',
  'delete from timers where insurer = $1 and unique_key = $2 and done_at is null',
);
const columns = 'id, due_at as "dueAt", kind, subject, unique_key as "key", data';
const claimTimer = sql<Timer>(
  'timers.claim',
  `select ${columns} from timers where insurer = $1 and done_at is null and due_at <= $2 and attempts < 20
    order by due_at, id limit 1 for update skip locked`,
);
const claimById = sql<Timer>(
  'timers.claimById',
  `select ${columns} from timers where insurer = $1 and id = $2 and done_at is null for update skip locked`,
);
const selectDue = sql<{ id: string; dueAt: Date }>(
  'timers.selectDue',
  'select id, due_at as "dueAt" from timers where insurer = $1 and done_at is null and due_at <= $2 and attempts < 20 order by due_at, id limit $3',
);
const finishTimer = sql<never>('timers.finish', 'update timers set done_at = $3 where insurer = $1 and id = $2');
const failTimer = sql<never>(
  'timers.fail',
  'update timers set attempts = attempts + 1, last_error = $3 where insurer = $1 and id = $2',
);
const selectOldest = sql<{ dueAt: Date | null }>(
  'timers.oldest',
  'select min(due_at) as "dueAt" from timers where insurer = $1 and done_at is null',
);

/** Sets a timer once: a second one under the same key changes nothing. */
export async function setTimer(db: Db, ctx: Pick<Ctx, 'insurer'>, timer: TimerInput): Promise<void> {
  await query(db, insertTimer, [
    ctx.insurer,
    uuidv7(),
    timer.dueAt,
    timer.kind,
    timer.subject,
    timer.key,
    JSON.stringify(timer.data ?? {}),
  ]);
}
export async function cancelTimer(db: Db, ctx: Pick<Ctx, 'insurer'>, key: string): Promise<void> {
  await query(db, deleteTimer, [ctx.insurer, key]);
}
/** Claims the earliest due timer, skipping those other workers hold. */
export const claimDueTimer = (db: Db, ctx: Pick<Ctx, 'insurer'>, now: Date): Promise<Timer | undefined> =>
  queryOne(db, claimTimer, [ctx.insurer, now]);
export const claimTimerById = (db: Db, ctx: Pick<Ctx, 'insurer'>, id: string): Promise<Timer | undefined> =>
  queryOne(db, claimById, [ctx.insurer, id]);
export const listDueTimers = (db: Db, ctx: Pick<Ctx, 'insurer'>, now: Date, limit: number) =>
  query(db, selectDue, [ctx.insurer, now, limit]);
export const finishTimerRow = (db: Db, ctx: Pick<Ctx, 'insurer'>, id: string, at: Date) =>
  query(db, finishTimer, [ctx.insurer, id, at]);
export const failTimerRow = (db: Db, ctx: Pick<Ctx, 'insurer'>, id: string, code: string) =>
  query(db, failTimer, [ctx.insurer, id, code]);
/** When the oldest open timer is due; readiness asks. */
export const findOldestTimer = async (db: Db, ctx: Pick<Ctx, 'insurer'>) =>
  (await queryOne(db, selectOldest, [ctx.insurer]))?.dueAt ?? null;
