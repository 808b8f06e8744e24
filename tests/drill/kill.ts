/**
 * Drill: API and worker are killed (SIGKILL) again and again while members write. Every write is sent until it is
 * answered, under one Idempotency-Key. Then nothing may be half done, nothing done twice, and the audit must verify.
 */

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Player } from '#server/sandbox/player.ts';
import { figure, INSURER, openDrillGround, remotePlayer, requestOf } from './support/ground.ts';

const MEMBERS = Number(process.argv[2] ?? 40);
const KILLS = 8;
const AGAIN_MS = 60;

/** Half-done work of every kind: what a query finds is a fault. */
const HALF_DONE: Readonly<Record<string, string>> = {
  'a case without its events': 'cases c where c.last_seq <> (select count(*) from events e where e.case_id = c.id)',
  'a state that is not the last event’s':
    'cases c join events e on e.case_id = c.id and e.seq = c.last_seq where e.state_after <> c.state',
  'a case that holds no use': `cases c where not exists (select 1 from uses u where u.case_id = c.id and u.move = 'hold')`,
  'a case without its clocks':
    'cases c where (select count(*) from clocks k where k.case_id = c.id and not k.target) <> 2',
  'a clock without its timer': `clocks k where not exists (select 1 from timers t where t.subject = k.id and t.kind = 'clock-due')`,
  'an event without its audit row': `events e where not exists (select 1 from audit a where a.case_id = e.case_id and a.action = 'case.' || e.type)`,
  'a case without its decision': 'cases c where not exists (select 1 from decisions d where d.person_id = c.person_id)',
  'a case without its consent': 'consents s where not exists (select 1 from cases c where c.id = s.case_id)',
  'a key without its answer': 'idempotency i where i.status is null',
};

const drill = await openDrillGround(MEMBERS);
try {
  const start = performance.now();
  let api = await drill.serve('api');
  let worker = await drill.serve('worker');
  let over = false;
  let failed = 0;
  /** Sends until there is an answer, as a browser that lost its connection does. */
  const insist = async <T>(send: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        // An answer is final, whatever it says; only a connection that broke is tried again.
        if (over || (error as Error).message.includes(' answered ')) throw error;
        failed += 1;
        await new Promise((done) => setTimeout(done, AGAIN_MS));
      }
    }
  };
  const wrong: string[] = [];
  const write = async (key: string) => {
    const player: Player = remotePlayer(() => api);
    const ids = drill.people.get(key)!;
    await insist(() => player.signIn(key));
    const body = await insist(() => requestOf(player, ids, drill.picture));
    const asked = { 'idempotency-key': randomUUID() };
    const { id } = await insist(() => player.must<{ id: string }>('POST', '/cases', body, asked));
    const again = await insist(() => player.must<{ id: string }>('POST', '/cases', body, asked));
    if (again.id !== id) wrong.push(`${key}: the same key gave two cases`);
    const withdrawn = { 'idempotency-key': randomUUID() };
    const { version } = await insist(() => player.case(id));
    const closed = await insist(() =>
      player.must<{ state: string }>('POST', `/cases/${id}/events`, { type: 'withdraw', version }, withdrawn),
    );
    if (closed.state !== 'closed-withdrawn') wrong.push(`${key}: ${closed.state}`);
  };
  const writing = Promise.all([...drill.people.keys()].map(write));
  writing.catch(() => {});
  let killed = 0;
  for (; killed < KILLS; killed++) {
    await new Promise((done) => setTimeout(done, 150 + 70 * killed));
    if (killed % 2 === 0) {
      await api.kill();
      api = await drill.serve('api');
    } else {
      await worker.kill();
      worker = await drill.serve('worker');
    }
  }
  const late = setTimeout(() => {
    over = true;
  }, 90_000);
  await writing;
  clearTimeout(late);

  for (const [what, from] of Object.entries(HALF_DONE)) {
    const found = await drill.number(from);
    if (found > 0) wrong.push(`${what}: ${found}`);
  }
  const cases = await drill.number('cases');
  const released = await drill.number(`uses where move = 'release'`);
  if (cases !== MEMBERS || released !== MEMBERS)
    wrong.push(`${cases} cases and ${released} releases of ${MEMBERS} members`);
  const { rows } = await drill.owner.query<{ key: string }>('select storage_key as key from papers');
  const lost = rows.filter(({ key }) => !existsSync(join(drill.config.dataDir, 'papers', key)));
  if (lost.length > 0) wrong.push(`papers without their file: ${lost.length}`);

  // The worker that lives drains what the dead ones left; then each message is there once and the chain is whole.
  const until = Date.now() + 30_000;
  const left = () => drill.number(`outbox where insurer = $1 and done_at is null`, [INSURER]);
  const unsealed = () => drill.number('audit a where not exists (select 1 from audit_links l where l.audit_id = a.id)');
  while (Date.now() < until && ((await left()) > 0 || (await unsealed()) > 0))
    await new Promise((done) => setTimeout(done, 200));
  if ((await left()) > 0) wrong.push(`messages that nobody sent: ${await left()}`);
  const twice = await drill.number(
    '(select outbox_id, owner_id from inbox_messages group by 1, 2 having count(*) > 1) x',
  );
  if (twice > 0) wrong.push(`messages told twice: ${twice}`);
  await api.stop();
  await worker.stop();
  if ((await drill.yilu('audit', 'verify')) !== 0) wrong.push('the audit does not verify');
  const seconds = Math.round((performance.now() - start) / 1000);
  figure('kill -9', wrong.length === 0, {
    members: MEMBERS,
    kills: killed,
    sentAgain: failed,
    cases,
    audit: await drill.number('audit'),
    seconds,
    ...(wrong.length > 0 ? { wrong } : {}),
  });
} finally {
  await drill.close();
}
