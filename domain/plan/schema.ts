/**
 * The plan language: what an insurer's handbook promises, as data. Every value that decides something cites the
 * clause it comes from. A second handbook is another file in this language, never another program.
 * Over 300 lines on purpose: the whole language in one place, read top-down.
 */
import { z } from 'zod';
import { ITEMS } from '../journeys/hospital-assist/context-v1.ts';
import { PARTIES } from '../journeys/journey.ts';
import { CRITERIA } from '../journeys/special-drug/context-v1.ts';

/** A text in both languages of the interface. */
export const Text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof Text>;

const Code = z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower-case words joined by hyphens');
const ClauseId = z.string().min(1);
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD');
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:MM');
const count = z.int().min(1).max(10_000);

/** A value and the clause it comes from. */
const cited = <T extends z.ZodType>(is: T) => z.strictObject({ is, clause: ClauseId });

export const ROLES_OF_PERSONS = ['policyholder', 'insured'] as const;
export const CHANNELS = ['portal', 'hotline'] as const;
export const RELATIONS = ['self', 'policyholder', 'insured', 'beneficiary', 'guardian', 'agent', 'other'] as const;
export const ILLNESS_KINDS = ['critical-illness', 'malignant-tumour', 'lymphoma', 'other'] as const;
export const CLAUSE_KINDS = ['rule', 'sla', 'quota', 'flow', 'list', 'privacy', 'notice'] as const;
export const UNITS = ['seconds', 'service-minutes', 'working-days', 'calendar-days'] as const;
export const USE_SPEND_CAUSES = ['delivered', 'used-by-cancel', 'used-by-change', 'used-by-absence'] as const;
export const USE_RELEASE_CAUSES = [
  'refused',
  'withdrawn',
  'not-deliverable',
  'sample-lost',
  'unfit',
  'consent-withdrawn',
  'policy-ended',
  'not-pursued',
  'excused',
  'died',
] as const;
/** Groups of fields that a consent names; a field of an event without a group leaves nowhere (PIPL 23). */
export const FIELD_GROUPS = [
  'identity',
  'contact',
  'illness',
  'request',
  'papers',
  'care-path',
  'booking',
  'attendance',
  'sample',
  'report',
  'messages',
  'opinion',
  'prescription',
  'review',
  'settlement',
  'panel',
  'treatment',
  'consultation',
] as const;
export const LISTS = [
  'hospitals',
  'experts',
  'providers',
  'drugs',
  'pharmacies',
  'cart-hospitals',
  'cart-pharmacies',
  'programmes',
  'trials',
  'video-doctors',
  'departments',
  'hospital-doctors',
  'packages',
] as const;
/** Whom a message or an escalation can be addressed to, in terms of the case. */
export const AUDIENCES = [
  'member',
  'applicant',
  'provider',
  'laboratory',
  'expert',
  'video-doctor',
  'drug-consultant',
  'aid-assistant',
  'car-t-specialist',
  'pharmacist',
  'hospital-staff',
  'drug-reviewer',
  'reviewer',
  'case-manager',
  'supervisor',
  'operations',
] as const;
/** Roles on a case to which a kind of paper may be restricted. */
export const PAPER_READERS = ['member', 'applicant', 'case-manager', 'reviewer'] as const;
export const RANKS = ['resident', 'attending', 'associate-chief', 'chief'] as const;

/** Conditions on a milestone that the generic engine computes; the vocabulary is closed. */
export const MILESTONE_CONDITIONS = ['armed', 'not-armed', 'offered-by-due'] as const;

export const Clause = z.strictObject({
  id: ClauseId,
  printed: z.string().min(1).describe('the number as the booklet prints it, e.g. 二（二）9'),
  kind: z.enum(CLAUSE_KINDS),
  zh: z.string().min(1),
  en: z.string().min(1),
  /** What enforces it; `informs` when it only tells. Free words after the colon name the rule, promise, step, list… */
  enforcedBy: z
    .array(
      z
        .string()
        .regex(
          /^(rule|promise|quota|step|list|notice|consent):.+$|^informs$/,
          'rule:…, promise:…, quota:…, step:…, list:…, notice:…, consent:… or informs',
        ),
    )
    .min(1),
});
export type Clause = z.infer<typeof Clause>;

