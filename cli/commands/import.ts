import { writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import { type Command, InvalidArgumentError } from 'commander';
import { isDay } from '#domain/calendar/day.ts';
import type { Lang } from '#domain/eligibility/words.ts';
import { loadPlans } from '#plans/load.ts';
import { IMPORT_KINDS, type ImportKind, importFile } from '#server/imports/import-file.ts';
import { faultLines, type ImportReport, type Progress } from '#server/imports/report.ts';
import { templateFile } from '#server/imports/template.ts';
import { sandboxClock, startSandboxClock, systemClock } from '#server/platform/clock.ts';
import { langOf } from '../options.ts';
import { forOneInsurer } from '../with-server.ts';

type Options = {
  template?: boolean;
  skipBad?: boolean;
  sample?: boolean;
  insurer?: string;
  effectiveFrom?: string;
};

/** Some rows of an applied file were left out. */
const EXIT_SKIPPED = 2;

/** `yilu import KIND FILE` and `yilu import KIND [FILE] --template` (contract 2.5). */
export function define(command: Command): void {
  command
    .argument('<kind>', IMPORT_KINDS.join(' | '), readKind)
    .argument('[file]', 'a .csv (UTF-8 or GBK) or .xlsx · CSV（UTF-8 或 GBK）或 Excel 文件')
    .option('--template', 'write a file to start from: to FILE, or as csv to standard output · 生成模板')
    .option('--skip-bad', 'take in the good rows of a file with bad ones · 跳过有误的行')
    .option('--insurer <code>', 'whose data, where there are several insurers · 保险公司代码')
    .option('--sample', 'lists: mark every row as sample data · 名单：标为示例数据')
    .option('--effective-from <day>', 'lists: first day of this list, default today · 名单：从哪一天起生效', readDay)
    .action(async (kind: ImportKind, file: string | undefined, options: Options) => {
      if (options.template) return await writeTemplate(kind, file, langOf(command));
      if (file === undefined) return command.error('error: name the FILE to import, or give --template · 请给出文件');
      await importInto(kind, file, options, langOf(command));
    });
}

async function importInto(kind: ImportKind, file: string, options: Options, lang: Lang): Promise<void> {
  await forOneInsurer(options.insurer, async (ground) => {
    const sandbox = ground.config.mode === 'sandbox';
    if (sandbox) await startSandboxClock(ground.pool);
    const plans = loadPlans().plans.filter((plan) => plan.insurer === ground.insurer);
    const ctx = { ...ground, plans, clock: sandbox ? sandboxClock : systemClock };
    const bar = progressBar(lang);
    const { skipBad = false, sample = false, effectiveFrom } = options;
    const report = await importFile(ctx, kind, file, { skipBad, sample, effectiveFrom, onProgress: bar.onProgress })
      // The bar must not stay in the terminal's way of what follows.
      .finally(bar.stop);
    process.stderr.write(faultLines(basename(file), report.faults, lang));
    process.stdout.write(`${summary(report, lang)}\n`);
    for (const note of report.notes ?? []) process.stderr.write(`${basename(file)}: ${note[lang]}\n`);
    if (report.faults.length > 0) process.exitCode = report.applied ? EXIT_SKIPPED : 1;
  });
}

async function writeTemplate(kind: ImportKind, file: string | undefined, lang: Lang): Promise<void> {
  const content = await templateFile(
    kind,
    file !== undefined && extname(file).toLowerCase() === '.xlsx' ? 'xlsx' : 'csv',
    lang,
  );
  if (file === undefined) {
    process.stdout.write(content);
    return;
  }
  try {
    writeFileSync(file, content, { flag: 'wx' });
    process.stdout.write(lang === 'zh' ? `模板已写入 ${file}\n` : `The template is in ${file}\n`);
  } catch (error) {
    const there = (error as NodeJS.ErrnoException).code === 'EEXIST';
    const why = there
      ? { zh: '文件已存在，请换一个名字', en: 'is there already: choose another name' }[lang]
      : (error as Error).message;
    process.stderr.write(`${file}: ${why}\n`);
    process.exitCode = 1;
  }
}

function summary({ applied, rows, added, changed, unchanged, removed, skipped }: ImportReport, lang: Lang): string {
  if (!applied)
    return lang === 'zh'
      ? `没有导入：共 ${rows} 行，${skipped} 行有误`
      : `Nothing was imported: ${rows} rows, ${skipped} with faults`;
  return lang === 'zh'
    ? `共 ${rows} 行：新增 ${added}，变更 ${changed}，未变 ${unchanged}，移出 ${removed}，跳过 ${skipped}`
    : `${rows} rows: ${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed, ${skipped} skipped`;
}

/** A bar on stderr, where somebody looks at it; none in a pipe. */
function progressBar(lang: Lang): { onProgress: Progress; stop: () => void } {
  if (!process.stderr.isTTY) return { onProgress: () => {}, stop: () => {} };
  const words = { check: { zh: '检查', en: 'checking' }, write: { zh: '写入', en: 'writing' } };
  const bar = new SingleBar(
    { format: '{stage} [{bar}] {percentage}%', stream: process.stderr, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic,
  );
  let shown: string | undefined;
  return {
    onProgress(stage, done, total) {
      if (shown !== stage) {
        if (shown !== undefined) bar.stop();
        bar.start(total, done, { stage: words[stage][lang] });
        shown = stage;
      }
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

function readKind(text: string): ImportKind {
  const kind = IMPORT_KINDS.find((known) => known === text);
  if (!kind) throw new InvalidArgumentError(`Choose one of ${IMPORT_KINDS.join(', ')}.`);
  return kind;
}

function readDay(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('Give a day that exists as YYYY-MM-DD.');
  return text;
}
