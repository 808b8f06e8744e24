import { formatInstant } from '#domain/calendar/day.ts';
import { type Db, inTransaction, type Pool, query, queryOne, sql } from './db.ts';
import { Problem } from './problem.ts';

/**
 * Business time: what clocks, lapses, reminders and effective days are counted in. Whoever needs it asks once at the
 * edge and passes the moment on; SQL gets it as a parameter.
 */
export interface BusinessClock {
  /** The moment it is in business. In the sandbox this reads one row. */
  now(db: Db): Promise<Date>;
}

/** Machine time: sessions, one-time codes, rate limits, delivery retries, logs. Never moved by the sandbox. */
export function machineNow(): Date {
  return new Date();
}

/** Production: business time is the system's time. */
export const systemClock: BusinessClock = { now: async () => machineNow() };

/** A clock that stands where it was put: tests and replayed histories. */
export function fixedClock(start: Date): BusinessClock & { moveTo(moment: Date): void } {
  let now = start;
  return {
    now: async () => now,
    moveTo(moment) {
      if (moment < now) throw new Problem('clock-backwards');
      now = moment;
    },
  };
}

/** Wednesday; the contract, section 4. */
export const sandboxStart = new Date('2026-11-18T10:00:00+08:00');

interface Anchors {
  readonly business: Date;
  readonly machine: Date;
}

const anchors = 'select anchor_business as business, anchor_machine as machine from sandbox_clock';
const readAnchors = sql<Anchors>('clock.readAnchors', anchors);
const lockAnchors = sql<Anchors>('clock.lockAnchors', `${anchors} for update`);
const insertAnchors = sql<never>(
  'clock.insertAnchors',
  'insert into sandbox_clock (anchor_business, anchor_machine) values ($1, $2) on conflict do nothing',
);
const updateAnchors = sql<never>(
  'clock.updateAnchors',
  'update sandbox_clock set anchor_business = $1, anchor_machine = $2',
);

/** The sandbox's time: stored, at real speed, forward only. Throws when it was never started. */
export const sandboxClock: BusinessClock = {
  now: async (db) => running(await queryOne(db, readAnchors)),
};

/** Starts the sandbox's time unless it runs already. */
export async function startSandboxClock(db: Db, at: Date = sandboxStart): Promise<void> {
  await query(db, insertAnchors, [at, machineNow()]);
}

/** Throws with what to do when the sandbox has no sample data yet, so that a part does not run beside nothing. */
export async function assertSandboxStarted(db: Db): Promise<void> {
  if (!(await queryOne(db, readAnchors)))
    throw new Error('The sandbox has no sample data yet: run "npm start" once, it lays them.');
}

/**
 * Locks the sandbox's clock until the transaction ends and returns the time. Whoever moves time takes this first, so
 * that two moves never mix.
 */
export async function lockSandboxClock(db: Db): Promise<Date> {
  return running(await queryOne(db, lockAnchors));
}

/** Moves the sandbox's time forward to a moment; `clock-backwards` (422) for an earlier one. Does not run what falls due. */
export async function moveSandboxClock(db: Db, to: Date): Promise<void> {
  const now = await lockSandboxClock(db);
  if (to < now) {
    throw new Problem('clock-backwards', {
      detail: {
        zh: `沙箱现在是 ${formatInstant(now)}；${formatInstant(to)} 已经过去。`,
        en: `It is ${now.toISOString()} in the sandbox; ${to.toISOString()} is past.`,
      },
    });
  }
  await query(db, updateAnchors, [to, machineNow()]);
}

/** `moveSandboxClock` in a transaction of its own. */
export function moveSandboxClockTo(pool: Pool, to: Date): Promise<void> {
  return inTransaction(pool, (db) => moveSandboxClock(db, to));
}

function running(found: Anchors | undefined): Date {
  if (!found) throw new Error('The sandbox clock was never started: startSandboxClock runs at the first start.');
  return new Date(found.business.getTime() + Math.max(0, machineNow().getTime() - found.machine.getTime()));
}
