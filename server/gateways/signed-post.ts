/** The one way in which the house speaks to a system outside: a signed POST with an idempotency key. */
import { createHmac } from 'node:crypto';
import { machineNow } from '#server/platform/clock.ts';

export type GatewayTarget = { readonly url: string; readonly secret: string; readonly timeoutMs?: number };

/** It did not take the call. `retry`: worth trying again under the same key. What was sent is in no error and no log. */
export class GatewayFailed extends Error {
  override name = 'GatewayFailed';
  /** A fixed word: timeout, unreachable, http-503… */
  readonly code: string;
  readonly retry: boolean;

  constructor(code: string, retry: boolean) {
    super(`The gateway did not take the call: ${code}`);
    this.code = code;
    this.retry = retry;
  }
}

/**
 * POST of JSON with `Yilu-Timestamp` (Unix seconds), `Yilu-Signature` (hex of HMAC-SHA-256 under the secret over
 * `<timestamp>.<body>`) and `Idempotency-Key`. 2xx is taken, and told with its JSON, or null where there is none; 408, 425, 429, 5xx,
 * a timeout and a broken connection are worth another try; anything else is not. @throws GatewayFailed
 */
export async function signedPost(
  target: GatewayTarget,
  body: unknown,
  key: string,
): Promise<{ status: number; body: unknown }> {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(machineNow().getTime() / 1000));
  const { status, answer } = await post(target, text, {
    'content-type': 'application/json',
    'yilu-timestamp': timestamp,
    'yilu-signature': createHmac('sha256', target.secret).update(`${timestamp}.${text}`).digest('hex'),
    'idempotency-key': key,
  });
  if (status < 200 || status >= 300)
    throw new GatewayFailed(`http-${status}`, status >= 500 || [408, 425, 429].includes(status));
  try {
    return { status, body: JSON.parse(answer) as unknown };
  } catch {
    return { status, body: null };
  }
}

async function post({ url, timeoutMs = 10_000 }: GatewayTarget, body: string, headers: Record<string, string>) {
  try {
    // A redirect would carry what is sent to a place nobody configured.
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, answer: await response.text() };
  } catch (error) {
    throw new GatewayFailed((error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable', true);
  }
}
