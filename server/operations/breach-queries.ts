/** SQL of breaches: facts for ever; what is written later is who confirmed the cause and what the provider says. */
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { type Place, placeValues } from './cursor.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type BreachRow = {
  id: string;
  clockId: string;
  caseId: string;
  dueAt: Date;
  proposedCause: string;
  confirmBy: Date;
  confirmedCause: string | null;
  confirmedBy: string | null;
  confirmedAt: Date | null;
  /** Sealed under the person's key: BreachWords. */
  appeal: Buffer | null;
  promise: string;
  target: boolean;
  clause: string | null;
  startedAt: Date;
  metAt: Date | null;
  correctedBy: string | null;
  number: string;
  plan: string;
  edition: string;
  service: string;
  personId: string;
  provider: string | null;
  correctionAsked: boolean;
};

const COLUMNS = `b.id, b.clock_id as "clockId", b.case_id as "caseId", b.due_at as "dueAt", b.proposed_cause as "proposedCause", b.confirm_by as "confirmBy",
  b.confirmed_cause as "confirmedCause", b.confirmed_by as "confirmedBy", b.confirmed_at as "confirmedAt", b.appeal,
  k.promise, k.target, k.clause, k.started_at as "startedAt", k.met_at as "metAt", k.corrected_by as "correctedBy",
  c.number, c.plan, c.edition, c.service, c.person_id as "personId", b.provider,
  exists (select 1 from approvals a where a.insurer = b.insurer and a.kind = 'correct-clock' and a.subject = b.id and a.state = 'open') as "correctionAsked"`;
const FROM = `from breaches b join clocks k on k.insurer = b.insurer and k.id = b.clock_id join cases c on c.insurer = b.insurer and c.id = b.case_id`;
const selectPage = sql<BreachRow>(
  'breaches.page',
  `select ${COLUMNS} ${FROM} where b.insurer = $1 and ($2::text is null or b.provider = $2)
     and ($3::boolean is null or (b.confirmed_cause is not null, b.confirm_by, b.id) > ($3::boolean, $4::timestamptz, $5::uuid))
    order by b.confirmed_cause is not null, b.confirm_by, b.id limit $6`,
);
const selectOne = sql<BreachRow>('breaches.select', `select ${COLUMNS} ${FROM} where b.insurer = $1 and b.id = $2`);
const lockOne = sql<{ id: string }>(
  'breaches.lock',
  'select id from breaches where insurer = $1 and id = $2 for update',
);
const confirm = sql<never>(
  'breaches.confirm',
  'update breaches set confirmed_cause = $3, confirmed_by = $4, confirmed_at = $5, appeal = $6 where insurer = $1 and id = $2',
);
const setAppeal = sql<never>('breaches.appeal', 'update breaches set appeal = $3 where insurer = $1 and id = $2');
const correct = sql<{ id: string }>(
  'breaches.correctClock',
  `update clocks set corrected_by = $3, met_at = coalesce(met_at, $4), recorded_at = coalesce(recorded_at, $5)
    where insurer = $1 and id = $2 and corrected_by is null returning id`,
);

/** Unconfirmed ones first, by when their cause must be confirmed; those of one provider when it is given. */
export const listBreachRows = (db: Db, ctx: Keys, provider: string | null, after: Place | null, limit: number) =>
  query(db, selectPage, [ctx.insurer, provider, ...placeValues(after), limit]);
export const findBreach = (db: Db, ctx: Keys, id: string) => queryOne(db, selectOne, [ctx.insurer, id]);
/** The breach, locked until the transaction ends; undefined when there is none. */
export async function findBreachForUpdate(db: Db, ctx: Keys, id: string): Promise<BreachRow | undefined> {
  return (await queryOne(db, lockOne, [ctx.insurer, id])) && findBreach(db, ctx, id);
}
export const confirmBreachRow = (db: Db, ctx: Keys, id: string, cause: string, by: string, at: Date, words: Buffer) =>
  query(db, confirm, [ctx.insurer, id, cause, by, at, words]);
export const setBreachAppeal = (db: Db, ctx: Keys, id: string, words: Buffer) =>
  query(db, setAppeal, [ctx.insurer, id, words]);
/** Marks a clock corrected by an approval, once; a clock nobody had met gets the proven moment. False when it already was. */
export const correctClockRow = async (
  db: Db,
  ctx: Keys,
  clockId: string,
  approvalId: string,
  metAt: Date,
  now: Date,
): Promise<boolean> => (await queryOne(db, correct, [ctx.insurer, clockId, approvalId, metAt, now])) !== undefined;
