/** The ground that tests of papers, consents and audit stand on: one insurer, real plans, people, cases, an app. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { loadCalendar } from '#calendar/load.ts';
import type { Role } from '#contract/common.ts';
import { loadPlans } from '#plans/load.ts';
import { openFolderStorage } from '#server/gateways/storage.ts';
import { createPerson } from '#server/persons/queries.ts';
import { sealFor } from '#server/persons/seal.ts';
import { fixedClock } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type KeyRing, makeKeyRing } from '#server/platform/keys.ts';
import { createLogger } from '#server/platform/log.ts';
import { Problem } from '#server/platform/problem.ts';
import { openTestDatabase } from '#tests/with-database.ts';

export const testNow = new Date('2026-11-18T02:00:00Z');
const plan = { code: 'zhenai21', edition: '2024-05-23' };

export type TestApp = ReturnType<typeof newApp>;
const newApp = () => Fastify({ forceCloseConnections: true }).withTypeProvider<ZodTypeProvider>();

export async function openGround(set: { keyRing?: KeyRing } = {}) {
  const database = await openTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'yilu-papers-'));
  await database.owner.query("insert into insurers (code, name_zh, name_en) values ('test', '测试', 'Test')");
  const clock = fixedClock(testNow);
  const calendar = loadCalendar();
  const ctx: Ctx = {
    insurer: 'test',
    insurerName: { zh: '测试', en: 'Test' },
    pool: database.db.forInsurer('test'),
    config: { sealLog: join(folder, 'seals.log') } as Ctx['config'],
    keyRing:
      set.keyRing ??
      makeKeyRing(
        'k1',
        new Map([
          ['k1', randomBytes(32)],
          ['k2', randomBytes(32)],
        ]),
      ),
    plans: loadPlans().plans,
    calendar: () => calendar,
    clock,
    storage: openFolderStorage(join(folder, 'files')),
    sms: {} as Ctx['sms'],
    signing: null,
    gateways: { hospital: null, claims: null, opening: null, wechat: null },
    log: createLogger({ level: 'silent', name: 'test' }),
  };
  const db = ctx.pool as Db;

  return {
    database,
    ctx,
    db,
    clock,
    folder,
    /** A person insured under her own policy. */
    async addPerson(name = '林小满'): Promise<{ personId: string; policyId: string; actor: Actor }> {
      const digits = String(Math.floor(Number(`0x${randomBytes(4).toString('hex')}`))).padStart(10, '0');
      const personId = await createPerson(
        db,
        ctx,
        {
          name,
          idType: 'passport',
          idNumber: `P${digits}`,
          bornOn: '1985-03-02',
          sex: 'F',
          phone: `1380${digits.slice(0, 7)}`,
        },
        testNow,
      );
      const policyId = uuidv7();
      await db.query(
        `insert into policies (insurer, id, policy_no, plan, effective_from, expires_on, holder_id, created_at)
         values ('test', $1, $2, $3, '2026-01-01', '2027-01-01', $4, $5)`,
        [policyId, `P-${digits}`, plan.code, personId, testNow],
      );
      await db.query(`insert into policy_persons values ('test', $1, $2, 'insured', '2026-01-01')`, [
        policyId,
        personId,
      ]);
      return { personId, policyId, actor: actor('member', { personId }) };
    },
    async addCase(
      person: { personId: string; policyId: string },
      set: { provider?: string; reviewer?: string; assignee?: string } = {},
    ): Promise<string> {
      const id = uuidv7();
      await db.query(
        `insert into cases (insurer, id, number, version, last_seq, plan, edition, service, kind, chart_version, policy_id, person_id, applicant_relation,
                            channel, state, final, turn, context, provider, assignee, reviewer, opened_at, changed_at)
         values ('test', $1, $2, 1, 0, $3, $4, 'outpatient-access', 'outpatient-access', 1, $5, $6, 'self', 'portal', 'requested', false, 'reviewer', $7, $8, $9, $10, $11, $11)`,
        [
          id,
          `OP-${id.slice(-6)}`,
          plan.code,
          plan.edition,
          person.policyId,
          person.personId,
          await sealFor(db, ctx, person.personId, 'cases', id, {}),
          set.provider ?? null,
          set.assignee ?? null,
          set.reviewer ?? null,
          testNow,
        ],
      );
      return id;
    },
    /** An app in which the header `x-actor` (JSON) says who calls. */
    async openApp(routes: (app: TestApp) => Promise<void>): Promise<TestApp> {
      const app = newApp();
      app.setValidatorCompiler(validatorCompiler);
      app.setSerializerCompiler(serializerCompiler);
      app.setErrorHandler((error: Error & { validation?: unknown }, _request, reply) => {
        if (error instanceof Problem)
          return reply.code(error.status).type('application/problem+json').send(error.toDocument());
        return reply
          .code(error.validation ? 400 : 500)
          .send({ code: error.validation ? 'invalid-request' : 'internal-error', detail: error.message });
      });
      app.addHook('onRequest', async (request) => {
        request.ctx = ctx;
        request.lang = request.headers['accept-language'] === 'en' ? 'en' : 'zh';
        request.actor = JSON.parse(String(request.headers['x-actor'])) as Actor;
      });
      await app.register(async (scope) => routes(scope as unknown as TestApp), { prefix: '/api' });
      await app.ready();
      return app;
    },
    /** Every file in the storage. */
    files(): string[] {
      try {
        return readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name));
      } catch {
        return [];
      }
    },
    async close() {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Ground = Awaited<ReturnType<typeof openGround>>;

export function actor(role: Role, more: Partial<Actor> = {}): Actor {
  return { accountId: uuidv7(), role, roles: [role], personId: null, provider: null, name: role, ...more };
}

/** A multipart form as a browser sends it; a Buffer becomes the file. */
export function form(fields: readonly (readonly [string, string | { name: string; type: string; data: Buffer }])[]): {
  payload: Buffer;
  headers: Record<string, string>;
} {
  const boundary = `----test${randomBytes(8).toString('hex')}`;
  const parts = fields.flatMap(([name, value]) => {
    const file = typeof value === 'string' ? undefined : value;
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${file ? `; filename="${file.name}"\r\ncontent-type: ${file.type}` : ''}\r\n\r\n`;
    return [Buffer.from(head), file ? file.data : Buffer.from(String(value)), Buffer.from('\r\n')];
  });
  return {
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
