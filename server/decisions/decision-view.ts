/** A decision as it was taken: inputs, edition, reasons, the appeal against it, and what else the person may use. */
import type { z } from 'zod';
import type { DecisionView } from '#contract/cases.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { type Decision, decide, decideBenefit } from '#domain/eligibility/decide.ts';
import type { Question } from '#domain/eligibility/question.ts';
import { editionInForce, firstEdition } from '#domain/plan/registry.ts';
import { nearestFirst } from '#domain/plan/remedies.ts';
import { usesOf } from '#domain/uses/ledger.ts';
import { recordAudit } from '#server/audit/record.ts';
import { papersOnWire } from '#server/benefits/words.ts';
import { mayActFor } from '#server/cases/access.ts';
import { listUses } from '#server/cases/clock-queries.ts';
import { reasonsOnWire } from '#server/cases/decide-now.ts';
import { findPolicy, loadQuestion } from '#server/cases/question.ts';
import { handlesComplaintOn } from '#server/complaints/queries.ts';
import { viewAppeal } from '#server/complaints/view.ts';
import { hasDeskCheck } from '#server/desk/checks.ts';
import { assertMinorOpen } from '#server/minors/rule.ts';
import { openFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { type DecisionRow, findDecision, listPoliciesOfPerson } from './queries.ts';

type View = z.infer<typeof DecisionView>;
/** As JSON keeps them: moments are texts in UTC. */
type Kept = { question: Stored<Question>; decision: Stored<Decision> };
type Stored<T> = T extends Date ? string : T extends object ? { [K in keyof T]: Stored<T[K]> } : T;

/**
 * The decision for whoever may see it: the person, who may act for her in this matter, the service desk within a check
 * (without the inputs), reviewers and supervisors. @throws Problem not-found
 */
export async function getDecision(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  id: string,
  now: Date,
): Promise<View> {
  const row = await getVisibleDecision(db, ctx, actor, id, now);
  const { question, decision } = await openFor<Kept>(db, ctx, row.personId, 'decisions', row.id, row.sealed);
  await recordAudit(db, ctx, {
    actor,
    action: 'decision.read',
    subject: `decision:${row.id}`,
    ...(row.caseId ? { caseId: row.caseId } : {}),
    personId: row.personId,
    now,
  });
  const at = new Date(question.at);
  const plan = editionInForce(ctx.plans, row.plan, dayOf(now)) ?? firstEdition(ctx.plans, row.plan);
  return {
    id: row.id,
    at: formatInstant(row.decidedAt),
    outcome: row.outcome,
    reasons: reasonsOnWire(ctx, { plan: row.plan, at }, decision as Pick<Decision, 'reasons'>, lang),
    remaining: decision.remaining,
    clocks: decision.clocks.map((clock) => ({ ...clock, due: formatInstant(new Date(clock.due)) })),
    edition: row.edition,
    plan: row.plan,
    service: row.service,
    inputs: actor.role === 'service-desk' ? null : inputsOnWire(question),
    caseId: row.caseId,
    appeal: await viewAppeal(db, ctx, actor, row.id),
    papers:
      row.outcome === 'refused' && plan?.services[row.service]
        ? papersOnWire(
            plan,
            plan.services[row.service]!,
            decision.reasons.map(({ rule }) => rule),
            lang,
          )
        : [],
    alternatives: row.outcome === 'refused' ? await listAlternatives(db, ctx, row, question, lang, now) : [],
    hotline: plan?.hotline ?? '',
  };
}

/** The decision's row. @throws Problem not-found when there is none or it does not exist for this caller; minor-approval-needed */
export async function getVisibleDecision(db: Db, ctx: Ctx, actor: Actor, id: string, now: Date): Promise<DecisionRow> {
  const row = await findVisibleDecision(db, ctx, actor, id, now);
  if (!row) throw new Problem('not-found');
  await assertMinorOpen(db, ctx, actor, row, now);
  return row;
}
/** The same before a minor's file is asked about; undefined where the decision does not exist for the caller. */
export async function findVisibleDecision(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  id: string,
  now: Date,
): Promise<DecisionRow | undefined> {
  const row = await findDecision(db, ctx, id);
  return row && (await maySee(db, ctx, actor, row, now)) ? row : undefined;
}

async function maySee(db: Db, ctx: Ctx, actor: Actor, row: DecisionRow, now: Date): Promise<boolean> {
  if (actor.role === 'reviewer' || actor.role === 'supervisor') return true;
  if (actor.role === 'complaint-handler')
    return actor.accountId !== null && handlesComplaintOn(db, ctx, actor.accountId, row.id);
  if (actor.role === 'service-desk') return hasDeskCheck(db, ctx, actor, row.personId, now);
  if (actor.role !== 'member' || actor.personId === null) return false;
  return mayActFor(db, ctx, actor.personId, row.personId, row.service, now, row.decidedBy === actor.accountId);
}

/** The question as it was asked (contract 2.2), its moments in +08:00. */
function inputsOnWire(question: Kept['question']): Record<string, unknown> {
  const { policy } = question;
  return {
    ...question,
    at: formatInstant(new Date(question.at)),
    openedAt: question.openedAt && formatInstant(new Date(question.openedAt)),
    policy: {
      ...policy,
      status: policy.status.map(({ state, from }) => ({ state, from: formatInstant(new Date(from)) })),
    },
  };
}

/**
 * Other services of the plan that the person could use now, under any of her policies of it, applying in the same way and
 * for the illness that was asked about: one that the same illness bars is no alternative.
 */
async function listAlternatives(
  db: Db,
  ctx: Ctx,
  row: DecisionRow,
  asked: Kept['question'],
  lang: 'zh' | 'en',
  now: Date,
): Promise<View['alternatives']> {
  const plan = editionInForce(ctx.plans, row.plan, dayOf(now));
  if (!plan) return [];
  const usable = new Set<string>();
  for (const policyId of await listPoliciesOfPerson(db, ctx, row.personId, row.plan)) {
    const policy = await findPolicy(db, ctx, policyId);
    if (!policy) continue;
    const { relation, proofs } = asked.applicant;
    const base = await loadQuestion(db, ctx, {
      policy,
      personId: row.personId,
      service: row.service,
      act: 'open',
      at: now,
      channel: 'hotline',
      relation,
      proofs: [...proofs],
      illness: null,
    });
    for (const [service, { use, channels }] of Object.entries(plan.services)) {
      if (service === row.service || usable.has(service)) continue;
      const uses = usesOf(await listUses(db, ctx, use.per, policyId, row.personId, service));
      const question = { ...base, service, uses, channel: channels.is[0] ?? base.channel, illness: asked.illness };
      const decision = (asked.illness ? decide : decideBenefit)(ctx.plans, ctx.calendar(), question);
      if (decision.outcome !== 'refused') usable.add(service);
    }
  }
  return nearestFirst(plan, row.service).flatMap((service) =>
    usable.has(service) ? [{ service, name: plan.services[service]!.name[lang] }] : [],
  );
}
