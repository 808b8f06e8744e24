/** What a message says of a complaint: its number, and what was answered or asked. */
import type { Text } from '#domain/plan/schema.ts';
import { openFor } from '#server/persons/seal.ts';
import { queryOne, sql } from '#server/platform/db.ts';
import type { Known } from './known.ts';

const selectNumber = sql<{ number: string }>(
  'messages.complaint',
  'select number from complaints where insurer = $1 and id = $2',
);
const selectSaid = sql<{ id: string; personId: string; sealed: Buffer | null }>(
  'messages.complaintSaid',
  `select e.id, q.person_id as "personId", e.sealed from complaint_events e
     join complaints q on q.insurer = e.insurer and q.id = e.complaint_id where e.insurer = $1 and e.id = $2`,
);

export const findComplaintNumber = async ({ db, ctx }: Known, id: string): Promise<string | undefined> =>
  (await queryOne(db, selectNumber, [ctx.insurer, id]))?.number;

/** The words of one step: an answer, or why it takes longer. */
export async function findSaid({ db, ctx }: Known, event: string): Promise<string | undefined> {
  const row = await queryOne(db, selectSaid, [ctx.insurer, event]);
  if (!row?.sealed) return undefined;
  const { text } = await openFor<{ text: string }>(db, ctx, row.personId, 'complaint_events', row.id, row.sealed);
  // The template goes on after it.
  return text.replace(/[。.;；]$/, '');
}

/** What an answer opens to her. */
export const AFTER_ANSWER: Readonly<Record<string, Text>> = {
  overturned: { zh: '您可以再次申请', en: 'you can ask again' },
  partly: { zh: '改动的部分见答复', en: 'what changes stands in the answer' },
  settled: { zh: '按约定办理', en: 'we do as agreed' },
  upheld: { zh: '原决定不变', en: 'the decision stands' },
  answered: { zh: '全文和后续见投诉页面', en: 'the page of your complaint has it in full' },
};
