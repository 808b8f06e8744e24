/** Charity aid as every screen shows it: the programme, what comes next, and the ledger box by box. */
import { z } from 'zod';
import { DayText } from './common.ts';

export const AidView = z.strictObject({
  /** The version of the programme that this round goes by; null before one was chosen. */
  programme: z
    .strictObject({
      name: z.string(),
      charity: z.string(),
      version: z.number().int(),
      sample: z.boolean(),
      phases: z.array(z.strictObject({ bought: z.number().int(), free: z.number().int() })),
      rounds: z.number().int().nullable(),
      /** Names of the papers that it asks for. */
      papers: z.array(z.string()),
    })
    .nullable(),
  drug: z.string().nullable(),
  round: z.number().int(),
  /** Boxes bought in this round, of so many. */
  bought: z.number().int(),
  toBuy: z.number().int(),
  /** Free boxes of this round still to be collected; null before the charity has approved it. */
  left: z.number().int().nullable(),
  next: z
    .strictObject({
      kind: z.enum(['buy', 'apply', 'collect', 'done']),
      label: z.string(),
      on: DayText.nullable(),
      until: DayText.nullable(),
      units: z.number().int(),
      /** Where the free drug is collected; empty but for a turn. */
      pharmacies: z.array(
        z.strictObject({
          name: z.string(),
          city: z.string(),
          address: z.string(),
          hours: z.string(),
          phone: z.string(),
        }),
      ),
    })
    .nullable(),
  boxes: z.array(
    z.strictObject({
      number: z.number().int(),
      round: z.number().int(),
      kind: z.enum(['bought', 'free', 'given-up']),
      /** In words: 保险公司付款, 自费, 赠药, 未领，视为放弃. */
      label: z.string(),
      on: DayText,
    }),
  ),
});
