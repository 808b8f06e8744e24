import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import { startApi } from '#server/main.ts';
import { readConfig } from '#server/platform/config.ts';
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { startWorker } from '#server/worker.ts';
import { reportConfigError } from '../config-error.ts';

/**
 * `yilu serve api|worker|all` (contract 2.5): any number of either may share one database. Migrates nothing. A worker
 * answers its own /healthz and /readyz on PORT.
 */
export function define(command: Command): void {
  command
    .addArgument(new Argument('<part>', 'which part').choices(['api', 'worker', 'all']))
    .action(async (part: 'api' | 'worker' | 'all') => {
      await reportConfigError(async () => {
        const config = readConfig(process.env, join(import.meta.dirname, '../..'));
        const embedded = config.database
          ? undefined
          : await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'pg'), signals: false });
        const appUrl = embedded?.appUrl ?? config.database!.appUrl;
        const stops: (() => Promise<void>)[] = embedded ? [() => embedded.stop()] : [];
        try {
          if (part !== 'api') {
            const worker = await startWorker(config, appUrl, part === 'worker' ? config.port : undefined);
            stops.push(worker.stop);
          }
          if (part !== 'worker') {
            const api = await startApi(config, appUrl, embedded?.ownerUrl ?? config.database?.ownerUrl);
            stops.push(api.stop);
            process.stdout.write(`${api.url}\n`);
          }
        } catch (error) {
          for (const stop of stops.reverse()) await stop();
          throw error;
        }
        let ending = false;
        for (const signal of ['SIGINT', 'SIGTERM'] as const)
          process.on(signal, () => {
            if (ending) return;
            ending = true;
            void (async () => {
              for (const stop of stops.reverse()) await stop();
              process.exit(0);
            })();
          });
      });
    });
}
