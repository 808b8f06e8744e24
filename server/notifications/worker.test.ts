import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#server/platform/migrate.ts';
import { openTestDatabase, type TestDatabase } from '#tests/with-database.ts';
import { openFakeGateway, openGround } from './ground.test-helper.ts';
import { MESSAGE_QUEUES, SMS_QUEUE } from './queues.ts';
import { startDispatcher } from './worker.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  const { ownerUrl, appUrl } = database;
  await migrate({ ownerUrl, appUrl, mode: 'sandbox', queues: MESSAGE_QUEUES });
  // Waits that a test can sit out.
  await database.owner.query('update pgboss.queue set retry_delay = 0, retry_backoff = false, retry_delay_max = null');
  await database.owner.query('update pgboss.queue set retry_limit = 3 where name = $1', [SMS_QUEUE]);
});
afterAll(() => database.drop());

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('It did not happen within 30 s.');
}

test('a gateway that fails first gets the message again under the same key, through pg-boss, once', async () => {
  const ground = await openGround(database, 'w1');
  const gateway = await openFakeGateway([500, 200]);
  await ground.queue({ to: { personId: await ground.person() } });
  const worker = await startDispatcher([ground.withSms(gateway.sms)], { appUrl: database.appUrl, pollMs: 30 });
  try {
    const done = await until(
      async () =>
        (
          await ground.rows<{ state: string; attempts: number; last_error: string | null }>(
            `select state, attempts, last_error from deliveries where state = 'sent'`,
          )
        )[0],
    );
    expect(done).toEqual({ state: 'sent', attempts: 2, last_error: null });
    const [first, second, third] = gateway.received;
    expect(second!.headers['idempotency-key']).toBe(first!.headers['idempotency-key']);
    expect(second!.body).toBe(first!.body);
    expect(third).toBeUndefined();
    const jobs = JSON.stringify((await database.owner.query('select data, output from pgboss.job')).rows);
    expect(jobs).not.toMatch(/138|示例|新消息/);
  } finally {
    await worker.stop();
    await gateway.close();
  }
}, 60_000);

test('one that is refused for good is failed at once, one that never gets through is given up', async () => {
  const ground = await openGround(database, 'w2');
  const gateway = await openFakeGateway([400, 503]);
  const personId = await ground.person();
  await ground.queue({ to: { personId } });
  const worker = await startDispatcher([ground.withSms(gateway.sms)], { appUrl: database.appUrl, pollMs: 30 });
  const errors = () =>
    ground.rows<{ last_error: string; state: string }>(
      `select last_error, state from deliveries where state = 'failed' order by id`,
    );
  try {
    await until(async () => (await errors()).length === 1 || undefined);
    expect(await errors()).toEqual([{ last_error: 'http-400', state: 'failed' }]);
    expect(gateway.received).toHaveLength(1);
    await ground.queue({ to: { personId } });
    await until(async () => (await errors()).length === 2 || undefined);
    expect((await errors())[1]).toEqual({ last_error: 'given-up', state: 'failed' });
    expect(gateway.received).toHaveLength(1 + 4);
  } finally {
    await worker.stop();
    await gateway.close();
  }
}, 60_000);
