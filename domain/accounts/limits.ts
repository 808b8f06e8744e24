/**
 * How often, how long, how many: the limits of signing in, in one place. GB/T 22239-2019 (等保2.0) asks for lockout,
 * idle logout and two factors but names no figures; these are the values operators commonly use.
 */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** At most `count` in any window of `seconds`. */
export type Limit = { readonly count: number; readonly seconds: number };

export const CODE_SECONDS = 5 * MINUTE;
/** Wrong tries of one code. */
export const CODE_TRIES = 5;
/** Wrong answers to the identity step of a number, over all codes sent to it. */
export const IDENTITY_TRIES: Limit = { count: 5, seconds: DAY };
/** An account unused for longer answers the identity step again: carriers re-issue numbers. */
export const UNUSED_SECONDS = 90 * DAY;

export const CODES_PER_NUMBER: Limit = { count: 5, seconds: HOUR };
// Many telephones share one address behind a carrier: these two only stop floods.
export const CODES_PER_ADDRESS: Limit = { count: 200, seconds: HOUR };
export const SIGN_INS_PER_ADDRESS: Limit = { count: 600, seconds: HOUR };
/** Wrong names and ID numbers given to bind WeChat, from one address; a number and an openid have `IDENTITY_TRIES`. */
export const WECHAT_CHECKS_FAILED_PER_ADDRESS: Limit = { count: 60, seconds: DAY };
/** Wrong passwords or second factors of one e-mail: the fifth locks it for half an hour. */
export const PASSWORD_FAILURES: Limit = { count: 5, seconds: 30 * MINUTE };
/** Tries of naming a delegate, so that nobody asks us who is a customer. */
export const DELEGATES_TRIED: Limit = { count: 10, seconds: DAY };
/** Exact searches of one agent on the hotline. */
export const DESK_FINDS: Limit = { count: 120, seconds: HOUR };

/** A password lasts this long; one set by an administrator only long enough to choose another. */
export const PASSWORD_SECONDS = 90 * DAY;
export const TEMPORARY_PASSWORD_SECONDS = 3 * DAY;

/** How long a session lives unused, and at all. */
export function sessionLife(kind: 'member' | 'staff' | 'provider'): { idleSeconds: number; seconds: number } {
  return kind === 'member' ? { idleSeconds: DAY, seconds: 7 * DAY } : { idleSeconds: 30 * MINUTE, seconds: 12 * HOUR };
}
