/** A hospital's slots, day and calendar files over HTTP. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ClaimFile } from '#contract/claims.ts';
import { DayText, Id, listOf, type Role } from '#contract/common.ts';
import {
  CloseSlots,
  DropPackage,
  HospitalDay,
  HospitalPackage,
  HospitalPackages,
  OpenSeries,
  PackageSaved,
  SlotsClosed,
  SlotsOpened,
  SlotView,
} from '#contract/hospital.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { calendarFile } from './calendar.ts';
import { takeClaimFile } from './claim.ts';
import { closeSlots, hospitalDay, openSeries, slotsForCase } from './desk.ts';
import { dropPackage, listPackages, savePackage } from './packages.ts';

const CHOOSING: Role[] = ['member', 'service-desk', 'case-manager', 'supervisor', 'hospital-staff'];
const STAFF: Role[] = ['hospital-staff'];
const File = z.any().describe('an iCalendar file (RFC 5545)');

export async function hospitalRoutes(app: App): Promise<void> {
  app.get(
    '/hospital/slots',
    {
      config: { allow: CHOOSING },
      schema: { querystring: z.strictObject({ caseId: Id }), response: { 200: listOf(SlotView) } },
    },
    ({ ctx, actor, lang, query: { caseId } }) =>
      inTransaction(ctx.pool, async (db) => ({ items: await slotsForCase(db, ctx, actor, caseId, lang), next: null })),
  );
  app.get(
    '/hospital/day',
    {
      config: { allow: STAFF },
      schema: { querystring: z.strictObject({ on: DayText.optional() }), response: { 200: HospitalDay } },
    },
    ({ ctx, actor, lang, query: { on } }) => inTransaction(ctx.pool, (db) => hospitalDay(db, ctx, actor, on, lang)),
  );
  app.post(
    '/hospital/slots',
    { config: { allow: STAFF }, schema: { body: OpenSeries, response: { 200: SlotsOpened } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, body }) => ({
        status: 200,
        body: await openSeries(db, ctx, actor, body),
      })),
  );
  app.post(
    '/hospital/slots/close',
    { config: { allow: STAFF }, schema: { body: CloseSlots, response: { 200: SlotsClosed } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, body }) => ({
        status: 200,
        body: await closeSlots(db, ctx, actor, body),
      })),
  );
  app.get(
    '/hospital/packages',
    { config: { allow: STAFF }, schema: { response: { 200: HospitalPackages } } },
    ({ ctx, actor }) =>
      inTransaction(ctx.pool, async (db) => ({ items: await listPackages(db, ctx, actor), next: null })),
  );
  app.post(
    '/hospital/packages',
    { config: { allow: STAFF }, schema: { body: HospitalPackage, response: { 200: PackageSaved } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, body }) => ({
        status: 200,
        body: await savePackage(db, ctx, actor, body),
      })),
  );
  app.post(
    '/hospital/packages/drop',
    { config: { allow: STAFF }, schema: { body: DropPackage, response: { 200: SlotsClosed } } },
    (request, reply) =>
      answerOnce(request, reply, async (db, { ctx, actor, body }) => ({
        status: 200,
        body: await dropPackage(db, ctx, actor, body),
      })),
  );
  app.get(
    '/cases/:id/claim',
    {
      config: { allow: ['case-manager'] },
      schema: { params: z.strictObject({ id: Id }), response: { 200: ClaimFile } },
    },
    ({ ctx, actor, params: { id } }) => inTransaction(ctx.pool, (db) => takeClaimFile(db, ctx, actor, id)),
  );
  app.get(
    '/cases/:id/calendar.ics',
    {
      config: { allow: ['member', 'service-desk'] },
      schema: { params: z.strictObject({ id: Id }), response: { 200: File } },
    },
    async ({ ctx, actor, lang, params: { id } }, reply): Promise<FastifyReply> => {
      const file = await inTransaction(ctx.pool, (db) => calendarFile(db, ctx, actor, id, lang));
      return reply
        .header('content-type', 'text/calendar; charset=utf-8')
        .header('content-disposition', 'attachment; filename="yilu.ics"')
        .send(Buffer.from(file));
    },
  );
}
