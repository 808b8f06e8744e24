/** What must hold of a case after every step, whoever sent what. Each fault is one line; none is the proof. */
import { timedRules } from '#domain/cases/on-milestone.ts';
import { type Journey, stateMeta } from '#domain/journeys/journey.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import type { Service } from '#domain/plan/schema.ts';
import { type LedgerRow, mayMove, stateOfUse, usesOf } from '#domain/uses/ledger.ts';
import { standsNow } from '#server/cases/apply-changes.ts';
import {
  type ClockRow,
  listClocks,
  listPauses,
  listUses,
  listUsesOfCase,
  type PauseRow,
} from '#server/cases/clock-queries.ts';
import { type CaseRow, findCase } from '#server/cases/queries.ts';
import { planOf } from '#server/cases/question.ts';
import type { TestApp } from '#tests/with-app.ts';
import { replay } from './replay.ts';

export async function faultsOf(on: TestApp, caseId: string, before: { version: number } | null): Promise<string[]> {
  const { ctx } = on;
  const row = (await findCase(ctx.pool, ctx, caseId))!;
  const { service } = planOf(ctx, row.plan, row.edition, row.service);
  const journey = getJourney(row.kind, row.chartVersion);
  const [clocks, pauses, uses] = [
    await listClocks(ctx.pool, ctx, caseId),
    await listPauses(ctx.pool, ctx, caseId),
    await listUsesOfCase(ctx.pool, ctx, caseId),
  ];
  const now = await on.now();
  return [
    ...(before && row.version < before.version ? [`version fell from ${before.version} to ${row.version}`] : []),
    ...(await faultsOfUse(on, row, service, uses)),
    ...faultsOfClocks(row, service, clocks, pauses, await dueTimers(on, clocks), now),
    ...faultsOfTurn(row, journey, service, clocks),
    ...(await faultsOfSharing(on, row)),
    ...(await faultsOfRecord(on, row)),
    ...(await faultsOfMoney(on, row)),
    ...(await faultsOfWaiting(on, row)),
    ...(await faultsOfSlots(on, row)),
  ];
}

/** Within the limit; held once, moved once more, and a closed case holds none [2.2.6]. */
async function faultsOfUse(on: TestApp, row: CaseRow, service: Service, uses: readonly LedgerRow[]): Promise<string[]> {
  const faults: string[] = [];
  uses.forEach((use, i) => {
    if (!mayMove(stateOfUse(uses.slice(0, i)), use.move))
      faults.push(`${use.move} may not follow ${uses[i - 1]?.move ?? 'nothing'}`);
  });
  if (row.final && stateOfUse(uses) === 'held') faults.push('closed, and a use is still held');
  const limit = service.use.limit.is;
  const taken = usesOf(
    await listUses(on.ctx.pool, on.ctx, service.use.per, row.policyId, row.personId, row.service),
  ).filter(({ state }) => state !== 'released').length;
  if (limit !== null && taken > limit) faults.push(`${taken} uses of ${limit}`);
  return faults;
}

/** Every entry balances, nobody's part is below zero, and a closed case keeps nothing back [2.6.2.6]. */
async function faultsOfMoney(on: TestApp, row: CaseRow): Promise<string[]> {
  const { rows } = await on.database.owner.query<{ entry: string; account: string; amount: number }>(
    `select p.entry_id as entry, p.account, p.amount from yilu.drug_approvals a
       join yilu.settlement_entries e on e.insurer = a.insurer and e.approval_id = a.id
       join yilu.settlement_postings p on p.insurer = e.insurer and p.entry_id = e.id where a.case_id = $1`,
    [row.id],
  );
  const sum = (of: (one: (typeof rows)[number]) => boolean) =>
    rows.filter(of).reduce((total, { amount }) => total + amount, 0);
  return [
    ...[...new Set(rows.map(({ entry }) => entry))]
      .filter((id) => sum(({ entry }) => entry === id) !== 0)
      .map((id) => `the entry ${id} does not balance`),
    ...['reserved', 'deductible-held', 'deductible-met', 'insurer', 'elsewhere', 'waived']
      .filter((name) => sum(({ account }) => account === name) < 0)
      .map((name) => `${name} is below zero`),
    ...(row.final && sum(({ account }) => account === 'reserved') !== 0 ? ['closed, and money is still reserved'] : []),
  ];
}

