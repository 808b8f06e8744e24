/** The policies somebody is on, and who is on them with her. */
import type { PersonRole } from '#domain/plan/schema.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';

type Row = { policyId: string; planCode: string; personId: string; roles: PersonRole[] };
export type PolicyPersons = {
  policyId: string;
  planCode: string;
  /** She herself first; who is both policyholder and insured counts as insured. */
  persons: { id: string; role: PersonRole }[];
};
const selectRows = sql<Row>(
  'policyPersons.select',
  `select p.id as "policyId", p.plan as "planCode", x.person_id as "personId", array_agg(distinct x.role) as roles
     from policies p join policy_persons x on x.insurer = p.insurer and x.policy_id = p.id
    where p.insurer = $1 and exists (select 1 from policy_persons m where m.insurer = p.insurer and m.policy_id = p.id and m.person_id = $2)
    group by p.id, p.plan, p.effective_from, x.person_id
    order by p.effective_from desc, p.id, x.person_id <> $2, x.person_id limit 500`,
);

/** Newest policy first. */
export async function listPolicyPersons(db: Db, ctx: Pick<Ctx, 'insurer'>, me: string): Promise<PolicyPersons[]> {
  const policies = new Map<string, PolicyPersons>();
  for (const { policyId, planCode, personId, roles } of await query(db, selectRows, [ctx.insurer, me])) {
    const policy = policies.get(policyId) ?? { policyId, planCode, persons: [] };
    policies.set(policyId, policy);
    const role = (['insured', 'policyholder'] as const).find((one) => roles.includes(one));
    // A beneficiary alone has no service of her own.
    if (role) policy.persons.push({ id: personId, role });
  }
  return [...policies.values()];
}
