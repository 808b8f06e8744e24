/** The supervisors' live board: who waits, who is there, how today went; and the roster with its standby pool. */

import type { z } from 'zod';
import type { Roster, RosterInput, VideoBoard } from '#contract/video.ts';
import { addDays, dayOf, formatInstant, instantAt, parseInstant } from '#domain/calendar/day.ts';
import { credentialOf, lapseOf } from '#domain/dispatch/credential.ts';
import { recordAudit } from '#server/audit/record.ts';
import { listAsOf } from '#server/lists/queries.ts';
import { queueMessage } from '#server/notifications/outbox.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem } from '#server/platform/problem.ts';
import { demandOf } from './desk.ts';
import { PRESENT_MS } from './dispatch.ts';
import { type DoctorRow, listDoctors, type OfferRow } from './queries.ts';

type Lang = 'zh' | 'en';
const selectWaiting = sql<{
  caseId: string;
  number: string;
  since: Date;
  again: boolean;
  callBack: boolean;
  offeredTo: string | null;
  due: Date | null;
}>(
  'videoBoard.waiting',
  `select q.case_id as "caseId", c.number, q.since, q.again, q.call_back as "callBack", o.doctor as "offeredTo", k.due
     from video_queue q join cases c on c.insurer = q.insurer and c.id = q.case_id
     left join video_offers o on o.insurer = q.insurer and o.case_id = q.case_id and o.over_at is null
     left join lateral (select min(due) as due from clocks k where k.insurer = q.insurer and k.case_id = q.case_id and k.met_at is null and k.void_at is null) k on true
    where q.insurer = $1 order by q.again desc, q.since, q.case_id limit 200`,
);
const selectBusy = sql<Pick<OfferRow, 'doctor' | 'outcome' | 'overAt' | 'offeredAt' | 'answeredAt'>>(
  'videoBoard.busy',
  `select doctor, outcome, over_at as "overAt", offered_at as "offeredAt", answered_at as "answeredAt" from video_offers where insurer = $1 and free_at is null`,
);
const selectToday = sql<{ asked: number; matched: number; breached: number; p50: number | null; p95: number | null }>(
  'videoBoard.today',
  `select count(*)::int as asked, count(k.met_at)::int as matched,
     count(*) filter (where coalesce(k.met_at, k.void_at, $4) > k.due)::int as breached,
     percentile_cont(0.5) within group (order by extract(epoch from k.met_at - k.started_at)) as p50,
     percentile_cont(0.95) within group (order by extract(epoch from k.met_at - k.started_at)) as p95
    from clocks k join cases c on c.insurer = k.insurer and c.id = k.case_id and c.kind = 'video-consultation'
   where k.insurer = $1 and not k.target and k.started_at >= $2 and k.started_at < $3`,
);
// When it is stands in the sealed chart; the timer that was set for it says so without opening anything.
const selectAgreed = sql<{ caseId: string; number: string; at: Date }>(
  'videoBoard.agreed',
  `select c.id as "caseId", c.number, t.due_at as at from timers t join cases c on c.insurer = t.insurer and c.id = t.subject
    where t.insurer = $1 and t.kind = 'video-time-came' and t.done_at is null and c.state = 'appointed' order by t.due_at, c.id limit 100`,
);
const ROSTER = 'id, doctor, from_at as "from", to_at as "to", standby';
type RosterRow = { id: string; doctor: string; from: Date; to: Date; standby: boolean };
const selectRoster = sql<RosterRow>(
  'videoBoard.roster',
  `select ${ROSTER} from video_roster where insurer = $1 and from_at < $3 and to_at > $2 order by from_at, doctor, id limit 500`,
);
const insertEntry = sql<never>(
  'videoBoard.insertEntry',
  'insert into video_roster (insurer, id, doctor, from_at, to_at, standby, by_account) values ($1, $2, $3, $4, $5, $6, $7)',
);
const deleteEntry = sql<{ doctor: string }>(
  'videoBoard.deleteEntry',
  'delete from video_roster where insurer = $1 and id = $2 returning doctor',
);

const seconds = (value: number | null): number | null => (value === null ? null : Math.round(value));

export async function viewBoard(db: Db, ctx: Ctx): Promise<VideoBoard> {
  const now = await ctx.clock.now(db);
  const today = dayOf(now);
  const listed = (await listAsOf(db, ctx, 'video-doctors', today, { limit: 100 })).items;
  const known = new Map((await listDoctors(db, ctx)).map((one) => [one.doctor, one]));
  const busy = new Map((await query(db, selectBusy, [ctx.insurer])).map((one) => [one.doctor, one]));
  const roster = await query(db, selectRoster, [ctx.insurer, now, now]);
  const nameOf = (key: string | null) => listed.find((one) => one.key === key)?.row.name as string | undefined;
  const figures = (await queryOne(db, selectToday, [
    ctx.insurer,
    instantAt(today, '00:00'),
    instantAt(addDays(today, 1), '00:00'),
    now,
  ]))!;
  return {
    now: formatInstant(now),
    waiting: (await query(db, selectWaiting, [ctx.insurer])).map((row, i) => ({
      caseId: row.caseId,
      number: row.number,
      place: i + 1,
      since: formatInstant(row.since),
      due: row.due && formatInstant(row.due),
      breached: row.due !== null && row.due <= now,
      offeredTo: nameOf(row.offeredTo) ?? row.offeredTo,
      callBack: row.callBack,
      again: row.again,
    })),
    doctors: listed.map(({ key, row }) => {
      const credential = credentialOf(row);
      const one = known.get(key);
      const { state, since } = stateOf(one, busy.get(key), lapseOf(credential, demandOf(ctx), now) === null);
      return {
        key,
        name: String(row.name),
        hospital: String(row.hospital),
        department: String(row.department),
        state,
        since: since && formatInstant(since),
        credentialUntil: credential && dayOf(credential.validUntil),
        load: one?.load ?? 0,
        missed: one?.missed ?? 0,
        standby: roster.some((entry) => entry.doctor === key && entry.standby),
        rostered: roster.some((entry) => entry.doctor === key && !entry.standby),
      };
    }),
    appointments: (await query(db, selectAgreed, [ctx.insurer])).map(({ at, ...row }) => ({
      ...row,
      at: formatInstant(at),
    })),
    today: {
      asked: figures.asked,
      matched: figures.matched,
      breached: figures.breached,
      p50Seconds: seconds(figures.p50),
      p95Seconds: seconds(figures.p95),
    },
  };
}

