import { SearchFor, SearchResult } from '#contract/search.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { searchAll } from './search.ts';

/** The member's search: a POST, so that no address holds what is typed, and no answer kept under a key. */
export async function searchRoutes(app: App): Promise<void> {
  app.post(
    '/search',
    { config: { allow: ['member'] }, schema: { body: SearchFor, response: { 200: SearchResult } } },
    ({ ctx, actor, body, lang }) => inTransaction(ctx.pool, (db) => searchAll(db, ctx, actor, body, lang)),
  );
}
