/** SQL of call backs. */
import type { CallBackView } from '#contract/call-backs.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type CallBackRow = {
  id: string;
  personId: string;
  askedBy: string;
  askedAt: Date;
  caseId: string | null;
  caseNumber: string | null;
  decisionId: string | null;
  complaintId: string | null;
  complaintNumber: string | null;
  service: string | null;
  from: Date;
  to: Date;
  state: CallBackView['state'];
  takenBy: string | null;
  tries: number;
  nextTryAt: Date | null;
  outcome: CallBackView['outcome'];
  closedAt: Date | null;
  sealed: Buffer;
};
export type TryRow = { id: string; callBackId: string; at: Date; by: string; reached: boolean; sealed: Buffer | null };

const ROWS = `select b.id, b.person_id as "personId", b.asked_by as "askedBy", b.asked_at as "askedAt", b.case_id as "caseId", c.number as "caseNumber",
    b.decision_id as "decisionId", b.complaint_id as "complaintId", q.number as "complaintNumber", b.service, b.from_at as "from", b.to_at as "to", b.state,
    b.taken_by as "takenBy", b.tries, b.next_try_at as "nextTryAt", b.outcome, b.closed_at as "closedAt", b.sealed
  from call_backs b left join cases c on c.insurer = b.insurer and c.id = b.case_id
    left join complaints q on q.insurer = b.insurer and q.id = b.complaint_id where b.insurer = $1`;
const OPEN = `b.state in ('waiting', 'taken')`;
const selectOne = sql<CallBackRow>('callBacks.select', `${ROWS} and b.id = $2`);
const lockOne = sql<{ id: string }>(
  'callBacks.lock',
  'select id from call_backs where insurer = $1 and id = $2 for update',
);
const selectMine = sql<CallBackRow>(
  'callBacks.mine',
  `${ROWS} and b.asked_by = $2 and (${OPEN} or b.closed_at >= $3) order by ${OPEN} desc, b.asked_at desc, b.id desc limit 20`,
);
const selectOpen = sql<CallBackRow>(
  'callBacks.open',
  `${ROWS} and ${OPEN} order by coalesce(b.next_try_at, b.from_at), b.to_at, b.id limit 200`,
);
const selectSame = sql<{ id: string }>(
  'callBacks.same',
  `select b.id from call_backs b where b.insurer = $1 and b.person_id = $2 and b.matter = $3 and ${OPEN}`,
);
const insertOne = sql<{ id: string }>(
  'callBacks.insert',
  `insert into call_backs (insurer, id, person_id, asked_by, asked_at, case_id, decision_id, complaint_id, service, matter, from_at, to_at, state, sealed)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting', $13)
   on conflict (insurer, person_id, matter) where state in ('waiting', 'taken') do nothing returning id`,
);
const updateOne = sql<never>(
  'callBacks.update',
  'update call_backs set state = $3, taken_by = $4, tries = $5, next_try_at = $6, outcome = $7, closed_at = $8 where insurer = $1 and id = $2',
);
const insertTry = sql<never>(
  'callBacks.insertTry',
  'insert into call_back_tries (insurer, id, call_back_id, at, by_account, reached, sealed) values ($1, $2, $3, $4, $5, $6, $7)',
);
const selectTries = sql<TryRow>(
  'callBacks.tries',
  `select id, call_back_id as "callBackId", at, by_account as by, reached, sealed from call_back_tries where insurer = $1 and call_back_id = any($2) order by at, id`,
);
const selectVideo = sql<{ caseId: string; number: string; since: Date }>(
  'callBacks.video',
  `select q.case_id as "caseId", c.number, q.since from video_queue q join cases c on c.insurer = q.insurer and c.id = q.case_id
    where q.insurer = $1 and q.call_back order by q.since limit 200`,
);

export const findCallBack = (db: Db, ctx: Keys, id: string) => queryOne(db, selectOne, [ctx.insurer, id]);
/** The call back, locked until the transaction ends; undefined when there is none. */
export const findCallBackForUpdate = async (db: Db, ctx: Keys, id: string) =>
  (await queryOne(db, lockOne, [ctx.insurer, id])) && findCallBack(db, ctx, id);
/** What an account asked for: what is open, and what closed since. */
export const listCallBacksOf = (db: Db, ctx: Keys, account: string, since: Date) =>
  query(db, selectMine, [ctx.insurer, account, since]);
/** What the desk has to do, by when it suits whoever asked; 200 at most. */
export const listOpenCallBacks = (db: Db, ctx: Keys) => query(db, selectOpen, [ctx.insurer]);
export const findSameOpen = async (db: Db, ctx: Keys, personId: string, matter: string) =>
  (await queryOne(db, selectSame, [ctx.insurer, personId, matter]))?.id;
export type NewCallBack = Pick<
  CallBackRow,
  | 'id'
  | 'personId'
  | 'askedBy'
  | 'askedAt'
  | 'caseId'
  | 'decisionId'
  | 'complaintId'
  | 'service'
  | 'from'
  | 'to'
  | 'sealed'
> & { matter: string };
/** False when one about the same is open. */
export const insertCallBackRow = async (db: Db, ctx: Keys, b: NewCallBack): Promise<boolean> =>
  (await queryOne(db, insertOne, [
    ctx.insurer,
    b.id,
    b.personId,
    b.askedBy,
    b.askedAt,
    b.caseId,
    b.decisionId,
    b.complaintId,
    b.service,
    b.matter,
    b.from,
    b.to,
    b.sealed,
  ])) !== undefined;
export const saveCallBack = (db: Db, ctx: Keys, b: CallBackRow) =>
  query(db, updateOne, [ctx.insurer, b.id, b.state, b.takenBy, b.tries, b.nextTryAt, b.outcome, b.closedAt]);
export const insertTryRow = (db: Db, ctx: Keys, t: TryRow) =>
  query(db, insertTry, [ctx.insurer, t.id, t.callBackId, t.at, t.by, t.reached, t.sealed]);
export const listTries = (db: Db, ctx: Keys, ids: readonly string[]) => query(db, selectTries, [ctx.insurer, ids]);
/** Members of the video queue who asked for a call, who waits longest first. */
export const listVideoCallBacks = (db: Db, ctx: Keys) => query(db, selectVideo, [ctx.insurer]);
