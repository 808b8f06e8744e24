import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vite';
import { PARAGLIDE } from './web/shared/paraglide-options.ts';

const root = resolve(import.meta.dirname, 'web');

/** In development a page load falls back as the server does it: /console/* is the console, all else the member's pages. */
const twoPages: Plugin = {
  name: 'yilu-two-pages',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      const path = (request.url ?? '/').split('?')[0] ?? '/';
      const page = request.headers.accept?.includes('text/html') && !path.startsWith('/api') && !/\.\w+$/.test(path);
      if (page) request.url = /^\/console(\/|$)/.test(path) ? '/console/index.html' : '/member/index.html';
      next();
    });
  },
};

const compress = promisify(brotliCompress);

/** Beside every file of text its brotli form, which the server sends where the browser takes it. */
const brotli: Plugin = {
  name: 'yilu-brotli',
  apply: 'build',
  async writeBundle({ dir }, bundle) {
    const files = Object.keys(bundle).filter((file) => /\.(js|css|html|svg|mjs)$/.test(file));
    await Promise.all(
      files.map(async (file) => {
        const path = resolve(dir ?? '', file);
        const text = await readFile(path);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        if (text.length > 1024) await writeFile(`${path}.br`, await compress(text, { params }));
      }),
    );
  },
};

export default defineConfig({
  root,
  publicDir: resolve(root, 'public'),
  plugins: [paraglideVitePlugin(PARAGLIDE), tailwindcss(), react(), twoPages, brotli],
  build: {
    outDir: resolve(import.meta.dirname, 'dist/web'),
    emptyOutDir: true,
    // No data: URLs, so that the pages run under a strict content policy.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { member: resolve(root, 'member/index.html'), console: resolve(root, 'console/index.html') },
    },
  },
  server: { proxy: { '/api': { target: 'http://localhost:3000', changeOrigin: false } } },
});
