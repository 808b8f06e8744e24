import { z } from 'zod';
import { listOf } from '#contract/common.ts';
import { ListPage, ListQuery } from '#contract/operations.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { LIST_KINDS, listRowDetail } from '#domain/lists/kinds.ts';
import type { App } from '#server/app.ts';
import { findNeedOfCase } from '#server/drugs/need.ts';
import { findVersionOn, listAsOf, listCities, listNearest, listOtherDays } from './queries.ts';

const params = z.strictObject({ list: z.enum(LIST_KINDS) });

/** The insurer's lists as of a day, for whoever is signed in; they hold nothing of any member. */
export async function listRoutes(app: App): Promise<void> {
  app.get(
    '/lists/:list',
    { config: { allow: 'signed-in' }, schema: { params, querystring: ListQuery, response: { 200: ListPage } } },
    async ({ ctx, actor, lang, params: { list }, query: { on, caseId, ...search } }) => {
      const day = on ?? dayOf(await ctx.clock.now(ctx.pool));
      const near = caseId === undefined ? undefined : await findNeedOfCase(ctx, actor, caseId);
      const { items, next } = near
        ? {
            items: await listNearest(ctx.pool, ctx, list, day, { ...near, q: search.q, limit: search.limit }),
            next: null,
          }
        : await listAsOf(ctx.pool, ctx, list, day, search);
      const version = await findVersionOn(ctx.pool, ctx, list, day);
      // Asked for by name: who looks for one entry wants to know when it was listed, or will be.
      const { q, city, cursor } = search;
      const others = q?.trim() && !cursor ? await listOtherDays(ctx.pool, ctx, list, day, { q, city }) : [];
      return {
        items: items.map(({ id, version, label, row, effectiveFrom, effectiveTo, sample }) => ({
          id,
          version,
          label,
          detail: listRowDetail(list, row, lang),
          row: { ...row },
          effectiveFrom,
          effectiveTo,
          sample,
        })),
        next,
        asOf: { day, version: version?.version ?? null, since: version?.since ?? null },
        otherDays: others.map(({ label, row, sample, spans }) => ({
          label,
          detail: listRowDetail(list, row, lang),
          sample,
          spans,
        })),
      };
    },
  );
  app.get(
    '/lists/:list/cities',
    { config: { allow: 'signed-in' }, schema: { params, response: { 200: listOf(z.string()) } } },
    async ({ ctx, params: { list } }) => ({
      items: await listCities(ctx.pool, ctx, list, dayOf(await ctx.clock.now(ctx.pool))),
      next: null,
    }),
  );
}
