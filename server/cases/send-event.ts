/** POST /api/cases/{id}/events: the only way a case moves by a person's hand; timers and fan-outs use `sendSystemEvent`. */

import type { AllowedEvent } from '#contract/common.ts';
import type { Question } from '#domain/eligibility/question.ts';
import { allowedEvents } from '#domain/journeys/advance.ts';
import { type CaseRole, type EventDef, type Facts, isOutside } from '#domain/journeys/journey.ts';
import { giveBack } from '#server/drugs/purchases.ts';
import { keepSlot } from '#server/hospital/keep-slot.ts';
import { queueCall } from '#server/hospital/queue-call.ts';
import { assertMinorOpen } from '#server/minors/rule.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { SYSTEM } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { faultsOf, issuesOf } from '#server/platform/validation-faults.ts';
import { findCaseRole } from './access.ts';
import { listAllowed } from './allowed.ts';
import { takeDecision } from './decide-now.ts';
import { after, before, verifiedFrom } from './effects.ts';
import { loadFacts } from './facts.ts';
import type { VerifiedIllness } from './memory.ts';
import { moveCase, type OpenCase, openCaseForEvent, saveCase, snapshotOf } from './move-case.ts';
import { findCaseForUpdate, lockEntitlementRow } from './queries.ts';
import { findPolicy, loadQuestion, readIllness } from './question.ts';
import { assertIds, assertThere } from './references.ts';

export type SendInput = { type: string; version: number; payload: Record<string, unknown>; occurredAt?: undefined };

/** Returns the role the caller acted in. @throws Problem not-found, minor-approval-needed, not-acceptable (fields); Refused not-possible-now or stale, both with what is allowed */
export async function sendEvent(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
  input: SendInput,
  lang: 'zh' | 'en',
): Promise<CaseRole> {
  const now = await ctx.clock.now(db);
  const row = await findCaseForUpdate(db, ctx, caseId);
  const role = row && (await findCaseRole(db, ctx, actor, row, now));
  if (!row || !role) throw new Problem('not-found');
  await assertMinorOpen(db, ctx, actor, { personId: row.personId, caseId }, now);
  const open = await openCaseForEvent(db, ctx, row);
  const def = open.journey.events[input.type];
  const factsNow = async () => bySender(await loadFacts(db, ctx, open, undefined, {}, now), actor, role);
  const allowed = async () => listAllowed(open, role, await factsNow(), {}, lang);
  if (row.version !== input.version)
    throw new Refused('stale', { allowed: await allowed(), extra: { version: row.version } });
  if (!def || !allowedEvents(open.journey, snapshotOf(open), role, await factsNow()).includes(input.type))
    throw new Refused('not-possible-now', { allowed: await allowed(), detail: notNow(open, lang) });
  const payload = parsePayload(def, input.payload, lang);
  assertIds(def, payload, lang);
  await applyEvent(db, ctx, actor, role, open, input.type, payload, now, lang, allowed);
  return role;
}

/** The facts as they are for whoever sends: the account, and whom she serves from outside. */
export const bySender = (facts: Facts, actor: Actor, role: CaseRole): Facts => ({
  ...facts,
  actor: actor.accountId,
  party: isOutside(role) ? actor.provider : null,
});

/** An event that time or the world brings. False: the case's state does not take it, and nothing happened. */
export async function sendSystemEvent(
  db: Db,
  ctx: Ctx,
  caseId: string,
  type: string,
  now: Date,
  payload: Record<string, unknown> = {},
  known: Pick<Facts, 'byManager'> = { byManager: false },
): Promise<boolean> {
  const row = await findCaseForUpdate(db, ctx, caseId);
  if (!row || row.final) return false;
  const open = await openCaseForEvent(db, ctx, row);
  const def = open.journey.events[type];
  const facts = await loadFacts(db, ctx, open, def, payload, now);
  if (!def || !allowedEvents(open.journey, snapshotOf(open), 'system', facts).includes(type)) return false;
  await applyEvent(db, ctx, SYSTEM, 'system', open, type, payload, now, 'zh', async () => [], known);
  return true;
}

/**
 * Applies one event of a case that is locked and opened, whoever may send it having been found out: writes all that it
 * causes. @throws Problem not-acceptable (fields); Refused not-possible-now
 */
