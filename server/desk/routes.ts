import { z } from 'zod';
import { AskDeskPhoneChange } from '#contract/accounts.ts';
import { Id } from '#contract/common.ts';
import {
  DeskAnswers,
  DeskCheck,
  DeskCheckStart,
  DeskCode,
  DeskFind,
  DeskHit,
  DeskResult,
  PersonFile,
} from '#contract/people.ts';
import { AskedApproval } from '#contract/supervision.ts';
import { askDeskPhoneChange } from '#server/accounts/change-phone.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerCheck, assertDeskCheck, sendCheckCode, startCheck, verifyCheckCode } from './checks.ts';
import { findCallers } from './find.ts';
import { readPersonFile } from './person-file.ts';

const config = { allow: ['service-desk'], replay: true } as const;
const params = z.strictObject({ id: Id });

/** The hotline: find a caller exactly, check who it is, and only then open the file. */
export async function deskRoutes(app: App): Promise<void> {
  app.post(
    '/desk/find',
    { config, schema: { body: DeskFind, response: { 200: z.strictObject({ items: z.array(DeskHit) }) } } },
    async ({ ctx, actor, body }) => ({ items: await findCallers(ctx, actor, body) }),
  );
  app.post(
    '/desk/checks',
    { config, schema: { body: DeskCheckStart, response: { 201: DeskCheck } } },
    async ({ ctx, actor, body, lang }, reply) =>
      reply.code(201).send(await startCheck(ctx, actor, body.personId, lang)),
  );
  app.post(
    '/desk/checks/:id/answers',
    { config, schema: { params, body: DeskAnswers, response: { 200: DeskResult } } },
    async ({ ctx, actor, params: { id }, body }) => answerCheck(ctx, actor, id, body.answers),
  );
  app.post(
    '/desk/checks/:id/code',
    { config, schema: { params, response: { 204: z.null() } } },
    async ({ ctx, actor, params: { id } }, reply) => {
      await sendCheckCode(ctx, actor, id);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/desk/checks/:id/code/verify',
    { config, schema: { params, body: DeskCode, response: { 200: DeskResult } } },
    async ({ ctx, actor, params: { id }, body }) => verifyCheckCode(ctx, actor, id, body.code),
  );
  app.get(
    '/desk/persons/:id',
    { config, schema: { params, response: { 200: PersonFile } } },
    async ({ ctx, actor, params: { id }, lang }) => readPersonFile(ctx, actor, id, lang),
  );
  app.post(
    '/desk/persons/:id/phone',
    { config, schema: { params, body: AskDeskPhoneChange, response: { 201: AskedApproval } } },
    async ({ ctx, actor, params: { id: personId }, body }, reply) => {
      const approvalId = await inTransaction(ctx.pool, async (db) => {
        const now = await ctx.clock.now(db);
        await assertDeskCheck(db, ctx, actor, personId, now);
        return await askDeskPhoneChange(db, ctx, actor, { personId, ...body }, now);
      });
      return reply.code(201).send({ approvalId });
    },
  );
}
