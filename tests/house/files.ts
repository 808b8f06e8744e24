/** The files of the project as the house rules see them: what we wrote, not what tools make. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MADE_BY_TOOLS = new Set([
  '.git',
  '.cache',
  '.data',
  'node_modules',
  'dist',
  'test-results',
  'playwright-report',
  'paraglide',
]);

/** Paths from the project's root, `/` between folders, in order; vitest runs with the root as working directory. */
export function listFiles(...endings: string[]): string[] {
  const found: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder || '.', { withFileTypes: true })) {
      if (MADE_BY_TOOLS.has(entry.name)) continue;
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) walk(path);
      else if (endings.length === 0 || endings.some((ending) => path.endsWith(ending))) found.push(path);
    }
  };
  walk('');
  return found.sort();
}

export const readText = (path: string): string => readFileSync(join('.', path), 'utf8');

/** Tests and what only tests use: free of the rules that keep the product's own code straight. */
export const isTestFile = (path: string): boolean =>
  /\.test\.tsx?$/.test(path) ||
  /\.test-helper\.ts$/.test(path) ||
  /(^|\/)test-[\w-]+\.ts$/.test(path) ||
  /(^|\/)testing\.ts$/.test(path) ||
  /(^|\/)\w+-double\.ts$/.test(path) ||
  path.startsWith('tests/');

/** Each line of each file that matches, as `path: line`, so that a failing test shows where to go. */
export const linesMatching = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    readText(path)
      .split('\n')
      .flatMap((line) => (pattern.test(line) ? [`${path}: ${line.trim()}`] : [])),
  );
