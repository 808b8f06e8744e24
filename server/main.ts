/** The API process: builds the application and listens. */
import { buildApp } from './app.ts';
import { openGround } from './ground.ts';
import { openLiveHub } from './live/hub.ts';
import { assertSandboxStarted } from './platform/clock.ts';
import type { Config } from './platform/config.ts';

export type Serving = { url: string; stop(): Promise<void> };

export async function startApi(config: Config, appUrl: string, ownerUrl: string | undefined): Promise<Serving> {
  const ground = await openGround(config, appUrl, 'api');
  if (config.mode === 'sandbox') await assertSandboxStarted(ground.database.system);
  const hub = await openLiveHub({ appUrl, log: ground.log });
  const app = await buildApp({ config, database: ground.database, contexts: ground.contexts, ownerUrl, hub });
  const url = await app.listen({ host: config.host, port: config.port });
  return {
    url,
    async stop() {
      await hub.stop();
      await app.close();
      await ground.close();
    },
  };
}
