/** A hospital's slots: found with the names, places and advice of its lists of the day, taken and given back under a lock. */
import { dayOf } from '#domain/calendar/day.ts';
import { listRowKey } from '#domain/lists/kinds.ts';
import { printMoment } from '#domain/messages/moments.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import { findListedRow, type ListRowVersion } from '#server/lists/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

export type SlotRow = {
  id: string;
  provider: string;
  item: string;
  department: string;
  doctor: string;
  package: string;
  startsAt: Date;
  endsAt: Date;
  capacity: number;
  taken: number;
  closedAt: Date | null;
  sample: boolean;
};
/** A slot with what its hospital's lists say of it. */
export type NamedSlot = SlotRow & {
  place: string;
  rank: string;
  focus: string;
  forWhom: string;
  includes: readonly string[];
  prepare: string;
  price: number | null;
};
/** How many slots one answer holds at most. */
export const MOST_SLOTS = 1000;

const COLUMNS = `id, provider, item, department, doctor, package, starts_at as "startsAt", ends_at as "endsAt", capacity, taken,
  closed_at as "closedAt", sample`;
const selectSlot = sql<SlotRow>('slots.byId', `select ${COLUMNS} from hospital_slots where insurer = $1 and id = $2`);
const selectSlots = sql<SlotRow>(
  'slots.between',
  `select ${COLUMNS} from hospital_slots where insurer = $1 and provider = $2 and ($3::text is null or item = $3)
     and starts_at > $4 and starts_at < $5 order by starts_at, department, doctor, package limit ${MOST_SLOTS}`,
);
const lockSlots = sql<{ id: string }>(
  'slots.lock',
  'select id from hospital_slots where insurer = $1 and id = any($2) order by id for update',
);
const takeOne = sql<{ id: string }>(
  'slots.take',
  `update hospital_slots set taken = taken + 1 where insurer = $1 and id = $2 and closed_at is null and taken < capacity returning id`,
);
const giveOne = sql<never>('slots.give', 'update hospital_slots set taken = taken - 1 where insurer = $1 and id = $2');
const selectTaking = sql<{ slotId: string }>(
  'slots.taking',
  'select slot_id as "slotId" from hospital_takings where insurer = $1 and case_id = $2',
);
const insertTaking = sql<never>(
  'slots.insertTaking',
  'insert into hospital_takings (insurer, case_id, slot_id, taken_at) values ($1, $2, $3, $4)',
);
const deleteTaking = sql<never>(
  'slots.deleteTaking',
  'delete from hospital_takings where insurer = $1 and case_id = $2',
);
const selectFree = sql<SlotRow>(
  'slots.free',
  `select ${COLUMNS} from hospital_slots where insurer = $1 and provider = $2 and item = $3 and department = $4 and package = $5
     and closed_at is null and taken < capacity and starts_at > $6 order by doctor <> $7, starts_at limit 6`,
);

export const findSlot = (db: Db, ctx: Ctx, id: string): Promise<SlotRow | undefined> =>
  queryOne(db, selectSlot, [ctx.insurer, id]);

/** The slots of a hospital that begin in this time, closed and full ones too; at most `MOST_SLOTS`. */
export const listSlots = (
  db: Db,
  ctx: Ctx,
  { provider, item, from, to }: { provider: string; item: string | null; from: Date; to: Date },
): Promise<SlotRow[]> => query(db, selectSlots, [ctx.insurer, provider, item, from, to]);

/** What may be had instead of a slot that is gone: of the same doctor first. */
export const listFree = (db: Db, ctx: Ctx, slot: SlotRow, now: Date): Promise<SlotRow[]> =>
  query(db, selectFree, [ctx.insurer, slot.provider, slot.item, slot.department, slot.package, now, slot.doctor]);

/**
 * Has the case hold this slot and no other; null: none. The rows are locked in one order, so that two who swap do not
 * wait for each other. Returns false, with nothing changed, where the slot is full or closed.
 */
