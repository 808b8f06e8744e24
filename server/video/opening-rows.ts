/** Openings as rows: the last one that counts, and what runs already. */
import { addDays, addYearsSameDate, dayOf } from '#domain/calendar/day.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

/** The mark of a case whose opening takes longer than usual. */
export const DELAYED = 'opening-late';

const insertOpening = sql<never>(
  'videoOpenings.insert',
  'insert into video_openings (insurer, case_id, policy_id, person_id, service, opened_at) values ($1, $2, $3, $4, $5, $6)',
);
// An opening counts while its case is open or ran its year; one that ended with the policy, or otherwise, does not come back.
const selectLast = sql<{ openedAt: Date; caseId: string }>(
  'videoOpenings.last',
  `select o.opened_at as "openedAt", o.case_id as "caseId" from video_openings o join cases c on c.insurer = o.insurer and c.id = o.case_id
    where o.insurer = $1 and o.policy_id = $2 and o.person_id = $3 and o.service = $4 and (not c.final or c.state = 'closed-lapsed')
    order by o.opened_at desc limit 1`,
);
const selectRunning = sql<{ id: string; number: string; state: string }>(
  'videoOpenings.running',
  `select id, number, state from cases where insurer = $1 and person_id = $2 and service = $3 and not final and state = any($4)
    order by opened_at desc limit 1`,
);

/** States in which a second request of the same act would only double the first. */
const RUNNING = {
  open: ['opening'],
  use: ['queued', 'waiting-again', 'time-offered', 'appointed', 'in-call', 'missed'],
} as const;

/** The last acknowledged opening of a person under a policy; undefined: none that counts. */
export const findOpening = (db: Db, ctx: Pick<Ctx, 'insurer'>, policyId: string, personId: string, service: string) =>
  queryOne(db, selectLast, [ctx.insurer, policyId, personId, service]);

/** A case of this act that runs already. */
export const findRunning = (
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  about: { personId: string; service: string; act: 'open' | 'use' },
) => queryOne(db, selectRunning, [ctx.insurer, about.personId, about.service, RUNNING[about.act]]);

/** When the year of an opening ends, and from when it can be applied for again. */
export function yearOf(
  openedAt: Date,
  rule: { years: number; reopenBeforeDays: number },
): { validUntil: string; opensAgainOn: string } {
  const validUntil = addYearsSameDate(dayOf(openedAt), rule.years);
  return { validUntil, opensAgainOn: addDays(validUntil, 1 - rule.reopenBeforeDays) };
}

/** As acknowledged, once a case. */
export const recordOpening = (
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  row: { id: string; policyId: string; personId: string; service: string },
  now: Date,
) => query(db, insertOpening, [ctx.insurer, row.id, row.policyId, row.personId, row.service, now]);
