import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Db } from './db.ts';

/**
 * Makes the role `yilu_app`, which holds every grant of the application, and the login of `appUrl` (the same role,
 * or a member of it) with its password. An existing login keeps its password unless it is `yilu_app` itself.
 */
export async function ensureAppRole(client: pg.Client, appUrl: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await alterAppRole(client, readLogin(appUrl));
    } catch (error) {
      // "tuple concurrently updated": roles belong to the server, and another database's migration alters the same.
      if (!(error instanceof pg.DatabaseError) || error.code !== 'XX000' || attempt === 5) throw error;
      await sleep(20 * attempt);
    }
  }
}

async function alterAppRole(client: pg.Client, { user, password }: Login): Promise<void> {
  await createRole(client, 'yilu_app');
  if (user === 'yilu_app') {
    await client.query(`alter role yilu_app login password ${pg.escapeLiteral(password)}`);
  } else {
    const made = await createRole(client, user);
    const name = pg.escapeIdentifier(user);
    if (made) await client.query(`alter role ${name} login password ${pg.escapeLiteral(password)}`);
    await client.query(`grant yilu_app to ${name}`);
  }
  await client.query(`alter role ${pg.escapeIdentifier(user)} set search_path = yilu, public`);
}

/**
 * Refuses an application's login that could rewrite history: a superuser, one that passes row level security, one
 * that owns tables or may become their owner, or one that may update, delete or truncate an insert-only table.
 */
export async function assertAppLogin(db: Db): Promise<void> {
  const { rows } = await db.query<{ login: string; superuser: boolean; bypass: boolean; owns: string | null }>(
    `select current_user::text as login, rolsuper as superuser, rolbypassrls as bypass,
            (select min(c.relname)::text from pg_class c
              where c.relnamespace = to_regnamespace('yilu') and pg_has_role(current_user, c.relowner, 'member')) as owns
       from pg_roles where rolname = current_user`,
  );
  const found = rows[0];
  if (!found) throw new Error('The login of DATABASE_APP_URL has no role in this database.');
  const faults: string[] = [];
  if (found.superuser) faults.push('is a superuser');
  if (found.bypass) faults.push('has BYPASSRLS');
  if (found.owns !== null) faults.push(`owns yilu.${found.owns} or may become its owner`);
  for (const table of await listRewritable(db)) faults.push(`may change rows of yilu.${table}`);
  if (faults.length === 0) return;
  throw new Error(
    `The login "${found.login}" must not run the application: it ${faults.join(', ')}. Set DATABASE_APP_URL to a ` +
      'login of its own; `yilu migrate` makes it and its grants.',
  );
}

interface Login {
  readonly user: string;
  readonly password: string;
}

async function listRewritable(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select c.relname::text as name
       from pg_class c
       left join pg_inherits i on i.inhrelid = c.oid
       left join pg_class parent on parent.oid = i.inhparent
       join yilu.table_classes t on t.table_name in (c.relname, parent.relname)
      where c.relnamespace = 'yilu'::regnamespace and t.class = 'insert-only'
        and (has_table_privilege(c.oid, 'update, delete, truncate') or has_any_column_privilege(c.oid, 'update'))
      order by 1 limit 20`,
  );
  return rows.map((row) => row.name);
}

async function createRole(client: pg.Client, name: string): Promise<boolean> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  if (found.rowCount !== 0) return false;
  try {
    await client.query(`create role ${pg.escapeIdentifier(name)} nosuperuser nocreatedb nocreaterole nobypassrls`);
    return true;
  } catch (error) {
    // Roles belong to the server, and the lock to the database: another database's migration may be faster.
    if (error instanceof pg.DatabaseError && ['42710', '23505'].includes(error.code ?? '')) return false;
    throw error;
  }
}

function readLogin(appUrl: string): Login {
  const url = new URL(appUrl);
  const user = decodeURIComponent(url.username);
  if (!user) throw new Error('DATABASE_APP_URL names no user.');
  return { user, password: decodeURIComponent(url.password) };
}
