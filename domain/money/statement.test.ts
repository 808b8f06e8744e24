import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BoxFact, type InvoiceFact, lineActs, lineState, type MatchedLine, matchStatement } from './statement.ts';

const box = (id: string, change: Partial<BoxFact> = {}): BoxFact => ({
  id,
  approval: 'A-1',
  traceCode: id.toUpperCase(),
  agreedPrice: 100,
  insurer: 80,
  signedOn: '2026-10-02',
  returnedOn: null,
  paidBefore: 0,
  ...change,
});
const invoice = (id: string, of: string, change: Partial<InvoiceFact> = {}): InvoiceFact => ({
  id,
  approval: 'A-1',
  traceCode: of.toUpperCase(),
  quantity: 1,
  price: 100,
  amount: 80,
  withdrawn: false,
  ...change,
});
const short = (lines: MatchedLine[]) =>
  lines.map(
    ({ key, differences, payable }) => `${key}: ${differences.map(({ code }) => code).join('+') || 'ok'} ${payable}`,
  );
const approvals = [
  { number: 'A-1', agreedPrice: 100, over: false },
  { number: 'A-2', agreedPrice: 100, over: true },
];

describe('the three-way match', () => {
  test('pays a pack that was approved, dispensed, signed for and invoiced alike', () => {
    expect(short(matchStatement([box('a')], [invoice('1', 'a')], approvals))).toEqual(['1: ok 80']);
  });

  test('names each difference, and pays by the ledger, never by the invoice', () => {
    const boxes = [
      box('a'),
      box('b'),
      box('c', { signedOn: null }),
      box('d', { returnedOn: '2026-10-20' }),
      box('e', { returnedOn: '2026-10-20', paidBefore: 80 }),
      box('f', { paidBefore: 80 }),
      box('g'),
      box('h', { returnedOn: '2026-10-20' }),
    ];
    const invoices = [
      invoice('1', 'a', { price: 110, amount: 88 }),
      invoice('2', 'b', { quantity: 2, amount: 160 }),
      invoice('3', 'b'),
      invoice('4', 'c'),
      invoice('5', 'd'),
      invoice('6', 'f'),
      invoice('7', 'z'),
      invoice('8', 'y', { approval: 'A-2' }),
      invoice('9', 'x', { withdrawn: true }),
    ];
    expect(short(matchStatement(boxes, invoices, approvals))).toEqual([
      '1: price-above-agreed+amount 80',
      '2: quantity+amount 80',
      '3: duplicate-code 0',
      '4: unsigned 0',
      '5: returned 0',
      '6: duplicate-code 0',
      '7: not-dispensed 0',
      '8: expired-approval 0',
      '9: ok 0',
      'e: returned -80',
      'g: not-invoiced 0',
    ]);
  });

  test('a pack of another approval is not this one’s', () => {
    expect(short(matchStatement([box('a')], [invoice('1', 'a', { approval: 'A-9' })], approvals))).toEqual([
      '1: not-dispensed 0',
      'a: not-invoiced 0',
    ]);
  });

  test('a difference is open until it is disputed, and over when it is settled or mended', () => {
    const [line] = matchStatement([box('a')], [invoice('1', 'a', { amount: 81 })], approvals);
    const acts = (last: Parameters<typeof lineState>[1], who: 'clerk' | 'provider') =>
      lineActs(line!, lineState(line!, last), who).join();
    expect([null, 'dispute', 'correct', 'settle'].map((last) => acts(last as never, 'clerk'))).toEqual([
      'dispute,settle',
      'correct,withdraw,settle',
      'dispute,settle',
      'dispute',
    ]);
    expect([acts(null, 'provider'), acts('dispute', 'provider'), acts('settle', 'provider')]).toEqual([
      '',
      'correct,withdraw',
      '',
    ]);
    const [none] = matchStatement([box('a')], [], approvals);
    expect(lineActs(none!, 'disputed', 'provider')).toEqual([]);
  });
});

test('over any months each pack is paid at most once, its own share, and nothing once it came back', () => {
  const month = fc.record({
    dispensed: fc.array(fc.record({ insurer: fc.nat(500), signed: fc.boolean(), bad: fc.boolean() }), { maxLength: 5 }),
    signed: fc.array(fc.nat(20), { maxLength: 3 }),
    returned: fc.array(fc.nat(20), { maxLength: 3 }),
    invoiced: fc.array(fc.record({ pack: fc.nat(20), amount: fc.nat(600), times: fc.integer({ min: 1, max: 2 }) }), {
      maxLength: 8,
    }),
  });
  fc.assert(
    fc.property(fc.array(month, { minLength: 1, maxLength: 4 }), (months) => {
      const boxes: BoxFact[] = [];
      const change = (i: number, to: Partial<BoxFact>) => {
        if (boxes.length > 0) boxes[i % boxes.length] = { ...boxes[i % boxes.length]!, ...to };
      };
      let n = 0;
      for (const { dispensed, signed, returned, invoiced } of months) {
        for (const { insurer, signed: at } of dispensed)
          boxes.push(box(`p${boxes.length}`, { insurer, signedOn: at ? '2026-10-01' : null }));
        for (const i of signed) change(i, { signedOn: '2026-10-01' });
        for (const i of returned) change(i, { returnedOn: '2026-10-02' });
        const invoices = invoiced.flatMap(({ pack, amount, times }) =>
          Array.from({ length: times }, () => {
            n += 1;
            return invoice(String(n), `p${pack}`, { amount });
          }),
        );
        const lines = matchStatement(boxes, invoices, approvals);
        expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
        for (const { box: of, payable } of lines)
          if (of)
            boxes[boxes.findIndex(({ id }) => id === of.id)] = {
              ...boxes.find(({ id }) => id === of.id)!,
              paidBefore: boxes.find(({ id }) => id === of.id)!.paidBefore + payable,
            };
        for (const one of boxes) {
          expect(one.paidBefore === 0 || one.paidBefore === one.insurer).toBe(true);
          if (one.returnedOn !== null) expect(one.paidBefore).toBe(0);
          // What is signed for and correctly invoiced is paid; nothing is forgotten: a line tells of it.
          const told = lines.some((line) => line.box?.id === one.id);
          if (one.returnedOn === null && one.paidBefore !== one.insurer) expect(told).toBe(true);
        }
      }
    }),
    { numRuns: 200 },
  );
});