export async function holdSlot(db: Db, ctx: Ctx, caseId: string, slotId: string | null, now: Date): Promise<boolean> {
  const had = (await queryOne(db, selectTaking, [ctx.insurer, caseId]))?.slotId ?? null;
  if (had === slotId) return true;
  await query(db, lockSlots, [ctx.insurer, [had, slotId].filter((id) => id !== null)]);
  if (slotId && !(await queryOne(db, takeOne, [ctx.insurer, slotId]))) return false;
  if (had) {
    await query(db, giveOne, [ctx.insurer, had]);
    await query(db, deleteTaking, [ctx.insurer, caseId]);
  }
  if (slotId) await query(db, insertTaking, [ctx.insurer, caseId, slotId, now]);
  return true;
}

/** The names of many slots, each row of a list looked up once; a slot whose doctor, department or package left its list is left out [N.2]. */
export async function nameSlots(db: Db, ctx: Ctx, slots: readonly SlotRow[], now: Date): Promise<NamedSlot[]> {
  const day = dayOf(now);
  const known = new Map<string, Promise<ListRowVersion | undefined>>();
  const find = (list: 'departments' | 'hospital-doctors' | 'packages', values: Record<string, string>) => {
    const key = listRowKey(list, values);
    const found = known.get(`${list} ${key}`) ?? findListedRow(db, ctx, list, key, day);
    known.set(`${list} ${key}`, found);
    return found;
  };
  const named: NamedSlot[] = [];
  for (const slot of slots) {
    const { provider, department, doctor } = slot;
    const of = department ? await find('departments', { provider, name: department }) : undefined;
    const by = doctor ? await find('hospital-doctors', { provider, department, name: doctor }) : undefined;
    const pack = slot.package ? await find('packages', { provider, name: slot.package }) : undefined;
    if ((department && !of) || (doctor && !by) || (slot.package && !pack)) continue;
    const text = (row: ListRowVersion | undefined, field: string) => String(row?.row[field] ?? '');
    named.push({
      ...slot,
      place: text(pack, 'place') || text(of, 'place'),
      rank: text(by, 'rank'),
      focus: text(by, 'focus') || text(of, 'treats'),
      forWhom: text(pack, 'forWhom'),
      includes: (pack?.row.includes as string[] | undefined) ?? [],
      prepare: text(pack, 'prepare'),
      price: (pack?.row.price as number | null | undefined) ?? null,
    });
  }
  return named;
}

/** 10:00 of Shanghai's clock. */
export const timeOf = (moment: Date): string =>
  moment.toLocaleTimeString('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' });

/** A slot as the chart's guards and the history read it; null: not of this case's hospital, or no longer on its lists. */
export async function findSlotForCase(
  db: Db,
  ctx: Ctx,
  open: OpenCase,
  id: string,
  now: Date,
): Promise<Record<string, unknown> | null> {
  const found = await findSlot(db, ctx, id);
  const { provider } = open.memory.chart;
  if (!found || found.provider !== provider) return null;
  const slot = (await nameSlots(db, ctx, [found], now))[0];
  if (!slot) return null;
  const what = [slot.department, slot.doctor, slot.package].filter(Boolean).join(' ');
  const hospital = open.running.plan.providers.find(({ code }) => code === provider)?.name.zh ?? '';
  return {
    id: slot.id,
    name: { zh: `${printMoment(slot.startsAt, 'zh')} ${what}`, en: `${printMoment(slot.startsAt, 'en')} ${what}` },
    fits: slot.item === open.memory.request.form.item,
    hospital,
    department: slot.department,
    doctor: slot.doctor,
    rank: slot.rank,
    startsAt: slot.startsAt.toISOString(),
    until: timeOf(slot.endsAt),
    package: slot.package,
    place: slot.place,
    prepare: slot.prepare,
  };
}
