/** The migration that made complaints of appeals, on appeals as they lay in a database before it. */
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { migrate } from '#server/platform/migrate.ts';
import { withDatabase } from '#tests/with-database.ts';

const ALL = join(import.meta.dirname, '../platform/migrations');
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;

test('appeals become complaints of two insurers, numbered by day, with their answers, and open ones with their timers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'yilu-appeals-'));
  try {
    await withDatabase(
      async ({ ownerUrl, appUrl, owner }) => {
        const files = readdirSync(ALL).sort();
        for (const file of files.filter((name) => name < '0355')) copyFileSync(join(ALL, file), join(folder, file));
        await migrate({ ownerUrl, appUrl, mode: 'sandbox', folder });
        for (const [insurer, n] of [
          ['a', 1],
          ['b', 2],
        ] as const) {
          const run = (text: string, values: unknown[]) => owner.query(text, [insurer, ...values]);
          await owner.query('insert into yilu.insurers (code, name_zh, name_en, hosts) values ($1, $1, $1, $2)', [
            insurer,
            [insurer],
          ]);
          await run(
            `insert into yilu.persons (insurer, id, sealed, name_hash, mainland_citizen, created_at) values ($1, $2, '\\x00', '\\x00', true, now())`,
            [id(n)],
          );
          await run(
            `insert into yilu.accounts (insurer, id, kind, person_id, roles, state, sealed, created_at) values ($1, $2, 'member', $3, '{member}', 'active', '\\x00', now())`,
            [id(3), id(n)],
          );
          for (const [decision, appeal, state] of [
            [id(4), id(6), 'open'],
            [id(5), id(7), 'overturned'],
          ] as const) {
            await run(
              `insert into yilu.decisions (insurer, id, policy_id, person_id, plan, service, outcome, decided_at, taken_by, sealed)
               values ($1, $2, $2, $3, 'p', 'outpatient-access', 'refused', '2026-11-01T00:00:00Z', 'rules', '\\x00')`,
              [decision, id(n)],
            );
            await run(
              `insert into yilu.appeals (insurer, id, decision_id, person_id, filed_at, filed_by, due_at, sealed, state, answered_by, answered_at)
               values ($1, $2, $3, $4, '2026-11-01T20:00:00Z', $5, '2026-11-17T16:00:00Z', '\\x01', $6, $7, $8)`,
              [
                appeal,
                decision,
                id(n),
                id(3),
                state,
                state === 'open' ? null : id(3),
                state === 'open' ? null : '2026-11-18T00:00:00Z',
              ],
            );
          }
        }
        for (const file of files.filter((name) => name >= '0355')) copyFileSync(join(ALL, file), join(folder, file));
        await migrate({ ownerUrl, appUrl, mode: 'sandbox', folder });
        const { rows } = await owner.query(
          `select q.insurer, q.id, q.number, q.kind, q.relation, q.state, q.sealed_as, r.outcome, r.breached_at is not null as late,
             (select string_agg(e.type, ' ' order by e.at) from yilu.complaint_events e where e.insurer = q.insurer and e.complaint_id = q.id) as history,
             (select count(*)::int from yilu.timers t where t.insurer = q.insurer and t.subject = q.id) as timers
           from yilu.complaints q join yilu.complaint_rounds r on r.insurer = q.insurer and r.complaint_id = q.id order by q.insurer, q.id`,
        );
        const shared = { kind: 'decision', relation: 'self', sealed_as: 'appeals' };
        const of = (insurer: string) => [
          // 20:00 in UTC is the next day in Shanghai.
          {
            insurer,
            ...shared,
            id: id(6),
            number: 'TS-261102-0001',
            state: 'received',
            outcome: null,
            late: false,
            history: 'filed',
            timers: 3,
          },
          {
            insurer,
            ...shared,
            id: id(7),
            number: 'TS-261102-0002',
            state: 'answered',
            outcome: 'overturned',
            late: true,
            history: 'filed answered',
            timers: 0,
          },
        ];
        expect(rows).toEqual([...of('a'), ...of('b')]);
        const { rows: keys } = await owner.query(
          `select kind, due_at as "dueAt", unique_key as key, data from yilu.timers where insurer = 'a' order by due_at`,
        );
        const due = '2026-11-17T16:00:00.000Z';
        expect(keys.at(-1)).toEqual({
          kind: 'complaint-due',
          dueAt: new Date(due),
          key: `complaint/${id(6)}/1/${due}/0`,
          data: { round: 1, due },
        });
      },
      { empty: true },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
