/** A person opened with a reason, a minor's file asked for; what is recorded about her: death, and capacity proved by a paper. */
import { z } from 'zod';
import { DayText, Id } from '#contract/common.ts';
import { AskMinor } from '#contract/people.ts';
import { AskedApproval } from '#contract/supervision.ts';
import { dayOf, instantAt } from '#domain/calendar/day.ts';
import { findAccountOfPerson } from '#server/accounts/queries.ts';
import { endSessionsOf } from '#server/accounts/sessions.ts';
import type { App } from '#server/app.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getVisibleCase } from '#server/cases/access.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { hasDeskCheck } from '#server/desk/checks.ts';
import { askMinor } from '#server/minors/ask.ts';
import { assertMinorOpen } from '#server/minors/rule.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, sql } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { Problem } from '#server/platform/problem.ts';
import { endBinding } from '#server/wechat/bindings.ts';
import { getPersonState, recordPersonFact } from './facts.ts';
import { findPerson } from './queries.ts';

const params = z.strictObject({ id: Id });
const Reveal = z.strictObject({ reason: z.string().trim().min(2).max(200), caseId: Id });
const Revealed = z.strictObject({ name: z.string(), idNumber: z.string(), phone: z.string(), bornOn: DayText });
/** Who reports a death with what: a certificate, a hospital's notice, a relative's call that a certificate follows. */
const Death = z.strictObject({
  diedOn: DayText,
  evidence: z.enum(['death-certificate', 'hospital-notice', 'household-deregistration']),
  caseId: Id.optional(),
});
const Capacity = z.strictObject({
  value: z.enum(['full', 'none']),
  from: DayText,
  evidence: z.enum(['court-ruling', 'medical-assessment']),
});
const openCases = sql<{ id: string }>(
  'persons.openCases',
  'select id from cases where insurer = $1 and person_id = $2 and not final order by id',
);

export async function personRoutes(app: App): Promise<void> {
  app.post(
    '/persons/:id/reveal',
    {
      config: { allow: ['service-desk', 'reviewer', 'drug-reviewer', 'case-manager', 'supervisor'] },
      schema: { params, body: Reveal, response: { 200: Revealed } },
    },
    (request) =>
      inTransaction(request.ctx.pool, async (db) => {
        const { ctx, actor } = request;
        const now = await ctx.clock.now(db);
        const { row } = await getVisibleCase(db, ctx, actor, request.body.caseId, now);
        const person = row.personId === request.params.id ? await findPerson(db, ctx, row.personId) : undefined;
        if (!person) throw new Problem('not-found');
        await recordAudit(db, ctx, {
          actor,
          action: 'person.revealed',
          subject: `person:${person.id}`,
          caseId: row.id,
          personId: person.id,
          now,
          details: { reasonGiven: true },
        });
        return { name: person.name, idNumber: person.idNumber, phone: person.phone, bornOn: person.bornOn };
      }),
  );

  app.post(
    '/persons/:id/minor-access',
    {
      config: { allow: ['reviewer', 'drug-reviewer', 'case-manager', 'complaint-handler', 'operations'] },
      schema: { params, body: AskMinor, response: { 201: AskedApproval } },
    },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, body } = request;
        const approvalId = await askMinor(db, ctx, actor, request.params.id, body, await ctx.clock.now(db));
        return { status: 201, body: { approvalId } };
      }),
  );

  app.post(
    '/persons/:id/death',
    {
      config: { allow: ['service-desk', 'case-manager', 'supervisor'] },
      schema: { params, body: Death, response: { 204: z.null() } },
    },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor } = request;
        const now = await ctx.clock.now(db);
        await assertKnown(request, db, now, request.body.caseId);
        if (request.body.diedOn > dayOf(now))
          throw new Problem('not-acceptable', {
            errors: [
              { pointer: '/diedOn', detail: request.lang === 'zh' ? '日期不能晚于今天' : 'not later than today' },
            ],
          });
        const personId = request.params.id;
        if ((await getPersonState(db, ctx, personId, now)).diedAt) return { status: 204, body: null };
        await recordPersonFact(db, ctx, {
          personId,
          kind: 'death',
          value: 'died',
          effectiveFrom: instantAt(request.body.diedOn, '00:00'),
          recordedBy: actor.accountId,
          evidence: request.body.evidence,
          now,
        });
        await recordAudit(db, ctx, {
          actor,
          action: 'person.died',
          subject: `person:${personId}`,
          personId,
          now,
          details: { evidence: request.body.evidence },
        });
        const account = await findAccountOfPerson(db, ctx.insurer, personId);
        if (account) await endSessionsOf(db, ctx, account.id, machineNow());
        await endBinding(db, ctx, actor, personId, 'died', now);
        for (const { id } of await query(db, openCases, [ctx.insurer, personId]))
          await sendSystemEvent(db, ctx, id, 'personDied', now);
        return { status: 204, body: null };
      }),
  );

  app.post(
    '/persons/:id/capacity',
    { config: { allow: ['reviewer', 'supervisor'] }, schema: { params, body: Capacity, response: { 204: z.null() } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, body } = request;
        const now = await ctx.clock.now(db);
        const { id: personId } = request.params;
        if (!(await findPerson(db, ctx, personId))) throw new Problem('not-found');
        await assertMinorOpen(db, ctx, actor, { personId, caseId: null }, now);
        await recordPersonFact(db, ctx, {
          personId,
          kind: 'capacity',
          value: body.value,
          effectiveFrom: instantAt(body.from, '00:00'),
          recordedBy: actor.accountId,
          evidence: body.evidence,
          now,
        });
        await recordAudit(db, ctx, {
          actor,
          action: 'person.capacity',
          subject: `person:${personId}`,
          personId,
          now,
          details: { value: body.value, evidence: body.evidence },
        });
        return { status: 204, body: null };
      }),
  );
}

/** The desk within a passed check, the house through a case of the person. */
async function assertKnown(
  request: { ctx: Ctx; actor: Actor; params: { id: string } },
  db: Db,
  now: Date,
  caseId: string | undefined,
): Promise<void> {
  const {
    ctx,
    actor,
    params: { id },
  } = request;
  if (actor.role === 'service-desk' && (await hasDeskCheck(db, ctx, actor, id, now))) return;
  if (caseId && (await getVisibleCase(db, ctx, actor, caseId, now)).row.personId === id) return;
  throw new Problem('not-found');
}
