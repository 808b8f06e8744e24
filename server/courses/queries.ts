/** SQL of the entries of a course: only added, sealed under the person's key. */
import type { Day } from '#domain/calendar/day.ts';
import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

type Keys = Pick<Ctx, 'insurer' | 'keyRing'>;

/** What each kind of entry says. */
export type Said = {
  diary: { entries: { symptom: string; grade: number }[]; note: string | null };
  answers: { version: number; values: Record<string, number> };
  call: { reached: boolean; note: string };
  nutrition: { text: string };
};
export type Kind = keyof Said;
export type Entry<K extends Kind = Kind> = {
  [Each in K]: {
    id: string;
    kind: Each;
    code: string | null;
    onDay: Day;
    byAccount: string;
    byRole: string;
    at: Date;
    said: Said[Each];
  };
}[K];

const insertEntry = sql<never>(
  'courses.insert',
  `insert into course_entries (insurer, id, case_id, person_id, kind, code, on_day, sealed, by_account, by_role, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const selectEntries = sql<Omit<Entry, 'said'> & { sealed: Buffer }>(
  'courses.ofCase',
  `select id, kind, code, on_day as "onDay", by_account as "byAccount", by_role as "byRole", at, sealed
     from course_entries where insurer = $1 and case_id = $2 order by on_day desc, at desc, id desc limit $3`,
);
/** A diary of several entries a day over two years. */
const MOST = 3000;

export async function insertCourseEntry<K extends Kind>(
  db: Db,
  ctx: Keys,
  entry: {
    caseId: string;
    personId: string;
    kind: K;
    code: string | null;
    onDay: Day;
    said: Said[K];
    by: Actor;
    byRole: string;
    now: Date;
  },
): Promise<string> {
  const id = uuidv7();
  const sealed = sealWith(await getPersonKey(db, ctx, entry.personId), ctx, 'course_entries', id, entry.said);
  const { caseId, personId, kind, code, onDay, by, byRole, now } = entry;
  await query(db, insertEntry, [
    ctx.insurer,
    id,
    caseId,
    personId,
    kind,
    code,
    onDay,
    sealed,
    by.accountId,
    byRole,
    now,
  ]);
  return id;
}

/** Newest day first. */
export async function listCourseEntries(
  db: Db,
  ctx: Keys,
  { id, personId }: { id: string; personId: string },
): Promise<Entry[]> {
  const rows = await query(db, selectEntries, [ctx.insurer, id, MOST]);
  if (rows.length === 0) return [];
  const key = await getPersonKey(db, ctx, personId);
  return rows.map(
    ({ sealed, ...row }) => ({ ...row, said: openWith(key, ctx, 'course_entries', row.id, sealed) }) as Entry,
  );
}
