import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;

/** A check of a caller against a person's file, by one agent. */
export type CheckRow = {
  id: string;
  personId: string;
  agent: string;
  questions: string[];
  matched: string[];
  state: 'asking' | 'passed' | 'failed' | 'locked';
  expiresAt: Date;
};

const columns = 'id, person_id as "personId", agent, questions, matched, state, expires_at as "expiresAt"';

const insert = sql<never>(
  'desk.insertCheck',
  `insert into desk_checks (insurer, id, person_id, agent, questions, state, started_at, expires_at)
   values ($1, $2, $3, $4, $5, 'asking', $6, $7)`,
);
const byIdForUpdate = sql<CheckRow>(
  'desk.checkForUpdate',
  `select ${columns} from desk_checks where insurer = $1 and id = $2 and agent = $3 for update`,
);
const setMatched = sql<never>('desk.setMatched', 'update desk_checks set matched = $3 where insurer = $1 and id = $2');
const pass = sql<never>(
  'desk.pass',
  `update desk_checks set state = 'passed', passed_by = $3, expires_at = $4 where insurer = $1 and id = $2`,
);
const closeOwnOpen = sql<never>(
  'desk.closeOwnOpen',
  `update desk_checks set state = 'failed' where insurer = $1 and person_id = $2 and agent = $3 and state = 'asking'`,
);
const lockAll = sql<never>(
  'desk.lockChecks',
  `update desk_checks set state = 'locked' where insurer = $1 and person_id = $2 and state in ('asking', 'passed')`,
);
const passed = sql<{ personId: string }>(
  'desk.passed',
  `select distinct c.person_id as "personId" from desk_checks c
    where c.insurer = $1 and c.agent = $2 and c.state = 'passed' and c.expires_at > $3
      and ($4::uuid is null or c.person_id = $4)`,
);
const countFailure = sql<{ failures: number }>(
  'desk.countFailure',
  `insert into person_locks as l (insurer, person_id, day, failures) values ($1, $2, $3, 1)
   on conflict (insurer, person_id, day) do update set failures = l.failures + 1 returning failures`,
);
const lockFile = sql<{ personId: string }>(
  'desk.lockFile',
  `update person_locks set locked_at = $4 where insurer = $1 and person_id = $2 and day = $3 and locked_at is null
   returning person_id as "personId"`,
);
const lockOfDay = sql<{ personId: string; failures: number; lockedAt: Date | null }>(
  'desk.lockOfDay',
  `select person_id as "personId", failures, locked_at as "lockedAt" from person_locks
    where insurer = $1 and person_id = any($2) and day = $3`,
);

export async function insertCheck(
  db: Db,
  ctx: Keys,
  row: { id: string; personId: string; agent: string; questions: string[]; startedAt: Date; expiresAt: Date },
): Promise<void> {
  const { id, personId, agent, questions, startedAt, expiresAt } = row;
  await query(db, closeOwnOpen, [ctx.insurer, personId, agent]);
  await query(db, insert, [ctx.insurer, id, personId, agent, questions, startedAt, expiresAt]);
}
/** An agent's own check, locked; undefined for another agent's. */
export function findCheckForUpdate(db: Db, ctx: Keys, id: string, agent: string): Promise<CheckRow | undefined> {
  return queryOne(db, byIdForUpdate, [ctx.insurer, id, agent]);
}
export async function storeMatched(db: Db, ctx: Keys, id: string, matched: string[]): Promise<void> {
  await query(db, setMatched, [ctx.insurer, id, matched]);
}
export async function passCheck(db: Db, ctx: Keys, id: string, by: 'answers' | 'code', until: Date): Promise<void> {
  await query(db, pass, [ctx.insurer, id, by, until]);
}
/** Persons whose check this agent passed and that is still valid; `personId` asks for one of them. */
export async function listPassed(
  db: Db,
  ctx: Keys,
  agent: string,
  now: Date,
  personId: string | null,
): Promise<string[]> {
  return (await query(db, passed, [ctx.insurer, agent, now, personId])).map((row) => row.personId);
}
/** Counts a failed round of a file on a day and returns how many there are. */
export async function countFileFailure(db: Db, ctx: Keys, personId: string, day: string): Promise<number> {
  return (await queryOne(db, countFailure, [ctx.insurer, personId, day]))!.failures;
}
/** Locks the file for the day and every check of it, other agents' too. False when it was locked already. */
export async function lockPersonFile(db: Db, ctx: Keys, personId: string, day: string, now: Date): Promise<boolean> {
  await query(db, lockAll, [ctx.insurer, personId]);
  return (await query(db, lockFile, [ctx.insurer, personId, day, now])).length > 0;
}
export type FileDay = { personId: string; failures: number; lockedAt: Date | null };
/** Failures and lock of files on a day; a file without either is left out. */
export function listFileDays(db: Db, ctx: Keys, personIds: readonly string[], day: string): Promise<FileDay[]> {
  return query(db, lockOfDay, [ctx.insurer, personIds, day]);
}

