/** What every action gets: the insurer it works for, its connections, keys, plans, calendar and time. */
import type { Role } from '#contract/common.ts';
import type { WorkCalendar } from '#domain/calendar/work-calendar.ts';
import type { Plan } from '#domain/plan/schema.ts';
import type { ClaimsGateway } from '#server/gateways/claims.ts';
import type { HospitalGateway } from '#server/gateways/hospital.ts';
import type { OpeningGateway } from '#server/gateways/opening.ts';
import type { SigningGateway } from '#server/gateways/signing.ts';
import type { SmsGateway } from '#server/gateways/sms.ts';
import type { PaperStorage } from '#server/gateways/storage.ts';
import type { WeChatGateway } from '#server/gateways/wechat.ts';
import type { BusinessClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Pool } from './db.ts';
import type { KeyRing } from './keys.ts';
import type { Logger } from './log.ts';

export type Ctx = {
  /** Its code; every row of `pool` is this insurer's. */
  readonly insurer: string;
  readonly insurerName: { readonly zh: string; readonly en: string };
  readonly pool: Pool;
  readonly config: Config;
  readonly keyRing: KeyRing;
  /** This insurer's plans, all editions. */
  readonly plans: readonly Plan[];
  /** The calendar in force, imported notices included. */
  readonly calendar: () => WorkCalendar;
  readonly clock: BusinessClock;
  readonly storage: PaperStorage;
  readonly sms: SmsGateway;
  /** Systems outside; null: none is configured, and people or Yilu's own rows do its part. */
  readonly gateways: {
    readonly hospital: HospitalGateway | null;
    readonly claims: ClaimsGateway | null;
    readonly opening: OpeningGateway | null;
    readonly wechat: WeChatGateway | null;
  };
  /** null: there is no authority, and consents are signed on paper. */
  readonly signing: SigningGateway | null;
  readonly log: Logger;
};

/** Who acts. `role` is the one the session is using. */
export type Actor = {
  readonly accountId: string | null;
  readonly role: Role | 'system';
  readonly roles: readonly Role[];
  readonly personId: string | null;
  readonly provider: string | null;
  readonly name: string;
};

/** What happens by itself: a timer, an import, the insurer's core system. */
export const SYSTEM: Actor = { accountId: null, role: 'system', roles: [], personId: null, provider: null, name: '' };

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Ctx;
    actor: Actor;
    lang: 'zh' | 'en';
  }
}
