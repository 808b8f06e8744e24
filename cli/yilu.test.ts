import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listPlanFiles } from '#plans/load.ts';
import { EXAMPLE } from './test-examples.ts';

const ROOT = new URL('..', import.meta.url).pathname;

type Ran = { out: string; err: string; status: number | null; lines: () => Record<string, unknown>[] };

/** Runs the command line as a process of its own; `input` is its standard input. */
function yilu(args: readonly string[], input: string | Uint8Array = '', script = 'cli/yilu.ts'): Promise<Ran> {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  // A command that answers nothing may end before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const lines = () =>
    out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  return new Promise((resolve) => child.on('close', (status) => resolve({ out, err, status, lines })));
}

const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const VISIT = { plan: 'zhenai21', service: 'outpatient-access', promise: 'visit', from: '2026-09-30T17:59:00+08:00' };

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yilu-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('yilu decide', () => {
  test('answers good lines around bad ones, in order, and ends with 2', async () => {
    const spent = { ...EXAMPLE, uses: [{ state: 'spent' }] };
    const input = [
      line(EXAMPLE),
      '{"plan":\n',
      '\n',
      line({ ...EXAMPLE, plan: 'nowhere' }),
      line({ ...EXAMPLE, colour: 'red' }),
      line({ ...EXAMPLE, at: '2026-03-02T10:00:00' }),
      line({ ...EXAMPLE, policy: { ...EXAMPLE.policy, 'a/b': 1 } }),
      line({ ...EXAMPLE, policy: undefined }),
      line({ ...EXAMPLE, service: 'nothing' }),
      JSON.stringify(spent),
    ].join('');
    const { lines, status, err } = await yilu(['decide'], input);
    expect(err).toBe('');
    expect(lines().map((answer) => (answer.error ? Object.values(answer.error) : answer.outcome))).toEqual([
      'granted',
      ['bad-json', '这一行不是完整的 JSON，请每行写一个 JSON 对象', ''],
      ['unknown-plan', '没有“nowhere”这个计划', '/plan'],
      ['bad-input', '没有“colour”这个字段，请去掉或改正拼写', '/colour'],
      ['bad-input', '应为带时区偏移的时刻，例如 2026-03-02T10:00:00+08:00', '/at'],
      ['bad-input', '没有“a/b”这个字段，请去掉或改正拼写', '/policy/a~1b'],
      ['bad-input', '缺少这一项', '/policy'],
      'refused',
      'refused',
    ]);
    expect(status).toBe(2);
  });

  test('speaks English when asked, and ends with 0 when every line is answered', async () => {
    const { lines, status } = await yilu(['--lang', 'en', 'decide'], line({ ...EXAMPLE, uses: [{ state: 'held' }] }));
    expect(lines()[0]?.reasons).toMatchObject([
      { rule: 'held-by-open-case', message: expect.stringMatching(/^[ -~’]+\.$/) },
    ]);
    expect(status).toBe(0);
  });

  test('answers a line before the next one comes', async () => {
    const child = spawn(process.execPath, ['cli/yilu.ts', 'decide'], { cwd: ROOT });
    child.stdin.write(line(EXAMPLE));
    const first = await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve));
    expect(JSON.parse(String(first)).outcome).toBe('granted');
    child.stdin.end();
    await new Promise((resolve) => child.on('close', resolve));
  });

  test('a line of broken bytes and an endless one are faults in their place', async () => {
    const broken = Buffer.concat([
      Buffer.from([0xff, 0xfe, 0x0a]),
      Buffer.alloc(1_100_000, 'x'),
      Buffer.from(`\n${line(EXAMPLE)}`),
    ]);
    const { lines, status } = await yilu(['decide'], broken);
    expect(lines().map(({ error, outcome }) => (error as { code: string } | undefined)?.code ?? outcome)).toEqual([
      'bad-utf8',
      'line-too-long',
      'granted',
    ]);
    expect(status).toBe(2);
  });

  test('a reader that goes away is no fault', async () => {
    const child = spawn(process.execPath, ['cli/yilu.ts', 'decide'], { cwd: ROOT });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    child.stdin.on('error', () => {});
    child.stdout.destroy();
    child.stdin.end(line(EXAMPLE).repeat(20_000));
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect([err, status]).toEqual(['', 0]);
  });
});

