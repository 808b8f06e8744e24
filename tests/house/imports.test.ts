import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { isTestFile, listFiles, readText } from './files.ts';

/** What each folder may import besides itself. Nothing points back up this list. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  cli: ['server', 'contract', 'domain', 'plans', 'calendar', 'norms'],
  server: ['contract', 'domain', 'plans', 'calendar', 'norms'],
  web: ['contract'],
  plans: ['domain'],
  calendar: ['domain'],
  norms: ['domain'],
  contract: ['domain'],
  domain: [],
};

const SPECIFIER = /(?:\bfrom|\bimport)\s*\(?\s*['"]([#.][^'"]+)['"]/g;

/** The paths a source file imports from our own tree, from the root of the project. */
function ownImports(path: string): string[] {
  return [...readText(path).matchAll(SPECIFIER)].map(([, specifier = '']) =>
    specifier.startsWith('#') ? specifier.slice(1) : posix.join(posix.dirname(path), specifier),
  );
}

const sources = (folder: string) =>
  listFiles('.ts', '.tsx', '.mjs').filter((path) => path.startsWith(`${folder}/`) && !isTestFile(path));

for (const [folder, allowed] of Object.entries(MAY_IMPORT))
  test(`${folder}/ imports only ${allowed.join(', ') || 'itself'}`, () => {
    const wrong = sources(folder).flatMap((path) =>
      ownImports(path)
        .filter((target) => ![folder, ...allowed].includes(target.split('/')[0] ?? ''))
        .map((target) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

test('contract/ takes types from domain/ and no code but its data and schemas', () => {
  const nodeImports = sources('contract').filter((path) => /from 'node:/.test(readText(path)));
  expect(nodeImports).toEqual([]);
});

test('an import that leaves the project by a relative path is found', () => {
  const outside = listFiles('.ts', '.tsx', '.mjs').flatMap((path) =>
    ownImports(path)
      .filter((target) => target.startsWith('..'))
      .map((target) => `${path} imports ${target}`),
  );
  expect(outside).toEqual([]);
});

test('the product imports no test file', () => {
  const wrong = Object.keys(MAY_IMPORT)
    .flatMap(sources)
    .flatMap((path) =>
      ownImports(path)
        .filter(isTestFile)
        .map((target) => `${path} imports ${target}`),
    );
  expect(wrong).toEqual([]);
});
