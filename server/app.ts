/** The HTTP application: every plugin and every route file, listed in order. Start here. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { DestinationStream } from 'pino';
import { guardRoutes } from './accounts/plugin.ts';
import { apiRoutes } from './api.ts';
import type { LiveHub } from './live/hub.ts';
import type { Config } from './platform/config.ts';
import type { Actor, Ctx } from './platform/context.ts';
import { type Database, isConnectionLost } from './platform/db.ts';
import { healthRoutes } from './platform/health.ts';
import { loggerOptions } from './platform/log.ts';
import { assertPlain } from './platform/plain-values.ts';
import { Problem } from './platform/problem.ts';
import { faultsOf, type ValidationIssue } from './platform/validation-faults.ts';

export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;
export type AppOptions = {
  config: Config;
  database: Database;
  /** One a served insurer; chosen by host name, else the first. */
  contexts: readonly (Ctx & { readonly hosts?: readonly string[] })[];
  webRoot?: string;
  ownerUrl?: string | undefined;
  hub?: LiveHub | undefined;
  quiet?: boolean;
  /** Where the log goes; standard output unless said. */
  logTo?: DestinationStream | undefined;
};

const NOBODY: Actor = { accountId: null, role: 'member', roles: [], personId: null, provider: null, name: '' };

export async function buildApp(options: AppOptions): Promise<App> {
  const { config, contexts } = options;
  const app: App = Fastify({
    logger: options.quiet
      ? false
      : {
          ...loggerOptions({ level: config.logLevel, name: 'yilu api' }),
          ...(options.logTo ? { stream: options.logTo } : {}),
        },
    bodyLimit: 1_048_576, // Only a proxy on our own network may say whose address a request came from.
    trustProxy: config.mode === 'production' ? 'loopback,linklocal,uniquelocal' : false,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: true,
    // An address that cannot be read (a broken %-sequence) never comes to a route, nor to its error handler.
    frameworkErrors: (error, request, reply) =>
      sendProblem(reply, new Problem('invalid-request', { detail: error.message }), languageOf(request)),
  }).withTypeProvider<ZodTypeProvider>();
  await app.register(cookie);
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...scriptsElsewhere(config)],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'", 'data:'],
        imgSrc: ["'self'", 'data:', 'blob:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: config.mode === 'production' ? [] : null,
      },
    },
    strictTransportSecurity: config.mode === 'production',
  });
  app.decorateRequest('ctx');
  app.decorateRequest('actor');
  app.decorateRequest('lang');
  app.addHook('onRequest', async (request) => {
    request.ctx = chooseInsurer(contexts, request);
    request.lang = languageOf(request);
    request.actor = NOBODY;
  });
  app.addHook('preValidation', async (request) => {
    assertPlain(request.params, 'params:');
    assertPlain(request.query, 'query:');
    assertPlain(request.body);
  });
  setProblemHandlers(app);
  guardRoutes(app);
  await app.register(async (scope) => healthRoutes(scope as unknown as App, options));
  await app.register(
    async (plain) => {
      const api = plain.withTypeProvider<ZodTypeProvider>() as unknown as App;
      // Whoever sits down at this browser next finds nothing of it in the cache; a route may say so in its own words.
      api.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));
      api.setValidatorCompiler(validatorCompiler);
      api.setSerializerCompiler(serializerCompiler);
      await api.register(swagger, {
        openapi: {
          openapi: '3.1.0',
          info: { title: 'Yilu', description: 'The health-service handbook of an insurer, run.', version: '1' },
          servers: [{ url: '/' }],
        },
        transform: jsonSchemaTransform,
      });
      await apiRoutes(api, options);
    },
    { prefix: '/api' },
  );
  await serveWeb(app, options);
  return app;
}

/** WeChat's script for pages comes from WeChat alone, and only where there is an official account. */
const scriptsElsewhere = ({ gateways: { wechat } }: Config): string[] =>
  wechat ? [new URL(wechat.script).origin] : [];

