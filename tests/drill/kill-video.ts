/**
 * Drill: two API processes and the worker are killed (SIGKILL) again and again while members wait for a doctor and
 * doctors take calls. Then every member was matched, none twice; no doctor had two members at once; nobody was forgotten.
 */
import { randomUUID } from 'node:crypto';
import type { DoctorDesk } from '#contract/video.ts';
import type { Player } from '#server/sandbox/player.ts';
import { figure, openDrillGround, type Process, remotePlayer } from './support/ground.ts';

const MEMBERS = Number(process.argv[2] ?? 24);
const KILLS = 9;
const SERVICE = 'video-consultation';
const NOTE = { complaint: '演练', advice: '演练', seekCare: '演练', redFlags: '演练' };
const AGAIN_MS = 60;
const LIMIT_MS = 240_000;

/** What a query finds is a fault. */
const WRONG: Readonly<Record<string, string>> = {
  'a member matched twice': `(select case_id from events where type = 'acceptCall' group by 1 having count(*) > (select 1 + count(*) from events d where d.case_id = events.case_id and d.type = 'doctorDropped')) x`,
  'an accepted offer without its event': `video_offers o where o.outcome = 'accepted' and not exists (select 1 from events e where e.case_id = o.case_id and e.type = 'acceptCall')`,
  'a doctor with two members at once': `video_offers a join video_offers b on a.doctor = b.doctor and a.id < b.id and a.outcome = 'accepted' and b.outcome = 'accepted'
     and tstzrange(a.answered_at, coalesce(a.free_at, 'infinity')) && tstzrange(b.answered_at, coalesce(b.free_at, 'infinity'))`,
  'somebody forgotten in the queue': 'video_queue',
  'a doctor who is busy with nothing': 'video_offers where free_at is null',
  'a consultation without its note': `cases where service = '${SERVICE}' and state in ('queued', 'waiting-again', 'in-call', 'noting')`,
  'a key without its answer': 'idempotency where status is null',
};

const drill = await openDrillGround(MEMBERS);
try {
  const start = performance.now();
  const apis: Process[] = [await drill.serve('api'), await drill.serve('api')];
  let worker = await drill.serve('worker');
  let [asked, noted, failed] = [0, 0, 0];
  const over = () => performance.now() - start > LIMIT_MS;
  /** Sends until there is an answer, as a browser that lost its connection does. */
  const insist = async <T>(send: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await send();
      } catch (error) {
        if (over() || (error as Error).message.includes(' answered ')) throw error;
        failed += 1;
        await new Promise((done) => setTimeout(done, AGAIN_MS));
      }
    }
  };
  const asks = async (player: Player, key: string, act: 'open' | 'use') => {
    const ids = drill.people.get(key)!;
    const { consents, notices } = await insist(() => player.form(SERVICE, ids.policyId, ids.personId));
    const body = {
      ...{ service: SERVICE, act, ...ids, form: act === 'use' ? { complaint: '演练' } : {} },
      consents: consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
      acknowledged: notices.map(({ id, version }) => ({ id, version })),
    };
    const once = { 'idempotency-key': randomUUID() };
    return insist(() => player.must<{ id: string }>('POST', '/cases', body, once));
  };
  const waits = async (player: Player, id: string, states: readonly string[]) => {
    for (;;) {
      const { state } = await insist(() => player.case(id));
      if (states.includes(state)) return;
      if (over()) throw new Error(`${id} is still ${state}`);
      await new Promise((done) => setTimeout(done, 300));
    }
  };
  const memberPlays = async (key: string, i: number) => {
    const player = remotePlayer(() => apis[i % 2]!);
    await insist(() => player.signIn(key));
    const { id } = await asks(player, key, 'open');
    await waits(player, id, ['open']);
    const { id: one } = await asks(player, key, 'use');
    asked += 1;
    await waits(player, one, ['follow-up']);
    noted += 1;
  };
  const done = () => noted === MEMBERS || over();
  const doctorPlays = async (account: string, i: number) => {
    const player = remotePlayer(() => apis[i % 2]!);
    await insist(() => player.signIn(account));
    while (!done()) {
      const desk = await insist(() => player.must<DoctorDesk>('POST', '/video/duty', { on: true }));
      // An answer that came too late is one: the next doctor has been asked.
      const accept = () => player.send('POST', `/video/offers/${desk.offer!.id}/accept`);
      if (desk.offer) await insist(accept);
      for (const caseId of [desk.call?.caseId, ...desk.toWrite.map((line) => line.caseId)]) {
        if (!caseId) continue;
        const step = async (type: string, payload: object = {}) => {
          const { status, body } = await insist(() => player.send('GET', `/cases/${caseId}`));
          const { version } = body as { version: number };
          if (status === 200)
            await insist(() => player.send('POST', `/cases/${caseId}/events`, { type, version, ...payload }));
        };
        await step('endCall');
        await step('releaseNote', NOTE);
      }
      await new Promise((wait) => setTimeout(wait, 50));
    }
  };
  const playing = Promise.all([
    ...[...drill.people.keys()].map(memberPlays),
    ...['video-doctor', 'video-doctor2'].map(doctorPlays),
  ]);
  playing.catch(() => {});
  for (let killed = 0; killed < KILLS; killed++) {
    await new Promise((wait) => setTimeout(wait, 500 + 150 * killed));
    if (killed % 3 === 2) {
      await worker.kill();
      worker = await drill.serve('worker');
    } else {
      await apis[killed % 2]!.kill();
      apis[killed % 2] = await drill.serve('api');
    }
  }
  const wrong: string[] = [];
  await playing.catch((error: Error) => wrong.push(error.message));
  for (const [what, from] of Object.entries(WRONG)) {
    const found = await drill.number(from);
    if (found > 0) wrong.push(`${what}: ${found}`);
  }
  for (const one of [...apis, worker]) await one.stop();
  figure('kill -9 while doctors are matched', wrong.length === 0 && noted === MEMBERS, {
    ...{ members: MEMBERS, asked, noted, kills: KILLS, sentAgain: failed },
    seconds: Math.round((performance.now() - start) / 1000),
    ...(wrong.length > 0 ? { wrong } : {}),
  });
} finally {
  await drill.close();
}
