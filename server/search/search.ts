/** One search over what the signed-in member may see: each source reads by the rules of its own page, then is matched. */
import type { z } from 'zod';
import type { SearchFor, SearchGroup, SearchHit, SearchResult } from '#contract/search.ts';
import { SEARCH_GROUPS } from '#contract/search.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { normaliseWord } from '#domain/lists/column.ts';
import { type ListKind, listRowDetail } from '#domain/lists/kinds.ts';
import { findAmong, type Query, readQuery } from '#domain/search/match.ts';
import { listMyCases } from '#server/cases/lists.ts';
import { listAsOf } from '#server/lists/queries.ts';
import { listMessages } from '#server/notifications/routes.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { findPapers } from './find-papers.ts';
import { findClauses, findServices } from './find-services.ts';

/** So many of each group at first, and of one group when all of it is asked for. */
const FIRST = 4;
const ALL = 50;
/** Her newest cases and messages that are looked through. */
const LOOKED_THROUGH = 100;
/** Of a message so many characters are shown; the whole stands in the inbox. */
const SHOWN = 80;

export type Search = { query: Query; actor: Actor & { personId: string }; lang: 'zh' | 'en'; now: Date };
type Source = (db: Db, ctx: Ctx, search: Search, limit: number) => Promise<SearchHit[]>;

/** What is typed finds services, cases, papers, messages, list entries and clauses; nothing of it is written anywhere. */
export async function searchAll(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  { q, only }: z.infer<typeof SearchFor>,
  lang: 'zh' | 'en',
): Promise<SearchResult> {
  const query = readQuery(q);
  if (!query || actor.personId === null) return { groups: [] };
  const search = { query, actor: { ...actor, personId: actor.personId }, lang, now: await ctx.clock.now(db) };
  const most = only ? ALL : FIRST;
  const groups: SearchResult['groups'] = [];
  for (const group of only ? [only] : SEARCH_GROUPS) {
    const hits = await SOURCES[group](db, ctx, search, most + 1);
    if (hits.length > 0) groups.push({ group, items: hits.slice(0, most), more: hits.length > most });
  }
  return { groups };
}

const findCases: Source = async (db, ctx, { query, actor, lang }) => {
  const { items } = await listMyCases(db, ctx, actor, lang, { limit: LOOKED_THROUGH });
  return findAmong(query, items, ({ number, serviceName, stateLabel, person }) => ({
    names: [number, serviceName],
    words: [person.name],
    text: stateLabel,
  })).map(({ id, number, serviceName, stateLabel, person }) => ({
    title: `${serviceName} ${number}`,
    text: stateLabel,
    of: person.id === actor.personId ? null : person.name,
    to: { kind: 'case', caseId: id },
  }));
};

const findMessages: Source = async (_, ctx, { query, actor, lang }) => {
  const { items } = await listMessages(ctx, actor, lang, { limit: LOOKED_THROUGH });
  return findAmong(query, items, ({ subject, body, caseNumber }) => ({
    names: [subject],
    words: caseNumber ? [caseNumber] : [],
    text: body,
  })).map(({ subject, body, caseId }) => ({
    title: subject,
    text: body.length > SHOWN ? `${body.slice(0, SHOWN)}…` : body,
    of: null,
    to: caseId ? { kind: 'case', caseId } : { kind: 'messages' },
  }));
};

/** The list as of today. Its own index finds one word; of several the longest, and the rest is looked for in the rows. */
const findInList =
  (list: ListKind): Source =>
  async (db, ctx, { query, lang, now }, limit) => {
    const [longest = '', ...others] = query.terms.toSorted((a, b) => b.length - a.length);
    const { items } = await listAsOf(db, ctx, list, dayOf(now), { q: longest, limit: others.length > 0 ? 100 : limit });
    return items
      .filter(({ row }) => {
        const text = normaliseWord(Object.values(row).flat().join(' '));
        return others.every((term) => text.includes(term));
      })
      .map(({ label, row }) => ({
        title: label,
        text: listRowDetail(list, row, lang),
        of: null,
        to: { kind: 'list', list },
      }));
  };

const SOURCES: Record<SearchGroup, Source> = {
  services: findServices,
  cases: findCases,
  papers: findPapers,
  messages: findMessages,
  hospitals: findInList('hospitals'),
  drugs: findInList('drugs'),
  pharmacies: findInList('pharmacies'),
  'cart-hospitals': findInList('cart-hospitals'),
  'cart-pharmacies': findInList('cart-pharmacies'),
  programmes: findInList('programmes'),
  clauses: findClauses,
};
