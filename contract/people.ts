/** Sessions, accounts, consents, disclosures, delegations, messages, the service desk. */
import { z } from 'zod';
import { TIES } from '#domain/accounts/ties.ts';
import { PersonRef } from './cases.ts';
import { DayText, Id, Moment, Role } from './common.ts';

/** A minor's file is closed to the caller until a supervisor agrees; `asked`: what the caller asked last, if that is not over. */
export const MinorClosed = z.strictObject({
  personId: Id,
  caseId: Id.nullable(),
  asked: z.strictObject({ state: z.enum(['open', 'refused']), at: Moment, note: z.string().nullable() }).nullable(),
});
export type MinorClosed = z.infer<typeof MinorClosed>;
/** `caseId`: the case on which the supervisor reads it, where there is one. */
export const AskMinor = z.strictObject({ reason: z.string().trim().min(4).max(500), caseId: Id.optional() });
export const SessionView = z.strictObject({
  account: z.strictObject({
    id: Id,
    name: z.string(),
    roles: z.array(Role),
    role: Role,
    personId: Id.nullable(),
    provider: z.string().nullable(),
  }),
  insurer: z.strictObject({ code: z.string(), name: z.string(), hotline: z.string() }),
  mode: z.enum(['sandbox', 'production']),
  now: Moment,
  calendarUntil: DayText,
  /** The last holiday notice runs out soon: operations are to import the next. */
  calendarEndsSoon: z.boolean(),
  desks: z.array(z.strictObject({ code: z.string(), label: z.string() })),
});
export type SessionView = z.infer<typeof SessionView>;
export const PublicInfo = z.strictObject({
  insurer: z.strictObject({ code: z.string(), name: z.string(), hotline: z.string() }),
  mode: z.enum(['sandbox', 'production']),
  now: Moment,
  /** Inside WeChat one may come in by it. */
  wechat: z.boolean(),
});
export const AskCode = z.strictObject({ phone: z.string().min(5).max(20) });
export const VerifyCode = z.strictObject({
  phone: z.string().min(5).max(20),
  code: z.string().regex(/^\d{6}$/),
  idLastSix: z.string().max(6).optional(),
  bornOn: DayText.optional(),
});
/** needs: identity = last six of the ID and birth date asked too; totp / totp-setup = the second factor. */
export const SignInResult = z.strictObject({
  session: SessionView.nullable(),
  needs: z.enum(['identity', 'totp', 'totp-setup']).nullable(),
  otpauth: z.string().optional(),
  attemptsLeft: z.number().int().optional(),
});
export const PasswordSignIn = z.strictObject({
  email: z.email().max(200),
  password: z.string().min(1).max(200),
  totp: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
});
export const SandboxAccount = z.strictObject({
  account: z.string(),
  name: z.string(),
  role: Role,
  situation: z.string(),
  group: z.string(),
});
export const SandboxSignIn = z.strictObject({ account: z.string().max(64) });
export const SandboxClock = z.strictObject({ now: Moment });
export const MoveClock = z.union([
  z.strictObject({ now: Moment }),
  z.strictObject({ advance: z.string().regex(/^P(?=\d|T)(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$/) }),
]);
export const SandboxMessage = z.strictObject({
  id: Id,
  at: Moment,
  channel: z.enum(['inbox', 'sms', 'wechat']),
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  state: z.string(),
});

export const ConsentView = z.strictObject({
  id: Id,
  recipient: z.string(),
  recipientName: z.string(),
  purpose: z.string(),
  text: z.string(),
  textVersion: z.number().int(),
  fields: z.array(z.strictObject({ group: z.string(), label: z.string() })),
  person: PersonRef,
  caseId: Id.nullable(),
  caseNumber: z.string().nullable(),
  givenAt: Moment,
  givenBy: z.string(),
  until: z.string(),
  withdrawnAt: Moment.nullable(),
  warning: z.string().nullable(),
});
export const GiveConsent = z.strictObject({
  personId: Id,
  caseId: Id.optional(),
  recipient: z.string().max(64),
  purpose: z.string().max(64),
  textVersion: z.int().min(1),
});
export const DisclosureView = z.strictObject({
  id: Id,
  at: Moment,
  recipient: z.string(),
  recipientName: z.string(),
  actor: z.string(),
  what: z.array(z.string()),
  consentId: Id.nullable(),
  caseId: Id,
  caseNumber: z.string(),
  person: PersonRef,
});
export const DelegationView = z.strictObject({
  id: Id,
  direction: z.enum(['given', 'received']),
  person: PersonRef,
  to: PersonRef,
  matter: z.string(),
  matterLabel: z.string(),
  until: DayText,
  givenAt: Moment,
  endedAt: Moment.nullable(),
});
export const GiveDelegation = z.strictObject({
  toPhone: z.string().min(5).max(20),
  toName: z.string().min(1).max(50),
  matter: z.string().max(64),
  until: DayText,
});
/** One who acts for another: as what, in what, until when, and what that lets her do. */
export const FamilyTie = z.strictObject({
  person: PersonRef,
  as: z.enum(TIES),
  asLabel: z.string(),
  matterLabel: z.string(),
  /** The last day; null: as long as the tie lasts. */
  until: DayText.nullable(),
  may: z.array(z.string()),
  mayNot: z.array(z.string()),
  /** Either side may end it. */
  delegationId: Id.nullable(),
  /** She can be asked to let the reader act. */
  canAsk: z.boolean(),
});
export type FamilyTie = z.infer<typeof FamilyTie>;
export const FamilyView = z.strictObject({
  actsFor: z.array(FamilyTie),
  actsForMe: z.array(FamilyTie),
  ended: z.array(DelegationView),
});
export const AskDelegation = z.strictObject({ personId: Id, matter: z.string().max(64) });
export const InboxMessage = z.strictObject({
  id: Id,
  at: Moment,
  subject: z.string(),
  body: z.string(),
  caseId: Id.nullable(),
  caseNumber: z.string().nullable(),
  readAt: Moment.nullable(),
});

/** The hotline: exact match only, hits masked; nothing opens before the check. */
export const DeskFind = z.strictObject({
  policyNo: z.string().max(40).optional(),
  idNumber: z.string().max(30).optional(),
  phone: z.string().max(20).optional(),
  name: z.string().max(50).optional(),
  bornOn: DayText.optional(),
});
export const DeskHit = z.strictObject({
  personId: Id,
  name: z.string(),
  idNumber: z.string(),
  phone: z.string(),
  roles: z.array(z.string()),
  lockedUntil: Moment.nullable(),
});
export const DeskCheckStart = z.strictObject({ personId: Id });
export const DeskCheck = z.strictObject({
  id: Id,
  personId: Id,
  questions: z.array(z.strictObject({ code: z.string(), label: z.string(), kind: z.enum(['text', 'day']) })),
  state: z.enum(['asking', 'passed', 'failed', 'locked']),
  needed: z.number().int(),
  expiresAt: Moment,
});
export const DeskAnswers = z.strictObject({
  answers: z
    .array(z.strictObject({ code: z.string().max(40), value: z.string().max(100) }))
    .min(1)
    .max(5),
});
export const DeskCode = z.strictObject({ code: z.string().regex(/^\d{6}$/) });
export const DeskResult = z.strictObject({
  state: z.enum(['asking', 'passed', 'failed', 'locked']),
  matched: z.array(z.strictObject({ code: z.string(), match: z.boolean() })),
  attemptsLeft: z.number().int(),
});
export const PersonFile = z.strictObject({
  person: PersonRef,
  policies: z.array(
    z.strictObject({
      id: Id,
      policyNo: z.string(),
      plan: z.string(),
      planName: z.string(),
      role: z.string(),
      state: z.string(),
      effectiveFrom: DayText,
      expiresOn: DayText,
      persons: z.array(z.strictObject({ id: Id, name: z.string(), role: z.string() })),
    }),
  ),
  cases: z.array(z.strictObject({ id: Id, number: z.string(), serviceName: z.string(), stateLabel: z.string() })),
});

export const AccountView = z.strictObject({
  id: Id,
  name: z.string(),
  email: z.string().nullable(),
  roles: z.array(Role),
  provider: z.string().nullable(),
  state: z.enum(['active', 'locked', 'left']),
  lockedUntil: Moment.nullable(),
  totp: z.boolean(),
  lastSignInAt: Moment.nullable(),
  sessions: z.number().int(),
});
export const NewAccount = z.strictObject({
  name: z.string().min(1).max(50),
  email: z.email().max(200),
  roles: z.array(Role).min(1),
  provider: z.string().max(64).optional(),
});
export const ChangeAccount = z.strictObject({
  roles: z.array(Role).min(1).optional(),
  state: z.enum(['active', 'locked', 'left']).optional(),
  resetTotp: z.boolean().optional(),
});
