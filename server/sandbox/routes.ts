/** The sandbox's own routes; in production none of them exists. */
import { z } from 'zod';
import { MoveClock, SandboxClock } from '#contract/people.ts';
import { formatInstant, parseInstant } from '#domain/calendar/day.ts';
import type { App, AppOptions } from '#server/app.ts';
import type { InsurerContext } from '#server/ground.ts';
import { sandboxMessageRoutes } from '#server/notifications/sandbox-routes.ts';
import { sandboxClock } from '#server/platform/clock.ts';
import { Problem } from '#server/platform/problem.ts';
import { advanceSandbox, durationMs } from './advance.ts';
import { resetSandbox } from './reset.ts';

/** No demonstration needs more than two years at once, and a typing error would run for hours. */
const FARTHEST_MS = 731 * 86_400_000;

export async function sandboxRoutes(app: App, options: AppOptions): Promise<void> {
  const { database } = options;
  const contexts = options.contexts as readonly InsurerContext[];
  await sandboxMessageRoutes(app, { mode: options.config.mode });

  app.get('/sandbox/clock', { config: { allow: 'public' }, schema: { response: { 200: SandboxClock } } }, async () => ({
    now: formatInstant(await sandboxClock.now(database.system)),
  }));

  app.post(
    '/sandbox/clock',
    { config: { allow: 'public' }, schema: { body: MoveClock, response: { 200: SandboxClock } } },
    async (request) => {
      const now = await sandboxClock.now(database.system);
      const to =
        'now' in request.body
          ? parseInstant(request.body.now, 'now')
          : new Date(now.getTime() + durationMs(request.body.advance));
      // Not "farther than": digits without end make a moment that is none, and that is not near either.
      if (!(to.getTime() - now.getTime() <= FARTHEST_MS))
        throw new Problem('not-acceptable', {
          errors: [{ pointer: '/now', detail: { zh: '一次最多前进两年', en: 'at most two years at once' } }],
        });
      return { now: formatInstant(await advanceSandbox(database, contexts, to)) };
    },
  );

  app.post(
    '/sandbox/reset',
    { config: { allow: 'public' }, schema: { response: { 204: z.null() } } },
    async (_request, reply) => {
      if (!options.ownerUrl)
        throw new Problem('not-possible-now', {
          detail: {
            zh: '重置需要数据库所有者的登录：请设置 DATABASE_URL。',
            en: "The reset needs the owner's login: set DATABASE_URL.",
          },
        });
      await resetSandbox(options.ownerUrl, database, contexts);
      return reply.code(204).send(null);
    },
  );
}
