import { resolve } from 'node:path';
import type { Command } from 'commander';
import { checkEditions } from '#domain/plan/check.ts';
import { planJsonSchema } from '#domain/plan/json-schema.ts';
import { listPlanFiles, readPlanFile } from '#plans/load.ts';
import { faultLines, langOf } from '../options.ts';

/** `yilu plan check FILE…` and `yilu plan schema` (contract 2.5). */
export function define(command: Command): void {
  command
    .command('check')
    .argument('<files...>')
    .description('name every fault of plan files with line and column · 检查计划文件，逐条指出行列')
    .action((files: string[], _: unknown, own: Command) => {
      const lang = langOf(own);
      const reads = files.map(readPlanFile);
      const given = new Set(files.map((file) => resolve(file)));
      // A new edition must not overlap those of the project either; what overlaps without it is not its fault.
      const others = listPlanFiles()
        .filter((file) => !given.has(resolve(file)))
        .map(readPlanFile);
      const known = new Set(faultLines(checkEditions(others), lang).split('\n'));
      const overlaps = checkEditions([...others, ...reads]).filter(
        (fault) => !known.has(faultLines([fault], lang).trimEnd()),
      );
      const faults = [...reads.flatMap((read) => read.faults), ...overlaps];
      if (faults.length === 0) return;
      process.stdout.write(faultLines(faults, lang));
      process.exitCode = 1;
    });
  command
    .command('schema')
    .description('print the JSON Schema of a plan · 输出计划的 JSON Schema')
    .action(() => {
      process.stdout.write(`${JSON.stringify(planJsonSchema(), null, 2)}\n`);
    });
}
