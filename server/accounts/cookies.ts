import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import '@fastify/cookie';

/** wechat: a browser on its way through WeChat. */
type CookieUse = 'session' | 'device' | 'wechat';
const lifeSeconds = { device: 400 * 86_400, wechat: 1200 } as const;

/** 32 random bytes for a cookie; what is stored of it is `hashToken`. */
export function makeToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 of a token. No key is needed: the token has 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token of a cookie of ours; undefined when there is none. */
export function readCookie(request: FastifyRequest, use: CookieUse): string | undefined {
  return request.cookies[cookieName(request, use)];
}

/** Sets a cookie no script reads and no other site sends along with a change; Secure outside localhost. */
export function writeCookie(request: FastifyRequest, reply: FastifyReply, use: CookieUse, token: string): void {
  // A session cookie without Max-Age: the server decides how long it lives.
  const life = use === 'session' ? {} : { maxAge: lifeSeconds[use] };
  reply.setCookie(cookieName(request, use), token, { ...attributes(request), ...life });
}

export function clearCookie(request: FastifyRequest, reply: FastifyReply, use: CookieUse): void {
  reply.clearCookie(cookieName(request, use), attributes(request));
}

// The insurer is in the name, so that two insurers on one host (chosen by path) keep their sessions apart.
function cookieName(request: FastifyRequest, use: CookieUse): string {
  return `${isLocal(request) ? '' : '__Host-'}yilu_${use}_${request.ctx.insurer}`;
}

function attributes(request: FastifyRequest): { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean } {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: !isLocal(request) };
}

function isLocal(request: FastifyRequest): boolean {
  return ['localhost', '127.0.0.1', '[::1]', '::1'].includes(request.hostname);
}
