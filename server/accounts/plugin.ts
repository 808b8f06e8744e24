import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteOptions,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Role } from '#contract/common.ts';
import { machineNow } from '#server/platform/clock.ts';
import { Problem } from '#server/platform/problem.ts';
import { readCookie } from './cookies.ts';
import { findSession, type SignedIn } from './sessions.ts';

/** Who may call a route; boot fails on a route without it. */
export type Allow = readonly Role[] | 'public' | 'signed-in';

declare module 'fastify' {
  interface FastifyContextConfig {
    allow?: Allow;
  }
  interface FastifyRequest {
    /** The session behind the cookie; null on public routes without one. */
    signedIn: SignedIn | null;
  }
}

export type RouteFacts = { method: string; url: string; allow: Allow };

const routesOf = new WeakMap<object, RouteFacts[]>();
const readOnly = new Set(['GET', 'HEAD', 'OPTIONS']);

type AnyApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/**
 * Guards every route registered on `app` after this call, and in its children: the route names who may call it (else
 * this throws at boot), a change comes from our own origin (403 `wrong-origin`), the cookie's session becomes
 * `request.actor` (401 `sign-in-needed`), and its role is among those allowed (403 `not-for-this-role`). Needs
 * @fastify/cookie and a `request.ctx` that an earlier onRequest hook set.
 */
export function guardRoutes(app: AnyApp): void {
  const routes: RouteFacts[] = routesOf.get(app.server) ?? [];
  routesOf.set(app.server, routes);

  app.decorateRequest('signedIn', null);
  app.addHook('onRoute', (route) => {
    routes.push(...factsOf(route));
  });
  app.addHook('onRequest', async (request) => {
    const allow = request.routeOptions.config.allow;
    if (allow === undefined) return; // No route matched: the 404 handler answers.
    checkOrigin(request);
    await resolveActor(request);
    checkRole(request, allow);
  });
}

/** Every route guarded on this server, with who may call it: for the role × route test. HEAD twins are left out. */
export function listRoutes(app: AnyApp): RouteFacts[] {
  return (routesOf.get(app.server) ?? []).filter((route) => route.method !== 'HEAD');
}

function factsOf(route: RouteOptions): RouteFacts[] {
  const methods = [route.method].flat();
  const allow = route.config?.allow;
  if (allow === undefined || (Array.isArray(allow) && allow.length === 0)) {
    throw new Error(`${methods.join(',')} ${route.url} does not say who may call it: add config: { allow: … }.`);
  }
  return methods.map((method) => ({ method: String(method), url: route.url, allow }));
}

/**
 * A browser sends Origin with every change it makes for another site. No Origin and no Sec-Fetch-Site means no browser
 * (a script, a test), which carries nobody's cookie but its own.
 */
function checkOrigin(request: FastifyRequest): void {
  if (readOnly.has(request.method)) return;
  const origin = request.headers.origin;
  const site = request.headers['sec-fetch-site'];
  const same =
    origin === undefined
      ? site === undefined || site === 'same-origin' || site === 'none'
      : URL.parse(origin)?.host === request.host;
  if (!same) throw new Problem('wrong-origin');
}

async function resolveActor(request: FastifyRequest): Promise<void> {
  const token = readCookie(request, 'session');
  if (token === undefined) return;
  const found = await findSession(request.ctx.pool, request.ctx, token, machineNow());
  if (!found) return;
  request.signedIn = found;
  request.actor = found.actor;
}

function checkRole(request: FastifyRequest, allow: Allow): void {
  if (allow === 'public') return;
  if (!request.signedIn) throw new Problem('sign-in-needed');
  if (allow === 'signed-in') return;
  const role = request.signedIn.actor.role;
  if (!allow.some((one) => one === role)) throw new Problem('not-for-this-role');
}
