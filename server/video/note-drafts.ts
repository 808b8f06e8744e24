/** What the doctor of a call has written of her note so far: kept sealed, so that a page that is read anew lost nothing. */
import type { NoteDraft } from '#contract/video.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { doctorOf } from './presence.ts';

const TABLE = 'video_note_drafts';
const upsertDraft = sql<never>(
  'videoDrafts.upsert',
  `insert into video_note_drafts (insurer, case_id, doctor, sealed, written_at) values ($1, $2, $3, $4, $5)
   on conflict (insurer, case_id) do update set doctor = excluded.doctor, sealed = excluded.sealed, written_at = excluded.written_at`,
);
const selectDraft = sql<{ sealed: Buffer }>(
  'videoDrafts.select',
  'select sealed from video_note_drafts where insurer = $1 and case_id = $2 and doctor = $3',
);
const deleteDraft = sql<never>(
  'videoDrafts.delete',
  'delete from video_note_drafts where insurer = $1 and case_id = $2',
);

/** From the accepted call until the note is released; hers alone. */
export const DRAFTED: readonly string[] = ['in-call', 'noting'];

/** @throws Problem not-found, also once the note has left */
export async function keepDraft(db: Db, ctx: Ctx, actor: Actor, caseId: string, draft: NoteDraft): Promise<void> {
  const doctor = doctorOf(actor);
  // Locked, so that nothing written late stays behind after the note has left.
  const row = await findCaseForUpdate(db, ctx, caseId);
  if (row?.doctor !== doctor || !DRAFTED.includes(row.state)) throw new Problem('not-found');
  const sealed = sealWith(await getPersonKey(db, ctx, row.personId), ctx, TABLE, caseId, draft);
  await query(db, upsertDraft, [ctx.insurer, caseId, doctor, sealed, machineNow()]);
}

export async function findDraft(
  db: Db,
  ctx: Ctx,
  row: { id: string; personId: string; doctor: string | null },
): Promise<NoteDraft | null> {
  const found = await queryOne(db, selectDraft, [ctx.insurer, row.id, row.doctor]);
  return found ? openWith(await getPersonKey(db, ctx, row.personId), ctx, TABLE, row.id, found.sealed) : null;
}

/** With the released note, and with a call that is no longer hers. */
export const dropDraft = (db: Db, ctx: Ctx, caseId: string) => query(db, deleteDraft, [ctx.insurer, caseId]);
