import type { Day } from '#domain/calendar/day.ts';
import { TimeError } from '#domain/calendar/errors.ts';
import type { CalendarYear } from '#domain/calendar/schema.ts';
import { buildCalendar, missingHolidays } from '#domain/calendar/work-calendar.ts';
import type { Both } from '#domain/lists/column.ts';
import type { ImportFault, ImportReport, Progress } from '#server/imports/report.ts';
import { readRows } from '#server/imports/rows.ts';
import { type ImportCtx, lockImports, recordRun } from '#server/imports/runs.ts';
import type { Source } from '#server/imports/source.ts';
import { inTransaction, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { calendarChanged } from './calendar-changed.ts';
import { calendarColumns } from './columns.ts';
import { listYearsFor } from './load.ts';

type NoticeRow = { date: Day; kind: 'off' | 'work'; name: string; year: number };

const insertYear = sql<never>(
  'calendarImport.year',
  'insert into calendar_years (insurer, year, version, notice, partial, days, import_id) values ($1, $2, $3, $4, $5, $6, $7)',
);

export type CalendarImportOptions = {
  readonly skipBad: boolean;
  readonly by: string | null;
  readonly onProgress: Progress;
};

/**
 * Takes in whole notices: a year that the file speaks of is what the file says, as a new version when that differs, and
 * open clocks are computed anew (`calendarChanged`). Rows are counted as days. All or nothing.
 */
export async function importCalendar(
  ctx: ImportCtx,
  source: Source,
  options: CalendarImportOptions,
): Promise<ImportReport> {
  const { notices, faults, rows, skipped } = await readNotices(source, options.onProgress);
  const report = { kind: 'calendar', rows, added: 0, changed: 0, unchanged: 0, removed: 0, skipped, faults };
  if (notices.length === 0 && faults.length === 0)
    faults.push(fileFault('no-rows', '文件里没有数据行', 'the file has no rows'));
  if (notices.length === 0 || (faults.length > 0 && !options.skipBad)) return { ...report, applied: false };

  return await inTransaction(ctx.pool, async (db) => {
    await lockImports(db, ctx, 'calendar');
    const now = await ctx.clock.now(db);
    const known = await listYearsFor(db);
    const { fresh, counts } = mergeNotices(known, notices, skipped > 0);
    let notes: Both[] = [];
    try {
      const calendar = buildCalendar([
        ...new Map([...known, ...fresh.map((year) => [year.year, year] as const)]).values(),
      ]);
      notes = [...new Set(notices.map(({ year }) => year))].flatMap((year) =>
        noteOf(year, missingHolidays(calendar, year)),
      );
    } catch (error) {
      if (!(error instanceof TimeError)) throw error;
      faults.push(
        fileFault(
          'year-missing',
          '通知年份不连续，请先导入中间年份的通知',
          `the years do not follow each other (${error.message}): import the notice in between first`,
        ),
      );
      return { ...report, applied: false };
    }
    if (fresh.length > 0) {
      const run = {
        id: uuidv7(),
        kind: 'calendar',
        source: source.name,
        now,
        by: options.by,
        rows,
        skipped,
        ...counts,
      };
      await recordRun(db, ctx, run);
      for (const { year, version, notice, partial, days } of fresh)
        await query(db, insertYear, [ctx.insurer, year, version, notice, partial, JSON.stringify(days), run.id]);
      await calendarChanged(db, ctx, run.id, now);
    }
    return { ...report, ...counts, notes, applied: true };
  });
}

async function readNotices(source: Source, onProgress: Progress) {
  const notices: NoticeRow[] = [];
  const lines = new Map<Day, number>();
  const faults: ImportFault[] = [];
  let [rows, skipped] = [0, 0];
  for await (const row of readRows(source, calendarColumns, (bytes) => onProgress('check', bytes, source.bytes))) {
    rows += 1;
    const notice = row.values as unknown as NoticeRow;
    if (row.faults.length === 0) {
      const [year, month] = [Number(notice.date.slice(0, 4)), notice.date.slice(5, 7)];
      const ofNotice = year === notice.year || (year === notice.year - 1 && month === '12');
      const earlier = lines.get(notice.date);
      if (!ofNotice)
        row.fault(
          'date',
          'other-year',
          `${notice.date} 不在 ${notice.year} 年的通知范围内（当年，或上一年十二月）`,
          `${notice.date} is neither in ${notice.year} nor in the December before`,
        );
      if (earlier !== undefined)
        row.fault('date', 'duplicate', `与第 ${earlier} 行重复`, `is the same day as line ${earlier}`);
    }
    if (row.faults.length > 0) {
      faults.push(...row.faults);
      skipped += 1;
      continue;
    }
    lines.set(notice.date, row.line);
    notices.push(notice);
  }
  return { notices, faults, rows, skipped };
}

/** No holiday of its own year lies in December: a December day comes from the next year's notice. */
const noticeYearOf = (date: Day): number => Number(date.slice(0, 4)) + (date.slice(5, 7) === '12' ? 1 : 0);

/** The calendar years that become different, with the next version each, and what happened to the days. */
function mergeNotices(known: ReadonlyMap<number, CalendarYear>, notices: readonly NoticeRow[], keepAbsent: boolean) {
  const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 };
  const told = new Set(notices.map(({ year }) => year));
  const fresh: CalendarYear[] = [];
  for (const year of [...new Set([...told, ...notices.map(({ date }) => Number(date.slice(0, 4)))])].sort()) {
    const before = known.get(year);
    const given = new Map(
      notices
        .filter(({ date }) => date.startsWith(`${year}-`))
        .map(({ date, kind, name }) => [date, { date, kind, name }]),
    );
    const was = new Map(before?.days.map((day) => [day.date, day]));
    const kept = [...was.values()].filter(
      ({ date }) => !given.has(date) && (keepAbsent || !told.has(noticeYearOf(date))),
    );
    const days = [...given.values(), ...kept].sort((a, b) => (a.date < b.date ? -1 : 1));
    const removed = was.size - kept.length - [...given.keys()].filter((date) => was.has(date)).length;
    let differs = removed > 0;
    for (const day of given.values()) {
      const old = was.get(day.date);
      const what = !old ? 'added' : old.kind === day.kind && old.name === day.name ? 'unchanged' : 'changed';
      counts[what] += 1;
      differs ||= what !== 'unchanged';
    }
    counts.removed += removed;
    const partial = !told.has(year) && (before?.partial ?? true);
    if (!differs && (before?.partial ?? true) === partial) continue;
    const notice = told.has(year) || !before ? `国务院办公厅关于${year}年部分节假日安排的通知` : before.notice;
    fresh.push({ year, version: (before?.version ?? 0) + 1, notice, partial, days });
  }
  return { fresh, counts };
}

/** A notice without a holiday that every year has was taken in by halves: clocks into that year are reckoned as if it were whole. */
const noteOf = (year: number, missing: readonly Day[]): Both[] =>
  missing.length === 0
    ? []
    : [
        {
          zh: `${year} 年的通知里没有 ${missing.join('、')} 的放假，看起来不完整。它已按全年的通知生效，请对照原文补齐后再导入一次`,
          en: `The notice for ${year} names no day off on ${missing.join(', ')} and looks incomplete. It counts as the notice of the whole year: complete it from the original and import it again`,
        },
      ];

const fileFault = (code: string, zh: string, en: string): ImportFault => ({
  line: null,
  column: null,
  heading: null,
  code,
  message: { zh, en },
});
