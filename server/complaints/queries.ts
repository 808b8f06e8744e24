/** SQL of complaints: the row, its rounds, its history, and who took part in what it is about. */
import type { AnswerNorm } from '#domain/complaints/clocks.ts';
import type {
  ComplaintChannel,
  ComplaintEventType,
  ComplaintKind,
  ComplaintOutcome,
  ComplaintRelation,
  ComplaintState,
} from '#domain/complaints/rules.ts';
import { type Place, placeValues } from '#server/operations/cursor.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type ComplaintRow = {
  id: string;
  number: string;
  kind: ComplaintKind;
  personId: string;
  complainant: string | null;
  relation: ComplaintRelation;
  channel: ComplaintChannel;
  filedBy: string;
  filedAt: Date;
  caseId: string | null;
  caseNumber: string | null;
  decisionId: string | null;
  decidedBy: string | null;
  service: string | null;
  state: ComplaintState;
  round: number;
  sealed: Buffer;
  sealedAs: 'complaints' | 'appeals';
  /** Of the present round. */
  norm: AnswerNorm;
  startedAt: Date;
  due: Date;
  handler: string | null;
  answeredAt: Date | null;
  /** The asking account decided it, acted in the case, or had the round before in hand. */
  tookPart: boolean;
};
export type RoundRow = {
  round: number;
  startedAt: Date;
  norm: AnswerNorm;
  firstDue: Date;
  due: Date;
  handler: string | null;
  outcome: ComplaintOutcome | null;
  answeredBy: string | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  breachedAt: Date | null;
};
export type ComplaintEventRow = {
  id: string;
  round: number;
  type: ComplaintEventType;
  at: Date;
  actorAccount: string | null;
  actorRole: string;
  data: Record<string, string>;
  sealed: Buffer | null;
};

// Reading a minor's file or asking for more time is no part in what the complaint is about.
const TOOK_PART = `(($2::uuid is not distinct from d.decided_by and $2 is not null)
   or exists (select 1 from decisions x where x.insurer = q.insurer and x.case_id = q.case_id and x.decided_by = $2)
   or exists (select 1 from cases c where c.insurer = q.insurer and c.id = q.case_id and $2 in (c.reviewer, c.assignee))
   or exists (select 1 from events e where e.insurer = q.insurer and e.case_id = q.case_id and e.actor_account = $2)
   or exists (select 1 from course_entries n where n.insurer = q.insurer and n.case_id = q.case_id and n.by_account = $2)
   or exists (select 1 from approvals a where a.insurer = q.insurer and a.case_id = q.case_id and $2 in (a.asked_by, a.decided_by)
        and a.kind not in ('open-minor', 'extend-complaint'))
   or (q.round = 2 and exists (select 1 from complaint_events h where h.insurer = q.insurer and h.complaint_id = q.id and h.round = 1
        and h.actor_account = $2 and h.type in ('taken', 'asked', 'noted', 'stated', 'extended', 'extension-asked', 'answered'))))`;
const ROWS = `select q.id, q.number, q.kind, q.person_id as "personId", q.complainant, q.relation, q.channel, q.filed_by as "filedBy", q.filed_at as "filedAt",
     q.case_id as "caseId", k.number as "caseNumber", q.decision_id as "decisionId", d.decided_by as "decidedBy", q.service, q.state, q.round, q.sealed,
     q.sealed_as as "sealedAs", r.norm, r.started_at as "startedAt", r.due_at as due, r.handler, r.answered_at as "answeredAt", ${TOOK_PART} as "tookPart"
   from complaints q join complaint_rounds r on r.insurer = q.insurer and r.complaint_id = q.id and r.round = q.round
     left join decisions d on d.insurer = q.insurer and d.id = q.decision_id
     left join cases k on k.insurer = q.insurer and k.id = q.case_id
   where q.insurer = $1`;
