/**
 * Direct settlement through HTTP: the figures a member reads, and a provider's statement from invoice to approval.
 * Over 300 lines: the life of one statement, each step on what the one before left.
 */
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import type { StatementView } from '#contract/settlement.ts';
import { inTransaction } from '#server/platform/db.ts';
import type { Player } from '#server/sandbox/player.ts';
import { recordPaid, recordSigned, returnBoxes } from '#server/settlement/api.ts';
import { approveStatement } from '#server/settlement/statement-approval.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { actorOf, count, members } from './interleave.ts';
import type { Ids } from './outpatient.ts';
import { approvalOf, approved, dispense, groundOf, pack } from './settlement.ts';

const KEYS = ['lin', 'wu'] as const;
const HEAD = '发票号码,审批号,追溯码,盒数,单价（元）,开票金额（元）';
const ON = '2026-10-13';
let on: TestApp;
let clerk: Player;
let approver: Player;
let provider: Player;
/** A pack by what the story makes of it: its code, and the number of its approval. */
const packs = new Map<string, { code: string; approval: string; dispensingId: string }>();
let caseId: string;
let statement: StatementView;
const people = new Map<string, Ids>();

/** One approval of one pack, dispensed; signed for unless the story says otherwise. */
async function dispensed(name: string, round: number, { price = 1_280_000, signed = true } = {}): Promise<void> {
  const ids = people.get('lin')!;
  const { rows } = await on.database.owner.query<{ id: string; number: string; drug: string }>(
    `select c.id, c.number, (select id from yilu.list_rows where list = 'drugs' and insurer = c.insurer limit 1) as drug from yilu.cases c where id = $1`,
    [caseId],
  );
  const { drug, number } = rows[0]!;
  const input = approvalOf(ids, { caseId, drug }, { round, quantity: 1, validUntil: '2026-10-31' });
  const approvalId = await approved(on, input);
  const box = pack(price);
  const done = await dispense(on, approvalId, { on: ON, boxes: [box], coldChainFee: 5000 });
  if ('refused' in done) throw new Error(JSON.stringify(done.refused));
  packs.set(name, { code: box.traceCode, approval: `${number}-${round}`, dispensingId: done.dispensingId });
  const actor = await actorOf(on, 'pharmacist');
  if (signed)
    await inTransaction(on.ctx.pool, async (db) =>
      recordSigned(db, on.ctx, actor, { dispensingId: done.dispensingId, on: ON }, await on.ctx.clock.now(db)),
    );
}

const lineOf = (name: string) => statement.items.find(({ traceCode }) => traceCode === packs.get(name)?.code)!;
const at = (path = '') => `/settlement/statements/${statement.id}${path}`;
const actOn = async (player: Player, key: string, body: object) => {
  statement = await player.must<StatementView>('POST', at(`/lines/${key}`), body);
};
const row = (name: string, invoice: string, quantity = 1, price = '12800', amount = '12800') => {
  const { approval, code } = packs.get(name)!;
  return [invoice, approval, code, quantity, price, amount].join(',');
};
const csv = (...rows: string[]) => Buffer.from(`\ufeff${[HEAD, ...rows].join('\r\n')}\r\n`);

beforeAll(async () => {
  on = await openApp({ at: '2026-10-13T10:00:00+08:00' });
  for (const [key, ids] of await on.people(members(KEYS))) people.set(key, ids);
  await on.database.owner.query(`update yilu.policies set parameters = '{"settlement":{"deductible":0}}'`);
  ({ caseId } = await groundOf(on, 'lin', people.get('lin')!));
  for (const [i, name] of ['good', 'above', 'many', 'twice', 'returned', 'forgotten'].entries())
    await dispensed(name, i + 1);
  await dispensed('unsigned', 7, { signed: false });
  const actor = await actorOf(on, 'pharmacist');
  await inTransaction(on.ctx.pool, async (db) => {
    const { dispensingId, code } = packs.get('returned')!;
    const given = { dispensingId, boxes: [code], on: ON, cause: 'damaged' as const, again: false };
    await returnBoxes(db, on.ctx, actor, given, await on.ctx.clock.now(db));
  });
  // Approved, but never dispensed: it ends on the last of October.
  const drug = await on.database.owner.query<{ id: string }>(
    `select id from yilu.list_rows where list = 'drugs' limit 1`,
  );
  const input = approvalOf(
    people.get('lin')!,
    { caseId, drug: drug.rows[0]!.id },
    { round: 8, quantity: 1, validUntil: '2026-10-31' },
  );
  await approved(on, input);
  packs.set('ended', {
    code: '81000009999999999999',
    approval: packs.get('good')!.approval.replace(/-1$/, '-8'),
    dispensingId: '',
  });
  [clerk, approver, provider] = [
    await on.as('settlement-clerk'),
    await on.as('settlement-approver'),
    await on.as('provider2'),
  ];
});
afterAll(() => on.close());

