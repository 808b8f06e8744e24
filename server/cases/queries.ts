/** SQL of cases, their events and decisions. Locks are taken in the order policy, entitlement, case, papers. */
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

type Keys = Pick<Ctx, 'insurer'>;

export type CaseRow = {
  id: string;
  number: string;
  version: number;
  lastSeq: number;
  plan: string;
  edition: string;
  service: string;
  /** Asked to be opened, or used. */
  act: 'open' | 'use';
  kind: string;
  chartVersion: number;
  policyId: string;
  policyNo: string;
  personId: string;
  applicantAccount: string | null;
  applicantRelation: string;
  channel: 'portal' | 'hotline';
  state: string;
  final: boolean;
  suspended: boolean;
  turn: string;
  context: Buffer;
  provider: string | null;
  laboratory: string | null;
  /** Her key on the list of experts, by which a consent names her. */
  expert: string | null;
  /** Its key on the list of pharmacies. */
  pharmacy: string | null;
  /** Her key on the list of video doctors, from the accepted offer on. */
  doctor: string | null;
  /** Keys of the experts who are to judge the records, where a panel does. */
  panel: string[];
  assignee: string | null;
  reviewer: string | null;
  attention: string[];
  openedAt: Date;
  changedAt: Date;
};
export type EventRow = {
  id: string;
  seq: number;
  type: string;
  schemaVersion: number;
  actorAccount: string | null;
  actorRole: string;
  occurredAt: Date;
  recordedAt: Date;
  stateAfter: string;
  payload: Buffer;
  milestones: { name: string; occurredAt: string; at?: string }[];
};

export const CASE_COLUMNS = `c.id, c.number, c.version, c.last_seq as "lastSeq", c.plan, c.edition, c.service, c.act, c.kind, c.chart_version as "chartVersion",
  c.policy_id as "policyId", p.policy_no as "policyNo", c.person_id as "personId", c.applicant_account as "applicantAccount", c.applicant_relation as "applicantRelation",
  c.channel, c.state, c.final, c.suspended, c.turn, c.context, c.provider, c.laboratory, c.expert, c.pharmacy, c.doctor, c.panel, c.assignee, c.reviewer, c.attention, c.opened_at as "openedAt", c.changed_at as "changedAt"`;
const FROM = 'from cases c join policies p on p.insurer = c.insurer and p.id = c.policy_id';

