/**
 * `npm run drill`: the heavy checks, one after the other. Each file of this folder but this one is a program that prints
 * one line a figure and ends non-zero on a fault. `npm run drill -- restore` runs those whose name contains the word.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const words = process.argv.slice(2);
const drills = readdirSync(import.meta.dirname)
  .filter((name) => /^[\w-]+\.ts$/.test(name) && name !== 'run.ts')
  .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
  .sort();

/** The longest a drill may take before it counts as failed. */
const LIMIT_MS = 15 * 60_000;

function run(name: string): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, name)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const limit = setTimeout(() => {
      console.error(`${basename(name, '.ts')}: stopped after ${LIMIT_MS / 60_000} minutes`);
      child.kill('SIGTERM');
    }, LIMIT_MS);
    child.on('error', () => done(false));
    child.on('close', (code) => {
      clearTimeout(limit);
      done(code === 0);
    });
  });
}

let failed = 0;
for (const name of drills) {
  const start = performance.now();
  const well = await run(name);
  if (!well) failed += 1;
  console.log(
    `${basename(name, '.ts')}: ${well ? 'held' : 'FAULT'} in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
}
if (drills.length === 0)
  console.log(words.length > 0 ? `no drill is named ${words.join(' or ')}` : 'there is no drill');
console.log(`${drills.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 && (drills.length > 0 || words.length === 0) ? 0 : 1;
