/** Tables as CSV files that spreadsheets read: with a BOM, without which they read Chinese wrongly. */
export type Cell = string | number | null;

/** No cell can start a formula. */
export const toCsv = (table: readonly (readonly Cell[])[]): Buffer =>
  Buffer.from(`\ufeff${table.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`);

function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(2);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
