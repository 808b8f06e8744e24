/** A hospital's desk: its day, slots that it opens and closes. What it reads of a person is what her consent names. */
import type { z } from 'zod';
import type {
  CloseSlots,
  DeskSlot,
  HospitalDay,
  OpenSeries,
  SlotsClosed,
  SlotsOpened,
  SlotView,
} from '#contract/hospital.ts';
import { addDays, type Day, dayOf, formatInstant, instantAt } from '#domain/calendar/day.ts';
import { recordAudit } from '#server/audit/record.ts';
import { findCaseRole, getVisibleCase } from '#server/cases/access.ts';
import { summarise } from '#server/cases/lists.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { CASE_COLUMNS, type CaseRow } from '#server/cases/queries.ts';
import { RANKS } from '#server/cases/words.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { setTimer } from '#server/timers/timers.ts';
import { faultsOfSeries, openSlots } from './open-slots.ts';
import { listSlots, type NamedSlot, nameSlots } from './slots.ts';

type Lang = 'zh' | 'en';
type SlotOnWire = z.infer<typeof SlotView>;

const casesOfSlots = sql<CaseRow & { slotId: string }>(
  'hospital.casesOfSlots',
  `select ${CASE_COLUMNS}, t.slot_id as "slotId" from hospital_takings t join cases c on c.insurer = t.insurer and c.id = t.case_id
     join policies p on p.insurer = c.insurer and p.id = c.policy_id
    where t.insurer = $1 and t.slot_id = any($2) and c.state <> 'held' order by c.number`,
);
const closeSlot = sql<{ id: string }>(
  'hospital.closeSlots',
  `update hospital_slots set closed_at = $3, closed_by_desk = true where insurer = $1 and provider = $2 and closed_at is null and starts_at > $3
     and (id = $4 or (starts_at >= $5 and starts_at < $6) or package = $7) returning id`,
);
const takersOf = sql<{ caseId: string; slotId: string }>(
  'hospital.takers',
  'select case_id as "caseId", slot_id as "slotId" from hospital_takings where insurer = $1 and slot_id = any($2)',
);

const onWire = (slot: NamedSlot, lang: Lang): SlotOnWire => ({
  id: slot.id,
  item: slot.item as SlotOnWire['item'],
  department: slot.department,
  place: slot.place,
  doctor: slot.doctor,
  rank: RANKS[slot.rank]?.[lang] ?? slot.rank,
  focus: slot.focus,
  package: slot.package,
  forWhom: slot.forWhom,
  includes: [...slot.includes],
  prepare: slot.prepare,
  price: slot.price,
  startsAt: formatInstant(slot.startsAt),
  endsAt: formatInstant(slot.endsAt),
  free: slot.closedAt ? 0 : slot.capacity - slot.taken,
  sample: slot.sample,
});

/** What may be chosen for a case: free slots of its item at its hospital, as far ahead as the plan shows. @throws Problem not-found */
export async function slotsForCase(db: Db, ctx: Ctx, actor: Actor, caseId: string, lang: Lang): Promise<SlotOnWire[]> {
  const now = await ctx.clock.now(db);
  const { row } = await getVisibleCase(db, ctx, actor, caseId, now);
  const { memory, running } = await openCaseForEvent(db, ctx, row);
  const { assist } = running.service;
  const provider = memory.chart.provider as string | null;
  if (!assist || !provider) throw new Problem('not-found');
  const to = instantAt(addDays(dayOf(now), assist.showDays + 1), '00:00');
  const slots = await listSlots(db, ctx, { provider, item: String(memory.request.form.item), from: now, to });
  const free = slots.filter(({ closedAt, taken, capacity }) => !closedAt && taken < capacity);
  return (await nameSlots(db, ctx, free, now)).map((slot) => onWire(slot, lang));
}

