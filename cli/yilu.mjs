#!/usr/bin/env node
/**
 * The package's `yilu`. Whatever node starts it, the work is done by the node the package brings (the source is
 * TypeScript, run by stripping its types); arguments, standard streams, signals and exit status pass through.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const here = dirname(fileURLToPath(import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  await import('./strip-types.mjs');
  await import('./yilu.ts');
} else {
  handOver(findNode());
}

/** The node of the platform's `node-<os>-<cpu>` package, wherever npm put it beside this one. */
function findNode() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
    const binary = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(binary) ? binary : undefined;
  } catch {
    return undefined;
  }
}

function handOver(node) {
  if (!node) {
    console.error(
      `yilu needs Node ${NEEDED}; this is ${process.version}. Install Node ${NEEDED}, or the package's optional dependencies.`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [join(here, 'yilu.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`yilu cannot start ${node}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const passed of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(passed);
    process.kill(process.pid, signal);
  });
}