describe('yilu due', () => {
  test('the example of contract 2.1', async () => {
    const { out, status } = await yilu(['due'], line(VISIT));
    expect(out).toBe('{"due":"2026-10-15T18:00:00+08:00","clause":"2.2.1.3","provisional":false}\n');
    expect(status).toBe(0);
  });

  test('names what it does not know and what cannot be', async () => {
    const from = '2026-10-02T00:00:00+08:00';
    const input = [
      { ...VISIT, plan: 'nowhere' },
      { ...VISIT, service: 'nothing' },
      { ...VISIT, promise: 'nothing' },
      { ...VISIT, from: '2026-02-30T00:00:00+08:00' },
      { ...VISIT, paused: [{ from, to: '2026-10-01T00:00:00+08:00' }] },
      { ...VISIT, paused: [{ from }] },
      { ...VISIT, from: '2015-01-05T10:00:00+08:00' },
    ];
    const { lines, status } = await yilu(['--lang', 'en', 'due'], input.map(line).join(''));
    expect(lines().map(({ error, due }) => (error ? Object.values(error) : due))).toEqual([
      ['unknown-plan', 'there is no plan "nowhere"', '/plan'],
      ['unknown-service', 'there is no service "nothing"', '/service'],
      ['unknown-promise', 'there is no promise "nothing"', '/promise'],
      ['bad-input', 'must be a moment that exists, with its offset, e.g. 2026-03-02T10:00:00+08:00', '/from'],
      ['bad-input', 'a pause cannot end before it begins', '/paused/0/to'],
      ['bad-input', 'is missing', '/paused/0/to'],
      '2015-01-14T18:00:00+08:00',
    ]);
    expect(status).toBe(2);
  });

  test('--plan adds a plan file; one with faults answers nothing and names them', async () => {
    const [file = ''] = listPlanFiles().filter((name) => name.includes('zhenai21'));
    const text = readFileSync(file, 'utf8');
    const added = join(folder, 'added.yaml');
    const faulty = join(folder, 'faulty.yaml');
    writeFileSync(added, text.replace('plan: zhenai21', 'plan: added-plan'));
    writeFileSync(faulty, 'plan: added-plan\ncolour: red\n');

    const good = await yilu(['due', '--plan', added], line({ ...VISIT, plan: 'added-plan' }));
    expect(good.lines()[0]).toMatchObject({ due: '2026-10-15T18:00:00+08:00' });
    const bad = await yilu(['due', '--plan', added, '--plan', faulty], line(VISIT));
    expect(bad).toMatchObject({ out: '', status: 1 });
    expect(bad.err).toContain(`${faulty}:2:1: `);
  });
});

describe('yilu plan', () => {
  test('check says nothing of a sound plan, and names every fault of another with its place', async () => {
    expect(await yilu(['plan', 'check', ...listPlanFiles()])).toMatchObject({ out: '', status: 0 });
    const faulty = join(folder, 'check.yaml');
    writeFileSync(faulty, 'plan: added-plan\ncolour: red\n');
    const { out, status } = await yilu(['plan', 'check', faulty]);
    expect(out).toContain(`${faulty}:2:1: 计划里没有“colour”这个键`);
    const english = await yilu(['--lang', 'en', 'plan', 'check', faulty]);
    expect(english.out).toContain(`${faulty}:2:1: Unknown key "colour"`);
    expect(out.split('\n').length).toBeGreaterThan(5);
    expect(status).toBe(1);
  });

  test('check names an edition that the project already has', async () => {
    const [file = ''] = listPlanFiles();
    const again = join(folder, 'again.yaml');
    writeFileSync(again, readFileSync(file, 'utf8'));
    const { out, status } = await yilu(['plan', 'check', again]);
    expect(out).toContain(again);
    expect(status).toBe(1);
  });

  test('schema prints a JSON Schema', async () => {
    const { out } = await yilu(['plan', 'schema']);
    expect(JSON.parse(out)).toMatchObject({ $schema: expect.stringContaining('json-schema.org'), type: 'object' });
  });
});

test('the package’s bin passes arguments, input and exit status through', async () => {
  const { out, status } = await yilu(['due'], `${line(VISIT)}?\n`, 'cli/yilu.mjs');
  expect(out.split('\n')[0]).toContain('2026-10-15T18:00:00+08:00');
  expect(status).toBe(2);
});

test('without a command the list of commands is told, and that is a fault', async () => {
  const { err, status } = await yilu([]);
  expect(err).toContain('decide');
  expect(status).toBe(1);
});
