/** Benefits, request forms, dry decisions and colleagues over HTTP. */
import { z } from 'zod';
import { BenefitCard, ServiceExplained } from '#contract/benefits.ts';
import { DecisionRequest, DecisionView, RequestForm } from '#contract/cases.ts';
import { Id, listOf, PageQuery, Role } from '#contract/common.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { decide } from '#domain/eligibility/decide.ts';
import { editionInForce } from '#domain/plan/registry.ts';
import { listStaff } from '#server/accounts/names.ts';
import type { App } from '#server/app.ts';
import { listBenefits } from '#server/benefits/benefits.ts';
import { explainService } from '#server/benefits/explain-service.ts';
import { requestForm } from '#server/benefits/form.ts';
import { papersOnWire } from '#server/benefits/words.ts';
import { readCursor, writeCursor } from '#server/operations/cursor.ts';
import { inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { reasonsOnWire } from './decide-now.ts';
import { buildQuestion } from './filing.ts';
import { mayUsePerson } from './hooks.ts';
import { findPolicy, findRoleOnPolicy } from './question.ts';

const FILING: z.infer<typeof Role>[] = ['member', 'service-desk'];
/** A family's cards of several policies stand on one page unless the caller asks for less. */
const BenefitQuery = PageQuery.extend({
  personId: Id.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(100),
});
/** Where a page of cards ended: how many were shown. */
const BenefitPlace = z.tuple([z.int().min(0).max(10_000)]);

export async function deskOfCasesRoutes(app: App): Promise<void> {
  app.get(
    '/benefits',
    {
      config: { allow: FILING },
      schema: {
        querystring: BenefitQuery,
        response: { 200: listOf(BenefitCard) },
      },
    },
    (request) =>
      inTransaction(request.ctx.pool, async (db) => {
        const { personId, limit, cursor } = request.query;
        const [from] = cursor === undefined ? [0] : readCursor(cursor, BenefitPlace);
        const cards = await listBenefits(db, request.ctx, request.actor, request.lang, personId);
        const to = from + limit;
        return { items: cards.slice(from, to), next: to < cards.length ? writeCursor([to]) : null };
      }),
  );

  app.get(
    '/services/:service',
    {
      config: { allow: FILING },
      schema: {
        params: z.strictObject({ service: z.string().max(64) }),
        querystring: z.strictObject({ policyId: Id, personId: Id }),
        response: { 200: ServiceExplained },
      },
    },
    (request) =>
      inTransaction(request.ctx.pool, (db) =>
        explainService(db, request.ctx, request.actor, { ...request.params, ...request.query }, request.lang),
      ),
  );

  app.get(
    '/services/:service/form',
    {
      config: { allow: FILING },
      schema: {
        params: z.strictObject({ service: z.string().max(64) }),
        querystring: z.strictObject({ policyId: Id, personId: Id, hospitalId: Id.optional(), caseId: Id.optional() }),
        response: { 200: RequestForm },
      },
    },
    (request) =>
      inTransaction(request.ctx.pool, (db) =>
        requestForm(db, request.ctx, request.actor, request.params.service, request.query, request.lang),
      ),
  );

  app.post(
    '/decisions',
    { config: { allow: FILING }, schema: { body: DecisionRequest, response: { 200: DecisionView } } },
    (request) =>
      inTransaction(request.ctx.pool, async (db) => {
        const { ctx, actor, body, lang } = request;
        const now = await ctx.clock.now(db);
        const policy = await findPolicy(db, ctx, body.policyId);
        if (
          !policy ||
          !(await findRoleOnPolicy(db, ctx, policy.id, body.personId)) ||
          !(await mayUsePerson(db, ctx, actor, body.personId, now))
        )
          throw new Problem('not-found', { pointer: '/policyId' });
        const plan = editionInForce(ctx.plans, policy.plan, dayOf(now));
        const question = await buildQuestion(db, ctx, actor, policy, plan, body, {}, now);
        const decision = decide(ctx.plans, ctx.calendar(), question);
        const service = plan?.services[body.service];
        return {
          id: null,
          at: formatInstant(now),
          outcome: decision.outcome,
          reasons: reasonsOnWire(ctx, question, decision, lang),
          remaining: decision.remaining,
          clocks: decision.clocks.map(({ promise, clause, due, provisional }) => ({
            promise,
            clause,
            due: formatInstant(due),
            provisional,
          })),
          edition: decision.edition,
          plan: policy.plan,
          service: body.service,
          inputs: null,
          caseId: null,
          appeal: null,
          papers: service
            ? papersOnWire(
                plan,
                service,
                decision.reasons.map(({ rule }) => rule),
                lang,
              )
            : [],
          alternatives: [],
          hotline: plan?.hotline ?? '',
        };
      }),
  );

  const Staff = z.strictObject({
    items: z.array(z.strictObject({ id: Id, name: z.string(), open: z.number().int() })),
  });
  app.get(
    '/staff',
    {
      config: { allow: ['case-manager', 'supervisor'] },
      schema: { querystring: z.strictObject({ role: Role }), response: { 200: Staff } },
    },
    (request) =>
      inTransaction(request.ctx.pool, async (db) => {
        const people = await listStaff(db, request.ctx, request.query.role);
        const { rows } = await db.query<{ assignee: string; open: number }>({
          name: 'staff.open',
          text: 'select assignee, count(*)::int as open from cases where insurer = $1 and not final and assignee is not null group by assignee',
          values: [request.ctx.insurer],
        });
        return {
          items: people.map(({ id, name }) => ({
            id,
            name,
            open: rows.find(({ assignee }) => assignee === id)?.open ?? 0,
          })),
        };
      }),
  );
}
