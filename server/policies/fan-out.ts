/** A fact of a policy reaches its running cases: one idempotent step per case, reading the record as it is now. */
import { addDays, dayOf, instantAt } from '#domain/calendar/day.ts';
import { planOf } from '#server/cases/question.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { setSuspended } from '#server/cases/suspend-case.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { setTimer, type Timer } from '#server/timers/timers.ts';

// A renewal carries on what runs on the contracts it followed, whose own terms are over.
const selectCases = sql<{ id: string; plan: string; edition: string; service: string; honoured: boolean }>(
  'fanOut.cases',
  `with recursive followed as (
     select id, renewed_from from policies where insurer = $1 and id = $2
     union select p.id, p.renewed_from from policies p join followed f on p.policy_no = f.renewed_from where p.insurer = $1 and p.expires_on < $3)
   select c.id, c.plan, c.edition, c.service,
          exists (select 1 from events e where e.insurer = c.insurer and e.case_id = c.id and e.milestones @> '[{"name":"honoured"}]') as honoured
     from cases c join followed f on f.id = c.policy_id where c.insurer = $1 and not c.final order by c.id`,
);
const lockPolicy = sql<{ policyNo: string; expiresOn: string }>(
  'fanOut.policy',
  'select policy_no as "policyNo", expires_on as "expiresOn" from policies where insurer = $1 and id = $2 for share',
);
const stateNow = sql<{ state: string }>(
  'fanOut.state',
  'select state from policy_states where insurer = $1 and policy_id = $2 and effective_from <= $3 order by effective_from desc, recorded_at desc limit 1',
);
const renewed = sql<{ id: string }>(
  'fanOut.renewed',
  'select id from policies where insurer = $1 and renewed_from = $2 and effective_from <= $3 limit 1',
);

/**
 * Reads the policy's state now and moves its cases to match [2.2.7, N.7]: suspended or ended closes them or puts them before
 * a person (onSuspension end), or lets them stand (pause); revived brings nothing back, and with pause the clocks run on;
 * a term that ends closes them unless it was renewed without a break: then they follow the contract that renewed it.
 */
export async function applyPolicyChange(ctx: Ctx, db: Db, timer: Timer, now: Date): Promise<void> {
  const policy = await queryOne(db, lockPolicy, [ctx.insurer, timer.subject]);
  if (!policy) return;
  const state = (await queryOne(db, stateNow, [ctx.insurer, timer.subject, now]))?.state;
  const over = policy.expiresOn < dayOf(now);
  const next = over
    ? await queryOne(db, renewed, [ctx.insurer, policy.policyNo, addDays(policy.expiresOn, 1)])
    : undefined;
  if (next) return applyPolicyChange(ctx, db, { ...timer, subject: next.id }, now);
  const cases = await query(db, selectCases, [ctx.insurer, timer.subject, dayOf(now)]);
  // Prolonged or renewed while a case runs: it is asked again when the new term is over.
  if (cases.length > 0 && !over) await setPolicyExpiry(db, ctx, timer.subject, policy.expiresOn);
  for (const found of cases) {
    const { plan } = planOf(ctx, found.plan, found.edition, found.service);
    const pauses = state === 'suspended' && plan.onSuspension.is === 'pause' && !over;
    const ends = state === 'terminated' || over || (state === 'suspended' && !pauses);
    if (!ends) await setSuspended(db, ctx, found.id, pauses, now);
    // What operations chose to honour is not asked again at every later fact of the ended contract.
    else if (!found.honoured) await sendSystemEvent(db, ctx, found.id, 'policyEnded', now);
  }
}

/** Has the worker look at the policy's cases when its term is over: the first moment of the day after its last. */
export const setPolicyExpiry = (
  db: Db,
  ctx: Pick<Ctx, 'insurer'>,
  policyId: string,
  expiresOn: string,
): Promise<void> =>
  setTimer(db, ctx, {
    dueAt: instantAt(addDays(expiresOn, 1), '00:00'),
    kind: 'policy-expiry',
    subject: policyId,
    key: `policy-expiry/${policyId}/${expiresOn}`,
  });
