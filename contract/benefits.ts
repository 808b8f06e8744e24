/** What a member has: every service of every policy as a card. */
import { z } from 'zod';
import { PersonRef } from './cases.ts';
import { DayText, Id, Reason } from './common.ts';

export const BenefitCard = z.strictObject({
  service: z.string(),
  name: z.string(),
  gives: z.string(),
  door: z.string().nullable(),
  policyId: Id,
  policyNo: z.string(),
  person: PersonRef,
  personRole: z.enum(['policyholder', 'insured']),
  usable: z.boolean(),
  usableFrom: DayText.nullable(),
  reasons: z.array(Reason),
  needs: z.array(z.string()),
  remaining: z.number().int().nullable(),
  limit: z.number().int().nullable(),
  lapsesOn: DayText.nullable(),
  /** Of a service that is opened for a year of its own: what can be asked for next. */
  act: z.enum(['open', 'use']).nullable(),
  channels: z.array(z.enum(['portal', 'hotline'])),
  hotline: z.string(),
  online: z.boolean(),
  notices: z.array(z.strictObject({ id: z.string(), text: z.string(), clause: z.string(), printed: z.string() })),
  promises: z.array(
    z.strictObject({ code: z.string(), label: z.string(), text: z.string(), clause: z.string(), printed: z.string() }),
  ),
  clauses: z.array(z.strictObject({ id: z.string(), printed: z.string(), text: z.string() })),
  openCaseId: Id.nullable(),
  limitedView: z.boolean(),
  state: z.enum(['usable', 'later', 'open-case', 'used', 'not-usable', 'hotline-only']),
  stateLabel: z.string(),
});
export type BenefitCard = z.infer<typeof BenefitCard>;
