/** Idempotency-Key: the same key and body is answered as the first time, another body is 422, two at once: the second waits. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openInsurer, sealInsurer } from '#server/persons/seal.ts';
import { machineNow } from './clock.ts';
import { type Db, inTransaction, query, queryOne, sql } from './db.ts';
import { Problem } from './problem.ts';

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
const keepAnswer = sql<never>('idempotency.keep', 'update idempotency set status = $4, response = $5 where insurer = $1 and account = $2 and key = $3');
const sweepKeys = sql<never>('idempotency.sweep', 'delete from idempotency where insurer = $1 and created_at < $2');

export type Answer = { status: number; body: unknown };

/**
 * Runs `work` in one transaction that also keeps its answer under the caller's Idempotency-Key. The insert waits for a
 * transaction that holds the same key. A thrown Problem rolls everything back, the key too, so that it can be mended
 * and sent again; an answer that must be kept (a refusal with its decision) is returned, not thrown.
 */
export async function answerOnce(request: FastifyRequest, reply: FastifyReply, work: (db: Db) => Promise<Answer>): Promise<never> {
  const key = request.headers['idempotency-key'];
  const { ctx, actor } = request;
  const answer = await inTransaction(ctx.pool, async (db) => {
    if (key === undefined) return work(db);
    if (typeof key !== 'string' || key.length > 200) throw new Problem('invalid-request', { detail: 'Idempotency-Key: at most 200 characters, once' });
    const account = actor.accountId ?? '-';
    const row = `${account}/${key}`;
    const hash = createHash('sha256').update(`${request.method} ${request.url}\n`).update(JSON.stringify(request.body ?? null)).digest();
    const claimed = await queryOne(db, claimKey, [ctx.insurer, account, key, hash, machineNow()]);
    if (!claimed) {
      const kept = (await queryOne(db, readKey, [ctx.insurer, account, key]))!;
      if (!kept.requestHash.equals(hash)) throw new Problem('key-reused');
      if (kept.status !== null) return { status: kept.status, body: kept.response ? openInsurer(ctx, 'idempotency', row, kept.response) : null };
    }
    const fresh = await work(db);
    await query(db, keepAnswer, [ctx.insurer, account, key, fresh.status, sealInsurer(ctx, 'idempotency', row, fresh.body ?? null)]);
    return fresh;
  });
  if (answer.status >= 400) reply.type('application/problem+json');
  // The route's own response schema says what leaves; Fastify types the reply by its first status only.
  return (answer.status === 204 ? reply.code(204).send() : reply.code(answer.status).send(answer.body)) as never;
}

/** Forgets keys older than seven days; the worker calls it. */
export const sweepIdempotency = (db: Db, insurer: string) => query(db, sweepKeys, [insurer, new Date(machineNow().getTime() - KEPT_DAYS * 86_400_000)]);
