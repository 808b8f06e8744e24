import writeXlsxFile from 'write-excel-file/node';
import type { Column } from '#domain/lists/column.ts';
import { type ImportKind, importColumns } from './import-file.ts';
import { EXPLANATION_MARKS } from './rows.ts';

/**
 * A file to start from: headings, a row that explains each column (passed over when the file is imported) and one
 * example row. As csv it has a BOM, without which spreadsheets read Chinese wrongly.
 */
export const templateFile = (kind: ImportKind, format: 'csv' | 'xlsx', lang: 'zh' | 'en' = 'zh'): Promise<Buffer> =>
  templateOf(importColumns(kind), format, lang);

/** The same for columns that are no import of the insurer's, e.g. a provider's invoice. */
export async function templateOf(
  columns: readonly Column[],
  format: 'csv' | 'xlsx',
  lang: 'zh' | 'en',
): Promise<Buffer> {
  const rows = templateRows(columns, lang);
  if (format === 'csv') return Buffer.from(`\ufeff${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`);
  const cells = rows.map((row, i) =>
    // All as text: a spreadsheet rounds the 18 digits of an ID number.
    row.map((value) => ({
      value,
      type: String,
      format: '@',
      wrap: i === 1,
      ...(i === 0 ? { fontWeight: 'bold' as const } : {}),
    })),
  );
  return await writeXlsxFile(cells, { columns: rows[0]!.map(() => ({ width: 20 })) }).toBuffer();
}

function templateRows(columns: readonly Column[], lang: 'zh' | 'en'): string[][] {
  const mark = EXPLANATION_MARKS[lang === 'zh' ? 0 : 1];
  return [
    columns.map((column) => (lang === 'zh' ? column.heading.zh : column.name)),
    columns.map((column, i) => `${i === 0 ? mark : ''}${column.about[lang]}`),
    columns.map((column) => column.example),
  ];
}

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