const CLOSED = `state in ('answered', 'withdrawn')`;
const selectOne = sql<ComplaintRow>('complaints.select', `${ROWS} and q.id = $3`);
const selectPage = sql<ComplaintRow>(
  'complaints.page',
  `select * from (${ROWS}) a where (not $3::boolean or not "tookPart")
     and ($4::boolean is null or (${CLOSED}, due, id) > ($4::boolean, $5::timestamptz, $6::uuid))
    order by ${CLOSED}, due, id limit $7`,
);
const selectMine = sql<ComplaintRow>(
  'complaints.mine',
  `select * from (${ROWS} and (q.complainant = $3 or q.person_id = $3)) a order by ${CLOSED}, "filedAt" desc, id desc limit 100`,
);
const selectOfDecision = sql<ComplaintRow>(
  'complaints.ofDecision',
  `select * from (${ROWS} and q.decision_id = $3) a order by ${CLOSED}, "filedAt" desc limit 1`,
);
const selectHandled = sql<{ id: string }>(
  'complaints.handled',
  `select q.id from complaints q join complaint_rounds r on r.insurer = q.insurer and r.complaint_id = q.id and r.round = q.round
    where q.insurer = $1 and r.handler = $2 and not q.${CLOSED} and (q.case_id = $3 or q.decision_id = $3) limit 1`,
);
const selectOpenMatter = sql<{ id: string }>(
  'complaints.openMatter',
  `select id from complaints where insurer = $1 and matter = $2 and not ${CLOSED}`,
);
const lockOne = sql<{ id: string }>(
  'complaints.lock',
  'select id from complaints where insurer = $1 and id = $2 for update',
);
const insertOne = sql<{ id: string }>(
  'complaints.insert',
  `insert into complaints (insurer, id, number, kind, person_id, complainant, relation, channel, filed_by, filed_at, case_id, decision_id, service, matter, state, sealed)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'received', $15)
   on conflict (insurer, matter) where ${CLOSED.replace('in', 'not in')} do nothing returning id`,
);
const updateState = sql<never>(
  'complaints.state',
  'update complaints set state = $3, round = $4 where insurer = $1 and id = $2',
);
const insertRound = sql<never>(
  'complaints.insertRound',
  `insert into complaint_rounds (insurer, complaint_id, round, started_at, norm, first_due_at, due_at) values ($1, $2, $3, $4, $5, $6, $6)`,
);
const selectRounds = sql<RoundRow>(
  'complaints.rounds',
  `select round, started_at as "startedAt", norm, first_due_at as "firstDue", due_at as due, handler, outcome, answered_by as "answeredBy",
     answered_at as "answeredAt", ended_at as "endedAt", breached_at as "breachedAt" from complaint_rounds where insurer = $1 and complaint_id = $2 order by round`,
);
const KEY = 'where insurer = $1 and complaint_id = $2 and round = $3';
const updateHandler = sql<never>('complaints.handler', `update complaint_rounds set handler = $4 ${KEY}`);
const updateDue = sql<never>('complaints.due', `update complaint_rounds set norm = $4, due_at = $5 ${KEY}`);
const updateAnswer = sql<never>(
  'complaints.answer',
  `update complaint_rounds set outcome = $4, answered_by = $5, answered_at = $6 ${KEY}`,
);
const updateEnd = sql<never>('complaints.end', `update complaint_rounds set ended_at = $4 ${KEY}`);
const updateBreach = sql<never>('complaints.breach', `update complaint_rounds set breached_at = $4 ${KEY}`);
const insertEvent = sql<never>(
  'complaints.insertEvent',
  `insert into complaint_events (insurer, id, complaint_id, round, type, at, actor_account, actor_role, data, sealed)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
const selectEvents = sql<ComplaintEventRow>(
  'complaints.events',
  `select id, round, type, at, actor_account as "actorAccount", actor_role as "actorRole", data, sealed from complaint_events
    where insurer = $1 and complaint_id = $2 order by at, id limit 500`,
);
const insertLift = sql<{ barId: string }>(
  'complaints.liftBars',
  `insert into bar_corrections (insurer, bar_id, complaint_id, recorded_at)
   select insurer, id, $3, $4 from bars where insurer = $1 and case_id = $2 on conflict do nothing returning bar_id as "barId"`,
);
const selectShared = sql<{ one: 1 }>(
  'complaints.sharePolicy',
  `select 1 as one from policy_persons a join policy_persons b on b.insurer = a.insurer and b.policy_id = a.policy_id
    where a.insurer = $1 and a.person_id = $2 and b.person_id = $3 limit 1`,
);
const selectHolder = sql<{ one: 1 }>(
  'complaints.holderOf',
  `select 1 as one from policies p join policy_persons x on x.insurer = p.insurer and x.policy_id = p.id
    where p.insurer = $1 and x.person_id = $2 and p.holder_id = $3 limit 1`,
);
const selectCaseByNumber = sql<{ id: string; personId: string; service: string }>(
  'complaints.caseByNumber',
  'select id, person_id as "personId", service from cases where insurer = $1 and number = $2',
);

/** `account`: whose part in it is told; null asks about nobody. */
export const findComplaint = (db: Db, ctx: Keys, account: string | null, id: string) =>
  queryOne(db, selectOne, [ctx.insurer, account, id]);
/** The complaint, locked until the transaction ends; undefined when there is none. */
export async function findComplaintForUpdate(db: Db, ctx: Keys, account: string | null, id: string) {
  // A second statement, so that it sees what the lock waited for.
  return (await queryOne(db, lockOne, [ctx.insurer, id])) && findComplaint(db, ctx, account, id);
}
/** Open ones first, by when the answer is due; `withoutPart` leaves out those the account had a part in. */
export const listComplaintRows = (
  db: Db,
  ctx: Keys,
  account: string,
  withoutPart: boolean,
  after: Place | null,
  limit: number,
) => query(db, selectPage, [ctx.insurer, account, withoutPart, ...placeValues(after), limit]);
/** What a person complained of, and what others did for her; open ones first, 100 at most. */
export const listComplaintsOf = (db: Db, ctx: Keys, personId: string) =>
  query(db, selectMine, [ctx.insurer, null, personId]);
export const findComplaintOfDecision = (db: Db, ctx: Keys, decisionId: string) =>
  queryOne(db, selectOfDecision, [ctx.insurer, null, decisionId]);
/** Whether a complaint about this case or decision is in the account's hands now. */
export const handlesComplaintOn = async (db: Db, ctx: Keys, account: string, about: string): Promise<boolean> =>
  (await queryOne(db, selectHandled, [ctx.insurer, account, about])) !== undefined;
export const findOpenMatter = async (db: Db, ctx: Keys, matter: string): Promise<string | undefined> =>
  (await queryOne(db, selectOpenMatter, [ctx.insurer, matter]))?.id;

export type NewComplaint = Pick<
  ComplaintRow,
  | 'id'
  | 'number'
  | 'kind'
  | 'personId'
  | 'complainant'
  | 'relation'
  | 'channel'
  | 'filedBy'
  | 'filedAt'
  | 'caseId'
  | 'decisionId'
  | 'service'
  | 'sealed'
> & { matter: string };
/** False when a complaint about the same is open. */
export const insertComplaintRow = async (db: Db, ctx: Keys, c: NewComplaint): Promise<boolean> =>
  (await queryOne(db, insertOne, [
    ctx.insurer,
    c.id,
    c.number,
    c.kind,
    c.personId,
    c.complainant,
    c.relation,
    c.channel,
    c.filedBy,
    c.filedAt,
    c.caseId,
    c.decisionId,
    c.service,
    c.matter,
    c.sealed,
  ])) !== undefined;
export const setState = (db: Db, ctx: Keys, id: string, state: ComplaintState, round: number) =>
  query(db, updateState, [ctx.insurer, id, state, round]);
export const insertRoundRow = (
  db: Db,
  ctx: Keys,
  id: string,
  round: number,
  startedAt: Date,
  norm: AnswerNorm,
  due: Date,
) => query(db, insertRound, [ctx.insurer, id, round, startedAt, norm, due]);
export const listRounds = (db: Db, ctx: Keys, id: string) => query(db, selectRounds, [ctx.insurer, id]);
type Of = Pick<ComplaintRow, 'id' | 'round'>;
export const setHandler = (db: Db, ctx: Keys, { id, round }: Of, handler: string) =>
  query(db, updateHandler, [ctx.insurer, id, round, handler]);
export const setDue = (db: Db, ctx: Keys, { id, round }: Of, norm: AnswerNorm, due: Date) =>
  query(db, updateDue, [ctx.insurer, id, round, norm, due]);
export const setAnswer = (db: Db, ctx: Keys, { id, round }: Of, outcome: ComplaintOutcome, by: string, at: Date) =>
  query(db, updateAnswer, [ctx.insurer, id, round, outcome, by, at]);
export const setEnd = (db: Db, ctx: Keys, { id, round }: Of, at: Date) =>
  query(db, updateEnd, [ctx.insurer, id, round, at]);
export const setBreach = (db: Db, ctx: Keys, { id, round }: Of, at: Date) =>
  query(db, updateBreach, [ctx.insurer, id, round, at]);
export const insertEventRow = (db: Db, ctx: Keys, complaintId: string, e: ComplaintEventRow) =>
  query(db, insertEvent, [
    ctx.insurer,
    e.id,
    complaintId,
    e.round,
    e.type,
    e.at,
    e.actorAccount,
    e.actorRole,
    JSON.stringify(e.data),
    e.sealed,
  ]);
export const listEvents = (db: Db, ctx: Keys, id: string) => query(db, selectEvents, [ctx.insurer, id]);
/** Lifts what bars came of a case; returns those that still stood. */
export const liftBarRows = (db: Db, ctx: Keys, caseId: string, complaintId: string, at: Date) =>
  query(db, insertLift, [ctx.insurer, caseId, complaintId, at]);
/** Whether two persons stand on one policy, in whatever part. */
export const sharePolicy = async (db: Db, ctx: Keys, one: string, other: string): Promise<boolean> =>
  (await queryOne(db, selectShared, [ctx.insurer, one, other])) !== undefined;
/** Whether a policy on which the person stands is held by the other. */
export const isHolderOf = async (db: Db, ctx: Keys, holder: string, personId: string): Promise<boolean> =>
  (await queryOne(db, selectHolder, [ctx.insurer, personId, holder])) !== undefined;
export const findCaseByNumber = (db: Db, ctx: Keys, number: string) =>
  queryOne(db, selectCaseByNumber, [ctx.insurer, number]);
