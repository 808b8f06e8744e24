import { expect, test } from 'vitest';
import { isTestFile, linesMatching, listFiles, readText } from './files.ts';

const PURE = ['domain/', 'contract/'];
const pureFiles = listFiles('.ts').filter(
  (path) => PURE.some((folder) => path.startsWith(folder)) && !path.endsWith('.test.ts'),
);

test('domain/ and contract/ take the time and the dice as arguments', () => {
  expect(linesMatching(pureFiles, /new Date\(\s*\)|\bDate\(\s*\)|\bDate\.now\b|\bMath\.random\b/)).toEqual([]);
});

test('domain/ and contract/ do no input or output', () => {
  expect(
    linesMatching(pureFiles, /from '(node:|pg|fastify|pino)|\bprocess\.|\bfetch\(|\bsetTimeout\(|\bconsole\./),
  ).toEqual([]);
});

// Without arguments the zone of the machine decides; a day of ours is a day in Shanghai.
test('domain/ and contract/ never ask a Date for its local parts', () => {
  expect(
    linesMatching(
      pureFiles.filter((path) => !isTestFile(path)),
      /\.get(FullYear|Month|Date|Day|Hours|Minutes)\(/,
    ),
  ).toEqual([]);
});

/**
 * Places that live in machine time on purpose (design: two times): sessions, codes, rate limits, delivery, heartbeats,
 * and the stamps of the migration log. Everything else is business time and gets it as a parameter.
 */
const MACHINE_TIME = [
  'server/accounts/',
  'server/platform/',
  'server/notifications/',
  'server/audit/',
  'server/gateways/',
];

test('SQL never asks the database for business time', () => {
  const sql = listFiles('.sql', '.ts').filter(
    (path) => (path.startsWith('server/') || path.startsWith('cli/')) && !isTestFile(path),
  );
  const asks =
    /(?<![.\w])(now\(\)|current_date\b|current_timestamp\b|clock_timestamp\(\)|localtimestamp\b|transaction_timestamp\(\))/i;
  const found = sql
    .filter((path) => !MACHINE_TIME.some((folder) => path.startsWith(folder)) || path.endsWith('.sql'))
    .flatMap((path) =>
      withoutComments(readText(path))
        .split('\n')
        .filter((line) => asks.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});

test('server code outside machine time never reads the clock itself', () => {
  const files = listFiles('.ts').filter(
    (path) =>
      path.startsWith('server/') && !isTestFile(path) && !MACHINE_TIME.some((folder) => path.startsWith(folder)),
  );
  expect(linesMatching(files, /new Date\(\s*\)|\bDate\.now\b/)).toEqual([]);
});

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(--|\/\/).*$/gm, '');
