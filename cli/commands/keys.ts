import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { rotateKeys } from '#server/keys/rotate.ts';
import { sandboxClock, systemClock } from '#server/platform/clock.ts';
import { forEachInsurer } from '../with-server.ts';

/**
 * `yilu keys new ID` prints a fresh key; `yilu keys rotate` brings everything written under older keys under the current
 * one. In between an operator adds the key to every process's ring and then makes it current.
 */
export function define(command: Command): void {
  command
    .command('new')
    .argument('<id>', '1-32 of A-Z a-z 0-9 _ -')
    .description('print a fresh key as id=base64, for YILU_KEYS or the key file · 生成一个新密钥')
    .action((id: string) => {
      if (!/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
        process.stderr.write(`The key id "${id}" must be 1-32 of A-Z a-z 0-9 _ -.\n`);
        process.exitCode = 1;
        return;
      }
      process.stdout.write(`${id}=${randomBytes(32).toString('base64')}\n`);
    });
  command
    .command('rotate')
    .description('bring all data keys, hashes and sealed values under the current key · 将数据迁移到当前密钥')
    .action(async () => {
      await forEachInsurer(async (ground) => {
        const clock = ground.config.mode === 'sandbox' ? sandboxClock : systemClock;
        const done = await rotateKeys({ ...ground, clock });
        process.stdout.write(`${JSON.stringify({ insurer: ground.insurer, key: ground.keyRing.current, ...done })}\n`);
      });
    });
}
