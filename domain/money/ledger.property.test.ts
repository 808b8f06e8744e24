/** Random histories of approvals in flight, dispensings, returns and payments over two policy years [2.6.2.6]. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  coldChainEntry,
  type Entry,
  entry,
  leftOf,
  memberDue,
  paidEntry,
  refundedEntry,
  releaseEntry,
  reservationOf,
  reserveEntry,
  returnEntry,
  settleEntry,
  sumsOf,
} from './ledger.ts';
import { linesOf, type Parts, quote, shareOfPacks, sumParts } from './quote.ts';
import { SOCIAL_INSURANCE, type SocialInsurance, type Terms } from './terms.ts';

const fen = fc.oneof(fc.nat(30), fc.nat(3_000_000));
const ratio = fc.oneof(fc.constantFrom(0, 1, 6000, 9999, 10_000), fc.nat(10_000));
const limit = fc.option(fen, { freq: 3 });
const anyTerms: fc.Arbitrary<Terms> = fc.record({
  deductible: fen,
  ratios: fc.record({ used: ratio, 'not-used': ratio, none: ratio }),
  annualLimit: limit,
  lifetimeLimit: limit,
  aboveAgreed: fc.constantFrom('pharmacy' as const, 'member' as const),
  sample: fc.constant(false),
});
type Act =
  | { act: 'reserve'; agreed: number; quantity: number; use: SocialInsurance }
  | { act: 'dispense'; pick: number; prices: number[]; elsewhere: number; fee: number; later: boolean }
  | { act: 'release' | 'return' | 'pay' | 'refund'; pick: number; part: number };
const pick = fc.nat(50);
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    act: fc.constant('reserve' as const),
    agreed: fen,
    quantity: fc.integer({ min: 1, max: 4 }),
    use: fc.constantFrom(...SOCIAL_INSURANCE),
  }),
  fc.record({
    act: fc.constant('dispense' as const),
    pick,
    prices: fc.array(fen, { minLength: 1, maxLength: 4 }),
    elsewhere: fc.nat(100),
    fee: fc.nat(50),
    later: fc.boolean(),
  }),
  fc.record({
    act: fc.constantFrom('release' as const, 'return' as const, 'pay' as const, 'refund' as const),
    pick,
    part: fc.nat(100),
  }),
);

type Approval = { entries: Entry[]; agreed: number; left: number; use: SocialInsurance; year: string };
type Pack = { parts: Parts; year: string; dispensing: number; back: boolean };
const YEARS = ['2026-01-10', '2027-01-10'] as const;

/** Plays a history by the same steps as the server: release its own reservation, settle, reserve for what is left. */
function play(terms: Terms, acts: readonly Act[]) {
  const all: Entry[] = [];
  const approvals: Approval[] = [];
  const packs: Pack[] = [];
  const ofDispensing: Entry[][] = [];
  const left = (year: string) =>
    leftOf(
      terms,
      sumsOf(all, ({ yearFrom }) => yearFrom === year),
      sumsOf(all),
    );
  const write = (made: Entry, ...into: Entry[][]) => {
    all.push(made);
    for (const list of into) list.push(made);
    check(terms, all);
  };
  const reserve = (approval: Approval, year: string) => {
    approval.year = year;
    if (approval.left === 0) return;
    const line = { quantity: approval.left, price: approval.agreed, agreed: approval.agreed, elsewhere: 0 };
    write(reserveEntry(year, quote(terms, left(year), [line], approval.use)), approval.entries);
  };
  const release = (approval: Approval) =>
    write(releaseEntry(approval.year, reservationOf(sumsOf(approval.entries))), approval.entries);

  for (const one of acts) {
    if (one.act === 'reserve') {
      const approval = { entries: [], agreed: one.agreed, left: one.quantity, use: one.use, year: YEARS[0] };
      approvals.push(approval);
      reserve(approval, YEARS[0]);
      continue;
    }
    const approval = approvals[one.pick % Math.max(1, approvals.length)];
    if (!approval) continue;
    if (one.act === 'release') {
      release(approval);
      approval.left = 0;
    } else if (one.act === 'dispense') {
      const prices = one.prices.slice(0, approval.left);
      if (prices.length === 0) continue;
      const year = one.later ? YEARS[1] : approval.year;
      release(approval);
      const settled = prices.reduce(
        (sum, price) => sum + (terms.aboveAgreed === 'pharmacy' ? Math.min(price, approval.agreed) : price),
        0,
      );
      const { lines } = linesOf(terms, prices, approval.agreed, Math.min(one.elsewhere, settled));
      const figures = quote(terms, left(year), lines, approval.use);
      const own: Entry[] = [];
      ofDispensing.push(own);
      write(settleEntry(year, figures), own);
      write(coldChainEntry(year, one.fee), own);
      for (const line of figures.lines)
        for (const parts of shareOfPacks(line, line.quantity))
          packs.push({ parts, year, dispensing: ofDispensing.length - 1, back: false });
      approval.left -= prices.length;
      reserve(approval, year);
    } else if (one.act === 'return') {
      const pack = packs[one.pick % Math.max(1, packs.length)];
      if (!pack || pack.back) continue;
      pack.back = true;
      write(returnEntry(pack.year, pack.parts), ofDispensing[pack.dispensing]!);
    } else {
      const own = ofDispensing[one.pick % Math.max(1, ofDispensing.length)];
      if (!own) continue;
      const due = memberDue(sumsOf(own));
      const amount = Math.floor((Math.abs(due) * one.part) / 100);
      if (one.act === 'pay' && due > 0) write(paidEntry(YEARS[0], amount), own);
      if (one.act === 'refund' && due < 0) write(refundedEntry(YEARS[0], amount), own);
    }
  }
  return { all, approvals, packs, ofDispensing, left };
}

