import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { listFiles, readText } from './files.ts';

const docs = listFiles('.md');
/** What looks like a path of ours: a known top folder, or a file at the root. */
const TOP = '(?:bench|calendar|cli|contract|docs|domain|norms|plans|sample-data|server|tests|web|\\.ci)';
const PATH = new RegExp(`^${TOP}/[\\w./-]*$`);
const ROOT_FILE = /^[A-Z]+\.md$|^LICENSE$|^[\w.-]+\.json$|^\w+\.config\.ts$/;
/** Made by commands of the reader, so not there in a fresh clone. */
const MADE_LATER = [/^dist\//, /^\.data\//, /^\.cache\//];

/** Every path a page names: in backticks or as the target of a link; patterns and placeholders aside. */
function pathsIn(page: string): string[] {
  const text = readText(page).replace(/```[\s\S]*?```/g, '');
  const ticked = [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside = '']) => inside);
  const linked = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => posix.join(posix.dirname(page), target));
  return [...ticked.filter((one) => PATH.test(one) || ROOT_FILE.test(one)), ...linked].filter(
    (one) => !/[*<>{}…]|NNNN/.test(one) && !MADE_LATER.some((pattern) => pattern.test(one)),
  );
}

test('every path in our Markdown exists', () => {
  const missing = docs.flatMap((page) =>
    pathsIn(page)
      .filter((path) => !existsSync(path) && !existsSync(posix.join(posix.dirname(page), path)))
      .map((path) => `${page} names ${path}`),
  );
  expect(missing).toEqual([]);
});

test('docs name files and functions, never line numbers', () => {
  const numbered = docs.filter((page) => /\.(ts|tsx|sql|yaml):\d+/.test(readText(page)));
  expect(numbered).toEqual([]);
});

test('every npm script that a page names exists', () => {
  const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
  const missing = docs.flatMap((page) =>
    [...readText(page).matchAll(/npm run (?:-s )?([\w:-]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !scripts[name])
      .map((name) => `${page} names npm run ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every page of docs/decisions is numbered, and says what would change our mind', () => {
  const pages = docs.filter((page) => page.startsWith('docs/decisions/'));
  expect(pages.filter((page) => !/^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(page))).toEqual([]);
  const numbers = pages.map((page) => page.slice('docs/decisions/'.length).slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('the README shows every picture of docs/pictures, and each is one that pictures.ts takes', () => {
  const kept = listFiles('.png')
    .filter((path) => path.startsWith('docs/pictures/'))
    .map((path) => posix.basename(path, '.png'));
  const shown = [...readText('README.md').matchAll(/\(docs\/pictures\/([\w-]+)\.png\)/g)].map(([, name]) => name);
  const taken = [...readText('tests/e2e/pictures.ts').matchAll(/file: '([\w-]+)'/g)].map(([, name]) => name);
  expect(kept).not.toEqual([]);
  expect(shown.toSorted()).toEqual(kept);
  expect(taken.toSorted()).toEqual(kept);
});
