/** What a special-drug case remembers between its events: one therapy of one person, bought in rounds (sealed in the database). */
import type { Day } from '../../calendar/day.ts';
import type { PhaseContext } from '../phases/context-v1.ts';

/**
 * On what a prescription is judged [2.6.faq.1, 2.6.faq.2]; a plan names those that count, each with its clause. The
 * first group a reviewer finds on the papers, the second the house knows itself.
 */
export const FOUND_BY_A_PERSON = [
  'indication',
  'dosage',
  'not-pre-existing',
  'first-diagnosis',
  'prescriber',
  'biomarker',
  'pharmacy-agreed',
] as const;
export const KNOWN_BY_THE_HOUSE = ['on-list', 'in-date', 'quantity', 'overlap', 'aid'] as const;
export const CRITERIA = [...FOUND_BY_A_PERSON, ...KNOWN_BY_THE_HOUSE] as const;
export type Criterion = (typeof CRITERIA)[number];
export const isCriterion = (code: string): code is Criterion => (CRITERIA as readonly string[]).includes(code);

/** A row of the list of drugs as it stood when the case named it. */
export type Drug = { id: string; key: string; name: string; listVersion: number; coldChain: boolean; carT: boolean };

export type Prescription = {
  indication: string;
  dosage: string;
  packs: number;
  /** For how many days it lasts. */
  days: number;
  issuedOn: Day;
  /** The last day on which it may be dispensed. */
  validUntil: Day;
  prescriber: string;
  hospital: string;
};
export type Review = {
  by: string | null;
  outcome: 'approved' | 'partly' | 'refused';
  /** Packs that may be bought; 0 when refused. */
  packs: number;
  failed: readonly Criterion[];
};
export type Arrangement = {
  way: 'pick-up' | 'home';
  pharmacyId: string;
  /** The pharmacy's key on its list, by which a consent names it. */
  pharmacyKey: string;
  pharmacy: string;
  address: string;
  at: string;
  /** What the member pays for insured cold-chain carriage, in 分; apart from the drug [2.6.2.9.3]. */
  coldChainFee: number;
};
export type Context = PhaseContext & {
  /** 1 for the first purchase, then one more for each prescription. */
  round: number;
  roundBegan: string | null;
  drug: Drug | null;
  prescription: Prescription | null;
  /** What the insurer's reviewer found, until the consultant has decided. */
  first: Review | null;
  /** The consultant has spoken with the member in this review [2.6.3.2.3]. */
  spoken: boolean;
  /** Lists of missing papers sent in this round's review. */
  lists: number;
  verdict: Review | null;
  /** The last day of the approval; null while none stands. */
  approvedUntil: Day | null;
  arrangement: Arrangement | null;
  /** The pharmacy that serves the case. */
  pharmacy: string | null;
  /** Packs handed over in this round. */
  taken: number;
  /** Something of this therapy was handed over. */
  delivered: boolean;
  arrived: boolean;
  /** Until which day what was handed over lasts. */
  supplyUntil: Day | null;
};
