/**
 * The operator's command line. Every command is a line below and a file in commands/; only the one asked for is
 * loaded, so that `decide` and `due` start at once and never touch server code.
 */
import { Command, Option } from 'commander';

type CommandFile = { define(command: Command): void };

const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<CommandFile> }>> = {
  admin: {
    summary: 'make the first administrator of an insurer · 新建第一个管理员',
    load: () => import('./commands/admin.ts'),
  },
  audit: {
    summary: 'verify the audit and its seals · 校验审计记录与封印',
    load: () => import('./commands/audit.ts'),
  },
  decide: {
    summary: 'may this person have this service now, and if not, why not · 这个人现在能否使用这项服务，为什么',
    load: () => import('./commands/decide.ts'),
  },
  due: {
    summary: 'when does a promise fall due · 一项承诺何时到期',
    load: () => import('./commands/due.ts'),
  },
  import: {
    summary: 'take in policies, lists and holiday notices from csv or xlsx · 导入保单、名单和节假日通知',
    load: () => import('./commands/import.ts'),
  },
  keys: {
    summary: 'make a key, bring everything under the current key · 生成密钥，迁移到当前密钥',
    load: () => import('./commands/keys.ts'),
  },
  migrate: {
    summary: 'bring the database to the newest schema · 更新数据库结构',
    load: () => import('./commands/migrate.ts'),
  },
  plan: {
    summary: 'check plan files, print their schema · 检查计划文件，输出格式说明',
    load: () => import('./commands/plan.ts'),
  },
  serve: {
    summary: 'run the API, the worker or both · 运行接口、后台或两者',
    load: () => import('./commands/serve.ts'),
  },
};

/** Runs the command line; `args` without node and script. Exit status in `process.exitCode`. */
export async function run(args: readonly string[]): Promise<void> {
  const program = new Command('yilu')
    .description('Yilu 医路: what a health-service handbook promises, decided and kept')
    .addOption(new Option('--lang <lang>', 'language of texts · 文字的语言').choices(['zh', 'en']).default('zh'))
    .showHelpAfterError();
  const asked = args.find((arg) => Object.hasOwn(COMMANDS, arg));
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = program.command(name).description(summary);
    if (name === asked) (await load()).define(command);
  }
  await program.parseAsync(args, { from: 'user' });
}

// A reader that has seen enough (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await run(process.argv.slice(2));
