/** Role × route: what a role is not allowed is closed whatever it sends, and what is somebody else's does not exist. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLES, type Role } from '#contract/common.ts';
import { listRoutes, type RouteFacts } from '#server/accounts/plugin.ts';
import { idNumberOf } from '#server/sandbox/people.ts';
import { type Answer, Player } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { members } from './interleave.ts';
import { ask, HOSPITAL, type Ids, playToOffer, requestBody } from './outpatient.ts';

/** Who signs in as each role; the others are called what their role is. */
const ACCOUNT: Partial<Record<Role, string>> = {
  member: 'own',
  'service-desk': 'desk',
  'case-manager': 'manager',
  'plan-administrator': 'planner',
  administrator: 'admin',
};
/** Calls that end the session or the data that the other tests stand on. */
const NOT_SENT = [
  'DELETE /api/session',
  'POST /api/sandbox/reset',
  'POST /api/sandbox/sign-in',
  'POST /api/sandbox/clock',
  'POST /api/session/role',
];
const NOWHERE = '00000000-0000-4000-8000-000000000000';

let on: TestApp;
let routes: RouteFacts[];
const players = new Map<Role, Player>();
/** What belongs to `own`. */
let theirs: Ids & {
  caseId: string;
  paperId: string;
  decisionId: string;
  consentId: string;
  delegationId: string;
  messageId: string;
};
let people: ReadonlyMap<string, Ids>;

beforeAll(async () => {
  on = await openApp({ at: '2026-11-04T10:00:00+08:00', insurers: ['junlong', 'qinghe'] });
  const personas = members(['own', 'other', 'friend']);
  people = await on.people(personas);
  for (const role of ROLES) players.set(role, await on.as(ACCOUNT[role] ?? role, 'junlong'));
  routes = listRoutes(on.app).filter(({ method, url }) => !NOT_SENT.includes(`${method} ${url}`));
  const own = players.get('member')!;
  const { id } = await ask(on, 'own', people.get('own')!);
  await playToOffer(on, id, { visitAt: '2026-11-11T09:30:00+08:00', answerBy: '2026-11-06T18:00:00+08:00' });
  const view = await own.case(id);
  const first = async (path: string) => (await own.must<{ items: { id: string }[] }>('GET', path)).items[0]!.id;
  const friend = personas[2]!;
  const delegation = await own.must<{ id: string }>('POST', '/delegations', {
    toPhone: friend.phone,
    toName: friend.name,
    matter: 'outpatient-access',
    until: '2026-12-31',
  });
  await on.advanceTo('2026-11-04T10:30:00+08:00');
  theirs = {
    ...people.get('own')!,
    caseId: id,
    paperId: view.papers.flatMap(({ papers }) => papers)[0]!.id,
    decisionId: view.decision!.id,
    consentId: await first('/consents'),
    delegationId: delegation.id,
    messageId: await first('/messages'),
  };
});
afterAll(() => on.close());

const pathOf = (url: string, id = NOWHERE) =>
  url
    .replace(/^\/api/, '')
    .replaceAll(/:(id)/g, id)
    .replace(':service', 'outpatient-access')
    .replace(':list', 'hospitals')
    .replace(':plan', 'zhenai21')
    .replace(':edition', '2024-05-23');
const mayCall = (allow: RouteFacts['allow'], role: Role | null) =>
  allow === 'public' || (role !== null && (allow === 'signed-in' || allow.includes(role)));
/** Bodies that would be refused for other reasons, were the door not closed first. */
const BODIES = [undefined, {}, '{"broken":', { type: 'withdraw', version: 1 }];

describe.each([...ROLES, 'nobody'] as const)('%s', (who) => {
  const role = who === 'nobody' ? null : who;
  test('is turned away from every route that does not name it, whatever is sent', async () => {
    const player = role ? players.get(role)! : anonymous();
    const open: string[] = [];
    for (const { method, url, allow } of routes) {
      if (!url.startsWith('/api') || mayCall(allow, role)) continue;
      for (const body of method === 'POST' ? BODIES : [undefined]) {
        const answer = await player.send(
          method as 'GET',
          pathOf(url, theirs.caseId),
          body,
          typeof body === 'string' ? { 'content-type': 'application/json' } : {},
        );
        const wanted = role ? 'not-for-this-role' : 'sign-in-needed';
        if (codeOf(answer) !== wanted) open.push(`${method} ${url}: ${answer.status} ${codeOf(answer)}`);
      }
    }
    expect(open).toEqual([]);
  });

  test('is heard on every route that names it, and nothing there fails', async () => {
    const player = role ? players.get(role)! : anonymous();
    const wrong: string[] = [];
    for (const { method, url, allow } of routes) {
      if (!url.startsWith('/api') || !mayCall(allow, role)) continue;
      const answer = await player.send(method as 'GET', pathOf(url), method === 'POST' ? {} : undefined);
      if (
        answer.status >= 500 ||
        (allow !== 'public' && answer.status === 401) ||
        codeOf(answer) === 'not-for-this-role'
      )
        wrong.push(`${method} ${url}: ${answer.status} ${codeOf(answer)}`);
    }
    expect(wrong).toEqual([]);
  });
});

