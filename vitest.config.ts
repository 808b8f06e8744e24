import { defineConfig } from 'vitest/config';

// Two layers: `pure` needs nothing and starts nothing; `pg` runs on a real PostgreSQL that tests/pg-setup.ts starts once,
// with the tests that start the `yilu` command beside it: each start of a process costs more than a hundred pure tests.
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          // Nothing here keeps state: files share their modules, and four charts are read once.
          isolate: false,
          pool: 'threads',
          maxWorkers: 2,
          // The walk of a chart takes a second; on a machine with other work, many.
          testTimeout: 30_000,
          include: ['domain/**/*.test.ts', 'contract/**/*.test.ts', 'tests/house/**/*.test.ts', 'web/**/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'pg',
          include: ['server/**/*.test.ts', 'cli/**/*.test.ts', 'tests/stories/**/*.test.ts'],
          globalSetup: ['tests/pg-setup.ts'],
          // A file's database is its own; the program's modules keep nothing between two grounds, and reading them anew for
          // each file would take a quarter of the layer.
          isolate: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
