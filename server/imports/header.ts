import { type Column, normaliseWord } from '#domain/lists/column.ts';
import type { RawRecord } from './records.ts';
import type { ImportFault } from './report.ts';

/** Which cell of a row is which column, with the heading as the file has it. */
export type Header = {
  readonly places: readonly { readonly column: Column; readonly index: number; readonly heading: string }[];
  readonly width: number;
};

/** Reads the heading row, Chinese or English; every missing, unknown or doubled column is a fault of the file. */
export function readHeader(record: RawRecord, columns: readonly Column[]): { header: Header; faults: ImportFault[] } {
  const names = new Map<string, Column>();
  for (const column of columns)
    for (const name of [column.name, column.heading.zh, column.heading.en, ...(column.also ?? [])])
      names.set(normaliseWord(name), column);

  const faults: ImportFault[] = [];
  const found = new Map<string, { column: Column; index: number; heading: string }>();
  for (const [index, cell] of record.cells.entries()) {
    const heading = String(cell ?? '').trim();
    const column = names.get(normaliseWord(heading));
    if (heading === '') {
      if (record.cells.slice(index).some((rest) => String(rest ?? '').trim() !== ''))
        fault(
          `#${index + 1}`,
          null,
          'empty-heading',
          `第 ${index + 1} 列没有表头`,
          `column ${index + 1} has no heading`,
        );
    } else if (!column) {
      fault(
        heading,
        null,
        'unknown-column',
        '没有这一列，请删除或改正表头（模板用 --template 生成）',
        'is no column of this file: remove or correct it (--template writes one)',
      );
    } else if (found.has(column.name)) {
      fault(
        heading,
        column.name,
        'doubled-column',
        '这一列出现了两次，请只保留一列',
        'the column is there twice: keep one',
      );
    } else {
      found.set(column.name, { column, index, heading });
    }
  }
  for (const column of columns)
    if (!column.optionalColumn && !found.has(column.name))
      fault(column.heading.zh, column.name, 'missing-column', '缺少这一列', 'the column is missing');
  return { header: { places: [...found.values()], width: record.cells.length }, faults };

  function fault(heading: string, column: string | null, code: string, zh: string, en: string): void {
    faults.push({ line: record.line, column, heading, code, message: { zh, en } });
  }
}
