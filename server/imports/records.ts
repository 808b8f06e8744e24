import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { readSheet } from 'read-excel-file/node';
import { decodedChunks, detectEncoding } from './encoding.ts';
import { FileFault } from './report.ts';
import type { Source } from './source.ts';

/** A cell as it comes out of the file: text from csv, typed from a spreadsheet. */
export type RawCell = string | number | boolean | Date | null;
export type RawRecord = { readonly line: number; readonly cells: readonly RawCell[] };

/** The filled rows of the file in order, the heading first. @throws FileFault where it cannot be read on. */
export async function* readRecords(source: Source, onBytes: (bytes: number) => void): AsyncGenerator<RawRecord> {
  for await (const record of source.format === 'csv' ? readCsv(source, onBytes) : readXlsx(source, onBytes))
    if (record.cells.some((cell) => cell !== null && cell !== '')) yield record;
}

async function* readCsv(source: Source, onBytes: (bytes: number) => void): AsyncGenerator<RawRecord> {
  const encoding = await detectEncoding(source);
  const parser = parse({ info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: 1_048_576 });
  // What breaks the pipeline also breaks the loop below, which tells it.
  pipeline(Readable.from(decodedChunks(source, encoding, onBytes)), parser).catch(() => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
      yield { line: info.lines - breaks, cells: record };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number(error.lines) || null;
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      throw new FileFault(
        'row-too-long',
        '这一行超过 1 MB，请检查引号是否成对',
        'the row is longer than 1 MB: check that quotes come in pairs',
        line,
      );
    throw new FileFault(
      'bad-quotes',
      '引号不成对或位置不对，文件从这里起无法读取',
      'a quote is missing or out of place: the file cannot be read from here on',
      line,
    );
  }
}

async function* readXlsx(source: Source, onBytes: (bytes: number) => void): AsyncGenerator<RawRecord> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks()) chunks.push(chunk);
  let rows: readonly (readonly unknown[])[];
  try {
    rows = await readSheet(Buffer.concat(chunks));
  } catch {
    throw new FileFault(
      'not-xlsx',
      '这不是完好的 Excel 文件（.xlsx），请重新另存',
      'is no sound Excel file (.xlsx): save it again',
    );
  }
  onBytes(source.bytes);
  for (const [i, cells] of rows.entries()) yield { line: i + 1, cells: cells as RawCell[] };
}
