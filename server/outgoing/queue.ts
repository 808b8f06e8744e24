/** A call outside that an event leaves behind, in the event's own transaction: ids and codes only. */
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

export type CallAct = 'book' | 'move' | 'cancel' | 'claim' | 'opening';

const insertCall = sql<never>(
  'outgoing.insert',
  `insert into outgoing_calls (insurer, id, case_id, act, unique_key, created_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (insurer, unique_key) do nothing`,
);

/** @param key also the idempotency key of the call, however often it is tried */
export const leaveCall = async (
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  call: { caseId: string; act: CallAct; key: string; now: Date },
): Promise<void> => {
  await query(db, insertCall, [ctx.insurer, uuidv7(), call.caseId, call.act, call.key, call.now]);
};
