/** What a journey is: a statechart, its events with who may send them, and what each state means to the people in it. */
import type { AnyStateMachine } from 'xstate';
import type { z } from 'zod';
import type { Move } from '../aid/standing.ts';
import type { TemplateCode } from '../messages/templates.ts';
import type { Text } from '../plan/schema.ts';

/** Who acts on a case. `member` is the person served, `applicant` whoever may act for her in this matter. */
export const CASE_ROLES = [
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
  'complaint-handler',
  'supervisor',
  'operations',
  'system',
] as const;
export type CaseRole = (typeof CASE_ROLES)[number];

/** Who serves the case from outside: each sees what a consent to it covers, and nothing without one. */
export const OUTSIDE_ROLES = [
  'provider',
  'laboratory',
  'expert',
  'video-doctor',
  'drug-consultant',
  'aid-assistant',
  'car-t-specialist',
  'pharmacist',
  'hospital-staff',
] as const;
export type OutsideRole = (typeof OUTSIDE_ROLES)[number];
export const isOutside = (role: string): role is OutsideRole => (OUTSIDE_ROLES as readonly string[]).includes(role);

/** Who may serve a case from outside, each known to it by one code; a consent is given to a party. */
export const PARTIES = ['provider', 'laboratory', 'expert', 'pharmacy'] as const;
export type Party = (typeof PARTIES)[number];
export const isParty = (to: string): to is Party => (PARTIES as readonly string[]).includes(to);
/** The party whose staff a role is: those who serve different services at one provider see only their own cases (`worksOn`). */
export const PARTY_OF: Readonly<Record<OutsideRole, Party | 'doctor'>> = {
  provider: 'provider',
  laboratory: 'laboratory',
  expert: 'expert',
  // One doctor, but a consent names the provider whose doctor she is.
  'video-doctor': 'doctor',
  'drug-consultant': 'provider',
  'aid-assistant': 'provider',
  'car-t-specialist': 'provider',
  pharmacist: 'pharmacy',
  'hospital-staff': 'provider',
};

/** What the shell found out for this one event, read under `for share` in the same transaction. */
export type Facts = {
  now: Date;
  /** Rows that the payload's references name, as of today; null: not there, or no longer on the list. */
  refs: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  /** Whoever sends it is the case's named case manager, or takes the case by it. */
  byManager: boolean;
  /** Recipients that a live consent of the person covers for this case. */
  consented: readonly string[];
  /** Required papers still missing after this event. */
  missingPapers: readonly string[];
  /** The same with the records that the case gathers only once it is accepted (`Journey.gathers`). */
  missingRecords: readonly string[];
  /** Kinds of which the case holds an accepted paper. */
  acceptedPapers: readonly string[];
  /** When the last required paper that is there arrived. */
  arrivedAt: Date | null;
  /** The decision taken again for this event, where the event asks for one. */
  decision?: { id: string; outcome: 'granted' | 'review' | 'refused'; rules: readonly string[] };
  /** The hospital of the offer is still on the list as of today. */
  offerListed: boolean;
  /** The laboratory that the case names has a licence as of today; true where it names none. */
  laboratoryLicensed: boolean;
  /** What the house knows about the drug of this case; null where it has none. */
  drug: DrugFacts | null;
  /** What the person's ledger of aid holds for the drug of the programme just named; null where none is named. */
  aid: AidFacts | null;
  /** The applicant may act for the person in this matter: she herself, her guardian, or whom she delegated it to. */
  applicantAllowed: boolean;
  /** The account that sends it; null for what happens by itself. */
  actor: string | null;
  /** The company, or the key on its list, of whoever sends it from outside; null for all others. */
  party: string | null;
};

/** The supply that the person has of the drug, the aid programme that gives it, and the pick-up code. */
export type DrugFacts = {
  /** Until which day what was handed over to her lasts, in any case. */
  supplyUntil: string | null;
  /** The next pack is one that a charity programme gives free [2.6.5.1.3]. */
  aidGivesIt: boolean;
  /** The code shown at the counter is the one of this pick-up. */
  codeFits: boolean;
  /** Open between her and the pharmacies of this case, in 分: what she still owes them, and what they have to give back. */
  owed: { byMember: number; toMember: number };
};

export type AidFacts = {
  /** Of all her cases, oldest first. */
  earlier: readonly Move[];
  /** The number of another open case that keeps this ledger. */
  runningCase: string | null;
};

export type Problem = { pointer: string; message: Text };
export type ChartEvent<P = Record<string, unknown>> = { type: string; payload: P; facts: Facts };

