/**
 * The ledger of special drugs as double entry: every entry's postings sum to zero, nothing is rewritten, and what is left
 * of deductible and limits is a fold over the postings. One ledger an insured and policy year; the lifetime limit reads
 * all years. Budgets (limit, deductible) and money (pharmacy, insurer, member, others) stand in the same entries.
 */
import type { Day } from '../calendar/day.ts';
import { asFen, type Fen, MoneyError } from './fen.ts';
import type { Left, Parts } from './quote.ts';
import type { Terms } from './terms.ts';

/**
 * `limit` and `deductible-open` are the other side of what is reserved, held and met; `pharmacy` of what was charged;
 * `received` of what the member has paid.
 */
export const ACCOUNTS = [
  'limit',
  'reserved',
  'deductible-open',
  'deductible-held',
  'deductible-met',
  'pharmacy',
  'insurer',
  'elsewhere',
  'waived',
  'member',
  'received',
] as const;
export type Account = (typeof ACCOUNTS)[number];
export const ENTRY_KINDS = ['reserve', 'release', 'settle', 'cold-chain', 'return', 'paid', 'refunded'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

export type Posting = { readonly account: Account; readonly amount: Fen };
/** `yearFrom`: the first day of the policy year it belongs to. */
export type Entry = { readonly kind: EntryKind; readonly yearFrom: Day; readonly postings: readonly Posting[] };

/** What an approval keeps for itself until it is dispensed or released. */
export type Reservation = { readonly insurer: Fen; readonly deductible: Fen };

/** One posting an account, those of 0 left out. @throws MoneyError when they do not balance: no 分 comes from nowhere */
export function entry(kind: EntryKind, yearFrom: Day, postings: readonly Posting[]): Entry {
  const sum = postings.reduce((total, { amount }) => total + amount, 0);
  if (sum !== 0) throw new MoneyError('postings', `an entry of kind ${kind} is out of balance by ${sum}`);
  return { kind, yearFrom, postings: postings.filter(({ amount }) => amount !== 0) };
}

const pair = (to: Account, from: Account, amount: Fen): Posting[] => [
  { account: to, amount },
  { account: from, amount: -amount },
];

/** Keeps a part of limit and deductible for an approval; negative amounts give it back. */
const hold = ({ insurer, deductible }: Reservation, sign: 1 | -1): Posting[] => [
  ...pair('reserved', 'limit', sign * asFen(insurer, 'insurer')),
  ...pair('deductible-held', 'deductible-open', sign * asFen(deductible, 'deductible')),
];
export const reserveEntry = (yearFrom: Day, kept: Reservation): Entry => entry('reserve', yearFrom, hold(kept, 1));
export const releaseEntry = (yearFrom: Day, kept: Reservation): Entry => entry('release', yearFrom, hold(kept, -1));

const bear = (parts: Parts, sign: 1 | -1): Posting[] => [
  { account: 'insurer', amount: sign * parts.insurer },
  { account: 'elsewhere', amount: sign * parts.elsewhere },
  { account: 'waived', amount: sign * parts.waived },
  { account: 'member', amount: sign * parts.member },
  { account: 'pharmacy', amount: -sign * parts.charged },
  ...pair('deductible-met', 'deductible-open', sign * parts.deductible),
];
/** What was dispensed, by who bears it. */
export const settleEntry = (yearFrom: Day, parts: Parts): Entry => entry('settle', yearFrom, bear(parts, 1));
/** The same backwards, in the year in which it was settled. */
export const returnEntry = (yearFrom: Day, parts: Parts): Entry => entry('return', yearFrom, bear(parts, -1));
/** Insured cold-chain carriage is at the member's cost [2.6.2.9.3]. */
export const coldChainEntry = (yearFrom: Day, fee: Fen): Entry =>
  entry('cold-chain', yearFrom, pair('member', 'pharmacy', asFen(fee, 'coldChainFee')));
/** The pharmacy has taken the member's money, or given it back; Yilu takes none. */
export const paidEntry = (yearFrom: Day, amount: Fen): Entry =>
  entry('paid', yearFrom, pair('received', 'member', asFen(amount, 'amount')));
export const refundedEntry = (yearFrom: Day, amount: Fen): Entry =>
  entry('refunded', yearFrom, pair('member', 'received', asFen(amount, 'amount')));

/** The sum of each account's postings in one year, or over all. */
export type Sums = Readonly<Partial<Record<Account, Fen>>>;

/** The fold: sums by account of the entries that `counts` takes. */
export function sumsOf(entries: readonly Entry[], counts: (entry: Entry) => boolean = () => true): Sums {
  const sums: Partial<Record<Account, Fen>> = {};
  for (const { postings } of entries.filter(counts))
    for (const { account, amount } of postings) sums[account] = (sums[account] ?? 0) + amount;
  return sums;
}

const usedOf = (sums: Sums): Fen => (sums.insurer ?? 0) + (sums.reserved ?? 0);

/** What a year's and a lifetime's sums leave; never below zero, also after terms became narrower. */
export function leftOf(terms: Terms, year: Sums, lifetime: Sums): Left {
  const { deductible, annualLimit, lifetimeLimit } = terms;
  return {
    deductible: Math.max(0, deductible - (year['deductible-met'] ?? 0) - (year['deductible-held'] ?? 0)),
    annual: annualLimit === null ? null : Math.max(0, annualLimit - usedOf(year)),
    lifetime: lifetimeLimit === null ? null : Math.max(0, lifetimeLimit - usedOf(lifetime)),
  };
}

/** What an approval holds, by the sums of its own postings of a year. */
export const reservationOf = (sums: Sums): Reservation => ({
  insurer: sums.reserved ?? 0,
  deductible: sums['deductible-held'] ?? 0,
});

/** What the member still owes for a dispensing; below zero: what the pharmacy has to give back. */
export const memberDue = (sums: Sums): Fen => sums.member ?? 0;