/** Who waits stands in the queue and nobody else, at most one doctor is asked, and the call's room is there while it is on. */
async function faultsOfWaiting(on: TestApp, row: CaseRow): Promise<string[]> {
  if (row.kind !== 'video-consultation') return [];
  const { rows } = await on.database.owner.query<{ waiting: number; asked: number; rooms: number; drafts: number }>(
    `select (select count(*) from yilu.video_queue where case_id = $1)::int as waiting,
       (select count(*) from yilu.video_offers where case_id = $1 and over_at is null and outcome is null)::int as asked,
       (select count(*) from yilu.video_offers where case_id = $1 and over_at is null and outcome = 'accepted')::int as rooms,
       (select count(*) from yilu.video_note_drafts where case_id = $1)::int as drafts`,
    [row.id],
  );
  const { waiting, asked, rooms, drafts } = rows[0]!;
  const waits = ['queued', 'waiting-again'].includes(row.state) ? 1 : 0;
  return [
    ...(waiting === waits ? [] : [`${row.state}: ${waiting} places in the queue`]),
    ...(asked <= waits ? [] : [`${row.state}: ${asked} doctors are asked`]),
    ...(rooms === (row.state === 'in-call' ? 1 : 0) ? [] : [`${row.state}: ${rooms} rooms`]),
    ...(drafts === 0 || ['in-call', 'noting'].includes(row.state) ? [] : [`${row.state}: a draft of the note is left`]),
  ];
}

/** A booking has one slot, what ended without a visit has none, and every slot counts its own. */
async function faultsOfSlots(on: TestApp, row: CaseRow): Promise<string[]> {
  if (row.kind !== 'hospital-assist') return [];
  const { rows } = await on.database.owner.query<{ taken: number; wrong: number }>(
    `select (select count(*) from yilu.hospital_takings where case_id = $1)::int as taken,
       (select count(*) from yilu.hospital_slots s where s.taken <>
          (select count(*) from yilu.hospital_takings t where t.insurer = s.insurer and t.slot_id = s.id))::int as wrong`,
    [row.id],
  );
  const { taken, wrong } = rows[0]!;
  const booked = ['held', 'booked', 'policy-deciding'].includes(row.state);
  const gone = row.final && row.state !== 'completed' && row.state !== 'closed-absent';
  return [
    ...(booked && taken !== 1 ? [`${row.state}: ${taken} slots`] : []),
    ...((gone || row.state === 'choosing') && taken !== 0 ? [`${row.state}: a slot is still taken`] : []),
    ...(wrong === 0 ? [] : [`${wrong} slots count wrong`]),
  ];
}

type DueTimer = { subject: string; dueAt: Date; done: boolean };
async function dueTimers(on: TestApp, clocks: readonly ClockRow[]): Promise<DueTimer[]> {
  const { rows } = await on.database.owner.query<DueTimer>(
    `select subject, due_at as "dueAt", done_at is not null as done from yilu.timers where kind = 'clock-due' and subject = any($1)`,
    [clocks.map(({ id }) => id)],
  );
  return rows;
}

/** Every open clock has its timer, or stands, or is late with its breach on record; what ended, ended after it began. */
function faultsOfClocks(
  row: CaseRow,
  service: Service,
  clocks: readonly ClockRow[],
  pauses: readonly PauseRow[],
  timers: readonly DueTimer[],
  now: Date,
): string[] {
  const faults: string[] = [];
  const so = { pauses: pauses.map(({ reason, from, to }) => ({ reason, from, to })) } as never;
  for (const clock of clocks) {
    const name = `${clock.promise}/${clock.occurrence}`;
    if (!timedRules(service).some((rule) => rule.code === clock.promise && rule.target === clock.target))
      faults.push(`${name} is not in the plan`);
    if (clock.due < clock.startedAt) faults.push(`${name} is due before it starts`);
    if (clock.metAt && clock.metAt < clock.startedAt) faults.push(`${name} is met before it starts`);
    if (clock.metAt && clock.voidAt) faults.push(`${name} is met and void`);
    if (clock.metAt && clock.metAt > clock.due && !clock.breachedAt && !clock.target)
      faults.push(`${name} is met late without a breach`);
    if (clock.metAt || clock.voidAt) continue;
    if (row.final) faults.push(`${name} runs on in a closed case`);
    const tied = timers.some(
      (timer) => !timer.done && timer.subject === clock.id && timer.dueAt.getTime() >= clock.due.getTime(),
    );
    const late = clock.due <= now && (clock.target || clock.breachedAt !== null);
    if (!tied && !late && !standsNow({ service, so }, clock.promise)) faults.push(`${name} runs without a timer`);
  }
  for (const reason of ['papers', 'suspension']) {
    const open = pauses.filter((pause) => pause.reason === reason && pause.to === null).length;
    if (open > 1) faults.push(`two pauses for ${reason} at once`);
    if (open > 0 && row.final) faults.push(`a closed case stands for ${reason}`);
  }
  if (pauses.some(({ from, to }) => to !== null && to < from)) faults.push('a pause ends before it begins');
  return faults;
}

