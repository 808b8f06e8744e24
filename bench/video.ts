/**
 * Matching in a peak: 5,000 members come as fast as two processes can take them, 200 doctors take each offer at once and
 * are free again, so that the matching itself is what is waited for and not the length of the calls. Time from joining
 * the queue to the offer, statements a match, and whether anybody was matched twice.
 */
import pg from 'pg';
import { buildApp } from '#server/app.ts';
import { type InsurerContext, openGround } from '#server/ground.ts';
import { importFile } from '#server/imports/import-file.ts';
import { machineNow } from '#server/platform/clock.ts';
import { inTransaction } from '#server/platform/db.ts';
import { Player } from '#server/sandbox/player.ts';
import { dispatchAfter } from '#server/video/dispatch.ts';
import {
  answer,
  countCallOf,
  endRoomOf,
  endWaiting,
  findWaitingForUpdate,
  freeDoctorOf,
  putOnDuty,
  setWaiting,
} from '#server/video/queries.ts';
import { type DrillGround, openDrillGround } from '#tests/drill/support/ground.ts';
import type { Print } from './run.ts';

const MEMBERS = 5000;
const DOCTORS = 200;
const SERVICE = 'video-consultation';
/** As many as a process has connections, but one for its doctors. */
const AT_ONCE = 6;

export async function run(print: Print): Promise<void> {
  const drill = await openDrillGround(1);
  const other = await openGround(drill.config, drill.ground.appUrl, 'bench');
  try {
    const contexts = [drill.ground.contexts[0]!, other.contexts[0]!];
    const cases = await layCases(drill, contexts[0]!);
    await layDoctors(contexts[0]!);
    let statements = 0;
    const uncounted = pg.Client.prototype.query;
    pg.Client.prototype.query = function counted(this: pg.Client, ...args: never[]) {
      statements += 1;
      return uncounted.apply(this, args as never);
    } as never;
    const start = performance.now();
    const waits = await Promise.all(
      contexts.map((ctx, i) =>
        playPeak(
          ctx,
          cases.filter((_, n) => n % contexts.length === i),
        ),
      ),
    );
    const seconds = (performance.now() - start) / 1000;
    pg.Client.prototype.query = uncounted;
    const { rows } = await drill.owner.query<{ n: number; twice: number }>(
      `select count(distinct case_id)::int as n, (count(*) - count(distinct case_id))::int as twice
         from video_offers where outcome = 'accepted'`,
    );
    const { n, twice } = rows[0]!;
    const waited = waits.flat().sort((one, another) => one - another);
    const at = (share: number) => Math.round(waited[Math.ceil(share * waited.length) - 1]!);
    const shared = await drill.owner.query<{ least: number; most: number }>(
      'select min(load) as least, max(load) as most from video_doctors',
    );
    if (n !== MEMBERS || twice > 0) throw new Error(`${n} of ${MEMBERS} members were matched, ${twice} of them twice`);
    print({
      bench: 'video: time to match in a peak',
      value: at(0.5),
      unit: 'ms',
      p99ms: at(0.99),
      mostMs: at(1),
      members: MEMBERS,
      doctors: DOCTORS,
      processes: contexts.length,
      double: twice,
      fewestCalls: shared.rows[0]!.least,
      mostCalls: shared.rows[0]!.most,
    });
    print({ bench: 'video: matches', value: Math.round(n / seconds), unit: 'matches/s' });
    print({
      bench: 'video: statements, from joining the queue to the free doctor',
      value: Number((statements / n).toFixed(1)),
      unit: 'statements/match',
    });
  } finally {
    await other.close();
    await drill.close();
  }
}

