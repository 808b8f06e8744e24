/** Requests and cases over HTTP: who may call, what in, what out, and one call each. */

import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AttachPaper, CaseEvent, CaseSummary, CaseView, CreateCase, CreatedCase } from '#contract/cases.ts';
import type { Role } from '#contract/common.ts';
import { Id, listOf, PageQuery } from '#contract/common.ts';
import { allowedEvents } from '#domain/journeys/advance.ts';
import type { CaseRole } from '#domain/journeys/journey.ts';
import type { App } from '#server/app.ts';
import { recordAudit } from '#server/audit/record.ts';
import { receiveUpload } from '#server/papers/intake.ts';
import { findPaper } from '#server/papers/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { Problem } from '#server/platform/problem.ts';
import { faultsOf, issuesOf } from '#server/platform/validation-faults.ts';
import { findCaseRole, getVisibleCase } from './access.ts';
import { loadFacts } from './facts.ts';
import { listMyCases } from './lists.ts';
import { openCaseForEvent, snapshotOf } from './move-case.ts';
import { openCase } from './open-case.ts';
import { type CaseRow, findCase } from './queries.ts';
import { sendEvent } from './send-event.ts';
import { viewCase } from './view.ts';

const READERS: Role[] = [
  'member',
  'service-desk',
  'reviewer',
  'case-manager',
  'provider',
  'laboratory',
  'expert',
  'video-doctor',
  'drug-reviewer',
  'drug-consultant',
  'aid-assistant',
  'car-t-specialist',
  'pharmacist',
  'hospital-staff',
  'supervisor',
  'operations',
];
const params = z.strictObject({ id: Id });
/** The member's side hands in what was asked for; the house and the provider attach papers of the visit, a laboratory its report. */
const PUTS_IN: Readonly<Record<string, string>> = {
  provider: 'attachPaper',
  'case-manager': 'attachPaper',
  'aid-assistant': 'attachPaper',
  laboratory: 'attachReport',
  pharmacist: 'attachPaper',
  'car-t-specialist': 'attachPaper',
};

