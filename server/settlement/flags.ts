/** What a person has to look into: a code that was dispensed before, a pharmacy that was not agreed. */
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import type { Approval } from './queries.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type Flag = {
  id: string;
  code: 'trace-code-used' | 'pharmacy-not-agreed';
  approvalId: string;
  approvalNumber: string;
  pharmacy: string;
  traceCode: string | null;
  raisedAt: Date;
  outcome: 'mistake' | 'misuse' | null;
};
const columns = `f.id, f.code, f.approval_id as "approvalId", a.number as "approvalNumber", f.pharmacy, f.trace_code as "traceCode",
  f.raised_at as "raisedAt", f.outcome
  from settlement_flags f join drug_approvals a on a.insurer = f.insurer and a.id = f.approval_id`;
const insertFlag = sql<never>(
  'settlementFlags.insert',
  `insert into settlement_flags (insurer, id, code, approval_id, pharmacy, trace_code, raised_by, raised_at)
   select $1, $2, $3, $4, $5, $6, $7, $8 where not exists (select 1 from settlement_flags where insurer = $1 and code = $3
      and approval_id = $4 and pharmacy = $5 and trace_code is not distinct from $6 and outcome is null)`,
);
const selectOpen = sql<Flag>(
  'settlementFlags.open',
  `select ${columns} where f.insurer = $1 and f.outcome is null order by f.raised_at, f.id limit 100`,
);
const lockFlag = sql<{ id: string; outcome: string | null }>(
  'settlementFlags.lock',
  'select id, outcome from settlement_flags where insurer = $1 and id = $2 for update',
);
const updateFlag = sql<never>(
  'settlementFlags.close',
  'update settlement_flags set outcome = $3, closed_by = $4, closed_at = $5 where insurer = $1 and id = $2',
);

/** Raises it once while it is open, however often the same is tried. */
export async function raiseFlag(
  db: Db,
  ctx: Keys,
  actor: Actor,
  code: Flag['code'],
  approval: Pick<Approval, 'id'>,
  pharmacy: string,
  traceCode: string | null,
  now: Date,
): Promise<void> {
  await query(db, insertFlag, [ctx.insurer, uuidv7(), code, approval.id, pharmacy, traceCode, actor.accountId, now]);
}

/** The open ones, oldest first, at most 100. */
export const listOpenFlags = (db: Db, ctx: Keys): Promise<Flag[]> => query(db, selectOpen, [ctx.insurer]);

/** False: there is none, or somebody has closed it. */
export async function closeFlag(
  db: Db,
  ctx: Keys,
  actor: Actor,
  id: string,
  outcome: NonNullable<Flag['outcome']>,
  now: Date,
): Promise<boolean> {
  const found = await queryOne(db, lockFlag, [ctx.insurer, id]);
  if (!found || found.outcome !== null) return false;
  await query(db, updateFlag, [ctx.insurer, id, outcome, actor.accountId, now]);
  return true;
}