test('somebody else’s case, papers, person, decision, consent, delegation and message do not exist, as what never was', async () => {
  const other = await on.as('other', 'junlong');
  const mine = people.get('other')!;
  const probes: [method: 'GET' | 'POST' | 'DELETE', path: (id: string) => string, id: string, body?: unknown][] = [
    ['GET', (id) => `/cases/${id}`, theirs.caseId],
    ['POST', (id) => `/cases/${id}/events`, theirs.caseId, { type: 'withdraw', version: 1 }],
    ['POST', (id) => `/cases/${id}/papers`, theirs.caseId, { kind: 'pathology', paperId: theirs.paperId }],
    ['GET', (id) => `/papers/${id}/preview`, theirs.paperId],
    ['GET', (id) => `/papers/${id}/original`, theirs.paperId],
    ['GET', (id) => `/papers?personId=${id}`, theirs.personId],
    ['GET', (id) => `/consents?personId=${id}`, theirs.personId],
    ['GET', (id) => `/disclosures?personId=${id}`, theirs.personId],
    ['GET', (id) => `/services/outpatient-access/form?policyId=${id}&personId=${theirs.personId}`, theirs.policyId],
    ['GET', (id) => `/services/outpatient-access/form?policyId=${mine.policyId}&personId=${id}`, theirs.personId],
    ['GET', (id) => `/decisions/${id}`, theirs.decisionId],
    ['POST', (id) => `/decisions/${id}/appeal`, theirs.decisionId, { text: '请重新看这项决定' }],
    ['DELETE', (id) => `/consents/${id}`, theirs.consentId],
    ['DELETE', (id) => `/delegations/${id}`, theirs.delegationId],
    ['POST', (id) => `/messages/${id}/read`, theirs.messageId],
  ];
  for (const [method, path, id, body] of probes) {
    const [found, never] = [
      await other.send(method, path(id), body),
      await other.send(method, path(randomUUID()), body),
    ];
    expect([path(':id'), found.status], JSON.stringify(found.body)).toEqual([path(':id'), 404]);
    expect(found).toEqual(never);
  }
  const posts: [path: string, body: Record<string, unknown>][] = [
    ['/cases', { ...(await requestBody(on, other, mine)), ...people.get('own')! }],
    ['/cases', { ...(await requestBody(on, other, mine)), personId: theirs.personId }],
    ['/decisions', { service: 'outpatient-access', ...people.get('own')! }],
    [
      '/consents',
      {
        personId: theirs.personId,
        caseId: theirs.caseId,
        recipient: 'shangyong',
        purpose: 'book-visit',
        textVersion: 1,
      },
    ],
  ];
  for (const [path, body] of posts) expect([path, (await other.send('POST', path, body)).status]).toEqual([path, 404]);
  await expect(other.upload(theirs.personId, 'pathology', on.picture)).rejects.toThrow('404');
  // Her own papers go into her own request only.
  const borrowed = await requestBody(on, other, mine);
  expect(
    await other.send('POST', '/cases', { ...borrowed, papers: [{ kind: 'pathology', paperId: theirs.paperId }] }),
  ).toMatchObject({ status: 422, body: { problems: [{ pointer: '/papers/0/paperId' }] } });
});

test('before a passed check a service-desk agent opens nothing of anybody', async () => {
  const desk = players.get('service-desk')!;
  const paths = [
    `/cases/${theirs.caseId}`,
    `/papers?personId=${theirs.personId}`,
    `/papers/${theirs.paperId}/preview`,
    `/papers/${theirs.paperId}/original`,
    `/consents?personId=${theirs.personId}`,
    `/disclosures?personId=${theirs.personId}`,
    `/decisions/${theirs.decisionId}`,
    `/services/outpatient-access/form?policyId=${theirs.policyId}&personId=${theirs.personId}`,
  ];
  for (const path of paths) expect([path, (await desk.send('GET', path)).status]).toEqual([path, 404]);
  // The file says which step is missing; it says so of every id, so that it tells nothing.
  const file = await desk.send('GET', `/desk/persons/${theirs.personId}`);
  expect(file).toMatchObject({ status: 403, body: { code: 'desk-check-needed' } });
  expect(await desk.send('GET', `/desk/persons/${randomUUID()}`)).toEqual(file);
  const benefits = await desk.send('GET', `/benefits?personId=${theirs.personId}`);
  expect(benefits.status).toBe(404);
});

