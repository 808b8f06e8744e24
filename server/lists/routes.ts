import { z } from 'zod';
import { listOf } from '#contract/common.ts';
import { ListQuery, ListRow } from '#contract/operations.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { LIST_KINDS, listRowDetail } from '#domain/lists/kinds.ts';
import type { App } from '#server/app.ts';
import { listAsOf } from './queries.ts';

/** GET /lists/{list}: the insurer's lists as of today, for whoever is signed in; they hold nothing of any member. */
export async function listRoutes(app: App): Promise<void> {
  app.get(
    '/lists/:list',
    {
      config: { allow: 'signed-in' },
      schema: {
        params: z.strictObject({ list: z.enum(LIST_KINDS) }),
        querystring: ListQuery,
        response: { 200: listOf(ListRow) },
      },
    },
    async ({ ctx, lang, params: { list }, query: search }) => {
      const today = dayOf(await ctx.clock.now(ctx.pool));
      const { items, next } = await listAsOf(ctx.pool, ctx, list, today, search);
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
      };
    },
  );
}
