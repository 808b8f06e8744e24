import type { Column } from '#domain/lists/column.ts';
import { type CellValue, readCell } from '#domain/lists/read-cell.ts';
import { type Header, readHeader } from './header.ts';
import { type RawCell, readRecords } from './records.ts';
import { FileFault, type ImportFault } from './report.ts';
import type { Source } from './source.ts';

/** A row of the file: its values by column, what was wrong with its cells, and how to name further faults of it. */
export type FileRow = {
  readonly line: number;
  readonly values: Readonly<Record<string, CellValue>>;
  readonly faults: ImportFault[];
  readonly fault: (column: string | null, code: string, zh: string, en: string) => void;
};

/** A template's second row explains the columns and starts with one of these; it is passed over. */
export const EXPLANATION_MARKS = ['说明：', 'Explanation: '] as const;

/**
 * The rows of the file, one after the other. A column that is absent gives null (an empty list for words).
 * @throws FileFault where the file cannot be read on; HeaderFaults when the columns are wrong.
 */
export async function* readRows(
  source: Source,
  columns: readonly Column[],
  onBytes: (bytes: number) => void = () => {},
): AsyncGenerator<FileRow> {
  let header: Header | undefined;
  for await (const record of readRecords(source, onBytes)) {
    if (!header) {
      const read = readHeader(record, columns);
      if (read.faults.length > 0) throw new HeaderFaults(read.faults);
      header = read.header;
    } else if (!EXPLANATION_MARKS.some((mark) => String(record.cells[0] ?? '').startsWith(mark))) {
      yield readRow(record.line, record.cells, header, columns);
    }
  }
  if (!header) throw new FileFault('empty', '文件没有表头', 'the file has no heading row');
}

/** The columns of the file are not those of its kind; nothing of it is read, not even with --skip-bad. */
export class HeaderFaults extends Error {
  override name = 'HeaderFaults';
  readonly faults: readonly ImportFault[];

  constructor(faults: readonly ImportFault[]) {
    super(`The heading has ${faults.length} fault(s).`);
    this.faults = faults;
  }
}

function readRow(line: number, cells: readonly RawCell[], header: Header, columns: readonly Column[]): FileRow {
  const faults: ImportFault[] = [];
  const values: Record<string, CellValue> = {};
  const fault: FileRow['fault'] = (name, code, zh, en) => {
    const place = header.places.find(({ column }) => column.name === name);
    faults.push({ line, column: name, heading: place?.heading ?? null, code, message: { zh, en } });
  };
  if (cells.slice(header.width).some((cell) => String(cell ?? '') !== ''))
    fault(
      null,
      'too-many-cells',
      `这一行有 ${cells.length} 格，表头只有 ${header.width} 格；含逗号的内容请加引号`,
      `the row has ${cells.length} cells and the heading ${header.width}: put text with commas in quotes`,
    );

  for (const column of columns) values[column.name] = column.type === 'words' ? [] : null;
  for (const { column, index } of header.places) {
    const text = cellText(cells[index] ?? null, column);
    if (text === undefined) {
      fault(
        column.name,
        'digits-lost',
        '单元格是数字格式，Excel 已丢失末尾几位；请设为文本格式后重新填写',
        'the cell is a number and Excel lost its last digits: format it as text and type it again',
      );
      continue;
    }
    const read = readCell(column, text);
    if ('value' in read) values[column.name] = read.value;
    else fault(column.name, read.fault.code, read.fault.message.zh, read.fault.message.en);
  }
  return { line, values, faults, fault };
}

/** A spreadsheet's typed cell as it would stand in a csv; undefined for a number that has lost digits. */
function cellText(cell: RawCell, column: Column): string | undefined {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'true' : 'false';
  if (typeof cell === 'number') {
    const exact = Number.isSafeInteger(cell) || column.type === 'money';
    return exact || Math.abs(cell) < 1e15 ? String(cell) : undefined;
  }
  if (cell instanceof Date) {
    if (Number.isNaN(cell.getTime())) return 'no day';
    // A spreadsheet's moments have no zone; the library gives the wall clock as UTC, and it means Shanghai's.
    const [day = '', time = ''] = cell.toISOString().slice(0, 19).split('T');
    return time === '00:00:00' || column.type !== 'moment' ? day : `${day}T${time}+08:00`;
  }
  return cell;
}
