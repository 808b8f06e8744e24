/**
 * Drill: 200 members at once through two API processes; 200 simultaneous requests for one use give exactly one case; and
 * 10,000 due timers drained by two workers, none run twice. One line a figure.
 */
import { randomUUID } from 'node:crypto';
import { uuidv7 } from '#server/platform/ids.ts';
import type { Player } from '#server/sandbox/player.ts';
import { figure, INSURER, openDrillGround, remotePlayer, requestOf } from './support/ground.ts';

const MEMBERS = 200;
const TIMERS = Number(process.argv[2] ?? 10_000);
const MAX_P99_MS = 60_000;
const MAX_DRAIN_SECONDS = 240;

/** Too many at once is answered 503 with nothing done: a client asks again, and how often is told. */
let turnedAway = 0;
async function patient<T>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error as Error).message.includes(' answered 503')) throw error;
      turnedAway += 1;
      await new Promise((done) => setTimeout(done, 500));
    }
  }
}

const rounded = (value: number) => Number(value.toFixed(1));
const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

const drill = await openDrillGround(MEMBERS + 1);
try {
  const apis = [await drill.serve('api'), await drill.serve('api')] as const;
  const keys = [...drill.people.keys()];
  const crowd = keys.slice(0, MEMBERS);
  const players = new Map<string, Player>();
  for (const [i, key] of keys.entries()) {
    const player = remotePlayer(() => apis[i % 2]!);
    await player.signIn(key);
    players.set(key, player);
  }

  // Each asks, looks, and looks at the list of her cases, all of them at once.
  const took: number[] = [];
  const timed = async <T>(work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    took.push(performance.now() - start);
    return result;
  };
  // The same for all; without papers, which are asked for, so that each case waits.
  const form = await requestOf(players.get(crowd[0]!)!, drill.people.get(crowd[0]!)!, null);
  const start = performance.now();
  const faults = (
    await Promise.allSettled(
      crowd.map(async (key) => {
        const player = players.get(key)!;
        const body = { ...form, ...drill.people.get(key)! };
        const headers = { 'idempotency-key': randomUUID() };
        const { id } = await timed(() => patient(() => player.must<{ id: string }>('POST', '/cases', body, headers)));
        await timed(() => patient(() => player.case(id)));
        await timed(() => patient(() => player.must('GET', '/benefits')));
        await timed(() => patient(() => player.must('GET', '/cases')));
      }),
    )
  ).flatMap((one) => (one.status === 'rejected' ? [String(one.reason).slice(0, 200)] : []));
  const seconds = (performance.now() - start) / 1000;
  took.sort((a, b) => a - b);
  const cases = await drill.number('cases');
  figure('200 members at once', faults.length === 0 && cases === MEMBERS && at(took, 0.99) <= MAX_P99_MS, {
    processes: 2,
    cases,
    answers: took.length,
    turnedAway,
    perSecond: Math.round(took.length / seconds),
    p50ms: rounded(at(took, 0.5)),
    p99ms: rounded(at(took, 0.99)),
    ...(faults.length > 0 ? { faults: faults.slice(0, 3) } : {}),
  });

  // One member, one use, two processes, 200 requests.
  const last = keys.at(-1)!;
  const doors = apis.map((api) => remotePlayer(() => api));
  for (const door of doors) await door.signIn(last);
  const body = await requestOf(doors[0]!, drill.people.get(last)!, drill.picture);
  const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => doors[i % 2]!.send('POST', '/cases', body)));
  const taken = answers.filter(({ status }) => status === 201).length;
  const refused = answers.filter(
    ({ status, body: answer }) => status === 409 && JSON.stringify(answer).includes('held-by-open-case'),
  ).length;
  const held = await drill.number('cases where person_id = $1', [drill.people.get(last)!.personId]);
  figure('200 requests for one use', taken === 1 && refused === 199 && held === 1, {
    processes: 2,
    taken,
    refused,
    cases: held,
  });
  for (const api of apis) await api.stop();

  // Reminders that are due, spread over the cases that wait for papers. What finishes a timer is counted by the database.
  await drill.owner.query(`create table drill_runs (timer uuid not null);
    create function drill_count() returns trigger language plpgsql security definer as $$ begin insert into yilu.drill_runs values (new.id); return new; end $$;
    create trigger drill_count after update of done_at on timers for each row execute function drill_count()`);
  // As the case's own reminders are, each speaking of its last asking.
  const due = await drill.ground.contexts[0]!.clock.now(drill.ground.database.system);
  await drill.owner.query(
    `insert into timers (insurer, id, due_at, kind, subject, unique_key, data)
     select $1, t.id, $2, 'pursuit-remind', o.subject, 'drill/' || t.id, o.data
       from unnest($3::uuid[]) with ordinality t (id, n)
       join (select *, row_number() over (order by subject) - 1 as n, count(*) over () as all
               from (select distinct on (subject) subject, data from timers where kind = 'pursuit-remind' order by subject, due_at) x) o on o.n = t.n % o.all`,
    [INSURER, due, Array.from({ length: TIMERS }, () => uuidv7())],
  );
  const workers = [await drill.serve('worker'), await drill.serve('worker')];
  const began = performance.now();
  const open = () =>
    drill.number(`timers where kind = 'pursuit-remind' and unique_key like 'drill/%' and done_at is null`);
  while ((await open()) > 0 && performance.now() - began < MAX_DRAIN_SECONDS * 1000)
    await new Promise((done) => setTimeout(done, 250));
  const drained = (performance.now() - began) / 1000;
  for (const worker of workers) await worker.stop();
  const [left, runs, twice, told, failed] = [
    await open(),
    await drill.number(`drill_runs r join timers t on t.id = r.timer where t.unique_key like 'drill/%'`),
    await drill.number('(select timer from drill_runs group by timer having count(*) > 1) x'),
    await drill.number(`outbox where unique_key like '%drill/%'`),
    await drill.number('timers where attempts > 0'),
  ];
  figure('10,000 due timers', left === 0 && twice === 0 && runs === TIMERS && told === TIMERS && failed === 0, {
    workers: 2,
    timers: TIMERS,
    left,
    runs,
    twice,
    told,
    failed,
    seconds: rounded(drained),
    perSecond: Math.round(TIMERS / drained),
  });
} finally {
  await drill.close();
}
