/** Idempotency-Key: the same key and body is answered as the first time, another body is 422, two at once: the second waits. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '#server/app.ts';
import { openInsurer, sealInsurer } from '#server/persons/seal.ts';
import { machineNow } from './clock.ts';
import { type Db, inTransaction, isConnectionLost, query, queryOne, sql } from './db.ts';
import { KeptProblem, Problem } from './problem.ts';

const KEPT_DAYS = 7;
const claimKey = sql<{ key: string }>(
  'idempotency.claim',
  `insert into idempotency (insurer, account, key, request_hash, created_at) values ($1, $2, $3, $4, $5)
   on conflict (insurer, account, key) do nothing returning key`,
);
const readKey = sql<{ requestHash: Buffer; status: number | null; response: Buffer | null }>(
  'idempotency.read',
  'select request_hash as "requestHash", status, response from idempotency where insurer = $1 and account = $2 and key = $3 for update',
);
const keepAnswer = sql<never>(
  'idempotency.keep',
  'update idempotency set status = $4, response = $5 where insurer = $1 and account = $2 and key = $3',
);
const dropKey = sql<never>(
  'idempotency.drop',
  'delete from idempotency where insurer = $1 and account = $2 and key = $3',
);
const sweepKeys = sql<never>('idempotency.sweep', 'delete from idempotency where insurer = $1 and created_at < $2');

export type Answer = { status: number; body: unknown };

/**
 * Runs `work` in one transaction that also keeps its answer under the caller's Idempotency-Key. The insert waits for a
 * transaction that holds the same key. A thrown Problem rolls everything back, the key too, so that it can be mended
 * and sent again; an answer that must be kept (a refusal with its decision) is returned, not thrown.
 */
export async function answerOnce<Request extends FastifyRequest>(
  request: Request,
  reply: FastifyReply,
  work: (db: Db, request: Request) => Promise<Answer>,
): Promise<never> {
  const key = request.headers['idempotency-key'];
  const { ctx, actor } = request;
  const answer = await inTransaction(ctx.pool, async (db) => {
    let kept = true;
    const run = (): Promise<Answer> =>
      work(db, request).catch((fault: unknown) => {
        if (!(fault instanceof KeptProblem)) throw fault;
        kept = false;
        return { status: fault.status, body: fault.toDocument(request.lang) };
      });
    if (key === undefined) return run();
    if (typeof key !== 'string' || key.length > 200)
      throw new Problem('invalid-request', {
        detail: {
          zh: 'Idempotency-Key：最多 200 个字符，只能出现一次',
          en: 'Idempotency-Key: at most 200 characters, once',
        },
      });
    const account = actor.accountId ?? '-';
    const row = `${account}/${key}`;
    const hash = requestHash(request);
    const claimed = await queryOne(db, claimKey, [ctx.insurer, account, key, hash, machineNow()]);
    if (!claimed) {
      const before = (await queryOne(db, readKey, [ctx.insurer, account, key]))!;
      if (!before.requestHash.equals(hash)) throw new Problem('key-reused');
      if (before.status !== null)
        return {
          status: before.status,
          body: before.response ? openInsurer(ctx, 'idempotency', row, before.response) : null,
        };
    }
    const fresh = await run();
    // What the transaction wrote stays; the request itself may be mended and sent again under its key.
    if (!kept) {
      await query(db, dropKey, [ctx.insurer, account, key]);
      return fresh;
    }
    await query(db, keepAnswer, [
      ctx.insurer,
      account,
      key,
      fresh.status,
      sealInsurer(ctx, 'idempotency', row, fresh.body ?? null),
    ]);
    return fresh;
  });
  if (answer.status >= 400) reply.type('application/problem+json');
  // The route's own response schema says what leaves; Fastify types the reply by its first status only.
  return (answer.status === 204 ? reply.code(204).send() : reply.code(answer.status).send(answer.body)) as never;
}

const requestHash = (request: FastifyRequest): Buffer =>
  createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(JSON.stringify(request.body ?? null))
    .digest();

/** Forgets keys older than seven days; the worker calls it. */
export const sweepIdempotency = (db: Db, insurer: string) =>
  query(db, sweepKeys, [insurer, new Date(machineNow().getTime() - KEPT_DAYS * 86_400_000)]);

/** How long a second request with the same key waits for the first to answer, and how often it looks. */
const WAIT_MS = 10_000;
const LOOK_MS = 50;

/**
 * For POST routes whose action opens transactions of its own (`config: { replay: true }`): the answer is kept beside the
 * action instead of in its transaction. A crash between the two runs the action again under the same key, so such an
 * action must be safe to repeat. Answers that set cookies are never kept: no session route asks for this.
 */
export function replayAnswers(app: App): void {
  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (!request.routeOptions.config.replay || typeof key !== 'string') return;
    const kept = await claimOrWait(request, key);
    if (kept) return reply.code(kept.status).send(kept.body);
    request.claimedKey = key;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const key = request.claimedKey;
    if (key === undefined) return payload;
    const { ctx } = request;
    const account = request.actor.accountId ?? '-';
    const failed = reply.statusCode >= 400;
    if (failed)
      // Without the database the key stays: whoever sends it again waits a little longer, and gets the true answer now.
      await query(ctx.pool, dropKey, [ctx.insurer, account, key]).catch((error: unknown) => {
        if (!isConnectionLost(error)) throw error;
      });
    else {
      const body = typeof payload === 'string' && payload !== '' ? (JSON.parse(payload) as unknown) : null;
      await query(ctx.pool, keepAnswer, [
        ctx.insurer,
        account,
        key,
        reply.statusCode,
        sealInsurer(ctx, 'idempotency', `${account}/${key}`, body),
      ]);
    }
    return payload;
  });
}

async function claimOrWait(request: FastifyRequest, key: string): Promise<Answer | undefined> {
  const { ctx, actor } = request;
  if (key.length > 200)
    throw new Problem('invalid-request', {
      detail: {
        zh: 'Idempotency-Key：最多 200 个字符，只能出现一次',
        en: 'Idempotency-Key: at most 200 characters, once',
      },
    });
  const account = actor.accountId ?? '-';
  const hash = requestHash(request);
  for (let waited = 0; waited < WAIT_MS; waited += LOOK_MS) {
    if (await queryOne(ctx.pool, claimKey, [ctx.insurer, account, key, hash, machineNow()])) return undefined;
    const kept = await queryOne(ctx.pool, readKey, [ctx.insurer, account, key]);
    if (kept && !kept.requestHash.equals(hash)) throw new Problem('key-reused');
    if (kept && kept.status !== null)
      return {
        status: kept.status,
        body: kept.response ? openInsurer(ctx, 'idempotency', `${account}/${key}`, kept.response) : null,
      };
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return undefined;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer is replayed under the caller's Idempotency-Key, see replayAnswers. */
    replay?: true;
  }
  interface FastifyRequest {
    claimedKey?: string;
  }
}
