import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KeyRing } from './keys.ts';

/** What a sealed value is bound to: moved to another insurer, table or row, it no longer opens. */
export interface Place {
  readonly insurer: string;
  readonly table: string;
  readonly row: string;
}

/** Thrown when a sealed value was altered, cut, moved, or sealed under another key. */
export class CannotOpen extends Error {
  override name = 'CannotOpen';
}

const version = 1;
const ivLength = 12;
const tagLength = 16;

/** Additional data of AES-GCM: no part may hold the separator, so that two places never read alike. */
export function additionalData(place: Place): Buffer {
  const parts = [place.insurer, place.table, place.row];
  if (parts.some((part) => part === '' || part.includes('|'))) {
    throw new Error('Insurer, table and row of a sealed value must be there and hold no "|".');
  }
  return Buffer.from(parts.join('|'));
}

/**
 * AES-256-GCM over a whole value: version byte | length of key id | key id | iv 12 | ciphertext | tag 16.
 * `keyId` says which key opens it (for values of a person: the id of that person's data key); at most 64 bytes.
 */
export function sealValue(key: Buffer, keyId: string, plaintext: Buffer | string, place: Place): Buffer {
  const head = sealedHead(version, keyId);
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.concat([head, additionalData(place)]));
  const sealed = Buffer.concat([cipher.update(toBuffer(plaintext)), cipher.final()]);
  return Buffer.concat([head, iv, sealed, cipher.getAuthTag()]);
}

/** The plaintext of `sealValue`. Throws CannotOpen when anything about value, place or key is not as it was sealed. */
export function openValue(key: Buffer, sealed: Buffer, place: Place): Buffer {
  const keyId = sealedKeyId(sealed);
  const head = sealedHead(version, keyId);
  const body = sealed.subarray(head.length + ivLength, sealed.length - tagLength);
  if (sealed.length < head.length + ivLength + tagLength) throw new CannotOpen('The sealed value is cut short.');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(head.length, head.length + ivLength));
  decipher.setAAD(Buffer.concat([head, additionalData(place)]));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch (cause) {
    throw new CannotOpen(`The value sealed under key "${keyId}" does not open.`, { cause });
  }
}

/** The key id inside a sealed value, to find the key by. Throws CannotOpen on what was never sealed. */
export function sealedKeyId(sealed: Buffer): string {
  const length = sealed[1] ?? 0;
  if (sealed[0] !== version || length === 0 || sealed.length < 2 + length)
    throw new CannotOpen('This is no sealed value.');
  return sealed.toString('utf8', 2, 2 + length);
}

/** First bytes of everything sealed here: version byte, length of the key id, key id. */
export function sealedHead(versionByte: number, keyId: string): Buffer {
  const id = Buffer.from(keyId);
  if (id.length === 0 || id.length > 64) throw new Error('A key id has 1 to 64 bytes.');
  return Buffer.concat([Buffer.from([versionByte, id.length]), id]);
}

/** A fresh data key of one person: 32 random bytes. Destroying it erases what was sealed under it. */
export function newDataKey(): Buffer {
  return randomBytes(32);
}

/** A 32-byte key for one use outside the house, from which nobody comes back to the data key (HKDF-SHA-256). */
export function deriveFromDataKey(dataKey: Buffer, info: string): Buffer {
  return Buffer.from(hkdfSync('sha256', dataKey, '', `yilu/1/${info}`, 32));
}

/** Wraps a person's data key under the insurer's master key of the ring's current key. */
export function wrapDataKey(ring: KeyRing, insurer: string, person: string, dataKey: Buffer): Buffer {
  return sealValue(masterKey(ring, insurer, ring.current), ring.current, dataKey, wrapPlace(insurer, person));
}

/** Opens a wrapped data key under whichever ring key wrapped it. Throws CannotOpen, or when the ring lacks that key. */
export function unwrapDataKey(ring: KeyRing, insurer: string, person: string, wrapped: Buffer): Buffer {
  return openValue(masterKey(ring, insurer, sealedKeyId(wrapped)), wrapped, wrapPlace(insurer, person));
}

/** Should rotation wrap this data key anew? */
export function needsRewrap(ring: KeyRing, wrapped: Buffer): boolean {
  return sealedKeyId(wrapped) !== ring.current;
}

/**
 * HMAC-SHA-256 of a normal form, under a key of insurer and purpose: finds a person by exact match without storing
 * what was matched. One value hashes differently for another insurer or purpose.
 */
export function keyedHash(
  ring: KeyRing,
  insurer: string,
  purpose: string,
  normalised: string,
  keyId = ring.current,
): Buffer {
  return createHmac('sha256', ring.derive(keyId, `hash/${insurer}/${purpose}`))
    .update(normalised)
    .digest();
}

/** The hash under every key of the ring, current first: what a search compares with while a rotation runs. */
export function keyedHashes(ring: KeyRing, insurer: string, purpose: string, normalised: string): Buffer[] {
  return ring.ids.map((keyId) => keyedHash(ring, insurer, purpose, normalised, keyId));
}

/** ID number: full-width to half-width, no spaces, upper case (the check digit may be x). */
export function normaliseIdNumber(raw: string): string {
  return raw.normalize('NFKC').replace(/\s/g, '').toUpperCase();
}

/** Telephone: digits only, without the prefix of the mainland (+86, 0086). */
export function normalisePhone(raw: string): string {
  const digits = raw.normalize('NFKC').replace(/\D/g, '');
  return digits.replace(/^(?:00)?86(?=1\d{10}$)/, '');
}

/** Name: no spaces; the many dots inside minority names become one; Latin letters in upper case. */
export function normaliseName(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[•・‧∙⋅.]/g, '·')
    .toUpperCase();
}

/** `keyId:hex`, kept with the insurer, so that a wrong ring is noticed before it writes. */
export function makeKeyCheck(ring: KeyRing, insurer: string): string {
  return `${ring.current}:${keyedHash(ring, insurer, 'key-check', 'yilu').toString('hex')}`;
}

/** Does this ring hold the key that made the check? */
export function matchesKeyCheck(ring: KeyRing, insurer: string, check: string): boolean {
  const [keyId = '', hex = ''] = check.split(':');
  if (!ring.ids.includes(keyId)) return false;
  const ours = keyedHash(ring, insurer, 'key-check', 'yilu', keyId);
  const theirs = Buffer.from(hex, 'hex');
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}

const masterKey = (ring: KeyRing, insurer: string, keyId: string): Buffer => ring.derive(keyId, `master/${insurer}`);
const wrapPlace = (insurer: string, person: string): Place => ({ insurer, table: 'data-key', row: person });
const toBuffer = (value: Buffer | string): Buffer => (typeof value === 'string' ? Buffer.from(value) : value);
