/**
 * Node strips no types inside a node_modules folder, and there an installed package lies. This does it for the files
 * of this package alone; in a checkout nothing is needed and nothing is done.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url).href;

if (root.includes('/node_modules/')) {
  // An operator's screen and scripts are no place for Node's note that this function may change: the node is pinned.
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('stripTypeScriptTypes')) emitWarning.call(process, warning, ...rest);
  };
  registerHooks({
    load(url, context, nextLoad) {
      const ours = url.startsWith(root) && url.endsWith('.ts') && !url.slice(root.length).includes('node_modules/');
      if (!ours) return nextLoad(url, context);
      const source = stripTypeScriptTypes(readFileSync(fileURLToPath(url), 'utf8'));
      return { format: 'module', source, shortCircuit: true };
    },
  });
}