export const ServiceHours = z.strictObject({
  days: z
    .enum(['every-day', 'working-days'])
    .describe('every-day: every day no notice marks off; working-days: working days only'),
  opens: TimeOfDay,
  closes: TimeOfDay,
  clause: ClauseId,
});
export type ServiceHours = z.infer<typeof ServiceHours>;

const MilestoneRule = z.strictObject({
  on: Code.describe('a milestone of the service kind'),
  when: z.enum(MILESTONE_CONDITIONS).optional(),
});

/** A promised time (or, under `targets`, one that the insurer sets itself). */
export const PromiseRule = z.strictObject({
  code: Code,
  clause: ClauseId,
  label: Text,
  term: z.strictObject({ unit: z.enum(UNITS), amount: count }),
  since: Text.optional().describe('from when the term counts, as a member says it; without it from the request'),
  starts: z
    .array(
      z.strictObject({
        on: Code,
        act: z.enum(['open', 'use']).optional(),
        /** Facts of the request that must equal, e.g. {admissionCertificate: false}. */
        given: z.record(z.string(), z.boolean()).optional(),
      }),
    )
    .min(1),
  meets: z.array(MilestoneRule).min(1),
  voids: z.array(MilestoneRule).default([]),
  /** The same clock opens again with its old due, e.g. after a provider's cancellation. */
  reopens: z.array(MilestoneRule).default([]),
  /** once: a later start does not run it again; each: a clock for each start (a hand-in of papers). */
  occurrence: z.enum(['once', 'each']).default('once'),
  /** When the clock stands: while papers asked for are missing; while the policy is suspended under onSuspension pause. */
  stands: z.strictObject({ forPapers: z.boolean(), forSuspension: z.boolean() }),
  /** Shown as a range up to the due moment ("2-5 working days") instead of a date. */
  shownFrom: count.optional(),
});
export type PromiseRule = z.infer<typeof PromiseRule>;

export const TargetRule = PromiseRule.extend({
  clause: ClauseId.optional(),
  /** Who is told when it passes without being met. */
  tells: z.array(z.enum(AUDIENCES)).min(1),
});
export type TargetRule = z.infer<typeof TargetRule>;

const UseRule = z.strictObject({
  limit: cited(z.int().min(1).nullable()),
  per: z.enum(['policy', 'policy-year', 'lifetime']),
  hold: z.array(MilestoneRule).default([]),
  /** From this milestone on the member's own cancellation or change costs the use. */
  arm: z.array(MilestoneRule).default([]),
  disarm: z.array(MilestoneRule).default([]),
  spend: z.array(MilestoneRule.extend({ cause: z.enum(USE_SPEND_CAUSES), clause: ClauseId })).default([]),
  release: z.array(MilestoneRule.extend({ cause: z.enum(USE_RELEASE_CAUSES) })).default([]),
});
export type UseRule = z.infer<typeof UseRule>;

const PaperRule = z.strictObject({
  kind: Code,
  /** Needed always, or only under the named circumstance. */
  required: z.enum(['always', 'guardian', 'agent', 'no', 'after-visit']),
  before: Code.optional().describe('the milestone it must be there before'),
  from: Code.optional().describe('asked for from this milestone on, not with the request'),
  until: Code.optional().describe('and no longer once this milestone has passed since'),
  eachRound: z.boolean().default(false).describe('a case of several rounds asks for a new one in each'),
  firstRoundOnly: z.boolean().default(false).describe('asked for in the first round of a case only'),
  why: Text,
  clause: ClauseId,
});

const MessageRule = z.strictObject({
  on: Code,
  to: z.enum(AUDIENCES),
  template: Code,
  urgent: z.boolean().default(false),
});

