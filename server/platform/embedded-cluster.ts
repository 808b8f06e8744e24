import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder, type Place } from './embedded-place.ts';
import { type RunAs, wrapForUser } from './embedded-user.ts';

/** What a data folder keeps for its next start, in yilu.json (0600). */
export interface Kept {
  readonly ownerPassword: string;
  readonly appPassword: string;
  readonly port?: number;
}

const keptFile = (dataDir: string) => join(dataDir, 'yilu.json');
/** Where the server of a data folder writes its log, anew at every start. */
export const logFile = (dataDir: string) => join(dataDir, 'yilu-postgres.log');
export const readKept = (dataDir: string): Kept => JSON.parse(readFileSync(keptFile(dataDir), 'utf8')) as Kept;
export const writeKept = (dataDir: string, kept: Kept, as: RunAs) =>
  writePrivate(keptFile(dataDir), JSON.stringify(kept), as);

/** Makes the cluster beside its final name and moves it there, so that a start killed half-way leaves nothing half-made. */
export function ensureInitialised(place: Place, fast: boolean): void {
  if (existsSync(join(place.dataDir, 'PG_VERSION'))) return;
  if (existsSync(place.dataDir) && readdirSync(place.dataDir).length > 0) {
    throw new Error(
      `The folder ${place.dataDir} holds something that is not a PostgreSQL data folder: empty it or set YILU_DATA.`,
    );
  }
  const fresh = `${place.dataDir}.new-${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  makePrivateFolder(fresh, place.as);
  const kept = {
    ownerPassword: randomBytes(24).toString('base64url'),
    appPassword: randomBytes(24).toString('base64url'),
  };
  const passwordFile = `${fresh}.pw`;
  writePrivate(passwordFile, kept.ownerPassword, place.as);
  try {
    const args = [
      '-D',
      fresh,
      '-U',
      'yilu_owner',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
    ];
    args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
    if (fast) args.push('--no-sync');
    const wrapped = wrapForUser(place.as, place.initdb, args);
    const env = { PATH: process.env.PATH, LC_ALL: 'C' };
    const run = spawnSync(wrapped.command, wrapped.args, { ...wrapped.options, cwd: '/', env, encoding: 'utf8' });
    if (run.status !== 0)
      throw new Error(`initdb failed for ${place.dataDir}: ${run.error?.message ?? run.stderr.trim()}`);
    writeKept(fresh, kept, place.as);
    renameSync(fresh, place.dataDir);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Two first starts at once: the other one's cluster is as good.
    if (!existsSync(join(place.dataDir, 'PG_VERSION'))) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

function writePrivate(path: string, text: string, as: RunAs): void {
  // Through a second name: a reader never sees half a file.
  const partial = `${path}.${process.pid}`;
  rmSync(partial, { force: true });
  writeFileSync(partial, text, { mode: 0o600 });
  if (as.uid !== undefined && as.gid !== undefined) chownSync(partial, as.uid, as.gid);
  renameSync(partial, path);
}
