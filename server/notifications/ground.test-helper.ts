/** An insurer with people, staff and a case of the real plan, for tests of messages. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadCalendar } from '#calendar/load.ts';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { begin } from '#domain/journeys/advance.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import { loadPlans } from '#plans/load.ts';
import { createAccount } from '#server/accounts/accounts.ts';
import { insertClockRow } from '#server/cases/clock-queries.ts';
import type { CaseMemory } from '#server/cases/memory.ts';
import { insertCaseRow, insertEventRow } from '#server/cases/queries.ts';
import { openHttpSms, openSandboxSms, type SmsGateway } from '#server/gateways/sms.ts';
import { createPerson } from '#server/persons/queries.ts';
import { sealFor } from '#server/persons/seal.ts';
import { fixedClock, machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { inTransaction } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { makeKeyRing } from '#server/platform/keys.ts';
import { createLogger } from '#server/platform/log.ts';
import type { TestDatabase } from '#tests/with-database.ts';
import { type MessageInput, queueMessage } from './outbox.ts';

export const MORNING = new Date('2026-11-18T10:00:00+08:00');
export const NIGHT = new Date('2026-11-18T22:30:00+08:00');
const plans = loadPlans().plans;
const calendar = loadCalendar();

/** An insurer of its own in a shared test database. */
export async function openGround(database: TestDatabase, insurer: string, at = MORNING) {
  await database.owner.query('insert into insurers (code, name_zh, name_en) values ($1, $2, $3)', [
    insurer,
    '示例保险',
    'Sample Insurance',
  ]);
  const clock = fixedClock(at);
  const base = {
    insurer,
    insurerName: { zh: '示例保险', en: 'Sample Insurance' },
    pool: database.db.forInsurer(insurer),
    config: { mode: 'sandbox' } as Ctx['config'],
    keyRing: makeKeyRing('k1', new Map([['k1', Buffer.alloc(32, 9)]])),
    plans,
    calendar: () => calendar,
    clock,
    storage: {} as Ctx['storage'],
    signing: null,
    gateways: { hospital: null, claims: null, opening: null, wechat: null },
    log: createLogger({ level: 'silent', name: 'test' }),
  };
  const ctx: Ctx = { ...base, sms: openSandboxSms(base) };
  return {
    ctx,
    clock,
    withSms: (sms: SmsGateway): Ctx => ({ ...ctx, sms }),
    person: (name = '林小满', phone = '13800000001') =>
      createPerson(
        ctx.pool,
        ctx,
        {
          name,
          idType: 'resident-id',
          idNumber: `11010119800203${Math.random().toString().slice(2, 6)}`,
          bornOn: '1980-02-03',
          sex: 'F',
          phone,
        },
        at,
      ),
    staff: (roles: Parameters<typeof createAccount>[2]['roles'], name: string, provider?: string) =>
      createAccount(
        ctx.pool,
        ctx,
        {
          kind: provider ? 'provider' : 'staff',
          name,
          email: `${uuidv7()}@example.com`,
          roles,
          ...(provider ? { provider } : {}),
        },
        machineNow(),
      ),
    queue: (message: Partial<MessageInput> & Pick<MessageInput, 'to'>) =>
      inTransaction(ctx.pool, async (db) =>
        queueMessage(db, ctx, {
          template: 'sign-in-new-device',
          urgent: false,
          now: await ctx.clock.now(db),
          key: uuidv7(),
          ...message,
        }),
      ),
    openCase: (personId: string, manager: string | null) => openCaseOf(ctx, personId, manager, at),
    rows: async <R>(text: string, values: unknown[] = []): Promise<R[]> =>
      (await ctx.pool.query(text, values)).rows as R[],
  };
}
export type Ground = Awaited<ReturnType<typeof openGround>>;

/** A case under review, with a promise running and the event that made it. */
async function openCaseOf(
  ctx: Ctx,
  personId: string,
  manager: string | null,
  now: Date,
): Promise<{ caseId: string; eventId: string; due: Date }> {
  const plan = plans.find((one) => one.plan === 'zhenai21')!;
  const service = plan.services['outpatient-access']!;
  const journey = getJourney(service.journey.kind, service.journey.version);
  const begun = begin(journey, {
    rules: rulesOf(service),
    outcome: 'granted',
    rulesOfDecision: [],
    needsOwnConsent: false,
    missingPapers: [],
    given: {},
    now: now.toISOString(),
  });
  const memory: CaseMemory = {
    chart: begun.context,
    act: 'use',
    given: {},
    verified: null,
    decisionId: null,
    askedKinds: [],
    words: { asked: null, refused: '病理报告不能说明诊断。', refusedRule: null },
    request: {
      illness: null,
      illnessHospital: null,
      applicant: { relation: 'self', proofs: [] },
      wish: { hospitalId: uuidv7(), hospital: '示例医院', department: '肿瘤科', city: '北京', listVersion: 1 },
      form: {},
      acknowledged: [],
    },
  };
  const [policyId, caseId, eventId, clockId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  const promise = service.promises[0]!;
  const due = new Date(now.getTime() + 3_600_000);
  await inTransaction(ctx.pool, async (db) => {
    await db.query(
      `insert into policies (insurer, id, policy_no, plan, effective_from, expires_on, holder_id, created_at) values ($1, $2, $3, 'zhenai21', '2025-01-01', '2027-01-01', $4, $5)`,
      [ctx.insurer, policyId, `P-${policyId}`, personId, now],
    );
    await insertCaseRow(db, ctx, {
      id: caseId,
      number: `MZ-${caseId.slice(-8)}`,
      plan: plan.plan,
      edition: plan.edition,
      service: 'outpatient-access',
      act: 'use',
      kind: journey.kind,
      chartVersion: journey.version,
      policyId,
      personId,
      applicantAccount: null,
      applicantRelation: 'self',
      channel: 'portal',
      state: begun.state,
      final: false,
      turn: 'reviewer',
      context: await sealFor(db, ctx, personId, 'cases', caseId, memory),
      provider: 'sample-provider',
      attention: [],
      openedAt: now,
    });
    await db.query('update cases set assignee = $3 where insurer = $1 and id = $2', [ctx.insurer, caseId, manager]);
    await insertEventRow(db, ctx, {
      id: eventId,
      caseId,
      seq: 1,
      type: 'request',
      actorAccount: null,
      actorRole: 'member',
      occurredAt: now,
      recordedAt: now,
      stateAfter: begun.state,
      payload: await sealFor(db, ctx, personId, 'events', eventId, { missingPapers: [] }),
      milestones: [],
    });
    await insertClockRow(db, ctx, {
      id: clockId,
      caseId,
      promise: promise.code,
      occurrence: 1,
      target: false,
      clause: promise.clause,
      unit: promise.term.unit,
      amount: promise.term.amount,
      startedAt: now,
      due,
      provisional: false,
      ruleSet: 'test',
    });
  });
  return { caseId, eventId, due };
}

export type Received = { headers: Record<string, string | string[] | undefined>; body: string };

/** A gateway on this machine that answers with the given statuses in turn, the last one for ever. */
export async function openFakeGateway(statuses: number[]) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 200;
      received.push({ headers: request.headers, body });
      response.writeHead(status).end('answer');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`;
  const secret = 'a-secret-of-the-test';
  return {
    received,
    secret,
    url,
    sms: openHttpSms({ url, secret, timeoutMs: 2000 }),
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