/** Switches of a service: the readings of the clauses' tensions that an insurer may choose otherwise. */
const Switches = z.strictObject({
  review: cited(z.boolean()).describe('a medical reviewer verifies the facts before anything is arranged'),
  carePath: cited(z.boolean()),
  escort: cited(z.boolean()),
  absence: cited(z.enum(['spend', 'person', 'release'])),
  changeAfterBooking: cited(z.enum(['spent-and-served', 'spent-and-closed', 'free'])),
  consentWithdrawnAfterBooking: cited(z.enum(['person', 'release'])),
  /** Before an absence counts: how late she may come, and how often she must have been called. */
  absenceGrace: z.strictObject({ minutes: count, calls: count, clause: ClauseId }).optional(),
});

/** What happens when the member cannot be reached or never hands in the papers. Working days from the asking. */
const Pursuit = z.strictObject({
  remindAfter: z.array(count).min(1),
  calls: count,
  onDays: count,
  closeAfter: count,
  clause: ClauseId.optional(),
});

/** On what prescriptions of a special drug are judged, and how long what was judged holds. */
const Prescriptions = z.strictObject({
  criteria: z
    .array(z.strictObject({ code: z.enum(CRITERIA), clause: ClauseId }))
    .min(1)
    .describe('what counts; a criterion that is not named is not asked'),
  daysAtMost: cited(count).describe('days of supply that one prescription is approved for at most'),
  refillDays: cited(count).describe('so many days before the supply ends the next purchase may begin'),
  approvalDays: cited(count).describe('calendar days that an approval holds'),
  lapsesAfterDays: cited(count).describe('calendar days without a new prescription after which the case is closed'),
  /** The terms are not in the handbook: figures of our own. */
  sample: z.boolean().default(false),
});

const fen = z.int().min(0).max(10_000_000_000).describe('a whole number of 分');
const basisPoints = z.int().min(0).max(10_000).describe('basis points: 10000 is all of it');

/** What the contract pays of a special drug; the policy feed's `parameters.settlement` may say otherwise for a policy. */
const Settlement = z.strictObject({
  clause: ClauseId,
  /** Of a policy year. */
  deductible: fen,
  /** By the part that social insurance has: settled through it, insured but not settled through it, not insured. */
  ratios: z.strictObject({ used: basisPoints, 'not-used': basisPoints, none: basisPoints }),
  annualLimit: fen.nullable(),
  lifetimeLimit: fen.nullable(),
  /** Who bears what a pharmacy charges above the agreed price. */
  aboveAgreed: z.enum(['pharmacy', 'member']),
  coldChain: z.strictObject({ clause: ClauseId }).describe('the clause by which its carriage is the member’s cost'),
  /** The figures are invented and shown with the plan's sampleLabel, until the feed brings a policy's own. */
  sample: z.boolean().default(false),
});
/** What a hospital gives beside the medical services, and for how long a slot of it is held [2.7.1]. */
const Assist = z.strictObject({
  clause: ClauseId,
  items: z.array(z.strictObject({ code: z.enum(ITEMS), clause: ClauseId })).min(1),
  holdMinutes: count.describe('minutes for which a chosen slot is held until she confirms'),
  showDays: count.describe('so many days ahead slots are shown'),
  lapseDays: count.describe('calendar days after which a case without a chosen slot closes by itself'),
});
export type Assist = z.infer<typeof Assist>;
/** What a schedule counts from: so many calendar days after the first time the case passed a milestone. */
const Scheduled = z.strictObject({ after: Code, days: z.int().min(0).max(3650) });
/**
 * Course management after a treatment: what the member may record, what alarms, who calls when, what is asked when. The
 * words are the insurer's own; `sample` marks those that nobody has released for use.
 */
const Course = z.strictObject({
  clause: ClauseId,
  sample: z.boolean().default(false),
  from: Code.describe('the milestone from which the member keeps a diary'),
  symptoms: z.array(z.strictObject({ code: Code, name: Text })).min(1),
  grades: z.array(z.strictObject({ grade: z.int().min(0).max(5), name: Text, means: Text })).min(2),
  /** From this grade on the specialist is told at once and the member is shown the card. */
  alarm: z.int().min(1).max(5),
  card: z.strictObject({ signs: z.array(Text).min(1), does: Text }),
  calls: z.array(Scheduled.extend({ code: Code, name: Text })).min(1),
  questionnaires: z.array(
    z.strictObject({
      code: Code,
      version: count,
      name: Text,
      asks: Text,
      questions: z
        .array(
          z.strictObject({ code: Code, text: Text, min: z.int().min(0), max: z.int().max(100), low: Text, high: Text }),
        )
        .min(1),
      on: z.array(Scheduled).min(1),
    }),
  ),
});
export type Course = z.infer<typeof Course>;

