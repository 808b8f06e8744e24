/** Requests, cases, papers, and how a case moves. Over 300 lines: one table of what crosses the wire about a case. */
import { z } from 'zod';
import { AllowedEvent, ClockView, DayText, Id, Moment, Outcome, Reason, Role } from './common.ts';
import { OpinionView } from './opinions.ts';
import { SatisfactionView } from './satisfaction.ts';
import { VideoView } from './video.ts';

export const PersonRef = z.strictObject({ id: Id, name: z.string(), masked: z.boolean() });
export const PaperPage = z.strictObject({ n: z.number().int(), url: z.string() });
export const PaperView = z.strictObject({
  id: Id,
  kind: z.string(),
  kindName: z.string(),
  fileName: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  type: z.enum(['jpg', 'png', 'pdf', 'zip']),
  receivedAt: Moment,
  verdict: z.enum(['received', 'accepted', 'rejected', 'replaced']),
  reason: z.string().nullable(),
  verdictAt: Moment.nullable(),
  previewUrl: z.string(),
  originalUrl: z.string(),
});
export type PaperView = z.infer<typeof PaperView>;
/** One line of the checklist: a kind of paper this case needs or has. */
export const PaperNeed = z.strictObject({
  kind: z.string(),
  kindName: z.string(),
  required: z.boolean(),
  missing: z.boolean(),
  /** Another paper of the kind may be handed in now: it is missing, or the case gathers records page by page. */
  open: z.boolean(),
  /** What the service was for, not what it needs: a report to read. */
  result: z.boolean(),
  formats: z.array(z.string()),
  maxBytes: z.number().int(),
  why: z.string(),
  clause: z.string(),
  printed: z.string(),
  papers: z.array(PaperView),
});
export const TimelineEntry = z.strictObject({
  id: z.string(),
  at: Moment,
  recordedAt: Moment,
  type: z.string(),
  label: z.string(),
  actor: z.string(),
  actorRole: z.string(),
  /** Facts of the event the caller may see, in words. */
  facts: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  future: z.boolean(),
  by: Moment.nullable(),
});
export const Turn = z.strictObject({
  who: z.enum([
    'member',
    'applicant',
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
    'supervisor',
    'operations',
    'system',
    'nobody',
  ]),
  label: z.string(),
  does: z.string(),
  until: Moment.nullable(),
  untilWhy: z.string().nullable(),
  /** `until` is when it takes place, not the last moment for it. */
  appointment: z.boolean(),
});
export const UseView = z.strictObject({
  state: z.enum(['none', 'held', 'spent', 'released']),
  cause: z.string().nullable(),
  causeLabel: z.string().nullable(),
  remaining: z.number().int().nullable(),
  limit: z.number().int().nullable(),
});
export const CaseSummary = z.strictObject({
  id: Id,
  number: z.string(),
  version: z.number().int(),
  service: z.string(),
  serviceName: z.string(),
  state: z.string(),
  stateLabel: z.string(),
  final: z.boolean(),
  suspended: z.boolean(),
  person: PersonRef,
  policyNo: z.string(),
  turn: Turn,
  urgent: ClockView.nullable(),
  openedAt: Moment,
  changedAt: Moment,
  assignee: z.string().nullable(),
  attention: z.array(z.string()),
});
export type CaseSummary = z.infer<typeof CaseSummary>;
export const CaseView = CaseSummary.extend({
  plan: z.string(),
  edition: z.string(),
  planName: z.string(),
  hotline: z.string(),
  chartVersion: z.number().int(),
  mine: z.boolean(),
  steps: z.array(
    z.strictObject({
      code: z.string(),
      label: z.string(),
      state: z.enum(['done', 'now', 'next']),
      at: Moment.nullable(),
      by: Moment.nullable(),
    }),
  ),
  clocks: z.array(ClockView),
  /** What it costs is settled with its providers: the figures are at /settlement. */
  settledDirectly: z.boolean(),
  papers: z.array(PaperNeed),
  timeline: z.array(TimelineEntry),
  use: UseView,
  /** Facts of the request and what was verified, as label and value; grouped for the screen. */
  facts: z.array(
    z.strictObject({
      group: z.string(),
      /** It is what the case is about now, and stands first on the member's page. */
      first: z.literal(true).optional(),
      items: z.array(z.strictObject({ label: z.string(), value: z.string(), source: z.string().optional() })),
    }),
  ),
  decision: z.strictObject({ id: Id, outcome: Outcome, reasons: z.array(Reason) }).nullable(),
  offer: z
    .strictObject({
      visitAt: Moment,
      hospital: z.string(),
      department: z.string(),
      expert: z.string(),
      rank: z.string(),
      answerBy: Moment.nullable(),
      confirmed: z.boolean(),
      escort: z
        .strictObject({ name: z.string(), phone: z.string(), meetingPlace: z.string(), hours: z.string() })
        .nullable(),
      /** What else this service's offer says, in words. */
      more: z.array(z.strictObject({ label: z.string(), value: z.string() })),
    })
    .nullable(),
  carePath: z
    .strictObject({
      hospital: z.string(),
      department: z.string(),
      expert: z.string(),
      why: z.string(),
      examinations: z.string(),
    })
    .nullable(),
  summary: z.strictObject({ said: z.string(), nextSteps: z.string(), at: Moment }).nullable(),
  /** Who was called, when, and what came of it; newest first, for the house alone. */
  calls: z.array(
    z.strictObject({
      id: Id,
      at: Moment,
      by: z.string(),
      outcome: z.string(),
      outcomeLabel: z.string(),
      note: z.string().nullable(),
    }),
  ),
  /** The expert's opinion with what was said of it since; the file that was signed. */
  opinion: OpinionView.nullable(),
  /** Who serves the case and has no consent of the person yet; she is asked for it. */
  consentAsked: z.enum(['provider', 'expert', 'pharmacy']).nullable(),
  /** Cases that this one followed, or that followed it, as far as the reader may open them. */
  linked: z.array(
    z.strictObject({
      relation: z.enum(['earlier', 'later']),
      label: z.string(),
      id: Id,
      number: z.string(),
      what: z.string(),
      stateLabel: z.string(),
      /** What became of the earlier one's purchases; empty where it is closed. */
      stands: z.string(),
    }),
  ),
  /** Queue, room and note of a video consultation. */
  video: VideoView.nullable(),
  /** How satisfied she was, or may say now. */
  satisfaction: SatisfactionView.nullable(),
  /** There is a course after a treatment to be read and kept, at /api/cases/{id}/course. */
  course: z.boolean(),
  allowed: z.array(AllowedEvent),
});
export type CaseView = z.infer<typeof CaseView>;

