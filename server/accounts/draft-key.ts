import { getPersonKey } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { deriveFromDataKey } from '#server/platform/crypto.ts';
import type { Db } from '#server/platform/db.ts';

/**
 * The key under which a member's device keeps what she has not sent yet: 32 bytes in base64. It comes from her data key and
 * her account, is stored nowhere and told to a session of hers only; it dies with her data key. docs/decisions/0025 says why.
 */
export async function draftKeyOf(db: Db, ctx: Ctx, actor: Actor): Promise<string> {
  const dataKey = await getPersonKey(db, ctx, actor.personId!);
  return deriveFromDataKey(dataKey, `drafts/${ctx.insurer}/${actor.accountId}`).toString('base64');
}