/**
 * A consultation by video: who may hold it, how a doctor is found, and the times that the insurer sets itself (the
 * booklet names the promise of three minutes and the year alone).
 */
const Consultation = z.strictObject({
  clause: ClauseId,
  doctors: z.strictObject({ minGrade: z.int().min(1).max(3), class: z.enum(['A', 'B', 'C']), clause: ClauseId }),
  dispatch: z.strictObject({
    offerSeconds: count.describe('a doctor answers an offer within'),
    supervisorAfterSeconds: count.describe('the supervisor is called when nobody took it by then'),
    callBackAfterSeconds: count.describe('from then on the member may ask to be called back'),
    missesAtMost: count.describe('offers in a row without an answer, after which a doctor is off duty'),
    memberWaitSeconds: count.describe('so long a doctor waits for a member who is not there'),
    comeBackHours: count,
  }),
  /** Another time, when the doctor or circumstances put it off. */
  appointment: z.strictObject({ answerHours: count, remindBeforeMinutes: z.array(count).min(1), clause: ClauseId }),
  followUpHours: count.describe('one question may be asked so long after the note'),
  opening: z.strictObject({
    clause: ClauseId,
    tellDelayAfterMinutes: count,
    retryMinutes: z.array(count).min(1).describe('waits between attempts; the last one again and again'),
    remindBeforeDays: z.array(count).min(1).describe('days before the year ends'),
  }),
  /** Words that lead to the emergency number while they are typed. */
  emergency: z.strictObject({
    telephone: z.string().regex(/^\d{3,}$/),
    words: z.array(Text).min(1),
    advice: Text,
    clause: ClauseId,
  }),
});
export type Consultation = z.infer<typeof Consultation>;

/** A way into the portal that the handbook prints; members were told it by name. */
const Door = z.strictObject({
  code: Code,
  name: Text,
  inside: Text.optional().describe('an entry between the door and its services, as the handbook prints it'),
  clauses: z.array(ClauseId).min(1),
});
/** Behind which door a service stands, and under which name of a menu; a row with an item opens that form of it. */
const Entry = z.strictObject({
  door: Code,
  entry: Text.optional().describe("the menu entry's name where the handbook prints one"),
  item: z.enum(ITEMS).optional(),
  clause: ClauseId.optional().describe('none: the handbook names no door, the insurer chose this one'),
});
export type Entry = z.infer<typeof Entry>;

