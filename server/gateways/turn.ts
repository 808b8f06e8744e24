/** Credentials for the TURN server (coturn, `use-auth-secret`): made here, short-lived, checked there without asking us. */
import { createHmac } from 'node:crypto';

export type TurnServer = { readonly urls: readonly string[]; readonly secret: string };
export type IceServer = { urls: string[]; username?: string; credential?: string };

/** Long enough for a call and its restarts; a leaked one is of no use the day after. */
const VALID_SECONDS = 4 * 3600;

/**
 * What `RTCPeerConnection` takes as iceServers, with the moment (machine time) at which its credentials end. STUN
 * addresses need none. `user` is an opaque id: it stands in the TURN server's log.
 */
export function iceServers(
  turn: TurnServer | undefined,
  user: string,
  now: Date,
): { iceServers: IceServer[]; expiresAt: Date | null } {
  if (!turn) return { iceServers: [], expiresAt: null };
  const stun = turn.urls.filter((url) => url.startsWith('stun'));
  const relays = turn.urls.filter((url) => !url.startsWith('stun'));
  const expiry = Math.floor(now.getTime() / 1000) + VALID_SECONDS;
  const username = `${expiry}:${user}`;
  const credential = createHmac('sha1', turn.secret).update(username).digest('base64');
  return {
    iceServers: [
      ...(stun.length > 0 ? [{ urls: stun }] : []),
      ...(relays.length > 0 ? [{ urls: relays, username, credential }] : []),
    ],
    expiresAt: relays.length > 0 ? new Date(expiry * 1000) : null,
  };
}
