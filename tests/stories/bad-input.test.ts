/**
 * What comes in wrong: each a clear problem document that names the field, never a fault of ours, and nothing half done.
 * Over 300 lines on purpose: one table of what can be wrong, read top-down.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProblemDocument } from '#contract/common.ts';
import type { Answer, Player } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { members } from './interleave.ts';
import { ask, type Ids, requestBody } from './outpatient.ts';

let on: TestApp;
let people: ReadonlyMap<string, Ids>;
let player: Player;
let reviewer: Player;
/** A complete request that would be granted, and a case that waits for the reviewer. */
let good: Record<string, unknown>;
let caseId: string;
let theirCase: string;

beforeAll(async () => {
  on = await openApp({ at: '2026-11-04T10:00:00+08:00' });
  people = await on.people(members(['asking', 'running', 'stranger']));
  player = await on.as('asking');
  reviewer = await on.as('reviewer');
  good = await requestBody(on, player, people.get('asking')!);
  caseId = (await ask(on, 'running', people.get('running')!)).id;
  theirCase = (await ask(on, 'stranger', people.get('stranger')!)).id;
  await on.advanceTo('2026-11-04T10:10:00+08:00');
});
afterAll(() => on.close());

/** Rows of every table but the counters of tries, which count on purpose. */
async function rowsOfAll(): Promise<Record<string, number>> {
  const { rows } = await on.database.owner.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'yilu' and tablename not in ('rate_limits', 'sandbox_clock')`,
  );
  const counts = await on.database.owner.query<{ name: string; n: number }>(
    rows.map(({ name }) => `select '${name}' as name, count(*)::int as n from yilu.${name}`).join(' union all '),
  );
  return Object.fromEntries(counts.rows.map(({ name, n }) => [name, n]));
}

type Wanted = { status: number; code: string; pointer?: string | RegExp };
/** Sends it and holds the answer against what is wanted; what was there before is there after, and no more. */
async function refuses(send: () => Promise<Answer>, { status, code, pointer }: Wanted): Promise<void> {
  const before = await rowsOfAll();
  const answer = await send();
  expect([answer.status, (answer.body as { code?: string } | null)?.code], JSON.stringify(answer.body)).toEqual([
    status,
    code,
  ]);
  const problem = ProblemDocument.parse(answer.body);
  expect(problem.title).not.toBe('');
  const named = [problem.pointer, ...(problem.problems ?? []).map((one) => one.pointer)].filter(
    (one) => one !== undefined,
  );
  if (pointer instanceof RegExp)
    expect(
      named.some((one) => pointer.test(one)),
      JSON.stringify(answer.body),
    ).toBe(true);
  else if (pointer !== undefined) expect(named).toContain(pointer);
  // The caller of these stories reads Chinese: what a schema finds is not told in the words of a library.
  expect(JSON.stringify(answer.body)).not.toMatch(/Invalid input|Unrecognized key|Too (small|big)|unknown field/);
  expect(await rowsOfAll()).toEqual(before);
}

const illness = (change: Record<string, unknown>) => ({ ...good, illness: { ...(good.illness as object), ...change } });
const json = { 'content-type': 'application/json' };
const NUL = '\u0000';

describe('a request', () => {
  test.for<[name: string, body: () => unknown, wanted: Wanted]>([
    ['an unknown service', () => ({ ...good, service: 'no-such-service' }), { status: 409, code: 'refused' }],
    [
      'an unknown field',
      () => ({ ...good, urgent: true }),
      { status: 400, code: 'invalid-request', pointer: '/urgent' },
    ],
    [
      'an unknown field of its form',
      () => ({ ...good, form: { ...(good.form as object), colour: 'red' } }),
      { status: 422, code: 'not-acceptable', pointer: '/form/colour' },
    ],
    [
      'a missing field',
      () => ({ ...good, policyId: undefined }),
      { status: 400, code: 'invalid-request', pointer: '/policyId' },
    ],
    [
      'a policy that is nobody’s',
      () => ({ ...good, policyId: randomUUID() }),
      { status: 404, code: 'not-found', pointer: '/policyId' },
    ],
    [
      'an id that is none',
      () => ({ ...good, policyId: "1' or '1'='1" }),
      { status: 400, code: 'invalid-request', pointer: '/policyId' },
    ],
    [
      'a day that does not exist',
      () => illness({ diagnosedOn: '2026-02-30' }),
      { status: 400, code: 'invalid-request', pointer: '/illness/diagnosedOn' },
    ],
    [
      'a first sign that is still to come',
      () => illness({ firstVisitOn: '2026-11-05' }),
      { status: 422, code: 'not-acceptable', pointer: '/illness/firstVisitOn' },
    ],
    [
      'a day written another way',
      () => illness({ firstSymptomOn: '2026/06/05' }),
      { status: 400, code: 'invalid-request', pointer: '/illness/firstSymptomOn' },
    ],
    [
      'an illness that the plan does not know, named twice',
      () => ({ ...illness({ code: 'no-such-illness' }), service: 'outpatient-access' }),
      { status: 409, code: 'refused' },
    ],
    [
      'a hospital that is on no list',
      () => ({ ...good, form: { ...(good.form as object), hospital: randomUUID() } }),
      { status: 422, code: 'not-acceptable', pointer: '/form/hospital' },
    ],
    [
      'a hospital whose id is none',
      () => ({ ...good, form: { ...(good.form as object), hospital: "x'; drop table yilu.cases; --" } }),
      { status: 422, code: 'not-acceptable', pointer: '/form/hospital' },
    ],
    [
      'a department that the hospital lacks',
      () => ({ ...good, form: { ...(good.form as object), department: '占星科' } }),
      { status: 422, code: 'not-acceptable', pointer: '/form/department' },
    ],
    [
      'a paper that is nobody’s',
      () => ({ ...good, papers: [{ kind: 'pathology', paperId: randomUUID() }] }),
      { status: 422, code: 'not-acceptable', pointer: '/papers/0/paperId' },
    ],
    [
      'a paper of a kind that the plan does not know',
      () => ({ ...good, papers: [{ ...(good.papers as { paperId: string }[])[0]!, kind: 'horoscope' }] }),
      { status: 422, code: 'not-acceptable', pointer: /papers|kind/ },
    ],
    [
      'no notice acknowledged',
      () => ({ ...good, acknowledged: [] }),
      { status: 422, code: 'not-acceptable', pointer: '/acknowledged' },
    ],
    ['no consent', () => ({ ...good, consents: [] }), { status: 422, code: 'not-acceptable', pointer: '/consents' }],
    [
      'a consent to an older text',
      () => ({
        ...good,
        consents: (good.consents as { textVersion: number }[]).map((one) => ({ ...one, textVersion: 99 })),
      }),
      { status: 422, code: 'not-acceptable', pointer: '/consents' },
    ],
    [
      'a NUL character',
      () => ({ ...good, form: { ...(good.form as object), wishedTimes: `下午${NUL}` } }),
      { status: 400, code: 'invalid-request', pointer: '/form/wishedTimes' },
    ],
    [
      'nesting without end',
      () =>
        JSON.stringify({ ...good, form: { a: 'DEEP' } }).replace(
          '"DEEP"',
          `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
        ),
      { status: 400, code: 'invalid-request' },
    ],
    ['a list where an object belongs', () => [good], { status: 400, code: 'invalid-request' }],
    [
      'a number where words belong',
      () => ({ ...good, service: 7 }),
      { status: 400, code: 'invalid-request', pointer: '/service' },
    ],
    ['JSON that breaks off', () => '{"service": "outpatient-ac', { status: 400, code: 'malformed-json' }],
    ['a body of nothing', () => '', { status: 400, code: 'malformed-json' }],
    ['a forbidden name', () => '{"__proto__": {"admin": true}}', { status: 400, code: 'malformed-json' }],
    [
      'a body of 2 MB',
      () => JSON.stringify({ ...good, form: { wishedTimes: 'x'.repeat(2_000_000) } }),
      { status: 413, code: 'too-large' },
    ],
  ])('with %s', async ([, body, wanted]) => {
    const sent = body();
    // A refusal by the rules is an answer that is kept, with its decision; nothing else is.
    if (wanted.code === 'refused')
      return expect(await player.send('POST', '/cases', sent)).toMatchObject({
        status: 409,
        body: { code: 'refused', decisionId: expect.any(String) },
      });
    await refuses(() => player.send('POST', '/cases', sent, typeof sent === 'string' ? json : {}), wanted);
  });

  test('in a media type that is not ours', async () => {
    await refuses(
      () =>
        player.send('POST', '/cases', 'service=outpatient-access', {
          'content-type': 'application/x-www-form-urlencoded',
        }),
      { status: 415, code: 'wrong-media-type' },
    );
    await refuses(() => player.send('POST', '/cases', '<case/>', { 'content-type': 'text/xml' }), {
      status: 415,
      code: 'wrong-media-type',
    });
  });

  test('with words of many scripts is taken as it is, and says the same when read again', async () => {
    const words = '下午👩🏽‍⚕️ ‮abc‬ ́ Ω 𠮷 \' " ; -- <script>';
    const created = await player.must<{ id: string }>('POST', '/cases', {
      ...good,
      form: { ...(good.form as object), wishedTimes: words },
    });
    const view = await player.case(created.id);
    expect(view.facts.flatMap(({ items }) => items).some(({ value }) => value === words)).toBe(true);
    await player.event(created.id, 'withdraw');
  });
});

