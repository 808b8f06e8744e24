/**
 * What is asked of `decide`: may this person have this service now? The shapes of contract 2.2, read strictly: unknown
 * fields, days that do not exist, moments without an offset and states out of order are faults, each at its own path.
 * Moments come out as `Date`, days stay `YYYY-MM-DD` (Asia/Shanghai), both ends of a range included.
 */
import { z } from 'zod';
import { isDay, parseInstant } from '#domain/calendar/day.ts';
import { CHANNELS, ILLNESS_KINDS, RELATIONS, ROLES_OF_PERSONS } from '#domain/plan/schema.ts';

export const PROOFS = ['guardianship', 'minority', 'incapacity', 'authorisation'] as const;
export const POLICY_STATES = ['in-force', 'suspended', 'terminated'] as const;
export const USE_STATES = ['held', 'spent', 'released'] as const;
export const ACTS = ['open', 'use'] as const;

/** Faults of the custom checks below (`params.fault` of the issue), so that a caller can say them in another language. */
export type QuestionFault = 'no-such-day' | 'no-moment' | 'moment-out-of-range' | 'status-out-of-order';

const fault = (code: QuestionFault) => ({ fault: code });

// Beyond these years a mistyped moment is likelier than a real one, and no calendar speaks for them.
const FIRST_YEAR = 1900;
const LAST_YEAR = 2999;

/** A day that exists, in Asia/Shanghai. */
export const DayInput = z.string().refine(isDay, {
  error: 'must be a day that exists, written YYYY-MM-DD',
  params: fault('no-such-day'),
});

/** A moment, ISO 8601 with an offset, read into a `Date`. */
export const MomentInput = z.string().transform((text, ctx) => {
  const moment = readMoment(text);
  if (!moment) {
    ctx.addIssue({
      code: 'custom',
      message: 'must be a moment that exists, with its offset, e.g. 2026-03-02T10:00:00+08:00',
      params: fault('no-moment'),
    });
    return z.NEVER;
  }
  const year = moment.getUTCFullYear();
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    ctx.addIssue({
      code: 'custom',
      message: `must lie between ${FIRST_YEAR} and ${LAST_YEAR}`,
      params: fault('moment-out-of-range'),
    });
    return z.NEVER;
  }
  return moment;
});

function readMoment(text: string): Date | undefined {
  try {
    return parseInstant(text);
  } catch {
    return undefined;
  }
}

/** A name as the caller wrote it; whether such a plan or service exists is for the answer to say. */
const Name = z.string().min(1).max(200);

const Status = z
  .array(z.strictObject({ state: z.enum(POLICY_STATES), from: MomentInput }))
  .superRefine((entries, ctx) => {
    for (const [i, { from }] of entries.entries()) {
      const before = entries[i - 1];
      if (before && from < before.from)
        ctx.addIssue({
          code: 'custom',
          path: [i, 'from'],
          message: 'is earlier than the entry before it; give the states in order of time',
          params: fault('status-out-of-order'),
        });
    }
  });

/** An illness as known. What is not known (a day, the hospital) is null or left out; it is never guessed. */
export const IllnessInput = z.strictObject({
  kind: z.enum(ILLNESS_KINDS),
  onsetOn: DayInput.nullish(),
  diagnosedOn: DayInput.nullish(),
  first: z.boolean().nullish(),
  preExisting: z.boolean().nullish(),
  hospital: z
    .strictObject({
      grade: z.int().min(1).max(3).nullish(),
      class: z.enum(['A', 'B', 'C']).nullish(),
      public: z.boolean().nullish(),
    })
    .nullish(),
});

/** The whole question (contract 2.2). Parse outside input with it; code that has typed facts builds a `Question` itself. */
export const QuestionInput = z.strictObject({
  plan: Name,
  service: Name,
  act: z.enum(ACTS).default('use'),
  at: MomentInput,
  channel: z.enum(CHANNELS),
  policy: z.strictObject({
    effectiveFrom: DayInput,
    expiresOn: DayInput,
    coolingOffEndsOn: DayInput.nullable(),
    waitingEndsOn: DayInput.nullable(),
    renewedWithoutBreak: z.boolean().default(false),
    status: Status,
  }),
  person: z.strictObject({
    role: z.enum(ROLES_OF_PERSONS),
    bornOn: DayInput,
    mainlandCitizen: z.boolean(),
    fullCapacity: z.boolean(),
  }),
  applicant: z.strictObject({ relation: z.enum(RELATIONS), proofs: z.array(z.enum(PROOFS)).default([]) }),
  illness: IllnessInput.nullable().default(null),
  earlierIllnesses: z.array(IllnessInput).default([]),
  uses: z.array(z.strictObject({ state: z.enum(USE_STATES), on: DayInput.nullish() })),
  openedAt: MomentInput.nullable().default(null),
  admissionCertificate: z.boolean().default(false),
});

/** What `yilu due` is asked (contract 2.1). */
export const PromiseQuestionInput = z.strictObject({
  plan: Name,
  service: Name,
  promise: Name,
  from: MomentInput,
  paused: z.array(z.strictObject({ from: MomentInput, to: MomentInput })).default([]),
});

export type Question = z.infer<typeof QuestionInput>;
export type PromiseQuestion = z.infer<typeof PromiseQuestionInput>;
export type Illness = z.infer<typeof IllnessInput>;
export type Proof = (typeof PROOFS)[number];
export type PolicyState = (typeof POLICY_STATES)[number];
export type UseState = (typeof USE_STATES)[number];
export type Act = (typeof ACTS)[number];
