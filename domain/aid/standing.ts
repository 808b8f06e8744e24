/**
 * Where a person stands in a charity's programme: a fold over what happened to her boxes, oldest first. What is bought,
 * what is free, what comes next and until when follow from it; nothing of it is stored [2.6.2.7.3, 2.6.5.1.3].
 */
import { addDays, type Day } from '../calendar/day.ts';
import { type Phase, type Programme, phaseOf } from './programme.ts';

export const MOVES = [
  'bought',
  'struck',
  'approved',
  'refused',
  'collected',
  'excused',
  'given-up',
  'ended',
  'resumed',
] as const;
export const PAYERS = ['insurer', 'member', 'charity'] as const;
export type Payer = (typeof PAYERS)[number];
/** One entry of the ledger. Nothing is rewritten: boxes recorded by mistake, or given back, are struck by another entry. */
export type Move = {
  readonly kind: (typeof MOVES)[number];
  readonly on: Day;
  readonly units: number;
  /** Bought: who paid. Struck: only boxes that this one paid. */
  readonly payer?: Payer;
  /** The next free box cannot be collected before this day: nobody loses a turn by what was recorded late. */
  readonly from?: Day;
};

/** Days of a turn, the last one included. */
export type Span = { readonly from: Day; readonly to: Day };
export type Standing = {
  readonly round: number;
  readonly phase: Phase;
  readonly bought: number;
  readonly lastBoughtOn: Day | null;
  /** Free boxes of the round still to be had; null: the charity has not approved it yet. */
  readonly left: number | null;
  /** From when the next free box can be collected. */
  readonly turnFrom: Day | null;
  /** The first day without a box at home. */
  readonly suppliedTo: Day | null;
  readonly givenUp: readonly Span[];
  readonly excused: readonly Span[];
  /** Refused by the charity, or ended: nothing of it comes any more. */
  readonly over: 'refused' | 'ended' | null;
};

const later = (a: Day, b: Day | null): Day => (b !== null && b > a ? b : a);
/** A box more at home: it lasts from the end of the last one, or from the day it came. */
const supply = (so: Standing, programme: Programme, { on, units }: Move): Day =>
  addDays(later(on, so.suppliedTo), units * programme.daysPerBox);

export function standingOf(programme: Programme, moves: readonly Move[]): Standing {
  const start: Standing = {
    round: 1,
    phase: phaseOf(programme, 1),
    bought: 0,
    lastBoughtOn: null,
    left: null,
    turnFrom: null,
    suppliedTo: null,
    givenUp: [],
    excused: [],
    over: null,
  };
  return withoutStruck(moves).reduce((so, move) => step(programme, so, move), start);
}

function step(programme: Programme, so: Standing, move: Move): Standing {
  switch (move.kind) {
    case 'bought': {
      const suppliedTo = supply(so, programme, move);
      // Bought while a free one was to be had: it is at home, and it counts for no round.
      if (so.left !== null) return { ...so, suppliedTo };
      return { ...so, suppliedTo, bought: so.bought + move.units, lastBoughtOn: later(move.on, so.lastBoughtOn) };
    }
    case 'struck':
      return so;
    case 'refused':
    case 'ended':
      return { ...so, over: move.kind, left: null, turnFrom: null };
    // Asked for anew: what was bought and what was granted still counts, and a turn that was open begins again.
    case 'resumed':
      return { ...so, over: null, turnFrom: so.left === null ? null : later(move.on, so.turnFrom) };
    case 'approved':
      return { ...so, left: move.units, turnFrom: later(move.from ?? move.on, so.suppliedTo) };
    case 'collected': {
      const suppliedTo = supply(so, programme, move);
      return turnOver(programme, { ...so, suppliedTo, turnFrom: later(suppliedTo, move.from ?? null) }, move.units);
    }
    case 'excused': {
      const from = move.from ?? move.on;
      const excused = so.turnFrom && so.turnFrom < from ? [{ from: so.turnFrom, to: addDays(from, -1) }] : [];
      return { ...so, turnFrom: from, excused: [...so.excused, ...excused] };
    }
    case 'given-up': {
      const from = so.turnFrom ?? move.on;
      const next = addDays(from, move.units * programme.daysPerBox);
      const givenUp = [...so.givenUp, { from, to: addDays(next, -1) }];
      return turnOver(programme, { ...so, givenUp, turnFrom: later(next, move.on) }, move.units);
    }
  }
}

/** Boxes of a turn are gone, collected or given up; with the last of them the next round begins. */
function turnOver(programme: Programme, so: Standing, units: number): Standing {
  const left = (so.left ?? 0) - units;
  if (left > 0) return { ...so, left };
  const round = so.round + 1;
  return { ...so, round, phase: phaseOf(programme, round), bought: 0, lastBoughtOn: null, left: null, turnFrom: null };
}

