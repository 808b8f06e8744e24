/** The desks' day over HTTP: work lists, hand-over, reminders, phrases. */
import { z } from 'zod';
import { Id, type Role } from '#contract/common.ts';
import {
  CaseOutcomes,
  FilledPhrases,
  HandOver,
  PhraseChange,
  PhraseInput,
  Phrases,
  PhraseUse,
  Remind,
  WorkList,
  WorkQuery,
} from '#contract/work.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { handOver } from './hand-over.ts';
import { addPhrase, changePhrase, fillPhrases, listPhrases } from './phrases.ts';
import { remindMembers } from './remind.ts';
import { listWork } from './work-list.ts';

const WORKING: Role[] = [
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
/** Those who write to members and note calls; the phrases are their team's. */
const WRITING: Role[] = ['service-desk', 'reviewer', 'case-manager', 'supervisor'];
const KEEPING: Role[] = ['case-manager', 'supervisor'];
const params = z.strictObject({ id: Id });

export async function workRoutes(app: App): Promise<void> {
  app.get(
    '/worklist',
    { config: { allow: WORKING }, schema: { querystring: WorkQuery, response: { 200: WorkList } } },
    (request) =>
      inTransaction(request.ctx.pool, (db) => listWork(db, request.ctx, request.actor, request.lang, request.query)),
  );

  // A transaction a case: repeated under the same key it finds what is left, and what is done stays done once.
  app.post(
    '/handovers',
    { config: { allow: KEEPING, replay: true }, schema: { body: HandOver, response: { 200: CaseOutcomes } } },
    async ({ ctx, actor, lang, body }) => ({ items: await handOver(ctx, actor, lang, body) }),
  );
  app.post(
    '/reminders',
    { config: { allow: KEEPING, replay: true }, schema: { body: Remind, response: { 200: CaseOutcomes } } },
    async ({ ctx, actor, lang, body }) => ({ items: await remindMembers(ctx, actor, lang, body.cases) }),
  );

  app.get('/phrases', { config: { allow: WRITING }, schema: { response: { 200: Phrases } } }, ({ ctx }) =>
    inTransaction(ctx.pool, (db) => listPhrases(db, ctx)),
  );
  app.post(
    '/phrases',
    { config: { allow: KEEPING }, schema: { body: PhraseInput, response: { 201: Phrases } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, body } = request;
        await addPhrase(db, ctx, actor, body, await ctx.clock.now(db));
        return { status: 201, body: await listPhrases(db, ctx) };
      }),
  );
  app.post(
    '/phrases/:id',
    { config: { allow: KEEPING }, schema: { params, body: PhraseChange, response: { 200: Phrases } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, body } = request;
        await changePhrase(db, ctx, actor, request.params.id, body, await ctx.clock.now(db));
        return { status: 200, body: await listPhrases(db, ctx) };
      }),
  );
  app.get(
    '/cases/:id/phrases',
    {
      config: { allow: WRITING },
      schema: { params, querystring: z.strictObject({ use: PhraseUse }), response: { 200: FilledPhrases } },
    },
    ({ ctx, actor, lang, params: { id }, query: { use } }) =>
      inTransaction(ctx.pool, (db) => fillPhrases(db, ctx, actor, lang, id, use)),
  );
}
