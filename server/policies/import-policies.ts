import { dayOf } from '#domain/calendar/day.ts';
import type { ImportFault, ImportReport, Progress } from '#server/imports/report.ts';
import { readRows } from '#server/imports/rows.ts';
import { type ImportCtx, lockImports, recordRun } from '#server/imports/runs.ts';
import type { Source } from '#server/imports/source.ts';
import { inTransaction } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { policyColumns } from './columns.ts';
import { fileChecks } from './file-checks.ts';
import { applyBatch } from './policy-batch.ts';
import { type PolicyRow, readPolicyRow } from './policy-row.ts';

export type PolicyImportOptions = {
  readonly skipBad: boolean;
  readonly by: string | null;
  readonly onProgress: Progress;
};

/** Rows that go to the database together: larger gained nothing, smaller cost round trips. */
const BATCH = 1000;

type Found = { row: PolicyRow | undefined; faults: ImportFault[] };

/**
 * Takes in policies, their states and persons (contract 2.5). The file is read twice: first alone, then, in one
 * transaction, against the database, so that a row that is wrong only there keeps all of the file out, too. Memory grows
 * with a digest a policy and a person. Rows missing from the file change nothing.
 */
export async function importPolicies(
  ctx: ImportCtx,
  source: Source,
  options: PolicyImportOptions,
): Promise<ImportReport> {
  const now = await ctx.clock.now(ctx.pool);
  const faults: ImportFault[] = [];
  let [rows, skipped] = [0, 0];
  for await (const found of readPolicyRows(ctx, source, now, (bytes) =>
    options.onProgress('check', bytes, source.bytes),
  )) {
    rows += 1;
    if (found.faults.length > 0) skipped += 1;
    faults.push(...found.faults);
  }
  const report = { kind: 'policies', rows, added: 0, changed: 0, unchanged: 0, removed: 0, skipped, faults };
  if (rows === 0)
    faults.push({
      line: null,
      column: null,
      heading: null,
      code: 'no-rows',
      message: { zh: '文件里没有数据行', en: 'the file has no rows' },
    });
  // Also a file with faults is compared with the database, so that every bad row is named at once; it writes nothing.
  const dryRun = rows === 0 || (faults.length > 0 && !options.skipBad);
  try {
    return await inTransaction(ctx.pool, async (db) => {
      await lockImports(db, ctx, 'policies');
      const attempt = { added: 0, changed: 0, unchanged: 0, skipped, faults: [...faults] };
      const run = { made: new Set<string>(), now: await ctx.clock.now(db) };
      let done = 0;
      for await (const batch of batches(readPolicyRows(ctx, source, now, () => {}))) {
        const { counts, faulty } = await applyBatch(
          db,
          ctx,
          batch.good,
          run,
          dryRun || (attempt.faults.length > 0 && !options.skipBad),
        );
        for (const what of ['added', 'changed', 'unchanged'] as const) attempt[what] += counts[what];
        attempt.skipped += faulty.size;
        for (const found of batch.all) if (found.row && faulty.has(found.row)) attempt.faults.push(...found.faults);
        done += batch.all.length;
        options.onProgress('write', done, rows);
      }
      const result = { ...report, ...attempt };
      if (attempt.faults.length > 0 && !options.skipBad)
        throw new NothingApplied({ ...result, added: 0, changed: 0, unchanged: 0, applied: false });
      if (rows > 0 && attempt.added + attempt.changed > 0)
        await recordRun(db, ctx, { ...result, id: uuidv7(), source: source.name, now: run.now, by: options.by });
      return { ...result, applied: rows > 0 };
    });
  } catch (error) {
    if (error instanceof NothingApplied) return error.report;
    throw error;
  }
}

/** Rolls the transaction back and carries the report out of it. */
class NothingApplied extends Error {
  override name = 'NothingApplied';
  readonly report: ImportReport;

  constructor(report: ImportReport) {
    super('The file has faults; nothing of it was applied.');
    this.report = report;
  }
}

async function* readPolicyRows(
  ctx: ImportCtx,
  source: Source,
  now: Date,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Found> {
  const agrees = fileChecks();
  for await (const read of readRows(source, policyColumns, onBytes)) {
    const row = readPolicyRow(read, ctx.plans, dayOf(now));
    yield { row: row && agrees(row) ? row : undefined, faults: read.faults };
  }
}

async function* batches(rows: AsyncIterable<Found>): AsyncGenerator<{ all: Found[]; good: PolicyRow[] }> {
  let all: Found[] = [];
  const pack = () => ({ all, good: all.flatMap(({ row }) => row ?? []) });
  for await (const found of rows) {
    all.push(found);
    if (all.length < BATCH) continue;
    yield pack();
    all = [];
  }
  if (all.length > 0) yield pack();
}
