/** The calls of a case, newest first: who rang, when, what came of it and what was noted. */
import type { CaseView } from '#contract/cases.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { fieldsOf } from '#domain/journeys/fields.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { OpenCase } from './move-case.ts';
import type { OpenedEvent } from './seen.ts';
import type { Viewer } from './viewer.ts';
import { ROLES } from './words.ts';

const CALL = 'logCall';

/** For viewers of the house only: a note on a call is internal. */
export async function callsOf(
  db: Db,
  ctx: Ctx,
  { journey }: Pick<OpenCase, 'journey'>,
  events: readonly OpenedEvent[],
  { lang }: Pick<Viewer, 'lang'>,
): Promise<CaseView['calls']> {
  const calls = events.filter(({ type }) => type === CALL).reverse();
  const def = journey.events[CALL];
  if (!def || calls.length === 0) return [];
  const labels = fieldsOf(def.schema).find(({ name }) => name === 'outcome')?.labels ?? {};
  const names = await nameAccounts(
    db,
    ctx,
    calls.flatMap(({ actorAccount }) => actorAccount ?? []),
  );
  return calls.map(({ id, recordedAt, actorAccount, actorRole, payload }) => ({
    id,
    at: formatInstant(recordedAt),
    by: names.get(actorAccount ?? '') ?? ROLES[actorRole]?.[lang] ?? actorRole,
    outcome: String(payload.outcome),
    outcomeLabel: labels[String(payload.outcome)]?.[lang] ?? String(payload.outcome),
    note: typeof payload.note === 'string' ? payload.note : null,
  }));
}
