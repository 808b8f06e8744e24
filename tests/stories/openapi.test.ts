/** The document says what the routes are, and what a whole story was answered is what the document says. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { ProblemDocument } from '#contract/common.ts';
import { listRoutes } from '#server/accounts/plugin.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { members } from './interleave.ts';
import { ask, type Ids, playToOffer } from './outpatient.ts';

type Schema = Record<string, unknown>;
type Operation = {
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Schema }> }>;
};
type Document = {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
};

let on: TestApp;
let ids: Ids;
let document: Document;
/** What was answered on the way. */
const answers: { method: string; path: string; status: number; type: string; body: unknown }[] = [];

beforeAll(async () => {
  on = await openApp({ at: '2026-11-04T10:00:00+08:00' });
  ids = (await on.people(members(['told']))).get('told')!;
  document = (await on.app.inject('/api/openapi.json')).json();
  const inject = on.app.inject.bind(on.app);
  on.app.inject = (async (sent: string | { method?: string; url: string }) => {
    const asked: { method?: string; url: string } = typeof sent === 'string' ? { url: sent } : sent;
    const response = await inject(asked as never);
    const type = String(response.headers['content-type'] ?? '');
    answers.push({
      method: (asked.method ?? 'GET').toLowerCase(),
      path: asked.url.split('?')[0]!,
      status: response.statusCode,
      type,
      body: type.includes('json') ? response.json() : null,
    });
    return response;
  }) as never;
});
afterAll(() => on.close());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      method,
      operation,
    })),
  );

test('the document is OpenAPI 3.1: versions, addresses, parameters and references are whole', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/);
  expect(document.info).toMatchObject({ title: 'Yilu', version: expect.any(String) });
  const faults: string[] = [];
  for (const { name, path, operation } of operations()) {
    if (!path.startsWith('/')) faults.push(`${name} does not begin with /`);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => param);
    const declared = (operation.parameters ?? []).filter((one) => one.in === 'path');
    if (
      inPath.sort().join() !==
      declared
        .map((one) => one.name)
        .sort()
        .join()
    )
      faults.push(`${name} declares other parameters than its address has`);
    for (const one of declared) if (one.required !== true) faults.push(`${name}: ${one.name} is not required`);
    for (const one of operation.parameters ?? []) if (!one.schema) faults.push(`${name}: ${one.name} has no schema`);
    for (const [status, response] of Object.entries(operation.responses))
      if (!/^([1-5]\d\d|default)$/.test(status) || typeof response.description !== 'string')
        faults.push(`${name}: response ${status}`);
    // 3.1 is JSON Schema: what only 3.0 knew is not in it, and nothing points outside the document.
    const text = JSON.stringify(operation);
    if (/"nullable":/.test(text)) faults.push(`${name} uses nullable`);
    for (const [, reference] of text.matchAll(/"\$ref":"([^"]+)"/g))
      if (!resolves(reference!)) faults.push(`${name} refers to ${reference}`);
  }
  expect(faults).toEqual([]);
});

test('every route is in it, with what it takes and what it answers', () => {
  const known = new Map(operations().map(({ name, operation }) => [name, operation]));
  const missing: string[] = [];
  for (const { method, url } of listRoutes(on.app)) {
    if (!url.startsWith('/api') || url === '/api/openapi.json') continue;
    const name = `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`;
    const operation = known.get(name);
    if (!operation) {
      missing.push(name);
      continue;
    }
    const well = Object.entries(operation.responses).filter(([status]) => status.startsWith('2') || status === '302');
    if (well.length === 0) missing.push(`${name}: no answer`);
    for (const [status, { content }] of well)
      if (
        !['204', '302'].includes(status) &&
        Object.values(content ?? {}).every(({ schema }) => !schema || Object.keys(schema).length === 0)
      )
        missing.push(`${name}: no schema of ${status}`);
  }
  expect(missing).toEqual([]);
});

