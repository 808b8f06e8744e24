/** The one way a case moves: which events may be sent now, and what one of them does. Pure. */
import { type AnyMachineSnapshot, initialTransition, transition } from 'xstate';
import type { Text } from '../plan/schema.ts';
import type { CaseRole, ChartEvent, EventDef, Facts, Journey, Problem } from './journey.ts';
import { stateMeta } from './journey.ts';

export type Snapshot = {
  readonly state: string;
  readonly context: Record<string, unknown>;
  readonly suspended: boolean;
};
export type PassedMilestone = { name: string; data: Record<string, unknown> };
export type Advanced =
  | { ok: true; state: string; context: Record<string, unknown>; final: boolean; milestones: PassedMilestone[] }
  | { ok: false; code: 'not-allowed' }
  | { ok: false; code: 'invalid'; problems: Problem[] };

const passed = (actions: readonly { type: string; params?: unknown }[]): PassedMilestone[] =>
  actions
    .filter((action) => action.type === 'milestone')
    .map((action) => {
      const { name, ...data } = action.params as { name: string } & Record<string, unknown>;
      return { name, data };
    });

/** A new case: the first state from the input, and the milestones of being requested. */
export function begin(journey: Journey, input: Record<string, unknown>): Extract<Advanced, { ok: true }> {
  const [snapshot, actions] = initialTransition(journey.machine, input) as [
    AnyMachineSnapshot,
    { type: string; params?: unknown }[],
  ];
  return {
    ok: true,
    state: String(snapshot.value),
    context: snapshot.context,
    final: snapshot.status === 'done',
    milestones: passed(actions),
  };
}

/**
 * Is there a transition for this event whose guard holds? `can()` of XState says no where a state takes an event that
 * only leaves a record (no target, no action), e.g. a note, so the machine is asked for the transition itself.
 */
const isTaken = (journey: Journey, resolved: AnyMachineSnapshot, event: ChartEvent): boolean =>
  journey.machine.getTransitionData(resolved, event as never).length > 0;

/** What a snapshot was restored to; neither is ever changed, and one is asked of many times (`allowed`, the walks). */
const restored = new WeakMap<Snapshot, { journey: Journey; machine: AnyMachineSnapshot }>();
const restore = (journey: Journey, snapshot: Snapshot): AnyMachineSnapshot => {
  const known = restored.get(snapshot);
  if (known?.journey === journey) return known.machine;
  const machine = journey.machine.resolveState({
    value: snapshot.state,
    context: snapshot.context,
  }) as AnyMachineSnapshot;
  restored.set(snapshot, { journey, machine });
  return machine;
};

/** May this role send this event at all in this state (guards that need no payload aside)? */
function takes(journey: Journey, snapshot: Snapshot, type: string, def: EventDef, role: CaseRole): boolean {
  if (!def.by.includes(role)) return false;
  if (snapshot.suspended && !def.whileSuspended) return false;
  const node = journey.machine.states[snapshot.state];
  if (!node || node.type === 'final') return false;
  // Not `ownEvents`, which leaves out events that only leave a record.
  return node.transitions.has(type) || journey.machine.root.transitions.has(type);
}

/**
 * The events this role may send now. Guards run with `facts` and an empty payload, so charts keep guards that decide
 * whether an event is possible apart from `check`, which looks into the payload.
 */
export function allowedEvents(journey: Journey, snapshot: Snapshot, role: CaseRole, facts: Facts): string[] {
  const resolved = restore(journey, snapshot);
  return Object.entries(journey.events)
    .filter(
      ([type, def]) =>
        takes(journey, snapshot, type, def, role) && isTaken(journey, resolved, { type, payload: {}, facts }),
    )
    .map(([type]) => type);
}

const steppers = new WeakMap<Journey, Journey['machine']>();
/**
 * The machine as `transition()` wants it: it begins a throw-away actor first, and without an input ours would answer that
 * with an error and its whole stack, at a quarter of the price of a step. The first snapshot is not read there.
 */
const stepper = (journey: Journey): Journey['machine'] => {
  const known = steppers.get(journey);
  if (known) return known;
  const made = Object.create(journey.machine, { getInitialSnapshot: { value: () => ({ status: 'active' }) } });
  steppers.set(journey, made);
  return made;
};

/** One event. `transition()` ignores what a state does not take, so that is asked first. The payload is already parsed. */
export function advance(journey: Journey, snapshot: Snapshot, event: ChartEvent, role: CaseRole): Advanced {
  const def = journey.events[event.type];
  if (!def || !takes(journey, snapshot, event.type, def, role)) return { ok: false, code: 'not-allowed' };
  const resolved = restore(journey, snapshot);
  if (!isTaken(journey, resolved, event)) return { ok: false, code: 'not-allowed' };
  const problems = def.check?.(event.payload as never, snapshot.context, event.facts) ?? [];
  if (problems.length > 0) return { ok: false, code: 'invalid', problems };
  const [next, actions] = transition(stepper(journey), resolved, event as never) as [
    AnyMachineSnapshot,
    { type: string; params?: unknown }[],
  ];
  return {
    ok: true,
    state: String(next.value),
    context: next.context,
    final: next.status === 'done',
    milestones: passed(actions),
  };
}

/** Whose turn it is, in words, and how it ends. */
export const turnOf = (journey: Journey, state: string) => {
  const { turn, does, until, label } = stateMeta(journey, state);
  return { turn, does, until, label } as { turn: CaseRole | 'nobody'; does: Text; until: typeof until; label: Text };
};
