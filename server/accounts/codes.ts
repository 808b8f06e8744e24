import { randomInt, timingSafeEqual } from 'node:crypto';
import { CODE_SECONDS, CODE_TRIES } from '#domain/accounts/limits.ts';
import type { Ctx } from '#server/platform/context.ts';
import { keyedHash } from '#server/platform/crypto.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { phoneHash, phoneHashes } from './accounts.ts';

export type CodePurpose = 'sign-in' | 'old-phone' | 'new-phone' | 'desk-check' | 'signature' | 'wechat';
/** A code and where it goes. The code itself is nowhere in the database. */
export type MadeCode = { id: string; code: string; phone: string };
/** What a try of a code came to; a right one is not used up until `spendCode`. */
export type CodeTry = { right: true; id: string } | { right: false; attemptsLeft: number };

type CodeRow = { id: string; hmac: Buffer; attempts: number };

const supersede = sql<never>(
  'codes.supersede',
  `update one_time_codes set used_at = $5
    where insurer = $1 and purpose = $2 and target_hash = any($3) and subject is not distinct from $4 and used_at is null`,
);
const insert = sql<never>(
  'codes.insert',
  `insert into one_time_codes (insurer, id, purpose, target_hash, subject, code_hmac, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const findOpen = sql<CodeRow>(
  'codes.findOpen',
  `select id, code_hmac as hmac, attempts from one_time_codes
    where insurer = $1 and purpose = $2 and target_hash = any($3) and subject is not distinct from $4
      and used_at is null and expires_at > $5
    order by created_at desc, id desc limit 1 for update`,
);
const countAttempt = sql<never>(
  'codes.countAttempt',
  `update one_time_codes set attempts = attempts + 1 where insurer = $1 and id = $2`,
);
const markUsed = sql<never>('codes.markUsed', `update one_time_codes set used_at = $3 where insurer = $1 and id = $2`);
const sweep = sql<never>('codes.sweep', `delete from one_time_codes where insurer = $1 and expires_at < $2`);

/** A new code for a number; those sent to it before for the same purpose are void. Machine time. */
export async function makeCode(
  db: Db,
  ctx: Ctx,
  ask: { purpose: CodePurpose; phone: string; subject: string | null },
  machine: Date,
): Promise<MadeCode> {
  const id = uuidv7();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await query(db, supersede, [ctx.insurer, ask.purpose, phoneHashes(ctx, ask.phone), ask.subject, machine]);
  await query(db, insert, [
    ctx.insurer,
    id,
    ask.purpose,
    phoneHash(ctx, ask.phone),
    ask.subject,
    hmacOf(ctx, id, code),
    machine,
    new Date(machine.getTime() + CODE_SECONDS * 1000),
  ]);
  return { id, code, phone: ask.phone };
}

/** Compares a code with the newest one of a number; a wrong one is counted, the fifth makes the code void. */
export async function tryCode(
  db: Db,
  ctx: Ctx,
  tried: { purpose: CodePurpose; phone: string; subject: string | null; code: string },
  machine: Date,
): Promise<CodeTry> {
  const place = [ctx.insurer, tried.purpose, phoneHashes(ctx, tried.phone), tried.subject, machine];
  const row = await queryOne(db, findOpen, place);
  if (!row || row.attempts >= CODE_TRIES) return { right: false, attemptsLeft: 0 };
  if (timingSafeEqual(row.hmac, hmacOf(ctx, row.id, tried.code))) return { right: true, id: row.id };
  await query(db, countAttempt, [ctx.insurer, row.id]);
  return { right: false, attemptsLeft: CODE_TRIES - row.attempts - 1 };
}

/** Uses a code up: it is taken once. */
export async function spendCode(db: Db, ctx: Ctx, id: string, machine: Date): Promise<void> {
  await query(db, markUsed, [ctx.insurer, id, machine]);
}

/** Deletes codes that ran out a day ago; the worker's housekeeping. */
export async function sweepCodes(db: Db, ctx: Ctx, machine: Date): Promise<void> {
  await query(db, sweep, [ctx.insurer, new Date(machine.getTime() - 86_400_000)]);
}

/**
 * Sends codes after their transaction committed and without being waited for: an answer that waited for the gateway
 * would tell a known number from an unknown one. A code that gets lost is asked for again.
 */
export function deliverCodes(
  ctx: Ctx,
  made: readonly MadeCode[],
  reason: 'sign-in' | 'change-phone' | 'desk' | 'signature' | 'wechat',
): void {
  for (const { id, code, phone } of made) {
    const body = bodies[reason].replaceAll('{code}', code);
    setImmediate(() => {
      ctx.sms.send({ to: phone, body, key: id }).catch((error: unknown) => {
        ctx.log.error({ err: error, codeId: id }, 'a one-time code was not delivered');
      });
    });
  }
}

const bodies = {
  'sign-in': '登录验证码 {code}，5 分钟内有效，请勿告诉他人，包括客服。Sign-in code {code}; tell it to nobody.',
  'change-phone': '更换手机号验证码 {code}，5 分钟内有效。如非本人操作，请致电客服。',
  wechat: '绑定微信验证码 {code}，5 分钟内有效，请勿告诉他人，包括客服。Code to bind WeChat {code}; tell it to nobody.',
  signature: '签署验证码 {code}，5 分钟内有效。输入即表示您本人同意签署，请勿告诉他人。',
  desk: '客服核实身份验证码 {code}，5 分钟内有效。只在您本人致电客服时告知坐席。',
};

function hmacOf(ctx: Ctx, id: string, code: string): Buffer {
  return keyedHash(ctx.keyRing, ctx.insurer, 'one-time-code', `${id}|${code}`);
}