const selectCase = sql<CaseRow>('cases.select', `select ${CASE_COLUMNS} ${FROM} where c.insurer = $1 and c.id = $2`);
const lockCase = sql<{ id: string }>('cases.lock', 'select id from cases where insurer = $1 and id = $2 for update');
const sharePolicyOfCase = sql<{ id: string }>(
  'cases.sharePolicy',
  'select p.id from policies p join cases c on c.insurer = p.insurer and c.policy_id = p.id where c.insurer = $1 and c.id = $2 for share of p',
);
const insertCase = sql<never>(
  'cases.insert',
  `insert into cases (insurer, id, number, version, last_seq, plan, edition, service, kind, chart_version, policy_id, person_id, applicant_account,
     applicant_relation, channel, state, final, turn, context, provider, attention, opened_at, changed_at, act)
   values ($1, $2, $3, 1, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $20, $21)`,
);
const updateCase = sql<never>(
  'cases.update',
  `update cases set version = $3, last_seq = $4, state = $5, final = $6, suspended = $7, turn = $8, context = $9, provider = $10, assignee = $11,
     reviewer = $12, attention = $13, changed_at = $14, laboratory = $15, expert = $16, pharmacy = $17, panel = $18, doctor = $19, act = $20 where insurer = $1 and id = $2`,
);
const insertEvent = sql<never>(
  'events.insert',
  `insert into events (insurer, case_id, seq, id, type, schema_version, actor_account, actor_role, occurred_at, recorded_at, state_after, payload, milestones)
   values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $12)`,
);
const selectEvents = sql<EventRow>(
  'events.select',
  `select id, seq, type, schema_version as "schemaVersion", actor_account as "actorAccount", actor_role as "actorRole", occurred_at as "occurredAt",
     recorded_at as "recordedAt", state_after as "stateAfter", payload, milestones from events where insurer = $1 and case_id = $2 order by seq`,
);
const selectMilestones = sql<{ recordedAt: Date; milestones: EventRow['milestones'] }>(
  'events.selectMilestones',
  'select recorded_at as "recordedAt", milestones from events where insurer = $1 and case_id = $2 order by seq',
);
const nextNumber = sql<{ last: number }>(
  'cases.nextNumber',
  `insert into case_numbers (insurer, prefix, day, last) values ($1, $2, $3, 1)
   on conflict (insurer, prefix, day) do update set last = case_numbers.last + 1 returning last`,
);
const insertDecision = sql<never>(
  'decisions.insert',
  `insert into decisions (insurer, id, policy_id, person_id, case_id, plan, edition, service, outcome, decided_at, decided_by, taken_by, sealed)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
);
const ensureEntitlement = sql<never>(
  'entitlements.ensure',
  'insert into entitlements (insurer, id, policy_id, person_id, service) values ($1, $2, $3, $4, $5) on conflict (insurer, policy_id, person_id, service) do nothing',
);
const lockEntitlement = sql<{ id: string }>(
  'entitlements.lock',
  'select id from entitlements where insurer = $1 and policy_id = $2 and person_id = $3 and service = $4 for update',
);

export const findCase = (db: Db, ctx: Keys, id: string): Promise<CaseRow | undefined> =>
  queryOne(db, selectCase, [ctx.insurer, id]);

/** The case locked for change, its policy shared before it; undefined when there is none. */
export async function findCaseForUpdate(db: Db, ctx: Keys, id: string): Promise<CaseRow | undefined> {
  await query(db, sharePolicyOfCase, [ctx.insurer, id]);
  const locked = await queryOne(db, lockCase, [ctx.insurer, id]);
  // A second statement, so that it sees what the lock waited for.
  return locked ? findCase(db, ctx, id) : undefined;
}

export type NewCase = Omit<
  CaseRow,
  | 'version'
  | 'lastSeq'
  | 'suspended'
  | 'assignee'
  | 'reviewer'
  | 'laboratory'
  | 'expert'
  | 'pharmacy'
  | 'doctor'
  | 'panel'
  | 'changedAt'
  | 'policyNo'
>;
export const insertCaseRow = (db: Db, ctx: Keys, c: NewCase) =>
  query(db, insertCase, [
    ctx.insurer,
    c.id,
    c.number,
    c.plan,
    c.edition,
    c.service,
    c.kind,
    c.chartVersion,
    c.policyId,
    c.personId,
    c.applicantAccount,
    c.applicantRelation,
    c.channel,
    c.state,
    c.final,
    c.turn,
    c.context,
    c.provider,
    c.attention,
    c.openedAt,
    c.act,
  ]);
export const updateCaseRow = (db: Db, ctx: Keys, c: CaseRow) =>
  query(db, updateCase, [
    ctx.insurer,
    c.id,
    c.version,
    c.lastSeq,
    c.state,
    c.final,
    c.suspended,
    c.turn,
    c.context,
    c.provider,
    c.assignee,
    c.reviewer,
    c.attention,
    c.changedAt,
    c.laboratory,
    c.expert,
    c.pharmacy,
    c.panel,
    c.doctor,
    c.act,
  ]);

export type NewEvent = {
  id: string;
  caseId: string;
  seq: number;
  type: string;
  actorAccount: string | null;
  actorRole: string;
  occurredAt: Date;
  recordedAt: Date;
  stateAfter: string;
  payload: Buffer;
  milestones: EventRow['milestones'];
};
export const insertEventRow = (db: Db, ctx: Keys, e: NewEvent) =>
  query(db, insertEvent, [
    ctx.insurer,
    e.caseId,
    e.seq,
    e.id,
    e.type,
    e.actorAccount,
    e.actorRole,
    e.occurredAt,
    e.recordedAt,
    e.stateAfter,
    e.payload,
    JSON.stringify(e.milestones),
  ]);
export const listEvents = (db: Db, ctx: Keys, caseId: string): Promise<EventRow[]> =>
  query(db, selectEvents, [ctx.insurer, caseId]);
export const listMilestones = (db: Db, ctx: Keys, caseId: string) => query(db, selectMilestones, [ctx.insurer, caseId]);

/** MZ-261118-0042: prefix of the service kind, Shanghai day, running number of the day. */
export async function takeCaseNumber(db: Db, ctx: Keys, prefix: string, day: string): Promise<string> {
  const { last } = (await queryOne(db, nextNumber, [ctx.insurer, prefix, day]))!;
  return `${prefix}-${day.slice(2).replaceAll('-', '')}-${String(last).padStart(4, '0')}`;
}

export type NewDecision = {
  id: string;
  policyId: string;
  personId: string;
  caseId: string | null;
  plan: string;
  edition: string | null;
  service: string;
  outcome: string;
  decidedAt: Date;
  decidedBy: string | null;
  takenBy: 'rules' | 'person';
  sealed: Buffer;
};
export const insertDecisionRow = (db: Db, ctx: Keys, d: NewDecision) =>
  query(db, insertDecision, [
    ctx.insurer,
    d.id,
    d.policyId,
    d.personId,
    d.caseId,
    d.plan,
    d.edition,
    d.service,
    d.outcome,
    d.decidedAt,
    d.decidedBy,
    d.takenBy,
    d.sealed,
  ]);

/** Locks the limit's row, made on first need; what it protects is counted in a later statement. Returns its id. */
export async function lockEntitlementRow(
  db: Db,
  ctx: Keys,
  newId: string,
  policyId: string,
  personId: string,
  service: string,
): Promise<string> {
  await query(db, ensureEntitlement, [ctx.insurer, newId, policyId, personId, service]);
  return (await queryOne(db, lockEntitlement, [ctx.insurer, policyId, personId, service]))!.id;
}
