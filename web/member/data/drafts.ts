/**
 * What a member has typed and not sent, kept on this device: it comes back after a lost connection and a closed tab, for
 * her account only. The device holds ciphertext (AES-GCM); the key comes with the session and is never stored, so that
 * whoever picks the telephone up reads nothing, not even which service it is about.
 */
export interface Drafts {
  /** What is kept for a place, with the moment it was kept; undefined when there is nothing that opens. */
  read(place: string): Promise<{ value: unknown; keptAt: Date } | undefined>;
  /** Keeps a value in the place of the one before. Throws when the device has no room. */
  keep(place: string, value: unknown, at: Date): Promise<void>;
  drop(place: string): Promise<void>;
}
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const PREFIX = 'yilu.draft.';
const KEPT_MS = 90 * 86_400_000;
const IV = 12;

/** The drafts of an account on this device. `key`: 32 bytes in base64, as the session gives it. */
export async function openDrafts(key: string, account: string, store: Store = localStorage): Promise<Drafts> {
  const { subtle } = crypto;
  const base = await subtle.importKey('raw', bytesOf(key), 'HKDF', false, ['deriveKey']);
  const hkdf = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(info) });
  const sealing = { name: 'AES-GCM', length: 256 };
  const naming = { name: 'HMAC', hash: 'SHA-256', length: 256 };
  const sealKey = await subtle.deriveKey(hkdf('seal'), base, sealing, false, ['encrypt', 'decrypt']);
  const nameKey = await subtle.deriveKey(hkdf('name'), base, naming, false, ['sign']);
  const nameOf = async (place: string) => {
    const tag = new Uint8Array(await subtle.sign('HMAC', nameKey, utf8(place)));
    return `${PREFIX}${account}.${[...tag.slice(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  };
  const sealed = (iv: Uint8Array<ArrayBuffer>, name: string, at: string) => ({
    name: 'AES-GCM',
    iv,
    additionalData: utf8(`${name}|${at}`),
  });
  return {
    async read(place) {
      const name = await nameOf(place);
      const [at = '', text = ''] = (store.getItem(name) ?? '').split('.');
      if (text === '') return undefined;
      try {
        const bytes = bytesOf(text);
        const plain = await subtle.decrypt(sealed(bytes.slice(0, IV), name, at), sealKey, bytes.slice(IV));
        return { value: JSON.parse(new TextDecoder().decode(plain)) as unknown, keptAt: new Date(Number(at)) };
      } catch {
        // Another key, or changed by somebody: of no use to anybody any more.
        store.removeItem(name);
        return undefined;
      }
    },
    async keep(place, value, at) {
      const name = await nameOf(place);
      const moment = String(at.getTime());
      const iv = crypto.getRandomValues(new Uint8Array(IV));
      const cipher = await subtle.encrypt(sealed(iv, name, moment), sealKey, utf8(JSON.stringify(value)));
      store.setItem(name, `${moment}.${textOf(new Uint8Array([...iv, ...new Uint8Array(cipher)]))}`);
    },
    async drop(place) {
      store.removeItem(await nameOf(place));
    },
  };
}

/** Where a page has no cryptography (plain http), drafts live in the tab only and go with it. */
export function tabDrafts(store: Store = sessionStorage): Drafts {
  return {
    async read(place) {
      const text = store.getItem(PREFIX + place);
      if (!text) return undefined;
      const { value, at } = JSON.parse(text) as { value: unknown; at: number };
      return { value, keptAt: new Date(at) };
    },
    async keep(place, value, at) {
      store.setItem(PREFIX + place, JSON.stringify({ value, at: at.getTime() }));
    },
    async drop(place) {
      store.removeItem(PREFIX + place);
    },
  };
}

/** Forgets the drafts of one account on this device: she signs out. */
export function forgetDrafts(account: string, store: Store = localStorage): void {
  for (const name of namesIn(store)) if (name.startsWith(`${PREFIX}${account}.`)) store.removeItem(name);
}

/** Forgets what nobody came back to for 90 days, whoever's it is. */
export function sweepDrafts(now: Date, store: Store = localStorage): void {
  for (const name of namesIn(store)) {
    const at = Number((store.getItem(name) ?? '').split('.')[0]);
    if (!(now.getTime() - at < KEPT_MS)) store.removeItem(name);
  }
}

const namesIn = (store: Store): string[] =>
  Array.from({ length: store.length }, (_, n) => store.key(n) ?? '').filter((name) => name.startsWith(PREFIX));
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)) as Uint8Array<ArrayBuffer>;
const textOf = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
