/** What the import of policies reads and writes, a batch a statement. */
import type { Day } from '#domain/calendar/day.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import type { PolicyState, PolicyTerms } from './policy-row.ts';

export type State = { readonly state: PolicyState; readonly from: Date };
export type StoredPolicy = {
  readonly id: string;
  holderId: string;
  terms: PolicyTerms;
  readonly states: State[];
  readonly insured: Set<string>;
};
export type NewPolicy = {
  readonly id: string;
  readonly policyNo: string;
  readonly holderId: string;
  readonly terms: PolicyTerms;
};
export type NewState = State & { readonly policyId: string };
export type NewRole = {
  readonly policyId: string;
  readonly personId: string;
  readonly role: 'policyholder' | 'insured';
  readonly addedOn: Day;
};

type Keys = Pick<Ctx, 'insurer'>;

// "cross join lateral (… offset 0)" has every given value looked up in its index. While the tables fill within one
// transaction nobody gathers statistics, and "= any" would read all rows of the insurer for every batch.
const selectPolicies = sql<PolicyTerms & { id: string; policyNo: string; holderId: string }>(
  'policyImport.policies',
  `select id, policy_no as "policyNo", holder_id as "holderId", plan as "product", effective_from as "effectiveFrom",
          expires_on as "expiresOn", cooling_off_ends_on as "coolingOffEndsOn", waiting_ends_on as "waitingEndsOn",
          renewed_from as "renewedFrom", parameters
     from unnest($2::text[]) given (no)
    cross join lateral (select * from policies where insurer = $1 and policy_no = given.no offset 0) p`,
);
const selectStates = sql<State & { policyId: string }>(
  'policyImport.states',
  `select policy_id as "policyId", state, effective_from as "from"
     from unnest($2::uuid[]) given (id)
    cross join lateral (select * from policy_states where insurer = $1 and policy_id = given.id offset 0) s
    order by recorded_at, s.id`,
);
const selectInsured = sql<{ policyId: string; personId: string }>(
  'policyImport.insured',
  `select policy_id as "policyId", person_id as "personId"
     from unnest($2::uuid[]) given (id)
    cross join lateral (select * from policy_persons where insurer = $1 and policy_id = given.id and role = 'insured' offset 0) r`,
);
const selectIds = sql<{ id: string; policyNo: string }>(
  'policyImport.ids',
  `select id, policy_no as "policyNo" from unnest($2::text[]) given (no)
    cross join lateral (select * from policies where insurer = $1 and policy_no = given.no offset 0) p`,
);
const lock = sql<{ id: string }>(
  'policyImport.lock',
  'select id from policies where insurer = $1 and id = any($2::uuid[]) order by id for update',
);
const termColumns = '$4::text[], $5::date[], $6::date[], $7::date[], $8::date[], $9::text[], $10::jsonb[]';
const insertPolicyRows = sql<never>(
  'policyImport.insertPolicies',
  `insert into policies (insurer, id, policy_no, plan, effective_from, expires_on, cooling_off_ends_on, waiting_ends_on, renewed_from, parameters, holder_id, created_at)
   select $1, p.*, $12 from unnest($2::uuid[], $3::text[], ${termColumns}, $11::uuid[]) p`,
);
const updateTermRows = sql<never>(
  'policyImport.updateTerms',
  `update policies p set plan = n.plan, effective_from = n.effective_from, expires_on = n.expires_on, cooling_off_ends_on = n.cooling_off,
          waiting_ends_on = n.waiting, renewed_from = n.renewed_from, parameters = n.parameters, version = p.version + 1
     from unnest($2::uuid[], $3::text[], ${termColumns}) n (id, policy_no, plan, effective_from, expires_on, cooling_off, waiting, renewed_from, parameters)
    where p.insurer = $1 and p.id = n.id`,
);
const insertStateRows = sql<never>(
  'policyImport.insertStates',
  `insert into policy_states (insurer, id, policy_id, state, effective_from, recorded_at)
   select $1, s.*, $6 from unnest($2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[]) s
   on conflict (insurer, policy_id, effective_from, recorded_at) do nothing`,
);
const insertRoleRows = sql<never>(
  'policyImport.insertRoles',
  `insert into policy_persons (insurer, policy_id, person_id, role, added_on)
   select $1, r.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::date[]) r on conflict do nothing`,
);
const deleteHolders = sql<never>(
  'policyImport.deleteHolders',
  `delete from policy_persons p using unnest($2::uuid[], $3::uuid[]) h (policy_id, person_id)
    where p.insurer = $1 and p.policy_id = h.policy_id and p.person_id = h.person_id and p.role = 'policyholder'`,
);
const updateHolders = sql<never>(
  'policyImport.updateHolders',
  `update policies p set holder_id = h.person_id, version = p.version + 1
     from unnest($2::uuid[], $3::uuid[]) h (policy_id, person_id) where p.insurer = $1 and p.id = h.policy_id`,
);

