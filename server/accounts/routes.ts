import type { App } from '#server/app.ts';
import { administrationRoutes } from './administration-routes.ts';
import { phoneRoutes } from './phone-routes.ts';
import { sandboxSignInRoutes } from './sandbox-routes.ts';
import { sessionRoutes } from './session-routes.ts';

/** Sessions, the member's number, the administrator's desk; in a sandbox the demonstration accounts too. */
export async function accountRoutes(app: App, options: { mode: 'sandbox' | 'production' }): Promise<void> {
  await sessionRoutes(app);
  await phoneRoutes(app);
  await administrationRoutes(app);
  if (options.mode === 'sandbox') await sandboxSignInRoutes(app, options);
}
