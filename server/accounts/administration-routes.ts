import { z } from 'zod';
import { AccountWithPassword } from '#contract/accounts.ts';
import { Id, listOf, PageQuery } from '#contract/common.ts';
import { AccountView, ChangeAccount, NewAccount } from '#contract/people.ts';
import type { App } from '#server/app.ts';
import { addAccount, changeAccount, endAccountSessions, listAccounts, resetPassword } from './administration.ts';

const params = z.strictObject({ id: Id });
const config = { allow: ['administrator'], replay: true } as const;

/** The administrator's desk: accounts of staff and providers. None of it touches health data. */
export async function administrationRoutes(app: App): Promise<void> {
  app.get(
    '/accounts',
    {
      config,
      schema: { querystring: PageQuery.extend({ cursor: Id.optional() }), response: { 200: listOf(AccountView) } },
    },
    async ({ ctx, query: { cursor, limit } }) => listAccounts(ctx, { cursor, limit }),
  );
  app.post(
    '/accounts',
    { config, schema: { body: NewAccount, response: { 201: AccountWithPassword } } },
    async ({ ctx, actor, body, lang }, reply) => reply.code(201).send(await addAccount(ctx, actor, body, lang)),
  );
  app.post(
    '/accounts/:id',
    { config, schema: { params, body: ChangeAccount, response: { 200: AccountView } } },
    async ({ ctx, actor, params: { id }, body, lang }) => changeAccount(ctx, actor, id, body, lang),
  );
  app.post(
    '/accounts/:id/password',
    { config, schema: { params, response: { 200: AccountWithPassword } } },
    async ({ ctx, actor, params: { id } }) => resetPassword(ctx, actor, id),
  );
  app.delete(
    '/accounts/:id/sessions',
    { config, schema: { params, response: { 204: z.null() } } },
    async ({ ctx, actor, params: { id } }, reply) => {
      await endAccountSessions(ctx, actor, id);
      return reply.code(204).send(null);
    },
  );
}