export type PolicyOfPerson = {
  id: string;
  policyNo: string;
  plan: string;
  role: string;
  effectiveFrom: string;
  expiresOn: string;
  holderId: string;
  state: string | null;
};
const policiesOf = sql<PolicyOfPerson>(
  'desk.policiesOf',
  `select p.id, p.policy_no as "policyNo", p.plan, pp.role, p.effective_from as "effectiveFrom",
          p.expires_on as "expiresOn", p.holder_id as "holderId",
          (select s.state from policy_states s
            where s.insurer = p.insurer and s.policy_id = p.id and s.effective_from <= $3
            order by s.effective_from desc, s.recorded_at desc limit 1) as state
     from policy_persons pp
     join policies p on p.insurer = pp.insurer and p.id = pp.policy_id
    where pp.insurer = $1 and pp.person_id = $2
    order by p.effective_from desc, p.id, pp.role limit 100`,
);
const personsOf = sql<{ policyId: string; personId: string; role: string }>(
  'desk.personsOf',
  `select policy_id as "policyId", person_id as "personId", role from policy_persons
    where insurer = $1 and policy_id = any($2) order by policy_id, role, person_id limit 1000`,
);
const byPolicyNo = sql<{ personId: string }>(
  'desk.byPolicyNo',
  `select distinct pp.person_id as "personId" from policies p
     join policy_persons pp on pp.insurer = p.insurer and pp.policy_id = p.id
    where p.insurer = $1 and p.policy_no = $2 order by 1 limit 20`,
);
const rolesOf = sql<{ personId: string; role: string }>(
  'desk.rolesOf',
  `select distinct person_id as "personId", role from policy_persons
    where insurer = $1 and person_id = any($2) order by person_id, role`,
);
export type CaseOfPerson = {
  id: string;
  number: string;
  plan: string;
  edition: string;
  service: string;
  kind: string;
  chartVersion: number;
  state: string;
};
const casesOf = sql<CaseOfPerson>(
  'desk.casesOf',
  `select id, number, plan, edition, service, kind, chart_version as "chartVersion", state from cases
    where insurer = $1 and person_id = $2 order by opened_at desc limit 100`,
);

/** A person's policies, one row a role, with the state as of `now` (null: none yet). */
export function listPoliciesOf(db: Db, ctx: Keys, personId: string, now: Date): Promise<PolicyOfPerson[]> {
  return query(db, policiesOf, [ctx.insurer, personId, now]);
}
export function listPersonsOfPolicies(db: Db, ctx: Keys, policyIds: readonly string[]) {
  return query(db, personsOf, [ctx.insurer, policyIds]);
}
/** Everybody on the policy of this exact number. */
export async function listPersonsByPolicyNo(db: Db, ctx: Keys, policyNo: string): Promise<string[]> {
  return (await query(db, byPolicyNo, [ctx.insurer, policyNo])).map((row) => row.personId);
}
export function listRolesOf(db: Db, ctx: Keys, personIds: readonly string[]) {
  return query(db, rolesOf, [ctx.insurer, personIds]);
}
export function listCasesOf(db: Db, ctx: Keys, personId: string): Promise<CaseOfPerson[]> {
  return query(db, casesOf, [ctx.insurer, personId]);
}
