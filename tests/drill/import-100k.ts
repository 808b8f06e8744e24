/** Drill: 100,000 policies of as many persons in one run (issue, 13), once and again. Prints one line a figure. */

import { once } from 'node:events';
import { chmodSync, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { residentCheckCharacter } from '#domain/identity/resident-id.ts';
import { loadPlans } from '#plans/load.ts';
import { importFile } from '#server/imports/import-file.ts';
import { fixedClock, sandboxStart } from '#server/platform/clock.ts';
import { openPool } from '#server/platform/db.ts';
import { startEmbeddedPostgres } from '#server/platform/embedded-postgres.ts';
import { makeKeyRing } from '#server/platform/keys.ts';
import { migrate } from '#server/platform/migrate.ts';
import { policyColumns } from '#server/policies/columns.ts';

const ROWS = Number(process.argv[2] ?? 100_000);
const MAX_SECONDS = 180;
const MAX_MIB = 700;

/** One person a row, insured and policyholder, with a right check digit. */
function csvRow(n: number): string {
  const bornOn = new Date(Date.UTC(1950, 0, 1 + (n % 18_000))).toISOString().slice(0, 10);
  const first17 = `${110101 + Math.floor(n / 1_000_000)}${bornOn.replaceAll('-', '')}${String(Math.floor(n / 18_000) % 1000).padStart(3, '0')}`;
  const id = `${first17}${residentCheckCharacter(first17)}`;
  const cells: Record<string, string> = {
    policyNo: `D${n}`,
    name: `示例${n}`,
    policyholderName: `示例${n}`,
    idNumber: id,
    policyholderIdNumber: id,
    sex: '',
    bornOn,
    policyholderBornOn: bornOn,
    phone: `199${String(n).padStart(8, '0')}`,
    policyholderPhone: '',
    parameters: '',
  };
  return policyColumns.map(({ name, example }) => cells[name] ?? example).join(',');
}

const folder = mkdtempSync(join(tmpdir(), 'yilu-drill-'));
chmodSync(folder, 0o755); // As root the server runs as another user, who must get in.
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg') });
const options = { appUrl: server.appUrl, applicationName: 'yilu drill', statementTimeoutMs: 600_000 };
const pool = openPool(options, 'drill');
let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 50);
try {
  await migrate({ ...server, mode: 'sandbox' });
  const owner = openPool({ ...options, appUrl: server.ownerUrl });
  await owner.query(`insert into yilu.insurers (code, name_zh, name_en) values ('drill', '演练', 'Drill')`);
  await owner.end();

  const path = join(folder, 'policies.csv');
  const out = createWriteStream(path);
  out.write(`${policyColumns.map(({ heading }) => heading.zh).join(',')}\n`);
  for (let n = 0; n < ROWS; n++) if (!out.write(`${csvRow(n)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');

  const keyRing = makeKeyRing('k1', new Map([['k1', Buffer.alloc(32, 1)]]));
  const ctx = { insurer: 'drill', pool, keyRing, plans: loadPlans().plans, clock: fixedClock(sandboxStart) };
  for (const [figure, wanted] of [
    ['import-100k', { added: ROWS, unchanged: 0 }],
    ['import-100k-again', { added: 0, unchanged: ROWS }],
  ] as const) {
    const start = performance.now();
    const report = await importFile(ctx, 'policies', path);
    const seconds = (performance.now() - start) / 1000;
    const mib = Math.round(peak / 1_048_576);
    const right =
      report.applied && report.added === wanted.added && report.unchanged === wanted.unchanged && report.changed === 0;
    const kept = right && seconds <= MAX_SECONDS && mib <= MAX_MIB;
    console.log(
      JSON.stringify({
        figure,
        ok: kept,
        rows: ROWS,
        seconds: Number(seconds.toFixed(1)),
        rowsPerSecond: Math.round(ROWS / seconds),
        peakMiB: mib,
        faults: report.faults.length,
      }),
    );
    if (!kept) process.exitCode = 1;
  }
} finally {
  clearInterval(watch);
  await pool.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