/** Every state that is not the end names whose turn it is and until when, or why there is no end. */
function faultsOfTurn(row: CaseRow, journey: Journey, service: Service, clocks: readonly ClockRow[]): string[] {
  const { turn, until, does } = stateMeta(journey, row.state);
  if (row.turn !== turn) return [`${row.state}: the turn on file is ${row.turn}`];
  if (row.final) return turn === 'nobody' ? [] : [`${row.state} is the end and it is the turn of ${turn}`];
  if (turn === 'nobody' || does.zh === '') return [`${row.state} names nobody`];
  if ('none' in until) return until.none.zh && until.none.en ? [] : [`${row.state} gives no reason for having no end`];
  if ('field' in until) return [];
  const code = 'target' in until ? until.target : until.promise;
  if (!timedRules(service).some((rule) => rule.code === code)) return [];
  return clocks.some((clock) => clock.promise === code && !clock.metAt && !clock.voidAt)
    ? []
    : [`${row.state}: ${code} does not run`];
}

/** Nothing was shown but under a consent of hers to whom it was shown, while it held, and no more than it names. */
async function faultsOfSharing(on: TestApp, row: CaseRow): Promise<string[]> {
  const { rows } = await on.database.owner.query<{ recipient: string; groups: string[] }>(
    `select d.recipient, d.groups from yilu.disclosures d
       left join yilu.consents s on s.insurer = d.insurer and s.id = d.consent_id
       left join yilu.consent_withdrawals w on w.insurer = s.insurer and w.consent_id = s.id
      where d.case_id = $1 and (s.id is null or s.recipient <> d.recipient or s.person_id <> $2 or d.person_id <> $2
        or s.case_id <> d.case_id or s.given_at > d.at or w.at < d.at or not d.groups <@ s.fields)`,
    [row.id, row.personId],
  );
  return rows.map(
    ({ recipient, groups }) => `${groups.join(', ')} shown to ${recipient} without a consent that covers it`,
  );
}

/** What must hold when somebody outside the house has just been shown the case: it is on record, and it is theirs. */
export async function faultsOfLook(on: TestApp, caseId: string, account: string): Promise<string[]> {
  const { rows } = await on.database.owner.query<{ theirs: boolean; recorded: boolean; consented: boolean }>(
    `select (a.provider in (c.provider, c.laboratory, c.expert, c.pharmacy, c.doctor)) is true or a.provider = any(c.panel) as theirs,
            exists (select from yilu.disclosures d where d.case_id = c.id and d.recipient = r.recipient) as recorded,
            exists (select from yilu.consents s
                      left join yilu.consent_withdrawals w on w.insurer = s.insurer and w.consent_id = s.id
                     where s.person_id = c.person_id and s.recipient = r.recipient and w.at is null
                       and (s.case_id = c.id or s.case_id is null)) as consented
       from yilu.cases c join yilu.accounts a on a.insurer = c.insurer and a.sandbox->>'key' = $2
      -- A consent names the provider whose doctor she is.
      cross join lateral (select case when a.provider = c.doctor then c.provider else a.provider end as recipient) r
      where c.id = $1`,
    [caseId, account],
  );
  const { theirs, recorded, consented } = rows[0]!;
  return [
    ...(theirs ? [] : ['it is not their case']),
    ...(recorded ? [] : ['what they saw is not on record']),
    ...(consented ? [] : ['no consent covers it']),
  ];
}

/** Events without a gap, one audit row each, and the state that a replay of them gives. */
async function faultsOfRecord(on: TestApp, row: CaseRow): Promise<string[]> {
  const faults: string[] = [];
  const { rows } = await on.database.owner.query<{ seqs: number; last: number; missing: string[] | null }>(
    `select count(*)::int as seqs, max(seq) as last,
       (select array_agg(t.type || ' ' || t.n || '/' || t.audited) from (
          select e.type, count(*) as n, (select count(*) from yilu.audit a where a.case_id = $1 and a.action = 'case.' || e.type) as audited
            from yilu.events e where e.case_id = $1 group by e.type) t where t.n <> t.audited) as missing
      from yilu.events where case_id = $1`,
    [row.id],
  );
  const { seqs, last, missing } = rows[0]!;
  if (seqs !== last || row.lastSeq !== last) faults.push(`${seqs} events, last ${last}, on file ${row.lastSeq}`);
  if (missing) faults.push(`events without one audit row each: ${missing.join(', ')}`);
  const told = await replay(on.ctx, row.id);
  faults.push(...told.refused.map((one) => `replay: ${one}`));
  if (told.state !== told.stored.state || told.suspended !== told.stored.suspended)
    faults.push(`replay gives ${told.state}, stored is ${told.stored.state}`);
  if (JSON.stringify(told.context) !== JSON.stringify(told.stored.context))
    faults.push(`replay remembers ${JSON.stringify(told.context)}, stored is ${JSON.stringify(told.stored.context)}`);
  return faults;
}