describe('an Idempotency-Key', () => {
  test('used again with another body is refused; with the same body it answers as the first time', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const ask = { service: 'outpatient-access', ...people.get('asking')! };
    const first = await player.send('POST', '/cases', { ...ask, form: {} }, headers);
    expect(first).toMatchObject({ status: 409, body: { code: 'refused' } });
    const before = await rowsOfAll();
    expect(await player.send('POST', '/cases', { ...ask, form: {} }, headers)).toEqual(first);
    await refuses(() => player.send('POST', '/cases', { ...ask, form: { a: 1 } }, headers), {
      status: 422,
      code: 'key-reused',
    });
    expect(await rowsOfAll()).toEqual(before);
  });
  test('that is too long is refused', async () => {
    await refuses(() => player.send('POST', '/cases', good, { 'idempotency-key': 'k'.repeat(5000) }), {
      status: 400,
      code: 'invalid-request',
    });
  });
  test('is one account’s own: another may use the same', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const stranger = await on.as('stranger');
    const body = (key: string) => ({ service: 'outpatient-access', ...people.get(key)!, illness: null });
    const [one, two] = [
      await player.send('POST', '/decisions', body('asking'), headers),
      await stranger.send('POST', '/decisions', body('stranger'), headers),
    ];
    expect([one.status, two.status]).toEqual([200, 200]);
  });
});

