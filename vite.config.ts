import { resolve } from 'node:path';
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

export default defineConfig({
  root,
  publicDir: resolve(root, 'public'),
  plugins: [paraglideVitePlugin(PARAGLIDE), tailwindcss(), react(), twoPages],
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
