import type { Command } from 'commander';
import { addAccount } from '#server/accounts/administration.ts';
import { sandboxClock, systemClock } from '#server/platform/clock.ts';
import { type Ctx, SYSTEM } from '#server/platform/context.ts';
import { Problem } from '#server/platform/problem.ts';
import { langOf } from '../options.ts';
import { forOneInsurer } from '../with-server.ts';

/**
 * `yilu admin add`: the first administrator of an insurer, who makes all other accounts on screen. Prints a password
 * that is shown once, holds three days, and is good only for choosing another.
 */
export function define(command: Command): void {
  command
    .command('add')
    .requiredOption('--email <email>', 'signs in with it · 登录邮箱')
    .requiredOption('--name <name>', 'shown to colleagues · 姓名')
    .option('--insurer <code>', 'needed where the database serves several · 保险公司代码')
    .description('make an administrator and print a first password · 新建管理员')
    .action(async ({ email, name, insurer }: { email: string; name: string; insurer?: string }) => {
      await forOneInsurer(insurer, async (ground) => {
        const ctx = {
          ...ground,
          clock: ground.config.mode === 'sandbox' ? sandboxClock : systemClock,
        } as unknown as Ctx;
        try {
          const { temporaryPassword } = await addAccount(
            ctx,
            SYSTEM,
            { email, name, roles: ['administrator'] },
            langOf(command),
          );
          process.stdout.write(`${temporaryPassword}\n`);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          process.stderr.write(`${error.message}\n`);
          process.exitCode = 1;
        }
      });
    });
}
