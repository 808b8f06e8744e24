import type { Day } from '#domain/calendar/day.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { LIST_SHAPES, type ListKind, type ListValues, listRowKey, listRowLabel } from '#domain/lists/kinds.ts';
import type { ImportFault, ImportReport, Progress } from '#server/imports/report.ts';
import { type FileRow, readRows } from '#server/imports/rows.ts';
import { type ImportCtx, lockImports, recordRun } from '#server/imports/runs.ts';
import type { Source } from '#server/imports/source.ts';
import { type Db, inTransaction, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { loadSearchText, type SearchTextOf } from './search-text.ts';

export type ListImportOptions = {
  readonly skipBad: boolean;
  /** Every row and the version are marked as sample data. */
  readonly sample: boolean;
  /** First day on which this is the list; default: today in business time. */
  readonly effectiveFrom?: Day | undefined;
  readonly by: string | null;
  readonly onProgress: Progress;
};

type Entry = {
  readonly key: string;
  readonly values: ListValues;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly sample: boolean;
};
type Open = {
  id: string;
  key: string;
  row: ListValues;
  search: string;
  from: Day | null;
  to: Day | null;
  sample: boolean;
};

const selectNewest = sql<{ version: number; effectiveFrom: Day; sample: boolean }>(
  'listImport.newest',
  'select version, effective_from as "effectiveFrom", sample from list_versions where insurer = $1 and list = $2 order by version desc limit 1',
);
const selectOpen = sql<Open>(
  'listImport.open',
  `select id, row_key as "key", row, search, effective_from as "from", effective_to as "to", sample
     from list_rows where insurer = $1 and list = $2 and version_to is null`,
);
const insertVersion = sql<never>(
  'listImport.version',
  'insert into list_versions (insurer, list, version, effective_from, import_id, sample) values ($1, $2, $3, $4, $5, $6)',
);
const closeRows = sql<never>(
  'listImport.close',
  'update list_rows set version_to = $3 where insurer = $1 and id = any($2::uuid[])',
);
// How a row is found is no content of it: rows taken in before a search knew more are brought up to date.
const refreshSearch = sql<never>(
  'listImport.refreshSearch',
  `update list_rows r set search = f->>'search' from jsonb_array_elements($2::jsonb) f
    where r.insurer = $1 and r.id = (f->>'id')::uuid`,
);
const insertRows = sql<never>(
  'listImport.rows',
  `insert into list_rows (insurer, id, list, row_key, version_from, effective_from, effective_to, row, label, search, city, hospital, departments, sample)
   select $1, (r->>'id')::uuid, $2, r->>'key', $3, (r->>'from')::date, (r->>'to')::date, r->'row', r->>'label', r->>'search', r->>'city', r->>'hospital',
          array(select jsonb_array_elements_text(r->'departments')), (r->>'sample')::boolean
     from jsonb_array_elements($4::jsonb) r`,
);

/**
 * Takes a file in as the whole list: what it no longer has leaves the list, unless rows were skipped (one of them may be
 * the missing entry). A file that changes nothing makes no version. All or nothing.
 */
export async function importList(
  ctx: ImportCtx,
  list: ListKind,
  source: Source,
  options: ListImportOptions,
): Promise<ImportReport> {
  const { entries, faults, rows, skipped } = await readEntries(ctx, list, source, options);
  const report = { kind: list, rows, added: 0, changed: 0, unchanged: 0, removed: 0, skipped, faults };
  if (entries.size === 0) {
    if (faults.length === 0)
      faults.push(
        fileFault(
          'no-rows',
          '文件里没有数据行；空文件不会清空名单',
          'the file has no rows; an empty file does not empty the list',
        ),
      );
    return { ...report, applied: false };
  }
  if (faults.length > 0 && !options.skipBad) return { ...report, applied: false };
  const searchText = await loadSearchText();
  return await inTransaction(ctx.pool, async (db) => {
    await lockImports(db, ctx, list);
    const now = await ctx.clock.now(db);
    const effectiveFrom = options.effectiveFrom ?? dayOf(now);
    const newest = await queryOne(db, selectNewest, [ctx.insurer, list]);
    if (newest && effectiveFrom < newest.effectiveFrom) {
      const day = newest.effectiveFrom;
      faults.push(
        fileFault(
          'older-version',
          `名单的最新版本从 ${day} 起生效，不能再导入更早的`,
          `the newest version of the list begins on ${day}: an earlier one cannot follow it`,
        ),
      );
      return { ...report, applied: false };
    }
    const open = new Map((await query(db, selectOpen, [ctx.insurer, list])).map((row) => [row.key, row]));
    const fresh = [...entries.values()].filter((entry) => !same(open.get(entry.key), entry));
    const changed = fresh.filter((entry) => open.has(entry.key));
    const gone = skipped > 0 ? [] : [...open.values()].filter((row) => !entries.has(row.key));
    const counts = {
      added: fresh.length - changed.length,
      changed: changed.length,
      removed: gone.length,
      unchanged: entries.size - fresh.length,
    };
    if (fresh.length + gone.length > 0) {
      const version = (newest?.version ?? 0) + 1;
      const run = { id: uuidv7(), kind: list, source: source.name, now, by: options.by, rows, skipped, ...counts };
      await recordRun(db, ctx, run);
      await query(db, insertVersion, [ctx.insurer, list, version, effectiveFrom, run.id, options.sample]);
      const closed = [...gone, ...changed.map((entry) => open.get(entry.key)!)];
      await query(db, closeRows, [ctx.insurer, closed.map((row) => row.id), version]);
      await writeRows(db, ctx, { list, version, searchText }, fresh, options.onProgress);
    }
    const stale = [...entries.values()].flatMap(({ key, values }) => {
      const [row, search] = [open.get(key), searchText(list, values)];
      return row && !fresh.some((entry) => entry.key === key) && row.search !== search ? [{ id: row.id, search }] : [];
    });
    if (stale.length > 0) await query(db, refreshSearch, [ctx.insurer, JSON.stringify(stale)]);
    return { ...report, ...counts, applied: true };
  });
}

/**
 * One entry written or taken off by hand, as a version that begins today; nothing is made of what is as it was. Takes the
 * lock of imports. `later`: a version to come is on file already, and only a file can change that.
 */
export async function reviseList(
  db: Db,
  ctx: ImportCtx,
  list: ListKind,
  change: { readonly values: ListValues } | { readonly goneKey: string },
  { by, now }: { by: string | null; now: Date },
): Promise<'added' | 'changed' | 'unchanged' | 'removed' | 'not-there' | 'later'> {
  await lockImports(db, ctx, list);
  const newest = await queryOne(db, selectNewest, [ctx.insurer, list]);
  const today = dayOf(now);
  if (newest && newest.effectiveFrom > today) return 'later';
  const key = 'values' in change ? listRowKey(list, change.values) : change.goneKey;
  const before = (await query(db, selectOpen, [ctx.insurer, list])).find((row) => row.key === key);
  const entry: Entry | undefined =
    'values' in change
      ? { key, values: change.values, from: null, to: null, sample: before?.sample ?? false }
      : undefined;
  if (!entry && !before) return 'not-there';
  if (entry && same(before, entry)) return 'unchanged';
  const outcome = entry ? (before ? 'changed' : 'added') : 'removed';
  const counts = { added: 0, changed: 0, removed: 0, [outcome]: 1 };
  const run = { id: uuidv7(), kind: list, source: 'desk', now, by, rows: 1, skipped: 0, ...counts };
  await recordRun(db, ctx, run);
  const version = (newest?.version ?? 0) + 1;
  await query(db, insertVersion, [ctx.insurer, list, version, today, run.id, newest?.sample ?? false]);
  if (before) await query(db, closeRows, [ctx.insurer, [before.id], version]);
  if (entry) await writeRows(db, ctx, { list, version, searchText: await loadSearchText() }, [entry], () => {});
  return outcome;
}

async function readEntries(ctx: ImportCtx, list: ListKind, source: Source, options: ListImportOptions) {
  const entries = new Map<string, Entry>();
  const lines = new Map<string, number>();
  const faults: ImportFault[] = [];
  let [rows, skipped] = [0, 0];
  const onBytes = (bytes: number) => options.onProgress('check', bytes, source.bytes);
  for await (const row of readRows(source, LIST_SHAPES[list].columns, onBytes)) {
    rows += 1;
    checkReferences(ctx, row);
    const { effectiveFrom, effectiveTo, sample, ...values } = row.values;
    const [from, to] = [effectiveFrom as Day | null, effectiveTo as Day | null];
    if (from !== null && to !== null && to < from)
      row.fault('effectiveTo', 'before-start', '失效日早于生效日', 'is before the day it begins');
    const key = listRowKey(list, values);
    const earlier = lines.get(key);
    if (earlier !== undefined && row.faults.length === 0)
      row.fault(LIST_SHAPES[list].label, 'duplicate', `与第 ${earlier} 行重复`, `is the same entry as line ${earlier}`);
    if (row.faults.length > 0) {
      faults.push(...row.faults);
      skipped += 1;
      continue;
    }
    lines.set(key, row.line);
    entries.set(key, { key, values, from, to, sample: options.sample || sample === true });
  }
  return { entries, faults, rows, skipped };
}

/** Providers, services and kinds of paper are named by the plans' codes; a mistyped one would be nobody's. */
function checkReferences(ctx: ImportCtx, { values, fault }: FileRow): void {
  const providers = new Set(ctx.plans.flatMap((plan) => plan.providers.map(({ code }) => code)));
  const services = new Set(ctx.plans.flatMap((plan) => Object.keys(plan.services)));
  const provider = values.provider;
  if (typeof provider === 'string' && !providers.has(provider))
    fault('provider', 'unknown-provider', `计划中没有服务商“${provider}”`, `no plan has a provider "${provider}"`);
  for (const service of (values.services ?? []) as string[])
    if (!services.has(service))
      fault('services', 'unknown-service', `计划中没有服务“${service}”`, `no plan has a service "${service}"`);
  const kinds = new Set(ctx.plans.flatMap((plan) => plan.paperKinds.map(({ kind }) => kind)));
  for (const column of ['personalPapers', 'medicalPapers', 'economicPapers'])
    for (const kind of (values[column] ?? []) as string[])
      if (!kinds.has(kind))
        fault(column, 'unknown-paper', `计划中没有资料种类“${kind}”`, `no plan has a kind of paper "${kind}"`);
}

async function writeRows(
  db: Db,
  ctx: ImportCtx,
  { list, version, searchText }: { list: ListKind; version: number; searchText: SearchTextOf },
  fresh: readonly Entry[],
  onProgress: Progress,
): Promise<void> {
  for (let start = 0; start < fresh.length; start += 1000) {
    const batch = fresh.slice(start, start + 1000).map(({ key, values, from, to, sample }) => ({
      id: uuidv7(),
      key,
      from,
      to,
      sample,
      row: values,
      label: listRowLabel(list, values),
      search: searchText(list, values),
      city: values.city ?? null,
      hospital: values.hospital ?? null,
      departments: values.departments ?? [values.department ?? []].flat(),
    }));
    await query(db, insertRows, [ctx.insurer, list, version, JSON.stringify(batch)]);
    onProgress('write', start + batch.length, fresh.length);
  }
}

const same = (open: Open | undefined, entry: Entry): boolean =>
  open !== undefined &&
  open.from === entry.from &&
  open.to === entry.to &&
  open.sample === entry.sample &&
  stable(open.row) === stable(entry.values);
/** One text for equal rows: jsonb does not keep the order of keys. */
const stable = (values: ListValues): string =>
  JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));

const fileFault = (code: string, zh: string, en: string): ImportFault => ({
  line: null,
  column: null,
  heading: null,
  code,
  message: { zh, en },
});