/** Boxes that were struck leave the count together with what struck them: the newest still standing, of that payer where one is named. */
export function withoutStruck(moves: readonly Move[]): Move[] {
  const kept: Move[] = [];
  for (const move of moves) {
    if (move.kind === 'struck') strike(kept, move);
    else kept.push(move);
  }
  return kept;
}

function strike(kept: Move[], { units, payer }: Move): void {
  let open = units;
  while (open > 0) {
    const at = kept.findLastIndex((one) => one.kind === 'bought' && (payer === undefined || one.payer === payer));
    const bought = kept[at];
    if (!bought) return;
    const rest = bought.units - open;
    kept.splice(at, 1, ...(rest > 0 ? [{ ...bought, units: rest }] : []));
    open = -rest;
  }
}

/** The newest purchase that still stands; undefined where none does. */
export const lastBought = (moves: readonly Move[]): Move | undefined =>
  withoutStruck(moves).findLast(({ kind }) => kind === 'bought');

export type NextEvent =
  | { readonly kind: 'buy'; readonly on: Day | null; readonly until: null; readonly units: number }
  | { readonly kind: 'apply'; readonly on: Day | null; readonly until: Day | null; readonly units: 0 }
  | { readonly kind: 'collect'; readonly on: Day; readonly until: Day; readonly units: number }
  | { readonly kind: 'done'; readonly on: null; readonly until: null; readonly units: 0 };

/** What comes next: so many boxes to buy, the application, a free box to collect, or nothing any more. */
export function nextEvent(programme: Programme, moves: readonly Move[]): NextEvent {
  const so = standingOf(programme, moves);
  if (so.left !== null && so.turnFrom !== null) {
    const until = addDays(so.turnFrom, programme.collectWithinDays);
    return { kind: 'collect', on: so.turnFrom, until, units: Math.min(programme.perCollection, so.left) };
  }
  if (so.over || (programme.rounds !== null && so.round > programme.rounds))
    return { kind: 'done', on: null, until: null, units: 0 };
  if (so.bought < so.phase.bought)
    return { kind: 'buy', on: so.suppliedTo, until: null, units: so.phase.bought - so.bought };
  const since = so.lastBoughtOn ?? so.suppliedTo;
  return { kind: 'apply', on: since, until: since && addDays(since, programme.applyWithinDays), units: 0 };
}

export type DayPhase = {
  readonly phase: 'buy' | 'free' | 'none';
  readonly why: 'to-buy' | 'to-collect' | 'given-up' | 'excused' | 'refused' | 'ended' | 'over';
};

/** Whether a box for this day is one to buy or one that should have been free [2.6.5.1.3]. */
export function phaseOn(programme: Programme, moves: readonly Move[], day: Day): DayPhase {
  const known = moves.filter(({ on }) => on <= day);
  const so = standingOf(programme, known);
  // What became of a turn is often decided after its first days.
  const { givenUp, excused } = standingOf(programme, moves);
  const within = (spans: readonly Span[]) => spans.some(({ from, to }) => from <= day && day <= to);
  if (within(givenUp)) return { phase: 'free', why: 'given-up' };
  // With a cause that was accepted she may buy what she could not collect.
  if (within(excused)) return { phase: 'buy', why: 'excused' };
  if (so.over) return { phase: 'none', why: so.over };
  if (so.left !== null) return { phase: 'free', why: 'to-collect' };
  return nextEvent(programme, known).kind === 'done' ? { phase: 'none', why: 'over' } : { phase: 'buy', why: 'to-buy' };
}

export type BoxLine = {
  readonly number: number;
  readonly round: number;
  readonly kind: 'bought' | 'free' | 'given-up';
  readonly payer: Payer | null;
  readonly on: Day;
};

/** The ledger box by box: which one, of which round, who paid. A box given up was never had and nobody paid it. */
export function boxLines(programme: Programme, moves: readonly Move[]): BoxLine[] {
  const lines: BoxLine[] = [];
  const kept = withoutStruck(moves);
  for (const [i, move] of kept.entries()) {
    const { round } = standingOf(programme, kept.slice(0, i));
    const kind = move.kind === 'collected' ? 'free' : move.kind;
    if (kind !== 'bought' && kind !== 'free' && kind !== 'given-up') continue;
    const payer = kind === 'bought' ? (move.payer ?? null) : kind === 'free' ? 'charity' : null;
    for (let box = 0; box < move.units; box += 1)
      lines.push({ number: lines.length + 1, round, kind, payer, on: move.on });
  }
  return lines;
}

/** The days on which to remind of what comes next: so many days before it can begin and, once it can, before it ends. */
export function remindDays({ on, until }: NextEvent, daysBefore: readonly number[]): Day[] {
  const before = on === null ? [] : daysBefore.map((days) => addDays(on, -days));
  const within = until === null ? [] : daysBefore.map((days) => addDays(until, -days));
  return [...new Set([...before, ...within.filter((day) => on === null || day > on)])].sort();
}
