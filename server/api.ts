/** Every route of /api, listed in order. A route that does not say who may call it stops the boot. */

import { accountRoutes } from './accounts/routes.ts';
import { aidRoutes } from './aid/routes.ts';
import type { App, AppOptions } from './app.ts';
import { appealRoutes } from './appeals/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { maySeeCase } from './cases/access.ts';
import { deskOfCasesRoutes } from './cases/desk-routes.ts';
import { consentHooks, paperHooks } from './cases/hooks.ts';
import { caseRoutes } from './cases/routes.ts';
import { consentRoutes } from './consents/routes.ts';
import { courseRoutes } from './courses/routes.ts';
import { delegationRoutes } from './delegations/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import { hospitalRoutes } from './hospital/routes.ts';
import { imageRoutes } from './images/routes.ts';
import { listRoutes } from './lists/routes.ts';
import { liveRoutes } from './live/routes.ts';
import { messageRoutes } from './notifications/routes.ts';
import { operationsRoutes } from './operations/routes.ts';
import { paperRoutes } from './papers/routes.ts';
import { personRoutes } from './persons/routes.ts';
import { planRoutes } from './plans/routes.ts';
import { replayAnswers } from './platform/idempotency.ts';
import { sandboxRoutes } from './sandbox/routes.ts';
import { settlementRoutes } from './settlement/routes.ts';
import { signatureRoutes } from './signatures/routes.ts';
import { videoRoutes } from './video/routes.ts';
import { workRoutes } from './work/routes.ts';

export async function apiRoutes(app: App, options: AppOptions): Promise<void> {
  replayAnswers(app);
  await accountRoutes(app, { mode: options.config.mode });
  await paperRoutes(app, paperHooks);
  await imageRoutes(app, paperHooks);
  await caseRoutes(app);
  await deskOfCasesRoutes(app);
  await workRoutes(app);
  await consentRoutes(app, consentHooks);
  await signatureRoutes(app);
  await aidRoutes(app);
  await courseRoutes(app);
  await delegationRoutes(app);
  await personRoutes(app);
  await listRoutes(app);
  await hospitalRoutes(app);
  await messageRoutes(app);
  await deskRoutes(app);
  await operationsRoutes(app);
  await appealRoutes(app);
  await settlementRoutes(app);
  await planRoutes(app);
  await auditRoutes(app);
  await videoRoutes(app, { hub: options.hub });
  if (options.hub) await liveRoutes(app, { hub: options.hub, maySeeCase });
  if (options.config.mode === 'sandbox') await sandboxRoutes(app, options);
  app.get('/openapi.json', { config: { allow: 'public' }, schema: { hide: true } as never }, async () => app.swagger());
}
