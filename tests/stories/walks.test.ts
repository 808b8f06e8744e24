/**
 * Random histories through HTTP, each step checked. The seed of a history that fails is in the message: YILU_WALK_SEED
 * tells it again. `npm run drill -- walks` takes 500; here as many as the budget of a file allows.
 */
import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { verifyAudit } from '#server/audit/verify.ts';
import { catchUp } from './steps.ts';
import { type History, openWorld, walkOnce } from './walker.ts';

const WANTED = Number(process.env.YILU_WALKS ?? 14);
const FIRST_SEED = Number(process.env.YILU_WALK_SEED ?? 1);
// A world costs as much as two or three histories; many histories share one.
const A_WORLD = WANTED < 50 ? 2 : 6;
/** Each world asks for one of these, in turn. */
const MATTERS = [
  { insurer: 'junlong', service: 'outpatient-access' },
  { insurer: 'qinghe', service: 'outpatient-access' },
  { insurer: 'junlong', service: 'inpatient-access' },
  { insurer: 'junlong', service: 'gene-test' },
  { insurer: 'junlong', service: 'second-opinion' },
  { insurer: 'junlong', service: 'special-drug' },
  { insurer: 'junlong', service: 'car-t' },
  { insurer: 'junlong', service: 'drug-aid' },
  { insurer: 'junlong', service: 'video-consultation' },
  { insurer: 'junlong', service: 'hospital-assist' },
] as const;

// Of few histories every matter has one at least.
const COUNT = Math.max(Math.ceil(WANTED / A_WORLD), Math.min(MATTERS.length, WANTED));
const before = (i: number): number => Math.ceil((i * WANTED) / COUNT);
const WORLDS = Array.from({ length: COUNT }, (_, i) => ({
  first: FIRST_SEED + before(i),
  ...MATTERS[i % MATTERS.length]!,
  size: before(i + 1) - before(i),
}));
const done: History[] = [];

test.for(WORLDS)(
  'whoever does what: uses, clocks, turns, record and replay agree after every step (histories from seed $first, $insurer, $service)',
  async ({ first, insurer, service, size }) => {
    const world = await openWorld(size, insurer, service);
    try {
      const histories: History[] = [];
      for (let n = 0; n < size; n++) histories.push(await walkOnce(world, n, first + n));
      done.push(...histories);
      expect(histories.flatMap(({ faults }) => faults)).toEqual([]);
      expect(histories.reduce((sum, { taken }) => sum + taken, 0)).toBeGreaterThan(3 * size);
      await world.on.advanceTo('2027-01-20T10:00:00+08:00');
      // A row waits for its seal while any older transaction of the server is open, be it another test's.
      const sealed = async () => {
        await catchUp(world.on);
        return verifyAudit(world.on.ctx);
      };
      await expect.poll(sealed, { timeout: 20_000 }).toMatchObject({ ok: true, unsealed: 0 });
      if (process.env.YILU_WALKS_REPORT)
        for (const history of histories) appendFileSync(process.env.YILU_WALKS_REPORT, `${JSON.stringify(history)}\n`);
    } finally {
      await world.on.close();
    }
  },
);
