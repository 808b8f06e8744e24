/** Direct settlement over HTTP: a case's figures, the statements of providers and what a person has to look into. */
import { createHash } from 'node:crypto';
import multipart from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Id, listOf, type Role } from '#contract/common.ts';
import {
  ActOnLine,
  CaseSettlement,
  CloseFlag,
  InvoiceReport,
  OpenStatement,
  SendBack,
  SettlementFlag,
  StatementSummary,
  StatementView,
} from '#contract/settlement.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { invoiceColumns } from '#domain/lists/invoice-columns.ts';
import { REFUSALS } from '#domain/money/refusals.ts';
import type { App } from '#server/app.ts';
import { recordAudit } from '#server/audit/record.ts';
import { recipientName } from '#server/consents/recipient-name.ts';
import { templateOf } from '#server/imports/template.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { Problem } from '#server/platform/problem.ts';
import { exportStatement } from './export.ts';
import { closeFlag, listOpenFlags } from './flags.ts';
import { takeInvoices } from './invoices.ts';
import { approveStatement, prepareStatement, sendBackStatement } from './statement-approval.ts';
import { actOnLine, listStatements, openStatement, takeStatement, viewStatement } from './statements.ts';
import { viewSettlement } from './view.ts';

const READERS: Role[] = ['member', 'service-desk', 'case-manager', 'drug-reviewer', 'drug-consultant', 'pharmacist', 'supervisor', 'operations']; // biome-ignore format: one thought
const DESKS: Role[] = ['settlement-clerk', 'settlement-approver', 'provider'];
const HANDING_IN: Role[] = ['settlement-clerk', 'provider'];
const MAX_FILE_BYTES = 5 * 1_048_576;
const params = z.strictObject({ id: Id });
const PATH = '/settlement/statements';
const File = z.any().describe('the bytes of the file');