type Busy = Pick<OfferRow, 'outcome' | 'overAt' | 'offeredAt' | 'answeredAt'> | undefined;
function stateOf(
  doctor: DoctorRow | undefined,
  busy: Busy,
  valid: boolean,
): { state: VideoBoard['doctors'][number]['state']; since: Date | null } {
  if (busy?.outcome === 'accepted')
    return busy.overAt ? { state: 'noting', since: busy.overAt } : { state: 'in-call', since: busy.answeredAt };
  if (!valid) return { state: 'not-valid', since: null };
  if (!doctor?.onDuty) return { state: 'off', since: null };
  if (machineNow().getTime() - doctor.seenAt.getTime() > PRESENT_MS) return { state: 'away', since: null };
  if (busy) return { state: 'offered', since: busy.offeredAt };
  return { state: 'free', since: doctor.dutySince };
}

export async function viewRoster(db: Db, ctx: Ctx, { from, to }: { from: string; to: string }): Promise<Roster> {
  const listed = (await listAsOf(db, ctx, 'video-doctors', dayOf(await ctx.clock.now(db)), { limit: 100 })).items;
  const names = new Map(listed.map(({ key, row }) => [key, String(row.name)]));
  const rows = await query(db, selectRoster, [
    ctx.insurer,
    instantAt(from, '00:00'),
    instantAt(addDays(to, 1), '00:00'),
  ]);
  return {
    items: rows.map((row) => ({
      ...row,
      name: names.get(row.doctor) ?? row.doctor,
      from: formatInstant(row.from),
      to: formatInstant(row.to),
    })),
    doctors: listed.map(({ key, row }) => ({
      key,
      name: String(row.name),
      hospital: String(row.hospital),
      until: dayOf(new Date(String(row.validUntil))),
    })),
  };
}

/** @throws Problem not-acceptable: a doctor who is not listed, a time that ends before it begins */
export async function addToRoster(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  entry: z.infer<typeof RosterInput>,
  lang: Lang,
): Promise<void> {
  const now = await ctx.clock.now(db);
  const [from, to] = [parseInstant(entry.from, 'from'), parseInstant(entry.to, 'to')];
  const listed = (await listAsOf(db, ctx, 'video-doctors', dayOf(now), { limit: 100 })).items;
  const errors = [
    ...(listed.some(({ key }) => key === entry.doctor)
      ? []
      : [{ pointer: '/doctor', detail: lang === 'zh' ? '今天的医生名单里没有' : 'not on the list of doctors today' }]),
    ...(from < to
      ? []
      : [{ pointer: '/to', detail: lang === 'zh' ? '要晚于开始时间' : 'must be later than its beginning' }]),
  ];
  if (errors.length > 0) throw new Problem('not-acceptable', { errors });
  await query(db, insertEntry, [ctx.insurer, uuidv7(), entry.doctor, from, to, entry.standby, actor.accountId]);
  await recordAudit(db, ctx, { actor, action: 'video.rostered', subject: 'roster', now });
}

/** @throws Problem not-found */
export async function removeFromRoster(db: Db, ctx: Ctx, actor: Actor, id: string): Promise<void> {
  if (!(await queryOne(db, deleteEntry, [ctx.insurer, id]))) throw new Problem('not-found');
  await recordAudit(db, ctx, {
    actor,
    action: 'video.unrostered',
    subject: 'roster',
    now: await ctx.clock.now(db),
  });
}

/** Calls every standby doctor of this minute who is not on duty; tells how many. */
export async function callStandby(db: Db, ctx: Ctx, actor: Actor): Promise<number> {
  const now = await ctx.clock.now(db);
  const onDuty = new Set((await listDoctors(db, ctx)).filter((one) => one.onDuty).map((one) => one.doctor));
  const called = new Set(
    (await query(db, selectRoster, [ctx.insurer, now, now]))
      .filter(({ standby, doctor }) => standby && !onDuty.has(doctor))
      .map(({ doctor }) => doctor),
  );
  const call = uuidv7();
  for (const doctor of called)
    await queueMessage(db, ctx, {
      template: 'video-standby',
      to: { provider: doctor },
      urgent: true,
      now,
      key: `video-standby/${call}/${doctor}`,
    });
  await recordAudit(db, ctx, { actor, action: 'video.standby-called', subject: 'roster', now });
  return called.size;
}
