import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { verifyAudit } from '#server/audit/verify.ts';
import { forEachInsurer } from '../with-server.ts';

/** `yilu audit verify [--seals FILE]` (contract 2.5): one JSON line an insurer; exit status 1 when one has a fault. */
export function define(command: Command): void {
  command
    .command('verify')
    .option('--seals <file>', 'the seals kept outside the database (default: YILU_SEAL_LOG) · 库外保存的封印文件')
    .description(
      'name the first altered, missing or inserted row, or a cut-off tail · 找出被改动、删除、插入或截断的审计记录',
    )
    .action(async ({ seals }: { seals?: string }) => {
      if (seals !== undefined && !existsSync(seals)) {
        process.stderr.write(`--seals: there is no file ${resolve(seals)}.\n`);
        process.exitCode = 1;
        return;
      }
      await forEachInsurer(async (ground) => {
        const file = seals ?? (existsSync(ground.config.sealLog) ? ground.config.sealLog : undefined);
        const verdict = await verifyAudit(ground, file === undefined ? {} : { sealLog: file });
        process.stdout.write(`${JSON.stringify({ insurer: ground.insurer, ...verdict, seals: file ?? null })}\n`);
        if (!verdict.ok) process.exitCode = 1;
      });
    });
}
