/** What the claims system calls by itself: its answers, and the papers of a claim. Nobody signs in; everything is signed. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ClaimAnswer, ClaimAnswered } from '#contract/claims.ts';
import { Id } from '#contract/common.ts';
import type { App } from '#server/app.ts';
import { sendPlain } from '#server/papers/routes.ts';
import { inTransaction } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { faultsOf, issuesOf } from '#server/platform/validation-faults.ts';
import { takeAnswer } from './claim-answers.ts';
import { fetchPaper, isSigned } from './claim-papers.ts';

const File = z.any().describe('the file as it was handed in');
const Link = z.strictObject({ caseId: Id, until: z.string().regex(/^\d{1,12}$/), signature: z.string().max(64) });

export async function claimsRoutes(app: App): Promise<void> {
  app.get(
    '/claims/papers/:id',
    {
      config: { allow: 'public' },
      schema: { params: z.strictObject({ id: Id }), querystring: Link, response: { 200: File } },
    },
    async (request, reply): Promise<FastifyReply> => {
      const { ctx, params, query } = request;
      const paper = await inTransaction(ctx.pool, (db) => fetchPaper(db, ctx, { paperId: params.id, ...query }));
      return sendPlain(request, reply, paper);
    },
  );
  // The signature is over the body as it came: here it is not read before it is known to be theirs.
  await app.register(async (scoped) => {
    scoped.removeContentTypeParser('application/json');
    scoped.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 65_536 }, (_, body, done) =>
      done(null, body),
    );
    scoped.post(
      '/claims/answers',
      { config: { allow: 'public' }, schema: { response: { 200: ClaimAnswered } } },
      async (request) => {
        const { ctx, headers, body, lang } = request;
        const secret = ctx.config.gateways.claims?.secret;
        if (!secret) throw new Problem('not-found');
        const text = String(body ?? '');
        const [timestamp, signature] = [String(headers['yilu-timestamp']), String(headers['yilu-signature'])];
        if (!isSigned(secret, timestamp, text, signature)) throw new Problem('wrong-signature');
        const answer = ClaimAnswer.safeParse(readJson(text));
        if (!answer.success)
          throw new Problem('invalid-request', { errors: faultsOf(issuesOf(answer.error), readJson(text), '', lang) });
        return inTransaction(ctx.pool, (db) => takeAnswer(db, ctx, answer.data));
      },
    );
  });
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('malformed-json');
  }
}