export const Service = z.strictObject({
  name: Text,
  gives: Text.describe('one line of what it gives'),
  doors: z.array(Entry).default([]),
  /** Everyday words and other names by which people look for it. */
  words: z.strictObject({ zh: z.array(z.string().min(1)), en: z.array(z.string().min(1)) }).default({ zh: [], en: [] }),
  /** What comes nearest when it cannot be used, the nearest first. */
  instead: z.array(Code).default([]),
  clause: ClauseId,
  journey: z.strictObject({ kind: Code, version: count }),
  persons: cited(z.array(z.enum(ROLES_OF_PERSONS)).min(1)),
  channels: cited(z.array(z.enum(CHANNELS)).min(1)),
  applicants: cited(z.array(z.enum(RELATIONS)).min(1)),
  guardian: z.strictObject({ clause: ClauseId }),
  follows: z.strictObject({ clause: ClauseId }).describe("the clause by which it follows the policy's state"),
  coolingOff: cited(z.boolean()),
  waiting: cited(z.boolean()),
  illness: z
    .strictObject({
      kind: cited(z.enum(['critical-illness', 'malignant-tumour', 'lymphoma'])),
      first: cited(z.boolean()),
      diagnosedInForce: z.strictObject({ clause: ClauseId }),
      excludesPreExisting: cited(z.boolean()),
      hospital: cited(z.strictObject({ public: z.boolean(), minGrade: z.int().min(1).max(3) }).nullable()),
    })
    .nullable(),
  citizens: cited(z.enum(['any', 'mainland'])),
  /** Services that are opened for a year of their own (video). */
  ownYear: z
    .strictObject({ years: count, reopenBeforeDays: z.int().min(0), clause: ClauseId, opensAgainClause: ClauseId })
    .optional(),
  hours: ServiceHours.optional(),
  /** Served at any hour of any day. */
  anyHour: z.strictObject({ clause: ClauseId }).optional(),
  /** What the member pays beside the free service. */
  costs: z.array(z.strictObject({ text: Text, clause: ClauseId })).default([]),
  /** Lists that bound it, beside the one of its hospitals. */
  lists: z.array(z.strictObject({ list: z.enum(LISTS), clause: ClauseId })).optional(),
  use: UseRule,
  promises: z.array(PromiseRule).default([]),
  targets: z.array(TargetRule).default([]),
  papers: z.array(PaperRule).default([]),
  hospitals: z
    .strictObject({
      list: z.enum(LISTS),
      clause: ClauseId,
      minGrade: z.int().min(1).max(3).optional(),
      class: z.enum(['A', 'B', 'C']).optional(),
    })
    .optional(),
  /** One case manager is named from the request on and stays with the case. */
  manager: z.strictObject({ clause: ClauseId }).optional(),
  expert: z
    .strictObject({
      minRank: z.enum(RANKS),
      departments: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe('one of these, as the list of experts names it'),
      clause: ClauseId,
    })
    .optional(),
  /** How many experts judge the records, and what they need to agree. */
  panel: z
    .strictObject({ experts: z.int().min(1).max(9), decides: z.enum(['majority', 'unanimous']), clause: ClauseId })
    .optional(),
  course: Course.optional(),
  consultation: Consultation.optional(),
  /** Who delivers it: a provider of the plan; the hospital's row may name another. */
  provider: z.strictObject({ default: Code, hospitalMayName: z.boolean(), clause: ClauseId }).optional(),
  consents: z
    .array(
      z.strictObject({
        to: z.union([z.enum(PARTIES), Code]),
        purpose: Code,
        text: Code,
        /** Asked for in the case from this milestone on, not with the request. */
        from: Code.optional(),
        /** Asked for only by requests for one of these items. */
        items: z.array(z.enum(ITEMS)).min(1).optional(),
      }),
    )
    .default([]),
  notices: z.array(Code).default([]),
  warnings: z
    .strictObject({
      applying: Text.optional(),
      cancelling: Text.optional(),
      changing: Text.optional(),
      absence: Text.optional(),
    })
    .default({}),
  switches: Switches.optional(),
  prescription: Prescriptions.optional(),
  pursuit: Pursuit.optional(),
  settlement: Settlement.optional(),
  assist: Assist.optional(),
  /** What comes again and again: so many calendar days before it she is reminded. */
  cycle: z.strictObject({ remindBefore: z.array(count).min(1), clause: ClauseId }).optional(),
  messages: z.array(MessageRule).default([]),
});
export type Service = z.infer<typeof Service>;

/** What members are asked after a case: a question of the insurer's own, on which nothing else depends. */
const Satisfaction = z.strictObject({
  sayWithinDays: count.describe('calendar days after the end of the case in which it can be said'),
  changeWithinDays: count.describe('calendar days in which what was said can be changed'),
  lowAtMost: z.int().min(1).max(4).describe('so many of five or fewer: the supervisor hears of it'),
  asks: z.array(Code).min(1).describe('outcomes of a case after which she is asked, by one message'),
  takes: z.array(Code).default([]).describe('outcomes after which she may say it and is not asked'),
  /** What it was about, to choose from; `kinds`: only after cases of these kinds. */
  reasons: z.array(z.strictObject({ code: Code, name: Text, kinds: z.array(Code).min(1).optional() })).min(1),
});

