/** What a member has: every service of every policy as a card. */
import { z } from 'zod';
import { FACT_GROUPS } from '#domain/plan/service-facts.ts';
import { PaperThatChanges, PersonRef } from './cases.ts';
import { DayText, Id, Moment, Reason } from './common.ts';

/** Behind which door of the portal it stands, and the menu entry's name where the handbook prints one. */
export const Door = z.strictObject({
  code: z.string(),
  name: z.string(),
  /** Its place among the doors, from 0. */
  place: z.number().int(),
  inside: z.string().nullable(),
  entry: z.string().nullable(),
  /** Opens the form of this item directly. */
  item: z.string().nullable(),
});
export type Door = z.infer<typeof Door>;

export const BenefitCard = z.strictObject({
  service: z.string(),
  name: z.string(),
  gives: z.string(),
  /** The portal as the handbook names it; null: the plan lists no doors. */
  portal: z.string().nullable(),
  doors: z.array(Door),
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
  openCaseId: Id.nullable(),
  limitedView: z.boolean(),
  state: z.enum(['usable', 'later', 'open-case', 'used', 'not-usable', 'hotline-only']),
  stateLabel: z.string(),
});
export type BenefitCard = z.infer<typeof BenefitCard>;

/** What the plan says of a service, and what this person can do where it cannot be used now. */
export const ServiceExplained = z.strictObject({
  groups: z.array(
    z.strictObject({
      group: z.enum(FACT_GROUPS),
      facts: z.array(
        z.strictObject({
          text: z.string(),
          note: z.string().nullable(),
          clause: z.string(),
          printed: z.string(),
          list: z.string().nullable(),
        }),
      ),
    }),
  ),
  clauses: z.array(z.strictObject({ id: z.string(), printed: z.string(), text: z.string() })),
  /** Papers by which a reason that stands against her could be met. */
  papers: z.array(PaperThatChanges),
  /** Services of the same person and policy that can be used now, the nearest first. */
  instead: z.array(z.strictObject({ service: z.string(), name: z.string(), sameDoor: z.boolean() })),
  /** The last decision that refused this service to her, to be read and appealed against. */
  refusedBy: z.strictObject({ decisionId: Id, at: Moment, appealed: z.boolean() }).nullable(),
});
export type ServiceExplained = z.infer<typeof ServiceExplained>;
