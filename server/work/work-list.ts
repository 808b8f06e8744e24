/** GET /api/worklist: the cases of a desk by time to breach, narrowed on the server, so that counts and pages agree. */
import { z } from 'zod';
import type { Choice, DueBand, WorkItem, WorkList, WorkQuery } from '#contract/work.ts';
import { addDays, dayOf, instantAt } from '#domain/calendar/day.ts';
import { isOutside, OUTSIDE_ROLES, PARTY_OF, stateMeta, worksOn } from '#domain/journeys/journey.ts';
import { getJourney, JOURNEYS } from '#domain/journeys/registry.ts';
import { findCaseRole } from '#server/cases/access.ts';
import { summarise } from '#server/cases/lists.ts';
import { CASE_COLUMNS, type CaseRow } from '#server/cases/queries.ts';
import { planOf } from '#server/cases/question.ts';
import { ROLES } from '#server/cases/words.ts';
import { readCursor, writeCursor } from '#server/operations/cursor.ts';
import { findPersonsByHash } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { DESKS, type Desk, owedByManager } from './desks.ts';

type Query = z.infer<typeof WorkQuery>;
type Lang = 'zh' | 'en';

/** The place of the last row: a row that comes or goes on another page moves none of the rows behind it. */
const Place = z.tuple([z.union([z.iso.datetime(), z.literal('infinity')]), z.iso.datetime(), z.uuid()]);
const FROM = 'from cases c join policies p on p.insurer = c.insurer and p.id = c.policy_id';
/** The earliest moment that runs; none while the case stands. $7 is the end of today. */
const DUE = `cross join lateral (select coalesce(min(k.due), 'infinity'::timestamptz) as due from clocks k
    where k.insurer = c.insurer and k.case_id = c.id and k.met_at is null and k.void_at is null
      and not exists (select 1 from pauses s where s.insurer = c.insurer and s.case_id = c.id and s.to_at is null)) d
  cross join lateral (select case when d.due = 'infinity' then 'none' when d.due < $4 then 'late' when d.due < $7 then 'today' else 'later' end as band) b`;
/** The party of the case by the outside role that asks, or one of the experts who are to judge it. */
const isHeldBy = (role: string, party: string) =>
  `(case ${role} ${OUTSIDE_ROLES.map((one) => `when '${one}' then c.${PARTY_OF[one]}`).join(' ')} end = ${party}
    or (${role} = 'expert' and ${party} = any(c.panel)))`;
/** Who serves some kinds of case only has no others on the desk. */
const KIND_OF = (role: string) =>
  `case ${role} ${[...OUTSIDE_ROLES, 'drug-reviewer']
    .map((one) => `when '${one}' then c.kind || '/' || c.act = any('{${workOf(one).join(',')}}')`)
    .join(' ')} else true end`;
const workOf = (role: string): string[] => [
  ...new Set(
    JOURNEYS.flatMap((journey) =>
      (['open', 'use'] as const).flatMap((act) => (worksOn(journey, role, act) ? [`${journey.kind}/${act}`] : [])),
    ),
  ),
];
// What is open for a year waits for nobody.
const BASE = `where c.insurer = $1 and not c.final and c.state <> 'open' and ($5::text is null or ${isHeldBy('$2', '$5')}) and ${KIND_OF('$2::text')} and ($3::uuid is not null or true) and $4::timestamptz is not null and $6::text[] is not null`;
const NARROWED = `and ($8::text is null or b.band = $8) and ($9::text[] is null or c.kind || '/' || c.chart_version || '/' || c.state = any($9))
  and ($10::text is null or c.turn = $10) and ($11::text is null or c.service = $11)`;

type Placed = CaseRow & { due: Date | number; band: DueBand };
const listOf = (desk: Desk) =>
  sql<Placed>(
    `workList.${desk.code}.${hash(desk.where)}`,
    `select ${CASE_COLUMNS}, d.due, b.band ${FROM} ${DUE} ${BASE} and ${desk.where} ${NARROWED}
       and ($12::timestamptz is null or (d.due, c.changed_at, c.id) > ($12, $13::timestamptz, $14::uuid))
     order by d.due, c.changed_at, c.id limit $15`,
  );