describe('an event', () => {
  const event = (body: Record<string, unknown>, who = reviewer) => who.send('POST', `/cases/${caseId}/events`, body);
  const verified = {
    illness: 'malignant-tumour-severe',
    diagnosedOn: '2026-06-20',
    first: true,
    preExisting: false,
    source: NUL,
  };
  test.for<[name: string, body: (version: number, paper: string) => Record<string, unknown>, wanted: Wanted]>([
    ['on an old version', (version) => ({ type: 'takeReview', version: version - 1 }), { status: 409, code: 'stale' }],
    [
      'on a version to come',
      (version) => ({ type: 'takeReview', version: version + 5 }),
      { status: 409, code: 'stale' },
    ],
    [
      'without a version',
      () => ({ type: 'takeReview' }),
      { status: 400, code: 'invalid-request', pointer: '/version' },
    ],
    ['out of order', (version) => ({ type: 'acceptRequest', version }), { status: 409, code: 'not-possible-now' }],
    [
      'that no chart has',
      (version) => ({ type: 'grantEverything', version }),
      { status: 409, code: 'not-possible-now' },
    ],
    ['of another role', (version) => ({ type: 'withdraw', version }), { status: 409, code: 'not-possible-now' }],
    [
      'that only time brings',
      (version) => ({ type: 'pursuitEnded', version }),
      { status: 409, code: 'not-possible-now' },
    ],
    [
      'named like a property of every object',
      (version) => ({ type: 'constructor', version }),
      { status: 409, code: 'not-possible-now' },
    ],
    [
      'with an unknown field',
      (version) => ({ type: 'takeReview', version, colour: 'red' }),
      { status: 422, code: 'not-acceptable', pointer: '/colour' },
    ],
    [
      'with a field missing',
      (version, paper) => ({ type: 'verifyFacts', version, ...verified, source: paper, diagnosedOn: undefined }),
      { status: 422, code: 'not-acceptable', pointer: '/diagnosedOn' },
    ],
    [
      'with a day that does not exist',
      (version, paper) => ({ type: 'verifyFacts', version, ...verified, source: paper, diagnosedOn: '2026-06-31' }),
      { status: 422, code: 'not-acceptable', pointer: '/diagnosedOn' },
    ],
    [
      'with a paper that is nobody’s',
      (version) => ({ type: 'verifyFacts', version, ...verified, source: randomUUID() }),
      { status: 422, code: 'not-acceptable', pointer: '/source' },
    ],
    [
      'with a paper id that is none',
      (version) => ({ type: 'judgePaper', version, paper: "' or true --", verdict: 'accepted' }),
      { status: 422, code: 'not-acceptable', pointer: '/paper' },
    ],
    [
      'with an illness that is not in the plan',
      (version, paper) => ({ type: 'verifyFacts', version, ...verified, illness: 'no-such-illness', source: paper }),
      { status: 422, code: 'not-acceptable', pointer: '/illness' },
    ],
    [
      'with a hospital id that is none',
      (version, paper) => ({ type: 'verifyFacts', version, ...verified, hospital: 'not-a-uuid', source: paper }),
      { status: 422, code: 'not-acceptable', pointer: '/hospital' },
    ],
    [
      'with a kind of paper that is not in the plan',
      (version) => ({ type: 'askPapers', version, kinds: ['horoscope'], note: '请补交' }),
      { status: 422, code: 'not-acceptable', pointer: '/kinds/0' },
    ],
    [
      'with a rule to refuse by that no decision named',
      (version) => ({ type: 'refuseRequest', version, rule: 'because', text: '不行' }),
      { status: 422, code: 'not-acceptable', pointer: '/rule' },
    ],
    [
      'with words of blanks only',
      (version) => ({ type: 'addNote', version, note: '   ' }),
      { status: 422, code: 'not-acceptable', pointer: '/note' },
    ],
    [
      'with words too long',
      (version) => ({ type: 'addNote', version, note: '长'.repeat(1001) }),
      { status: 422, code: 'not-acceptable', pointer: '/note' },
    ],
    [
      'with a NUL character',
      (version) => ({ type: 'addNote', version, note: `a${NUL}b` }),
      { status: 400, code: 'invalid-request', pointer: '/note' },
    ],
    [
      'with a moment that has no zone',
      (version) => ({ type: 'addNote', version, note: '补记', occurredAt: '2026-11-04T09:00:00' }),
      { status: 400, code: 'invalid-request', pointer: '/occurredAt' },
    ],
    [
      'with an earlier moment',
      (version) => ({ type: 'addNote', version, note: '补记', occurredAt: '2026-11-04T09:00:00+08:00' }),
      { status: 422, code: 'not-acceptable', pointer: '/occurredAt' },
    ],
    [
      'with a choice that there is not',
      (version) => ({ type: 'logCall', version, outcome: 'perhaps' }),
      { status: 422, code: 'not-acceptable', pointer: '/outcome' },
    ],
  ])('%s', async ([, body, wanted]) => {
    const view = await reviewer.case(caseId);
    const paper = view.papers.flatMap(({ papers }) => papers)[0]!.id;
    let answer: Answer | undefined;
    await refuses(async () => {
      answer = await event(body(view.version, paper));
      return answer;
    }, wanted);
    if (answer?.status === 409)
      expect((answer.body as { allowed: { type: string }[] }).allowed.map(({ type }) => type)).toEqual(
        view.allowed.map(({ type }) => type),
      );
  });

  test('that names a colleague or a paper who is none', async () => {
    const running = await on.as('running');
    const manager = await on.as('manager');
    const { version } = await running.case(caseId);
    for (const to of ['not-a-uuid', randomUUID()])
      await refuses(() => event({ type: 'reassign', version, to, reason: '示例' }, manager), {
        status: 422,
        code: 'not-acceptable',
        pointer: '/to',
      });
    await refuses(() => event({ type: 'handInPaper', version, kind: 'pathology', paper: 'not-a-uuid' }, running), {
      status: 422,
      code: 'not-acceptable',
      pointer: '/paper',
    });
    await refuses(() => event({ type: 'handInPaper', version, kind: 'pathology', paper: randomUUID() }, running), {
      status: 404,
      code: 'not-found',
    });
    await refuses(() => running.send('POST', `/cases/${caseId}/papers`, { kind: 'pathology', paperId: 'not-a-uuid' }), {
      status: 422,
      code: 'not-acceptable',
      pointer: '/paperId',
    });
  });

  test('on somebody else’s case, or on an id that is none', async () => {
    await refuses(() => player.send('POST', `/cases/${theirCase}/events`, { type: 'withdraw', version: 1 }), {
      status: 404,
      code: 'not-found',
    });
    await refuses(
      () =>
        player.send('POST', `/cases/${encodeURIComponent("1' or '1'='1")}/events`, { type: 'withdraw', version: 1 }),
      { status: 400, code: 'invalid-request', pointer: /id/ },
    );
  });
});

