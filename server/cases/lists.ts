/** Lists of cases: the member's own, and one line of any list. The desks' are in server/work. */
import { z } from 'zod';
import type { CaseSummary } from '#contract/cases.ts';
import type { PageQuery } from '#contract/common.ts';
import { readCursor, writeCursor } from '#server/operations/cursor.ts';
import { getPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { listWork } from '#server/work/work-list.ts';
import { findCaseRole } from './access.ts';
import { openCaseForEvent } from './move-case.ts';
import { listPersonsOfActor } from './my-persons.ts';
import { CASE_COLUMNS, type CaseRow } from './queries.ts';
import { clocksOf, summaryOf } from './view.ts';
import { viewerOf } from './viewer.ts';

/** Where a page ended: the last case. */
const CasePlace = z.tuple([z.iso.datetime(), z.uuid()]);
const FROM = 'from cases c join policies p on p.insurer = c.insurer and p.id = c.policy_id';
const selectOfPersons = sql<CaseRow>(
  'caseLists.ofPersons',
  `select ${CASE_COLUMNS} ${FROM} where c.insurer = $1 and (c.person_id = any($2) or c.applicant_account = $3) and ($4::timestamptz is null or (c.opened_at, c.id) < ($4, $5::uuid))
    order by c.opened_at desc, c.id desc limit $6`,
);

export async function listMyCases(db: Db, ctx: Ctx, actor: Actor, lang: 'zh' | 'en', page: z.infer<typeof PageQuery>) {
  if (actor.role !== 'member' && actor.role !== 'service-desk') {
    const { items, next } = await listWork(db, ctx, actor, lang, { ...page, desk: 'all' });
    return { items: items.map(({ waitingOn: _, band: __, ...item }) => item), next };
  }
  const now = await ctx.clock.now(db);
  const persons = await listPersonsOfActor(db, ctx, actor, now);
  const [at, id] = page.cursor === undefined ? [null, null] : readCursor(page.cursor, CasePlace);
  const rows = await query(db, selectOfPersons, [ctx.insurer, persons, actor.accountId, at, id, page.limit + 1]);
  const items: z.infer<typeof CaseSummary>[] = [];
  for (const row of rows.slice(0, page.limit)) {
    const role = await findCaseRole(db, ctx, actor, row, now);
    if (role) items.push(await summarise(db, ctx, row, role, lang, now));
  }
  const last = rows[page.limit - 1];
  return {
    items,
    next: rows.length > page.limit && last ? writeCursor([last.openedAt.toISOString(), last.id]) : null,
  };
}

/** One case as a line of a list, in the caller's role on it. */
export async function summarise(
  db: Db,
  ctx: Ctx,
  row: CaseRow,
  role: NonNullable<Awaited<ReturnType<typeof findCaseRole>>>,
  lang: 'zh' | 'en',
  now: Date,
) {
  const open = await openCaseForEvent(db, ctx, row);
  const viewer = viewerOf(role, lang);
  const clocks = (await clocksOf(db, ctx, open, lang, now)).filter((clock) =>
    role !== 'member' && role !== 'applicant' ? true : !clock.target,
  );
  return summaryOf(db, ctx, open, viewer, clocks, (await getPerson(db, ctx, row.personId)).name);
}
