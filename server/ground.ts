/** From configuration to what every part stands on: the database, its insurers, their plans, keys, calendar and gateways. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkCalendar } from '#domain/calendar/work-calendar.ts';
import type { Plan } from '#domain/plan/schema.ts';
import { loadPlans } from '#plans/load.ts';
import { loadCalendarFor } from './calendars/load.ts';
import { openHttpClaims } from './gateways/claims.ts';
import { openHttpHospital } from './gateways/hospital.ts';
import { openOpening } from './gateways/opening.ts';
import { openSigning } from './gateways/signing.ts';
import { openSms } from './gateways/sms.ts';
import { openFolderStorage } from './gateways/storage.ts';
import { openHttpWeChat } from './gateways/wechat.ts';
import { assertAppLogin } from './platform/app-role.ts';
import { sandboxClock, systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Ctx } from './platform/context.ts';
import { type Database, openDatabase } from './platform/db.ts';
import { createLogger, type Logger } from './platform/log.ts';
import { assertMode, listMissingMigrations } from './platform/migrate.ts';

export type InsurerContext = Ctx & { readonly hosts: readonly string[]; readonly reloadCalendar: () => Promise<void> };
export type Ground = {
  config: Config;
  database: Database;
  contexts: InsurerContext[];
  log: Logger;
  appUrl: string;
  close(): Promise<void>;
};

const CALENDAR_RELOAD_MS = 15_000;

/** Opens everything; throws with what to do when the login may too much, migrations are missing or a plan has faults. */
export async function openGround(config: Config, appUrl: string, name: string): Promise<Ground> {
  const log = createLogger({ level: config.logLevel, name: `yilu ${name}` });
  const database = openDatabase({
    appUrl,
    applicationName: `yilu ${name}`,
    onIdleError: (error) => log.warn({ err: error }, 'an idle connection broke; the pool replaces it'),
  });
  const missing = await listMissingMigrations(database.system);
  if (missing.length > 0)
    throw new Error(
      `The database lacks ${missing.length} migration(s), first ${missing[0]}: run "yilu migrate" with DATABASE_URL set.`,
    );
  await assertMode(database.system, config.mode);
  await assertAppLogin(database.system);
  const { plans, faults } = loadPlans();
  if (faults.length > 0)
    throw new Error(
      `The plans have ${faults.length} fault(s), first ${faults[0]!.file}:${faults[0]!.line}: ${faults[0]!.message}`,
    );
  mkdirSync(config.dataDir, { recursive: true });
  const contexts = await openContexts(config, database, plans, log);
  const reload = setInterval(
    () => void Promise.allSettled(contexts.map((ctx) => ctx.reloadCalendar())),
    CALENDAR_RELOAD_MS,
  );
  reload.unref();
  return {
    config,
    database,
    contexts,
    log,
    appUrl,
    async close() {
      clearInterval(reload);
      await database.close();
    },
  };
}

/** One context an insurer of the database that this process serves. */
export async function openContexts(
  config: Config,
  database: Database,
  plans: readonly Plan[],
  log: Logger,
): Promise<InsurerContext[]> {
  const { rows } = await database.system.query<{ code: string; zh: string; en: string; hosts: string[] }>(
    'select code, name_zh as zh, name_en as en, hosts from insurers order by code',
  );
  const served = rows.filter(({ code }) => !config.insurers || config.insurers.includes(code));
  const keyRing = config.loadKeys();
  const signing = await openSigning(config);
  const { hospital, claims, wechat } = config.gateways;
  const gateways = {
    hospital: hospital ? openHttpHospital(hospital) : null,
    claims: claims ? openHttpClaims(claims) : null,
    opening: openOpening(config),
  };
  const account = wechat ? openHttpWeChat(wechat) : null;
  // An official account is one insurer's: the one that the address of its pages leads to.
  const host = wechat && new URL(wechat.pages).hostname;
  const owner = served.find(({ hosts }) => host !== undefined && hosts.includes(host)) ?? served[0];
  return Promise.all(
    served.map(async ({ code, zh, en, hosts }) => {
      const pool = database.forInsurer(code);
      const clock = config.mode === 'sandbox' ? sandboxClock : systemClock;
      let calendar: WorkCalendar = await loadCalendarFor(pool);
      const base = { insurer: code, pool, keyRing, clock, config };
      return {
        ...base,
        insurerName: { zh, en },
        hosts,
        plans: plans.filter((plan) => plan.insurer === code),
        calendar: () => calendar,
        storage: openFolderStorage(join(config.dataDir, 'papers')),
        sms: openSms(base),
        gateways: { ...gateways, wechat: code === owner?.code ? account : null },
        signing,
        log: log.child({ insurer: code }),
        async reloadCalendar() {
          calendar = await loadCalendarFor(pool);
        },
      };
    }),
  );
}