/** The day of the caller's own hospital. Each person she may know of is told from the case, under its consent. */
export async function hospitalDay(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  on: Day | undefined,
  lang: Lang,
): Promise<z.infer<typeof HospitalDay>> {
  const now = await ctx.clock.now(db);
  const day = on ?? dayOf(now);
  const [from, to] = [new Date(instantAt(day, '00:00').getTime() - 1), instantAt(addDays(day, 1), '00:00')];
  const slots = await nameSlots(db, ctx, await listSlots(db, ctx, { provider: actor.provider ?? '', item: null, from, to }), now); // biome-ignore format: one thought
  const rows = await query(db, casesOfSlots, [ctx.insurer, slots.map(({ id }) => id)]);
  const booked = new Map<string, DeskSlot['booked']>();
  for (const row of rows) {
    const role = await findCaseRole(db, ctx, actor, row, now);
    if (!role) continue;
    const { id, number, state, stateLabel, version, person } = await summarise(db, ctx, row, role, lang, now);
    booked.set(row.slotId, [...(booked.get(row.slotId) ?? []), { id, number, state, stateLabel, version, person }]);
  }
  return {
    day,
    slots: slots.map((slot) => ({
      ...onWire(slot, lang),
      capacity: slot.capacity,
      taken: slot.taken,
      closed: slot.closedAt !== null,
      booked: booked.get(slot.id) ?? [],
    })),
  };
}

/** @throws Problem not-acceptable, each fault at its field */
export async function openSeries(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  input: z.infer<typeof OpenSeries>,
): Promise<z.infer<typeof SlotsOpened>> {
  const now = await ctx.clock.now(db);
  const series = { ...input, provider: actor.provider ?? '', sample: false };
  const faults = await faultsOfSeries(db, ctx, series);
  if (input.from < dayOf(now)) faults.push({ field: 'from', zh: '不能早于今天', en: 'cannot be before today' });
  if (faults.length > 0)
    throw new Problem('not-acceptable', {
      errors: faults.map(({ field, zh, en }) => ({ pointer: `/${field}`, detail: { zh, en } })),
    });
  const { added, changed } = await openSlots(db, ctx, series, now);
  await recordAudit(db, ctx, {
    actor,
    action: 'hospital.slots-opened',
    subject: `hospital:${series.provider}`,
    details: { kind: input.item, added, changed },
    now,
  });
  return { added, changed };
}

/** Closed at once; each case that has such a slot loses it by a timer of its own, so that this locks no case. */
export async function closeSlots(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { slotId, day }: z.infer<typeof CloseSlots>,
): Promise<z.infer<typeof SlotsClosed>> {
  const now = await ctx.clock.now(db);
  const span = day ? [instantAt(day, '00:00'), instantAt(addDays(day, 1), '00:00')] : [null, null];
  const closed = await query(db, closeSlot, [ctx.insurer, actor.provider ?? '', now, slotId ?? null, ...span, null]);
  if (closed.length === 0) throw new Problem('not-found', { pointer: slotId ? '/slotId' : '/day' });
  const ids = closed.map(({ id }) => id);
  const told = await tellTakers(db, ctx, ids, now);
  await recordAudit(db, ctx, {
    actor,
    action: 'hospital.slots-closed',
    subject: `hospital:${actor.provider}`,
    details: { removed: ids.length, persons: told, ...(day ? { day } : {}) },
    now,
  });
  return { closed: ids.length, told };
}

/** The same for the times to come of one package that is offered no longer; there may be none. */
export async function closePackageSlots(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  name: string,
  now: Date,
): Promise<z.infer<typeof SlotsClosed>> {
  const closed = await query(db, closeSlot, [ctx.insurer, actor.provider ?? '', now, null, null, null, name]);
  const ids = closed.map(({ id }) => id);
  return { closed: ids.length, told: await tellTakers(db, ctx, ids, now) };
}

async function tellTakers(db: Db, ctx: Ctx, ids: string[], now: Date): Promise<number> {
  const takers = await query(db, takersOf, [ctx.insurer, ids]);
  for (const taker of takers)
    await setTimer(db, ctx, {
      dueAt: now,
      kind: 'slot-closed',
      subject: taker.caseId,
      key: `slot-closed/${taker.slotId}/${taker.caseId}/${now.toISOString()}`,
      data: { slot: taker.slotId },
    });
  return takers.length;
}