/** What holds after every single entry. */
function check(terms: Terms, all: readonly Entry[]): void {
  const sums = sumsOf(all);
  if (Object.values(sums).reduce((a, b) => a + b, 0) !== 0) throw new Error('out of balance');
  for (const account of [
    'reserved',
    'deductible-held',
    'deductible-met',
    'insurer',
    'elsewhere',
    'waived',
    'received',
  ] as const)
    if ((sums[account] ?? 0) < 0) throw new Error(`${account} below zero`);
  if ((sums.pharmacy ?? 0) > 0) throw new Error('pharmacy above zero');
  const used = (of: typeof sums) => (of.insurer ?? 0) + (of.reserved ?? 0);
  if (used(sums) > (terms.lifetimeLimit ?? Number.POSITIVE_INFINITY)) throw new Error('above the lifetime limit');
  for (const year of YEARS) {
    const own = sumsOf(all, ({ yearFrom }) => yearFrom === year);
    if (used(own) > (terms.annualLimit ?? Number.POSITIVE_INFINITY)) throw new Error('above the annual limit');
    if ((own['deductible-met'] ?? 0) + (own['deductible-held'] ?? 0) > terms.deductible)
      throw new Error('above the deductible');
  }
}

const history = fc.tuple(anyTerms, fc.array(anyAct, { minLength: 1, maxLength: 40, size: 'max' }));

test('no 分 is lost: every entry balances, nothing is below zero, no limit is passed', () => {
  fc.assert(
    fc.property(history, ([terms, acts]) => {
      const { packs } = play(terms, acts);
      for (const { parts } of packs) {
        expect(parts.charged).toBe(parts.insurer + parts.elsewhere + parts.waived + parts.member);
        expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0);
        expect(parts.deductible).toBeLessThanOrEqual(parts.member);
      }
    }),
    { numRuns: 300 },
  );
});

test('returning every pack and releasing every approval leaves nothing but what was paid for carriage', () => {
  fc.assert(
    fc.property(history, ([terms, acts]) => {
      const { all, approvals, packs } = play(terms, acts);
      const after = [...all];
      for (const { parts, year, back } of packs) if (!back) after.push(returnEntry(year, parts));
      for (const { entries, year } of approvals) after.push(releaseEntry(year, reservationOf(sumsOf(entries))));
      check(terms, after);
      const sums = sumsOf(after.filter(({ kind }) => !['cold-chain', 'paid', 'refunded'].includes(kind)));
      expect(Object.values(sums).every((sum) => sum === 0)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('the same history gives the same ledger, in whatever order its packs come back', () => {
  fc.assert(
    fc.property(history, ([terms, acts]) => {
      const [one, other] = [play(terms, acts), play(terms, acts)];
      expect(other.all).toEqual(one.all);
      const all = sumParts(one.packs.map(({ parts }) => parts));
      expect(sumParts(one.packs.toReversed().map(({ parts }) => parts))).toEqual(all);
    }),
    { numRuns: 50 },
  );
});

test('two approvals in flight: the second reserves what the first has left (hard case 30)', () => {
  const terms: Terms = {
    deductible: 0,
    ratios: { used: 10_000, 'not-used': 10_000, none: 10_000 },
    annualLimit: 800_000,
    lifetimeLimit: null,
    aboveAgreed: 'pharmacy',
    sample: false,
  };
  const six = { act: 'reserve', agreed: 600_000, quantity: 1, use: 'used' } as const;
  const { approvals, left } = play(terms, [six, six]);
  expect(approvals.map(({ entries }) => sumsOf(entries).reserved)).toEqual([600_000, 200_000]);
  expect(left(YEARS[0]).annual).toBe(0);
  const expired = play(terms, [six, six, { act: 'release', pick: 0, part: 0 }]);
  expect(expired.left(YEARS[0]).annual).toBe(600_000);
});

test('an entry out of balance is refused', () => {
  expect(() => entry('settle', YEARS[0], [{ account: 'insurer', amount: 1 }])).toThrow(/out of balance by 1/);
});
