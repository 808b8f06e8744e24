import { z } from 'zod';
import { Id } from '#contract/common.ts';
import { AskDelegation, DelegationView, FamilyView, GiveDelegation } from '#contract/people.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { giveDelegation, takeBackDelegation, viewDelegations } from './delegations.ts';
import { askDelegation, viewFamily } from './family.ts';

const config = { allow: ['member'], replay: true } as const;

/** A member gives, sees and takes back who may act for her. */
export async function delegationRoutes(app: App): Promise<void> {
  app.get(
    '/delegations',
    { config, schema: { response: { 200: z.strictObject({ items: z.array(DelegationView), next: z.null() }) } } },
    async ({ ctx, actor, lang }) => ({ items: await viewDelegations(ctx, actor, lang), next: null }),
  );
  app.post(
    '/delegations',
    { config, schema: { body: GiveDelegation, response: { 201: DelegationView } } },
    async ({ ctx, actor, body, lang }, reply) => reply.code(201).send(await giveDelegation(ctx, actor, body, lang)),
  );
  app.get(
    '/family',
    { config: { allow: ['member'] }, schema: { response: { 200: FamilyView } } },
    ({ ctx, actor, lang }) => inTransaction(ctx.pool, (db) => viewFamily(db, ctx, actor, lang)),
  );
  app.post(
    '/family/asks',
    { config, schema: { body: AskDelegation, response: { 204: z.null() } } },
    async ({ ctx, actor, body }, reply) => {
      await askDelegation(ctx, actor, body);
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/delegations/:id',
    { config, schema: { params: z.strictObject({ id: Id }), response: { 204: z.null() } } },
    async ({ ctx, actor, params }, reply) => {
      await takeBackDelegation(ctx, actor, params.id);
      return reply.code(204).send(null);
    },
  );
}
