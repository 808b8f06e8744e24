/** All running clocks of open cases by time to breach, for operations and supervisors. */
import type { z } from 'zod';
import type { RunningClock } from '#contract/operations.ts';
import { pausesFor, timedRules } from '#domain/cases/on-milestone.ts';
import { clockRule } from '#domain/eligibility/promise-due.ts';
import { pausedLate } from '#domain/operations/late-pause.ts';
import { CLOCK_COLUMNS, type ClockRow, listMoves, listPausesOf } from '#server/cases/clock-queries.ts';
import { clockToWire } from '#server/cases/clock-wire.ts';
import { planOf } from '#server/cases/question.ts';
import { ROLES } from '#server/cases/words.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { cutPage, placeValues, readPlace } from './cursor.ts';
import { maskedNames } from './masked-names.ts';

type Running = ClockRow & {
  number: string;
  plan: string;
  edition: string;
  service: string;
  turn: string;
  personId: string;
  standing: boolean;
};

// Which promises stand for which pause is the plan's to say, so its rules come along as a table.
const selectRunning = sql<Running>(
  'operations.runningClocks',
  `with rules as (
     select * from jsonb_to_recordset($2::jsonb) as r(plan text, edition text, service text, promise text, target boolean, papers boolean, suspension boolean)),
   running as (
     select ${CLOCK_COLUMNS}, c.number, c.plan, c.edition, c.service, c.turn, c.person_id as "personId",
       exists (select 1 from pauses z where z.insurer = k.insurer and z.case_id = k.case_id and z.to_at is null and z.from_at <= k.due
                 and ((z.reason = 'papers' and r.papers) or (z.reason = 'suspension' and r.suspension))) as standing
     from clocks k join cases c on c.insurer = k.insurer and c.id = k.case_id
       left join rules r on r.plan = c.plan and r.edition = c.edition and r.service = c.service and r.promise = k.promise and r.target = k.target
     where k.insurer = $1 and k.met_at is null and k.void_at is null and not c.final)
   select * from running
    where $3::boolean is null or (standing, due, id) > ($3::boolean, $4::timestamptz, $5::uuid)
    order by standing, due, id limit $6`,
);

/** Standing clocks come last: nothing can fall due while they stand. Persons are masked. At most `limit` a page. */
export async function listRunningClocks(
  db: Db,
  ctx: Ctx,
  lang: 'zh' | 'en',
  page: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<{ items: z.infer<typeof RunningClock>[]; next: string | null }> {
  const found = await query(db, selectRunning, [
    ctx.insurer,
    JSON.stringify(standingRules(ctx)),
    ...placeValues(readPlace(page.cursor)),
    page.limit + 1,
  ]);
  const { rows, next } = cutPage(found, page.limit, ({ standing, due, id }) => [standing, due.getTime(), id]);
  const pauses = await listPausesOf(db, ctx, [...new Set(rows.map(({ caseId }) => caseId))]);
  const moves = await listMoves(
    db,
    ctx,
    rows.map(({ id }) => id),
  );
  const names = await maskedNames(
    db,
    ctx,
    rows.map(({ personId }) => personId),
  );
  const items = rows.map((row) => {
    const { plan, service } = planOf(ctx, row.plan, row.edition, row.service);
    const ofCase = pauses.filter(({ caseId }) => caseId === row.caseId);
    const rule = timedRules(service).find((one) => one.code === row.promise && one.target === row.target);
    const clock = clockToWire(ctx, lang, { plan, service, clock: row, pauses: ofCase, moves, now });
    const late =
      rule !== undefined &&
      pausedLate(clockRule(plan, service, rule, ctx.calendar()), {
        start: row.startedAt,
        due: row.due,
        paused: pausesFor(rule, ofCase),
      });
    return {
      clock,
      caseId: row.caseId,
      caseNumber: row.number,
      service: row.service,
      serviceName: service.name[lang],
      turn: ROLES[row.turn]?.[lang] ?? row.turn,
      person: names.get(row.personId) ?? '',
      pausedLate: late,
    };
  });
  return { items, next };
}

const standingRules = (ctx: Pick<Ctx, 'plans'>) =>
  ctx.plans.flatMap((plan) =>
    Object.entries(plan.services).flatMap(([service, one]) =>
      timedRules(one).map(({ code, target, stands }) => ({
        plan: plan.plan,
        edition: plan.edition,
        service,
        promise: code,
        target,
        papers: stands.forPapers,
        suspension: stands.forSuspension,
      })),
    ),
  );