export async function caseRoutes(app: App): Promise<void> {
  app.post(
    '/cases',
    { config: { allow: ['member', 'service-desk'] }, schema: { body: CreateCase, response: { 201: CreatedCase } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const opened = await openCase(db, request.ctx, request.actor, request.body, request.lang);
        if (opened.refused) return { status: opened.problem.status, body: opened.problem.toDocument(request.lang) };
        const seen = await show(db, request, opened.caseId, 'applicant');
        return { status: 201, body: { ...seen, decisionId: opened.decisionId } };
      }),
  );

  app.get(
    '/cases',
    { config: { allow: READERS }, schema: { querystring: PageQuery, response: { 200: listOf(CaseSummary) } } },
    (request) =>
      inTransaction(request.ctx.pool, (db) => listMyCases(db, request.ctx, request.actor, request.lang, request.query)),
  );

  const reading = { allow: [...READERS, 'complaint-handler'] satisfies Role[] };
  app.get('/cases/:id', { config: reading, schema: { params, response: { 200: CaseView } } }, (request) =>
    inTransaction(request.ctx.pool, (db) => show(db, request, request.params.id)),
  );

  app.post(
    '/cases/:id/events',
    { config: { allow: READERS }, schema: { params, body: CaseEvent, response: { 200: CaseView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { type, version, occurredAt, ...payload } = request.body;
        if (occurredAt !== undefined)
          throw new Problem('not-acceptable', {
            errors: [
              {
                pointer: '/occurredAt',
                detail: {
                  zh: '补记更早的时间须有证据并由第二人核对：请改为申请更正',
                  en: 'an earlier moment needs evidence and a second person: ask for a correction instead',
                },
              },
            ],
          });
        const role = await sendEvent(
          db,
          request.ctx,
          request.actor,
          request.params.id,
          { type, version, payload },
          request.lang,
        );
        return { status: 200, body: await show(db, request, request.params.id, role) };
      }),
  );

  app.post(
    '/cases/:id/papers',
    {
      config: {
        allow: [
          'member',
          'service-desk',
          'case-manager',
          'provider',
          'laboratory',
          'pharmacist',
          'aid-assistant',
          'car-t-specialist',
        ],
      },
      schema: { params, response: { 200: CaseView } },
    },
    async (request, reply) => {
      const { ctx, actor } = request;
      const { row } = await getVisibleCase(ctx.pool, ctx, actor, request.params.id, await ctx.clock.now(ctx.pool));
      const handIn = (paperOf: (db: Db) => Promise<{ kind: string; paperId: string }>) =>
        answerOnce(request, reply, async (db) => {
          const { kind, paperId } = await paperOf(db);
          const found = await findCase(db, ctx, row.id);
          const type = await wayOfHandingIn(db, ctx, actor, found!);
          const role = await sendEvent(
            db,
            ctx,
            actor,
            row.id,
            { type, version: found!.version, payload: { kind, paper: paperId } },
            request.lang,
          );
          return { status: 200, body: await show(db, request, row.id, role) };
        });
      if (request.isMultipart()) {
        const mayUse = async (db: Db) =>
          (await findCaseRole(db, ctx, actor, row, await ctx.clock.now(db))) !== undefined;
        return receiveUpload(request, { personId: row.personId, mayUse }, (keep) =>
          handIn(async (db) => {
            const paper = await keep(db);
            return { kind: paper.kind, paperId: paper.id };
          }),
        );
      }
      const parsed = AttachPaper.safeParse(request.body);
      if (!parsed.success)
        throw new Problem('not-acceptable', {
          errors: faultsOf(issuesOf(parsed.error), request.body, '', request.lang),
        });
      const { kind, paperId } = parsed.data;
      if (kind !== undefined) return handIn(async () => ({ kind, paperId }));
      return handIn(async (db) => {
        // A paper that is not this person's does not exist for the caller.
        const paper = await findPaper(db, ctx, paperId);
        if (paper?.personId !== row.personId) throw new Problem('not-found', { pointer: '/paperId' });
        return { kind: paper.kind, paperId };
      });
    },
  );
}

/** A case manager gathers records where the kind of case lets her; else `PUTS_IN`. */
async function wayOfHandingIn(db: Db, ctx: Ctx, actor: Actor, row: CaseRow): Promise<string> {
  const usual = PUTS_IN[actor.role] ?? 'handInPaper';
  if (actor.role !== 'case-manager') return usual;
  const open = await openCaseForEvent(db, ctx, row);
  const facts = await loadFacts(db, ctx, open, undefined, {}, await ctx.clock.now(db));
  const gathers = allowedEvents(open.journey, snapshotOf(open), actor.role, facts).includes('gatherRecord');
  return gathers ? 'gatherRecord' : usual;
}

/**
 * The case as this caller sees it; the reading is in the audit (what a provider saw is recorded where it is cut). `actedAs`:
 * the role behind the change this answers, which may have ended with it (a provider that gives a case back).
 */
async function show(
  db: Db,
  request: FastifyRequest,
  id: string,
  actedAs?: CaseRole,
): Promise<z.infer<typeof CaseView>> {
  const { ctx, actor, lang } = request;
  const now = await ctx.clock.now(db);
  const { row, role } = actedAs
    ? await afterActing(db, ctx, actor, id, actedAs, now)
    : await getVisibleCase(db, ctx, actor, id, now);
  const view = await viewCase(db, ctx, actor, row, role, lang, now);
  if (!actedAs)
    await recordAudit(db, ctx, {
      actor,
      action: 'case.read',
      subject: `case:${id}`,
      caseId: id,
      personId: row.personId,
      now,
    });
  return view;
}

async function afterActing(db: Db, ctx: Ctx, actor: Actor, id: string, actedAs: CaseRole, now: Date) {
  const row = await findCase(db, ctx, id);
  if (!row) throw new Problem('not-found');
  return { row, role: (await findCaseRole(db, ctx, actor, row, now)) ?? actedAs };
}
