/** What leaves for the claims system, one claim, whole; and what it answers. */
import { z } from 'zod';
import { DayText, Id, Moment } from './common.ts';

export const ClaimFile = z.strictObject({
  number: z.string(),
  policyNo: z.string(),
  person: z.strictObject({ name: z.string(), idType: z.string(), idNumber: z.string(), phone: z.string() }),
  what: z.string(),
  visitedOn: DayText,
  /** In 分. */
  amount: z.number().int(),
  holder: z.string(),
  bank: z.string(),
  account: z.string(),
  papers: z.array(
    z.strictObject({
      id: Id,
      kind: z.string(),
      sha256: z.string(),
      fileName: z.string(),
      /** Where the claims system fetches the file within a day, below the address of this API's host; null: by hand. */
      fetch: z.string().nullable(),
    }),
  ),
});
export type ClaimFile = z.infer<typeof ClaimFile>;

/** What the claims system posts when it has decided, or wants more. */
export const ClaimAnswer = z.strictObject({
  /** Its own id of this message: sent again under the same id, it counts once. */
  id: z.string().trim().min(1).max(100),
  /** Our number of the case, and its own of the claim. */
  number: z.string().max(30),
  reference: z.string().trim().min(1).max(60).optional(),
  outcome: z.enum(['paid', 'refused', 'more']),
  /** Of paid, in 分. */
  amount: z.int().min(1).max(10_000_000_000).optional(),
  reason: z.string().trim().min(1).max(500),
  /** Of two answers the later one counts, in whatever order they arrive. */
  decidedAt: Moment,
});
export type ClaimAnswer = z.infer<typeof ClaimAnswer>;
export const ClaimAnswered = z.strictObject({
  /** recorded; known: it was here before; overtaken: a later one was; by-hand: the case takes no answer, a person looks. */
  result: z.enum(['recorded', 'known', 'overtaken', 'by-hand']),
});
export type ClaimAnswered = z.infer<typeof ClaimAnswered>;
