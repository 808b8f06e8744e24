/** Migrations, the queues of the messages, and one row an insurer that a plan names. */
import pg from 'pg';
import { loadPlans } from '#plans/load.ts';
import { MESSAGE_QUEUES } from '#server/notifications/queues.ts';
import type { Config } from './config.ts';
import { migrate } from './migrate.ts';

/** Brings a database up with the owner's login; safe to run by several processes at once and again at every start. */
export async function migrateAll(options: {
  ownerUrl: string;
  appUrl: string;
  config: Pick<Config, 'mode' | 'insurers'>;
}): Promise<{ applied: string[] }> {
  const { ownerUrl, appUrl, config } = options;
  const result = await migrate({ ownerUrl, appUrl, mode: config.mode, queues: MESSAGE_QUEUES });
  const owner = new pg.Client({ connectionString: ownerUrl, application_name: 'yilu migrate' });
  await owner.connect();
  try {
    for (const plan of loadPlans().plans) {
      const named = config.insurers?.includes(plan.insurer);
      if (config.insurers ? !named : plan.sample && config.mode === 'production') continue;
      await owner.query(
        'insert into yilu.insurers (code, name_zh, name_en, hosts) values ($1, $2, $3, $4) on conflict (code) do nothing',
        [plan.insurer, plan.insurerName.zh, plan.insurerName.en, [`${plan.insurer}.localhost`]],
      );
    }
  } finally {
    await owner.end();
  }
  return result;
}
