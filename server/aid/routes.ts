import { z } from 'zod';
import { AidView } from '#contract/aid.ts';
import { Id, type Role } from '#contract/common.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { viewAid } from './view.ts';

const READERS: Role[] = [
  'member',
  'service-desk',
  'reviewer',
  'case-manager',
  'aid-assistant',
  'drug-reviewer',
  'supervisor',
  'operations',
];

/** GET /cases/{id}/aid: programme, next event and ledger of a case of charity aid, for whoever may see the case. */
export async function aidRoutes(app: App): Promise<void> {
  app.get(
    '/cases/:id/aid',
    { config: { allow: READERS }, schema: { params: z.strictObject({ id: Id }), response: { 200: AidView } } },
    ({ ctx, actor, lang, params: { id } }) => inTransaction(ctx.pool, (db) => viewAid(db, ctx, actor, id, lang)),
  );
}