/** The policies of these numbers with their states, in order of recording, and their insured. */
export async function findPolicies(db: Db, ctx: Keys, numbers: readonly string[]): Promise<Map<string, StoredPolicy>> {
  const found = await query(db, selectPolicies, [ctx.insurer, [...new Set(numbers)]]);
  const byId = new Map<string, StoredPolicy>();
  const byNumber = new Map<string, StoredPolicy>();
  for (const { id, policyNo, holderId, ...terms } of found) {
    const policy = { id, holderId, terms, states: [], insured: new Set<string>() };
    byId.set(id, policy);
    byNumber.set(policyNo, policy);
  }
  if (found.length === 0) return byNumber;
  for (const { policyId, ...state } of await query(db, selectStates, [ctx.insurer, [...byId.keys()]]))
    byId.get(policyId)!.states.push(state);
  for (const { policyId, personId } of await query(db, selectInsured, [ctx.insurer, [...byId.keys()]]))
    byId.get(policyId)!.insured.add(personId);
  return byNumber;
}

/** Ids by policy number, of those that exist. */
export async function findPolicyIds(db: Db, ctx: Keys, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const found = await query(db, selectIds, [ctx.insurer, [...new Set(numbers)]]);
  return new Map(found.map(({ id, policyNo }) => [policyNo, id]));
}

/** Locks the policies in one order, so that two writers wait for each other instead of dying. */
export async function lockPolicies(db: Db, ctx: Keys, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await query(db, lock, [ctx.insurer, ids]);
}

export async function insertPolicies(db: Db, ctx: Keys, policies: readonly NewPolicy[], now: Date): Promise<void> {
  if (policies.length > 0)
    await query(db, insertPolicyRows, [
      ctx.insurer,
      ...columnsOf(policies),
      policies.map(({ holderId }) => holderId),
      now,
    ]);
}

export async function updateTerms(db: Db, ctx: Keys, policies: readonly NewPolicy[]): Promise<void> {
  if (policies.length > 0) await query(db, updateTermRows, [ctx.insurer, ...columnsOf(policies)]);
}

export async function insertStates(db: Db, ctx: Keys, states: readonly NewState[], now: Date): Promise<void> {
  if (states.length === 0) return;
  await query(db, insertStateRows, [
    ctx.insurer,
    states.map(() => uuidv7()),
    states.map(({ policyId }) => policyId),
    states.map(({ state }) => state),
    states.map(({ from }) => from),
    now,
  ]);
}

export async function insertRoles(db: Db, ctx: Keys, roles: readonly NewRole[]): Promise<void> {
  if (roles.length === 0) return;
  await query(db, insertRoleRows, [
    ctx.insurer,
    roles.map(({ policyId }) => policyId),
    roles.map(({ personId }) => personId),
    roles.map(({ role }) => role),
    roles.map(({ addedOn }) => addedOn),
  ]);
}

/** Another policyholder in place of the one before. */
export async function changeHolders(
  db: Db,
  ctx: Keys,
  holders: readonly { policyId: string; from: string; to: string }[],
): Promise<void> {
  if (holders.length === 0) return;
  const ids = holders.map(({ policyId }) => policyId);
  await query(db, deleteHolders, [ctx.insurer, ids, holders.map(({ from }) => from)]);
  await query(db, updateHolders, [ctx.insurer, ids, holders.map(({ to }) => to)]);
}

const columnsOf = (policies: readonly NewPolicy[]): unknown[] => [
  policies.map(({ id }) => id),
  policies.map(({ policyNo }) => policyNo),
  policies.map(({ terms }) => terms.product),
  policies.map(({ terms }) => terms.effectiveFrom),
  policies.map(({ terms }) => terms.expiresOn),
  policies.map(({ terms }) => terms.coolingOffEndsOn),
  policies.map(({ terms }) => terms.waitingEndsOn),
  policies.map(({ terms }) => terms.renewedFrom),
  policies.map(({ terms }) => JSON.stringify(terms.parameters)),
];
