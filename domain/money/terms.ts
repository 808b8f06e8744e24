/** What a contract pays for, as numbers: from the plan's service, where the policy feed does not say otherwise. */
import { z } from 'zod';
import type { Service } from '../plan/schema.ts';
import type { BasisPoints, Fen } from './fen.ts';

/** How social insurance has a part in a purchase: settled through it, insured but not settled through it, not insured. */
export const SOCIAL_INSURANCE = ['used', 'not-used', 'none'] as const;
export type SocialInsurance = (typeof SOCIAL_INSURANCE)[number];

export type Terms = {
  /** Of a policy year. */
  readonly deductible: Fen;
  readonly ratios: Readonly<Record<SocialInsurance, BasisPoints>>;
  /** Null: no limit. */
  readonly annualLimit: Fen | null;
  readonly lifetimeLimit: Fen | null;
  /** Who bears what a pharmacy charges above the agreed price. */
  readonly aboveAgreed: 'pharmacy' | 'member';
  /** Whether any figure is invented and to be shown as such. */
  readonly sample: boolean;
};

const amount = z.int().min(0).max(10_000_000_000);
const ratio = z.int().min(0).max(10_000);

/** `settlement` in the feed's column `parameters`: the figures of this policy; what it leaves out stands in the plan. */
export const SettlementParameters = z
  .strictObject({
    deductible: amount,
    ratios: z.strictObject({ used: ratio, 'not-used': ratio, none: ratio }).partial(),
    annualLimit: amount.nullable(),
    lifetimeLimit: amount.nullable(),
  })
  .partial();
export type SettlementParameters = z.infer<typeof SettlementParameters>;

/**
 * The terms of one policy. Sample figures of the plan stop being samples only where the feed gives every one of them.
 * `parameters` is the policy's, checked when it was imported.
 */
export function termsOf(
  rule: NonNullable<Service['settlement']>,
  parameters: { readonly settlement?: SettlementParameters | undefined },
): Terms {
  const own = parameters.settlement ?? {};
  const given =
    own.deductible !== undefined &&
    own.annualLimit !== undefined &&
    own.lifetimeLimit !== undefined &&
    SOCIAL_INSURANCE.every((use) => own.ratios?.[use] !== undefined);
  return {
    deductible: own.deductible ?? rule.deductible,
    ratios: {
      used: own.ratios?.used ?? rule.ratios.used,
      'not-used': own.ratios?.['not-used'] ?? rule.ratios['not-used'],
      none: own.ratios?.none ?? rule.ratios.none,
    },
    annualLimit: own.annualLimit === undefined ? rule.annualLimit : own.annualLimit,
    lifetimeLimit: own.lifetimeLimit === undefined ? rule.lifetimeLimit : own.lifetimeLimit,
    aboveAgreed: rule.aboveAgreed,
    sample: rule.sample && !given,
  };
}
