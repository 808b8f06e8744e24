/** Lists of cases: the member's own, and the desks' work lists, most urgent clock first. */
import { z } from 'zod';
import type { CaseSummary, WorkItem, WorkList, WorkQuery } from '#contract/cases.ts';
import type { PageQuery } from '#contract/common.ts';
import { isOutside } from '#domain/journeys/journey.ts';
import { readCursor, writeCursor } from '#server/operations/cursor.ts';
import { findPersonsByHash, getPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { findCaseRole } from './access.ts';
import { openCaseForEvent } from './move-case.ts';
import { listPersonsOfActor } from './my-persons.ts';
import { CASE_COLUMNS, type CaseRow } from './queries.ts';
import { clocksOf, summaryOf } from './view.ts';
import { viewerOf } from './viewer.ts';
import { ROLES } from './words.ts';

/** Where a page ended: the last case, or how many of the work list were shown. */
const CasePlace = z.tuple([z.iso.datetime(), z.uuid()]);
const WorkPlace = z.tuple([z.int().min(0).max(1_000_000)]);
const FROM = 'from cases c join policies p on p.insurer = c.insurer and p.id = c.policy_id';
const selectOfPersons = sql<CaseRow>(
  'caseLists.ofPersons',
  `select ${CASE_COLUMNS} ${FROM} where c.insurer = $1 and (c.person_id = any($2) or c.applicant_account = $3) and ($4::timestamptz is null or (c.opened_at, c.id) < ($4, $5::uuid))
    order by c.opened_at desc, c.id desc limit $6`,
);

export async function listMyCases(db: Db, ctx: Ctx, actor: Actor, lang: 'zh' | 'en', page: z.infer<typeof PageQuery>) {
  if (actor.role !== 'member' && actor.role !== 'service-desk') {
    const { items, next } = await listWork(db, ctx, actor, lang, { ...page, desk: 'all' });
    return { items: items.map(({ waitingOn: _, ...item }) => item), next };
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

async function summarise(
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

type Desk = { code: string; label: { zh: string; en: string }; where: string };
/** The desks of each role, in plain conditions on the case's row; the counts come from the same conditions as the lists. */
const MINE: Desk = { code: 'mine', label: { zh: '待我处理', en: 'Waiting for me' }, where: 'c.turn = $2' };
const OTHERS: Desk[] = [
  { code: 'member', label: { zh: '等会员', en: 'Waiting for the member' }, where: `c.turn in ('member', 'applicant')` },
  { code: 'provider', label: { zh: '等服务商', en: 'Waiting for the provider' }, where: `c.turn = 'provider'` },
];
const LATE: Desk = {
  code: 'late',
  label: { zh: '已晚', en: 'Late' },
  // A promise that stood at its due moment is not marked as breached; what a target stands for, its case's pauses tell.
  where: `exists (select 1 from clocks k where k.insurer = c.insurer and k.case_id = c.id and k.met_at is null and k.void_at is null and k.due < $4
    and (k.breached_at is not null or (k.target and not exists (select 1 from pauses s where s.insurer = c.insurer and s.case_id = c.id and s.to_at is null))))`,
};
const ATTENTION: Desk = {
  code: 'attention',
  label: { zh: '需要留意', en: 'Needs attention' },
  where: `c.attention <> '{}'`,
};
const ALL: Desk = { code: 'all', label: { zh: '全部进行中', en: 'All running' }, where: 'true' };
const OWN: Desk = {
  code: 'own',
  label: { zh: '我跟进的', en: 'Assigned to me' },
  where: '(c.assignee = $3 or c.reviewer = $3)',
};
/** What an agent registered is followed by its number and state, the name masked; the case itself opens only within a check. */
const FILED: Desk = {
  code: 'filed',
  label: { zh: '我登记的', en: 'Registered by me' },
  where: 'c.applicant_account = $3',
};

export const DESKS: Readonly<Record<string, readonly Desk[]>> = {
  'service-desk': [FILED],
  reviewer: [MINE, OWN, { ...LATE, where: `c.turn = 'reviewer' and ${LATE.where}` }, ALL],
  'case-manager': [MINE, OWN, ...OTHERS, LATE, ATTENTION, ALL],
  provider: [
    MINE,
    { code: 'booked', label: { zh: '已约好', en: 'Booked' }, where: `c.state in ('booked', 'offered')` },
    ALL,
  ],
  laboratory: [MINE, ALL],
  expert: [MINE, ALL],
  supervisor: [{ ...MINE, code: 'mine' }, LATE, ATTENTION, ALL],
  // Next to nothing waits for operations itself: what is late is what it is here for.
  operations: [LATE, MINE, ALL],
};

const BASE = `where c.insurer = $1 and not c.final and ($5::text is null or case $2 when 'laboratory' then c.laboratory when 'expert' then c.expert else c.provider end = $5) and $2::text is not null and ($3::uuid is not null or true) and $4::timestamptz is not null`;
const ORDER = `order by (select min(k.due) from clocks k where k.insurer = c.insurer and k.case_id = c.id and k.met_at is null and k.void_at is null
  and not exists (select 1 from pauses s where s.insurer = c.insurer and s.case_id = c.id and s.to_at is null)) nulls last, c.changed_at, c.id`;
const listOf = (desk: Desk) =>
  sql<CaseRow>(
    `workList.${desk.code}.${hash(desk.where)}`,
    `select ${CASE_COLUMNS} ${FROM} ${BASE} and ${desk.where} ${ORDER} limit $6 offset $7`,
  );
const countOf = (desk: Desk) =>
  sql<{ count: number }>(
    `workCount.${desk.code}.${hash(desk.where)}`,
    `select count(*)::int as count from cases c ${BASE} and ${desk.where}`,
  );
const hash = (text: string): string =>
  [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7).toString(36);
const selectByNumber = sql<CaseRow>(
  'workList.byNumber',
  `select ${CASE_COLUMNS} ${FROM} where c.insurer = $1 and (c.number = $2 or p.policy_no = $2 or c.person_id = any($3)) and ($4::text is null or case $6 when 'laboratory' then c.laboratory when 'expert' then c.expert else c.provider end = $4) order by c.final, c.opened_at desc limit $5`,
);

/** What waits for the caller, most urgent clock first; `q` finds by case number, policy number or telephone, exactly. */
export async function listWork(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: 'zh' | 'en',
  search: z.infer<typeof WorkQuery>,
): Promise<z.infer<typeof WorkList>> {
  const now = await ctx.clock.now(db);
  const desks = DESKS[actor.role] ?? [];
  const provider = isOutside(actor.role) ? (actor.provider ?? '-') : null;
  const values = [ctx.insurer, actor.role, actor.accountId, now, provider];
  const counts = [];
  for (const desk of desks)
    counts.push({
      code: desk.code,
      label: desk.label[lang],
      count: (await query(db, countOf(desk), values))[0]?.count ?? 0,
    });
  const [offset] = search.cursor === undefined ? [0] : readCursor(search.cursor, WorkPlace);
  const desk = desks.find(({ code }) => code === search.desk) ?? desks[0];
  const q = search.q?.trim();
  const rows = q
    ? await query(db, selectByNumber, [
        ctx.insurer,
        q.toUpperCase(),
        await findPersonsByHash(db, ctx, 'phone', q),
        provider,
        search.limit + 1,
        actor.role,
      ])
    : desk
      ? await query(db, listOf(desk), [...values, search.limit + 1, offset])
      : [];
  const items: z.infer<typeof WorkItem>[] = [];
  for (const row of rows.slice(0, search.limit)) {
    const filed = !q && actor.role === 'service-desk' && row.applicantAccount === actor.accountId;
    const role = filed ? 'service-desk' : await findCaseRole(db, ctx, actor, row, now);
    if (role)
      items.push({
        ...(await summarise(db, ctx, row, role, lang, now)),
        waitingOn: ROLES[row.turn]?.[lang] ?? row.turn,
      });
  }
  return { items, next: rows.length > search.limit && !q ? writeCursor([offset + search.limit]) : null, desks: counts };
}
