/** What a telephone loads before the member's first page stands: the built document and all it names, as brotli sends it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import type { Print } from './run.ts';

const DIST = fileURLToPath(new URL('../dist/web/', import.meta.url));
const PAGE = 'member/index.html';
/** Scripts, the modules they name ahead, style sheets and the icon. */
const LOADED = /<(?:script|link)\b[^>]*?\b(?:src|href)="\/([^"]+)"/g;

/** @throws Error when the pages are not built, or the document names a file that is not there */
export async function run(print: Print): Promise<void> {
  const page = resolve(DIST, PAGE);
  if (!existsSync(page)) throw new Error(`There is no ${page}: build the pages first with npm run build.`);
  const named = [...readFileSync(page, 'utf8').matchAll(LOADED)].map(([, path]) => path!);
  const files = [PAGE, ...new Set(named)];
  const bytes = files.reduce((sum, file) => sum + brotliSize(resolve(DIST, file)), 0);
  print({ bench: "first load of the member's pages", value: bytes, unit: 'bytes (brotli)', files: files.length });
}

/** The size the build stored beside the file; small files have none there and are compressed here. */
const brotliSize = (path: string): number =>
  existsSync(`${path}.br`) ? statSync(`${path}.br`).size : brotliCompressSync(readFileSync(path)).length;
