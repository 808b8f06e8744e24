import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { csvOf, fileOf, type Ground, openGround, residentId, selfRow } from './ground.test-helper.ts';
import { IMPORT_KINDS, importColumns, importFile } from './import-file.ts';
import { faultLines } from './report.ts';
import { templateFile } from './template.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.database.drop());

describe('the template', () => {
  test.each(IMPORT_KINDS.flatMap((kind) => (['csv', 'xlsx'] as const).map((format) => [kind, format] as const)))(
    'of %s as %s is itself a right file: one example row, the explanation passed over',
    async (kind, format) => {
      const content = await templateFile(kind, format, format === 'csv' ? 'zh' : 'en');
      const report = await importFile(ground.ctx, kind, fileOf(`t.${format}`, content));
      expect(faultLines('t', report.faults, 'en')).toBe('');
      expect(report).toMatchObject({ applied: true, rows: 1 });
      // The second format holds what the first brought.
      // A row of slots is a series: four half hours on twelve days.
      expect(report.added).toBe(format === 'csv' ? (kind === 'slots' ? 48 : 1) : 0);
    },
  );
  test('has a BOM as csv, so that spreadsheets read its Chinese', async () => {
    expect([...(await templateFile('hospitals', 'csv')).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });
});

describe('a spreadsheet', () => {
  const sheet = async (row: Record<string, string | number | Date>) => {
    const columns = importColumns('policies');
    const cells = { ...Object.fromEntries(columns.map(({ name, example }) => [name, example])), ...selfRow(1), ...row };
    const data = [
      columns.map(({ heading }) => ({ value: heading.zh })),
      columns.map(({ name }) => cellOf(cells[name]!)),
    ];
    return importFile(ground.ctx, 'policies', fileOf('p.xlsx', await writeXlsxFile(data).toBuffer()));
  };
  const cellOf = (value: string | number | Date) =>
    value instanceof Date ? { value, type: Date, format: 'yyyy-mm-dd' } : { value };

  test('may hold days as dates and numbers as numbers', async () => {
    const report = await sheet({
      policyNo: 2026000042,
      effectiveFrom: new Date(Date.UTC(2026, 5, 1)),
      phone: 19900000001,
    });
    expect(report).toMatchObject({ applied: true, added: 1, faults: [] });
    const { rows } = await ground.database.owner.query(
      `select effective_from::text as day from policies where policy_no = '2026000042'`,
    );
    expect(rows).toEqual([{ day: '2026-06-01' }]);
  });
  test('whose ID number lost its last digits as a number is told so', async () => {
    const { faults } = await sheet({ idNumber: Number(residentId(1).replace('X', '0')) });
    expect(faults.map(({ line, column, code }) => `${line} ${column} ${code}`)).toEqual(['2 idNumber digits-lost']);
  });
  test('that is no spreadsheet is refused', async () => {
    const report = await importFile(ground.ctx, 'policies', fileOf('p.xlsx', csvOf('policies', [selfRow(1)])));
    expect(report).toMatchObject({ applied: false, faults: [{ code: 'not-xlsx' }] });
    const broken = await importFile(ground.ctx, 'policies', fileOf('p.xlsx', 'PK\u0003\u0004 no more'));
    expect(broken).toMatchObject({ applied: false, faults: [{ code: 'not-xlsx' }] });
  });
});

test('faults are told a line each, in order, with the heading of the file and the column’s name', async () => {
  const content = csvOf('policies', [
    selfRow(3, { expiresOn: '2026-02-30' }),
    selfRow(4, { idNumber: '110101199003070021' }),
  ]);
  const { faults } = await importFile(ground.ctx, 'policies', fileOf('p.csv', content));
  expect(faultLines('p.csv', faults, 'zh')).toBe(
    'p.csv:2: 满期日（expiresOn）: 这一天不存在\np.csv:3: 被保险人证件号码（idNumber）: 身份证号码校验位不对，请核对\n',
  );
  expect(faultLines('p.csv', faults, 'en')).toContain('p.csv:2: 满期日 (expiresOn): is a day that does not exist');
});