describe('a paper', () => {
  type Part = { name: string; value: string | Buffer; file?: string; type?: string };
  const form = (parts: readonly Part[], boundary = 'yilu-bad-input') =>
    Buffer.concat([
      ...parts.flatMap(({ name, value, file, type }) => [
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`,
        ),
        Buffer.from(value),
        Buffer.from('\r\n'),
      ]),
      Buffer.from(`--${boundary}--\r\n`),
    ]);
  const headers = { 'content-type': 'multipart/form-data; boundary=yilu-bad-input' };
  const fields = (): Part[] => [
    { name: 'personId', value: people.get('asking')!.personId },
    { name: 'kind', value: 'diagnosis' },
  ];
  const file = (value: string | Buffer, name = 'a.png', type = 'image/png'): Part => ({
    name: 'file',
    value,
    file: name,
    type,
  });
  const post = (parts: readonly Part[]) => player.send('POST', '/papers', form(parts), headers);

  test.for<[name: string, parts: () => Part[], wanted: Wanted]>([
    [
      'that is not what its name says',
      () => [...fields(), file('MZ this is a program', 'diagnosis.pdf', 'application/pdf')],
      { status: 415, code: 'wrong-media-type', pointer: '/file' },
    ],
    [
      'that is a picture and says PDF',
      () => [...fields(), file(on.picture, 'diagnosis.pdf', 'application/pdf')],
      { status: 415, code: 'wrong-media-type', pointer: '/file' },
    ],
    [
      'that is an HTML page',
      () => [...fields(), file('<!doctype html><script>alert(1)</script>', 'a.png')],
      { status: 415, code: 'wrong-media-type', pointer: '/file' },
    ],
    [
      'whose picture is cut off',
      () => [...fields(), file(on.picture.subarray(0, 60))],
      { status: 422, code: 'not-acceptable', pointer: '/file' },
    ],
    ['that is empty', () => [...fields(), file('')], { status: 422, code: 'not-acceptable', pointer: '/file' }],
    [
      'of a kind that no plan knows',
      () => [fields()[0]!, { name: 'kind', value: 'horoscope' }, file(on.picture)],
      { status: 422, code: 'not-acceptable', pointer: '/kind' },
    ],
    [
      'of somebody else',
      () => [
        { name: 'personId', value: people.get('stranger')!.personId },
        { name: 'kind', value: 'diagnosis' },
        file(on.picture),
      ],
      { status: 404, code: 'not-found', pointer: '/personId' },
    ],
    [
      'of nobody',
      () => [{ name: 'personId', value: 'nobody' }, { name: 'kind', value: 'diagnosis' }, file(on.picture)],
      { status: 404, code: 'not-found', pointer: '/personId' },
    ],
    [
      'with an unknown field',
      () => [...fields(), { name: 'colour', value: 'red' }, file(on.picture)],
      { status: 400, code: 'invalid-request', pointer: '/colour' },
    ],
    ['without a file', () => fields(), { status: 400, code: 'invalid-request' }],
    ['of two files', () => [...fields(), file(on.picture), file(on.picture)], { status: 400, code: 'invalid-request' }],
  ])('%s', ([, parts, wanted]) => refuses(() => post(parts()), wanted));

  test('of 200 MB is refused while it arrives', async () => {
    const chunk = Buffer.alloc(1 << 20, 7);
    const [head, tail] = [
      form([...fields(), file(on.picture)]).subarray(0, -Buffer.byteLength('\r\n--yilu-bad-input--\r\n')),
      Buffer.from('\r\n--yilu-bad-input--\r\n'),
    ];
    const body = Readable.from(
      (function* () {
        yield head;
        for (let n = 0; n < 200; n++) yield chunk;
        yield tail;
      })(),
    );
    await refuses(() => player.send('POST', '/papers', body, headers), {
      status: 413,
      code: 'too-large',
      pointer: '/file',
    });
  });

  test('sent twice is one paper; sent as JSON it is none', async () => {
    const first = await post([...fields(), file(on.picture)]);
    const before = await rowsOfAll();
    const again = await post([...fields(), file(on.picture)]);
    expect((again.body as { id: string }).id).toBe((first.body as { id: string }).id);
    const papers = (rows: Record<string, number>) => rows.papers;
    expect(papers(await rowsOfAll())).toBe(papers(before));
    await refuses(() => player.send('POST', '/papers', { kind: 'diagnosis' }), {
      status: 415,
      code: 'wrong-media-type',
    });
  });
});

describe('an address', () => {
  test.for<[path: string, who: string, wanted: Wanted]>([
    ['/cases?colour=red', 'asking', { status: 400, code: 'invalid-request', pointer: /colour/ }],
    ['/cases?limit=0', 'asking', { status: 400, code: 'invalid-request', pointer: /limit/ }],
    ['/cases?limit=1e9', 'asking', { status: 400, code: 'invalid-request', pointer: /limit/ }],
    ['/cases?limit=10&limit=20', 'asking', { status: 400, code: 'invalid-request', pointer: /limit/ }],
    ['/cases?cursor=nonsense', 'asking', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    [
      `/cases?cursor=${Buffer.from('["yesterday","x"]').toString('base64url')}`,
      'asking',
      { status: 400, code: 'invalid-request', pointer: '/cursor' },
    ],
    ['/worklist?cursor=nonsense', 'reviewer', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/worklist?cursor=-5', 'reviewer', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/worklist?cursor=99999999999999999999', 'reviewer', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/messages?cursor=nonsense', 'asking', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/disclosures?cursor=nonsense', 'asking', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/lists/hospitals?cursor=nonsense', 'asking', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/audit?cursor=nonsense', 'auditor', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/audit?day=2026-02-30', 'auditor', { status: 400, code: 'invalid-request', pointer: /day/ }],
    ['/approvals?cursor=nonsense', 'supervisor', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/breaches?cursor=nonsense', 'operations', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/clocks?cursor=nonsense', 'operations', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/complaint-desk?cursor=nonsense', 'supervisor', { status: 400, code: 'invalid-request', pointer: '/cursor' }],
    ['/lists/hospitals?q=%00', 'asking', { status: 400, code: 'invalid-request', pointer: /q/ }],
    ['/worklist?q=%00', 'reviewer', { status: 400, code: 'invalid-request', pointer: /q/ }],
    ['/audit?person=%00', 'auditor', { status: 400, code: 'invalid-request', pointer: /person/ }],
    ['/lists/no-such-list', 'asking', { status: 400, code: 'invalid-request', pointer: /list/ }],
    [
      '/services/no-such-service/form?policyId=00000000-0000-4000-8000-000000000000&personId=00000000-0000-4000-8000-000000000000',
      'asking',
      { status: 404, code: 'not-found' },
    ],
    ['/plans/no-such-plan/2024-05-23', 'planner', { status: 404, code: 'not-found' }],
    ['/clauses?plan=no-such-plan', 'asking', { status: 404, code: 'not-found' }],
    ['/papers?personId=1', 'asking', { status: 400, code: 'invalid-request', pointer: /personId/ }],
    ['/cases/%E0%A4%A', 'asking', { status: 400, code: 'invalid-request' }],
    ['/no/such/route', 'asking', { status: 404, code: 'not-found' }],
  ])('%s', async ([path, who, wanted]) => {
    const caller = await on.as(who);
    await refuses(() => caller.send('GET', path), wanted);
  });

  test('with words that look like SQL finds what is called so: nothing', async () => {
    expect(
      await player.must('GET', `/lists/hospitals?q=${encodeURIComponent("' or 1=1; drop table yilu.cases; --%_\\")}`),
    ).toMatchObject({ items: [], next: null });
    expect(
      await (await on.as('reviewer')).must('GET', `/worklist?q=${encodeURIComponent("MZ' or '1'='1")}`),
    ).toMatchObject({ items: [] });
  });
});

test('the sandbox’s time does not go back, nor to a moment without zone, nor to a day that does not exist', async () => {
  await refuses(() => player.send('POST', '/sandbox/clock', { now: '2026-11-01T10:00:00+08:00' }), {
    status: 422,
    code: 'clock-backwards',
  });
  await refuses(() => player.send('POST', '/sandbox/clock', { now: '2026-12-01T10:00:00' }), {
    status: 400,
    code: 'invalid-request',
  });
  await refuses(() => player.send('POST', '/sandbox/clock', { now: '2026-13-41T10:00:00+08:00' }), {
    status: 400,
    code: 'invalid-request',
  });
  await refuses(() => player.send('POST', '/sandbox/clock', { advance: 'a while' }), {
    status: 400,
    code: 'invalid-request',
  });
  await refuses(() => player.send('POST', '/sandbox/clock', { advance: 'PT9999999999999H' }), {
    status: 422,
    code: 'not-acceptable',
  });
});
