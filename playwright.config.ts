import { defineConfig } from '@playwright/test';
import { chromiumPath } from './tests/e2e/support/ensure-browser.ts';
import { CHROMIUM_ARGS, fontEnv } from './tests/e2e/support/test-env.ts';

const port = Number(process.env.E2E_PORT ?? 4599);
const executablePath = await chromiumPath();
const env = Object.fromEntries(Object.entries({ ...process.env, ...fontEnv() }).map(([k, v]) => [k, v ?? '']));

// A sandbox each (tests/e2e/serve.ts): what the member's pages move does not reach the console's, and both run at once.
const on = (at: number) => ({ baseURL: `http://127.0.0.1:${at}` });
const PHONE = { ...on(port), viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const DESK = { ...on(port + 1), viewport: { width: 1440, height: 900 } };

export default defineConfig({
  testDir: 'tests/e2e',
  workers: 2,
  // Shared machines are slow at times; a state that does not come fails later, not wrongly.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'line',
  outputDir: 'test-results',
  use: {
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    // A trace draws every page at every step, at the price of the test itself: asked for when one fails.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, env, args: CHROMIUM_ARGS },
  },
  // What only looks may run side by side; what moves time or cases goes one after the other, on its sandbox.
  projects: [
    { name: 'a11y-h5', testMatch: /member-a11y\.spec\.ts$/, fullyParallel: true, use: PHONE },
    { name: 'a11y-console', testMatch: /console-a11y\.spec\.ts$/, fullyParallel: true, use: DESK },
    {
      name: 'h5',
      testMatch: /(^|\/)(member|h5)[^/]*\.spec\.ts$/,
      testIgnore: /a11y/,
      workers: 1,
      dependencies: ['a11y-h5'],
      use: PHONE,
    },
    {
      name: 'console',
      testIgnore: [/(^|\/)(member|h5)[^/]*\.spec\.ts$/, /a11y/],
      workers: 1,
      dependencies: ['a11y-console'],
      use: DESK,
    },
  ],
  webServer: {
    command: `node tests/e2e/serve.ts`,
    env: { E2E_PORT: String(port) },
    wait: { stdout: /both sandboxes are ready/ },
    timeout: 120_000,
    // The default kills it at once and leaves its data behind.
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
  },
});
