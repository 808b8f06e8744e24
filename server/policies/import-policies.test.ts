import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { csvOf, fileOf, type Ground, openGround, residentId, selfRow } from '#server/imports/ground.test-helper.ts';
import { type ImportOptions, importFile } from '#server/imports/import-file.ts';
import type { ImportReport } from '#server/imports/report.ts';
import { findPersonsByHash, getPerson } from '#server/persons/queries.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground.database.drop());
beforeEach(async () => {
  await ground.database.owner.query('truncate policies, persons, imports, timers cascade');
});

const take = (content: string | Uint8Array, options: ImportOptions = {}) =>
  importFile(ground.ctx, 'policies', fileOf('policies.csv', content), options);
const rows = (...given: Record<string, string>[]) => csvOf('policies', given);
const countOf = async (table: string) =>
  (await ground.database.owner.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!.n;
const faultsOf = ({ faults }: ImportReport) => faults.map(({ line, column, code }) => `${line} ${column} ${code}`);
const changes = async () =>
  (
    await ground.database.owner.query<{ kind: string; due_at: Date }>(
      `select data->>'kind' as kind, due_at from timers where kind = 'policy-change' order by id`,
    )
  ).rows;

describe('a file of policies', () => {
  test('[2.5] brings policies, states and persons, found again by the hash of the ID number', async () => {
    const report = await take(rows(selfRow(1)));
    expect(report).toMatchObject({ applied: true, rows: 1, added: 1, changed: 0, skipped: 0, faults: [] });
    const [id] = await findPersonsByHash(ground.ctx.pool, ground.ctx, 'id', residentId(1).toLowerCase());
    expect(await getPerson(ground.ctx.pool, ground.ctx, id!)).toMatchObject({
      name: '示例人1',
      idType: 'resident-id',
      bornOn: '1990-03-07',
      phone: '19900000001',
      mainlandCitizen: true,
    });
    const { rows: states } = await ground.database.owner.query('select state, effective_from from policy_states');
    expect(states).toEqual([{ state: 'in-force', effective_from: new Date('2026-06-01T00:00:00+08:00') }]);
    expect(await countOf(`policy_persons`)).toBe(2);
    expect(await changes()).toEqual([]);
  });

  test('stores no name, ID number or telephone in clear', async () => {
    await take(rows(selfRow(1)));
    const { rows: found } = await ground.database.owner.query<{ text: string }>(
      'select p::text as text from persons p',
    );
    for (const secret of ['示例人1', residentId(1), '19900000001'])
      expect(found[0]!.text.includes(Buffer.from(secret).toString('hex'))).toBe(false);
  });

  test('taken twice changes nothing', async () => {
    const content = rows(
      selfRow(1),
      selfRow(2),
      selfRow(3, { policyNo: 'P2', policyholderName: '示例人2', policyholderIdNumber: residentId(2) }),
    );
    await take(content);
    const before = [
      await countOf('policies'),
      await countOf('policy_states'),
      await countOf('persons'),
      await countOf('imports'),
    ];
    expect(await take(content)).toMatchObject({ applied: true, added: 0, changed: 0, unchanged: 3, faults: [] });
    expect([
      await countOf('policies'),
      await countOf('policy_states'),
      await countOf('persons'),
      await countOf('imports'),
    ]).toEqual(before);
    expect(await changes()).toEqual([]);
  });

  test('may have Chinese or English headings, a BOM or none, CRLF, and come in GBK', async () => {
    const english = csvOf('policies', [selfRow(2)], { headings: 'name' });
    expect(await take(`\ufeff${rows(selfRow(1)).replaceAll('\n', '\r\n')}`)).toMatchObject({ applied: true, added: 1 });
    expect(await take(english)).toMatchObject({ applied: true, added: 1 });
    // "保单号,…" in GBK, made here byte by byte because Node only reads it.
    expect(await take(inGbk(rows(selfRow(3))))).toMatchObject({ applied: true, added: 1, faults: [] });
    const [id] = await findPersonsByHash(ground.ctx.pool, ground.ctx, 'name', '示例人3');
    expect(id).toBeDefined();
  });

  test('of 2,000 rows is taken in, over several batches, and once more without a change', async () => {
    const content = rows(...Array.from({ length: 2000 }, (_, i) => selfRow(i + 1)));
    expect(await take(content)).toMatchObject({ applied: true, rows: 2000, added: 2000, faults: [] });
    expect([await countOf('policies'), await countOf('persons'), await countOf('person_keys')]).toEqual([
      2000, 2000, 2000,
    ]);
    expect(await take(content)).toMatchObject({ applied: true, unchanged: 2000 });
  });
});

describe('a bad row', () => {
  test.each([
    ['a wrong check digit', { idNumber: '110101199003070021' }, '2 idNumber id-check-digit'],
    ['a day in the ID number that does not exist', { idNumber: '110101199002300028' }, '2 idNumber id-birth-day'],
    ['a day that does not exist', { effectiveFrom: '2026-02-30' }, '2 effectiveFrom no-such-day'],
    ['a day written as none', { expiresOn: '明年' }, '2 expiresOn bad-day'],
    ['an early end', { expiresOn: '2026-05-31', coolingOffEndsOn: '', waitingEndsOn: '' }, '2 expiresOn before-start'],
    ['a waiting period that ends before it begins', { waitingEndsOn: '2026-05-01' }, '2 waitingEndsOn before-start'],
    ['an unknown product', { product: 'nothing' }, '2 product unknown-product'],
    ['an unknown state', { state: '很好' }, '2 state not-a-choice'],
    ['a moment without zone', { stateFrom: '2026-06-01T00:00:00' }, '2 stateFrom bad-moment'],
    ['no policy number', { policyNo: '' }, '2 policyNo missing'],
    ['a birth date that is not the ID’s', { bornOn: '1991-01-01' }, '2 bornOn other-than-id'],
    ['a passport without birth date', { idType: '护照', idNumber: 'E1234567', bornOn: '' }, '2 bornOn missing'],
    ['parameters that are no object', { parameters: '[1]' }, '2 parameters not-an-object'],
    ['a settlement in 元', { parameters: '{"settlement":{"deductible":1.5}}' }, '2 parameters bad-settlement'],
    ['a revival whose suspension was never told', { stateFrom: '2026-09-01' }, '2 stateFrom history-missing'],
  ])('with %s is named by line and column, and nothing is applied', async (_, cells, fault) => {
    const report = await take(rows(selfRow(1, cells), selfRow(2)));
    expect(faultsOf(report)).toEqual([fault]);
    expect(report.applied).toBe(false);
    expect([await countOf('policies'), await countOf('persons')]).toEqual([0, 0]);
  });

  test('does not hold the good ones back with --skip-bad', async () => {
    const report = await take(rows(selfRow(1, { expiresOn: '2026-02-30' }), selfRow(2)), { skipBad: true });
    expect(report).toMatchObject({ applied: true, rows: 2, added: 1, skipped: 1 });
    expect(await countOf('policies')).toBe(1);
  });

  test('is every one named, not only the first, with what only the database knows', async () => {
    await take(rows(selfRow(1)));
    const report = await take(
      rows(
        selfRow(2, { state: 'x' }),
        selfRow(1, { name: '别人', policyholderName: '别人' }),
        selfRow(3, { product: 'y' }),
      ),
    );
    expect(faultsOf(report).sort()).toEqual([
      '2 state not-a-choice',
      '3 name other-name',
      '3 policyholderName other-name',
      '4 product unknown-product',
    ]);
    expect(report.applied).toBe(false);
    expect(await countOf('policies')).toBe(1);
  });

  test('twice in the file, or another person under one ID number, is a fault of the later line', async () => {
    expect(faultsOf(await take(rows(selfRow(1), selfRow(1))))).toEqual(['3 null duplicate']);
    const two = await take(rows(selfRow(1), selfRow(1, { policyNo: 'P9', name: '别人', policyholderName: '别人' })));
    expect(faultsOf(two)).toEqual(['3 idNumber person-differs', '3 policyholderIdNumber person-differs']);
    expect(
      faultsOf(
        await take(
          rows(
            selfRow(1),
            selfRow(2, {
              policyNo: 'P1',
              policyholderName: '示例人1',
              policyholderIdNumber: residentId(1),
              expiresOn: '2030-01-01',
            }),
          ),
        ),
      ),
    ).toEqual(['3 policyNo policy-differs']);
  });

  test('repeats no name, ID number or telephone in its message', async () => {
    const { faults } = await take(rows(selfRow(1, { idNumber: '110101199003070021', phone: '123-x' })));
    expect(JSON.stringify(faults)).not.toMatch(/示例人1|110101199003070021|123-x/);
  });
});

describe('a bad file', () => {
  test.each([
    [
      'without a column',
      () => csvOf('policies', [selfRow(1)], { without: 'waitingEndsOn' }),
      '1 waitingEndsOn missing-column',
    ],
    [
      'with an unknown column',
      () => rows(selfRow(1)).replace('保单号', '暗号'),
      '1 null unknown-column,1 policyNo missing-column',
    ],
    ['that is empty', () => '', 'null null empty'],
    ['without rows', () => rows(), 'null null no-rows'],
    ['that is a spreadsheet in truth', () => 'PK\u0003\u0004', 'null null not-csv'],
    ['with an open quote', () => `${rows(selfRow(1))}"P2,`, '3 null bad-quotes'],
    ['in UTF-16', () => Buffer.from('\ufeff保单号', 'utf16le'), 'null null utf-16'],
    ['in no encoding at all', () => Buffer.from([0x61, 0xff, 0xff, 0x0a]), 'null null bad-encoding'],
  ])('%s is refused, also with --skip-bad', async (_, content, faults) => {
    const report = await take(content(), { skipBad: true });
    expect(faultsOf(report).join()).toBe(faults);
    expect(report.applied).toBe(false);
    expect(await countOf('policies')).toBe(0);
  });
});

describe('a change of a policy', () => {
  const later = (cells: Record<string, string>) => take(rows(selfRow(1, cells)));
  beforeEach(async () => {
    await take(rows(selfRow(1)));
  });

  test('[N.7] suspended, revived and ended are facts with their moment, each carried on once', async () => {
    const cells = { state: '中止', stateFrom: '2026-10-01' };
    expect(await later(cells)).toMatchObject({ changed: 1 });
    expect(await later(cells)).toMatchObject({ changed: 0, unchanged: 1 });
    expect(await later({ state: '有效', stateFrom: '2026-11-01' })).toMatchObject({ changed: 1 });
    expect(await later({ state: '终止', stateFrom: '2026-12-31' })).toMatchObject({ changed: 1 });
    expect(await changes()).toEqual([
      { kind: 'suspended', due_at: new Date('2026-11-18T10:00:00+08:00') },
      { kind: 'revived', due_at: new Date('2026-11-18T10:00:00+08:00') },
      { kind: 'ended', due_at: new Date('2026-12-31T00:00:00+08:00') },
    ]);
    expect(await countOf('policy_states')).toBe(4);
  });

  test('an older file taken again takes nothing back', async () => {
    await later({ state: '中止', stateFrom: '2026-10-01' });
    expect(await later({})).toMatchObject({ changed: 0, unchanged: 1 });
    expect(await countOf('policy_states')).toBe(2);
  });

  test('a policy first heard of as suspended was in force before', async () => {
    await take(rows(selfRow(2, { state: '中止', stateFrom: '2026-10-01' })));
    const { rows: states } = await ground.database.owner.query(
      `select s.state from policy_states s join policies p on p.id = s.policy_id where p.policy_no = 'P2' order by s.effective_from`,
    );
    expect(states.map(({ state }) => state)).toEqual(['in-force', 'suspended']);
  });

  test('prolonged, renewed by another policy, an insured added, another policyholder', async () => {
    await later({ expiresOn: '2028-05-31' });
    await take(
      rows(
        selfRow(1, {
          policyNo: 'P7',
          renewedFrom: 'P1',
          effectiveFrom: '2028-06-01',
          stateFrom: '2028-06-01',
          expiresOn: '2029-05-31',
          coolingOffEndsOn: '',
          waitingEndsOn: '',
        }),
      ),
    );
    await later({
      ...selfRow(2),
      policyNo: 'P1',
      expiresOn: '2028-05-31',
      policyholderName: '示例人1',
      policyholderIdNumber: residentId(1),
    });
    await take(
      rows({
        ...selfRow(1),
        expiresOn: '2028-05-31',
        policyholderName: '示例人3',
        policyholderIdNumber: residentId(3),
      }),
    );
    expect((await changes()).map(({ kind }) => kind)).toEqual([
      'renewed',
      'renewed',
      'insured-added',
      'holder-changed',
    ]);
    const { rows: roles } = await ground.database.owner.query(
      `select role, count(*)::int as n from policy_persons pp join policies p on p.id = pp.policy_id where policy_no = 'P1' group by role order by role`,
    );
    expect(roles).toEqual([
      { role: 'insured', n: 2 },
      { role: 'policyholder', n: 1 },
    ]);
  });

  test('a new telephone of a person on file is taken over; an empty one changes nothing', async () => {
    expect(await later({ phone: '' })).toMatchObject({ unchanged: 1 });
    expect(await later({ phone: '19911112222' })).toMatchObject({ changed: 1 });
    const [id] = await findPersonsByHash(ground.ctx.pool, ground.ctx, 'phone', '19911112222');
    expect(await getPerson(ground.ctx.pool, ground.ctx, id!)).toMatchObject({ name: '示例人1', phone: '19911112222' });
  });
});

/** GBK of a text, by asking the decoder for every pair of bytes. */
function inGbk(text: string): Uint8Array {
  const decoder = new TextDecoder('gbk');
  const bytes = new Map<string, number[]>();
  for (let high = 0x81; high <= 0xfe; high++)
    for (let low = 0x40; low <= 0xfe; low++) bytes.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
  return Uint8Array.from(
    [...text].flatMap((char) => (char.charCodeAt(0) < 128 ? [char.charCodeAt(0)] : bytes.get(char)!)),
  );
}
