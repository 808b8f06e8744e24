import { isDeepStrictEqual } from 'node:util';
import { dayOf } from '#domain/calendar/day.ts';
import type { ImportCtx } from '#server/imports/runs.ts';
import type { Identity } from '#server/persons/queries.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import * as stored from './import-queries.ts';
import { changePhones, createPersons, type Match, matchPersons } from './person-batch.ts';
import { type PolicyChange, policiesChanged } from './policy-changed.ts';
import { PERSON_COLUMNS, type PolicyRow, startOf } from './policy-row.ts';

export type BatchCounts = { added: number; changed: number; unchanged: number };
/** Policies that this run made: a further insured of theirs is no change. */
export type RunState = { readonly made: Set<string>; readonly now: Date };

type Plan = {
  readonly states: stored.NewState[];
  readonly roles: stored.NewRole[];
  readonly policies: stored.NewPolicy[];
  readonly terms: stored.NewPolicy[];
  readonly holders: { policyId: string; from: string; to: string }[];
  readonly changes: { policyId: string; change: PolicyChange }[];
};

/**
 * Compares a batch of rows with what is on file and, unless `dryRun`, writes what is new. Faults that only the database
 * knows are put on their rows, which are then left out. Runs in the caller's transaction.
 */
export async function applyBatch(
  db: Db,
  ctx: ImportCtx,
  all: readonly PolicyRow[],
  run: RunState,
  dryRun: boolean,
): Promise<{ counts: BatchCounts; faulty: Set<PolicyRow> }> {
  const faulty = new Set<PolicyRow>();
  const matches = await matchPersons(db, ctx, personsOf(all));
  const onFile = await stored.findPolicies(
    db,
    ctx,
    all.map((row) => row.policyNo),
  );
  for (const row of all) {
    const faults = [
      checkPerson(row, 'insured', matches),
      checkPerson(row, 'holder', matches),
      checkPolicy(row, onFile.get(row.policyNo)),
    ];
    if (faults.includes(true)) faulty.add(row);
  }
  const rows = all.filter((row) => !faulty.has(row));
  const counts = { added: 0, changed: 0, unchanged: 0 };
  if (dryRun) return { counts, faulty };

  const ids = await writePersons(db, ctx, rows, matches, run.now);
  const previous = await stored.findPolicyIds(
    db,
    ctx,
    rows.flatMap(({ terms }) => terms.renewedFrom ?? []),
  );
  const renewedPolicy = ({ terms: { renewedFrom } }: PolicyRow) =>
    renewedFrom === null ? undefined : (onFile.get(renewedFrom)?.id ?? previous.get(renewedFrom));
  const plan: Plan = { states: [], roles: [], policies: [], terms: [], holders: [], changes: [] };
  for (const row of rows) {
    const known = onFile.get(row.policyNo);
    const [insuredId, holderId] = [ids.get(row.insured.idNumber)!, ids.get(row.holder.idNumber)!];
    const phones = [row.insured, row.holder].some(({ idNumber }) => matches.get(idNumber)?.kind === 'phone');
    if (!known) {
      onFile.set(row.policyNo, planNew(plan, row, insuredId, holderId, renewedPolicy(row), run));
      counts.added += 1;
    } else {
      const what = planKnown(plan, row, known, insuredId, holderId, run);
      counts[what === 'unchanged' && phones ? 'changed' : what] += 1;
    }
  }
  await write(db, ctx, plan, run);
  return { counts, faulty };
}

function checkPerson(row: PolicyRow, who: 'insured' | 'holder', matches: ReadonlyMap<string, Match>): boolean {
  const match = matches.get(row[who].idNumber)?.kind;
  if (match === undefined || match === 'known' || match === 'phone' || match === 'new') return false;
  const [field, zh, en] = PERSON_FAULTS[match];
  row.fault(PERSON_COLUMNS[who][field], match, zh, en);
  return true;
}

const PERSON_FAULTS = {
  'other-name': [
    'name',
    '系统中这个证件号码是另一个姓名；请核对，确已改名的请先由服务台更正',
    'this ID number is on file under another name: compare them, and have a changed name corrected at the desk first',
  ],
  'other-birth-day': [
    'bornOn',
    '系统中这个证件号码是另一个出生日期，请核对',
    'this ID number is on file with another birth date',
  ],
  'other-id-type': [
    'idType',
    '系统中这个证件号码是另一种证件，请核对',
    'this ID number is on file as another type of document',
  ],
  erased: [
    'idNumber',
    '这个人的资料已被删除，不能再导入',
    'the data of this person were erased and cannot come back by an import',
  ],
} as const;

function checkPolicy(row: PolicyRow, known: stored.StoredPolicy | undefined): boolean {
  if (known) {
    if (known.terms.product === row.terms.product) return false;
    row.fault('product', 'other-product', '系统中这张保单是另一个产品', 'the policy is on file with another product');
    return true;
  }
  // In force only since a later day means a suspension before it, which may have ended entitlements for good [N.7].
  if (row.state !== 'in-force' || row.stateFrom <= startOf(row.terms)) return false;
  row.fault(
    'stateFrom',
    'history-missing',
    '新保单的“有效”应从生效日起；曾经中止过的，请先导入中止的那一次，再导入这一行',
    'a policy new here is in force from its first day: if it was suspended, import the suspension first and this row after it',
  );
  return true;
}

const personsOf = (rows: readonly PolicyRow[]): Map<string, Identity> =>
  new Map(rows.flatMap(({ insured, holder }) => [insured, holder]).map((person) => [person.idNumber, person]));

