import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The keys of this installation. New values are written under `current`; values written under any other key of the
 * ring can still be read, which is what rotation needs.
 */
export interface KeyRing {
  readonly current: string;
  /** Current first. */
  readonly ids: readonly string[];
  /** True when this program made the key file itself; production refuses such a ring. */
  readonly selfMade: boolean;
  /** A 32-byte key for one use, derived from the ring key by HKDF-SHA-256. Throws when the ring lacks the id. */
  derive(keyId: string, info: string): Buffer;
}

interface KeyFile {
  readonly madeBy?: string;
  readonly current: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** Builds a ring from 32-byte keys. Throws on a key of another length, a bad id, or a current id without key. */
export function makeKeyRing(current: string, keys: ReadonlyMap<string, Buffer>, selfMade = false): KeyRing {
  for (const [id, key] of keys) {
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id)) throw new Error(`The key id "${id}" must be 1-32 of A-Z a-z 0-9 _ -.`);
    if (key.length !== 32) throw new Error(`The key "${id}" has ${key.length} bytes; give 32 bytes in base64.`);
  }
  if (!keys.has(current)) throw new Error(`The current key "${current}" is not among the keys.`);

  const derived = new Map<string, Buffer>();
  return {
    current,
    selfMade,
    ids: [current, ...[...keys.keys()].filter((id) => id !== current)],
    derive(keyId, info) {
      const key = keys.get(keyId);
      if (!key) throw new Error(`The key ring has no key "${keyId}": add it to YILU_KEYS or the key file.`);
      const place = `${keyId} ${info}`;
      const found = derived.get(place) ?? Buffer.from(hkdfSync('sha256', key, '', `yilu/1/${info}`, 32));
      derived.set(place, found);
      return found;
    },
  };
}

/** Reads `YILU_KEYS`: `id=base64` separated by commas, the current key first. Throws saying which part is wrong. */
export function parseKeys(text: string): KeyRing {
  const keys = new Map<string, Buffer>();
  for (const part of text.split(',')) {
    const [, id, value] = /^\s*([^=\s]+)=(\S+)\s*$/.exec(part) ?? [];
    if (id === undefined || value === undefined)
      throw new Error('Every key is written id=base64, separated by commas.');
    if (keys.has(id)) throw new Error(`The key id "${id}" is there twice.`);
    keys.set(id, Buffer.from(value, 'base64'));
  }
  return makeKeyRing([...keys.keys()][0] ?? '', keys);
}

/** Reads a key file: `{"current": id, "keys": {id: base64}}`. Throws on anything else. */
export function readKeyFile(path: string): KeyRing {
  let file: KeyFile;
  try {
    file = JSON.parse(readFileSync(path, 'utf8')) as KeyFile;
  } catch (cause) {
    throw new Error(`The key file ${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
  if (typeof file.current !== 'string' || typeof file.keys !== 'object' || file.keys === null) {
    throw new Error(`The key file ${path} must be {"current": id, "keys": {id: base64}}.`);
  }
  const keys = Object.entries(file.keys).map(([id, value]) => [id, Buffer.from(String(value), 'base64')] as const);
  return makeKeyRing(file.current, new Map(keys), file.madeBy !== undefined);
}

/**
 * The ring of the key file, made with one random key (mode 0600) when there is no file: the sandbox's first start.
 * Two first starts at once end with one file.
 */
export function ensureKeyFile(path: string): KeyRing {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const file: KeyFile = { madeBy: 'yilu', current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
    const partial = `${path}.${process.pid}`;
    writeFileSync(partial, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
    try {
      linkSync(partial, path);
    } catch (error) {
      if (!existsSync(path)) throw error;
    } finally {
      rmSync(partial, { force: true });
    }
  }
  return readKeyFile(path);
}