/** The facts of the illness as the applicant gives them; onset is the earliest of the first three days. */
export const IllnessInput = z.strictObject({
  code: z.string().max(64).describe("a code of the plan's illness table"),
  firstSymptomOn: DayText.optional(),
  firstAbnormalOn: DayText.optional(),
  firstVisitOn: DayText.optional(),
  diagnosedOn: DayText.optional(),
  first: z.boolean().default(true),
  preExisting: z.boolean().default(false),
  hospitalId: Id.optional(),
  hospitalName: z.string().max(100).optional(),
});
export type IllnessInput = z.infer<typeof IllnessInput>;
export const ApplicantInput = z.strictObject({
  relation: z.enum(['self', 'policyholder', 'insured', 'beneficiary', 'guardian', 'agent', 'other']),
  name: z.string().max(50).optional(),
  phone: z.string().max(20).optional(),
  idNumber: z.string().max(30).optional(),
  proofs: z
    .array(z.strictObject({ kind: z.enum(['guardianship', 'minority', 'incapacity', 'authorisation']), paperId: Id }))
    .default([]),
});
export const ConsentInput = z.strictObject({
  recipient: z.string().max(64),
  purpose: z.string().max(64),
  textVersion: z.int().min(1),
});
export const CreateCase = z.strictObject({
  service: z.string().max(64),
  act: z.enum(['open', 'use']).default('use'),
  policyId: Id,
  personId: Id,
  applicant: ApplicantInput.optional(),
  illness: IllnessInput.nullable().optional(),
  form: z.record(z.string(), z.unknown()).default({}),
  papers: z.array(z.strictObject({ kind: z.string().max(64), paperId: Id })).default([]),
  consents: z.array(ConsentInput).default([]),
  acknowledged: z.array(z.strictObject({ id: z.string().max(64), version: z.int().min(1) })).default([]),
});
export type CreateCase = z.infer<typeof CreateCase>;
export const CaseEvent = z.looseObject({
  type: z.string().max(64),
  version: z.int().min(0),
  occurredAt: Moment.optional(),
});
/** A paper already on file; without `kind` it serves as what it was handed in as. */
export const AttachPaper = z.strictObject({ kind: z.string().max(64).optional(), paperId: Id });
export const RequestForm = z.strictObject({
  service: z.string(),
  name: z.string(),
  schema: z.record(z.string(), z.unknown()),
  illnesses: z
    .array(z.strictObject({ code: z.string(), name: z.string(), severity: z.string().nullable(), sample: z.boolean() }))
    .nullable(),
  papers: z.array(
    z.strictObject({
      kind: z.string(),
      name: z.string(),
      required: z.boolean(),
      why: z.string(),
      clause: z.string(),
      printed: z.string(),
      formats: z.array(z.string()),
      maxBytes: z.number().int(),
      maxPages: z.number().int(),
    }),
  ),
  consents: z.array(
    z.strictObject({
      recipient: z.string(),
      recipientName: z.string(),
      purpose: z.string(),
      textVersion: z.number().int(),
      /** Asked for only by a request for one of these items; null: by every request. */
      items: z.array(z.string()).nullable(),
      text: z.string(),
      fields: z.array(z.strictObject({ group: z.string(), label: z.string() })),
      until: z.string(),
      clause: z.string(),
      printed: z.string(),
    }),
  ),
  notices: z.array(
    z.strictObject({
      id: z.string(),
      version: z.number().int(),
      text: z.string(),
      clause: z.string(),
      printed: z.string(),
    }),
  ),
  warning: z.string(),
  promises: z.array(
    z.strictObject({ code: z.string(), label: z.string(), text: z.string(), clause: z.string(), printed: z.string() }),
  ),
  needsOwnConsent: z.boolean(),
  sampleLabel: z.string().nullable(),
});
export type RequestForm = z.infer<typeof RequestForm>;
/** The case that a request became; a request that waits for her own consent has no decision yet. */
export const CreatedCase = CaseView.extend({ decisionId: Id.nullable() });
export const DecisionRequest = z.strictObject({
  service: z.string(),
  act: z.enum(['open', 'use']).default('use'),
  policyId: Id,
  personId: Id,
  applicant: ApplicantInput.optional(),
  illness: IllnessInput.nullable().optional(),
  form: z.record(z.string(), z.unknown()).default({}),
});
export const PaperThatChanges = z.strictObject({
  kind: z.string(),
  name: z.string(),
  why: z.string(),
  printed: z.string(),
});
export const DecisionView = z.strictObject({
  id: Id.nullable(),
  at: Moment,
  outcome: Outcome,
  reasons: z.array(Reason),
  remaining: z.number().int().nullable(),
  clocks: z.array(z.strictObject({ promise: z.string(), clause: z.string(), due: Moment, provisional: z.boolean() })),
  edition: z.string().nullable(),
  plan: z.string(),
  service: z.string(),
  inputs: z.record(z.string(), z.unknown()).nullable(),
  caseId: Id.nullable(),
  appeal: z
    .strictObject({
      id: Id,
      /** Of the complaint that it is; `text` is empty for whoever does not read complaints. */
      state: z.enum(['open', 'upheld', 'overturned', 'partly', 'settled', 'withdrawn']),
      text: z.string(),
      answer: z.string().nullable(),
      due: Moment.nullable(),
    })
    .nullable(),
  /** Papers by which a reason that stands against her could be met. */
  papers: z.array(PaperThatChanges),
  alternatives: z.array(z.strictObject({ service: z.string(), name: z.string() })),
  hotline: z.string(),
});
export const ROLE_OF_TURN = Role;
