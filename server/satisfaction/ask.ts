/** A case that ends, or whose chart asks for a rating, opens the question how satisfied she was: once, and quietly. */
import { type Journey, stateMeta } from '#domain/journeys/journey.ts';
import { tell } from '#server/cases/apply-changes.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { openSatisfaction } from './queries.ts';

/** Found out to be used by somebody else: nobody is asked how it was. */
const NOBODY: readonly string[] = ['closed-impostor'];

/** Whether the chart itself takes a rating in this state. */
const takesRating = (journey: Journey, state: string): boolean =>
  journey.machine.states[state]?.ownEvents.includes('rate') ?? false;

/** In the transaction of the event that brought the case into its state. */
export async function askSatisfaction(
  db: Db,
  ctx: Ctx,
  { row, memory, journey, running }: OpenCase,
  { eventId, type, now }: { eventId: string; type: string; now: Date },
): Promise<void> {
  const rule = running.plan.satisfaction;
  // A service that was only opened for a year is judged by its uses.
  if (!rule || memory.act !== 'use' || NOBODY.includes(row.state)) return;
  if (!row.final) {
    // The messages of that milestone ask her already.
    if (takesRating(journey, row.state)) await openSatisfaction(db, ctx, row, { askedAt: now, endedAt: null });
    return;
  }
  const outcome = stateMeta(journey, row.state).outcome ?? '';
  const asks = rule.asks.includes(outcome);
  if (!asks && !rule.takes.includes(outcome)) return;
  const fresh = await openSatisfaction(db, ctx, row, { askedAt: asks ? now : null, endedAt: now });
  if (fresh && asks && type !== 'rate')
    await tell(db, ctx, row, 'member', 'satisfaction-asked', false, `${eventId}/satisfaction`, now);
}
