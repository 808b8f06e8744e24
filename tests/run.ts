/**
 * `npm test`: every layer in order, each with its time, then one plain line. All layers run even when one fails, so that
 * one run shows everything; the exit status is non-zero when anything did. `npm test -- pure pg` runs only those named.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

type Count = { passed: number; failed: number };
type Layer = { name: string; run: () => Promise<Count>; folder?: string };

const REPORTS = resolve('.cache/test-reports');
// Colours are for eyes: a log gets plain lines.
const plain = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: '0' };
const env = { ...process.env, ...plain, PATH: `${resolve('node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}` };

/** Runs a program with our output; no input, so that nothing waits for an answer. True when it ends well. */
function runs(command: string, args: readonly string[], extra: Record<string, string> = {}): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(command, args, { env: { ...env, ...extra }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', (error) => {
      console.error(`${command} does not start: ${error.message}`);
      done(false);
    });
    child.on('close', (code) => done(code === 0));
  });
}

/** Checks that pass or fail as a whole count one each; they run side by side. */
async function each(...checks: readonly (readonly [string, ...string[]])[]): Promise<Count> {
  const ended = await Promise.all(checks.map(([command, ...args]) => runs(command, args)));
  const passed = ended.filter(Boolean).length;
  return { passed, failed: ended.length - passed };
}

const sum = (one: Count, other: Count): Count => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
});

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

async function vitest(project: string): Promise<Count> {
  const file = freshReport(project);
  const well = await runs('vitest', [
    'run',
    '--project',
    project,
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = readReport<VitestReport>(file);
  if (!report) return { passed: 0, failed: 1 };
  // A file that cannot be loaded has no test that could fail.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failed = report.numFailedTests + broken.length;
  return { passed: report.numPassedTests, failed: failed === 0 && !well ? 1 : failed };
}

type BrowserReport = { stats: { expected: number; unexpected: number; flaky: number } };

async function browser(): Promise<Count> {
  const file = freshReport('browser');
  const well = await runs('playwright', ['test', '--reporter=line,json'], { PLAYWRIGHT_JSON_OUTPUT_FILE: file });
  const report = readReport<BrowserReport>(file);
  if (!report) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected, failed: unexpected + flaky === 0 && !well ? 1 : unexpected + flaky };
}

function freshReport(name: string): string {
  mkdirSync(REPORTS, { recursive: true });
  const file = `${REPORTS}/${name}.json`;
  rmSync(file, { force: true });
  return file;
}

const readReport = <T>(file: string): T | null =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;

const layers: readonly Layer[] = [
  {
    name: 'types',
    // The pages' words are compiled first: their functions are what the compiler checks.
    run: async () =>
      sum(
        await each(['node', 'web/shared/compile-messages.ts']),
        await each(
          ['tsc', '-p', 'tsconfig.pure.json'],
          ['tsc', '-p', 'tsconfig.server.json'],
          ['tsc', '-p', 'tsconfig.web.json'],
        ),
      ),
  },
  { name: 'lint', run: () => each(['biome', 'check', '.']) },
  { name: 'pure', run: () => vitest('pure') },
  { name: 'pg', run: () => vitest('pg') },
  { name: 'web build', run: () => each(['vite', 'build', '--logLevel', 'warn']), folder: 'web' },
  { name: 'browser', run: browser, folder: 'tests/e2e' },
];

/** Seconds that layers may take together; more is a warning, for machines differ. */
const BUDGETS: readonly { layers: readonly string[]; seconds: number }[] = [
  { layers: ['types', 'lint'], seconds: 30 },
  { layers: ['pure'], seconds: 30 },
  { layers: ['pg'], seconds: 180 },
  { layers: ['browser'], seconds: 300 },
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !layers.some((layer) => layer.name === name));
if (unknown.length > 0) {
  console.error(`There is no layer ${unknown.join(', ')}; choose from: ${layers.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const took = new Map<string, number>();
const total: Count = { passed: 0, failed: 0 };
const lines: string[] = [];
for (const { name, run, folder } of layers) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  if (folder && !existsSync(folder)) continue;
  console.log(`\n— ${name}`);
  const start = performance.now();
  const { passed, failed } = await run();
  const seconds = (performance.now() - start) / 1000;
  took.set(name, seconds);
  total.passed += passed;
  total.failed += failed;
  lines.push(`${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed`);
}

console.log(`\n${lines.join('\n')}`);
for (const budget of BUDGETS) {
  const seconds = budget.layers.reduce((sum, name) => sum + (took.get(name) ?? 0), 0);
  if (seconds > budget.seconds)
    console.log(`warning: ${budget.layers.join(' and ')} took ${seconds.toFixed(0)} s of ${budget.seconds} s`);
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
