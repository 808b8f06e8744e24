/** Text messages leave the house here: one signed HTTP POST each, or the sandbox's stand-in. */
import { sealInsurer } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { query, sql } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { GatewayFailed, type GatewayTarget, signedPost } from './signed-post.ts';

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

/** One signed POST {to, body, lang} each (signed-post.ts). */
export function openHttpSms(target: GatewayTarget): SmsGateway {
  return {
    outcome: 'sent',
    async send({ to, body, key, lang = 'zh' }) {
      try {
        await signedPost(target, { to, body, lang }, key);
      } catch (error) {
        throw error instanceof GatewayFailed ? new SmsFailed(error.code, error.retry) : error;
      }
    },
  };
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
