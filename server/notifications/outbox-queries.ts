/** SQL of the outbox as the dispatcher works it off. Machine time for tries, business time for what is told. */
import type { LiveKind } from '#server/live/notify.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type OutboxRow = {
  id: string;
  channel: 'message' | 'live';
  key: string;
  template: string | null;
  accountId: string | null;
  personId: string | null;
  provider: string | null;
  role: string | null;
  liveKind: LiveKind | null;
  caseId: string | null;
  params: Record<string, string>;
  urgent: boolean;
  createdAt: Date;
  attempts: number;
};
/** After so many failures a row stays undone, with its last error, for a person to look at. */
export const MOST_ATTEMPTS = 12;

const claim = sql<OutboxRow>(
  'outbox.claim',
  `select id, channel, unique_key as key, template, account_id as "accountId", person_id as "personId", provider, role, live_kind as "liveKind",
          case_id as "caseId", params, urgent, created_at as "createdAt", attempts
     from outbox where insurer = $1 and done_at is null and attempts < ${MOST_ATTEMPTS} and (next_try_at is null or next_try_at <= $2)
    order by id limit $3 for update skip locked`,
);
const pending = sql<{ n: number }>(
  'outbox.pending',
  `select count(*)::int as n from outbox where insurer = $1 and done_at is null and attempts < ${MOST_ATTEMPTS} and (next_try_at is null or next_try_at <= $2)`,
);
const finish = sql<never>('outbox.finish', 'update outbox set done_at = $3 where insurer = $1 and id = any($2)');
const drop = sql<never>('outbox.drop', 'delete from outbox where insurer = $1 and id = any($2)');
const fail = sql<never>(
  'outbox.fail',
  'update outbox set attempts = attempts + 1, last_error = $3, next_try_at = $4 where insurer = $1 and id = $2',
);

/** Rows nobody else works on, oldest first, locked until the transaction ends. */
export const claimOutbox = (db: Db, ctx: Keys, machine: Date, limit: number): Promise<OutboxRow[]> =>
  query(db, claim, [ctx.insurer, machine, limit]);
export const countPending = async (db: Db, ctx: Keys, machine: Date): Promise<number> =>
  (await queryOne(db, pending, [ctx.insurer, machine]))?.n ?? 0;
export const finishOutbox = (db: Db, ctx: Keys, ids: string[], machine: Date) =>
  query(db, finish, [ctx.insurer, ids, machine]);
/** Live rows leave no trace: what they told of stands elsewhere. */
export const dropOutbox = (db: Db, ctx: Keys, ids: string[]) => query(db, drop, [ctx.insurer, ids]);
export const failOutbox = (db: Db, ctx: Keys, id: string, code: string, nextTry: Date) =>
  query(db, fail, [ctx.insurer, id, code, nextTry]);

/** Waits 2 s, 4 s, 8 s … at most 10 minutes. */
export const backOff = (machine: Date, attempts: number): Date =>
  new Date(machine.getTime() + Math.min(600_000, 1000 * 2 ** (attempts + 1)));