const countOf = (desk: Desk) =>
  sql<{ count: number }>(
    `workCount.${desk.code}.${hash(desk.where)}`,
    `select count(*)::int as count from cases c ${BASE} and ${desk.where}`,
  );
type Group = {
  plan: string;
  edition: string;
  service: string;
  kind: string;
  version: number;
  state: string;
  turn: string;
  band: DueBand;
  count: number;
};
const groupsOf = (desk: Desk) =>
  sql<Group>(
    `workGroups.${desk.code}.${hash(desk.where)}`,
    `select c.plan, c.edition, c.service, c.kind, c.chart_version as version, c.state, c.turn, b.band, count(*)::int as count
       from cases c ${DUE} ${BASE} and ${desk.where} group by 1, 2, 3, 4, 5, 6, 7, 8`,
  );
const hash = (text: string): string =>
  [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0, 7).toString(36);
/** What is typed of a number may be its end: the date in front is the same for all of a day. */
const selectFound = sql<CaseRow>(
  'workList.found',
  `select ${CASE_COLUMNS} ${FROM} where c.insurer = $1
     and (c.number = $2 or (length($2) >= 4 and right(c.number, length($2)) = $2) or p.policy_no = $2 or c.person_id = any($3))
     and ($4::text is null or ${isHeldBy('$6', '$4')}) and ${KIND_OF('$6::text')} order by c.final, c.opened_at desc limit $5`,
);

/** The cases of one desk, most urgent first; `q` finds in all cases by number (or its end), policy number or telephone. */
export async function listWork(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  lang: Lang,
  search: Query,
): Promise<z.infer<typeof WorkList>> {
  const now = await ctx.clock.now(db);
  const desks = DESKS[actor.role] ?? [];
  const provider = isOutside(actor.role) ? (actor.provider ?? '-') : null;
  const values = [ctx.insurer, actor.role, actor.accountId, now, provider, owedByManager(ctx.plans)];
  const counted = [];
  for (const desk of desks)
    counted.push({
      code: desk.code,
      label: desk.label[lang],
      count: (await query(db, countOf(desk), values))[0]?.count ?? 0,
    });
  const view = async (rows: readonly (CaseRow & { band?: DueBand })[], filed: boolean) => {
    const items: z.infer<typeof WorkItem>[] = [];
    for (const row of rows) {
      // What an agent registered is listed to her without a check; a search of hers finds nothing outside one.
      const mine = filed && row.applicantAccount === actor.accountId;
      const role = mine ? 'service-desk' : await findCaseRole(db, ctx, actor, row, now);
      const waitingOn = ROLES[row.turn]?.[lang] ?? row.turn;
      if (role) items.push({ ...(await summarise(db, ctx, row, role, lang, now)), waitingOn, band: row.band ?? null });
    }
    return items;
  };
  const q = search.q?.trim();
  if (q) {
    const persons = await findPersonsByHash(db, ctx, 'phone', q);
    const rows = await query(db, selectFound, [
      ctx.insurer,
      q.toUpperCase(),
      persons,
      provider,
      search.limit,
      actor.role,
    ]);
    const items = await view(rows, false);
    return { items, next: null, desks: counted, total: items.length, all: items.length, choices: NO_CHOICES };
  }
  const desk = desks.find(({ code }) => code === search.desk) ?? desks[0];
  if (!desk) return { items: [], next: null, desks: counted, total: 0, all: 0, choices: NO_CHOICES };

  const inDay = [...values, instantAt(addDays(dayOf(now), 1), '00:00')];
  const groups = await query(db, groupsOf(desk), inDay);
  const states = search.step === undefined ? null : groups.filter((one) => stepOf(one) === search.step).map(stateKey);
  const after = search.cursor === undefined ? [null, null, null] : readCursor(search.cursor, Place);
  const found = await query(db, listOf(desk), [
    ...inDay,
    search.due ?? null,
    states,
    search.turn ?? null,
    search.service ?? null,
    ...after,
    search.limit + 1,
  ]);
  const rows = found.slice(0, search.limit);
  const last = rows.at(-1);
  return {
    items: await view(rows, actor.role === 'service-desk'),
    next: last && found.length > rows.length ? writeCursor(placeOf(last)) : null,
    desks: counted,
    total: sum(groups.filter((one) => FACETS.every((facet) => keeps(facet, one, search)))),
    all: sum(groups),
    choices: choicesOf(ctx, groups, search, lang),
  };
}

