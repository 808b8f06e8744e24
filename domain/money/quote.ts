/** What insurer, member and others bear of a purchase, line by line, each figure explained [2.6.2.6]. */
import type { Text } from '../plan/schema.ts';
import { asFen, type Fen, MoneyError, shareOf, spread } from './fen.ts';
import { explainLine } from './steps.ts';
import type { SocialInsurance, Terms } from './terms.ts';

/** Packs of one drug at one price. */
export type Line = {
  readonly quantity: number;
  /** What the pharmacy charges for a pack, and what was agreed. */
  readonly price: Fen;
  readonly agreed: Fen;
  /** What social insurance or somebody else has paid of this line already. */
  readonly elsewhere: Fen;
};

/** What a policy year and a lifetime still leave; null: no limit. */
export type Left = { readonly deductible: Fen; readonly annual: Fen | null; readonly lifetime: Fen | null };

/** One explaining line: a sentence with its figures, and the amount it comes to. */
export type Step = { readonly code: string; readonly text: Text; readonly amount: Fen };

/** `charged` is always `insurer + elsewhere + waived + member`; the deductible is a part of the member's share. */
export type Parts = {
  readonly charged: Fen;
  readonly insurer: Fen;
  readonly elsewhere: Fen;
  /** Above the agreed price and borne by the pharmacy. */
  readonly waived: Fen;
  readonly member: Fen;
  readonly deductible: Fen;
};

export type LineFigures = Parts & {
  readonly quantity: number;
  readonly price: Fen;
  readonly agreed: Fen;
  /** What the contract counts: at most the agreed price, less what others paid. */
  readonly eligible: Fen;
  /** Which limit kept the insurer's share below its ratio. */
  readonly capped: 'annual' | 'lifetime' | null;
  readonly steps: readonly Step[];
};

export type Quote = Parts & { readonly eligible: Fen; readonly lines: readonly LineFigures[]; readonly left: Left };

/**
 * The figures of a purchase against what its policy year leaves. Lines are settled in their order; each ratio is rounded
 * half up to 分, the insurer's share computed and the member's the rest.
 * @throws MoneyError naming the field of an amount that cannot be settled
 */
export function quote(terms: Terms, left: Left, lines: readonly Line[], use: SocialInsurance): Quote {
  let now = left;
  const figures = lines.map((line, i): LineFigures => {
    const settled = settleLine(terms, now, line, use, `lines/${i}`);
    now = {
      deductible: now.deductible - settled.deductible,
      annual: now.annual === null ? null : now.annual - settled.insurer,
      lifetime: now.lifetime === null ? null : now.lifetime - settled.insurer,
    };
    return settled;
  });
  const sum = (of: (line: LineFigures) => Fen) => figures.reduce((total, line) => total + of(line), 0);
  return {
    ...sumParts(figures),
    eligible: sum((line) => line.eligible),
    lines: figures,
    left: now,
  };
}

function settleLine(terms: Terms, left: Left, line: Line, use: SocialInsurance, at: string): LineFigures {
  const { quantity, price, agreed, elsewhere } = line;
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > 1000)
    throw new MoneyError(`${at}/quantity`, `${quantity} is not a number of packs from 1 to 1000`);
  const charged = asFen(asFen(price, `${at}/price`) * quantity, `${at}/price`);
  const counted = Math.min(price, asFen(agreed, `${at}/agreed`)) * quantity;
  const waived = terms.aboveAgreed === 'pharmacy' ? charged - counted : 0;
  if (asFen(elsewhere, `${at}/elsewhere`) > charged - waived)
    throw new MoneyError(`${at}/elsewhere`, `${elsewhere} is more than the ${charged - waived} that is settled`);
  const eligible = Math.max(0, counted - elsewhere);
  const deductible = Math.min(eligible, left.deductible);
  const byRatio = shareOf(eligible - deductible, terms.ratios[use]);
  const insurer = Math.min(byRatio, left.annual ?? byRatio, left.lifetime ?? byRatio);
  const capped = insurer === byRatio ? null : insurer === left.annual ? 'annual' : 'lifetime';
  const member = charged - waived - elsewhere - insurer;
  const figures = { ...line, charged, waived, eligible, deductible, insurer, member, capped } as const;
  return { ...figures, steps: explainLine(terms, left, figures, byRatio, use) };
}

/** Sums of several lines or packs. */
export function sumParts(all: readonly Parts[]): Parts {
  const sum = (key: keyof Parts) => all.reduce((total, parts) => total + parts[key], 0);
  return {
    charged: sum('charged'),
    insurer: sum('insurer'),
    elsewhere: sum('elsewhere'),
    waived: sum('waived'),
    member: sum('member'),
    deductible: sum('deductible'),
  };
}

/**
 * What each pack of a line bears, by largest remainder (the earlier pack first among equals): returning any packs, in any
 * order, reverses their own shares, and returning all of them leaves nothing. No share is ever negative.
 */
export function shareOfPacks(line: Parts, quantity: number): Parts[] {
  // Cut the charge at the running sums: a cut is monotone in its sum, so that no part between two cuts is negative.
  const cuts = [line.insurer, line.elsewhere, line.waived, line.deductible];
  return Array.from({ length: quantity }, (_, i) => {
    const cut = (sum: Fen) => Math.floor((sum + quantity - 1 - i) / quantity);
    let sum = 0;
    let before = 0;
    const [insurer = 0, elsewhere = 0, waived = 0, deductible = 0] = cuts.map((part) => {
      sum += part;
      const upTo = cut(sum);
      const own = upTo - before;
      before = upTo;
      return own;
    });
    const charged = cut(line.charged);
    return { charged, insurer, elsewhere, waived, deductible, member: charged - insurer - elsewhere - waived };
  });
}

/**
 * Packs as lines: those of one price together, dearest first, and what others paid spread over them by what they come to.
 * `packs` says for each line which of the given packs it holds.
 */
export function linesOf(
  terms: Terms,
  prices: readonly Fen[],
  agreed: Fen,
  elsewhere: Fen,
): { lines: Line[]; packs: number[][] } {
  const groups = [...new Set(prices)]
    .sort((a, b) => b - a)
    .map((price) => ({ price, packs: prices.flatMap((one, i) => (one === price ? [i] : [])) }));
  const settled = groups.map(
    ({ price, packs }) => (terms.aboveAgreed === 'pharmacy' ? Math.min(price, agreed) : price) * packs.length,
  );
  const shares = spread(elsewhere, settled);
  return {
    lines: groups.map(({ price, packs }, i) => ({ quantity: packs.length, price, agreed, elsewhere: shares[i] ?? 0 })),
    packs: groups.map(({ packs }) => packs),
  };
}
