import { z } from 'zod';
import type { Role } from '#contract/common.ts';
import { PlanView } from '#contract/operations.ts';
import { ClauseList, PlanList } from '#contract/supervision.ts';
import type { App } from '#server/app.ts';
import { listClauses, listPlans, viewPlan } from './plans.ts';

const reading = {
  allow: [
    'plan-administrator',
    'operations',
    'supervisor',
    'auditor',
    'case-manager',
    'reviewer',
    'service-desk',
  ] satisfies Role[],
};
const Code = z.string().min(1).max(64);

/** The handbook as data: for staff the whole plan by clause, for everybody signed in the clauses that screens quote. */
export async function planRoutes(app: App): Promise<void> {
  app.get('/plans', { config: reading, schema: { response: { 200: PlanList } } }, async ({ ctx, lang }) => ({
    items: listPlans(ctx, lang),
  }));
  app.get(
    '/plans/:plan/:edition',
    { config: reading, schema: { params: z.strictObject({ plan: Code, edition: Code }), response: { 200: PlanView } } },
    async ({ ctx, lang, params: { plan, edition } }) => viewPlan(ctx, lang, plan, edition),
  );
  app.get(
    '/clauses',
    {
      config: { allow: 'signed-in' },
      schema: { querystring: z.strictObject({ plan: Code.optional() }), response: { 200: ClauseList } },
    },
    async ({ ctx, lang, query: { plan } }) => listClauses(ctx, lang, plan, await ctx.clock.now(ctx.pool)),
  );
}
