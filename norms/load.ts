import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { TimeError } from '#domain/calendar/errors.ts';
import { describeIssues, type Norm, normsFileSchema } from '#domain/calendar/schema.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * The deadlines of law in this folder by code, wherever the process was started.
 * @throws TimeError naming file and field; a code given twice, or one that extends an unknown code
 */
export function loadNorms(folder: string = HERE): ReadonlyMap<string, Norm> {
  const norms = new Map<string, Norm>();
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith('.yaml')) continue;
    const read = normsFileSchema.safeParse(parse(readFileSync(join(folder, file), 'utf8')));
    if (!read.success) throw new TimeError('bad-norms', file, describeIssues(read.error));
    for (const norm of read.data.norms) {
      if (norms.has(norm.code)) throw new TimeError('bad-norms', file, `code ${norm.code} is given twice; keep one`);
      norms.set(norm.code, norm);
    }
  }
  for (const { code, extends: base } of norms.values())
    if (base !== undefined && !norms.has(base))
      throw new TimeError('bad-norms', `${code}.extends`, `there is no norm "${base}"`);
  return norms;
}

/** One norm. @throws TimeError naming the codes there are */
export function getNorm(norms: ReadonlyMap<string, Norm>, code: string): Norm {
  const norm = norms.get(code);
  if (norm) return norm;
  throw new TimeError('bad-norms', 'code', `there is no norm "${code}"; known: ${[...norms.keys()].join(', ')}`);
}
