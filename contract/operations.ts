/** Operations, supervisors, auditors, the plan read by clause. */
import { z } from 'zod';
import { ClockView, DayText, Id, Moment } from './common.ts';

export const RunningClock = z.strictObject({
  clock: ClockView,
  caseId: Id,
  caseNumber: z.string(),
  service: z.string(),
  serviceName: z.string(),
  turn: z.string(),
  person: z.string(),
  pausedLate: z.boolean(),
});
export const BREACH_CAUSES = [
  'desk',
  'reviewer',
  'case-manager',
  'provider',
  'hospital',
  'system',
  'outside-control',
] as const;
export const BreachView = z.strictObject({
  id: Id,
  clockId: Id,
  caseId: Id,
  caseNumber: z.string(),
  serviceName: z.string(),
  promise: z.string(),
  label: z.string(),
  clause: z.string().nullable(),
  dueAt: Moment,
  metAt: Moment.nullable(),
  proposedCause: z.enum(BREACH_CAUSES),
  confirmedCause: z.enum(BREACH_CAUSES).nullable(),
  confirmBy: Moment,
  confirmedAt: Moment.nullable(),
  confirmedBy: z.string().nullable(),
  appeal: z.string().nullable(),
  provider: z.string().nullable(),
  correction: z.enum(['none', 'proposed', 'corrected']),
});
export const ConfirmCause = z.strictObject({ cause: z.enum(BREACH_CAUSES), note: z.string().max(500).optional() });
export const ApprovalView = z.strictObject({
  id: Id,
  kind: z.enum([
    'second-paper-list',
    'correct-bar',
    'correct-use',
    'correct-clock',
    'change-phone',
    'open-minor',
    'extend-complaint',
  ]),
  caseId: Id.nullable(),
  caseNumber: z.string().nullable(),
  askedBy: z.string(),
  askedAt: Moment,
  reason: z.string(),
  details: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  state: z.enum(['open', 'approved', 'refused']),
  decidedBy: z.string().nullable(),
});
export const DecideApproval = z.strictObject({ approve: z.boolean(), note: z.string().max(500).optional() });
export const AuditEntry = z.strictObject({
  id: Id,
  at: Moment,
  actor: z.string(),
  actorRole: z.string(),
  action: z.string(),
  actionLabel: z.string(),
  subject: z.string(),
  /** The same in words, with the id by which it is searched. */
  subjectName: z.string(),
  caseNumber: z.string().nullable(),
  person: z.string().nullable(),
  details: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  sealed: z.boolean(),
});
export const AuditQuery = z.strictObject({
  person: z.string().max(64).optional(),
  case: z.string().max(64).optional(),
  actor: z.string().max(64).optional(),
  day: z.string().max(10).optional(),
  action: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(500).optional(),
});
export const AuditVerdict = z.strictObject({
  ok: z.boolean(),
  checked: z.number().int(),
  sealed: z.number().int(),
  unsealed: z.number().int(),
  firstFault: z.strictObject({ kind: z.string(), id: z.string(), message: z.string() }).nullable(),
});
export const PlanView = z.strictObject({
  plan: z.string(),
  edition: z.string(),
  name: z.string(),
  insurerName: z.string(),
  effectiveFrom: z.string(),
  hotline: z.string(),
  sampleLabel: z.string().nullable(),
  faults: z.array(z.string()),
  clauses: z.array(
    z.strictObject({
      id: z.string(),
      printed: z.string(),
      kind: z.string(),
      text: z.string(),
      enforcedBy: z.array(z.string()),
    }),
  ),
  services: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      rows: z.array(
        z.strictObject({
          label: z.string(),
          value: z.string(),
          clause: z.string().nullable(),
          printed: z.string().nullable(),
        }),
      ),
    }),
  ),
});
export const ListRow = z.strictObject({
  id: Id,
  version: z.number().int(),
  label: z.string(),
  detail: z.string(),
  row: z.record(z.string(), z.unknown()),
  effectiveFrom: z.string(),
  effectiveTo: z.string().nullable(),
  sample: z.boolean(),
});
/** An entry that the words find and the day asked for does not have, with the days on which it was or will be listed. */
export const ListElsewhen = z.strictObject({
  label: z.string(),
  detail: z.string(),
  sample: z.boolean(),
  spans: z.array(z.strictObject({ from: z.string(), to: z.string().nullable() })),
});
/** A page of a list, and of which day and version it speaks; `version` null: no list was in force that day. */
export const ListPage = z.strictObject({
  items: z.array(ListRow),
  next: z.string().nullable(),
  asOf: z.strictObject({ day: z.string(), version: z.number().int().nullable(), since: z.string().nullable() }),
  otherDays: z.array(ListElsewhen),
});
export const ListQuery = z.strictObject({
  /** The day asked about; today where it is left out. */
  on: DayText.optional(),
  q: z.string().max(64).optional(),
  department: z.string().max(64).optional(),
  city: z.string().max(64).optional(),
  hospital: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(500).optional(),
  /** For this case: pharmacies that have its drug and are nearest to its person come first, and there is one page. */
  caseId: Id.optional(),
});
