/** The informed consent of a case over HTTP. Who may see the case may read it; who signs is decided by the case. */
import { z } from 'zod';
import { Id, type Role } from '#contract/common.ts';
import { InformedConsentView, SignatureEvidence, SignConsent } from '#contract/signatures.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import {
  deliverSigningCode,
  getEvidence,
  sendSigningCode,
  signConsent,
  viewInformedConsent,
} from './informed-consent.ts';

const params = z.strictObject({ id: Id });
const readers: Role[] = ['member', 'service-desk', 'case-manager', 'supervisor'];
const PATH = '/cases/:id/informed-consent';

export async function signatureRoutes(app: App): Promise<void> {
  app.get(
    PATH,
    { config: { allow: readers }, schema: { params, response: { 200: InformedConsentView } } },
    ({ ctx, actor, lang, params: { id } }) =>
      inTransaction(ctx.pool, (db) => viewInformedConsent(db, ctx, actor, id, lang)),
  );

  app.post(
    `${PATH}/code`,
    { config: { allow: ['member'] }, schema: { params, response: { 204: z.null() } } },
    async ({ ctx, actor, params: { id } }, reply) => {
      deliverSigningCode(ctx, await inTransaction(ctx.pool, (db) => sendSigningCode(db, ctx, actor, id)));
      return reply.code(204).send(null);
    },
  );

  app.post(
    `${PATH}/signature`,
    { config: { allow: ['member'] }, schema: { params, body: SignConsent, response: { 201: InformedConsentView } } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, lang } = request;
        const { id } = request.params;
        const wrong = await signConsent(db, ctx, actor, id, request.body);
        if (wrong) return { status: wrong.status, body: wrong.toDocument(lang) };
        return { status: 201, body: await viewInformedConsent(db, ctx, actor, id, lang) };
      }),
  );

  app.get(
    `${PATH}/evidence`,
    {
      // Name and identity number stand in the document: of the house the supervisor alone takes it, and the audit says so.
      config: { allow: ['member', 'supervisor'] },
      schema: { params, response: { 200: SignatureEvidence } },
    },
    ({ ctx, actor, params: { id } }) => inTransaction(ctx.pool, (db) => getEvidence(db, ctx, actor, id)),
  );
}