test('[N.5] another company, and another insurer’s staff, find nothing of a case that was not handed to them', async () => {
  const company = await on.as('provider2', 'junlong');
  const reviewerThere = await on.as('reviewer', 'qinghe');
  for (const [who, player] of [
    ['another company', company],
    ['another insurer', reviewerThere],
  ] as const) {
    for (const path of [
      `/cases/${theirs.caseId}`,
      `/papers/${theirs.paperId}/preview`,
      `/papers/${theirs.paperId}/original`,
    ])
      expect([who, path, (await player.send('GET', path)).status]).toEqual([who, path, 404]);
    expect([
      who,
      (await player.send('POST', `/cases/${theirs.caseId}/events`, { type: 'cannotOffer', version: 1, why: '约不到' }))
        .status,
    ]).toEqual([who, 404]);
    for (const path of ['/cases', '/worklist']) expect(await player.must('GET', path)).toMatchObject({ items: [] });
  }
  // A session is one insurer's: on the other's address it opens nothing.
  const { headers } = await on.app.inject({
    method: 'POST',
    url: '/api/sandbox/sign-in',
    headers: { host: 'junlong.localhost', 'idempotency-key': randomUUID() },
    payload: { account: 'reviewer' },
  });
  const cookie = String([headers['set-cookie']].flat()[0]).split(';')[0];
  expect(
    (await on.app.inject({ url: '/api/session', headers: { host: 'junlong.localhost', cookie } })).statusCode,
  ).toBe(200);
  expect((await on.app.inject({ url: '/api/session', headers: { host: 'qinghe.localhost', cookie } })).statusCode).toBe(
    401,
  );
});

test('the administrator manages accounts and sees nothing of anybody’s health; nor does the plan administrator', async () => {
  const own = members(['own'])[0]!;
  const secrets = [
    own.name,
    own.phone,
    idNumberOf(own),
    own.policyNo,
    theirs.caseId,
    theirs.personId,
    '恶性肿瘤',
    HOSPITAL,
    '肿瘤',
  ];
  const health =
    /"(illness|diagnos\w*|hospital|offer|carePath|summary|papers|timeline|clocks|case\w*|person\w*|decision\w*|reasons)":(?!null)/i;
  for (const role of ['administrator', 'plan-administrator'] as const) {
    const seen: string[] = [];
    // Lists, clauses and the plan are published to everybody; the rest of what this role may read is searched.
    const named = routes.filter(
      ({ method, url, allow }) =>
        method === 'GET' &&
        url.startsWith('/api') &&
        allow !== 'public' &&
        mayCall(allow, role) &&
        !/lists|clauses|plans/.test(url),
    );
    expect(named.length).toBeGreaterThan(1);
    for (const { url } of named) {
      // Where a colleague works is her own and published: an expert's key on the list names her department.
      const text = JSON.stringify((await players.get(role)!.send('GET', pathOf(url))).body, (key, value) =>
        key === 'provider' ? undefined : value,
      );
      for (const secret of secrets) if (text.includes(secret)) seen.push(`${role} ${url} shows ${secret}`);
      const field = health.exec(text);
      if (field) seen.push(`${role} ${url} has ${field[0]}`);
    }
    expect(seen).toEqual([]);
  }
  const only = (role: Role) =>
    routes
      .filter(({ url, allow }) => url.startsWith('/api') && Array.isArray(allow) && allow.includes(role))
      .map(({ method, url }) => `${method} ${url}`);
  expect(only('administrator').every((route) => route.includes(' /api/accounts'))).toBe(true);
  expect(only('plan-administrator')).toEqual(['GET /api/plans', 'GET /api/plans/:plan/:edition']);
  expect(only('auditor')).toEqual([
    'GET /api/plans',
    'GET /api/plans/:plan/:edition',
    'GET /api/audit',
    'POST /api/audit/verify',
  ]);
});

const codeOf = ({ body }: Answer): string | undefined => (body as { code?: string } | null)?.code;
/** A browser that has not signed in. */
const anonymous = () => new Player(on.app, 'junlong.localhost');
