import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkEditions } from '#domain/plan/check.ts';
import { type Fault, type ReadPlan, readPlan } from '#domain/plan/read.ts';
import type { Plan } from '#domain/plan/schema.ts';

/** Every plan of the project and of `extraFiles`; `plans` holds those without a fault of their own. */
export type LoadedPlans = { plans: Plan[]; faults: Fault[] };

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Reads `plans/<plan>/<edition>.yaml` and the extra files (paths from the working directory), checking them together. */
export function loadPlans(extraFiles: readonly string[] = []): LoadedPlans {
  const reads = [...listPlanFiles(), ...extraFiles].map(readPlanFile);
  return {
    plans: reads.flatMap((read) => (read.plan === null ? [] : [read.plan])),
    faults: [...reads.flatMap((read) => read.faults), ...checkEditions(reads)],
  };
}

/** Reads one plan file; a file that cannot be opened is a fault like any other. */
export function readPlanFile(file: string): ReadPlan {
  try {
    return readPlan(readFileSync(file, 'utf8'), file);
  } catch (error) {
    const start = { line: 1, column: 1 };
    const cause = error instanceof Error ? error.message : String(error);
    const message = { zh: `文件读不了：${cause}`, en: `The file cannot be read: ${cause}` };
    return { file, plan: null, faults: [{ file, ...start, path: '', message }], locate: () => start };
  }
}

/** The plan files of the project, in order of plan and edition. */
export function listPlanFiles(): string[] {
  return readdirSync(HERE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${HERE}${name}`);
}