/** One case asked for through HTTP, and as many copies of its row as there are members; the queue reads no more of it. */
async function layCases(drill: DrillGround, ctx: InsurerContext): Promise<string[]> {
  const app = await buildApp({
    config: drill.config,
    database: drill.ground.database,
    contexts: [ctx],
    quiet: true,
    webRoot: '/nowhere',
  });
  const player = new Player(app, 'localhost');
  await player.signIn('m0');
  const ids = drill.people.get('m0')!;
  const { consents, notices } = await player.form(SERVICE, ids.policyId, ids.personId);
  const { id } = await player.request({
    service: SERVICE,
    act: 'open',
    ...ids,
    consents: consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: notices.map((notice) => ({ id: notice.id, version: notice.version })),
  });
  await app.close();
  const { rows } = await drill.owner.query<{ names: string }>(
    `select string_agg(quote_ident(column_name), ', ') as names from information_schema.columns
      where table_schema = 'yilu' and table_name = 'cases' and column_name not in ('id', 'number')`,
  );
  const columns = rows[0]!.names;
  const copies = await drill.owner.query<{ id: string }>(
    `insert into cases (id, number, ${columns}) select gen_random_uuid(), 'BENCH-' || n, ${columns}
       from cases, generate_series(1, $2) n where id = $1 returning id`,
    [id, MEMBERS],
  );
  return copies.rows.map((row) => row.id);
}

async function layDoctors(ctx: InsurerContext): Promise<void> {
  const keys = Array.from({ length: DOCTORS }, (_, i) => `bench-${i}`);
  const head = '执业证书编号,医生姓名,医院,级别,等次,科室,职称,在职,资质有效至,示例';
  const rows = keys.map((key) => `${key},示例${key},示例市人民医院,三级,甲等,全科,主治医师,是,2030-01-01,是`);
  const { faults } = await importFile(ctx, 'video-doctors', {
    name: 'doctors.csv',
    content: Buffer.from([head, ...rows].join('\n')),
  });
  if (faults.length > 0) throw new Error(JSON.stringify(faults[0]));
  const now = await ctx.clock.now(ctx.pool);
  // Pages that stay open: heartbeats are not what is measured.
  const seen = new Date(machineNow().getTime() + 3_600_000);
  for (const key of keys) await putOnDuty(ctx.pool, ctx, key, true, now, seen);
}

/**
 * One process: its members join the queue, and doctors take whatever is offered, wherever it was matched. Answers with the
 * milliseconds from each member's request until a doctor saw her.
 */
async function playPeak(ctx: InsurerContext, cases: readonly string[]): Promise<number[]> {
  const coming = [...cases];
  const joined = new Map<string, number>();
  const waits: number[] = [];
  const join = async () => {
    for (let caseId = coming.pop(); caseId; caseId = coming.pop()) {
      const one = caseId;
      joined.set(one, performance.now());
      await inTransaction(ctx.pool, async (db) => {
        const since = await ctx.clock.now(db);
        await setWaiting(db, ctx, {
          caseId: one,
          since,
          again: false,
          callBack: false,
          emergency: false,
          notDoctor: null,
        });
        dispatchAfter(db, ctx);
      });
    }
  };
  const mine = new Set(cases);
  const joining = Promise.all(Array.from({ length: AT_ONCE }, join));
  while (mine.size > 0) {
    const { rows } = await ctx.pool.query<{ id: string; caseId: string; doctor: string }>(
      `select id, case_id as "caseId", doctor from video_offers where insurer = $1 and outcome is null`,
      [ctx.insurer],
    );
    const taken = rows.filter(({ caseId }) => mine.has(caseId));
    for (const { caseId } of taken) waits.push(performance.now() - joined.get(caseId)!);
    if (taken.length === 0) await new Promise((done) => setTimeout(done, 2));
    await Promise.all(taken.map((offer) => take(ctx, offer)));
    for (const { caseId } of taken) mine.delete(caseId);
  }
  await joining;
  return waits;
}

/** What accepting, hanging up and releasing the note do to the queue, at once. */
const take = (ctx: InsurerContext, offer: { id: string; caseId: string; doctor: string }) =>
  inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    await findWaitingForUpdate(db, ctx, offer.caseId);
    if (!(await answer(db, ctx, offer.id, 'accepted', now))) throw new Error(`The offer ${offer.id} was taken twice`);
    await endWaiting(db, ctx, offer.caseId);
    await countCallOf(db, ctx, offer.doctor);
    await endRoomOf(db, ctx, offer.caseId, now, false);
    await freeDoctorOf(db, ctx, offer.caseId, now);
    dispatchAfter(db, ctx);
  });
