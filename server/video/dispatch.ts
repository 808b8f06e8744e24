/**
 * Runs the dispatch: lapsed offers end, and whoever waits is offered to a doctor (domain/dispatch/match.ts decides).
 *
 * One run at a time in the database (an advisory lock of the insurer), so that two processes never decide on the same
 * people; two unique indexes would refuse it besides. A run locks rows of the queue, never a case: an event of a case
 * locks its case first and its place in the queue after, so nobody waits in a circle. It runs right after the commit of
 * whatever may change the answer, and by the worker's beat, so that a process killed in between delays by a beat only.
 */
import { dayOf } from '#domain/calendar/day.ts';
import { credentialOf } from '#domain/dispatch/credential.ts';
import { type Match, matchDoctors } from '#domain/dispatch/match.ts';
import type { Service } from '#domain/plan/schema.ts';
import { planOf } from '#server/cases/question.ts';
import { notifyLive } from '#server/live/notify.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { afterCommit, type Db, inTransaction, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

/** Three beats of her page (`HEARTBEAT_SECONDS`): after that she counts as away. Machine time. */
export const PRESENT_MS = 30_000;
export const HEARTBEAT_SECONDS = 10;

const lock = sql<never>(
  'videoDispatch.lock',
  `select pg_advisory_xact_lock(hashtextextended('video/' || $1::text, 0))`,
);
const selectLapsed = sql<{
  id: string;
  caseId: string;
  doctor: string;
  misses: number;
  plan: string;
  edition: string;
  service: string;
}>(
  'videoDispatch.lapse',
  `with lapsed as (update video_offers set outcome = 'lapsed', answered_at = $2, over_at = $2, free_at = $2
      where insurer = $1 and outcome is null and until <= $2 returning id, case_id, doctor),
   missed as (update video_doctors d set missed = missed + 1 from lapsed where d.insurer = $1 and d.doctor = lapsed.doctor returning d.doctor, d.missed),
   marked as (update video_queue q set not_doctor = lapsed.doctor from lapsed where q.insurer = $1 and q.case_id = lapsed.case_id returning 1)
   select l.id, l.case_id as "caseId", l.doctor, coalesce(m.missed, 0) as misses, c.plan, c.edition::text as edition, c.service
     from lapsed l join cases c on c.insurer = $1 and c.id = l.case_id left join missed m on m.doctor = l.doctor`,
);
const sendOffDuty = sql<never>(
  'videoDispatch.offDuty',
  'update video_doctors set on_duty = false, duty_since = $3 where insurer = $1 and doctor = $2',
);
type FreeDoctor = {
  key: string;
  load: number;
  missed: number;
  lastOfferAt: Date | null;
  row: Record<string, unknown> | null;
};
const selectFree = sql<FreeDoctor>(
  'videoDispatch.free',
  `select d.doctor as key, d.load, d.missed, d.last_offer_at as "lastOfferAt", r.row
     from video_doctors d
     join (select max(version) as version from list_versions where insurer = $1 and list = 'video-doctors' and effective_from <= $3) v on true
     left join list_rows r on r.insurer = d.insurer and r.list = 'video-doctors' and r.row_key = d.doctor
      and r.version_from <= v.version and (r.version_to is null or v.version < r.version_to)
      and (r.effective_from is null or r.effective_from <= $3) and (r.effective_to is null or $3 <= r.effective_to)
    where d.insurer = $1 and d.on_duty and d.seen_at > $2
      and not exists (select 1 from video_offers o where o.insurer = d.insurer and o.doctor = d.doctor and o.free_at is null)`,
);
type WaitingRow = {
  caseId: string;
  since: Date;
  again: boolean;
  notDoctor: string | null;
  plan: string;
  edition: string;
  service: string;
};
// A row that an event holds is changing: the run after that event's commit sees what became of it.
const selectWaiting = sql<WaitingRow>(
  'videoDispatch.waiting',
  `select q.case_id as "caseId", q.since, q.again, q.not_doctor as "notDoctor", c.plan, c.edition::text as edition, c.service
     from video_queue q join cases c on c.insurer = q.insurer and c.id = q.case_id
    where q.insurer = $1
      and not exists (select 1 from video_offers o where o.insurer = q.insurer and o.case_id = q.case_id and o.over_at is null)
    order by q.again desc, q.since, q.case_id limit $2 for update of q skip locked`,
);
const insertOffers = sql<{ id: string; caseId: string; doctor: string }>(
  'videoDispatch.offer',
  `with offered as (
     insert into video_offers (insurer, id, case_id, doctor, offered_at, until)
     select $1, n.id, n.case_id, n.doctor, $5, n.until
       from unnest($2::uuid[], $3::uuid[], $4::text[], $6::timestamptz[]) as n (id, case_id, doctor, until)
     on conflict do nothing returning id, case_id, doctor, until),
   seen as (update video_doctors d set last_offer_at = $5 from offered o where d.insurer = $1 and d.doctor = o.doctor returning 1),
   timed as (insert into timers (insurer, id, due_at, kind, subject, unique_key, data)
     select $1, gen_random_uuid(), o.until, 'video-offer', o.id, 'video-offer/' || o.id, '{}' from offered o
     on conflict (insurer, unique_key) do nothing)
   select id, case_id as "caseId", doctor from offered`,
);

