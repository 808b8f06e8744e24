import { slotColumns } from '#domain/lists/slot-columns.ts';
import type { ImportFault, ImportReport, Progress } from '#server/imports/report.ts';
import { readRows } from '#server/imports/rows.ts';
import { type ImportCtx, lockImports, recordRun } from '#server/imports/runs.ts';
import type { Source } from '#server/imports/source.ts';
import { inTransaction } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { faultsOfSeries, openSlots, type SlotSeries } from './open-slots.ts';

type Options = {
  readonly skipBad: boolean;
  readonly sample: boolean;
  readonly by: string | null;
  readonly onProgress: Progress;
};

/** Takes in a file of slots, a row a series; slots that the file does not name stay. All or nothing; the same file twice changes nothing. */
export function importSlots(ctx: ImportCtx, source: Source, options: Options): Promise<ImportReport> {
  const providers = new Set(ctx.plans.flatMap((plan) => plan.providers.map(({ code }) => code)));
  return inTransaction(ctx.pool, async (db) => {
    await lockImports(db, ctx, 'slots');
    const now = await ctx.clock.now(db);
    const good: SlotSeries[] = [];
    const faults: ImportFault[] = [];
    const count = { rows: 0, added: 0, changed: 0, unchanged: 0, removed: 0, skipped: 0 };
    for await (const row of readRows(source, slotColumns, (bytes) =>
      options.onProgress('check', bytes, source.bytes),
    )) {
      count.rows += 1;
      const series = row.faults.length === 0 ? seriesOf(row.values, options.sample) : undefined;
      if (series && !providers.has(series.provider))
        row.fault('provider', 'unknown-provider', '计划中没有这家医院', 'no plan has this hospital');
      else if (series)
        for (const { field, zh, en } of await faultsOfSeries(db, ctx, series)) row.fault(field, 'bad-series', zh, en);
      if (row.faults.length > 0) {
        faults.push(...row.faults);
        count.skipped += 1;
      } else good.push(series!);
    }
    if (faults.length > 0 && !options.skipBad) return { kind: 'slots', applied: false, ...count, faults };
    for (const series of good) {
      const { total, added, changed } = await openSlots(db, ctx, series, now);
      count.added += added;
      count.changed += changed;
      count.unchanged += total - added - changed;
    }
    const { unchanged: _, ...run } = count;
    if (count.added + count.changed > 0)
      await recordRun(db, ctx, { id: uuidv7(), kind: 'slots', source: source.name, now, by: options.by, ...run });
    return { kind: 'slots', applied: good.length > 0, ...count, faults };
  });
}

function seriesOf(values: Readonly<Record<string, unknown>>, sample: boolean): SlotSeries {
  const text = (name: string) => String(values[name] ?? '');
  const first = (name: string) => String((values[name] as readonly string[])[0]);
  return {
    provider: text('provider'),
    item: text('item') as SlotSeries['item'],
    department: text('department'),
    doctor: text('doctor'),
    package: text('package'),
    from: text('from'),
    to: values.to === null ? null : text('to'),
    weekdays: (values.weekdays as readonly string[]).map(Number),
    opens: first('opens'),
    closes: first('closes'),
    minutes: Number(values.minutes),
    capacity: Number(values.capacity),
    sample: sample || values.sample === true,
  };
}
