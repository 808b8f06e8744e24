import cookie from '@fastify/cookie';
import Fastify, { type InjectOptions, type LightMyRequestResponse } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { loadCalendar } from '#calendar/load.ts';
import type { Role } from '#contract/common.ts';
import { createPerson, type Identity } from '#server/persons/queries.ts';
import { fixedClock, machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { makeKeyRing } from '#server/platform/keys.ts';
import { createLogger } from '#server/platform/log.ts';
import { Problem } from '#server/platform/problem.ts';
import { openTestDatabase, type TestDatabase } from '#tests/with-database.ts';
import { type AccountInput, createAccount } from './accounts.ts';
import { guardRoutes } from './plugin.ts';

export type SentSms = { to: string; body: string };

/** A small app around the routes under test, on a database of its own. */
export async function openTestApp(options: {
  mode: 'sandbox' | 'production';
  routes: (app: ReturnType<typeof newApp>) => void | Promise<void>;
}) {
  const database = await openTestDatabase();
  await database.owner.query(`insert into yilu.insurers (code, name_zh, name_en) values ('test', '测试', 'Test')`);
  const sent: SentSms[] = [];
  const ctx = makeCtx(database, options.mode, sent);
  const app = newApp();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: Error & { validation?: unknown; statusCode?: number }, _request, reply) => {
    if (error instanceof Problem) return reply.code(error.status).send(error.toDocument());
    return reply.code(error.validation ? 400 : 500).send({ code: error.message });
  });
  await app.register(cookie);
  app.addHook('onRequest', async (request) => {
    request.ctx = ctx;
    request.lang = 'zh';
  });
  guardRoutes(app);
  await app.register(async (scope) => await options.routes(scope as typeof app), { prefix: '/api' });
  await app.ready();
  return {
    app,
    ctx,
    database,
    sent,
    addPerson: (identity: Partial<Identity> = {}) => addPerson(ctx, identity),
    addAccount: (input: AccountInput) => createAccount(ctx.pool, ctx, input, machineNow()),
    /** Waits for codes that are sent after the answer, and returns the newest one. */
    async lastCode(): Promise<string> {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return /\d{6}/.exec(sent.at(-1)?.body ?? '')?.[0] ?? '';
    },
    async close() {
      await app.close();
      await database.drop();
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof openTestApp>>;

function newApp() {
  return Fastify().withTypeProvider<ZodTypeProvider>();
}

function makeCtx(database: TestDatabase, mode: 'sandbox' | 'production', sent: SentSms[]): Ctx {
  const calendar = loadCalendar();
  return {
    insurer: 'test',
    insurerName: { zh: '测试', en: 'Test' },
    pool: database.db.forInsurer('test'),
    config: { mode } as Ctx['config'],
    keyRing: makeKeyRing('k1', new Map([['k1', Buffer.alloc(32, 7)]])),
    plans: [],
    calendar: () => calendar,
    clock: fixedClock(new Date('2026-11-18T02:00:00Z')),
    storage: {} as Ctx['storage'],
    sms: {
      send: async (message: SentSms) => {
        sent.push(message);
      },
    } as unknown as Ctx['sms'],
    signing: null,
    gateways: { hospital: null, claims: null, opening: null, wechat: null },
    log: createLogger({ level: 'silent', name: 'test' }),
  };
}

async function addPerson(ctx: Ctx, identity: Partial<Identity>): Promise<string> {
  const whole: Identity = {
    name: '林试',
    idType: 'resident-id',
    idNumber: '11010119800203451X',
    bornOn: '1980-02-03',
    sex: 'F',
    phone: '13800000001',
    ...identity,
  };
  return await createPerson(ctx.pool, ctx, whole, new Date('2026-11-01T00:00:00Z'));
}

/** A browser: keeps cookies between requests. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #app: TestApp['app'];

  constructor(test: TestApp) {
    this.#app = test.app;
  }

  async send(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    const cookies = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const options: InjectOptions = { method, url, headers: { ...headers, ...(cookies ? { cookie: cookies } : {}) } };
    const answer = await this.#app.inject(body === undefined ? options : { ...options, payload: body });
    for (const cookie of answer.cookies) {
      if (cookie.value === '') this.cookies.delete(cookie.name);
      else this.cookies.set(cookie.name, cookie.value);
    }
    return answer;
  }
}

/** Staff with a password that keeps the rules. */
export const goodPassword = 'Plum-Tree-77-river';
export function staff(roles: readonly Role[], more: Partial<AccountInput> = {}): AccountInput {
  return { kind: 'staff', name: '陈安', email: 'chen@example.com', password: goodPassword, roles, ...more };
}