/** The insurer is chosen before sign-in, by host name; a database that serves one needs no host. */
function chooseInsurer(contexts: AppOptions['contexts'], request: FastifyRequest): Ctx {
  const host = request.hostname;
  const chosen = contexts.find((ctx) => ctx.hosts?.includes(host)) ?? contexts[0];
  if (!chosen) throw new Problem('not-ready');
  return chosen;
}

/** Built files by their name; every other address is a page of the member's portal or of the console. */
async function serveWeb(app: App, options: AppOptions): Promise<void> {
  const root = options.webRoot ?? join(import.meta.dirname, '..', 'dist', 'web');
  const built = existsSync(root);
  // `serve: false`: its own wildcard route would name nobody who may call it; files are public and sent from here.
  if (built) await app.register(fastifyStatic, { root, serve: false, preCompressed: true, cacheControl: false });
  app.setNotFoundHandler((request, reply) => {
    const reads = request.method === 'GET' || request.method === 'HEAD';
    // `//` and the like name no address of ours.
    const pathname = URL.parse(request.url, 'http://localhost')?.pathname;
    if (!built || !reads || !pathname || request.url.startsWith('/api')) throw new Problem('not-found');
    const file = decodeURIComponent(pathname).slice(1);
    if (/\.[a-z0-9]+$/i.test(file) && !file.endsWith('.html')) {
      if (!isFileIn(root, file)) throw new Problem('not-found');
      return reply
        .header('Cache-Control', file.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
        .sendFile(file);
    }
    const folder = pathname === '/console' || pathname.startsWith('/console/') ? 'console' : 'member';
    return reply.header('Cache-Control', 'no-cache').sendFile(`${folder}/index.html`);
  });
}

const isFileIn = (root: string, file: string): boolean =>
  !file.split('/').includes('..') && (statSync(join(root, file), { throwIfNoEntry: false })?.isFile() ?? false);

type Validated = FastifyError & { validation?: ValidationIssue[]; validationContext?: string };

/** Every answer that is not the wished one is a problem document; a fault is logged once and says nothing of the inside. */
function setProblemHandlers(app: App): void {
  app.setErrorHandler((error: Validated, request, reply) => {
    const problem = error instanceof Problem ? error : toProblem(error, request);
    if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
    return sendProblem(reply, problem, request.lang ?? 'zh');
  });
}

function sendProblem(reply: FastifyReply, problem: Problem, lang: 'zh' | 'en'): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send(withProblems(problem.toDocument(lang)));
}

const languageOf = ({ headers }: Pick<FastifyRequest, 'headers'>): 'zh' | 'en' =>
  /^en\b/i.test(headers['accept-language'] ?? '') ? 'en' : 'zh';

/** `errors` of the document under the contract's name `problems`: pointer and words. */
function withProblems(document: Record<string, unknown>): Record<string, unknown> {
  const { errors, ...rest } = document as { errors?: { pointer: string; detail: string }[] };
  return errors ? { ...rest, problems: errors.map(({ pointer, detail }) => ({ pointer, message: detail })) } : rest;
}

function toProblem(error: Validated, request: FastifyRequest): Problem {
  if (error.validation) {
    const where = error.validationContext === 'querystring' ? 'query' : (error.validationContext ?? 'body');
    const input = where === 'query' ? request.query : where === 'params' ? request.params : request.body;
    const errors = faultsOf(error.validation, input, where === 'body' ? '' : `${where}:`, request.lang ?? 'zh');
    return new Problem('invalid-request', {
      errors,
      ...(errors[0] ? { detail: `${errors[0].pointer || '/'} ${errors[0].detail}` } : {}),
    });
  }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('too-large');
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('wrong-media-type');
  if (
    error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    error.code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    error instanceof SyntaxError
  )
    return new Problem('malformed-json');
  if (typeof error.statusCode === 'number' && error.statusCode >= 400 && error.statusCode < 500)
    return new Problem('invalid-request', { detail: error.message });
  // The database went away in mid-request, or every connection of the pool is busy: a moment later it may be there.
  if (isConnectionLost(error)) return new Problem('not-ready', { cause: error });
  return new Problem('internal-error', { cause: error });
}
