import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openFakeGateway } from '#server/notifications/ground.test-helper.ts';
import { openHttpSms, openSms, type SmsFailed } from './sms.ts';

const message = { to: '13800000001', body: '【示例保险】您有一条新消息。', key: 'delivery-1' };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
async function gateway(...statuses: number[]) {
  const fake = await openFakeGateway(statuses);
  closing.push(fake.close);
  return fake;
}
const failureOf = (work: Promise<void>) => work.then(() => undefined, (error: unknown) => error as SmsFailed); // biome-ignore format: one thought

test('one signed POST: the receiver can verify it with nothing but the secret and what arrived', async () => {
  const { sms, received, secret } = await gateway(204);
  await sms.send(message);
  const { headers, body } = received[0]!;
  const expected = createHmac('sha256', secret).update(`${headers['yilu-timestamp']}.${body}`).digest('hex');
  expect(headers['yilu-signature']).toBe(expected);
  expect(Math.abs(Number(headers['yilu-timestamp']) - Date.now() / 1000)).toBeLessThan(5);
  expect(headers['idempotency-key']).toBe('delivery-1');
  expect(JSON.parse(body)).toEqual({ to: message.to, body: message.body, lang: 'zh' });
});

test('what may pass is worth another try, what will not is not', async () => {
  for (const [status, retry] of [
    [500, true],
    [503, true],
    [429, true],
    [408, true],
    [400, false],
    [401, false],
    [422, false],
    [302, false],
  ] as const) {
    const { sms } = await gateway(status);
    expect(await failureOf(sms.send(message)), String(status)).toMatchObject({ code: `http-${status}`, retry });
  }
});

test('a gateway that is silent or gone is worth another try, and no error holds number or text', async () => {
  const gone = openHttpSms({ url: 'http://127.0.0.1:1/', secret: 'a-secret-of-the-test' });
  const failure = await failureOf(gone.send(message));
  expect(failure).toMatchObject({ code: 'unreachable', retry: true });
  expect(JSON.stringify({ ...failure }) + String(failure?.stack)).not.toMatch(/138|示例/);

  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    silent.closeAllConnections();
    silent.close();
  });
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const impatient = openHttpSms({ url, secret: 'a-secret-of-the-test', timeoutMs: 50 });
  expect(await failureOf(impatient.send(message))).toMatchObject({ code: 'timeout', retry: true });
});

test('production without an address has no gateway', () => {
  expect(() =>
    openSms({ config: { mode: 'production', sms: undefined } } as unknown as Parameters<typeof openSms>[0]),
  ).toThrow('YILU_SMS_URL');
});
