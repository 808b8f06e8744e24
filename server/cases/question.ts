/** The facts of one person, policy and service as eligibility asks for them, read from the record. */

import type { IllnessInput } from '#contract/cases.ts';
import type { Question } from '#domain/eligibility/question.ts';
import { findEdition } from '#domain/plan/registry.ts';
import type { IllnessKind, Plan, Relation, Service } from '#domain/plan/schema.ts';
import { usesOf } from '#domain/uses/ledger.ts';
import { findListRow } from '#server/lists/queries.ts';
import { getPersonState } from '#server/persons/facts.ts';
import { getPerson } from '#server/persons/queries.ts';
import { getPersonKey, openWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { findOpening } from '#server/video/opening-rows.ts';
import { listUses } from './clock-queries.ts';

export type PolicyRow = {
  id: string;
  policyNo: string;
  plan: string;
  effectiveFrom: string;
  expiresOn: string;
  coolingOffEndsOn: string | null;
  waitingEndsOn: string | null;
  renewedFrom: string | null;
  holderId: string;
};
const POLICY = `id, policy_no as "policyNo", plan, effective_from as "effectiveFrom", expires_on as "expiresOn", cooling_off_ends_on as "coolingOffEndsOn",
  waiting_ends_on as "waitingEndsOn", renewed_from as "renewedFrom", holder_id as "holderId"`;
const selectPolicy = sql<PolicyRow>('question.policy', `select ${POLICY} from policies where insurer = $1 and id = $2`);
const sharePolicy = sql<PolicyRow>(
  'question.policyForShare',
  `select ${POLICY} from policies where insurer = $1 and id = $2 for share`,
);
const selectStates = sql<{ state: 'in-force' | 'suspended' | 'terminated'; from: Date }>(
  'question.states',
  `select distinct on (effective_from) state, effective_from as "from" from policy_states where insurer = $1 and policy_id = $2 order by effective_from, recorded_at desc`,
);
const selectRoles = sql<{ role: string }>(
  'question.roles',
  'select role from policy_persons where insurer = $1 and policy_id = $2 and person_id = $3',
);
const selectBars = sql<{ id: string; illnessKind: IllnessKind; sealed: Buffer }>(
  'question.bars',
  `select b.id, b.illness_kind as "illnessKind", b.sealed from bars b where b.insurer = $1 and b.person_id = $2 and b.policy_id = $3
     and not exists (select 1 from bar_corrections x where x.insurer = b.insurer and x.bar_id = b.id)`,
);

export const findPolicy = (db: Db, ctx: Pick<Ctx, 'insurer'>, id: string) =>
  queryOne(db, selectPolicy, [ctx.insurer, id]);
export const findPolicyForShare = (db: Db, ctx: Pick<Ctx, 'insurer'>, id: string) =>
  queryOne(db, sharePolicy, [ctx.insurer, id]);
/** insured before policyholder: who is both is asked as insured (contract 3). */
export async function findRoleOnPolicy(
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  policyId: string,
  personId: string,
): Promise<'insured' | 'policyholder' | undefined> {
  const roles = (await query(db, selectRoles, [ctx.insurer, policyId, personId])).map(({ role }) => role);
  return roles.includes('insured') ? 'insured' : roles.includes('policyholder') ? 'policyholder' : undefined;
}
export const listPolicyStates = (db: Db, ctx: Pick<Ctx, 'insurer'>, policyId: string) =>
  query(db, selectStates, [ctx.insurer, policyId]);

export type Asking = {
  policy: PolicyRow;
  personId: string;
  service: string;
  act: 'open' | 'use';
  at: Date;
  channel: 'portal' | 'hotline';
  relation: Relation;
  proofs: Question['applicant']['proofs'];
  illness: Question['illness'];
  admissionCertificate?: boolean;
  /** The case whose own hold is left out, when its decision is taken again. */
  except?: string;
};

/** Everything `decide` asks for, from the record as of now. */
export async function loadQuestion(db: Db, ctx: Ctx, asking: Asking): Promise<Question> {
  const { policy, personId } = asking;
  const person = await getPerson(db, ctx, personId);
  const state = await getPersonState(db, ctx, personId, asking.at);
  const role = (await findRoleOnPolicy(db, ctx, policy.id, personId)) ?? 'policyholder';
  const per = ctx.plans.find((plan) => plan.plan === policy.plan)?.services[asking.service]?.use.per ?? 'policy';
  const ledger = (await listUses(db, ctx, per, policy.id, personId, asking.service)).filter(
    (row) => row.caseId !== asking.except,
  );
  return {
    plan: policy.plan,
    service: asking.service,
    act: asking.act,
    at: asking.at,
    channel: asking.channel,
    policy: {
      effectiveFrom: policy.effectiveFrom,
      expiresOn: policy.expiresOn,
      coolingOffEndsOn: policy.coolingOffEndsOn,
      waitingEndsOn: policy.waitingEndsOn,
      renewedWithoutBreak: policy.renewedFrom !== null,
      status: await listPolicyStates(db, ctx, policy.id),
    },
    person: { role, bornOn: person.bornOn, mainlandCitizen: person.mainlandCitizen, fullCapacity: state.fullCapacity },
    applicant: { relation: asking.relation, proofs: asking.proofs },
    illness: asking.illness,
    earlierIllnesses: await listBars(db, ctx, personId, policy.id),
    uses: usesOf(ledger),
    openedAt: (await findOpening(db, ctx, policy.id, personId, asking.service))?.openedAt ?? null,
    admissionCertificate: asking.admissionCertificate ?? false,
  };
}

async function listBars(db: Db, ctx: Ctx, personId: string, policyId: string): Promise<Question['earlierIllnesses']> {
  const rows = await query(db, selectBars, [ctx.insurer, personId, policyId]);
  if (rows.length === 0) return [];
  const key = await getPersonKey(db, ctx, personId);
  return rows.map((row) => {
    const fact = openWith<{ onsetOn: string | null; diagnosedOn: string }>(key, ctx, 'bars', row.id, row.sealed);
    return {
      kind: row.illnessKind,
      onsetOn: fact.onsetOn,
      diagnosedOn: fact.diagnosedOn,
      first: true,
      preExisting: false,
      hospital: null,
    };
  });
}

/** The illness as given, in eligibility's words: kind by the plan's table, onset the earliest of the first three days. */
export async function readIllness(
  db: Db,
  ctx: Ctx,
  plan: Plan,
  given: IllnessInput,
): Promise<NonNullable<Question['illness']>> {
  const row = plan.illnesses.find(({ code }) => code === given.code);
  const onset = [given.firstSymptomOn, given.firstAbnormalOn, given.firstVisitOn]
    .filter((day): day is string => day !== undefined)
    .sort()[0];
  const hospital = given.hospitalId ? await findListRow(db, ctx, 'hospitals', given.hospitalId) : undefined;
  const facts = hospital?.row as { grade?: 1 | 2 | 3; class?: 'A' | 'B' | 'C'; public?: boolean } | undefined;
  return {
    // An illness the service does not count is no critical illness for it, whatever its name (plan field counted).
    kind: row === undefined || row.counted === 'no' ? 'other' : row.kind,
    onsetOn: onset ?? null,
    diagnosedOn: given.diagnosedOn ?? null,
    first: given.first,
    preExisting: given.preExisting,
    hospital: facts ? { grade: facts.grade, class: facts.class, public: facts.public } : null,
  };
}

/** The edition and service a running case was opened under. */
export function planOf(
  ctx: Pick<Ctx, 'plans'>,
  plan: string,
  edition: string,
  service: string,
): { plan: Plan; service: Service } {
  const found = findEdition(ctx.plans, plan, edition);
  const one = found?.services[service];
  if (!found || !one)
    throw new Error(`The plan ${plan}, edition ${edition}, with the service ${service} is not loaded`);
  return { plan: found, service: one };
}
