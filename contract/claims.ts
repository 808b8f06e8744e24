/** What leaves for the claims system: one claim, whole. */
import { z } from 'zod';
import { DayText, Id } from './common.ts';

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
  papers: z.array(z.strictObject({ id: Id, kind: z.string(), sha256: z.string(), fileName: z.string() })),
});
export type ClaimFile = z.infer<typeof ClaimFile>;
