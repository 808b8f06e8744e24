/** What a hospital-assistance case remembers beside the shared phases; and its items. v1: released, never edited. */
import type { Offer, PhaseContext } from '../phases/context-v1.ts';

/** The items of 2.7.1; a plan says which of them its hospital gives. All but the claim are booked against slots. */
export const ITEMS = ['outpatient', 'expert', 'check-up', 'accompaniment', 'claim'] as const;
export type Item = (typeof ITEMS)[number];
export const BOOKED_ITEMS = ['outpatient', 'expert', 'check-up', 'accompaniment'] as const;
export type BookedItem = (typeof BOOKED_ITEMS)[number];

/** What the member claims; the account is sealed with the case and shown masked. */
export type Claim = {
  what: string;
  visitedOn: string;
  /** In 分. */
  amount: number;
  bank: string;
  account: string;
  holder: string;
};
export type Answer = { outcome: 'paid' | 'refused' | 'more'; amount: number | null; reason: string };

export type Context = PhaseContext & {
  /** The case is an online claim and books nothing. */
  claims: boolean;
  /** The slot that is held or booked. */
  slotId: string | null;
  /** How often the booking was moved or lost: the calendar file's SEQUENCE. */
  moves: number;
  /** The booking that was cancelled last: a calendar that has it is told so. */
  cancelled: Offer | null;
  /** The hospital has entered the booking in its own books. */
  entered: boolean;
  claim: Claim | null;
  /** The claims system's own number, once it has the claim. */
  reference: string | null;
  answer: Answer | null;
};
