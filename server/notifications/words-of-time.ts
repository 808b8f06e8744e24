/** Which promised time a message tells. */
import { timedRules } from '#domain/cases/on-milestone.ts';
import { stateMeta } from '#domain/journeys/journey.ts';
import { findJourney } from '#domain/journeys/registry.ts';
import { OUTSIDE } from '#domain/messages/template.ts';
import { findTemplate } from '#domain/messages/templates.ts';
import type { Text } from '#domain/plan/schema.ts';
import { type ClockRow, listClocks } from '#server/cases/clock-queries.ts';
import type { Known } from './known.ts';

export type ToldClock = { due: Date; firstDue: Date; label: Text | undefined };

/**
 * The clock that `params.clock` or the message's key names (what a clock causes carries its id there). Else a message to
 * members tells the promise that falls due first, and one to staff the target of the state, which is what they are asked
 * for; either falls back on the other.
 */
export async function findToldClock(known: Known): Promise<ToldClock | undefined> {
  const { db, ctx, params, of, message } = known;
  if (!of) return undefined;
  const clocks = await listClocks(db, ctx, of.row.id);
  const named = clocks.find(({ id }) => id === params.clock || message.key.includes(id));
  // As of what caused the message: in the sandbox much may have happened since.
  const over = (moment: Date | null) => moment !== null && moment <= message.createdAt;
  const open = clocks.filter(
    (clock) => clock.startedAt <= message.createdAt && !over(clock.metAt) && !over(clock.voidAt),
  );
  const byDue = open.toSorted((a, b) => a.due.getTime() - b.due.getTime());
  const promise = byDue.find((clock) => !clock.target);
  const target =
    byDue.find((clock) => clock.target && clock.promise === targetOfState(known)) ??
    byDue.find((clock) => clock.target);
  const isStaff = findTemplate(message.template ?? '')?.outside === OUTSIDE.staff;
  const clock = named ?? (isStaff ? (target ?? promise) : (promise ?? target));
  return clock && { due: clock.due, firstDue: clock.firstDue, label: labelOf(known, clock) };
}

function targetOfState({ of }: Known): string | undefined {
  const journey = of && findJourney(of.row.kind, of.row.chartVersion);
  const until = journey && stateMeta(journey, of.event?.stateAfter ?? of.row.state).until;
  return until && 'target' in until ? until.target : undefined;
}

const labelOf = ({ of }: Known, clock: ClockRow): Text | undefined =>
  of
    ? timedRules(of.service).find((rule) => rule.code === clock.promise && rule.target === clock.target)?.label
    : undefined;
