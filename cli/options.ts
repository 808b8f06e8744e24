/** Options and inputs that several commands share. */
import type { Command } from 'commander';
import { loadCalendar } from '#calendar/load.ts';
import type { WorkCalendar } from '#domain/calendar/work-calendar.ts';
import type { Lang } from '#domain/eligibility/words.ts';
import type { Fault } from '#domain/plan/read.ts';
import type { Plan } from '#domain/plan/schema.ts';
import { loadPlans } from '#plans/load.ts';

/** The language chosen with the global `--lang`. */
export function langOf(command: Command): Lang {
  return command.optsWithGlobals<{ lang: Lang }>().lang;
}

/** Adds the repeatable `--plan FILE`. */
export function withPlanOption(command: Command): Command {
  return command.option(
    '--plan <file>',
    'a plan file that is not part of the project (repeatable) · 项目之外的计划文件，可多次给出',
    (file: string, files: string[]) => [...files, file],
    [],
  );
}

export type Ground = { readonly plans: readonly Plan[]; readonly calendar: WorkCalendar };

/** The plans and the calendar that answer; undefined when a plan file has faults, which then stand on stderr. */
export function readGround(command: Command): Ground | undefined {
  const { plans, faults } = loadPlans(command.opts<{ plan: string[] }>().plan);
  if (faults.length > 0) {
    process.stderr.write(faultLines(faults, langOf(command)));
    return undefined;
  }
  return { plans, calendar: loadCalendar() };
}

/** `file:line:column: message`, one a line. */
export function faultLines(faults: readonly Fault[], lang: Lang): string {
  return faults.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message[lang]}\n`).join('');
}
