/** The slots that a hospital's own system has, taken over into our rows; what it no longer has is closed, and whoever booked it is told. What the desk closed stays closed. */
import { addDays, dayOf, instantAt } from '#domain/calendar/day.ts';
import type { Ctx } from '#server/platform/context.ts';
import { inTransaction, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { setTimer } from '#server/timers/timers.ts';

const upsertSlots = sql<never>(
  'slots.pull',
  `insert into hospital_slots as s (insurer, id, provider, item, department, doctor, package, starts_at, ends_at, capacity)
   select $1, (r->>'id')::uuid, $2, r->>'item', r->>'department', r->>'doctor', r->>'package', (r->>'startsAt')::timestamptz,
     (r->>'endsAt')::timestamptz, (r->>'capacity')::int from jsonb_array_elements($3::jsonb) r
   on conflict (insurer, provider, item, department, doctor, package, starts_at) do update
     set capacity = greatest(excluded.capacity, s.taken), ends_at = excluded.ends_at,
         closed_at = case when s.closed_by_desk then s.closed_at end`,
);
const closeOthers = sql<{ slotId: string; caseId: string | null }>(
  'slots.closeOthers',
  `with gone as (
     update hospital_slots s set closed_at = $5 where insurer = $1 and provider = $2 and starts_at > $5 and starts_at < $4 and closed_at is null
       and not exists (select 1 from jsonb_array_elements($3::jsonb) r where r->>'item' = s.item and r->>'department' = s.department
         and r->>'doctor' = s.doctor and r->>'package' = s.package and (r->>'startsAt')::timestamptz = s.starts_at)
     returning s.id)
   select gone.id as "slotId", t.case_id as "caseId" from gone left join hospital_takings t on t.insurer = $1 and t.slot_id = gone.id`,
);

/** Of every hospital that the insurer's plans book at, as far ahead as the plan shows. @throws GatewayFailed */
export async function pullSlots(ctx: Ctx): Promise<void> {
  const { hospital } = ctx.gateways;
  if (!hospital) return;
  for (const { provider, assist } of ctx.plans.flatMap(({ services }) => Object.values(services))) {
    if (!assist || !provider) continue;
    const from = dayOf(await ctx.clock.now(ctx.pool));
    const to = addDays(from, assist.showDays);
    const slots = JSON.stringify((await hospital.slots(from, to)).map((slot) => ({ ...slot, id: uuidv7() })));
    await inTransaction(ctx.pool, async (db) => {
      const now = await ctx.clock.now(db);
      await query(db, upsertSlots, [ctx.insurer, provider.default, slots]);
      const until = instantAt(addDays(to, 1), '00:00');
      for (const { slotId, caseId } of await query(db, closeOthers, [ctx.insurer, provider.default, slots, until, now]))
        if (caseId)
          await setTimer(db, ctx, {
            dueAt: now,
            kind: 'slot-closed',
            subject: caseId,
            key: `slot-closed/${slotId}/${caseId}/${now.toISOString()}`,
            data: { slot: slotId },
          });
    });
  }
}
