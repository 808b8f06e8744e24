/** Access token and page ticket of the official account: one row each, shared by every process, fetched under its lock. */
import { type Granted, WeChatFailed, type WeChatGateway } from '#server/gateways/wechat.ts';
import { openInsurer, sealInsurer } from '#server/persons/seal.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, queryOne, sql } from '#server/platform/db.ts';

type Kind = 'access' | 'ticket';
type Row = { sealed: Buffer | null; expiresAt: Date | null };

/** Fetched anew so long before its end; WeChat gives the next access token out five minutes before. */
const EARLY_MS = 4 * 60_000;

const ensureRow = sql<never>(
  'wechatTokens.ensure',
  'insert into wechat_tokens (insurer, kind) values ($1, $2) on conflict (insurer, kind) do nothing',
);
const readRow = sql<Row>(
  'wechatTokens.read',
  'select sealed, expires_at as "expiresAt" from wechat_tokens where insurer = $1 and kind = $2',
);
const lockRow = sql<Row>(
  'wechatTokens.lock',
  'select sealed, expires_at as "expiresAt" from wechat_tokens where insurer = $1 and kind = $2 for update',
);
const storeRow = sql<never>(
  'wechatTokens.store',
  'update wechat_tokens set sealed = $3, expires_at = $4 where insurer = $1 and kind = $2',
);

/**
 * Runs `call` with the access token; one that WeChat no longer takes is replaced, and the call made once more.
 * @throws WeChatFailed
 */
export async function withAccessToken<T>(
  ctx: Ctx,
  wechat: WeChatGateway,
  call: (token: string) => Promise<T>,
): Promise<T> {
  const token = await shared(ctx, 'access', undefined, (before) => fetchToken(wechat, before));
  try {
    return await call(token);
  } catch (error) {
    if (!(error instanceof WeChatFailed) || error.fault !== 'token') throw error;
    return await call(await shared(ctx, 'access', token, (before) => fetchToken(wechat, before)));
  }
}

/** The ticket under which pages are signed. @throws WeChatFailed */
export const getPageTicket = (ctx: Ctx, wechat: WeChatGateway): Promise<string> =>
  shared(ctx, 'ticket', undefined, () => withAccessToken(ctx, wechat, (token) => wechat.ticket(token)));

/** WeChat hands the same token out again while it thinks it good; only then is it made to give another. */
async function fetchToken(wechat: WeChatGateway, refused: string | undefined): Promise<Granted> {
  const granted = await wechat.accessToken(false);
  return granted.value === refused ? await wechat.accessToken(true) : granted;
}

/** The value on file, or a fetched one: nothing on file, nearly over, or the one on file is `refused`. */
async function shared(
  ctx: Ctx,
  kind: Kind,
  refused: string | undefined,
  fetchNew: (refused: string | undefined) => Promise<Granted>,
): Promise<string> {
  const good = (row: Row | undefined): string | undefined => {
    const value = openValueOf(ctx, kind, row);
    return value === refused ? undefined : value;
  };
  const there = good(await queryOne(ctx.pool as Db, readRow, [ctx.insurer, kind]));
  if (there !== undefined) return there;
  await query(ctx.pool as Db, ensureRow, [ctx.insurer, kind]);
  return await inTransaction(ctx.pool, async (db) => {
    const meanwhile = good(await queryOne(db, lockRow, [ctx.insurer, kind]));
    if (meanwhile !== undefined) return meanwhile;
    const { value, expiresIn } = await fetchNew(refused);
    const sealed = sealInsurer(ctx, 'wechat_tokens', kind, { value });
    await query(db, storeRow, [ctx.insurer, kind, sealed, new Date(machineNow().getTime() + expiresIn * 1000)]);
    return value;
  });
}

function openValueOf(ctx: Ctx, kind: Kind, row: Row | undefined): string | undefined {
  if (!row?.sealed || !row.expiresAt || row.expiresAt.getTime() - machineNow().getTime() < EARLY_MS) return undefined;
  try {
    return openInsurer<{ value: string }>(ctx, 'wechat_tokens', kind, row.sealed).value;
  } catch {
    // Sealed under a key that left the ring meanwhile: another is fetched.
    return undefined;
  }
}
