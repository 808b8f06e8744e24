import type { Day } from '#domain/calendar/day.ts';
import type { Column } from '#domain/lists/column.ts';
import { LIST_KINDS, LIST_SHAPES, type ListKind } from '#domain/lists/kinds.ts';
import { slotColumns } from '#domain/lists/slot-columns.ts';
import { calendarColumns } from '#server/calendars/columns.ts';
import { importCalendar } from '#server/calendars/import-calendar.ts';
import { importSlots } from '#server/hospital/import-slots.ts';
import { importList } from '#server/lists/import-list.ts';
import { policyColumns } from '#server/policies/columns.ts';
import { importPolicies } from '#server/policies/import-policies.ts';
import { FileFault, type ImportReport, type Progress } from './report.ts';
import { HeaderFaults } from './rows.ts';
import type { ImportCtx } from './runs.ts';
import { openSource } from './source.ts';

/** The kinds of files (contract 2.5): the lists, policies, notices of the calendar, and a hospital's slots. */
export const IMPORT_KINDS = ['policies', 'calendar', ...LIST_KINDS, 'slots'] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

export type ImportOptions = {
  /** Take in the good rows of a file with bad ones. Default: nothing of such a file. */
  readonly skipBad?: boolean;
  /** Lists: mark every row as sample data. */
  readonly sample?: boolean;
  /** Lists: first day on which this is the list; default: today in business time. */
  readonly effectiveFrom?: Day | undefined;
  /** The account that does it; default: the operator's command line. */
  readonly by?: string;
  readonly onProgress?: Progress;
};

/** The columns of a kind of file, in the order of its template. */
export function importColumns(kind: ImportKind): readonly Column[] {
  if (kind === 'policies') return policyColumns;
  if (kind === 'slots') return slotColumns;
  return kind === 'calendar' ? calendarColumns : LIST_SHAPES[kind as ListKind].columns;
}

/**
 * Imports a csv or xlsx, by path or as bytes with the name they came under. Bad files and rows come back as faults of
 * the report, each with line, column and what to do; only what is no fault of the file is thrown. A second run with the
 * same file changes nothing.
 */
export async function importFile(
  ctx: ImportCtx,
  kind: ImportKind,
  file: string | { readonly name: string; readonly content: Uint8Array },
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { skipBad = false, sample = false, effectiveFrom, by = null, onProgress = () => {} } = options;
  try {
    const source = await openSource(file);
    if (kind === 'policies') return await importPolicies(ctx, source, { skipBad, by, onProgress });
    if (kind === 'calendar') return await importCalendar(ctx, source, { skipBad, by, onProgress });
    if (kind === 'slots') return await importSlots(ctx, source, { skipBad, sample, by, onProgress });
    return await importList(ctx, kind, source, { skipBad, sample, effectiveFrom, by, onProgress });
  } catch (error) {
    const faults =
      error instanceof FileFault ? [error.fault] : error instanceof HeaderFaults ? error.faults : undefined;
    if (!faults) throw error;
    return { kind, applied: false, rows: 0, added: 0, changed: 0, unchanged: 0, removed: 0, skipped: 0, faults };
  }
}
