/** SQL of clocks, pauses, uses and breaches of a case. */
import type { PauseReason } from '#domain/cases/on-milestone.ts';
import type { LedgerRow, UseMove } from '#domain/uses/ledger.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type ClockRow = {
  id: string;
  caseId: string;
  promise: string;
  occurrence: number;
  target: boolean;
  clause: string | null;
  unit: string;
  amount: number;
  startedAt: Date;
  firstDue: Date;
  due: Date;
  provisional: boolean;
  metAt: Date | null;
  voidAt: Date | null;
  breachedAt: Date | null;
  correctedBy: string | null;
};
export type PauseRow = { id: string; reason: PauseReason; from: Date; to: Date | null };

export const CLOCK_COLUMNS = `k.id, k.case_id as "caseId", k.promise, k.occurrence, k.target, k.clause, k.unit, k.amount, k.started_at as "startedAt", k.first_due as "firstDue",
  k.due, k.provisional, k.met_at as "metAt", k.void_at as "voidAt", k.breached_at as "breachedAt", k.corrected_by as "correctedBy"`;
const selectClocks = sql<ClockRow>(
  'clocks.ofCase',
  `select ${CLOCK_COLUMNS} from clocks k where k.insurer = $1 and k.case_id = $2 order by k.target, k.started_at, k.promise, k.occurrence`,
);
const selectClocksOfCases = sql<ClockRow>(
  'clocks.ofCases',
  `select ${CLOCK_COLUMNS} from clocks k where k.insurer = $1 and k.case_id = any($2) and k.met_at is null and k.void_at is null`,
);
const selectClock = sql<ClockRow>(
  'clocks.select',
  `select ${CLOCK_COLUMNS} from clocks k where k.insurer = $1 and k.id = $2`,
);
const insertClock = sql<never>(
  'clocks.insert',
  `insert into clocks (insurer, id, case_id, promise, occurrence, target, clause, unit, amount, rule_set, started_at, first_due, due, provisional, told_provisional)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12, $13, $13)`,
);
const meetClock = sql<never>(
  'clocks.meet',
  `update clocks set met_at = $3, recorded_at = $4, breached_at = coalesce(breached_at, case when $3 > due then due end) where insurer = $1 and id = $2`,
);
const voidClock = sql<never>(
  'clocks.void',
  'update clocks set void_at = $3 where insurer = $1 and id = $2 and met_at is null',
);
const reopenClock = sql<never>(
  'clocks.reopen',
  'update clocks set met_at = null, recorded_at = null where insurer = $1 and id = $2',
);
const moveClock = sql<never>(
  'clocks.move',
  'update clocks set due = $3, provisional = $4, rule_set = $5 where insurer = $1 and id = $2',
);
const breachClock = sql<never>(
  'clocks.breach',
  'update clocks set breached_at = $3 where insurer = $1 and id = $2 and breached_at is null',
);
const insertMove = sql<never>(
  'clockMoves.insert',
  'insert into clock_moves (insurer, id, clock_id, at, from_due, to_due, why) values ($1, $2, $3, $4, $5, $6, $7)',
);
const selectMoves = sql<{ clockId: string; at: Date; fromDue: Date; toDue: Date; why: string }>(
  'clockMoves.select',
  'select clock_id as "clockId", at, from_due as "fromDue", to_due as "toDue", why from clock_moves where insurer = $1 and clock_id = any($2) order by at',
);
const selectPauses = sql<PauseRow>(
  'pauses.select',
  'select id, reason, from_at as "from", to_at as "to" from pauses where insurer = $1 and case_id = $2 order by from_at',
);
const selectPausesOfCases = sql<PauseRow & { caseId: string }>(
  'pauses.ofCases',
  'select id, case_id as "caseId", reason, from_at as "from", to_at as "to" from pauses where insurer = $1 and case_id = any($2) order by from_at',
);
const insertPause = sql<never>(
  'pauses.insert',
  'insert into pauses (insurer, id, case_id, reason, from_at) values ($1, $2, $3, $4, $5)',
);
const endPause = sql<never>(
  'pauses.end',
  'update pauses set to_at = $4 where insurer = $1 and case_id = $2 and reason = $3 and to_at is null',
);
const insertUse = sql<never>(
  'uses.insert',
  `insert into uses (insurer, id, entitlement_id, case_id, move, cause, clause, actor_account, actor_role, on_day, at, seq)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);
const USE_COLUMNS = 'u.case_id as "caseId", u.move, u.cause, u.on_day as "onDay", u.seq';
const usesOfCase = sql<LedgerRow & { entitlementId: string }>(
  'uses.ofCase',
  `select ${USE_COLUMNS}, u.entitlement_id as "entitlementId" from uses u where u.insurer = $1 and u.case_id = $2 order by u.seq`,
);
const usesOfPolicy = sql<LedgerRow>(
  'uses.ofPolicy',
  `select ${USE_COLUMNS} from uses u join entitlements e on e.insurer = u.insurer and e.id = u.entitlement_id
    where u.insurer = $1 and e.policy_id = $2 and e.person_id = $3 and e.service = $4 order by u.at, u.seq`,
);
const usesOfLifetime = sql<LedgerRow>(
  'uses.ofLifetime',
  `select ${USE_COLUMNS} from uses u join entitlements e on e.insurer = u.insurer and e.id = u.entitlement_id
    where u.insurer = $1 and e.person_id = $2 and e.service = $3 order by u.at, u.seq`,
);
const insertBreach = sql<never>(
  'breaches.insert',
  `insert into breaches (insurer, id, clock_id, case_id, due_at, turn_at_due, proposed_cause, confirm_by, provider) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   on conflict (insurer, clock_id, due_at) do nothing`,
);

export const listClocks = (db: Db, ctx: Keys, caseId: string) => query(db, selectClocks, [ctx.insurer, caseId]);
export const listOpenClocksOf = (db: Db, ctx: Keys, caseIds: string[]) =>
  query(db, selectClocksOfCases, [ctx.insurer, caseIds]);
export const findClock = (db: Db, ctx: Keys, id: string) => queryOne(db, selectClock, [ctx.insurer, id]);
export type NewClock = Omit<ClockRow, 'firstDue' | 'metAt' | 'voidAt' | 'breachedAt' | 'correctedBy'> & {
  ruleSet: string;
};
export const insertClockRow = (db: Db, ctx: Keys, k: NewClock) =>
  query(db, insertClock, [
    ctx.insurer,
    k.id,
    k.caseId,
    k.promise,
    k.occurrence,
    k.target,
    k.clause,
    k.unit,
    k.amount,
    k.ruleSet,
    k.startedAt,
    k.due,
    k.provisional,
  ]);
export const meetClockRow = (db: Db, ctx: Keys, id: string, at: Date, recordedAt: Date) =>
  query(db, meetClock, [ctx.insurer, id, at, recordedAt]);
export const voidClockRow = (db: Db, ctx: Keys, id: string, at: Date) => query(db, voidClock, [ctx.insurer, id, at]);
export const reopenClockRow = (db: Db, ctx: Keys, id: string) => query(db, reopenClock, [ctx.insurer, id]);
export const breachClockRow = (db: Db, ctx: Keys, id: string, due: Date) =>
  query(db, breachClock, [ctx.insurer, id, due]);
export async function moveClockRow(
  db: Db,
  ctx: Keys,
  move: {
    id: string;
    moveId: string;
    clockId: string;
    at: Date;
    from: Date;
    to: Date;
    provisional: boolean;
    why: string;
    ruleSet: string;
  },
): Promise<void> {
  await query(db, moveClock, [ctx.insurer, move.clockId, move.to, move.provisional, move.ruleSet]);
  await query(db, insertMove, [ctx.insurer, move.moveId, move.clockId, move.at, move.from, move.to, move.why]);
}
export const listMoves = (db: Db, ctx: Keys, clockIds: string[]) => query(db, selectMoves, [ctx.insurer, clockIds]);
export const listPauses = (db: Db, ctx: Keys, caseId: string) => query(db, selectPauses, [ctx.insurer, caseId]);
export const listPausesOf = (db: Db, ctx: Keys, caseIds: string[]) =>
  query(db, selectPausesOfCases, [ctx.insurer, caseIds]);
export const startPause = (db: Db, ctx: Keys, id: string, caseId: string, reason: PauseReason, at: Date) =>
  query(db, insertPause, [ctx.insurer, id, caseId, reason, at]);
export const stopPause = (db: Db, ctx: Keys, caseId: string, reason: PauseReason, at: Date) =>
  query(db, endPause, [ctx.insurer, caseId, reason, at]);
export type NewUse = {
  id: string;
  entitlementId: string;
  caseId: string;
  move: UseMove;
  cause: string;
  clause: string | null;
  actorAccount: string | null;
  actorRole: string;
  onDay: string;
  at: Date;
  seq: number;
};
export const insertUseRow = (db: Db, ctx: Keys, u: NewUse) =>
  query(db, insertUse, [
    ctx.insurer,
    u.id,
    u.entitlementId,
    u.caseId,
    u.move,
    u.cause,
    u.clause,
    u.actorAccount,
    u.actorRole,
    u.onDay,
    u.at,
    u.seq,
  ]);
export const listUsesOfCase = (db: Db, ctx: Keys, caseId: string) => query(db, usesOfCase, [ctx.insurer, caseId]);
/** The ledger of one limit: of the policy, or of the person's lifetime (plan field limitPer). */
export const listUses = (
  db: Db,
  ctx: Keys,
  per: 'policy' | 'policy-year' | 'lifetime',
  policyId: string,
  personId: string,
  service: string,
) =>
  per === 'lifetime'
    ? query(db, usesOfLifetime, [ctx.insurer, personId, service])
    : query(db, usesOfPolicy, [ctx.insurer, policyId, personId, service]);
export const insertBreachRow = (
  db: Db,
  ctx: Keys,
  b: {
    id: string;
    clockId: string;
    caseId: string;
    dueAt: Date;
    turn: string;
    proposedCause: string;
    confirmBy: Date;
    provider: string | null;
  },
) =>
  query(db, insertBreach, [
    ctx.insurer,
    b.id,
    b.clockId,
    b.caseId,
    b.dueAt,
    b.turn,
    b.proposedCause,
    b.confirmBy,
    b.provider,
  ]);
