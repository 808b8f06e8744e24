import { basename, dirname } from 'node:path';
import type { z } from 'zod';
import type { PlanView } from '#contract/operations.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { planClauses, serviceRows } from '#domain/operations/plan-view.ts';
import type { Fault } from '#domain/plan/faults.ts';
import { editionInForce, findEdition, firstEdition } from '#domain/plan/registry.ts';
import type { Plan } from '#domain/plan/schema.ts';
import { loadPlans } from '#plans/load.ts';
import type { Ctx } from '#server/platform/context.ts';
import { Problem } from '#server/platform/problem.ts';

type Lang = 'zh' | 'en';
let checked: readonly Fault[] | undefined;

/** What `plan check` says of the project's files; they do not change while a process lives, so it is asked once. */
function listFaults(): readonly Fault[] {
  checked ??= loadPlans().faults;
  return checked;
}

/** The insurer's plans and editions, the newest edition of a plan first. */
export const listPlans = (ctx: Pick<Ctx, 'plans'>, lang: Lang) =>
  ctx.plans
    .map(({ plan, edition, name }) => ({ plan, edition, name: name[lang] }))
    .sort((a, b) => (a.plan === b.plan ? b.edition.localeCompare(a.edition) : a.plan.localeCompare(b.plan)));

/** One edition read by clause. @throws Problem not-found */
export function viewPlan(ctx: Pick<Ctx, 'plans'>, lang: Lang, code: string, edition: string): z.infer<typeof PlanView> {
  const plan = findEdition(ctx.plans, code, edition);
  if (!plan) throw new Problem('not-found');
  const mine = listFaults().filter(
    ({ file }) => basename(dirname(file)) === code && basename(file) === `${edition}.yaml`,
  );
  return {
    plan: plan.plan,
    edition: plan.edition,
    name: plan.name[lang],
    insurerName: plan.insurerName[lang],
    effectiveFrom: plan.effectiveFrom,
    hotline: plan.hotline,
    sampleLabel: plan.sampleLabel?.[lang] ?? null,
    faults: mine.map(({ line, column, path, message }) => `${line}:${column} ${path} ${message[lang]}`),
    clauses: planClauses(plan, lang),
    services: Object.entries(plan.services).map(([service, one]) => ({
      code: service,
      name: one.name[lang],
      rows: serviceRows(plan, one, lang),
    })),
  };
}

/** The clause table of a plan's edition in force now, else of its first; without a code that of the insurer's first plan. @throws Problem not-found */
export function listClauses(ctx: Pick<Ctx, 'plans'>, lang: Lang, code: string | undefined, now: Date) {
  const plan = findPlanOn(ctx.plans, code ?? ctx.plans[0]?.plan ?? '', now);
  if (!plan) throw new Problem('not-found', { pointer: '/plan' });
  return { items: plan.clauses.map((clause) => ({ id: clause.id, printed: clause.printed, text: clause[lang] })) };
}

const findPlanOn = (plans: readonly Plan[], code: string, now: Date): Plan | undefined =>
  editionInForce(plans, code, dayOf(now)) ?? firstEdition(plans, code);
