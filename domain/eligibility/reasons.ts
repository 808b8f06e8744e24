/**
 * The rules of contract 2.2 in their order, what each does to the outcome, and the facts each one tells. A reason
 * keeps facts, not sentences, so that a decision of last year can be told in either language today.
 */

import type { Day } from '#domain/calendar/day.ts';
import type { Channel, IllnessKind, PersonRole, Relation, Text } from '#domain/plan/schema.ts';

type Stopped = 'suspended' | 'terminated';
type Limit = { service: Text; limit: number; per: 'policy' | 'policy-year' | 'lifetime'; yearEndsOn: Day | null };

/** What each rule tells when it is not met: only JSON values, days as `YYYY-MM-DD`. */
export type ReasonFacts = {
  'edition-not-in-force': { plan: Text; day: Day; firstFrom: Day | null };
  'service-not-in-plan': { plan: Text; edition: Day };
  'role-not-entitled': { service: Text; role: PersonRole; entitled: readonly PersonRole[] };
  'applicant-not-entitled': {
    service: Text;
    cause: 'relation' | 'no-authorisation' | 'person-of-age';
    entitled: readonly Relation[];
    adultFrom: Day;
  };
  'guardian-needed': { service: Text; minorUntil: Day | null; withoutCapacity: boolean };
  'channel-not-offered': { service: Text; channel: Channel; offered: readonly Channel[]; hotline: string };
  'policy-not-in-force': {
    service: Text;
    cause: 'not-yet' | 'expired' | 'no-state' | Stopped;
    on: Day;
  };
  'entitlement-ended': { service: Text; state: Stopped; on: Day; comesBack: boolean };
  'in-cooling-off': { service: Text; endsOn: Day; usableFrom: Day };
  'in-waiting-period': { service: Text; endsOn: Day; usableFrom: Day };
  'no-diagnosis': { service: Text; needed: IllnessKind; cause: 'no-illness' | 'no-day' };
  'wrong-illness': { service: Text; needed: IllnessKind; given: IllnessKind };
  'ill-in-waiting-period': { service: Text; diagnosedOn: Day; waitingFrom: Day; waitingEndsOn: Day; earlier: boolean };
  'diagnosed-outside-policy': {
    service: Text;
    diagnosedOn: Day;
    cause: 'before' | 'after' | 'in-future';
    limitDay: Day;
  };
  'onset-too-early': { service: Text; onsetOn: Day; waitingEndsOn: Day | null; effectiveFrom: Day };
  'not-first-diagnosis': { service: Text; needed: IllnessKind };
  'pre-existing': { service: Text; effectiveFrom: Day };
  'hospital-not-qualified': { service: Text; minGrade: number; public: boolean; known: boolean };
  'not-mainland-citizen': { service: Text };
  'held-by-open-case': Limit & { held: number };
  'used-up': Limit & { spent: number; lastOn: Day | null };
  'already-open': { service: Text; openedOn: Day; endsOn: Day; openAgainFrom: Day };
  'not-opened': { service: Text; opensOn: Day | null };
  lapsed: { service: Text; openedOn: Day; endsOn: Day };
};

export type RuleName = keyof ReasonFacts;
export type Effect = 'refuse' | 'review';

/** A rule that is not met, with the clause that states it and the facts that decide it. */
export type Reason = {
  [R in RuleName]: {
    readonly rule: R;
    readonly clause: string;
    readonly effect: Effect;
    readonly facts: ReasonFacts[R];
  };
}[RuleName];

/** All rules in the order in which reasons are told (contract 2.2). */
export const RULES: readonly RuleName[] = [
  'edition-not-in-force',
  'service-not-in-plan',
  'role-not-entitled',
  'applicant-not-entitled',
  'guardian-needed',
  'channel-not-offered',
  'policy-not-in-force',
  'entitlement-ended',
  'in-cooling-off',
  'in-waiting-period',
  'no-diagnosis',
  'wrong-illness',
  'ill-in-waiting-period',
  'diagnosed-outside-policy',
  'onset-too-early',
  'not-first-diagnosis',
  'pre-existing',
  'hospital-not-qualified',
  'not-mainland-citizen',
  'held-by-open-case',
  'used-up',
  'already-open',
  'not-opened',
  'lapsed',
];

/** The rules asked only of services that need an illness (contract 2.2, the paragraph after the table). */
export const RULES_ABOUT_ILLNESS: readonly RuleName[] = RULES.slice(
  RULES.indexOf('no-diagnosis'),
  RULES.indexOf('hospital-not-qualified') + 1,
);

/** A reason of `rule`. Only an onset that may lie before the cover is left to a person's judgement (reading of 2.2.5). */
export function reason<R extends RuleName>(rule: R, clause: string, facts: ReasonFacts[R]): Reason {
  return { rule, clause, effect: rule === 'onset-too-early' ? 'review' : 'refuse', facts } as Reason;
}