export async function applyEvent(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  role: CaseRole,
  open: OpenCase,
  type: string,
  payload: Record<string, unknown>,
  now: Date,
  lang: 'zh' | 'en',
  allowed: () => Promise<AllowedEvent[]> = async () => [],
  known: Pick<Facts, 'byManager'> = {
    byManager: role === 'case-manager' && (open.row.assignee ?? actor.accountId) === actor.accountId,
  },
): Promise<void> {
  const def = open.journey.events[type]!;
  const early = await loadFacts(db, ctx, open, def, payload, now);
  await before[type]?.(db, ctx, open, { payload, refs: early.refs, actor, now, eventId: '' });
  const facts: Facts = {
    ...bySender(await loadFacts(db, ctx, open, def, payload, now), actor, role),
    ...known,
  };
  assertThere(def, payload, open.memory.chart, facts, lang);
  let onsetOn: string | null = null;
  if (def.decides) {
    const taken = await decideAgain(db, ctx, actor, open, type, payload, facts, now);
    facts.decision = { id: taken.id, outcome: taken.outcome, rules: taken.rules };
    open.memory.decisionId = taken.id;
  }
  onsetOn = earliest(open.memory.verified);
  const had = {
    approvedUntil: open.memory.chart.approvedUntil,
    state: open.row.state,
    slotId: open.memory.chart.slotId,
  };
  const moved = await moveCase(db, ctx, actor, open, { type, payload, facts, role });
  if (!moved.ok) {
    if (moved.code === 'invalid')
      throw new Problem('not-acceptable', {
        errors: moved.problems.map(({ pointer, message }) => ({ pointer, detail: message[lang] })),
      });
    throw new Refused('not-possible-now', { allowed: await allowed(), detail: notNow(open, lang) });
  }
  if (after[type]) {
    await after[type](db, ctx, open, { payload, refs: facts.refs, actor, now, onsetOn, eventId: moved.eventId });
    await saveCase(db, ctx, open);
  }
  await keepSlot(db, ctx, open, lang, now);
  await queueCall(db, ctx, open, had, { type, eventId: moved.eventId, now });
  if (await giveBack(db, ctx, actor, open, had, type, now)) await saveCase(db, ctx, open);
}

/** The decision on the facts an event brings: verified by the reviewer, or agreed to by the person herself. */
async function decideAgain(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  open: OpenCase,
  type: string,
  payload: Record<string, unknown>,
  facts: Facts,
  now: Date,
) {
  const { row, memory, running } = open;
  const policy = (await findPolicy(db, ctx, row.policyId))!;
  const entitlementId = await lockEntitlementRow(db, ctx, uuidv7(), row.policyId, row.personId, row.service);
  running.entitlementId = entitlementId;
  const given =
    type === 'verifyFacts' ? verifiedFrom(payload, facts.refs) : (memory.verified ?? memory.request.illness);
  const illness: Question['illness'] = given ? await readIllness(db, ctx, running.plan, given) : null;
  const named = (given as VerifiedIllness | null)?.hospital;
  if (illness && named)
    illness.hospital = { grade: named.grade, class: (named.class ?? null) as 'A' | null, public: named.public };
  const question = await loadQuestion(db, ctx, {
    policy,
    personId: row.personId,
    service: row.service,
    act: memory.act,
    at: now,
    channel: row.channel,
    relation: row.applicantRelation as 'self',
    proofs: memory.request.applicant.proofs.map(({ kind }) => kind),
    illness,
    admissionCertificate: memory.given.admissionCertificate ?? false,
    except: row.id,
  });
  const taken = await takeDecision(db, ctx, actor, question, {
    policyId: row.policyId,
    personId: row.personId,
    caseId: row.id,
    takenBy: type === 'verifyFacts' ? 'person' : 'rules',
  });
  return { id: taken.id, outcome: taken.decision.outcome, rules: taken.decision.reasons.map(({ rule }) => rule) };
}

const earliest = (
  given: {
    firstSymptomOn?: string | undefined;
    firstAbnormalOn?: string | undefined;
    firstVisitOn?: string | undefined;
  } | null,
): string | null =>
  [given?.firstSymptomOn, given?.firstAbnormalOn, given?.firstVisitOn]
    .filter((day): day is string => day !== undefined)
    .sort()[0] ?? null;

const notNow = (open: OpenCase, lang: 'zh' | 'en'): string =>
  open.row.suspended
    ? lang === 'zh'
      ? '保险合同暂停期间只能撤回或取消'
      : 'While the policy is suspended only withdrawing and cancelling are possible'
    : lang === 'zh'
      ? '服务单现在这一步不能这样做'
      : 'Not possible at the step the case is at';

/** Strict: an unknown field is named, nothing is dropped in silence. @throws Problem not-acceptable */
function parsePayload(def: EventDef, payload: Record<string, unknown>, lang: 'zh' | 'en'): Record<string, unknown> {
  const parsed = def.schema.safeParse(payload);
  if (parsed.success) return parsed.data as Record<string, unknown>;
  throw new Problem('not-acceptable', { errors: faultsOf(issuesOf(parsed.error), payload, '', lang) });
}
