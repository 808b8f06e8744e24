import { type SpawnOptions, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The operating-system user that runs the embedded PostgreSQL; `undefined` ids mean "whoever we are". */
export interface RunAs {
  readonly name: string;
  readonly uid?: number;
  readonly gid?: number;
}

export interface WrappedCommand {
  readonly command: string;
  readonly args: string[];
  readonly options: Pick<SpawnOptions, 'uid' | 'gid'>;
  /** False where `setpriv` cannot tie the child's life to ours; a later start then stops the orphan. */
  readonly diesWithUs: boolean;
}

/**
 * Who should run PostgreSQL, which refuses to run as root: ourselves when we are not root, else the owner of an
 * existing data folder, else `postgres`, else `nobody`. Throws when root finds none of them.
 */
export function chooseRunAs(existingOwner?: { uid: number; gid: number }): RunAs {
  if (process.getuid?.() !== 0) return { name: 'the current user' };
  if (existingOwner && existingOwner.uid !== 0) return { name: `uid ${existingOwner.uid}`, ...existingOwner };

  const passwd = readFileSync('/etc/passwd', 'utf8');
  for (const name of ['postgres', 'nobody']) {
    const entry = new RegExp(`^${name}:[^:]*:(\\d+):(\\d+):`, 'm').exec(passwd);
    if (entry) return { name, uid: Number(entry[1]), gid: Number(entry[2]) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody". ' +
      'Start as an ordinary user, or set DATABASE_URL and DATABASE_APP_URL to a server of your own.',
  );
}

/** Wraps a command so that it runs as `as` and, where util-linux's setpriv exists, is interrupted when we die. */
export function wrapForUser(as: RunAs, command: string, args: string[]): WrappedCommand {
  const identity = as.uid === undefined ? [] : [`--reuid=${as.uid}`, `--regid=${as.gid}`, '--clear-groups'];
  const setpriv = [...identity, '--pdeathsig=INT'];
  // A probe with the real flags: busybox has a setpriv without them.
  const probe = spawnSync('setpriv', [...setpriv, 'true'], { stdio: 'ignore' });
  if (probe.status === 0)
    return { command: 'setpriv', args: [...setpriv, command, ...args], options: {}, diesWithUs: true };
  return { command, args, options: identityOptions(as), diesWithUs: false };
}

/** May that user reach and read this path through all of its parents? Asked of the kernel, not computed. */
export function canReach(as: RunAs, path: string): boolean {
  if (as.uid === undefined) return true;
  const probe = spawnSync('/bin/sh', ['-c', 'test -r "$0" && test -x "$0"', path], {
    ...identityOptions(as),
    stdio: 'ignore',
    cwd: '/',
  });
  return probe.status === 0;
}

function identityOptions(as: RunAs): { uid?: number; gid?: number } {
  return as.uid === undefined || as.gid === undefined ? {} : { uid: as.uid, gid: as.gid };
}
