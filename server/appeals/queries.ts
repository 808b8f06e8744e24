/** SQL of decisions as taken and of appeals against them. */
import type { Outcome } from '#domain/eligibility/decide.ts';
import { type Place, placeValues } from '#server/operations/cursor.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;
export type DecisionRow = {
  id: string;
  policyId: string;
  personId: string;
  plan: string;
  edition: string | null;
  service: string;
  outcome: Outcome;
  decidedAt: Date;
  decidedBy: string | null;
  takenBy: 'rules' | 'person';
  sealed: Buffer;
  caseId: string | null;
  caseFinal: boolean | null;
};
export type AppealState = 'open' | 'upheld' | 'overturned';
export type AppealRow = {
  id: string;
  decisionId: string;
  caseId: string | null;
  personId: string;
  filedAt: Date;
  filedBy: string;
  dueAt: Date;
  sealed: Buffer;
  state: AppealState;
  answeredBy: string | null;
  caseNumber: string | null;
  plan: string;
  edition: string | null;
  service: string;
  decidedBy: string | null;
  takenBy: 'rules' | 'person';
  /** The asking account decided it, filed it, or had a hand in the case. */
  tookPart: boolean;
};

// A request's own decision is written before its case exists and never rewritten: both carry the moment of the request.
const CASE_OF = `left join lateral (
    select c.id, c.number, c.final, c.reviewer from cases c
     where c.insurer = d.insurer and c.person_id = d.person_id and c.policy_id = d.policy_id and c.service = d.service
       and (c.id = d.case_id or (d.case_id is null and c.opened_at = d.decided_at and d.outcome <> 'refused'))
     limit 1) c on true`;
const liftBars = sql<{ barId: string }>(
  'appeals.liftBars',
  `insert into bar_corrections (insurer, bar_id, appeal_id, recorded_at)
   select insurer, id, $3, $4 from bars where insurer = $1 and case_id = $2 on conflict do nothing returning bar_id as "barId"`,
);
const selectDecision = sql<DecisionRow>(
  'appeals.decision',
  `select d.id, d.policy_id as "policyId", d.person_id as "personId", d.plan, d.edition, d.service, d.outcome, d.decided_at as "decidedAt", d.decided_by as "decidedBy",
     d.taken_by as "takenBy", d.sealed, c.id as "caseId", c.final as "caseFinal"
   from decisions d ${CASE_OF} where d.insurer = $1 and d.id = $2`,
);
const ROWS = `select a.id, a.decision_id as "decisionId", a.case_id as "caseId", a.person_id as "personId", a.filed_at as "filedAt", a.filed_by as "filedBy", a.due_at as "dueAt",
     a.sealed, a.state, a.answered_by as "answeredBy", c.number as "caseNumber", d.plan, d.edition, d.service, d.decided_by as "decidedBy", d.taken_by as "takenBy",
     ($2::uuid = a.filed_by or $2 is not distinct from d.decided_by or $2 is not distinct from c.reviewer
       or exists (select 1 from events e where e.insurer = a.insurer and e.case_id = a.case_id and e.actor_account = $2)) as "tookPart"
   from appeals a join decisions d on d.insurer = a.insurer and d.id = a.decision_id left join cases c on c.insurer = a.insurer and c.id = a.case_id
   where a.insurer = $1`;
const selectPage = sql<AppealRow>(
  'appeals.page',
  `select * from (${ROWS}) a where (not $3::boolean or not "tookPart")
     and ($4::boolean is null or (state <> 'open', "dueAt", id) > ($4::boolean, $5::timestamptz, $6::uuid))
    order by state <> 'open', "dueAt", id limit $7`,
);
const selectOne = sql<AppealRow>('appeals.select', `${ROWS} and a.id = $3`);
const selectOfDecision = sql<Pick<AppealRow, 'id' | 'personId' | 'sealed' | 'state' | 'dueAt'>>(
  'appeals.ofDecision',
  'select id, person_id as "personId", sealed, state, due_at as "dueAt" from appeals where insurer = $1 and decision_id = $2',
);
const lockOne = sql<{ id: string }>('appeals.lock', 'select id from appeals where insurer = $1 and id = $2 for update');
const insertOne = sql<{ id: string }>(
  'appeals.insert',
  `insert into appeals (insurer, id, decision_id, case_id, person_id, filed_at, filed_by, due_at, sealed, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open')
   on conflict (insurer, decision_id) do nothing returning id`,
);
const answerOne = sql<never>(
  'appeals.answer',
  'update appeals set state = $3, answered_by = $4, answered_at = $5, sealed = $6 where insurer = $1 and id = $2',
);
const selectPolicies = sql<{ id: string }>(
  'appeals.policiesOfPerson',
  `select distinct p.id from policies p join policy_persons x on x.insurer = p.insurer and x.policy_id = p.id
    where p.insurer = $1 and x.person_id = $2 and p.plan = $3 order by p.id limit 10`,
);

export const findDecision = (db: Db, ctx: Keys, id: string) => queryOne(db, selectDecision, [ctx.insurer, id]);
/** Open ones first, by when the answer is due; `withoutMine` leaves out those the account had a part in. */
export const listAppealRows = (
  db: Db,
  ctx: Keys,
  account: string,
  withoutMine: boolean,
  after: Place | null,
  limit: number,
) => query(db, selectPage, [ctx.insurer, account, withoutMine, ...placeValues(after), limit]);
export const findAppeal = (db: Db, ctx: Keys, account: string, id: string) =>
  queryOne(db, selectOne, [ctx.insurer, account, id]);
/** The appeal, locked until the transaction ends; undefined when there is none. */
export async function findAppealForUpdate(
  db: Db,
  ctx: Keys,
  account: string,
  id: string,
): Promise<AppealRow | undefined> {
  return (await queryOne(db, lockOne, [ctx.insurer, id])) && findAppeal(db, ctx, account, id);
}
export const findAppealOfDecision = (db: Db, ctx: Keys, decisionId: string) =>
  queryOne(db, selectOfDecision, [ctx.insurer, decisionId]);
/** False when the decision was appealed before. */
export const insertAppealRow = async (
  db: Db,
  ctx: Keys,
  a: Pick<AppealRow, 'id' | 'decisionId' | 'caseId' | 'personId' | 'filedAt' | 'filedBy' | 'dueAt' | 'sealed'>,
): Promise<boolean> =>
  (await queryOne(db, insertOne, [
    ctx.insurer,
    a.id,
    a.decisionId,
    a.caseId,
    a.personId,
    a.filedAt,
    a.filedBy,
    a.dueAt,
    a.sealed,
  ])) !== undefined;
export const answerAppealRow = (
  db: Db,
  ctx: Keys,
  id: string,
  state: AppealState,
  by: string,
  at: Date,
  sealed: Buffer,
) => query(db, answerOne, [ctx.insurer, id, state, by, at, sealed]);
/** Lifts what bars came of a case; returns those that still stood. */
export const liftBarRows = (db: Db, ctx: Keys, caseId: string, appealId: string, at: Date) =>
  query(db, liftBars, [ctx.insurer, caseId, appealId, at]);
export const listPoliciesOfPerson = async (db: Db, ctx: Keys, personId: string, plan: string): Promise<string[]> =>
  (await query(db, selectPolicies, [ctx.insurer, personId, plan])).map(({ id }) => id);
