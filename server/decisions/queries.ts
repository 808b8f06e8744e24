/** SQL of decisions as taken. */
import type { Outcome } from '#domain/eligibility/decide.ts';
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

// A request's own decision is written before its case exists and never rewritten: both carry the moment of the request.
const selectDecision = sql<DecisionRow>(
  'decisions.select',
  `select d.id, d.policy_id as "policyId", d.person_id as "personId", d.plan, d.edition, d.service, d.outcome, d.decided_at as "decidedAt", d.decided_by as "decidedBy",
     d.taken_by as "takenBy", d.sealed, c.id as "caseId", c.final as "caseFinal"
   from decisions d left join lateral (
    select c.id, c.final from cases c
     where c.insurer = d.insurer and c.person_id = d.person_id and c.policy_id = d.policy_id and c.service = d.service
       and (c.id = d.case_id or (d.case_id is null and c.opened_at = d.decided_at and d.outcome <> 'refused'))
     limit 1) c on true
   where d.insurer = $1 and d.id = $2`,
);
const selectLastRefusal = sql<{ decisionId: string; at: Date; appealed: boolean }>(
  'decisions.lastRefusal',
  `select d.id as "decisionId", d.decided_at as at,
     exists (select 1 from complaints q where q.insurer = d.insurer and q.decision_id = d.id) as appealed
   from decisions d
   where d.insurer = $1 and d.policy_id = $2 and d.person_id = $3 and d.service = $4 and d.outcome = 'refused'
   order by d.decided_at desc, d.id desc limit 1`,
);
const selectPolicies = sql<{ id: string }>(
  'decisions.policiesOfPerson',
  `select distinct p.id from policies p join policy_persons x on x.insurer = p.insurer and x.policy_id = p.id
    where p.insurer = $1 and x.person_id = $2 and p.plan = $3 order by p.id limit 10`,
);

export const findDecision = (db: Db, ctx: Keys, id: string) => queryOne(db, selectDecision, [ctx.insurer, id]);
export const listPoliciesOfPerson = async (db: Db, ctx: Keys, personId: string, plan: string): Promise<string[]> =>
  (await query(db, selectPolicies, [ctx.insurer, personId, plan])).map(({ id }) => id);

/** The last decision that refused a service to a person under a policy, and whether it was appealed against. */
export const findLastRefusal = (
  db: Db,
  ctx: Keys,
  { policyId, personId, service }: { policyId: string; personId: string; service: string },
) => queryOne(db, selectLastRefusal, [ctx.insurer, policyId, personId, service]);
