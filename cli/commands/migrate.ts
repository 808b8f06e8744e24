import { join } from 'node:path';
import type { Command } from 'commander';
import { readConfig } from '#server/platform/config.ts';
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { migrateAll } from '#server/platform/migrate-all.ts';
import { reportConfigError } from '../config-error.ts';

/** `yilu migrate` (contract 2.5): schema, the application's login and grants, queues and insurers, with the owner's login. */
export function define(command: Command): void {
  command.action(async () => {
    await reportConfigError(async () => {
      const config = readConfig(process.env, join(import.meta.dirname, '../..'), 'database');
      const embedded = config.database
        ? undefined
        : await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'pg'), signals: false });
      try {
        const ownerUrl = embedded?.ownerUrl ?? config.database?.ownerUrl;
        if (!ownerUrl) throw new Error("DATABASE_URL is missing: migrating needs the owner's login.");
        const { applied } = await migrateAll({ ownerUrl, appUrl: embedded?.appUrl ?? config.database!.appUrl, config });
        process.stdout.write(applied.length === 0 ? 'nothing to do\n' : `${applied.join('\n')}\n`);
      } finally {
        await embedded?.stop();
      }
    });
  });
}
