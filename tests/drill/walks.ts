/** Drill: 500 random histories through HTTP (issue, 6), the same walk as tests/stories/walks.test.ts, only longer. One line. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const HISTORIES = Number(process.argv[2] ?? 500);
const folder = mkdtempSync(join(tmpdir(), 'yilu-drill-'));
const report = join(folder, 'walks.jsonl');
try {
  const start = performance.now();
  const ended = await new Promise<number>((done) => {
    const child = spawn(
      resolve('node_modules/.bin/vitest'),
      ['run', '--project', 'pg', 'tests/stories/walks.test.ts', '--reporter=dot'],
      {
        env: { ...process.env, YILU_WALKS: String(HISTORIES), YILU_WALKS_REPORT: report, NO_COLOR: '1' },
        // What fails tells its seed on standard error; what passes is silent.
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    child.on('error', () => done(1));
    child.on('close', (code) => done(code ?? 1));
  });
  type History = { steps: number; taken: number; refused: number; ends: string[] };
  const lines = existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n') : [];
  const histories = lines.map((line) => JSON.parse(line) as History);
  const sum = (of: (one: History) => number) => histories.reduce((total, one) => total + of(one), 0);
  const ok = ended === 0 && histories.length === HISTORIES;
  console.log(
    JSON.stringify({
      figure: 'walks',
      ok,
      histories: histories.length,
      steps: sum(({ steps }) => steps),
      taken: sum(({ taken }) => taken),
      refused: sum(({ refused }) => refused),
      ends: new Set(histories.flatMap(({ ends }) => ends)).size,
      seconds: Math.round((performance.now() - start) / 1000),
    }),
  );
  if (!ok) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