describe('a provider’s statement of a month [2.6.2.6]', () => {
  test('is opened by the clerk once the month is over, one at a time', async () => {
    const open = (body: object, player = clerk) => player.send('POST', '/settlement/statements', body);
    expect((await open({ provider: 'huiyi', month: '2026-10' })).body).toMatchObject({
      code: 'not-acceptable',
      pointer: '/month',
    });
    await on.advanceTo('2026-11-03T09:00:00+08:00');
    expect((await open({ provider: 'nobody', month: '2026-10' })).body).toMatchObject({
      code: 'not-acceptable',
      pointer: '/provider',
    });
    expect((await open({ provider: 'huiyi', month: '2026-13' })).status).toBe(400);
    expect((await open({ provider: 'huiyi', month: '2026-10' }, approver)).status).toBe(403);
    statement = await clerk.must<StatementView>('POST', '/settlement/statements', {
      provider: 'huiyi',
      month: '2026-10',
    });
    expect((await open({ provider: 'huiyi', month: '2026-10' })).status).toBe(409);
    expect((await open({ provider: 'huiyi', month: '2026-09' })).status).toBe(409);
    expect(statement.items.map(({ differences }) => differences[0]?.code)).toEqual(Array(6).fill('not-invoiced'));
  });

  test('takes invoices as csv or xlsx, whole or not at all, and the same file twice changes nothing', async () => {
    const bad = await provider.sendFile(
      at('/invoices'),
      csv(row('good', 'FP 1'), row('above', 'FP-1', 1, '1.234'), `FP-1,${packs.get('many')!.approval},x,0,1,1`),
      'bad.csv',
    );
    expect(bad.body).toMatchObject({ applied: false, rows: 3 });
    expect(
      (bad.body as { faults: { line: number; column: string }[] }).faults.map(
        ({ line, column }) => `${line} ${column}`,
      ),
    ).toEqual(['2 发票号码', '3 单价（元）', '4 盒数', '4 追溯码']);
    expect((await provider.sendFile(at('/invoices'), Buffer.from('PK'), 'a.xlsx')).body).toMatchObject({
      applied: false,
    });
    expect((await provider.send('POST', at('/invoices'), {})).body).toMatchObject({ code: 'invalid-request' });
    expect((await (await on.as('provider')).sendFile(at('/invoices'), csv(row('good', 'FP-1')), 'a.csv')).status).toBe(
      404,
    );
    expect(await count(on, 'settlement_invoice_lines')).toBe(0);

    const good = csv(
      row('good', 'FP-1'),
      row('above', 'FP-1', 1, '13000', '13000'),
      row('many', 'FP-1', 2, '12800', '25600'),
      row('twice', 'FP-1'),
      row('twice', 'FP-1'),
    );
    expect((await provider.sendFile(at('/invoices'), good, 'fp1.csv')).body).toEqual({
      applied: true,
      rows: 5,
      faults: [],
    });
    expect((await provider.sendFile(at('/invoices'), good, 'fp1.csv')).body).toMatchObject({ applied: true });
    const table = [HEAD, row('returned', 'FP-2'), row('unsigned', 'FP-2'), row('ended', 'FP-2')].map((line) =>
      line.split(',').map((value) => ({ value, type: String })),
    );
    const xlsx = await writeXlsxFile(table, {}).toBuffer();
    expect((await clerk.sendFile(at('/invoices'), xlsx, 'fp2.xlsx')).body).toEqual({
      applied: true,
      rows: 3,
      faults: [],
    });
    const again = await provider.sendFile(at('/invoices'), csv(row('good', 'FP-1')), 'fp3.csv');
    expect(again.body).toMatchObject({ applied: false, faults: [{ line: 2, column: '发票号码' }] });
  });

  test('names every difference between approval, dispensing and invoice', async () => {
    statement = await clerk.must<StatementView>('GET', at());
    expect(
      statement.items.map(({ differences, payable }) => `${differences.map(({ code }) => code).join('+')} ${payable}`),
    ).toEqual([
      ' 1280000',
      'price-above-agreed+amount 1280000',
      'quantity+amount 1280000',
      ' 1280000',
      'duplicate-code 0',
      'returned 0',
      'unsigned 0',
      'expired-approval 0',
      'not-invoiced 0',
    ]);
    expect(statement).toMatchObject({ differences: 7, payable: 5_120_000, allowed: ['add-invoice'], state: 'open' });
    expect(lineOf('above').differences[0]!.text).toContain('¥13,000.00');
    const english = await clerk.must<StatementView>('GET', at(), undefined, { 'accept-language': 'en' });
    expect(english.items[1]!.differences[0]!.text).toBe('A pack at ¥13,000.00, above the agreed ¥12,800.00');
  });

  test('a difference is disputed, corrected or withdrawn by the provider, or settled by our figures', async () => {
    expect((await provider.send('POST', at(`/lines/${lineOf('above').key}`), { act: 'dispute' })).status).toBe(409);
    for (const name of ['above', 'many']) await actOn(clerk, lineOf(name).key, { act: 'dispute' });
    const second = statement.items.filter(({ traceCode }) => traceCode === packs.get('twice')!.code)[1]!;
    await actOn(clerk, second.key, { act: 'dispute' });
    statement = await provider.must<StatementView>('GET', at());
    expect(lineOf('above')).toMatchObject({ state: 'disputed', allowed: ['correct', 'withdraw'] });
    const wrong = await provider.send('POST', at(`/lines/${lineOf('above').key}`), {
      act: 'correct',
      quantity: 1,
      price: 1.5,
      amount: 1,
    });
    expect(wrong.body).toMatchObject({ code: 'invalid-request', problems: [{ pointer: '/price' }] });
    await actOn(provider, lineOf('above').key, { act: 'correct', quantity: 1, price: 1_280_000, amount: 1_280_000 });
    expect(lineOf('above')).toMatchObject({ state: 'matched', invoiced: { corrected: true } });
    await actOn(provider, second.key, { act: 'withdraw' });
    expect((await clerk.send('POST', at('/prepare'))).body).toMatchObject({ code: 'not-possible-now' });
    for (const { key, state } of (await clerk.must<StatementView>('GET', at())).items)
      if (state === 'open' || state === 'disputed') await actOn(clerk, key, { act: 'settle' });
    expect(statement).toMatchObject({ differences: 0, payable: 5_120_000, allowed: ['add-invoice', 'prepare'] });
  });

  test('two people approve it: who prepared it may not, and what comes back can be mended', async () => {
    statement = await clerk.must<StatementView>('POST', at('/prepare'));
    expect(statement).toMatchObject({ state: 'prepared', allowed: [], preparedBy: expect.stringContaining('结算') });
    expect((await clerk.sendFile(at('/invoices'), csv(row('forgotten', 'FP-9')), 'x.csv')).status).toBe(409);
    const same = { ...(await actorOf(on, 'settlement-clerk')), role: 'settlement-approver' as const };
    await expect(
      inTransaction(on.ctx.pool, (db) => approveStatement(db, on.ctx, same, statement.id, new Date())),
    ).rejects.toMatchObject({ code: 'same-person' });
    statement = await approver.must<StatementView>('POST', at('/send-back'), { reason: 'papers' });
    expect(statement.state).toBe('open');
    statement = await clerk.must<StatementView>('GET', at());
    expect(statement.sentBack).toBe('发票不齐');
    await clerk.sendFile(at('/invoices'), csv(row('forgotten', 'FP-9')), 'x.csv');
    statement = await clerk.must<StatementView>('POST', at('/prepare'));
    expect(statement.payable).toBe(6_400_000);
    statement = await approver.must<StatementView>('POST', at('/approve'));
    expect(statement).toMatchObject({ state: 'approved', allowed: [], payable: 6_400_000, version: 2 });
    expect((await approver.send('POST', at('/approve'))).status).toBe(409);
  });

  test('is exported as csv and xlsx with the same figures, and names no member and no drug', async () => {
    const text = (await clerk.file(at('/export?format=csv'))).toString();
    expect(text.startsWith('\ufeff审批号,追溯码')).toBe(true);
    expect(text.trimEnd().split('\r\n')).toHaveLength(statement.items.length + 2);
    expect(text).toContain('12800,2026-10-13');
    expect(text).not.toContain('测试');
    const rows = await readSheet(await approver.file(at('/export?format=xlsx')));
    expect(rows.at(-1)?.[14]).toBe(64_000);
    expect(await count(on, `audit where action = 'settlement.statement-exported'`)).toBe(2);
    expect((await provider.file('/settlement/invoice-template?format=csv')).toString()).toContain(HEAD);
    expect(rows[1]?.[1]).toBe(packs.get('good')!.code);
    expect((await (await on.as('provider')).send('GET', at('/export?format=csv'))).status).toBe(404);
  });

  test('what was paid is not paid again; a pack that came back later is taken back', async () => {
    const actor = await actorOf(on, 'pharmacist');
    await inTransaction(on.ctx.pool, async (db) => {
      const now = await on.ctx.clock.now(db);
      const { dispensingId, code } = packs.get('good')!;
      await returnBoxes(
        db,
        on.ctx,
        actor,
        { dispensingId, boxes: [code], on: '2026-11-03', cause: 'recalled', again: false },
        now,
      );
      await recordSigned(
        db,
        on.ctx,
        actor,
        { dispensingId: packs.get('unsigned')!.dispensingId, on: '2026-11-03' },
        now,
      );
    });
    await on.advanceTo('2026-12-01T09:00:00+08:00');
    statement = await clerk.must<StatementView>('POST', '/settlement/statements', {
      provider: 'huiyi',
      month: '2026-11',
    });
    await provider.sendFile(at('/invoices'), csv(row('unsigned', 'FP-11'), row('above', 'FP-11')), 'fp11.csv');
    statement = await clerk.must<StatementView>('GET', at());
    expect(
      statement.items.map(({ differences, payable }) => `${differences.map(({ code }) => code).join('+')} ${payable}`),
    ).toEqual([' 1280000', 'duplicate-code 0', 'returned -1280000']);
    expect(
      (await clerk.must<{ items: { month: string }[] }>('GET', '/settlement/statements')).items.map(
        ({ month }) => month,
      ),
    ).toEqual(['2026-11', '2026-10']);
    expect((await (await on.as('provider')).must<{ items: [] }>('GET', '/settlement/statements')).items).toEqual([]);
  });
});

