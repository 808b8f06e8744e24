import { listCalendarYears } from '#calendar/load.ts';
import { type CalendarYear, calendarYearSchema } from '#domain/calendar/schema.ts';
import { buildCalendar, type WorkCalendar } from '#domain/calendar/work-calendar.ts';
import { type Db, query, sql } from '#server/platform/db.ts';

const selectYears = sql<{ year: number; version: number; notice: string; partial: boolean; days: unknown }>(
  'calendars.newest',
  'select distinct on (year) year, version, notice, partial, days from calendar_years order by year, version desc',
);

/** The calendar in force for the insurer of this connection: the project's notices and the imported ones. */
export async function loadCalendarFor(db: Db): Promise<WorkCalendar> {
  return buildCalendar([...(await listYearsFor(db)).values()]);
}

/** Of every year the record with the highest version, the project's own included. */
export async function listYearsFor(db: Db): Promise<Map<number, CalendarYear>> {
  const years = new Map(listCalendarYears().map((year) => [year.year, year]));
  for (const row of await query(db, selectYears)) {
    const imported = calendarYearSchema.parse(row);
    if (imported.version > (years.get(imported.year)?.version ?? 0)) years.set(imported.year, imported);
  }
  return years;
}
