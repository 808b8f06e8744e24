/**
 * The one way a case moves. Everything an event causes is written here in the caller's transaction: state, event, use,
 * clocks, pauses, timers, messages and audit commit together or not at all.
 */
import type { Milestone } from '#domain/cases/on-milestone.ts';
import { advance, type PassedMilestone, type Snapshot } from '#domain/journeys/advance.ts';
import type { CaseRole, Facts, Journey } from '#domain/journeys/journey.ts';
import { stateMeta } from '#domain/journeys/journey.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import { recordAudit } from '#server/audit/record.ts';
import { queueLive, queueMessage } from '#server/notifications/outbox.ts';
import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { askSatisfaction } from '#server/satisfaction/ask.ts';
import { applyMilestones, closeClocks, loadRunning, type Running } from './apply-changes.ts';
import type { CaseMemory } from './memory.ts';
import { type CaseRow, insertEventRow, updateCaseRow } from './queries.ts';
import { planOf } from './question.ts';
import { setStateTimers, timedMoments } from './state-timers.ts';

/** A case opened for an event: its row, what it remembers, its chart and plan. */
export type OpenCase = { row: CaseRow; memory: CaseMemory; journey: Journey; running: Running; key: Buffer };

/** Loads what an event needs; the row must already be locked. */
export async function openCaseForEvent(db: Db, ctx: Ctx, row: CaseRow): Promise<OpenCase> {
  const key = await getPersonKey(db, ctx, row.personId);
  const memory = openWith<CaseMemory>(key, ctx, 'cases', row.id, row.context);
  const { plan, service } = planOf(ctx, row.plan, row.edition, row.service);
  const running = await loadRunning(db, ctx, row, plan, service, memory.given, memory.act);
  return { row, memory, journey: getJourney(row.kind, row.chartVersion), running, key };
}

export const snapshotOf = (open: OpenCase): Snapshot => ({
  state: open.row.state,
  context: open.memory.chart,
  suspended: open.row.suspended,
});

export type Sent = { type: string; payload: Record<string, unknown>; facts: Facts; role: CaseRole };
export type Moved =
  | { ok: true; eventId: string }
  | { ok: false; code: 'not-allowed' }
  | { ok: false; code: 'invalid'; problems: { pointer: string; message: { zh: string; en: string } }[] };

/**
 * Sends one event. Milestones count from when they happened: `papers-complete` from the arrival of the last missing paper
 * (tension 2.6.2.9.1), all else from now. Returns what stood in the way, if anything, with nothing written.
 */
export async function moveCase(db: Db, ctx: Ctx, actor: Actor, open: OpenCase, sent: Sent): Promise<Moved> {
  const { row, memory, journey, running } = open;
  const now = sent.facts.now;
  const advanced = advance(
    journey,
    snapshotOf(open),
    { type: sent.type, payload: sent.payload, facts: sent.facts },
    sent.role,
  );
  if (!advanced.ok) return advanced;

  const def = journey.events[sent.type]!;
  const eventId = uuidv7();
  const milestones = momentsOf(advanced.milestones, sent.facts.arrivedAt ?? row.openedAt, now);
  row.lastSeq += 1;
  if (!def.quiet) row.version += 1;
  const turnBefore = row.turn;
  const stateBefore = row.state;
  const momentsBefore = timedMoments(memory.chart);
  const before = { provider: row.provider, laboratory: row.laboratory, pharmacy: row.pharmacy };
  row.state = advanced.state;
  row.final = advanced.final;
  row.turn = stateMeta(journey, advanced.state).turn;
  row.changedAt = now;
  // Cases from before the column say it in what they remember.
  row.act = memory.act;
  memory.chart = advanced.context;
  if (row.state !== stateBefore)
    row.attention = row.attention.filter((mark) => lasts(mark, stateMeta(journey, advanced.state).step));
  row.provider = providerOf(row, memory, milestones);
  // These the chart itself names and forgets.
  row.laboratory = (memory.chart.laboratory as string | null | undefined) ?? null;
  row.expert = (memory.chart.expert as string | null | undefined) ?? null;
  row.doctor = (memory.chart.doctor as string | null | undefined) ?? null;
  row.pharmacy = (memory.chart.pharmacy as string | null | undefined) ?? null;
  row.panel = [...((memory.chart.panel as readonly string[] | undefined) ?? [])];

  await insertEventRow(db, ctx, {
    id: eventId,
    caseId: row.id,
    seq: row.lastSeq,
    type: sent.type,
    actorAccount: actor.accountId,
    actorRole: sent.role,
    occurredAt: now,
    recordedAt: now,
    stateAfter: row.state,
    payload: sealWith(open.key, ctx, 'events', eventId, { ...sent.payload, ...sealedFacts(sent.facts) }),
    milestones: milestones.map((one) => ({
      name: one.name,
      occurredAt: one.occurredAt.toISOString(),
      ...(one.at ? { at: one.at.toISOString() } : {}),
    })),
  });
  await applyMilestones(db, ctx, actor, running, milestones, eventId, now);
  if (row.final) await closeClocks(db, ctx, { ...running, row: { ...row, turn: turnBefore } }, now);
  if (row.state !== stateBefore || timedMoments(memory.chart) !== momentsBefore)
    await setStateTimers(db, ctx, open, eventId, now);
  if (row.state !== stateBefore) await askSatisfaction(db, ctx, open, { eventId, type: sent.type, now });
  for (const party of ['provider', 'laboratory', 'pharmacy'] as const)
    await tellOfEnd(db, ctx, actor, open, { was: before[party], is: row[party] }, eventId, now);
  await saveCase(db, ctx, open);
  await recordAudit(db, ctx, {
    actor,
    action: `case.${sent.type}`,
    subject: `case:${row.id}`,
    caseId: row.id,
    personId: row.personId,
    now,
    details: {
      event: eventId,
      from: stateBefore,
      to: row.state,
      milestones: milestones.map(({ name }) => name).join(' '),
    },
  });
  await queueLive(db, ctx, { kind: 'case', id: row.id, key: `${eventId}/live`, now });
  return { ok: true, eventId };
}

