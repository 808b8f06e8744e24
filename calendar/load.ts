import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { TimeError } from '#domain/calendar/errors.ts';
import { type CalendarYear, calendarYearSchema, describeIssues } from '#domain/calendar/schema.ts';
import { buildCalendar, type WorkCalendar } from '#domain/calendar/work-calendar.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** The calendar of the notices in this folder, wherever the process was started. @throws TimeError naming file and field */
export function loadCalendar(folder: string = HERE): WorkCalendar {
  return buildCalendar(listCalendarYears(folder));
}

/** The files of the folder, one a calendar year, checked, in order of year. @throws TimeError naming file and field */
export function listCalendarYears(folder: string = HERE): CalendarYear[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return files.sort().map((file) => {
    const read = calendarYearSchema.safeParse(parse(readFileSync(join(folder, file), 'utf8')));
    if (!read.success) throw new TimeError('bad-calendar', file, describeIssues(read.error));
    if (file !== `${read.data.year}.yaml`)
      throw new TimeError('bad-calendar', file, `year is ${read.data.year}; name the file ${read.data.year}.yaml`);
    return read.data;
  });
}