test('[2.2] what a story is answered is what the document says, refusals included', async () => {
  const { player, id } = await ask(on, 'told', ids);
  await playToOffer(on, id, { visitAt: '2026-11-11T09:30:00+08:00', answerBy: '2026-11-06T18:00:00+08:00' });
  await player.event(id, 'acceptOffer');
  await player.send('POST', `/cases/${id}/events`, { type: 'acceptOffer', version: 1 });
  await player.send('POST', `/cases/${id}/events`, { type: 'acceptOffer', version: (await player.case(id)).version });
  await player.send('POST', '/cases', { service: 'outpatient-access', ...ids });
  await player.send('POST', '/decisions', { service: 'outpatient-access', ...ids });
  await on.advanceTo('2026-11-09T10:00:00+08:00');
  const READ: Record<string, string[]> = {
    told: [
      '/public',
      '/session',
      '/benefits',
      '/cases',
      '/consents',
      '/disclosures',
      '/delegations',
      '/messages',
      '/clauses',
      `/papers?personId=${ids.personId}`,
      '/sandbox/accounts',
      '/sandbox/clock',
      '/sandbox/messages',
    ],
    manager: [
      '/worklist',
      '/cases',
      '/staff?role=case-manager',
      '/lists/hospitals',
      '/lists/experts',
      '/plans',
      '/plans/zhenai21/2024-05-23',
    ],
    provider: ['/worklist', `/cases/${id}`, '/breaches'],
    operations: ['/clocks', '/breaches', '/stats/promises'],
    supervisor: ['/approvals', '/complaint-desk', '/worklist'],
    admin: ['/accounts'],
    auditor: ['/audit'],
  };
  for (const [who, paths] of Object.entries(READ)) {
    const reader = who === 'told' ? player : await on.as(who);
    for (const path of paths) expect([path, (await reader.send('GET', path)).status]).toEqual([path, 200]);
  }
  await (await on.as('auditor')).must('POST', '/audit/verify');

  const faults: string[] = [];
  const checked = new Set<string>();
  for (const { method, path, status, type, body } of answers) {
    if (status >= 400) {
      const { success } = ProblemDocument.safeParse(body);
      if (!success || !type.startsWith('application/problem+json'))
        faults.push(`${method} ${path} ${status} is no problem document: ${type}`);
      continue;
    }
    const found = operations().find(
      (one) => one.method === method && new RegExp(`^${one.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
    );
    const schema = found?.operation.responses[String(status)]?.content?.['application/json']?.schema;
    if (!found || (!schema && status !== 204)) {
      faults.push(`${method} ${path} ${status} is not in the document`);
      continue;
    }
    checked.add(`${found.name} ${status}`);
    if (!schema || body === null) continue;
    const read = validator(`${found.name} ${status}`, schema).safeParse(body);
    if (!read.success)
      faults.push(
        `${found.name} ${status}: ${read.error.issues
          .slice(0, 2)
          .map((issue) => `${issue.path.join('/')} ${issue.message}`)
          .join('; ')}`,
      );
  }
  expect([...new Set(faults)]).toEqual([]);
  expect(checked.size).toBeGreaterThan(30);
  expect(answers.filter(({ status }) => status === 409).length).toBeGreaterThanOrEqual(3);
});

const validators = new Map<string, z.ZodType>();
function validator(name: string, schema: Schema): z.ZodType {
  const known = validators.get(name) ?? z.fromJSONSchema(schema as never);
  validators.set(name, known);
  return known;
}

const resolves = (reference: string): boolean =>
  reference.startsWith('#/') &&
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (node, key) => (node as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
      document,
    ) !== undefined;

test('[contract 1] healthz lives, readyz says whether it can serve and why not, metrics is Prometheus text', async () => {
  const live = await on.app.inject('/healthz');
  expect(live.statusCode).toBe(200);
  const ready = await on.app.inject('/readyz');
  expect([ready.statusCode, ready.json()]).toEqual([200, { ready: true, warnings: expect.any(Array) }]);
  // The last notice ends on 31 December 2026: within sixty days that is said, with 200.
  expect((ready.json() as { warnings: string[] }).warnings.some((one) => one.includes('calendar'))).toBe(true);
  const metrics = await on.app.inject('/metrics');
  expect(metrics.headers['content-type']).toMatch(/^text\/plain; version=/);
  expect(metrics.body).toMatch(/^yilu_open_cases\{insurer="junlong"\} 1$/m);
  expect(metrics.body).not.toMatch(/测试|恶性|T81|1981\d{7}/);

  await on.database.owner.query('alter table yilu.schema_migrations rename to schema_migrations_away');
  try {
    const without = await on.app.inject('/readyz');
    expect(without.statusCode).toBe(503);
    expect(without.json()).toMatchObject({ ready: false, reasons: [expect.any(String)] });
  } finally {
    await on.database.owner.query('alter table yilu.schema_migrations_away rename to schema_migrations');
  }
});
