import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { FileFault } from './report.ts';

/** A file to import: read as often as needed, never held whole unless it came whole. */
export type Source = {
  readonly name: string;
  readonly bytes: number;
  readonly format: 'csv' | 'xlsx';
  chunks(): AsyncIterable<Uint8Array>;
};

/** A spreadsheet is unpacked in memory, so its size is bounded; a csv is streamed. */
const MAX_XLSX_BYTES = 50 * 1_048_576;

/**
 * Opens a file by path, or bytes with the name they came under. @throws FileFault when it is not there, is empty, or is
 * not what its name says.
 */
export async function openSource(
  file: string | { readonly name: string; readonly content: Uint8Array },
): Promise<Source> {
  const name = basename(typeof file === 'string' ? file : file.name);
  const extension = extname(name).toLowerCase();
  const format = extension === '.xlsx' ? 'xlsx' : 'csv';
  if (extension !== `.${format}`)
    throw new FileFault('wrong-name', '文件名应以 .csv 或 .xlsx 结尾', 'the name must end in .csv or .xlsx');
  const { bytes, head, chunks } = typeof file === 'string' ? await fromPath(file) : fromContent(file.content);
  if (bytes === 0) throw new FileFault('empty', '文件是空的', 'the file is empty');

  const zip = head[0] === 0x50 && head[1] === 0x4b;
  if (zip !== (format === 'xlsx'))
    throw format === 'xlsx'
      ? new FileFault(
          'not-xlsx',
          '这不是 Excel 文件（.xlsx），请另存后再试',
          'is no Excel file (.xlsx): save it as one',
        )
      : new FileFault(
          'not-csv',
          '这是 Excel 或压缩文件，请把扩展名改为 .xlsx，或另存为 CSV',
          'is an Excel or zip file: name it .xlsx or save it as CSV',
        );
  if (format === 'xlsx' && bytes > MAX_XLSX_BYTES)
    throw new FileFault(
      'too-large',
      'Excel 文件超过 50 MB，请另存为 CSV',
      'an Excel file may have 50 MB: save it as CSV',
    );
  return { name, bytes, format, chunks };
}

async function fromPath(path: string) {
  try {
    const { size } = await stat(path);
    const handle = await open(path);
    const head = Buffer.alloc(4);
    await handle.read(head, 0, 4, 0).finally(() => handle.close());
    return { bytes: size, head, chunks: () => createReadStream(path) as AsyncIterable<Uint8Array> };
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new FileFault(
      'cannot-open',
      `打不开文件（${why}），请检查路径`,
      `the file cannot be opened (${why}): check the path`,
    );
  }
}

const fromContent = (content: Uint8Array) => ({
  bytes: content.length,
  head: content,
  async *chunks() {
    yield content;
  },
});
