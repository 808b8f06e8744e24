/** Slots come to be: by the hospital's desk or by a file, each a series; what is there already is not made twice. */
import { dayOf } from '#domain/calendar/day.ts';
import { expandSeries, MOST_IN_SERIES, type Series } from '#domain/hospital/series.ts';
import type { BookedItem } from '#domain/journeys/hospital-assist/context-v1.ts';
import { listRowKey } from '#domain/lists/kinds.ts';
import type { ImportCtx } from '#server/imports/runs.ts';
import { isListed } from '#server/lists/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

export type SlotSeries = Series & {
  provider: string;
  item: BookedItem;
  department: string;
  doctor: string;
  package: string;
  capacity: number;
  sample: boolean;
};
export type SlotFault = { field: keyof SlotSeries; zh: string; en: string };

// A slot that is there keeps who has it; its places may grow, and shrink down to those that are taken.
const insertSlots = sql<{ fresh: boolean }>(
  'slots.insert',
  `insert into hospital_slots as s (insurer, id, provider, item, department, doctor, package, starts_at, ends_at, capacity, sample)
   select $1, (r->>'id')::uuid, $2, $3, $4, $5, $6, (r->>'starts')::timestamptz, (r->>'ends')::timestamptz, $7, $8 from jsonb_array_elements($9::jsonb) r
   on conflict (insurer, provider, item, department, doctor, package, starts_at) do update
     set capacity = greatest(excluded.capacity, s.taken), ends_at = excluded.ends_at
     where s.capacity <> greatest(excluded.capacity, s.taken) or s.ends_at <> excluded.ends_at
   returning (xmax = 0) as fresh`,
);

/** What is wrong with a series, each fault with its field; the names must be on the hospital's lists of its first day. */
export async function faultsOfSeries(db: Db, ctx: Pick<Ctx, 'insurer'>, one: SlotSeries): Promise<SlotFault[]> {
  const faults: SlotFault[] = [];
  const say = (field: keyof SlotSeries, zh: string, en: string) => faults.push({ field, zh, en });
  const { provider, item, department, doctor } = one;
  if (one.to !== null && one.to < one.from) say('to', '最后一天早于第一天', 'is before the first day');
  if (one.closes <= one.opens) say('closes', '结束要晚于开始', 'must be after it opens');
  const count = expandSeries(one).length;
  if (faults.length === 0 && count === 0) say('minutes', '这段时间里放不下一个时段', 'no slot fits into this time');
  if (count > MOST_IN_SERIES)
    say('to', `一次最多 ${MOST_IN_SERIES} 个时段，请分次`, `at most ${MOST_IN_SERIES} slots at once: split it`);
  if (item === 'expert' && !doctor) say('doctor', '专家时段要填医生', 'an expert slot names its doctor');
  if (item === 'check-up' && !one.package) say('package', '体检时段要填套餐', 'a check-up slot names its package');
  if (item !== 'check-up' && !department) say('department', '请填科室', 'name the department');
  if (item !== 'check-up' && one.package) say('package', '只有体检时段有套餐', 'only check-up slots have a package');
  const listed = async (list: 'departments' | 'hospital-doctors' | 'packages', values: Record<string, string>) =>
    isListed(db, ctx as Ctx, list, listRowKey(list, values), one.from);
  if (department && !(await listed('departments', { provider, name: department })))
    say('department', '院内科室名单上没有', 'not on the list of departments');
  if (doctor && !(await listed('hospital-doctors', { provider, department, name: doctor })))
    say('doctor', '院内医生名单上这个科室没有这位医生', 'the list has no such doctor in this department');
  if (one.package && !(await listed('packages', { provider, name: one.package })))
    say('package', '体检套餐名单上没有', 'not on the list of packages');
  return faults;
}

/** Writes the slots of a good series; slots that are over are left out. Returns how many are new and how many changed. */
export async function openSlots(
  db: Db,
  ctx: Pick<ImportCtx, 'insurer'>,
  one: SlotSeries,
  now: Date,
): Promise<{ total: number; added: number; changed: number }> {
  const slots = expandSeries(one).filter(({ starts }) => dayOf(starts) >= dayOf(now));
  const rows = await query(db, insertSlots, [
    ctx.insurer,
    one.provider,
    one.item,
    one.department,
    one.doctor,
    one.package,
    one.capacity,
    one.sample,
    JSON.stringify(slots.map(({ starts, ends }) => ({ id: uuidv7(), starts, ends }))),
  ]);
  const added = rows.filter(({ fresh }) => fresh).length;
  return { total: slots.length, added, changed: rows.length - added };
}
