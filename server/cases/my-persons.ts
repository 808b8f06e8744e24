/** Whom an account may see whole: herself, those who delegated to her, those she is guardian of; for the desk, who passed the check. */
import { dayOf } from '#domain/calendar/day.ts';
import { listReceivedDelegations } from '#server/delegations/queries.ts';
import { listCheckedPersons } from '#server/desk/checks.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';

export async function listPersonsOfActor(db: Db, ctx: Ctx, actor: Actor, now: Date): Promise<string[]> {
  if (actor.role === 'service-desk') return listCheckedPersons(db, ctx, actor, now);
  if (actor.personId === null) return [];
  const received = await listReceivedDelegations(db, ctx, actor.personId, dayOf(now));
  return [actor.personId, ...received.map(({ fromPerson }) => fromPerson)];
}
