/** The insurer's lists as of a day, and the row versions that cases stored. Lists hold nothing of any member. */
import { addDays, type Day } from '#domain/calendar/day.ts';
import { normaliseWord } from '#domain/lists/column.ts';
import type { ListKind, ListValues } from '#domain/lists/kinds.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** One content of one entry. `id` stays the same through every version that repeats it: it is what a case stores. */
export type ListRowVersion = {
  readonly id: string;
  readonly list: ListKind;
  readonly key: string;
  readonly label: string;
  readonly row: ListValues;
  /** The version of the list that brought it. */
  readonly version: number;
  /** First and last day on which it was or is on the list; `null`: still. */
  readonly effectiveFrom: Day;
  readonly effectiveTo: Day | null;
  readonly sample: boolean;
};

export type ListSearch = {
  /** Any part of a name, alias, place… */
  readonly q?: string | undefined;
  readonly department?: string | undefined;
  readonly city?: string | undefined;
  /** Experts: the hospital's name. */
  readonly hospital?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

type Keys = Pick<Ctx, 'insurer'>;

// The days of a row: its own, within those of the versions that hold it.
const columns = `
  r.id, r.list, r.row_key as "key", r.label, r.row, r.version_from as "version", r.sample,
  greatest(r.effective_from, f.effective_from) as "effectiveFrom",
  least(r.effective_to, t.effective_from - 1) as "effectiveTo"`;
const from = `
  from list_rows r
  join list_versions f on f.insurer = r.insurer and f.list = r.list and f.version = r.version_from
  left join list_versions t on t.insurer = r.insurer and t.list = r.list and t.version = r.version_to`;
// The version in force on a day is the newest that had begun; the row must be in it and valid itself.
const onDay = `
  r.version_from <= v.version and (r.version_to is null or v.version < r.version_to)
  and (r.effective_from is null or r.effective_from <= $3) and (r.effective_to is null or $3 <= r.effective_to)`;
const versionOn = `
  join (select max(version) as version from list_versions where insurer = $1 and list = $2 and effective_from <= $3) v on true`;

const selectAsOf = sql<ListRowVersion>(
  'lists.asOf',
  `select ${columns} ${from} ${versionOn}
    where r.insurer = $1 and r.list = $2 and ${onDay}
      and ($4::text is null or strpos(r.search, $4) > 0)
      and ($5::text is null or $5 = any(r.departments))
      and ($6::text is null or r.city = $6)
      and ($7::text is null or r.hospital = $7)
      and ($8::text is null or (r.label, r.id) > ($8, $9::uuid))
    order by r.label, r.id limit $10`,
);
// Who has the drug in stock first, of those the nearest; a pharmacy that names no drug has them all [2.6.2.9.2].
const selectNearest = sql<ListRowVersion>(
  'lists.nearest',
  `select ${columns} ${from} ${versionOn}
    where r.insurer = $1 and r.list = $2 and ${onDay} and ($4::text is null or strpos(r.search, $4) > 0)
    order by coalesce(jsonb_array_length(r.row->'drugs') > 0 and not r.row->'drugs' ? $6, false), coalesce(r.city <> $5, true), r.label, r.id limit $7`,
);
const selectById = sql<ListRowVersion>(
  'lists.byId',
  `select ${columns} ${from} where r.insurer = $1 and r.list = $2 and r.id = $3`,
);
const selectByKey = sql<ListRowVersion>(
  'lists.byKey',
  `select ${columns} ${from} ${versionOn} where r.insurer = $1 and r.list = $2 and ${onDay} and r.row_key = $4`,
);
const selectSameEntry = sql<ListRowVersion>(
  'lists.sameEntry',
  `select ${columns} ${from} ${versionOn}
    where r.insurer = $1 and r.list = $2 and ${onDay}
      and r.row_key = (select row_key from list_rows where insurer = $1 and list = $2 and id = $4)`,
);

const selectVersionOn = sql<ListVersion>(
  'lists.versionOn',
  `select version, effective_from as "since" from list_versions
    where insurer = $1 and list = $2 and effective_from <= $3 order by version desc limit 1`,
);
// Entries that the search finds and the day does not: each with every span of days in which it was or will be listed.
const selectOtherDays = sql<ListRowVersion>(
  'lists.otherDays',
  `select ${columns} ${from}
    where r.insurer = $1 and r.list = $2 and strpos(r.search, $4) > 0 and ($5::text is null or r.city = $5)
      and greatest(r.effective_from, f.effective_from) <= coalesce(least(r.effective_to, t.effective_from - 1), 'infinity'::date)
      and not exists (select 1 from list_rows o ${versionOn}
        where o.insurer = r.insurer and o.list = r.list and o.row_key = r.row_key
          and o.version_from <= v.version and (o.version_to is null or v.version < o.version_to)
          and (o.effective_from is null or o.effective_from <= $3) and (o.effective_to is null or $3 <= o.effective_to))
    order by r.row_key, greatest(r.effective_from, f.effective_from) limit 100`,
);
const selectCities = sql<{ city: string }>(
  'lists.cities',
  `select distinct r.city ${from} ${versionOn}
    where r.insurer = $1 and r.list = $2 and ${onDay} and r.city is not null order by r.city limit 500`,
);

/** A version of a list and the first day on which it was the list. */
export type ListVersion = { readonly version: number; readonly since: Day };

/** The version that is the list on `day`; `undefined`: there was none yet. */
export const findVersionOn = (db: Db, ctx: Keys, list: ListKind, day: Day): Promise<ListVersion | undefined> =>
  queryOne(db, selectVersionOn, [ctx.insurer, list, day]);

export type Elsewhen = {
  readonly label: string;
  readonly row: ListValues;
  readonly sample: boolean;
  readonly spans: { from: Day; to: Day | null }[];
};

/** What the words find that is not on the list on `day`, with the days on which it was or will be; at most 10 entries. */
export async function listOtherDays(
  db: Db,
  ctx: Keys,
  list: ListKind,
  day: Day,
  search: { q: string; city?: string | undefined },
): Promise<Elsewhen[]> {
  const found = new Map<string, Elsewhen>();
  const words = normaliseWord(search.q);
  for (const row of await query(db, selectOtherDays, [ctx.insurer, list, day, words, search.city ?? null])) {
    const span = { from: row.effectiveFrom, to: row.effectiveTo };
    const known = found.get(row.key);
    const last = known?.spans.at(-1);
    if (last?.to && addDays(last.to, 1) === span.from) last.to = span.to;
    else if (known) known.spans.push(span);
    else found.set(row.key, { label: row.label, row: row.row, sample: row.sample, spans: [span] });
  }
  return [...found.values()].slice(0, 10);
}

/** The cities that the list has on `day`, to choose from. */
export const listCities = async (db: Db, ctx: Keys, list: ListKind, day: Day): Promise<string[]> =>
  (await query(db, selectCities, [ctx.insurer, list, day])).map(({ city }) => city);

/** Pharmacies for a drug, the nearest with stock first: what is taken elsewhere is listed too, behind it. At most `limit`. */
export const listNearest = (
  db: Db,
  ctx: Keys,
  list: ListKind,
  day: Day,
  { q, city, drug, limit }: { q?: string | undefined; city: string; drug: string; limit: number },
): Promise<ListRowVersion[]> =>
  query(db, selectNearest, [ctx.insurer, list, day, q?.trim() ? normaliseWord(q) : null, city, drug, limit]);

/** The list as it was, is or will be on `day`, in order of label; at most 100 rows and the cursor of the next. */
export async function listAsOf(
  db: Db,
  ctx: Keys,
  list: ListKind,
  day: Day,
  search: ListSearch = {},
): Promise<{ items: ListRowVersion[]; next: string | null }> {
  const limit = Math.min(search.limit ?? 20, 100);
  const after = search.cursor === undefined ? undefined : decodeCursor(search.cursor);
  const rows = await query(db, selectAsOf, [
    ctx.insurer,
    list,
    day,
    search.q?.trim() ? normaliseWord(search.q) : null,
    search.department ?? null,
    search.city ?? null,
    search.hospital ?? null,
    after?.label ?? null,
    after?.id ?? null,
    limit + 1,
  ]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? encodeCursor(last) : null };
}

/** The row version with this id, whatever the day: what a case stored is found for ever. */
export function findListRow(db: Db, ctx: Keys, list: ListKind, id: string): Promise<ListRowVersion | undefined> {
  return queryOne(db, selectById, [ctx.insurer, list, id]);
}

/**
 * The entry as it stands on `day`, asked by the id of any of its row versions or by its key (`listRowKey`): a changed
 * entry is still listed, under another id. `undefined`: not on the list that day.
 */
export function findListedRow(
  db: Db,
  ctx: Keys,
  list: ListKind,
  idOrKey: string,
  day: Day,
): Promise<ListRowVersion | undefined> {
  const statement = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(idOrKey) ? selectSameEntry : selectByKey;
  return queryOne(db, statement, [ctx.insurer, list, day, idOrKey]);
}

/** Is the entry on the list on `day` [2.2.3]? By the id of any of its row versions, or by its key. */
export async function isListed(db: Db, ctx: Keys, list: ListKind, idOrKey: string, day: Day): Promise<boolean> {
  return (await findListedRow(db, ctx, list, idOrKey, day)) !== undefined;
}
