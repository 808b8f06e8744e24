import { ConfigError } from '#server/platform/config.ts';

/** Runs a command; what is wrong with the environment or the database goes to stderr in plain words, exit status 1. */
export async function reportConfigError(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const known = error instanceof ConfigError || (error instanceof Error && error.constructor === Error);
    process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
