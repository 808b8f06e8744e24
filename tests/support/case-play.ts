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

/** The milestones of a whole history through the engine with a plan's rules, a minute between two events. */
export function playHistory(
  { journey, plan, service, calendar }: { journey: Journey; plan: Plan; service: Service; calendar: WorkCalendar },
  input: Record<string, unknown>,
  events: readonly Sent[],
  startsAt: Date,
): Played & { state: string } {
  let minute = 0;
  let played = startPlay();
  const passAll = (milestones: readonly PassedMilestone[]) => {
    const at = new Date(startsAt.getTime() + minute++ * 60_000);
    for (const { name, data } of milestones) {
      const of = typeof data.at === 'string' ? { at: new Date(data.at) } : {};
      played = pass(plan, service, calendar, played, { name, occurredAt: at, recordedAt: at, ...of });
    }
  };
  const begun = begin(journey, input);
  passAll(begun.milestones);
  let snapshot: Snapshot = { state: begun.state, context: begun.context, suspended: false };
  for (const event of events) {
    const result = advance(journey, snapshot, event, event.by);
    if (!result.ok) throw new Error(`${event.type} was refused in ${snapshot.state}`);
    passAll(result.milestones);
    snapshot = { ...snapshot, state: result.state, context: result.context };
  }
  return { ...played, state: snapshot.state };
}
