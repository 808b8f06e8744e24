import { expect, test } from 'vitest';
import { linesMatching, listFiles, readText } from './files.ts';

const MOST_LINES = 300;
const own = listFiles('.ts', '.tsx', '.mjs', '.css', '.sql').filter(
  (path) => path !== 'tests/house/tidy.test.ts' && path !== 'server/platform/schema.sql',
);

// A migration that has run is never edited, not even for a remark.
const editable = own.filter((path) => !path.startsWith('server/platform/migrations/'));

test(`a file of more than ${MOST_LINES} lines says why ("Over 300 lines …")`, () => {
  const long = editable.filter((path) => {
    const text = readText(path);
    return text.split('\n').length - 1 > MOST_LINES && !text.includes('Over 300 lines');
  });
  expect(long).toEqual([]);
});

test('nothing is left to do, focused or skipped', () => {
  expect(
    linesMatching(
      own,
      /\bTODO\b|\bFIXME\b|\bXXX\b|\b(test|it|describe|bench)\.(only|skip|todo|fixme)\b|@ts-(ignore|nocheck)/,
    ),
  ).toEqual([]);
});

test('every migration has a number of its own and says what it is for', () => {
  const migrations = own.filter((path) => path.startsWith('server/platform/migrations/'));
  const numbers = migrations.map((path) => path.split('/').at(-1)?.slice(0, 4));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(migrations.filter((path) => !readText(path).startsWith('--'))).toEqual([]);
});
