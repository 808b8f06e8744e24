import type { Both } from '#domain/lists/column.ts';

/** What is wrong with one cell, one row or the file. Names no person: line and column say where to look. */
export type ImportFault = {
  /** As an editor counts; the heading is line 1. `null`: the file as a whole. */
  readonly line: number | null;
  /** The column's name of the contract; `null`: the row or the file as a whole. */
  readonly column: string | null;
  /** The heading as the file has it. */
  readonly heading: string | null;
  readonly code: string;
  readonly message: Both;
};

/** What a file did, or would have done. Rows are counted as the file has them. */
export type ImportReport = {
  readonly kind: string;
  /** False when faults kept all of it out. */
  readonly applied: boolean;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Entries of a list that the file no longer has. */
  readonly removed: number;
  /** Rows with a fault. */
  readonly skipped: number;
  readonly faults: readonly ImportFault[];
  /** What was taken in and still looks wrong: for people to check, no row to blame. */
  readonly notes?: readonly Both[];
};

/** How far a run is: `done` of `total` in bytes (reading) or rows (writing). */
export type Progress = (stage: 'check' | 'write', done: number, total: number) => void;

/** Thrown for a file that cannot be read on: the faults so far, this one last. */
export class FileFault extends Error {
  override name = 'FileFault';
  readonly fault: ImportFault;

  constructor(
    code: string,
    zh: string,
    en: string,
    line: number | null = null,
    column: string | null = null,
    heading: string | null = null,
  ) {
    super(en);
    this.fault = { line, column, heading, code, message: { zh, en } };
  }
}

/** `file.csv:12: 证件号码（idNumber）: 校验位不对…`, one a line, in order of the file. */
export function faultLines(file: string, faults: readonly ImportFault[], lang: 'zh' | 'en'): string {
  const inOrder = [...faults].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return inOrder
    .map((fault) => `${file}:${fault.line ?? 1}: ${columnWords(fault, lang)}${fault.message[lang]}\n`)
    .join('');
}

function columnWords({ column, heading }: ImportFault, lang: 'zh' | 'en'): string {
  const [open, close] = lang === 'zh' ? ['（', '）'] : [' (', ')'];
  if (column === null) return heading === null ? '' : `${heading}: `;
  return heading === null || heading === column ? `${column}: ` : `${heading}${open}${column}${close}: `;
}
