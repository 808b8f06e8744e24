/** Whether the illness is one that the service is for. Asked only of services that need one. */
import type { Day } from '#domain/calendar/day.ts';
import type { IllnessKind, Service } from '#domain/plan/schema.ts';
import { isWithin, type Matter } from './matter.ts';
import type { Illness } from './question.ts';
import { type Reason, reason } from './reasons.ts';

type Demand = NonNullable<Service['illness']>;

/** What each kind also is: a lymphoma is a malignant tumour, and both are critical illnesses. */
const KINDS_OF: Readonly<Record<IllnessKind, readonly IllnessKind[]>> = {
  lymphoma: ['lymphoma', 'malignant-tumour', 'critical-illness'],
  'malignant-tumour': ['malignant-tumour', 'critical-illness'],
  'critical-illness': ['critical-illness'],
  other: ['other'],
};

/** Whether an illness of kind `given` counts as one of kind `needed`. */
export function isOfKind(given: IllnessKind, needed: IllnessKind): boolean {
  return KINDS_OF[given].includes(needed);
}

/** no-diagnosis … hospital-not-qualified, in order. Rules whose days are not known are left out. */
export function reasonsOfIllness(matter: Matter): Reason[] {
  const { service, question } = matter;
  const { illness } = question;
  const demand = service.illness;
  if (!demand) return [];
  const needed = demand.kind.is;
  if (!illness) return [noDiagnosis(service, demand, 'no-illness')];

  const barred = inWaitingPeriod(matter, illness, needed);
  const outside = outsidePolicy(matter, illness, demand);
  return [
    ...(illness.diagnosedOn ? [] : [noDiagnosis(service, demand, 'no-day')]),
    ...wrongIllness(service, illness, demand),
    ...barred,
    ...outside,
    ...(barred.length > 0 || outside.length > 0 ? [] : onsetTooEarly(matter, illness, demand)),
    ...notFirst(service, illness, demand),
    ...preExisting(matter, illness, demand),
    ...hospital(service, illness, demand),
  ];
}

/** ill-in-waiting-period from a recorded earlier illness alone: what is known of a benefit before anybody applies. */
export function reasonsOfRecordedBar(matter: Matter): Reason[] {
  const demand = matter.service.illness;
  return demand ? inWaitingPeriod(matter, null, demand.kind.is) : [];
}

function noDiagnosis(service: Service, { kind }: Demand, cause: 'no-illness' | 'no-day'): Reason {
  return reason('no-diagnosis', kind.clause, { service: service.name, needed: kind.is, cause });
}

function wrongIllness(service: Service, illness: Illness, { kind }: Demand): Reason[] {
  if (isOfKind(illness.kind, kind.is)) return [];
  return [reason('wrong-illness', kind.clause, { service: service.name, needed: kind.is, given: illness.kind })];
}

/** 2.2.5: a diagnosis inside the waiting period bars; with `waitingBar: service` an earlier one bars a later illness too. */
function inWaitingPeriod(matter: Matter, illness: Illness | null, needed: IllnessKind): Reason[] {
  const { plan, service, question, waiting } = matter;
  if (!waiting) return [];
  const diagnosedInside = (day: Day | null | undefined): day is Day => Boolean(day && isWithin(day, waiting));
  const is = (diagnosedOn: Day, earlier: boolean) => [
    reason('ill-in-waiting-period', service.waiting.clause, {
      service: service.name,
      diagnosedOn,
      waitingFrom: waiting.from,
      waitingEndsOn: waiting.to,
      earlier,
    }),
  ];
  if (diagnosedInside(illness?.diagnosedOn)) return is(illness.diagnosedOn, false);
  if (plan.waitingBar.is !== 'service') return [];
  const earlier = question.earlierIllnesses
    .filter(({ kind }) => isOfKind(kind, needed))
    .map(({ diagnosedOn }) => diagnosedOn)
    .filter(diagnosedInside)
    .sort()[0];
  return earlier ? is(earlier, true) : [];
}

function outsidePolicy({ service, question, day }: Matter, { diagnosedOn }: Illness, demand: Demand): Reason[] {
  const { effectiveFrom, expiresOn } = question.policy;
  if (!diagnosedOn) return [];
  const is = (cause: 'before' | 'after' | 'in-future', limitDay: Day) => [
    reason('diagnosed-outside-policy', demand.diagnosedInForce.clause, {
      service: service.name,
      diagnosedOn,
      cause,
      limitDay,
    }),
  ];
  if (diagnosedOn < effectiveFrom) return is('before', effectiveFrom);
  if (diagnosedOn > day) return is('in-future', day);
  return diagnosedOn > expiresOn ? is('after', expiresOn) : [];
}

/** A first sign inside the waiting period (before the cover where there is none) with a later diagnosis: a person decides. */
function onsetTooEarly(matter: Matter, { onsetOn, diagnosedOn }: Illness, demand: Demand): Reason[] {
  const { service, question, waiting } = matter;
  const { effectiveFrom, renewedWithoutBreak } = question.policy;
  // Without the day of diagnosis the two rules that go first cannot be told apart from this one.
  if (!onsetOn || !diagnosedOn || renewedWithoutBreak) return [];
  const tooEarly = waiting ? onsetOn <= waiting.to : onsetOn < effectiveFrom;
  if (!tooEarly) return [];
  const clause = waiting ? service.waiting.clause : demand.diagnosedInForce.clause;
  const facts = { service: service.name, onsetOn, waitingEndsOn: waiting?.to ?? null, effectiveFrom };
  return [reason('onset-too-early', clause, facts)];
}

function notFirst(service: Service, illness: Illness, { first, kind }: Demand): Reason[] {
  if (!first.is || illness.first !== false) return [];
  return [reason('not-first-diagnosis', first.clause, { service: service.name, needed: kind.is })];
}

function preExisting({ service, question }: Matter, illness: Illness, { excludesPreExisting }: Demand): Reason[] {
  if (!excludesPreExisting.is || illness.preExisting !== true) return [];
  const facts = { service: service.name, effectiveFrom: question.policy.effectiveFrom };
  return [reason('pre-existing', excludesPreExisting.clause, facts)];
}

function hospital(service: Service, illness: Illness, demand: Demand): Reason[] {
  const wanted = demand.hospital.is;
  if (!wanted) return [];
  const given = illness.hospital;
  const gradeFits = (given?.grade ?? 0) >= wanted.minGrade;
  const ownershipFits = !wanted.public || given?.public === true;
  if (gradeFits && ownershipFits) return [];
  // A known grade or ownership that falls short decides it; else it is only not known yet.
  const known = (given?.grade != null && !gradeFits) || (given?.public != null && !ownershipFits);
  const facts = { service: service.name, minGrade: wanted.minGrade, public: wanted.public, known };
  return [reason('hospital-not-qualified', demand.hospital.clause, facts)];
}
