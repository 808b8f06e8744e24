/** Shapes that many routes share. Everything that crosses HTTP is described in this folder, and OpenAPI comes from it. */
import { z } from 'zod';

export const Id = z.uuid();
export const DayText = z.iso.date({ error: 'a day that exists, written YYYY-MM-DD' });
/** A day of the calendar, and an hour of the clock: `2026-02-30` and `25:00` have the form and are none. */
const exists = (moment: string) => DayText.safeParse(moment.slice(0, 10)).success && !Number.isNaN(Date.parse(moment));
/** ISO 8601 with an offset; the server writes +08:00. */
export const Moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/, {
    error: 'a moment with an offset, e.g. 2026-11-25T09:30:00+08:00',
  })
  .refine(exists, { error: 'a moment that exists' })
  .meta({ format: 'date-time' });
export const ROLES = [
  'member',
  'service-desk',
  'reviewer',
  'case-manager',
  'provider',
  'laboratory',
  'expert',
  'video-doctor',
  'drug-reviewer',
  'drug-consultant',
  'aid-assistant',
  'car-t-specialist',
  'pharmacist',
  'hospital-staff',
  'settlement-clerk',
  'settlement-approver',
  'complaint-handler',
  'supervisor',
  'operations',
  'plan-administrator',
  'administrator',
  'auditor',
] as const;
export const Role = z.enum(ROLES);
export type Role = (typeof ROLES)[number];
export const Effect = z.enum(['refuse', 'review']);
/** A rule that is not met: which, by which clause, what it does, and one sentence a member understands. */
export const Reason = z.strictObject({
  rule: z.string(),
  clause: z.string(),
  printed: z.string().optional(),
  clauseText: z.string().optional(),
  effect: Effect,
  message: z.string(),
});
export type Reason = z.infer<typeof Reason>;
export const Outcome = z.enum(['granted', 'review', 'refused']);

/** RFC 9457. `code` is stable; a refusal carries reasons, a decisionId and, for a case, what is allowed instead. */
export const ProblemDocument = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string().optional(),
  pointer: z.string().optional(),
  problems: z.array(z.strictObject({ pointer: z.string(), message: z.string() })).optional(),
  reasons: z.array(Reason).optional(),
  decisionId: Id.optional(),
});
export type ProblemDocument = z.infer<typeof ProblemDocument> & { allowed?: unknown };
export const listOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() });
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});

/** A clock as every screen shows it; all of it is computed by the server (contract section 3). */
export const ClockSpan = z.strictObject({ from: Moment, to: Moment, counted: z.boolean(), why: z.string() });
export const ClockView = z.strictObject({
  id: Id,
  promise: z.string(),
  label: z.string(),
  clause: z.string().nullable(),
  printed: z.string().nullable(),
  target: z.boolean(),
  state: z.enum(['running', 'soon', 'standing', 'late', 'kept', 'breached', 'void']),
  due: Moment,
  firstDue: Moment,
  provisional: z.boolean(),
  startedAt: Moment,
  metAt: Moment.nullable(),
  corrected: z.boolean(),
  /** Days are working days, or with `calendar` days of the calendar. */
  left: z.strictObject({ days: z.number().int(), minutes: z.number().int(), calendar: z.literal(true).optional() }),
  fraction: z.number(),
  rangeFrom: DayText.nullable(),
  spans: z.array(ClockSpan),
  moved: z.array(z.strictObject({ at: Moment, from: Moment, to: Moment, why: z.string() })),
});
export type ClockView = z.infer<typeof ClockView>;

/** What the caller may do now: the event, its words, the JSON Schema of its payload and what it costs. */
export const AllowedEvent = z.strictObject({
  type: z.string(),
  label: z.string(),
  schema: z.record(z.string(), z.unknown()),
  warning: z.string().optional(),
  /** primary: the one thing to do; costly: cannot be undone or costs a right, the screen asks twice. */
  weight: z.enum(['primary', 'normal', 'costly']),
});
export type AllowedEvent = z.infer<typeof AllowedEvent>;