/** The plan's values that guards read, fixed with the case's edition. */
export type Rules = {
  review: boolean;
  carePath: boolean;
  escort: boolean;
  absence: 'spend' | 'person' | 'release';
  changeAfterBooking: 'spent-and-served' | 'spent-and-closed' | 'free';
  consentWithdrawnAfterBooking: 'person' | 'release';
  minRank: string | null;
  /** What the plan asks of the hospital, e.g. 三甲 as grade 3, class A [2.3.1.2]. */
  hospital: { minGrade: number | null; class: string | null };
  /** Departments of which an expert must be one; null: any. */
  departments: readonly string[] | null;
  /** Where an absence counts by itself: how long she may be late, and how often she must have been called. */
  absenceGrace: { minutes: number; calls: number } | null;
  pursuit: { calls: number; onDays: number } | null;
  /** One case manager is named at the request and stays; only she reaches the applicant [2.3.1.3, 2.5.2.2]. */
  namedManager: boolean;
  /** On what prescriptions are judged; null for services without. */
  prescription: PrescriptionRules | null;
  /** Times of the video consultation; a service without has those of no wait. */
  consultation: ConsultationRules;
  /** How many experts judge the records, and what they need to agree [2.6.4.8.2]. */
  panel: { experts: number; decides: 'majority' | 'unanimous' };
  /** Which items the plan's hospital gives, and for how many minutes a slot is held; null for services without [2.7.1]. */
  assist: { items: readonly string[]; holdMinutes: number } | null;
};
export type PrescriptionRules = {
  /** Codes of the criteria that count. */
  criteria: readonly string[];
  /** For how many days one prescription is approved at most. */
  daysAtMost: number;
  /** So many days before the supply ends the next purchase may begin. */
  refillDays: number;
  /** Days an approval holds. */
  approvalDays: number;
};

/** What guards of the video consultation count with. */
export type ConsultationRules = {
  /** Years for which it is opened [2.1.6]. */
  years: number;
  callBackAfterSeconds: number;
  /** So long the doctor waits for a member who is not there, and so long she may come back. */
  memberWaitSeconds: number;
  comeBackHours: number;
  answerHours: number;
  followUpHours: number;
};

export type Weight = 'primary' | 'normal' | 'costly';
export type EventDef<C = Record<string, unknown>> = {
  /** What sending it is called; `told`: what the member reads in the history once it was sent. */
  label: Text;
  told?: Text;
  by: readonly CaseRole[];
  schema: z.ZodObject;
  /** primary: the one thing to do now, which the case may decide; costly: asked twice. */
  weight?: Weight | ((context: C, facts: Facts) => Weight);
  /** What it costs, told before it is sent. */
  warning?: (context: C, warnings: { cancelling?: Text | undefined; changing?: Text | undefined }) => Text | undefined;
  /** Rules across fields and facts; each problem names its field. */
  check?: (payload: never, context: C, facts: Facts) => Problem[];
  /** Optional fields that this case asks for all the same; a form marks them so, `check` holds them. */
  needs?: (context: C) => readonly string[];
  /** What its form starts with where that is known; `form` is the request's, as far as the reader may see it. */
  starts?: (known: { form: Readonly<Record<string, unknown>>; facts: Facts }) => Readonly<Record<string, unknown>>;
  /** Taken also while the policy is suspended under onSuspension pause [tension 2.2.7]. */
  whileSuspended?: true;
  /** A decision is taken again on the facts before it. */
  decides?: true;
  /** Recorded only: does not change what is allowed, so the version stays. */
  quiet?: true;
};

/** Until when the turn lasts: a target of the plan, a promise, a moment in the context, or a written reason for none. */
export type TurnEnd = { target: string } | { promise: string } | { field: string } | { none: Text };
export type StateMeta = {
  label: Text;
  /** The same for those who are not the member, where `label` speaks to her. */
  desk?: Text;
  turn: CaseRole | 'nobody';
  does: Text;
  until: TurnEnd;
  step: string;
  outcome?: string;
};

export type Journey = {
  kind: string;
  version: number;
  machine: AnyStateMachine;
  events: Readonly<Record<string, EventDef>>;
  /** What a request of this kind says beyond the illness: the form of its application. */
  request: z.ZodObject;
  /** Yes/no facts of a request that promises' starts ask for (plan field `given`), from its form and the kinds of its papers. */
  givenOf?: (
    form: Readonly<Record<string, unknown>>,
    papers: readonly string[],
    act: 'open' | 'use',
  ) => Record<string, boolean>;
  /** What else its offers say, by field of `Offer.more`, where no event of its own carries those fields. */
  offerWords?: Readonly<Record<string, Text>>;
  /** Reminds of the booking the day before. */
  reminder: TemplateCode;
  /** Papers that the plan wants before this milestone are gathered in the case: the request does not wait for them. */
  gathers?: string;
  /** The provider has the case from the request on, not only once it is handed over. */
  served?: 'from-request';
  /** Steps that a plan may switch on for other kinds and this one never has. */
  without?: readonly ('carePath' | 'escort')[];
  /** The two letters that begin its cases' numbers. */
  numberPrefix: string;
  /** The steps of the straight path, in order, for the member's outlook. */
  steps: readonly { code: string; label: Text }[];
  milestones: readonly string[];
};

export const stateMeta = (journey: Journey, state: string): StateMeta => {
  const node = journey.machine.states[state];
  if (!node?.meta) throw new Error(`The chart ${journey.kind}/v${journey.version} has no state "${state}"`);
  return node.meta as StateMeta;
};

/** Desks that open a service for somebody and have nothing to do with its uses: what is asked and answered is not theirs to read. */
export const OPENERS: Readonly<Record<string, readonly string[]>> = { 'video-consultation': ['provider'] };
/** Whether a case of this act gives this role anything to do; who has nothing to do in it does not see it. */
export const worksOn = (journey: Journey, role: string, act: 'open' | 'use'): boolean =>
  (act === 'open' || !OPENERS[journey.kind]?.includes(role)) &&
  Object.values(journey.events).some(({ by }) => (by as readonly string[]).includes(role));
