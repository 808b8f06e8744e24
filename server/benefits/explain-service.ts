/** GET /api/services/{service}: what the plan says of a service, and what this person can do where it cannot be used now. */
import type { ServiceExplained } from '#contract/benefits.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import type { RuleName } from '#domain/eligibility/reasons.ts';
import { editionInForce, firstEdition } from '#domain/plan/registry.ts';
import { nearestFirst } from '#domain/plan/remedies.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import { factsOfService } from '#domain/plan/service-facts.ts';
import { findPolicy } from '#server/cases/question.ts';
import { findLastRefusal } from '#server/decisions/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { listBenefits } from './benefits.ts';
import { papersOnWire, printedOf } from './words.ts';

type Place = { service: string; policyId: string; personId: string };

/** Only for a service that stands among the caller's own cards. @throws Problem not-found */
export async function explainService(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  place: Place,
  lang: 'zh' | 'en',
): Promise<ServiceExplained> {
  const cards = (await listBenefits(db, ctx, actor, lang, place.personId)).filter(
    ({ policyId, person }) => policyId === place.policyId && person.id === place.personId,
  );
  const card = cards.find(({ service }) => service === place.service);
  const policy = card && (await findPolicy(db, ctx, place.policyId));
  const today = dayOf(await ctx.clock.now(db));
  const plan = policy && (editionInForce(ctx.plans, policy.plan, today) ?? firstEdition(ctx.plans, policy.plan));
  const service = plan?.services[place.service];
  if (!card || !service) throw new Problem('not-found', { pointer: '/service' });
  const refusal = card.limitedView ? undefined : await findLastRefusal(db, ctx, place);
  const doors = new Set(card.doors.map(({ code }) => code));
  const near = nearestFirst(plan, place.service);
  return {
    groups: factsOfService(plan, service, lang).map(({ group, facts }) => ({
      group,
      facts: facts.map(({ text, note, clause, list }) => ({
        text,
        note: note || null,
        clause,
        printed: printedOf(plan, clause),
        list: list ?? null,
      })),
    })),
    clauses: clausesOf(service, plan).map((id) => ({
      id,
      printed: printedOf(plan, id),
      text: plan.clauses.find((clause) => clause.id === id)?.[lang] ?? '',
    })),
    papers: papersOnWire(
      plan,
      service,
      card.reasons.map(({ rule }) => rule as RuleName),
      lang,
    ),
    instead: cards
      .filter((other) => other.service !== place.service && other.usable)
      .toSorted((a, b) => near.indexOf(a.service) - near.indexOf(b.service))
      .map((other) => ({
        service: other.service,
        name: other.name,
        sameDoor: other.doors.some(({ code }) => doors.has(code)),
      })),
    refusedBy: refusal
      ? { decisionId: refusal.decisionId, at: formatInstant(refusal.at), appealed: refusal.appealed }
      : null,
  };
}

/** Every clause that the service, or a door it stands behind, cites; in the plan's order. */
export function clausesOf(service: Service, plan: Plan): string[] {
  const cited = new Set<string>(
    plan.portal?.doors.flatMap(({ code, clauses }) => (service.doors.some(({ door }) => door === code) ? clauses : [])),
  );
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (node && typeof node === 'object')
      for (const [name, value] of Object.entries(node)) {
        if (name === 'clause' && typeof value === 'string') cited.add(value);
        else walk(value);
      }
  };
  walk(service);
  return plan.clauses.map(({ id }) => id).filter((id) => cited.has(id));
}
