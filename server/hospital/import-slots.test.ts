import { afterAll, beforeAll, expect, test } from 'vitest';
import { csvOf, type Ground, openGround } from '#server/imports/ground.test-helper.ts';
import { importFile } from '#server/imports/import-file.ts';

let ground: Ground;
const take = (rows: Record<string, string>[], options: { skipBad?: boolean; without?: string } = {}) =>
  importFile(
    ground.ctx,
    'slots',
    { name: 'slots.csv', content: Buffer.from(`\ufeff${csvOf('slots', rows, options)}`) },
    { skipBad: options.skipBad ?? false },
  );
const count = async () => {
  const { rows } = await ground.database.owner.query<{ n: number }>(
    'select count(*)::int as n from yilu.hospital_slots',
  );
  return rows[0]!.n;
};

beforeAll(async () => {
  ground = await openGround();
  for (const list of ['departments', 'hospital-doctors'] as const)
    await importFile(ground.ctx, list, { name: `${list}.csv`, content: Buffer.from(csvOf(list, [{}])) });
});
afterAll(() => ground.database.drop());

test('a row is a series of slots; the same file again changes nothing, and places may grow', async () => {
  // Mondays, Wednesdays and Fridays of four weeks, four half hours each.
  expect(await take([{}])).toMatchObject({ applied: true, rows: 1, added: 48, changed: 0, unchanged: 0, faults: [] });
  expect(await take([{}])).toMatchObject({ added: 0, changed: 0, unchanged: 48 });
  expect(await take([{ capacity: '2' }])).toMatchObject({ added: 0, changed: 48 });
  expect(await count()).toBe(48);
});

test('a bad row is named with line and column, and of its file nothing is taken unless asked', async () => {
  const rows = [
    { from: '2027-01-04', to: '' },
    { doctor: '没有的医生', from: '2027-01-05' },
    { opens: '11:00', closes: '09:00' },
    { provider: 'nobody' },
    { item: '体检', department: '', doctor: '', package: '' },
    { weekdays: '8' },
  ];
  const { applied, faults } = await take(rows);
  expect(applied).toBe(false);
  expect(faults.map(({ line, column }) => [line, column])).toEqual([
    [3, 'to'],
    [3, 'doctor'],
    [4, 'closes'],
    [5, 'provider'],
    [6, 'package'],
    [7, 'weekdays'],
  ]);
  expect(await count()).toBe(48);
  expect(await take(rows, { skipBad: true })).toMatchObject({ applied: true, skipped: 5, added: 4 });
});

test('a file without a column that it needs is refused by its name', async () => {
  expect(await take([{}], { without: 'capacity' })).toMatchObject({ applied: false, faults: [{ column: 'capacity' }] });
});
