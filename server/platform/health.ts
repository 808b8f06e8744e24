/** Is the process alive, can it serve, and what does it count (contract 1). */

import { statfs } from 'node:fs/promises';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { dayOf } from '#domain/calendar/day.ts';
import { CALENDAR_WARNING_DAYS, daysUntilHorizon, missingHolidays } from '#domain/calendar/work-calendar.ts';
import type { App, AppOptions } from '#server/app.ts';
import { findOldestTimer } from '#server/timers/timers.ts';
import { listMissingMigrations } from './migrate.ts';

const TIMER_LATE_MS = 120_000;
const DISK_FULL = 0.9;
export type Readiness = { ready: boolean; reasons: string[]; warnings: string[] };

/** Everything that stops this process from serving, and what only deserves a look. */
export async function readiness(options: AppOptions, part: 'api' | 'worker'): Promise<Readiness> {
  const reasons: string[] = [];
  const warnings: string[] = [];
  try {
    const missing = await listMissingMigrations(options.database.system);
    if (missing.length > 0) reasons.push(`migrations missing: ${missing.join(', ')}`);
    for (const ctx of options.contexts) {
      const now = await ctx.clock.now(ctx.pool);
      const left = daysUntilHorizon(ctx.calendar(), dayOf(now));
      if (left < CALENDAR_WARNING_DAYS)
        warnings.push(`the calendar ends in ${left} days: import the next State Council notice`);
      const year = Number(dayOf(now).slice(0, 4));
      for (const one of [year, year + 1].filter((known) => `${known}-12-31` <= ctx.calendar().coversUntil)) {
        const missing = missingHolidays(ctx.calendar(), one);
        if (missing.length > 0)
          warnings.push(
            `the notice for ${one} names no day off on ${missing.join(', ')}: complete it and import it again`,
          );
      }
      const oldest = await findOldestTimer(ctx.pool, ctx);
      const late = oldest ? now.getTime() - oldest.getTime() : 0;
      if (late > TIMER_LATE_MS)
        (part === 'worker' ? reasons : warnings).push(
          `the oldest due timer is ${Math.round(late / 1000)} s late: is a worker running?`,
        );
    }
  } catch (error) {
    reasons.push(`the database does not answer (${(error as { code?: string }).code ?? 'no code'})`);
  }
  try {
    const disk = await statfs(options.config.dataDir);
    if (1 - disk.bavail / disk.blocks > DISK_FULL) warnings.push('the disk is at 90 %');
  } catch {
    warnings.push('the data folder cannot be read');
  }
  // Two insurers with the same trouble are one line.
  return { ready: reasons.length === 0, reasons: [...new Set(reasons)], warnings: [...new Set(warnings)] };
}

export function healthRoutes(app: App, options: AppOptions): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'yilu_open_cases',
    help: 'Cases that are not closed',
    labelNames: ['insurer'],
    registers: [registry],
    async collect() {
      for (const ctx of options.contexts) {
        const { rows } = await ctx.pool.query<{ n: number }>({
          name: 'metrics.openCases',
          text: 'select count(*)::int as n from cases where insurer = $1 and not final',
          values: [ctx.insurer],
        });
        this.set({ insurer: ctx.insurer }, rows[0]?.n ?? 0);
      }
    },
  });
  const open = { config: { allow: 'public' as const } };
  app.get('/healthz', open, async () => ({ ok: true }));
  app.get('/readyz', open, async (_request, reply) => {
    const { ready, reasons, warnings } = await readiness(options, 'api');
    return reply.code(ready ? 200 : 503).send({ ready, ...(reasons.length > 0 ? { reasons } : {}), warnings });
  });
  app.get('/metrics', open, async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}