async function writePersons(
  db: Db,
  ctx: ImportCtx,
  rows: readonly PolicyRow[],
  matches: ReadonlyMap<string, Match>,
  now: Date,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const fresh: Identity[] = [];
  const phones = new Map<string, Identity>();
  for (const [idNumber, person] of personsOf(rows)) {
    const match = matches.get(idNumber);
    if (!match || !('id' in match)) {
      fresh.push(person);
      continue;
    }
    ids.set(idNumber, match.id);
    if (match.kind === 'phone') phones.set(match.id, person);
  }
  const made = await createPersons(db, ctx, fresh, now);
  for (const [i, person] of fresh.entries()) ids.set(person.idNumber, made[i]!);
  await changePhones(db, ctx, phones);
  return ids;
}

function planNew(
  plan: Plan,
  row: PolicyRow,
  insuredId: string,
  holderId: string,
  renewed: string | undefined,
  { made }: RunState,
): stored.StoredPolicy {
  const { policyNo, terms, state, stateFrom } = row;
  const id = uuidv7();
  made.add(id);
  plan.policies.push({ id, policyNo, holderId, terms });
  const states = [{ policyId: id, state, from: stateFrom }];
  // It was in force until it was suspended or ended.
  if (state !== 'in-force' && stateFrom > startOf(terms))
    states.unshift({ policyId: id, state: 'in-force', from: startOf(terms) });
  plan.states.push(...states);
  plan.roles.push({ policyId: id, personId: holderId, role: 'policyholder', addedOn: terms.effectiveFrom });
  plan.roles.push({ policyId: id, personId: insuredId, role: 'insured', addedOn: terms.effectiveFrom });
  if (renewed !== undefined)
    plan.changes.push({ policyId: renewed, change: { kind: 'renewed', effectiveFrom: startOf(terms), renewedBy: id } });
  return { id, holderId, terms, states, insured: new Set([insuredId]) };
}

function planKnown(
  plan: Plan,
  row: PolicyRow,
  known: stored.StoredPolicy,
  insuredId: string,
  holderId: string,
  { made, now }: RunState,
): keyof BatchCounts {
  const policyId = known.id;
  let what: keyof BatchCounts = 'unchanged';
  const change = (happened: PolicyChange) => {
    what = 'changed';
    plan.changes.push({ policyId, change: happened });
  };
  if (!knowsState(known.states, row)) {
    const before = stateAt(known.states, row.stateFrom);
    plan.states.push({ policyId, state: row.state, from: row.stateFrom });
    known.states.push({ state: row.state, from: row.stateFrom });
    what = 'changed';
    if (before !== row.state) change({ kind: STATE_CHANGES[row.state], effectiveFrom: row.stateFrom });
  }
  if (!isDeepStrictEqual(known.terms, row.terms)) {
    plan.terms.push({ id: policyId, policyNo: row.policyNo, holderId, terms: row.terms });
    change({ kind: row.terms.expiresOn > known.terms.expiresOn ? 'renewed' : 'terms-changed', effectiveFrom: now });
    known.terms = row.terms;
  }
  if (known.holderId !== holderId) {
    plan.holders.push({ policyId, from: known.holderId, to: holderId });
    plan.roles.push({ policyId, personId: holderId, role: 'policyholder', addedOn: dayOf(now) });
    change({ kind: 'holder-changed', effectiveFrom: now, personId: holderId });
    known.holderId = holderId;
  }
  if (!known.insured.has(insuredId)) {
    known.insured.add(insuredId);
    const addedOn = made.has(policyId) ? row.terms.effectiveFrom : dayOf(now);
    plan.roles.push({ policyId, personId: insuredId, role: 'insured', addedOn });
    if (!made.has(policyId)) change({ kind: 'insured-added', effectiveFrom: now, personId: insuredId });
    what = 'added';
  }
  return what;
}

const STATE_CHANGES = { 'in-force': 'revived', suspended: 'suspended', terminated: 'ended' } as const;

/** The very fact is on file, or the state was the same already at that moment: nothing new is told. */
const knowsState = (states: readonly stored.State[], row: PolicyRow): boolean =>
  states.some((fact) => fact.state === row.state && fact.from.getTime() === row.stateFrom.getTime()) ||
  stateAt(states, row.stateFrom) === row.state;

/** `states` in order of recording; of one moment the last recorded counts. */
function stateAt(states: readonly stored.State[], at: Date): stored.State['state'] | undefined {
  let found: stored.State | undefined;
  for (const fact of states) if (fact.from <= at && (!found || fact.from >= found.from)) found = fact;
  return found?.state;
}

async function write(db: Db, ctx: ImportCtx, plan: Plan, { now }: RunState): Promise<void> {
  // The lock first, then what it protects: running cases read these rows under for share.
  const touched = new Set([
    ...plan.changes.map(({ policyId }) => policyId),
    ...plan.states.map(({ policyId }) => policyId),
  ]);
  for (const { id } of plan.policies) touched.delete(id);
  await stored.lockPolicies(db, ctx, [...touched]);
  await stored.insertPolicies(db, ctx, plan.policies, now);
  await stored.updateTerms(db, ctx, plan.terms);
  await stored.insertStates(db, ctx, plan.states, now);
  await stored.changeHolders(db, ctx, plan.holders);
  await stored.insertRoles(db, ctx, plan.roles);
  await policiesChanged(db, ctx, plan.changes, now);
}
