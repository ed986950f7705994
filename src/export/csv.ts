// CSV as RFC 4180 has it (https://www.rfc-editor.org/rfc/rfc4180), and JSON Lines: one text a page of rows.
import type { Column, Value } from './table.js';

/** What Excel and WPS need to read UTF-8. */
export const byteOrderMark = '\ufeff';

/** What begins a formula, also at full width and behind a line feed (https://owasp.org/www-community/attacks/CSV_Injection). */
const formula = /^[=+\-@＝＋－＠\t\r\n]/;

/** A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers do not. */
function csvField(value: Value): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const guarded = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** One line with its end. */
export const csvLine = (row: readonly Value[]): string => `${row.map(csvField).join(',')}\r\n`;

/** One object on a line; columns without a value are null. */
export const jsonLine = (columns: readonly Column[], row: readonly Value[]): string =>
  `${JSON.stringify(Object.fromEntries(columns.map(({ name }, index) => [name, row[index]])))}\n`;
