/** What a case manager writes to the member inside the case, and that it was read: the read message reaches her (contract 2.4). */
import type { Ctx } from '#server/platform/context.ts';
import { type Db, queryOne, sql } from '#server/platform/db.ts';
import { LETTER } from './effects.ts';
import { openCaseForEvent } from './move-case.ts';
import { findCaseForUpdate } from './queries.ts';
import { sendSystemEvent } from './send-event.ts';

const selectAuthor = sql<{ caseId: string; author: string | null }>(
  'letters.author',
  `select m.case_id as "caseId", e.actor_account as author
     from inbox_messages m
     join outbox o on o.insurer = m.insurer and o.id = m.outbox_id
     join events e on e.insurer = m.insurer and e.case_id = m.case_id and o.unique_key = 'message/' || e.id || '/${LETTER}'
    where m.insurer = $1 and m.id = $2 and m.owner_kind = 'person'`,
);

/** After an inbox message was read: a letter that is the first to reach her moves the case. Anything else moves nothing. */
export async function onMessageRead(db: Db, ctx: Ctx, messageId: string, now: Date): Promise<void> {
  const letter = await queryOne(db, selectAuthor, [ctx.insurer, messageId]);
  if (!letter) return;
  const row = await findCaseForUpdate(db, ctx, letter.caseId);
  if (!row || row.final) return;
  const { running } = await openCaseForEvent(db, ctx, row);
  if (running.so.history.some(({ name }) => name === 'contact-reached')) return;
  const byManager = letter.author !== null && letter.author === row.assignee;
  await sendSystemEvent(db, ctx, row.id, 'messageRead', now, {}, { byManager });
}
