/** Systems outside are called here and nowhere else: after the commit that makes it true, tried again under one key. */
import type { Audience } from '#domain/plan/schema.ts';
import { tell } from '#server/cases/apply-changes.ts';
import { type CaseRow, findCase, findCaseForUpdate } from '#server/cases/queries.ts';
import { GatewayFailed } from '#server/gateways/signed-post.ts';
import { BOOKING_CALLS, CLAIM_CALL } from '#server/hospital/outgoing.ts';
import { backOff, MOST_ATTEMPTS } from '#server/notifications/outbox-queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, queryOne, sql } from '#server/platform/db.ts';
import { OPENING_CALL } from '#server/video/openings.ts';
import type { CallAct } from './queue.ts';

type Call = { id: string; caseId: string; act: CallAct; key: string; attempts: number };
/** What is true by the answer of a call, to be written down in one transaction with the end of the call. */
export type After = (db: Db) => Promise<void>;
/** One kind of call. */
export type Outgoing = {
  /** Called outside any transaction; undefined: there is nothing to tell any more. @throws GatewayFailed */
  make(ctx: Ctx, row: CaseRow, key: string): Promise<After | undefined>;
  /** Who does it by hand when it is given up. */
  byHand: Audience;
  /** Minutes until it is tried again, where the plan says so. */
  waits?(ctx: Ctx, row: CaseRow, attempts: number): Promise<number>;
};

const CALLS: Readonly<Record<CallAct, Outgoing>> = { ...BOOKING_CALLS, claim: CLAIM_CALL, opening: OPENING_CALL };

// The next try is set with the claim: a process that dies in the call leaves it to be tried again.
const claimCall = sql<Call>(
  'outgoing.claim',
  `update outgoing_calls set attempts = attempts + 1, next_try_at = $3 where insurer = $1 and id = (
     select id from outgoing_calls where insurer = $1 and state = 'ready' and (next_try_at is null or next_try_at <= $2)
     order by id limit 1 for update skip locked)
   returning id, case_id as "caseId", act, unique_key as "key", attempts`,
);
const endCall = sql<never>(
  'outgoing.end',
  'update outgoing_calls set state = $3, last_error = $4 where insurer = $1 and id = $2',
);
const retryCall = sql<never>(
  'outgoing.retry',
  'update outgoing_calls set next_try_at = $3, last_error = $4 where insurer = $1 and id = $2',
);

/** Works off what is ready now, one call after the other; returns how many were made. */
export async function callOutside(ctx: Ctx): Promise<number> {
  for (let made = 0; ; made += 1) {
    const machine = machineNow();
    const call = await queryOne(ctx.pool, claimCall, [ctx.insurer, machine, new Date(machine.getTime() + 60_000)]);
    if (!call) return made;
    const outgoing = CALLS[call.act];
    const row = await findCase(ctx.pool, ctx, call.caseId);
    if (!row) throw new Error(`The call ${call.id} is of no case`);
    try {
      const after = await outgoing.make(ctx, row, call.key);
      await inTransaction(ctx.pool, async (db) => {
        await after?.(db);
        await query(db, endCall, [ctx.insurer, call.id, 'done', null]);
      });
    } catch (error) {
      if (!(error instanceof GatewayFailed)) throw error;
      if (!error.retry || call.attempts >= MOST_ATTEMPTS) await giveUp(ctx, call, outgoing.byHand, error.code);
      else {
        const minutes = await outgoing.waits?.(ctx, row, call.attempts);
        const next =
          minutes === undefined ? backOff(machine, call.attempts) : new Date(machine.getTime() + minutes * 60_000);
        await query(ctx.pool, retryCall, [ctx.insurer, call.id, next, error.code]);
      }
    }
  }
}

/** A person has to do it by hand: it is said to those who can. */
const giveUp = (ctx: Ctx, call: Call, audience: Audience, code: string) =>
  inTransaction(ctx.pool, async (db) => {
    const row = await findCaseForUpdate(db, ctx, call.caseId);
    await query(db, endCall, [ctx.insurer, call.id, 'failed', code]);
    if (row) await tell(db, ctx, row, audience, 'case-waits', false, `outgoing/${call.id}`, await ctx.clock.now(db));
  });
