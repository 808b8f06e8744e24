/**
 * What a milestone does, by the plan: which clocks it starts, meets, voids or opens again, whether the use is held, spent
 * or released, who is told, and from when the clocks stand. One function for every service; nothing here names one.
 */
import { dueTime } from '../calendar/due.ts';
import type { Span } from '../calendar/spans.ts';
import type { WorkCalendar } from '../calendar/work-calendar.ts';
import { clockRule } from '../eligibility/promise-due.ts';
import type { Audience, MilestoneCondition, Plan, PromiseRule, Service, TargetRule } from '../plan/schema.ts';
import { mayMove, type UseMove, type UseState } from '../uses/ledger.ts';

/** A milestone of a case. `at`: the moment it speaks of (a slot's visit), where it has one. */
export type Milestone = { name: string; occurredAt: Date; recordedAt: Date; at?: Date | undefined };
export type OpenClock = {
  id: string;
  promise: string;
  occurrence: number;
  target: boolean;
  startedAt: Date;
  due: Date;
  metAt: Date | null;
  voidAt: Date | null;
};
export type PauseReason = 'papers' | 'suspension';
export type CaseSoFar = {
  act: 'open' | 'use';
  /** Facts of the request a promise's start may ask for, e.g. {admissionCertificate: false}. */
  given: Readonly<Record<string, boolean>>;
  history: readonly Milestone[];
  clocks: readonly OpenClock[];
  pauses: readonly { reason: PauseReason; from: Date; to: Date | null }[];
  use: UseState;
};
export type Change =
  | {
      do: 'start-clock';
      promise: string;
      occurrence: number;
      target: boolean;
      clause: string | null;
      unit: string;
      amount: number;
      startedAt: Date;
      due: Date;
      provisional: boolean;
    }
  | { do: 'meet-clock'; id: string; at: Date; recordedAt: Date }
  | { do: 'void-clock'; id: string }
  | { do: 'reopen-clock'; id: string }
  | { do: 'use'; move: UseMove; cause: string; clause: string | null }
  | { do: 'tell'; to: Audience; template: string; urgent: boolean }
  | { do: 'pause'; reason: PauseReason }
  | { do: 'resume'; reason: PauseReason };

const PAUSES: Readonly<Record<string, ['pause' | 'resume', PauseReason]>> = {
  'papers-asked': ['pause', 'papers'],
  'papers-handed-in': ['resume', 'papers'],
  'aid-papers-handed-in': ['resume', 'papers'],
  'panel-papers-handed-in': ['resume', 'papers'],
  'claim-submitted': ['resume', 'papers'],
  'papers-complete': ['resume', 'papers'],
  'policy-suspended': ['pause', 'suspension'],
  'policy-revived': ['resume', 'suspension'],
};

/** Promises and targets of a service in one list; targets are marked. */
export const timedRules = (service: Service): (PromiseRule & { target: boolean; clause?: string | undefined })[] => [
  ...service.promises.map((rule) => ({ ...rule, target: false })),
  ...service.targets.map((rule) => ({ ...rule, target: true }) as unknown as PromiseRule & { target: boolean }),
];

/** The pauses that count for this rule (contract 2.4): while papers are missing, while the policy is suspended. */
export const pausesFor = (
  rule: Pick<PromiseRule, 'stands'>,
  pauses: CaseSoFar['pauses'],
): { from: Date; to: Date | null }[] =>
  pauses
    .filter(({ reason }) => (reason === 'papers' ? rule.stands.forPapers : rule.stands.forSuspension))
    .map(({ from, to }) => ({ from, to }));

/** The due moment of a clock with the pauses that have ended. */
export function dueOf(
  plan: Plan,
  service: Service,
  rule: PromiseRule | TargetRule,
  calendar: WorkCalendar,
  startedAt: Date,
  pauses: CaseSoFar['pauses'],
) {
  const paused = pausesFor(rule, pauses).flatMap(({ from, to }): Span[] => (to && to > from ? [{ from, to }] : []));
  return dueTime({ ...clockRule(plan, service, rule, calendar), from: startedAt, paused });
}

/** Armed: from the booking on, the member's own cancellation or change costs the use [2.2.9]. */
export function isArmed(service: Service, history: readonly Milestone[]): boolean {
  let armed = false;
  for (const { name } of history) {
    if (service.use.arm.some((rule) => rule.on === name)) armed = true;
    if (service.use.disarm.some((rule) => rule.on === name)) armed = false;
  }
  return armed;
}