const consultationOf = (ctx: Ctx, row: { plan: string; edition: string; service: string }) => {
  const { consultation } = planOf(ctx, row.plan, row.edition, row.service).service as Service;
  if (!consultation) throw new Error(`The plan ${row.plan} says nothing of how its ${row.service} is dispatched`);
  return consultation;
};

export type Dispatched = {
  offers: { id: string; caseId: string; doctor: string }[];
  lapsed: { caseId: string; doctor: string }[];
};

/** One run in the caller's transaction. The moment is read behind the lock: whoever waited for it offers as of now. */
export async function dispatch(db: Db, ctx: Ctx): Promise<Dispatched> {
  await query(db, lock, [ctx.insurer]);
  const now = await ctx.clock.now(db);
  const lapsed = await query(db, selectLapsed, [ctx.insurer, now]);
  for (const one of lapsed) {
    if (one.misses < consultationOf(ctx, one).dispatch.missesAtMost) continue;
    await query(db, sendOffDuty, [ctx.insurer, one.doctor, now]);
    await queueMessage(db, ctx, {
      template: 'video-off-duty',
      to: { provider: one.doctor },
      urgent: true,
      now,
      key: `video-off-duty/${one.id}`,
    });
  }
  const free = await query(db, selectFree, [ctx.insurer, new Date(machineNow().getTime() - PRESENT_MS), dayOf(now)]);
  // Of those at the head some may have declined: a few more are read than there are doctors.
  const waiting = free.length === 0 ? [] : await query(db, selectWaiting, [ctx.insurer, free.length * 2 + 8]);
  const matches = matchDoctors(
    waiting.map((row) => ({ ...row, demand: consultationOf(ctx, row).doctors })),
    free.map(({ row, ...doctor }) => ({
      ...doctor,
      onDuty: true,
      present: true,
      busy: false,
      credential: credentialOf(row),
    })),
    now,
  );
  return { offers: await offer(db, ctx, matches, waiting, now), lapsed };
}

async function offer(db: Db, ctx: Ctx, matches: readonly Match[], waiting: readonly WaitingRow[], now: Date) {
  if (matches.length === 0) return [];
  const until = matches.map(({ caseId }) => {
    const { offerSeconds } = consultationOf(ctx, waiting.find((row) => row.caseId === caseId)!).dispatch;
    return new Date(now.getTime() + offerSeconds * 1000);
  });
  return query(db, insertOffers, [
    ctx.insurer,
    matches.map(() => uuidv7()),
    matches.map(({ caseId }) => caseId),
    matches.map(({ doctor }) => doctor),
    now,
    until,
  ]);
}

const running = new WeakMap<object, { now: Promise<void>; next: Promise<void> | null }>();

/**
 * A run in a transaction of its own, and the news to the screens. Those who ask while one is under way share the run
 * after it. A fault is logged: the worker's beat runs it again.
 */
export function dispatchSoon(ctx: Ctx): Promise<void> {
  const state = running.get(ctx.pool);
  if (state?.next) return state.next;
  if (state) {
    state.next = state.now.then(() => start(ctx));
    return state.next;
  }
  return start(ctx);
}

function start(ctx: Ctx): Promise<void> {
  const now = run(ctx).catch((err: unknown) => ctx.log.error({ err }, 'doctors could not be matched; tried again'));
  const state = { now, next: null as Promise<void> | null };
  running.set(ctx.pool, state);
  return now.finally(() => {
    if (state.next === null && running.get(ctx.pool) === state) running.delete(ctx.pool);
  });
}

async function run(ctx: Ctx): Promise<void> {
  const { offers, lapsed } = await inTransaction(ctx.pool, (db) => dispatch(db, ctx));
  if (offers.length + lapsed.length > 0)
    await tellDesks(ctx, [...offers.map(({ doctor }) => doctor), ...lapsed.map(({ doctor }) => doctor)]);
}

/** Their desks, and the supervisors' board, are stale. */
export const tellDesks = (ctx: Ctx, doctors: readonly string[]): Promise<void> =>
  notifyLive(ctx.pool, ctx.insurer, [
    ...doctors.map((doctor) => ({ kind: 'video' as const, id: doctor })),
    { kind: 'video', id: null },
  ]);

/** After this transaction's commit the queue is looked at, and the desks of these doctors are stale. */
export function dispatchAfter(db: Db, ctx: Ctx, doctors: readonly string[] = []): void {
  afterCommit(db, 'video-dispatch', () => dispatchSoon(ctx));
  if (doctors.length > 0)
    afterCommit(db, `video-desks/${doctors.join()}`, () =>
      tellDesks(ctx, doctors).catch((err: unknown) => ctx.log.warn({ err }, 'a desk was not told')),
    );
}