const placeOf = ({ due, changedAt, id }: Placed) => [
  due instanceof Date ? due.toISOString() : 'infinity',
  changedAt.toISOString(),
  id,
];
const metaOf = ({ kind, version, state }: Group) => stateMeta(getJourney(kind, version), state);
const stepOf = (one: Group): string => metaOf(one).step;
const stateKey = ({ kind, version, state }: Group): string => `${kind}/${version}/${state}`;
const sum = (groups: readonly Group[]): number => groups.reduce((all, { count }) => all + count, 0);

const FACETS = ['due', 'step', 'turn', 'service'] as const;
type Facet = (typeof FACETS)[number];
const VALUE: Readonly<Record<Facet, (one: Group) => string>> = {
  due: ({ band }) => band,
  step: stepOf,
  turn: ({ turn }) => turn,
  service: ({ service }) => service,
};
const keeps = (facet: Facet, one: Group, search: Query): boolean =>
  search[facet] === undefined || VALUE[facet](one) === search[facet];
const BANDS: Readonly<Record<string, Record<Lang, string>>> = {
  late: { zh: '已晚', en: 'Late' },
  today: { zh: '今天到期', en: 'Due today' },
  later: { zh: '以后到期', en: 'Due later' },
  none: { zh: '没有计时', en: 'No time runs' },
};
const NO_CHOICES = { due: [], step: [], turn: [], service: [] };

/** Each way to narrow, counted beside what is chosen of the others; in the order of the path, else the largest first. */
function choicesOf(ctx: Ctx, groups: readonly Group[], search: Query, lang: Lang) {
  const label: Readonly<Record<Facet, (one: Group) => string>> = {
    due: ({ band }) => BANDS[band]![lang],
    step: (one) =>
      getJourney(one.kind, one.version).steps.find(({ code }) => code === stepOf(one))?.label[lang] ?? stepOf(one),
    turn: ({ turn }) => ROLES[turn]?.[lang] ?? turn,
    service: ({ plan, edition, service }) => planOf(ctx, plan, edition, service).service.name[lang],
  };
  const rank: Readonly<Record<Facet, (one: Group) => number>> = {
    due: ({ band }) => Object.keys(BANDS).indexOf(band),
    step: (one) => getJourney(one.kind, one.version).steps.findIndex(({ code }) => code === stepOf(one)),
    turn: () => 0,
    service: () => 0,
  };
  const of = (facet: Facet): z.infer<typeof Choice>[] => {
    const kept = new Map<string, z.infer<typeof Choice> & { rank: number }>();
    for (const one of groups) {
      const code = VALUE[facet](one);
      const known = kept.get(code) ?? { code, label: label[facet](one), count: 0, rank: rank[facet](one) };
      const counts = FACETS.every((other) => other === facet || keeps(other, one, search));
      kept.set(code, { ...known, count: known.count + (counts ? one.count : 0) });
    }
    return [...kept.values()]
      .filter(({ code, count }) => count > 0 || search[facet] === code)
      .sort((a, b) => a.rank - b.rank || b.count - a.count || a.code.localeCompare(b.code))
      .map(({ rank: _, ...choice }) => choice);
  };
  return { due: of('due'), step: of('step'), turn: of('turn'), service: of('service') };
}