export async function settlementRoutes(app: App): Promise<void> {
  if (!app.hasContentTypeParser('multipart/form-data')) await app.register(multipart);

  app.get(
    '/settlement',
    {
      config: { allow: READERS },
      schema: { querystring: z.strictObject({ caseId: Id }), response: { 200: CaseSettlement } },
    },
    ({ ctx, actor, lang, query: { caseId } }) =>
      inTransaction(ctx.pool, async (db) => viewSettlement(db, ctx, actor, caseId, lang, await ctx.clock.now(db))),
  );

  app.get(
    PATH,
    { config: { allow: DESKS }, schema: { response: { 200: listOf(StatementSummary) } } },
    ({ ctx, actor, lang }) =>
      inTransaction(ctx.pool, async (db) => ({ items: await listStatements(db, ctx, actor, lang), next: null })),
  );
  app.post(
    PATH,
    { config: { allow: ['settlement-clerk'] }, schema: { body: OpenStatement, response: { 201: StatementView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, body }) => {
        const id = await openStatement(db, ctx, actor, body, await ctx.clock.now(db));
        return { status: 201, body: await viewStatement(db, ctx, actor, id, lang) };
      }),
  );
  app.get(
    `${PATH}/:id`,
    { config: { allow: DESKS }, schema: { params, response: { 200: StatementView } } },
    ({ ctx, actor, lang, params: { id } }) => inTransaction(ctx.pool, (db) => viewStatement(db, ctx, actor, id, lang)),
  );
  app.get(
    `${PATH}/:id/export`,
    {
      config: { allow: DESKS },
      schema: { params, querystring: z.strictObject({ format: z.enum(['csv', 'xlsx']) }), response: { 200: File } },
    },
    async (request, reply): Promise<FastifyReply> => {
      const { ctx, actor, lang, params: { id }, query: { format } } = request; // biome-ignore format: one thought
      const view = await inTransaction(ctx.pool, (db) => takeStatement(db, ctx, actor, id, lang));
      const name = `statement-${view.provider}-${view.month}`;
      return sendFile(reply, format, name, await exportStatement(view, format, lang));
    },
  );
  app.get(
    '/settlement/invoice-template',
    {
      config: { allow: HANDING_IN },
      schema: { querystring: z.strictObject({ format: z.enum(['csv', 'xlsx']) }), response: { 200: File } },
    },
    async ({ lang, query: { format } }, reply): Promise<FastifyReply> =>
      sendFile(reply, format, 'invoice', await templateOf(invoiceColumns, format, lang)),
  );
  app.post(
    `${PATH}/:id/invoices`,
    { config: { allow: HANDING_IN }, schema: { params, response: { 200: InvoiceReport } } },
    async (request, reply) => {
      const file = await receiveFile(request);
      return answerOnce(request, reply, async (db) => {
        const { ctx, actor, lang, params: { id } } = request; // biome-ignore format: one thought
        return { status: 200, body: await takeInvoices(db, ctx, actor, id, file, lang, await ctx.clock.now(db)) };
      });
    },
  );
  app.post(
    `${PATH}/:id/lines/:key`,
    {
      config: { allow: HANDING_IN },
      schema: { params: z.strictObject({ id: Id, key: Id }), body: ActOnLine, response: { 200: StatementView } },
    },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id, key }, body }) => {
        await actOnLine(db, ctx, actor, id, key, body, await ctx.clock.now(db));
        return { status: 200, body: await viewStatement(db, ctx, actor, id, lang) };
      }),
  );
  app.post(
    `${PATH}/:id/prepare`,
    { config: { allow: ['settlement-clerk'] }, schema: { params, response: { 200: StatementView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id } }) => {
        await prepareStatement(db, ctx, actor, id, await ctx.clock.now(db));
        return { status: 200, body: await viewStatement(db, ctx, actor, id, lang) };
      }),
  );
  app.post(
    `${PATH}/:id/approve`,
    { config: { allow: ['settlement-approver'] }, schema: { params, response: { 200: StatementView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id } }) => {
        await approveStatement(db, ctx, actor, id, await ctx.clock.now(db));
        return { status: 200, body: await viewStatement(db, ctx, actor, id, lang) };
      }),
  );
  app.post(
    `${PATH}/:id/send-back`,
    {
      config: { allow: ['settlement-approver'] },
      schema: { params, body: SendBack, response: { 200: StatementView } },
    },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        await sendBackStatement(db, ctx, actor, id, body, await ctx.clock.now(db));
        return { status: 200, body: await viewStatement(db, ctx, actor, id, lang) };
      }),
  );

  app.get(
    '/settlement/flags',
    { config: { allow: ['settlement-clerk'] }, schema: { response: { 200: listOf(SettlementFlag) } } },
    ({ ctx, lang }) => inTransaction(ctx.pool, (db) => showFlags(db, ctx, lang)),
  );
  app.post(
    '/settlement/flags/:id',
    {
      config: { allow: ['settlement-clerk'] },
      schema: { params, body: CloseFlag, response: { 200: listOf(SettlementFlag) } },
    },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, lang, params: { id }, body }) => {
        const now = await ctx.clock.now(db);
        if (!(await closeFlag(db, ctx, actor, id, body.outcome, now))) throw new Problem('not-found');
        await recordAudit(db, ctx, {
          actor,
          action: 'settlement.flag-closed',
          subject: `settlement-flag:${id}`,
          details: { value: body.outcome },
          now,
        });
        return { status: 200, body: await showFlags(db, ctx, lang) };
      }),
  );
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

const sendFile = (reply: FastifyReply, format: keyof typeof TYPES, name: string, content: Buffer): FastifyReply =>
  reply
    .type(TYPES[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .send(content);

async function showFlags(db: Db, ctx: FastifyRequest['ctx'], lang: 'zh' | 'en') {
  const items: SettlementFlag[] = [];
  for (const flag of await listOpenFlags(db, ctx))
    items.push({
      id: flag.id,
      code: flag.code,
      text: REFUSALS[flag.code][lang],
      approval: flag.approvalNumber,
      pharmacy: await recipientName(db, ctx, undefined, flag.pharmacy, lang),
      traceCode: flag.traceCode,
      raisedAt: formatInstant(flag.raisedAt),
    });
  return { items, next: null };
}

/** The one file of the form, whole: an invoice is small. Its content is what an Idempotency-Key is held against. */
async function receiveFile(request: FastifyRequest): Promise<{ name: string; content: Uint8Array }> {
  const none = () =>
    new Problem('invalid-request', {
      pointer: '/file',
      detail: { zh: '请选择一个 CSV 或 Excel 文件', en: 'Choose a CSV or Excel file' },
    });
  if (!request.isMultipart()) throw none();
  const part = await request.file({ limits: { fileSize: MAX_FILE_BYTES, files: 1, fields: 5 } }).catch(() => undefined);
  if (!part) throw none();
  const content = await part.toBuffer().catch(() => undefined);
  if (!content)
    throw new Problem('too-large', { pointer: '/file', detail: { zh: '文件超过 5 MB', en: 'The file is over 5 MB' } });
  request.body = { name: part.filename, sha256: createHash('sha256').update(content).digest('hex') };
  return { name: part.filename, content };
}
