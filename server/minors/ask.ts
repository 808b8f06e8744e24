/** Asking a supervisor for access to a minor's file, with the reason; what follows the approval. */
import type { z } from 'zod';
import type { AskMinor } from '#contract/people.ts';
import { dayOf, formatInstant } from '#domain/calendar/day.ts';
import { maskName } from '#domain/persons/mask.ts';
import { GRANT_DAYS, isMinor } from '#domain/persons/minors.ts';
import { getVisibleRow } from '#server/cases/access.ts';
import { askApproval } from '#server/operations/ask-approval.ts';
import { findPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem, Refused } from '#server/platform/problem.ts';
import { findGrantEnd } from './queries.ts';

/**
 * Returns the approval's id. Each account asks for itself: what a colleague asked is no obstacle.
 * @throws Problem not-found; Refused not-possible-now for an adult, conflict when it is open or asked for already
 */
export async function askMinor(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  personId: string,
  { reason, caseId }: z.infer<typeof AskMinor>,
  now: Date,
): Promise<string> {
  const row = caseId === undefined ? undefined : (await getVisibleRow(db, ctx, actor, caseId, now)).row;
  const person = row && row.personId !== personId ? undefined : await findPerson(db, ctx, personId);
  if (!person) throw new Problem('not-found');
  if (!isMinor(person.bornOn, dayOf(now)))
    throw new Refused('not-possible-now', {
      detail: { zh: '此人已满 18 岁，不需要主管同意。', en: 'This person is of age: no approval is needed.' },
    });
  const until = await findGrantEnd(db, ctx, actor.accountId!, personId, now);
  if (until)
    throw new Refused('conflict', {
      detail: {
        zh: `您已获准查看，到 ${formatInstant(until)} 为止。`,
        en: `You may open it already, until ${formatInstant(until)}.`,
      },
    });
  return askApproval(db, ctx, actor, {
    kind: 'open-minor',
    caseId: row?.id ?? null,
    subject: personId,
    perAsker: true,
    personId,
    reason,
    details: [
      { label: 'person', value: maskName(person.name) },
      { label: 'opens-for', value: String(GRANT_DAYS) },
    ],
    payload: {},
    now,
  });
}
