import { z } from 'zod';
import { Id, listOf, PageQuery, type Role } from '#contract/common.ts';
import { ConsentView, DisclosureView, GiveConsent } from '#contract/people.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { editionInForce } from '#domain/plan/registry.ts';
import type { App } from '#server/app.ts';
import { recordAudit } from '#server/audit/record.ts';
import type { MayUsePerson } from '#server/papers/access.ts';
import { listPlanCodes } from '#server/papers/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { Problem } from '#server/platform/problem.ts';
import { findCaseGround, findConsentText, giveConsent, type OnConsentWithdrawn, withdrawConsent } from './consents.ts';
import { listDisclosures } from './disclosures.ts';
import { findConsentById, listConsents } from './queries.ts';
import { viewConsents, viewDisclosures } from './view.ts';

export type ConsentHooks = {
  /** May the caller see what this person agreed to and what was shared about her? */
  readonly mayUsePerson: MayUsePerson;
  /** May the caller agree for this person: she herself, her guardian, the desk in a verified call. */
  readonly mayConsentFor: MayUsePerson;
  /** A consent for a case was given; in the same transaction. */
  readonly onGiven: OnConsentWithdrawn;
  readonly onWithdrawn: OnConsentWithdrawn;
};

const allow: Role[] = ['member', 'service-desk'];
const query = PageQuery.extend({ personId: Id.optional() });

/** Give, see and take back consents, and see what was shared. Without `personId` it is the caller's own. */
export async function consentRoutes(app: App, hooks: ConsentHooks): Promise<void> {
  app.get(
    '/consents',
    { config: { allow }, schema: { querystring: query, response: { 200: listOf(ConsentView) } } },
    async ({ ctx, actor, lang, query: asked }) =>
      inTransaction(ctx.pool, async (db) => {
        const now = await ctx.clock.now(db);
        const personId = await getPersonId(db, ctx, actor, asked.personId, hooks.mayUsePerson, now);
        const consents = await listConsents(db, ctx, personId, asked.limit);
        await recordReading(db, ctx, actor, 'consent.listed', personId, consents.length, now);
        return { items: await viewConsents(db, ctx, consents, { actor, lang }), next: null };
      }),
  );

  app.post(
    '/consents',
    { config: { allow }, schema: { body: GiveConsent, response: { 201: ConsentView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, lang, body } = request;
        const now = await ctx.clock.now(db);
        await getPersonId(db, ctx, actor, body.personId, hooks.mayConsentFor, now);
        const plan = await findPlan(db, ctx, body, now);
        const how = actor.role === 'service-desk' ? 'verified-call' : 'portal';
        const given = await giveConsent(db, ctx, { ...body, caseId: body.caseId ?? null, plan, by: actor, how, now });
        if (given.caseId !== null) await hooks.onGiven(db, ctx, { caseId: given.caseId, consent: given, actor, now });
        return { status: 201, body: (await viewConsents(db, ctx, [given], { actor, lang }))[0] };
      }),
  );

  app.delete(
    '/consents/:id',
    { config: { allow }, schema: { params: z.strictObject({ id: Id }), response: { 204: z.null() } } },
    async ({ ctx, actor, params }, reply) => {
      await inTransaction(ctx.pool, async (db) => {
        const now = await ctx.clock.now(db);
        const consent = await findConsentById(db, ctx, params.id);
        if (!consent || !(await hooks.mayConsentFor(db, ctx, actor, consent.personId, now)))
          throw new Problem('not-found');
        const how = actor.role === 'service-desk' ? 'verified-call' : 'portal';
        await withdrawConsent(db, ctx, { consent, by: actor, how, now, onWithdrawn: hooks.onWithdrawn });
      });
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/disclosures',
    { config: { allow }, schema: { querystring: query, response: { 200: listOf(DisclosureView) } } },
    async ({ ctx, actor, lang, query: asked }) =>
      inTransaction(ctx.pool, async (db) => {
        const now = await ctx.clock.now(db);
        const personId = await getPersonId(db, ctx, actor, asked.personId, hooks.mayUsePerson, now);
        const found = await listDisclosures(db, ctx, personId, asked.limit + 1, readCursor(asked.cursor));
        const rows = found.slice(0, asked.limit);
        await recordReading(db, ctx, actor, 'disclosure.listed', personId, rows.length, now);
        const last = rows.at(-1);
        const next =
          last && found.length > rows.length
            ? Buffer.from(`${last.at.getTime()} ${last.id}`).toString('base64url')
            : null;
        return { items: await viewDisclosures(db, ctx, rows, { actor, lang }), next };
      }),
  );
}

async function getPersonId(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  asked: string | undefined,
  may: MayUsePerson,
  now: Date,
): Promise<string> {
  const personId = asked ?? actor.personId;
  if (personId === null || !(await may(db, ctx, actor, personId, now)))
    throw new Problem('not-found', { pointer: '/personId' });
  return personId;
}

/** The case's own edition; without a case the edition in force of the person's plan that has a text for the purpose. */
async function findPlan(db: Db, ctx: Ctx, body: z.infer<typeof GiveConsent>, now: Date) {
  if (body.caseId !== undefined) {
    const ground = await findCaseGround(db, ctx, body.caseId);
    if (ground?.personId !== body.personId) throw new Problem('not-found', { pointer: '/caseId' });
    return ground.plan;
  }
  for (const code of await listPlanCodes(db, ctx, body.personId)) {
    const plan = editionInForce(ctx.plans, code, dayOf(now));
    if (plan && findConsentText(plan, body.purpose)) return plan;
  }
  throw new Problem('not-acceptable', {
    pointer: '/purpose',
    detail: {
      zh: `此人的计划中没有“${body.purpose}”的同意书文本。`,
      en: `No plan of this person has a consent text for "${body.purpose}".`,
    },
  });
}

function recordReading(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  action: 'consent.listed' | 'disclosure.listed',
  personId: string,
  rows: number,
  now: Date,
): Promise<string> {
  return recordAudit(db, ctx, { actor, action, subject: `person:${personId}`, personId, details: { rows }, now });
}

function readCursor(text: string | undefined): { at: Date; id: string } | undefined {
  if (text === undefined) return undefined;
  const [, ms, id] = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  if (ms === undefined || !z.uuid().safeParse(id).success)
    throw new Problem('invalid-request', {
      errors: [
        {
          pointer: '/cursor',
          detail: { zh: '请原样使用上一页给出的 next。', en: 'Give the "next" of the page before, unchanged.' },
        },
      ],
    });
  return { at: new Date(Number(ms)), id: id! };
}
