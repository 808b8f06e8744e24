import type { Role } from '#contract/common.ts';
import { maskName } from '#domain/persons/mask.ts';
import { findPerson } from '#server/persons/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { openSecrets } from './accounts.ts';
import { listAccountsById, listAccountsWithRole } from './administration-queries.ts';

/** Names of accounts by id: staff in full, members masked. An unknown or erased one is left out. */
export async function nameAccounts(db: Db, ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const row of ids.length === 0 ? [] : await listAccountsById(db, ctx.insurer, ids)) {
    if (row.personId === null) names.set(row.id, (await openSecrets(db, ctx, row)).name ?? '');
    else {
      const person = await findPerson(db, ctx, row.personId);
      if (person) names.set(row.id, maskName(person.name));
    }
  }
  return names;
}

/** Active staff (or provider) accounts that hold a role, by name; 500 at most. */
export async function listStaff(db: Db, ctx: Ctx, role: Role): Promise<{ id: string; name: string }[]> {
  const staff: { id: string; name: string }[] = [];
  for (const row of await listAccountsWithRole(db, ctx.insurer, role)) {
    staff.push({ id: row.id, name: (await openSecrets(db, ctx, row)).name ?? '' });
  }
  return staff.sort((one, other) => one.name.localeCompare(other.name, 'zh'));
}
