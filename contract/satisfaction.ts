/** How satisfied a member was with a case, and what comes of all of it together. */
import { z } from 'zod';
import { Id, Moment } from './common.ts';

const Stars = z.int().min(1).max(5);
export const SatisfactionInput = z.strictObject({
  stars: Stars,
  /** Codes of the reasons that are offered. */
  reasons: z.array(z.string().max(64)).max(20).default([]),
  words: z.string().trim().max(500).optional(),
});
export type SatisfactionInput = z.infer<typeof SatisfactionInput>;

/** As it stands beside its case; null there: nothing was said and nothing can be. */
export const SatisfactionView = z.strictObject({
  /** The caller may say it, or change what was said. */
  open: z.boolean(),
  /** Until when; null: as long as the case goes on. */
  until: Moment.nullable(),
  /** Saying it ends the case, or costs something: told before it is sent. */
  warning: z.string().nullable(),
  choices: z.array(z.strictObject({ code: z.string(), label: z.string() })),
  stars: Stars.nullable(),
  low: z.boolean(),
  reasons: z.array(z.string()),
  words: z.string().nullable(),
  saidAt: Moment.nullable(),
});
export type SatisfactionView = z.infer<typeof SatisfactionView>;

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month as YYYY-MM');
/** Months of the asking, both included; without them the last six. */
export const QualityQuery = z.strictObject({ from: Month.optional(), to: Month.optional() });
export type QualityQuery = z.infer<typeof QualityQuery>;

const Figures = z.strictObject({
  month: z.string(),
  asked: z.int(),
  answered: z.int(),
  /** null: fewer than `smallest` answers. */
  mean: z.number().nullable(),
});
export const QualityView = z.strictObject({
  from: z.string(),
  to: z.string(),
  /** Fewer answers than this are counted and not broken down. */
  smallest: z.int(),
  /** By month; `service` null: all services. */
  months: z.array(Figures.extend({ service: z.string().nullable() })),
  services: z.array(z.strictObject({ code: z.string(), label: z.string() })),
  /** By month, service and provider. */
  items: z.array(
    Figures.extend({
      service: z.string(),
      serviceName: z.string(),
      provider: z.string().nullable(),
      providerName: z.string(),
      /** How many said 1, 2, 3, 4 and 5. */
      distribution: z.array(z.int()).length(5).nullable(),
      reasons: z.array(z.strictObject({ code: z.string(), label: z.string(), count: z.int() })),
    }),
  ),
  /** Low ones, newest first; empty for a provider, who reads figures only. */
  low: z.array(
    z.strictObject({
      caseId: Id,
      number: z.string(),
      serviceName: z.string(),
      stars: Stars,
      reasons: z.array(z.string()),
      saidAt: Moment,
    }),
  ),
});
export type QualityView = z.infer<typeof QualityView>;
