/** Text messages leave the house here: one signed HTTP POST each, or the sandbox's stand-in. */
import { createHmac } from 'node:crypto';
import { sealInsurer } from '#server/persons/seal.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Ctx } from '#server/platform/context.ts';
import { query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';

export type SmsMessage = {
  /** A telephone number as on file. */
  to: string;
  body: string;
  /** Idempotency key: sent again under the same key, it reaches the telephone once. */
  key: string;
  lang?: 'zh' | 'en';
  /** Business time, for the sandbox's viewer; without it the moment of sending. */
  at?: Date;
};
export interface SmsGateway {
  /** `sent`: the gateway has taken it. `shown`: it stays in the sandbox's viewer. */
  readonly outcome: 'sent' | 'shown';
  /** Throws SmsFailed; numbers and bodies are in no error and no log. */
  send(message: SmsMessage): Promise<void>;
}

/** The gateway did not take a message. `retry`: worth trying again under the same key. */
export class SmsFailed extends Error {
  override name = 'SmsFailed';
  /** A fixed word: timeout, unreachable, http-503… */
  readonly code: string;
  readonly retry: boolean;

  constructor(code: string, retry: boolean) {
    super(`The SMS gateway did not take the message: ${code}`);
    this.code = code;
    this.retry = retry;
  }
}

type SmsTarget = { readonly url: string; readonly secret: string; readonly timeoutMs?: number };

/**
 * POST {to, body, lang} as JSON with `Yilu-Timestamp` (Unix seconds), `Yilu-Signature` (hex of HMAC-SHA-256 under the
 * secret over `<timestamp>.<body of the request>`) and `Idempotency-Key`. 2xx is taken; 408, 425, 429, 5xx, a timeout
 * and a broken connection are worth another try; anything else is not.
 */
export function openHttpSms(target: SmsTarget): SmsGateway {
  return {
    outcome: 'sent',
    async send({ to, body, key, lang = 'zh' }) {
      const text = JSON.stringify({ to, body, lang });
      const timestamp = String(Math.floor(machineNow().getTime() / 1000));
      const status = await post(target, text, {
        'content-type': 'application/json',
        'yilu-timestamp': timestamp,
        'yilu-signature': createHmac('sha256', target.secret).update(`${timestamp}.${text}`).digest('hex'),
        'idempotency-key': key,
      });
      if (status >= 200 && status < 300) return;
      throw new SmsFailed(`http-${status}`, status >= 500 || [408, 425, 429].includes(status));
    },
  };
}

async function post(
  { url, timeoutMs = 10_000 }: SmsTarget,
  body: string,
  headers: Record<string, string>,
): Promise<number> {
  try {
    // A redirect would carry number and text to a place nobody configured.
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw new SmsFailed((error as Error).name === 'TimeoutError' ? 'timeout' : 'unreachable', true);
  }
}

const insertShown = sql<never>(
  'sms.insertShown',
  `insert into sandbox_outside (insurer, id, unique_key, channel, sealed, at) values ($1, $2, $3, 'sms', $4, $5)
   on conflict (insurer, unique_key) do nothing`,
);

type SandboxParts = Pick<Ctx, 'insurer' | 'pool' | 'keyRing' | 'clock'>;

/** The sandbox's gateway: the message viewer shows what would have been sent; with `real` it is sent as well. */
export function openSandboxSms(ctx: SandboxParts, real?: SmsGateway): SmsGateway {
  return {
    outcome: real ? 'sent' : 'shown',
    async send(message) {
      await real?.send(message);
      const id = uuidv7();
      const sealed = sealInsurer(ctx, 'sandbox_outside', id, { to: message.to, body: message.body });
      await query(ctx.pool, insertShown, [
        ctx.insurer,
        id,
        message.key,
        sealed,
        message.at ?? (await ctx.clock.now(ctx.pool)),
      ]);
    },
  };
}

/** The gateway of one insurer, as configured. Production has an address, or `readConfig` has refused to start. */
export function openSms(ctx: SandboxParts & Pick<Ctx, 'config'>): SmsGateway {
  const { sms, mode } = ctx.config;
  const real = sms && openHttpSms(sms);
  if (mode === 'sandbox') return openSandboxSms(ctx, real);
  if (!real) throw new Error('YILU_SMS_URL is missing: without it no one-time code is sent.');
  return real;
}
