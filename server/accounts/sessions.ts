import type { Role } from '#contract/common.ts';
import { sessionLife } from '#domain/accounts/limits.ts';
import { openInsurer } from '#server/persons/seal.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { openValue, unwrapDataKey } from '#server/platform/crypto.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import type { AccountSecrets } from './accounts.ts';
import { hashToken, makeToken } from './cookies.ts';
import type { AccountKind } from './queries.ts';

/** A live session and who it is. */
export type SignedIn = { sessionId: string; kind: AccountKind; actor: Actor };

type SessionRow = {
  sessionId: string;
  role: Role;
  lastSeenAt: Date;
  accountId: string;
  kind: AccountKind;
  roles: Role[];
  provider: string | null;
  sealed: Buffer;
  personId: string | null;
  personSealed: Buffer | null;
  wrapped: Buffer | null;
};

// One statement a request: session, account, and what the name of a member opens with.
const find = sql<SessionRow>(
  'sessions.find',
  `select s.id as "sessionId", s.role, s.last_seen_at as "lastSeenAt", a.id as "accountId", a.kind, a.roles, a.provider,
          a.sealed, a.person_id as "personId", p.sealed as "personSealed", k.wrapped
     from sessions s
     join accounts a on a.insurer = s.insurer and a.id = s.account_id
     left join persons p on p.insurer = a.insurer and p.id = a.person_id
     left join person_keys k on k.insurer = a.insurer and k.person_id = a.person_id
    where s.insurer = $1 and s.token_hash = $2 and s.ended_at is null and s.expires_at > $3
      and s.last_seen_at + make_interval(secs => s.idle_seconds) > $3
      and a.state = 'active' and s.role = any(a.roles)`,
);
const touch = sql<never>('sessions.touch', `update sessions set last_seen_at = $3 where insurer = $1 and id = $2`);
const insert = sql<never>(
  'sessions.insert',
  `insert into sessions (insurer, id, token_hash, account_id, role, created_at, last_seen_at, idle_seconds, expires_at)
   values ($1, $2, $3, $4, $5, $6, $6, $7, $8)`,
);
const endOne = sql<never>(
  'sessions.endOne',
  `update sessions set ended_at = $3 where insurer = $1 and id = $2 and ended_at is null`,
);
const endByToken = sql<never>(
  'sessions.endByToken',
  `update sessions set ended_at = $3 where insurer = $1 and token_hash = $2 and ended_at is null`,
);
const endAll = sql<{ id: string }>(
  'sessions.endAll',
  `update sessions set ended_at = $3 where insurer = $1 and account_id = $2 and ended_at is null returning id`,
);

/** How stale `last_seen_at` may be: one write a minute, not one a request. */
const seenEveryMs = 60_000;

/** The live session of a token, or undefined: unknown, ended, idle, expired, account locked, role taken away. Machine time. */
export async function findSession(db: Db, ctx: Ctx, token: string, machine: Date): Promise<SignedIn | undefined> {
  const row = await queryOne(db, find, [ctx.insurer, hashToken(token), machine]);
  if (!row) return undefined;
  if (machine.getTime() - row.lastSeenAt.getTime() > seenEveryMs) {
    await query(db, touch, [ctx.insurer, row.sessionId, machine]);
  }
  return { sessionId: row.sessionId, kind: row.kind, actor: toActor(ctx, row) };
}

/** A new session; returns its token, which is stored nowhere. */
export async function openSession(
  db: Db,
  ctx: Ctx,
  account: { id: string; kind: AccountKind },
  role: Role,
  machine: Date,
): Promise<string> {
  const token = makeToken();
  const { idleSeconds, seconds } = sessionLife(account.kind);
  const expires = new Date(machine.getTime() + seconds * 1000);
  const values = [ctx.insurer, uuidv7(), hashToken(token), account.id, role, machine, idleSeconds, expires];
  await query(db, insert, values);
  return token;
}

export async function endSession(db: Db, ctx: Ctx, sessionId: string, machine: Date): Promise<void> {
  await query(db, endOne, [ctx.insurer, sessionId, machine]);
}
/** Ends the session a browser still carries when it signs in anew. */
export async function endSessionOfToken(db: Db, ctx: Ctx, token: string, machine: Date): Promise<void> {
  await query(db, endByToken, [ctx.insurer, hashToken(token), machine]);
}
/** Ends every session of an account; returns how many there were. */
export async function endSessionsOf(db: Db, ctx: Ctx, accountId: string, machine: Date): Promise<number> {
  return (await query(db, endAll, [ctx.insurer, accountId, machine])).length;
}

/** The actor of an account in a role, e.g. for the audit of its sign-in. */
export function toActor(
  ctx: Ctx,
  row: Pick<
    SessionRow,
    'accountId' | 'role' | 'roles' | 'provider' | 'sealed' | 'personId' | 'personSealed' | 'wrapped'
  >,
): Actor {
  const { accountId, role, roles, provider, personId } = row;
  return { accountId, role, roles, personId, provider, name: openName(ctx, row) };
}

// The member's key comes with the row instead of through getPersonKey, which would be a statement more on every request.
function openName(
  ctx: Ctx,
  row: Pick<SessionRow, 'accountId' | 'sealed' | 'personId' | 'personSealed' | 'wrapped'>,
): string {
  if (row.personId === null) {
    return (openInsurer(ctx, 'accounts', row.accountId, row.sealed) as AccountSecrets).name ?? '';
  }
  if (row.personSealed === null || row.wrapped === null) return '';
  const key = unwrapDataKey(ctx.keyRing, ctx.insurer, row.personId, row.wrapped);
  const place = { insurer: ctx.insurer, table: 'persons', row: row.personId };
  const person = JSON.parse(openValue(key, row.personSealed, place).toString()) as { name: string };
  return person.name;
}
