/** A case played in memory: the chart's milestones go through the one engine with a plan's rules. No clock of its own. */
import type { WorkCalendar } from '#domain/calendar/work-calendar.ts';
import { type CaseSoFar, type Change, type Milestone, onMilestone } from '#domain/cases/on-milestone.ts';
import { advance, begin, type PassedMilestone, type Snapshot } from '#domain/journeys/advance.ts';
import type { Journey } from '#domain/journeys/journey.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import type { LedgerRow } from '#domain/uses/ledger.ts';
import type { Sent } from './journey-walk.ts';

export type Played = { so: CaseSoFar; rows: LedgerRow[]; changes: Change[] };

export const NOTHING_YET: CaseSoFar = { act: 'use', given: {}, history: [], clocks: [], pauses: [], use: 'none' };
export const startPlay = (): Played => ({ so: NOTHING_YET, rows: [], changes: [] });

const USE_AFTER = { hold: 'held', spend: 'spent', release: 'released', restore: 'released' } as const;

/** One milestone and what it changes; the input stays as it was. */
export function pass(
  plan: Plan,
  service: Service,
  calendar: WorkCalendar,
  played: Played,
  milestone: Milestone,
): Played {
  const changes = onMilestone(plan, service, calendar, played.so, milestone);
  let { so } = played;
  const rows = [...played.rows];
  for (const change of changes) {
    so = { ...so, ...after(so, change, milestone) };
    if (change.do === 'use')
      rows.push({ caseId: 'one', move: change.move, cause: change.cause, onDay: '2026-03-02', seq: rows.length + 1 });
  }
  return { so: { ...so, history: [...so.history, milestone] }, rows, changes: [...played.changes, ...changes] };
}

function after(so: CaseSoFar, change: Change, milestone: Milestone): Partial<CaseSoFar> {
  const clocks = (id: string, to: Partial<CaseSoFar['clocks'][number]>) => ({
    clocks: so.clocks.map((clock) => (clock.id === id ? { ...clock, ...to } : clock)),
  });
  switch (change.do) {
    case 'start-clock': {
      const { promise, occurrence, target, startedAt, due } = change;
      const id = `${promise}/${occurrence}`;
      return { clocks: [...so.clocks, { id, promise, occurrence, target, startedAt, due, metAt: null, voidAt: null }] };
    }
    case 'meet-clock':
      return clocks(change.id, { metAt: change.recordedAt });
    case 'void-clock':
      return clocks(change.id, { voidAt: milestone.recordedAt });
    case 'reopen-clock':
      return clocks(change.id, { metAt: null });
    case 'use':
      return { use: USE_AFTER[change.move] };
    case 'pause':
      return { pauses: [...so.pauses, { reason: change.reason, from: milestone.recordedAt, to: null }] };
    case 'resume':
      return {
        pauses: so.pauses.map((pause) =>
          pause.reason === change.reason && pause.to === null ? { ...pause, to: milestone.recordedAt } : pause,
        ),
      };
    case 'tell':
      return {};
  }
}

/** Clocks that run: neither met nor void. */
export const openClocks = (so: CaseSoFar) => so.clocks.filter(({ metAt, voidAt }) => metAt === null && voidAt === null);

export type PlayGround = { journey: Journey; plan: Plan; service: Service; calendar: WorkCalendar };
/** A case in memory: what the engine did so far, the chart's snapshot, and when the next thing happens. */
export type Playing = Played & { snapshot: Snapshot; next: Date };

function passAll(
  { plan, service, calendar }: PlayGround,
  played: Played,
  milestones: readonly PassedMilestone[],
  at: Date,
): Played {
  return milestones.reduce<Played>((so, { name, data }) => {
    const of = typeof data.at === 'string' ? { at: new Date(data.at) } : {};
    return pass(plan, service, calendar, so, { name, occurredAt: at, recordedAt: at, ...of });
  }, played);
}
const minuteAfter = (moment: Date) => new Date(moment.getTime() + 60_000);

/** A request, at the moment given. */
export function playRequest(ground: PlayGround, input: Record<string, unknown>, at: Date): Playing {
  const begun = begin(ground.journey, input);
  return {
    ...passAll(ground, startPlay(), begun.milestones, at),
    snapshot: { state: begun.state, context: begun.context, suspended: false },
    next: minuteAfter(at),
  };
}

/** One event more, a minute after the last; the case before it stays as it was. @throws when the chart refuses it */
export function playEvent(ground: PlayGround, playing: Playing, event: Sent): Playing {
  const result = advance(ground.journey, playing.snapshot, event, event.by);
  if (!result.ok) throw new Error(`${event.type} was refused in ${playing.snapshot.state}`);
  return {
    ...passAll(ground, playing, result.milestones, playing.next),
    snapshot: { state: result.state, context: result.context, suspended: false },
    next: minuteAfter(playing.next),
  };
}

/** The milestones of a whole history through the engine with a plan's rules, a minute between two events. */
export const playHistory = (
  ground: PlayGround,
  input: Record<string, unknown>,
  events: readonly Sent[],
  startsAt: Date,
): Playing =>
  events.reduce((playing, event) => playEvent(ground, playing, event), playRequest(ground, input, startsAt));