test('[2.6.2.9.3] what a member owes is shown line by line and by its sum, carriage apart; nothing of it is anybody else’s', async () => {
  // Until a case of special drugs is at hand, the purchases of this one are read as one of them would be.
  await on.database.owner.query(`update yilu.cases set service = 'special-drug' where id = $1`, [caseId]);
  const lin = await on.as('lin');
  const { dispensingId } = packs.get('many')!;
  await inTransaction(on.ctx.pool, async (db) =>
    recordPaid(db, on.ctx, await actorOf(on, 'pharmacist'), { dispensingId, amount: 2000 }, await on.ctx.clock.now(db)),
  );
  const seen = await lin.must<{
    budget: object;
    sampleLabel: string;
    purchases: { dispensings: object[]; state: string }[];
  }>('GET', `/settlement?caseId=${caseId}`);
  expect(seen).toMatchObject({
    sampleLabel: '示例数据，以保险条款为准',
    budget: { deductible: 0, yearFrom: '2026-01-10' },
  });
  expect(seen.purchases[2]).toMatchObject({
    state: 'dispensed',
    left: 0,
    dispensings: [{ insurer: 1_280_000, member: 0, coldChainFee: 5000, paid: 2000, memberDue: 3000, signedOn: ON }],
  });
  expect(seen.purchases[7]).toMatchObject({ state: 'expired', expected: null });
  const supervisor = await on.as('supervisor');
  expect(await supervisor.send('GET', `/settlement?caseId=${caseId}`)).toMatchObject({ status: 200 });
  expect(await count(on, `audit where action = 'settlement.read'`)).toBe(1);
  expect((await (await on.as('wu')).send('GET', `/settlement?caseId=${caseId}`)).status).toBe(404);
  expect((await clerk.send('GET', `/settlement?caseId=${caseId}`)).status).toBe(403);
});

test('a doubt about a dispensing waits for the clerk, who closes it once', async () => {
  const { code } = packs.get('many')!;
  const drug = await on.database.owner.query<{ id: string }>(
    `select id from yilu.list_rows where list = 'drugs' limit 1`,
  );
  const input = approvalOf(
    people.get('lin')!,
    { caseId, drug: drug.rows[0]!.id },
    { round: 9, quantity: 1, validUntil: '2026-12-31' },
  );
  await dispense(on, await approved(on, input), { on: '2026-12-01', boxes: [{ ...pack(), traceCode: code }] });
  const { items } = await clerk.must<{ items: { id: string; traceCode: string; text: string }[] }>(
    'GET',
    '/settlement/flags',
  );
  expect(items).toMatchObject([{ traceCode: code, text: expect.stringContaining('追溯码') }]);
  expect(await clerk.must('POST', `/settlement/flags/${items[0]!.id}`, { outcome: 'mistake' })).toMatchObject({
    items: [],
  });
  expect((await clerk.send('POST', `/settlement/flags/${items[0]!.id}`, { outcome: 'mistake' })).status).toBe(404);
});
