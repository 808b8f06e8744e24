/** Empties the sandbox's database with the owner's login and lays the sample data again; there is no other way back. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { InsurerContext } from '#server/ground.ts';
import type { Database } from '#server/platform/db.ts';
import { paintSandbox } from './paint.ts';

const KEPT = ['schema_migrations', 'table_classes', 'instance', 'insurers'];

export async function resetSandbox(
  ownerUrl: string,
  database: Database,
  contexts: readonly InsurerContext[],
): Promise<void> {
  await emptySandbox(ownerUrl, contexts);
  await paintSandbox(database, contexts);
}

/** Every row but the schema's own and the insurers, and every stored paper. */
export async function emptySandbox(ownerUrl: string, contexts: readonly InsurerContext[]): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'yilu sandbox reset' });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'yilu'::regnamespace and relkind in ('r', 'p') and not relispartition`,
    );
    const tables = rows.map(({ name }) => name).filter((name) => !KEPT.includes(name));
    await owner.query(`truncate ${tables.map((name) => `yilu.${pg.escapeIdentifier(name)}`).join(', ')}`);
  } finally {
    await owner.end();
  }
  for (const ctx of contexts) {
    await rm(join(ctx.config.dataDir, 'papers', 'papers', ctx.insurer), { recursive: true, force: true });
    // Seals of a chain that is no more would read as a cut-off tail.
    await rm(ctx.config.sealLog, { force: true });
  }
}
