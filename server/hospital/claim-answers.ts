/** The claims system answers by itself: signed, each message once, and an older word never undoes a newer one. */
import type { ClaimAnswer, ClaimAnswered } from '#contract/claims.ts';
import { parseInstant } from '#domain/calendar/day.ts';
import { tell } from '#server/cases/apply-changes.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';

const selectCase = sql<{ id: string }>(
  'claimAnswers.case',
  `select id from cases where insurer = $1 and number = $2 and kind = 'hospital-assist'`,
);
const insertAnswer = sql<{ id: string }>(
  'claimAnswers.insert',
  `insert into claim_answers (insurer, id, case_id, outcome, decided_at, received_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (insurer, id) do nothing returning id`,
);
const selectNewer = sql<{ id: string }>(
  'claimAnswers.newer',
  'select id from claim_answers where insurer = $1 and case_id = $2 and decided_at > $3 limit 1',
);

/** Runs once a message; the same again changes nothing. @throws Problem not-found, not-acceptable */
export async function takeAnswer(db: Db, ctx: Ctx, answer: ClaimAnswer): Promise<ClaimAnswered> {
  const now = await ctx.clock.now(db);
  const found = await queryOne(db, selectCase, [ctx.insurer, answer.number]);
  const row = found && (await findCaseForUpdate(db, ctx, found.id));
  if (!row) throw new Problem('not-found', { pointer: '/number' });
  const decidedAt = parseInstant(answer.decidedAt, 'decidedAt');
  const values = [ctx.insurer, answer.id, row.id, answer.outcome, decidedAt, now];
  const fresh = (await query(db, insertAnswer, values)).length > 0;
  if (!fresh) return { result: 'known' };
  if (await queryOne(db, selectNewer, [ctx.insurer, row.id, decidedAt])) return { result: 'overtaken' };
  // Its answer may be here before what it said when it took the claim.
  if (row.state === 'claim-ready')
    await sendSystemEvent(db, ctx, row.id, 'handOverClaim', now, { reference: answer.reference ?? row.number });
  const { outcome, amount, reason } = answer;
  const payload = { outcome, reason, ...(amount === undefined ? {} : { amount }) };
  if (await sendSystemEvent(db, ctx, row.id, 'recordAnswer', now, payload)) return { result: 'recorded' };
  // Answered before, or not submitted again yet: a person looks at it.
  await tell(
    db,
    ctx,
    row,
    'case-manager',
    'case-waits',
    false,
    `claim-answer/${row.id}/${decidedAt.toISOString()}`,
    now,
  );
  return { result: 'by-hand' };
}
