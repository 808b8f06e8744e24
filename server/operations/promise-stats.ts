import type { PromiseWeeks } from '#contract/supervision.ts';
import { dayOf, instantAt } from '#domain/calendar/day.ts';
import { weeksAround } from '#domain/operations/weeks.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';

const WEEKS_BACK = 12;
const WEEKS_AHEAD = 3;

// A breached clock belongs to the week of the due moment it passed, wherever its due was moved afterwards.
const countByWeek = sql<{ week: string; kept: number; breached: number; running: number }>(
  'operations.promisesByWeek',
  `select (date_trunc('week', at_due at time zone 'Asia/Shanghai'))::date as week,
     (count(*) filter (where corrected_by is not null or (met_at is not null and breached_at is null)))::int as kept,
     (count(*) filter (where corrected_by is null and breached_at is not null))::int as breached,
     (count(*) filter (where corrected_by is null and breached_at is null and met_at is null))::int as running
   from (select coalesce(breached_at, due) as at_due, met_at, breached_at, corrected_by from clocks
          where insurer = $1 and not target and (void_at is null or breached_at is not null)) k
   where at_due >= $2 and at_due < $3 group by 1`,
);

/**
 * Promises by week of their due moment: 12 weeks back, 3 ahead, none left out. Targets are the insurer's own and not
 * counted, void clocks are in no report (contract 2.4), a breach that two people corrected counts as kept.
 */
export async function countPromises(db: Db, ctx: Pick<Ctx, 'insurer'>, now: Date): Promise<PromiseWeeks> {
  const weeks = weeksAround(dayOf(now), WEEKS_BACK, WEEKS_AHEAD + 1);
  const shown = weeks.slice(0, -1);
  const counted = await query(db, countByWeek, [
    ctx.insurer,
    instantAt(weeks[0]!, '00:00'),
    instantAt(weeks.at(-1)!, '00:00'),
  ]);
  return {
    items: shown.map((week) => counted.find((one) => one.week === week) ?? { week, kept: 0, breached: 0, running: 0 }),
  };
}
