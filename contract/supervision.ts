/** What supervisors, operations and appeals send beyond contract/operations.ts, and what they get back. */
import { z } from 'zod';
import { DayText, Id, Moment } from './common.ts';

export const AppealText = z.strictObject({ text: z.string().trim().min(5).max(2000) });
export type AppealText = z.infer<typeof AppealText>;
/** A promise was kept in truth: when, and what shows it. A second person decides. */
export const CorrectBreach = z.strictObject({ reason: z.string().trim().min(5).max(500), metAt: Moment });
export type CorrectBreach = z.infer<typeof CorrectBreach>;
/** `subject`: the bar, where the person has more than one; a use is always the case's own. */
export const AskCorrection = z.strictObject({
  kind: z.enum(['correct-use', 'correct-bar']),
  reason: z.string().trim().min(5).max(500),
  subject: Id.optional(),
});
export type AskCorrection = z.infer<typeof AskCorrection>;
export const AskedApproval = z.strictObject({ approvalId: Id });
/** Weeks by their Monday (Shanghai); a promise belongs to the week in which it fell or falls due. */
export const PromiseWeeks = z.strictObject({
  items: z.array(
    z.strictObject({ week: DayText, kept: z.number().int(), breached: z.number().int(), running: z.number().int() }),
  ),
});
export type PromiseWeeks = z.infer<typeof PromiseWeeks>;
export const PlanList = z.strictObject({
  items: z.array(z.strictObject({ plan: z.string(), edition: z.string(), name: z.string() })),
});
export const ClauseList = z.strictObject({
  items: z.array(z.strictObject({ id: z.string(), printed: z.string(), text: z.string() })),
});
