import { describe, expect, test } from 'vitest';
import { MoneyError, shareOf, spread, yuan } from './fen.ts';
import { type Left, type Line, linesOf, quote, shareOfPacks, sumParts } from './quote.ts';
import { type Terms, termsOf } from './terms.ts';

const terms = (change: Partial<Terms> = {}): Terms => ({
  deductible: 0,
  ratios: { used: 10_000, 'not-used': 6000, none: 8000 },
  annualLimit: null,
  lifetimeLimit: null,
  aboveAgreed: 'pharmacy',
  sample: false,
  ...change,
});
const left = (change: Partial<Left> = {}): Left => ({ deductible: 0, annual: null, lifetime: null, ...change });
const line = (change: Partial<Line> = {}): Line => ({
  quantity: 1,
  price: 1_280_000,
  agreed: 1_280_000,
  elsewhere: 0,
  ...change,
});

describe('amounts', () => {
  test('a ratio is rounded half up to 分', () => {
    expect([shareOf(1, 5000), shareOf(3, 5000), shareOf(2, 2499), shareOf(333, 3333)]).toEqual([1, 2, 0, 111]);
  });
  test('a sum is spread by largest remainder, the earlier first among equals', () => {
    expect(spread(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(spread(10, [5, 3, 2])).toEqual([5, 3, 2]);
    expect(spread(7, [0, 0])).toEqual([7, 0]);
    expect(spread(2, [1, 2, 2])).toEqual([0, 1, 1]);
  });
  test('money reads in yuan', () => {
    expect([yuan(123_456_789), yuan(-5)]).toEqual(['¥1,234,567.89', '-¥0.05']);
  });
});

describe('a quote [2.6.2.6]', () => {
  test('with everything covered the member pays nothing', () => {
    const { insurer, member } = quote(terms(), left(), [line({ quantity: 2 })], 'used');
    expect({ insurer, member }).toEqual({ insurer: 2_560_000, member: 0 });
  });
  test('takes off what others paid, then the deductible, then the ratio', () => {
    const figures = quote(
      terms({ deductible: 100_000 }),
      left({ deductible: 80_000 }),
      [line({ price: 500_001, agreed: 500_001, elsewhere: 20_000 })],
      'not-used',
    );
    // (500001 - 20000 - 80000) × 60% = 240000.6
    expect(figures.lines[0]).toMatchObject({
      eligible: 480_001,
      deductible: 80_000,
      insurer: 240_001,
      member: 240_000,
    });
    expect(figures.left.deductible).toBe(0);
    expect(figures.lines[0]!.steps.map(({ code }) => code)).toEqual([
      'charged',
      'elsewhere',
      'eligible',
      'deductible',
      'ratio',
      'member',
    ]);
    expect(figures.lines[0]!.steps.at(-1)!.text).toEqual({
      zh: '您付：¥5,000.01 − ¥200.00 − ¥2,400.01 = ¥2,400.00',
      en: 'You pay: ¥5,000.01 − ¥200.00 − ¥2,400.01 = ¥2,400.00',
    });
  });
  test('counts the agreed price; the plan says who bears what is above it', () => {
    const dear = [line({ price: 1_300_000, quantity: 2 })];
    expect(quote(terms(), left(), dear, 'used')).toMatchObject({ insurer: 2_560_000, waived: 40_000, member: 0 });
    expect(quote(terms({ aboveAgreed: 'member' }), left(), dear, 'used')).toMatchObject({ waived: 0, member: 40_000 });
  });
  test('a price below the agreed one counts as it is', () => {
    expect(quote(terms(), left(), [line({ price: 1_000_000 })], 'used')).toMatchObject({
      insurer: 1_000_000,
      member: 0,
    });
  });
  test('pays up to what the year, then what the lifetime leaves, and says which', () => {
    const year = quote(terms(), left({ annual: 2000, lifetime: 3000 }), [line()], 'used').lines[0]!;
    expect(year).toMatchObject({ insurer: 2000, member: 1_278_000, capped: 'annual' });
    const life = quote(terms(), left({ annual: 3000, lifetime: 2000 }), [line()], 'used').lines[0]!;
    expect(life).toMatchObject({ insurer: 2000, capped: 'lifetime' });
    expect(life.steps.find(({ code }) => code === 'lifetime-limit')?.text.en).toBe(
      'The lifetime limit leaves ¥20.00, so the contract pays ¥20.00',
    );
  });
  test('the second line sees what the first one left', () => {
    const { lines } = quote(terms(), left({ deductible: 1_500_000, annual: 100_000 }), [line(), line()], 'used');
    expect(lines.map(({ deductible, insurer }) => ({ deductible, insurer }))).toEqual([
      { deductible: 1_280_000, insurer: 0 },
      { deductible: 220_000, insurer: 100_000 },
    ]);
  });
  test('names the field of an amount that cannot be settled', () => {
    const broken = (change: Partial<Line>) => () => quote(terms(), left(), [line(), line(change)], 'used');
    expect(broken({ price: 0.5 })).toThrow(MoneyError);
    expect(broken({ quantity: 0 })).toThrow(/^lines\/1\/quantity/);
    expect(broken({ elsewhere: 1_280_001 })).toThrow(/^lines\/1\/elsewhere/);
    expect(broken({ agreed: -1 })).toThrow(/^lines\/1\/agreed/);
  });
});

describe('packs', () => {
  test('of one price stand in one line, and what others paid is spread over the lines', () => {
    expect(linesOf(terms(), [100, 120, 100], 110, 31)).toEqual({
      lines: [
        { quantity: 1, price: 120, agreed: 110, elsewhere: 11 },
        { quantity: 2, price: 100, agreed: 110, elsewhere: 20 },
      ],
      packs: [[1], [0, 2]],
    });
  });
  test('share a line so that the shares of all sum to it and none is negative', () => {
    const figures = quote(
      terms(),
      left({ deductible: 1 }),
      [line({ quantity: 3, price: 1, agreed: 1, elsewhere: 1 })],
      'none',
    );
    const shares = shareOfPacks(figures.lines[0]!, 3);
    const { charged, insurer, elsewhere, waived, member, deductible } = figures.lines[0]!;
    expect(sumParts(shares)).toEqual({ charged, insurer, elsewhere, waived, member, deductible });
    expect(Math.min(...shares.flatMap((share) => Object.values(share)))).toBeGreaterThanOrEqual(0);
  });
});

test('a policy’s own figures stand before the plan’s; samples stay samples until every figure is its own', () => {
  const rule = {
    clause: '1',
    deductible: 5,
    ratios: { used: 1, 'not-used': 2, none: 3 },
    annualLimit: 7,
    lifetimeLimit: null,
    aboveAgreed: 'pharmacy' as const,
    coldChain: { clause: '1' },
    sample: true,
  };
  expect(termsOf(rule, {})).toMatchObject({ deductible: 5, annualLimit: 7, sample: true });
  const own = { deductible: 0, ratios: { none: 9 }, annualLimit: null };
  expect(termsOf(rule, { settlement: own })).toMatchObject({
    deductible: 0,
    ratios: { used: 1, 'not-used': 2, none: 9 },
    annualLimit: null,
    sample: true,
  });
  const every = { ...own, ratios: { used: 4, 'not-used': 4, none: 4 }, lifetimeLimit: 9 };
  expect(termsOf(rule, { settlement: every }).sample).toBe(false);
});
