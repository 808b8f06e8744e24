import { z } from 'zod';
import type { Role } from '#contract/common.ts';
import { SandboxAccount, SandboxSignIn, SessionView } from '#contract/people.ts';
import type { App } from '#server/app.ts';
import { recordAudit } from '#server/audit/record.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction, query, queryOne, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { readCookie, writeCookie } from './cookies.ts';
import { type AccountKind, markSignedIn } from './queries.ts';
import { viewSession } from './session-view.ts';
import { endSessionOfToken, openSession, toActor } from './sessions.ts';

type DemoRow = {
  accountId: string;
  kind: AccountKind;
  roles: Role[];
  provider: string | null;
  sealed: Buffer;
  personId: string | null;
  personSealed: Buffer | null;
  wrapped: Buffer | null;
  key: string;
  situation: string;
  group: string;
};

const columns = `a.id as "accountId", a.kind, a.roles, a.provider, a.sealed, a.person_id as "personId",
  p.sealed as "personSealed", k.wrapped, a.sandbox ->> 'key' as key, a.sandbox ->> 'situation' as situation,
  a.sandbox ->> 'group' as "group"
  from accounts a
  left join persons p on p.insurer = a.insurer and p.id = a.person_id
  left join person_keys k on k.insurer = a.insurer and k.person_id = a.person_id
  where a.insurer = $1 and a.sandbox is not null and a.state = 'active'`;
const list = sql<DemoRow>('sandbox.accounts', `select ${columns} order by a.created_at, a.id limit 200`);
const find = sql<DemoRow>('sandbox.account', `select ${columns} and a.sandbox ->> 'key' = $2`);

/** Sandbox only: the demonstration accounts, and signing in as one. Throws at boot when the mode is another. */
export async function sandboxSignInRoutes(app: App, options: { mode: string }): Promise<void> {
  if (options.mode !== 'sandbox') throw new Error('The routes of the sandbox exist only in a sandbox.');

  app.get(
    '/sandbox/accounts',
    { config: { allow: 'public' }, schema: { response: { 200: z.strictObject({ items: z.array(SandboxAccount) }) } } },
    async ({ ctx }) => {
      const rows = await query(ctx.pool, list, [ctx.insurer]);
      return {
        items: rows.map((row) => {
          const { key, situation, group } = row;
          const actor = actorOf(ctx, row);
          return { account: key, name: actor.name, role: row.roles[0]!, situation, group };
        }),
      };
    },
  );

  app.post(
    '/sandbox/sign-in',
    { config: { allow: 'public' }, schema: { body: SandboxSignIn, response: { 200: SessionView } } },
    async (request, reply) => {
      const { ctx } = request;
      const { token, actor } = await inTransaction(ctx.pool, (db) =>
        signInAs(db, ctx, request.body.account, readCookie(request, 'session')),
      );
      writeCookie(request, reply, 'session', token);
      return await viewSession(ctx.pool, ctx, actor, request.lang);
    },
  );
}

async function signInAs(
  db: Db,
  ctx: Ctx,
  key: string,
  carried: string | undefined,
): Promise<{ token: string; actor: Actor }> {
  const row = await queryOne(db, find, [ctx.insurer, key]);
  if (!row) throw new Problem('not-found', { pointer: '/account' });
  const machine = machineNow();
  const actor = actorOf(ctx, row);
  if (carried !== undefined) await endSessionOfToken(db, ctx, carried, machine);
  await markSignedIn(db, ctx.insurer, row.accountId, machine);
  const token = await openSession(db, ctx, { id: row.accountId, kind: row.kind }, row.roles[0]!, machine);
  const now = await ctx.clock.now(db);
  await recordAudit(db, ctx, {
    actor,
    action: 'session.started',
    subject: `account:${row.accountId}`,
    details: { by: 'sandbox' },
    now,
  });
  return { token, actor };
}

function actorOf(ctx: Ctx, row: DemoRow): Actor {
  return toActor(ctx, { ...row, role: row.roles[0]! });
}
