/** SQL of approvals: what one person asks and another decides. */
import type { ApprovalDetail } from '#domain/operations/approval-words.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { type Place, placeValues } from './cursor.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type ApprovalKind =
  | 'correct-bar'
  | 'correct-use'
  | 'correct-clock'
  | 'change-phone'
  | 'open-minor'
  | 'extend-complaint';
export type ApprovalRow = {
  id: string;
  kind: ApprovalKind;
  caseId: string | null;
  caseNumber: string | null;
  subject: string;
  askedBy: string;
  askedAt: Date;
  sealed: Buffer;
  personId: string;
  state: 'open' | 'approved' | 'refused';
  decidedBy: string | null;
  decidedAt: Date | null;
};
export type SealedApproval = {
  reason: string;
  details: ApprovalDetail[];
  payload: Record<string, unknown>;
  note?: string;
};

const COLUMNS = `a.id, a.kind, a.case_id as "caseId", c.number as "caseNumber", a.subject, a.asked_by as "askedBy", a.asked_at as "askedAt", a.sealed, a.person_id as "personId",
  a.state, a.decided_by as "decidedBy", a.decided_at as "decidedAt"`;
const FROM = 'from approvals a left join cases c on c.insurer = a.insurer and c.id = a.case_id';
const selectPage = sql<ApprovalRow>(
  'approvals.page',
  `select ${COLUMNS} ${FROM} where a.insurer = $1 and ($2::boolean is null or (a.state <> 'open', a.asked_at, a.id) > ($2::boolean, $3::timestamptz, $4::uuid))
    order by a.state <> 'open', a.asked_at, a.id limit $5`,
);
const selectOne = sql<ApprovalRow>('approvals.select', `select ${COLUMNS} ${FROM} where a.insurer = $1 and a.id = $2`);
const lockOne = sql<{ id: string }>(
  'approvals.lock',
  'select id from approvals where insurer = $1 and id = $2 for update',
);
const lockSubject = sql<never>(
  'approvals.lockSubject',
  `select pg_advisory_xact_lock(hashtextextended($1 || '/approval/' || $2 || '/' || $3::text, 0))`,
);
const selectOpen = sql<{ id: string }>(
  'approvals.open',
  `select id from approvals where insurer = $1 and kind = $2 and subject = $3 and state = 'open' and ($4::uuid is null or asked_by = $4) limit 1`,
);
const selectLast = sql<Pick<ApprovalRow, 'id' | 'askedAt' | 'sealed' | 'state'>>(
  'approvals.last',
  `select id, asked_at as "askedAt", sealed, state from approvals where insurer = $1 and kind = $2 and subject = $3 and asked_by = $4
    order by asked_at desc, id desc limit 1`,
);
const insertOne = sql<never>(
  'approvals.insert',
  `insert into approvals (insurer, id, kind, case_id, subject, asked_by, asked_at, sealed, person_id, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open')`,
);
const decideOne = sql<never>(
  'approvals.decide',
  'update approvals set state = $3, decided_by = $4, decided_at = $5, sealed = $6 where insurer = $1 and id = $2',
);

/** Open ones first, the oldest at the top. */
export const listApprovalRows = (db: Db, ctx: Keys, after: Place | null, limit: number) =>
  query(db, selectPage, [ctx.insurer, ...placeValues(after), limit]);
export const findApproval = (db: Db, ctx: Keys, id: string) => queryOne(db, selectOne, [ctx.insurer, id]);
/** The approval, locked until the transaction ends; undefined when there is none. */
export async function findApprovalForUpdate(db: Db, ctx: Keys, id: string): Promise<ApprovalRow | undefined> {
  return (await queryOne(db, lockOne, [ctx.insurer, id])) && findApproval(db, ctx, id);
}
/** Whether the same is asked for already, by anybody or by `askedBy`; whoever asks next waits until this transaction ends. */
export async function isAsked(
  db: Db,
  ctx: Keys,
  kind: ApprovalKind,
  subject: string,
  askedBy: string | null,
): Promise<boolean> {
  await query(db, lockSubject, [ctx.insurer, kind, subject]);
  return (await queryOne(db, selectOpen, [ctx.insurer, kind, subject, askedBy])) !== undefined;
}
/** What this account asked last about the subject. */
export const findLastAsked = (db: Db, ctx: Keys, kind: ApprovalKind, subject: string, askedBy: string) =>
  queryOne(db, selectLast, [ctx.insurer, kind, subject, askedBy]);
export const insertApprovalRow = (
  db: Db,
  ctx: Keys,
  a: Pick<ApprovalRow, 'id' | 'kind' | 'caseId' | 'subject' | 'askedBy' | 'askedAt' | 'sealed' | 'personId'>,
) => query(db, insertOne, [ctx.insurer, a.id, a.kind, a.caseId, a.subject, a.askedBy, a.askedAt, a.sealed, a.personId]);
export const decideApprovalRow = (
  db: Db,
  ctx: Keys,
  id: string,
  state: 'approved' | 'refused',
  by: string,
  at: Date,
  sealed: Buffer,
) => query(db, decideOne, [ctx.insurer, id, state, by, at, sealed]);
