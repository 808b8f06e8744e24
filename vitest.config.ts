import { defineConfig } from 'vitest/config';

// Two layers: `pure` needs nothing, `pg` runs on a real PostgreSQL that tests/pg-setup.ts starts once.
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: [
            'domain/**/*.test.ts',
            'contract/**/*.test.ts',
            'tests/house/**/*.test.ts',
            'cli/**/*.test.ts',
            'web/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'pg',
          include: ['server/**/*.test.ts', 'tests/stories/**/*.test.ts'],
          globalSetup: ['tests/pg-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
