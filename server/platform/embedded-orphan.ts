import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A PostgreSQL that already runs on a data folder. */
export interface Running {
  readonly pid: number;
  /** True when the process that launched it is gone (killed with no chance to stop it). */
  readonly orphan: boolean;
}

/** Put on the server's command line, so that whoever finds it can tell a parent that lives from a foster parent. */
export const launcherSetting = (pid: number): string => `yilu.launcher=${pid}`;

/**
 * The server that holds this data folder, if one does. A pid file whose number was reused by another program is
 * nobody: the process must have the folder as its working directory.
 */
export function findRunning(dataDir: string): Running | undefined {
  const pid = readPid(dataDir);
  if (pid === undefined) return undefined;
  try {
    if (readlinkSync(`/proc/${pid}/cwd`) !== dataDir) return undefined;
    const launcher = /yilu\.launcher=(\d+)/.exec(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))?.[1];
    return { pid, orphan: Number(launcher) !== parentOf(pid) };
  } catch {
    return undefined;
  }
}

/** Stops an orphan (fast shutdown, after 20 s immediate shutdown) and waits until the process is gone. */
export async function stopOrphan(pid: number): Promise<void> {
  let waited = 0;
  for (let pause = 25; isAlive(pid); pause = Math.min(pause * 2, 500)) {
    signal(pid, waited > 20_000 ? 'SIGQUIT' : 'SIGINT');
    await sleep(pause);
    waited += pause;
    if (waited > 40_000) throw new Error(`The PostgreSQL left over from an earlier start (pid ${pid}) does not stop.`);
  }
}

function readPid(dataDir: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** From /proc/<pid>/stat, whose second field (the name, in brackets) may itself hold spaces and brackets. */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

const parentOf = (pid: number): number => Number(statFields(pid)[1]);

function isAlive(pid: number): boolean {
  try {
    return statFields(pid)[0] !== 'Z';
  } catch {
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It went in between.
  }
}
