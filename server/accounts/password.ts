import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';

const cost = { logN: 15, r: 8, p: 3 };
const saltBytes = 16;
const hashBytes = 32;

/** `scrypt$logN$r$p$salt$hash`, salt of its own. About 0.2 s, off the main thread. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

// What an unknown e-mail is compared with, so that it costs the same time as a known one.
const nobody = `scrypt$${cost.logN}$${cost.r}$${cost.p}$${Buffer.alloc(saltBytes).toString('base64url')}$${Buffer.alloc(hashBytes).toString('base64url')}`;

/** Does the password match? With `null` (no account, or none set) it works as long and says no. */
export async function matchesPassword(password: string, stored: string | null): Promise<boolean> {
  const [scheme, logN, r, p, salt = '', hash = ''] = (stored ?? nobody).split('$');
  if (scheme !== 'scrypt') throw new Error(`A stored password has the unknown scheme "${scheme}".`);
  const expected = Buffer.from(hash, 'base64url');
  const found = await derive(password, Buffer.from(salt, 'base64url'), {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
  });
  return stored !== null && timingSafeEqual(found, expected);
}

/** A random password that keeps the rules, to be said once to somebody who must choose another. */
export function makeTemporaryPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';
  const pick = (): string => letters[randomInt(letters.length)]!;
  const groups = Array.from({ length: 4 }, () => Array.from({ length: 4 }, pick).join(''));
  return `${groups.join('-')}-7Qe`;
}

function derive(password: string, salt: Buffer, { logN, r, p }: typeof cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: 2 ** logN, r, p, maxmem: 256 * 2 ** logN * r };
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
