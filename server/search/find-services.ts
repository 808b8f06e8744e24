/** Services of the member's policies, by the handbook's names and everyday words, and the clauses behind them. */
import type { Door } from '#contract/benefits.ts';
import type { SearchHit } from '#contract/search.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { editionInForce, firstEdition } from '#domain/plan/registry.ts';
import type { Plan } from '#domain/plan/schema.ts';
import { findAmong, type Query } from '#domain/search/match.ts';
import { clausesOf } from '#server/benefits/explain-service.ts';
import { listPolicyPersons } from '#server/benefits/policy-persons.ts';
import { doorsOf } from '#server/benefits/words.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { Search } from './search.ts';

type Place = { service: string; policyId: string; personId: string };
type Offered = { plan: Plan; places: Map<string, Place> };

export async function findServices(db: Db, ctx: Ctx, { query, actor, lang, now }: Search): Promise<SearchHit[]> {
  const offered = await listOffered(db, ctx, actor.personId, now);
  const services = offered.flatMap(({ plan, places }) =>
    [...places].map(([code, place]) => {
      const service = plan.services[code]!;
      return { place, service, plan, ways: [...doorsOf(plan, service, 'zh'), ...doorsOf(plan, service, 'en')] };
    }),
  );
  return findAmong(query, services, ({ service: { name, gives, words }, ways }) => ({
    names: [name.zh, name.en, ...ways.flatMap(({ entry }) => entry ?? [])],
    words: [...words.zh, ...words.en, ...ways.flatMap(({ name: door, inside }) => [door, inside ?? ''])],
    text: `${gives.zh} ${gives.en}`,
  })).map(({ place, service, plan }) => {
    const doors = doorsOf(plan, service, lang);
    const named = entryOf(query, doors);
    const door = named ?? doors[0];
    return {
      title: named?.item && named.entry ? named.entry : service.name[lang],
      text: [door?.name, door?.inside, door?.entry].filter(Boolean).join(' › ') || service.gives[lang],
      of: null,
      to: { kind: 'service' as const, ...place, item: named?.item ?? null },
    };
  });
}

/** The entry that is meant: found by its own name, or the only one behind the door that was named. */
function entryOf(query: Query, doors: Door[]): Door | undefined {
  const [byEntry] = findAmong(query, doors, ({ entry }) => ({ names: entry ? [entry] : [] }));
  const behind = findAmong(query, doors, ({ name, inside }) => ({ names: [name, inside ?? ''] }));
  return byEntry ?? (behind.length === 1 ? behind[0] : undefined);
}

export async function findClauses(db: Db, ctx: Ctx, { query, actor, lang, now }: Search): Promise<SearchHit[]> {
  const offered = await listOffered(db, ctx, actor.personId, now);
  return offered.flatMap(({ plan, places }) => {
    const citing = [...places].map(([code, place]) => ({
      place,
      cited: new Set(clausesOf(plan.services[code]!, plan)),
    }));
    return findAmong(query, plan.clauses, ({ printed, zh, en }) => ({ names: [printed], text: `${zh} ${en}` })).map(
      (clause) => {
        const place = citing.find(({ cited }) => cited.has(clause.id))?.place;
        return {
          title: clause.printed,
          text: clause[lang],
          of: null,
          to: place ? { kind: 'clause' as const, ...place, clause: clause.id } : null,
        };
      },
    );
  });
}

/** Every plan under which she is, each of its services once: for herself where it is hers, else for whom it is. */
async function listOffered(db: Db, ctx: Ctx, me: string, now: Date): Promise<Offered[]> {
  const found = new Map<string, Offered>();
  for (const { policyId, planCode, persons } of await listPolicyPersons(db, ctx, me)) {
    const plan = editionInForce(ctx.plans, planCode, dayOf(now)) ?? firstEdition(ctx.plans, planCode);
    if (!plan || found.has(plan.plan)) continue;
    const places = Object.entries(plan.services).flatMap(([service, { persons: entitled }]): [string, Place][] => {
      const person = persons.find(({ role }) => entitled.is.includes(role)) ?? persons[0];
      return person ? [[service, { service, policyId, personId: person.id }]] : [];
    });
    found.set(plan.plan, { plan, places: new Map(places) });
  }
  return [...found.values()];
}