/** Marks that outlive the state they arose in; all others speak of a wait that has ended. */
const lasts = (mark: string, step: string): boolean =>
  mark === 'escort-absent' ||
  mark === 'severe-reaction' ||
  mark === 'asks-another-manager' ||
  (mark === 'review-by-rule' && (step === 'request' || step === 'review'));

export const saveCase = (db: Db, ctx: Ctx, open: OpenCase) =>
  updateCaseRow(db, ctx, { ...open.row, context: sealWith(open.key, ctx, 'cases', open.row.id, open.memory) });

/** Who serves from outside and loses the case, or whose case closes unserved, lets go what it holds and deletes what it was given (PIPL 23). */
async function tellOfEnd(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { row, journey }: OpenCase,
  { was, is }: { was: string | null; is: string | null },
  eventId: string,
  now: Date,
): Promise<void> {
  const unserved = row.final && stateMeta(journey, row.state).outcome !== 'delivered';
  if (was === null || was === actor.provider || (was === is && !unserved)) return;
  const key = `${eventId}/case-stopped/${was}`;
  await queueMessage(db, ctx, {
    template: 'case-stopped',
    to: { provider: was },
    caseId: row.id,
    urgent: false,
    now,
    key,
  });
}

function momentsOf(passed: readonly PassedMilestone[], arrivedAt: Date, now: Date): Milestone[] {
  return passed.map(({ name, data }) => ({
    name,
    recordedAt: now,
    occurredAt: name === 'papers-complete' ? arrivedAt : now,
    ...(typeof data.at === 'string' ? { at: new Date(data.at) } : {}),
  }));
}

const HANDS_OVER: readonly string[] = ['handed-to-provider', 'certificate-sought', 'provider-restored'];
/** The provider's access begins with the handing over and ends with the taking back, a closing before the visit, or another provider. */
function providerOf(row: CaseRow, memory: CaseMemory, milestones: readonly Milestone[]): string | null {
  const names = milestones.map(({ name }) => name);
  if (names.some((name) => HANDS_OVER.includes(name))) return (memory.chart.provider as string | null) ?? row.provider;
  if (
    names.some((name) =>
      [
        'taken-back',
        'provider-cannot',
        'consent-withdrawn',
        'consent-withdrawn-after-booking',
        'provider-consent-asked',
        'collector-done',
      ].includes(name),
    )
  )
    return null;
  return row.provider;
}

/** What the guards saw and a replay needs again. */
const sealedFacts = (facts: Facts) => ({
  '#refs': facts.refs,
  '#consented': facts.consented,
  '#missing': facts.missingPapers,
  ...(facts.acceptedPapers.length > 0 ? { '#accepted': facts.acceptedPapers } : {}),
  ...(facts.missingRecords.length > 0 ? { '#missingRecords': facts.missingRecords } : {}),
  '#offerListed': facts.offerListed,
  ...(facts.byManager ? { '#byManager': true } : {}),
  ...(facts.actor ? { '#actor': facts.actor } : {}),
  ...(facts.party ? { '#party': facts.party } : {}),
  ...(facts.laboratoryLicensed ? {} : { '#laboratoryLicensed': false }),
  ...(facts.drug ? { '#drug': facts.drug } : {}),
  ...(facts.aid ? { '#aid': facts.aid } : {}),
  ...(facts.applicantAllowed ? {} : { '#applicantAllowed': false }),
  ...(facts.decision ? { '#decision': facts.decision } : {}),
});