export const Plan = z.strictObject({
  plan: Code,
  insurer: Code,
  insurerName: Text,
  name: Text,
  edition: Day,
  effectiveFrom: Day,
  effectiveTo: Day.nullable().default(null),
  supersedes: z.string().optional(),
  hotline: z.string().min(3),
  /** An invented plan: shows the language and serves tests; a production database never takes it unasked. */
  sample: z.boolean().default(false),
  /** Shown wherever a value is not from public terms. */
  sampleLabel: Text.optional(),
  inForce: z.strictObject({ clause: ClauseId }),
  offers: z.strictObject({ clause: ClauseId }).describe('the clause that lists the services'),
  portal: z.strictObject({ name: Text, doors: z.array(Door).min(1) }).optional(),
  workingDay: z.strictObject({ opens: TimeOfDay, closes: TimeOfDay, clause: ClauseId }),
  onSuspension: cited(z.enum(['end', 'pause'])),
  waitingBar: cited(z.enum(['service', 'illness'])),
  clauses: z.array(Clause).min(1),
  providers: z
    .array(z.strictObject({ code: Code, name: Text, sample: z.boolean().default(false), clause: ClauseId }))
    .default([]),
  illnesses: z
    .array(
      z.strictObject({
        code: Code,
        name: Text,
        kind: z.enum(ILLNESS_KINDS),
        severity: z.enum(['severe', 'mild']).nullable(),
        evidence: z.array(Code),
        counted: z.enum(['yes', 'no', 'person-decides']),
        sample: z.boolean().default(false),
        clause: ClauseId,
      }),
    )
    .min(1),
  paperKinds: z.array(
    z.strictObject({
      kind: Code,
      name: Text,
      formats: z.array(z.enum(['jpg', 'png', 'pdf', 'zip'])).min(1),
      maxBytes: z.int().min(1),
      /** Accepted in one case, the same paper is accepted in the next: a proof of who somebody is, not of what ails her. */
      verifiedOnce: z.boolean().default(false),
      maxPages: count.describe('pages; of an archive of images its files'),
      /** To which group of a consent it belongs, where it is not `papers`. */
      group: z.enum(FIELD_GROUPS).optional(),
      /** Who may read such a paper, and nobody else: always, and from a milestone of its case on. */
      readers: z
        .strictObject({
          always: z.array(z.enum(PAPER_READERS)),
          from: z.strictObject({ milestone: Code, also: z.array(z.enum(PAPER_READERS)).min(1) }),
          clause: ClauseId,
        })
        .optional(),
    }),
  ),
  /** Texts that the tested person signs before a laboratory may test, as the laboratory supplies them. */
  informedConsents: z
    .array(
      z.strictObject({
        service: Code,
        laboratory: Code,
        version: count,
        title: Text,
        text: Text,
        clause: ClauseId,
      }),
    )
    .default([]),
  consentTexts: z.array(
    z.strictObject({
      id: Code,
      version: count,
      purpose: Code,
      text: Text,
      fields: z.array(z.enum(FIELD_GROUPS)).min(1),
      /** How long it holds: the case's end plus these calendar days. */
      untilDaysAfterEnd: z.int().min(0),
      clause: ClauseId,
    }),
  ),
  notices: z.array(z.strictObject({ id: Code, version: count, text: Text, clause: ClauseId })),
  satisfaction: Satisfaction.optional(),
  services: z.record(Code, Service),
});
export type Plan = z.infer<typeof Plan>;
export type PersonRole = (typeof ROLES_OF_PERSONS)[number];
export type Channel = (typeof CHANNELS)[number];
export type Relation = (typeof RELATIONS)[number];
export type IllnessKind = (typeof ILLNESS_KINDS)[number];
export type FieldGroup = (typeof FIELD_GROUPS)[number];
export type Audience = (typeof AUDIENCES)[number];
export type SpendCause = (typeof USE_SPEND_CAUSES)[number];
export type ReleaseCause = (typeof USE_RELEASE_CAUSES)[number];
export type MilestoneCondition = (typeof MILESTONE_CONDITIONS)[number];