export function onMilestone(
  plan: Plan,
  service: Service,
  calendar: WorkCalendar,
  so: CaseSoFar,
  milestone: Milestone,
): Change[] {
  const armed = isArmed(service, so.history);
  const holds = (when: MilestoneCondition | undefined, clock?: OpenClock): boolean => {
    if (when === undefined) return true;
    if (when === 'armed') return armed;
    if (when === 'not-armed') return !armed;
    // A slot on or before the due moment was offered: then the member's own choice meets the promise (contract 2.4).
    return clock !== undefined && standingOffers(so.history, clock.startedAt).some((at) => at <= clock.due);
  };
  const matches = (rules: readonly { on: string; when?: MilestoneCondition | undefined }[], clock?: OpenClock) =>
    rules.some((rule) => rule.on === milestone.name && holds(rule.when, clock));

  return [...clockChanges(), ...movesOfUse(), ...pamovesOfUse(), ...tellings()];

  function clockChanges(): Change[] {
    return timedRules(service).flatMap((rule): Change[] => {
      const mine = so.clocks.filter((clock) => clock.promise === rule.code && clock.target === rule.target);
      const open = mine.filter((clock) => clock.metAt === null && clock.voidAt === null);
      const changes: Change[] = [];
      for (const clock of open) {
        if (matches(rule.meets, clock))
          changes.push({ do: 'meet-clock', id: clock.id, at: milestone.occurredAt, recordedAt: milestone.recordedAt });
        else if (matches(rule.voids, clock)) changes.push({ do: 'void-clock', id: clock.id });
      }
      const last = mine.at(-1);
      if (last?.metAt && matches(rule.reopens, last)) changes.push({ do: 'reopen-clock', id: last.id });
      const starts = rule.starts.some(
        (start) =>
          start.on === milestone.name &&
          (start.act ?? so.act) === so.act &&
          Object.entries(start.given ?? {}).every(([fact, value]) => (so.given[fact] ?? false) === value),
      );
      // A target runs again at each start; a promise once, unless each start has a clock of its own.
      const again = rule.target || rule.occurrence === 'each';
      if (starts && (mine.length === 0 || (again && open.length === 0) || rule.occurrence === 'each')) {
        const startedAt = SEEN.includes(milestone.name)
          ? milestone.occurredAt
          : notBefore(milestone.occurredAt, so.history);
        const { due, provisional } = dueOf(plan, service, rule, calendar, startedAt, so.pauses);
        changes.push({
          do: 'start-clock',
          promise: rule.code,
          occurrence: mine.length + 1,
          target: rule.target,
          clause: rule.clause ?? null,
          unit: rule.term.unit,
          amount: rule.term.amount,
          startedAt,
          due,
          provisional,
        });
      }
      return changes;
    });
  }

  function movesOfUse(): Change[] {
    const { use } = service;
    if (matches(use.hold) && mayMove(so.use, 'hold'))
      return [{ do: 'use', move: 'hold', cause: 'requested', clause: use.limit.clause }];
    const spend = use.spend.find((rule) => rule.on === milestone.name && holds(rule.when));
    if (spend && mayMove(so.use, 'spend'))
      return [{ do: 'use', move: 'spend', cause: spend.cause, clause: spend.clause }];
    const release = use.release.find((rule) => rule.on === milestone.name && holds(rule.when));
    if (release && mayMove(so.use, 'release'))
      return [{ do: 'use', move: 'release', cause: release.cause, clause: null }];
    return [];
  }

  function pamovesOfUse(): Change[] {
    const change = PAUSES[milestone.name];
    if (!change) return [];
    const [what, reason] = change;
    const isOpen = so.pauses.some((pause) => pause.reason === reason && pause.to === null);
    return (what === 'pause') === isOpen ? [] : [{ do: what, reason }];
  }

  function tellings(): Change[] {
    return service.messages
      .filter((rule) => rule.on === milestone.name)
      .map(({ to, template, urgent }) => ({ do: 'tell', to, template, urgent }));
  }
}

/** Milestones by which the provider's side takes an offer away again: it then speaks for nobody's choice. */
const TAKEN_AWAY: readonly string[] = ['cancelled-by-provider', 'changed-by-provider', 'hospital-left-list'];

const OFFERS: readonly string[] = ['slot-offered', 'bed-offered'];
/** The moments of what was offered while the clock ran, since the provider's side last took something away. */
function standingOffers(history: readonly Milestone[], startedAt: Date): Date[] {
  const since = history.findLastIndex(({ name }) => TAKEN_AWAY.includes(name)) + 1;
  return history
    .slice(since)
    .flatMap(({ name, at, recordedAt }) => (OFFERS.includes(name) && at && recordedAt >= startedAt ? [at] : []));
}

/** Their moment the system itself saw: the arrival of the last missing paper, whatever was done with it since (tension 2.6.2.9.1). */
const SEEN: readonly string[] = ['papers-complete'];

/** A start counts from when it happened, not before the case's previous milestone (design: two moments). */
const notBefore = (moment: Date, history: readonly Milestone[]): Date => {
  const previous = history.at(-1)?.occurredAt;
  return previous && previous > moment ? previous : moment;
};
