/**
 * Money is a whole number of 分, as a plain number: what leaves a function of this folder is an integer, and what comes
 * in is checked. Ratios are basis points (10000 is all of it). Amounts stay below 100 million 元, so that amount times
 * ratio is exact in a double.
 */

/** An amount in 分; a whole number. */
export type Fen = number;
/** A ratio in basis points, 0…10000. */
export type BasisPoints = number;

export const WHOLE: BasisPoints = 10_000;
const MOST: Fen = 10_000_000_000;

/** An amount that cannot be settled: not whole, negative or out of range; `field` names it. */
export class MoneyError extends Error {
  override name = 'MoneyError';
  readonly field: string;

  constructor(field: string, message: string) {
    super(`${field}: ${message}`);
    this.field = field;
  }
}

/** The amount itself. @throws MoneyError naming `field` unless it is a whole number of 分 from 0 to 100 million 元 */
export function asFen(amount: number, field: string): Fen {
  if (Number.isSafeInteger(amount) && amount >= 0 && amount <= MOST) return amount;
  throw new MoneyError(field, `${amount} is not a whole number of 分 from 0 to ${MOST}`);
}

/** A ratio of an amount, rounded half up to 分. */
export function shareOf(amount: Fen, ratio: BasisPoints): Fen {
  return Math.floor((amount * ratio + WHOLE / 2) / WHOLE);
}

/**
 * Splits `total` by `weights` so that the parts are whole and sum to it: each gets its quota rounded down, and what is
 * left goes, one 分 each, to the largest remainders, the earlier first among equals. All weights 0 give all to the first.
 */
export function spread(total: Fen, weights: readonly number[]): Fen[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map((_, i) => (i === 0 ? total : 0));
  // Exact, since a product of two amounts goes beyond 2^53.
  const quotas = weights.map((weight) => BigInt(total) * BigInt(weight));
  const parts = quotas.map((quota) => Number(quota / BigInt(sum)));
  const left = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = quotas
    .map((quota, i) => ({ i, remainder: quota % BigInt(sum) }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder < b.remainder ? 1 : -1));
  for (const { i } of byRemainder.slice(0, left)) parts[i]! += 1;
  return parts;
}

/** ¥12,800.00, as the screens write it. */
export function yuan(amount: Fen): string {
  const [whole = '0', cents] = (Math.abs(amount) / 100).toFixed(2).split('.');
  return `${amount < 0 ? '-' : ''}¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** 60%, 62.5%. */
export const percent = (ratio: BasisPoints): string => `${ratio / 100}%`;
