/** Takes a decision on the record as it stands and keeps it: inputs, edition and reasons, as decided then. */

import type { Reason as WireReason } from '#contract/common.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { type Decision, decide } from '#domain/eligibility/decide.ts';
import type { Question } from '#domain/eligibility/question.ts';
import { reasonsToWire } from '#domain/eligibility/wire.ts';
import { editionInForce } from '#domain/plan/registry.ts';
import { sealFor } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { insertDecisionRow } from './queries.ts';

export type Taken = { id: string; decision: Decision; question: Question };

export async function takeDecision(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  question: Question,
  about: { policyId: string; personId: string; caseId: string | null; takenBy: 'rules' | 'person' },
): Promise<Taken> {
  const decision = decide(ctx.plans, ctx.calendar(), question);
  const id = uuidv7();
  await insertDecisionRow(db, ctx, {
    id,
    ...about,
    plan: question.plan,
    edition: decision.edition,
    service: question.service,
    outcome: decision.outcome,
    decidedAt: question.at,
    decidedBy: actor.accountId,
    sealed: await sealFor(db, ctx, about.personId, 'decisions', id, { question, decision }),
  });
  return { id, decision, question };
}

/** Reasons on the wire with the booklet's own number and sentence beside the clause. */
export function reasonsOnWire(
  ctx: Pick<Ctx, 'plans'>,
  question: Pick<Question, 'plan' | 'at'>,
  decision: Pick<Decision, 'reasons'>,
  lang: 'zh' | 'en',
): WireReason[] {
  const plan = editionInForce(ctx.plans, question.plan, dayOf(question.at));
  return reasonsToWire(decision.reasons, lang).map((reason) => {
    const clause = plan?.clauses.find(({ id }) => id === reason.clause);
    return { ...reason, ...(clause ? { printed: clause.printed, clauseText: clause[lang] } : {}) };
  });
}
