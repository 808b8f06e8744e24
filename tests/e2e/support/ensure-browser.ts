import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

const FALLBACKS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/google-chrome'];

/**
 * The path of a Chromium for the tests: CHROMIUM_PATH, else the one of the npm package (x64 Linux), else the system's.
 * The package unpacks without care for others doing the same, so each process unpacks for itself and renames at the end.
 */
export async function chromiumPath(): Promise<string> {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  try {
    return await unpacked();
  } catch (error) {
    const found = FALLBACKS.find((path) => existsSync(path));
    if (found) return found;
    throw new Error('no browser for the tests: set CHROMIUM_PATH, or apt-get install chromium', { cause: error });
  }
}

async function unpacked(): Promise<string> {
  const root = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const target = resolve(process.env.BROWSER_CACHE ?? '.cache/chromium', version);
  if (!existsSync(target)) await unpack(`${target}.${process.pid}`, target);
  return join(target, 'chromium');
}

async function unpack(own: string, target: string): Promise<void> {
  mkdirSync(own, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = own;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    renameSync(own, target);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    // Another process was first; its copy is as good.
    if (!existsSync(target)) throw error;
  }
}
