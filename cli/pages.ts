/** The built pages: there, newer than their sources, or built now. */
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..');
const BUILT = join(PROJECT, 'dist', 'web', 'member', 'index.html');

/** Builds the pages when they are missing or older than their sources. Needs the development dependencies. */
export async function ensurePages(say: (line: string) => void): Promise<void> {
  const built = statSync(BUILT, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = globSync(
    ['web/**/*.{ts,tsx,css,html,json,svg}', 'contract/*.ts', 'domain/**/*.ts', 'vite.config.ts'],
    {
      cwd: PROJECT,
      exclude: (name) => name.includes('paraglide') || name.endsWith('.test.ts'),
    },
  );
  if (built > 0 && sources.every((file) => statSync(join(PROJECT, file)).mtimeMs <= built)) return;
  say('正在构建页面 · building the pages …');
  const { build } = await import('vite').catch((cause: unknown) => {
    throw new Error(
      'The pages are not built and vite is not installed: run "npm ci" (with development dependencies) and "npm run build" first.',
      { cause },
    );
  });
  await build({ configFile: join(PROJECT, 'vite.config.ts'), logLevel: 'error' });
}
