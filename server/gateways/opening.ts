/** The provider's system that opens a service for a person: one signed HTTP POST, repeated until it acknowledges. */
import { createHmac } from 'node:crypto';
import { machineNow } from '#server/platform/clock.ts';
import type { Config } from '#server/platform/config.ts';

export type OpeningRequest = {
  /** Idempotency key: sent again under the same key, it opens once. */
  key: string;
  number: string;
  name: string;
  phone: string;
  /** The last day of the policy. */
  until: string;
};
export interface OpeningGateway {
  /** `acknowledged`: it is open. `taken`: not yet, ask again. `failed`: not taken, with a fixed word why. */
  open(request: OpeningRequest): Promise<{ outcome: 'acknowledged' | 'taken' } | { outcome: 'failed'; code: string }>;
}

type Target = { readonly url: string; readonly secret: string; readonly timeoutMs?: number };

/**
 * POST {number, name, phone, until} as JSON with `Yilu-Timestamp` (Unix seconds), `Yilu-Signature` (hex of HMAC-SHA-256
 * under the secret over `<timestamp>.<body of the request>`) and `Idempotency-Key`. 200 and 201 acknowledge, 202 has taken
 * it and is asked again under the same key; anything else is tried again too, and told to the member as a delay.
 */
export function openHttpOpening({ url, secret, timeoutMs = 5_000 }: Target): OpeningGateway {
  return {
    async open({ key, ...request }) {
      const body = JSON.stringify(request);
      const timestamp = String(Math.floor(machineNow().getTime() / 1000));
      try {
        // A redirect would carry name and telephone to a place nobody configured.
        const response = await fetch(url, {
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/json',
            'yilu-timestamp': timestamp,
            'yilu-signature': createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex'),
            'idempotency-key': key,
          },
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
        });
        await response.body?.cancel();
        if (response.status === 200 || response.status === 201) return { outcome: 'acknowledged' };
        return response.status === 202 ? { outcome: 'taken' } : { outcome: 'failed', code: `http-${response.status}` };
      } catch (error) {
        return { outcome: 'failed', code: (error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable' };
      }
    },
  };
}

/** The sandbox's stand-in: acknowledges at once. */
export const sandboxOpening: OpeningGateway = { open: async () => ({ outcome: 'acknowledged' }) };

/** null: the provider has no system here; its desk acknowledges. */
export function openOpening({ opening, mode }: Pick<Config, 'opening' | 'mode'>): OpeningGateway | null {
  if (opening) return openHttpOpening(opening);
  return mode === 'sandbox' ? sandboxOpening : null;
}
