/** The database goes away in mid-request: the caller is told to come again, nothing is half done, the same key repeats it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passCheck } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { requestBody } from './outpatient.ts';
import { newMember } from './steps.ts';

let on: TestApp;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

/** Holds a table so that the next request that needs it stands inside its transaction, and lets go again. */
async function holding<T>(table: string, work: () => Promise<T>): Promise<T> {
  const owner = await on.database.owner.connect();
  try {
    await owner.query(`begin; lock table yilu.${table} in access exclusive mode`);
    return await work();
  } finally {
    await owner.query('rollback');
    owner.release();
  }
}
const ofApp = `datname = current_database() and application_name = 'yilu test'`;
/** Ends the backend that waits for the held table, as a restart of the server would. */
async function cutWaiting(): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { rows } = await on.database.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where ${ofApp} and wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('No request came to the held table');
}
type Sent = Awaited<ReturnType<TestApp['app']['inject']>>;
async function signIn(account: string): Promise<string> {
  const answer = await inject('POST', '/sandbox/sign-in', '', { account }, randomUUID());
  return String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!;
}
const inject = (
  method: 'GET' | 'POST',
  path: string,
  cookie: string,
  payload: object | undefined,
  key: string,
): Promise<Sent> =>
  on.app.inject({
    method,
    url: `/api${path}`,
    headers: { host: 'junlong.localhost', cookie, 'idempotency-key': key },
    ...(payload ? { payload } : {}),
  });
const said = (answer: Sent) => [answer.statusCode, answer.json().code, answer.headers['retry-after']];

test('a backend that is terminated inside a transaction: 503 with Retry-After, nothing kept, and the same key then does it', async () => {
  const { ids } = await newMember(on, 'cut-off');
  const member = await on.as('cut-off');
  const body = await requestBody(on, member, ids);
  const cookie = await signIn('cut-off');
  const key = randomUUID();
  const cut = await holding('entitlements', async () => {
    const sent = inject('POST', '/cases', cookie, body, key);
    await cutWaiting();
    return sent;
  });
  expect(said(cut)).toEqual([503, 'not-ready', '5']);
  expect(cut.headers['content-type']).toContain('application/problem+json');
  expect(await member.must('GET', '/cases')).toMatchObject({ items: [] });
  const again = await inject('POST', '/cases', cookie, body, key);
  expect(again.statusCode).toBe(201);
  expect(await member.must<{ items: unknown[] }>('GET', '/cases')).toMatchObject({ items: [{ id: again.json().id }] });
});

test('no connection to be had, on the way or at all: 503 too, also where the answer is kept beside the action', async () => {
  const { persona, ids } = await newMember(on, 'unreachable');
  const desk = await on.as('desk');
  await passCheck(desk, persona, ids.personId);
  const cookie = await signIn('desk');
  const { rows } = await on.database.owner.query('select current_database() as name');
  const limit = (most: number) => on.database.owner.query(`alter database ${rows[0].name} connection limit ${most}`);
  try {
    const cut = await holding('desk_checks', async () => {
      const sent = inject('POST', '/desk/checks', cookie, { personId: ids.personId }, randomUUID());
      await limit(0);
      await cutWaiting();
      await on.database.owner.query(`select pg_terminate_backend(pid) from pg_stat_activity where ${ofApp}`);
      return sent;
    });
    expect(said(cut)).toEqual([503, 'not-ready', '5']);
    expect(said(await inject('GET', '/benefits', cookie, undefined, randomUUID()))).toEqual([503, 'not-ready', '5']);
  } finally {
    await limit(-1);
  }
  expect((await desk.send('GET', `/desk/persons/${ids.personId}`)).status).toBe(200);
});
