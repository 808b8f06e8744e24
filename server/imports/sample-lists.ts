import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LIST_KINDS } from '#domain/lists/kinds.ts';
import { type ImportKind, importFile } from './import-file.ts';
import { faultLines } from './report.ts';
import type { ImportCtx } from './runs.ts';

const FOLDER = join(import.meta.dirname, '../../sample-data');

/**
 * The project's sample lists, through the same import as an insurer's own: those of `sample-data/<insurer>/` where that
 * folder is there, else the common ones. Throws with the faults when a file has any.
 */
export async function importSampleLists(ctx: ImportCtx): Promise<void> {
  const own = join(FOLDER, ctx.insurer);
  const folder = existsSync(own) ? own : FOLDER;
  for (const list of LIST_KINDS) await importSample(ctx, list, join(folder, `${list}.csv`));
}

/** The sample hospital's slots for the sandbox's weeks; an insurer whose plans do not have that hospital has none. */
export async function importSampleSlots(ctx: ImportCtx): Promise<void> {
  if (!existsSync(join(FOLDER, ctx.insurer))) await importSample(ctx, 'slots', join(FOLDER, 'slots.csv'));
}

async function importSample(ctx: ImportCtx, kind: ImportKind, file: string): Promise<void> {
  if (!existsSync(file)) return;
  const { faults } = await importFile(ctx, kind, file, { sample: true });
  if (faults.length > 0)
    throw new Error(`The sample data have faults:\n${faultLines(`${kind}.csv`, faults.slice(0, 20), 'en')}`);
}
