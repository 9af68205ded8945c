import { styleText } from 'node:util';
import { formatNumber, plainText, textWidth } from './text.ts';

export type Cell = string | number | boolean | bigint | null | undefined;

/**
 * A text table: numbers to the right (and columns of numbers already written out, named in `written`), a missing value
 * as an empty cell, cells cut only to fit a terminal.
 */
export function textTable(
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
  written: readonly string[] = [],
): string {
  const cells = rows.map((row) => heads.map((_, i) => cellText(row[i])));
  const right = heads.map(
    (head, i) => written.includes(head) || (rows.length > 0 && rows.every((row) => isNumeric(row[i]))),
  );
  const limit = process.stdout.isTTY
    ? Math.max(12, Math.floor((process.stdout.columns || 100) / 2))
    : Infinity;
  const widths = heads.map((head, i) =>
    Math.min(limit, Math.max(textWidth(plainText(head)), ...cells.map((row) => textWidth(row[i] ?? '')))),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, i) => pad(text, widths[i] ?? 0, right[i] ?? false))
      .join('  ')
      .trimEnd();
  return [styleText('bold', line(heads.map(plainText))), ...cells.map(line)].join('\n');
}

/** `name   value` lines; entries without a value are left out. */
export function factLines(facts: Readonly<Record<string, Cell>>): string {
  const entries = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  const width = Math.max(0, ...entries.map(([name]) => textWidth(name)));
  return entries
    .map(([name, value]) => `${pad(plainText(name), width, false)}  ${cellText(value)}`)
    .join('\n');
}

function isNumeric(value: Cell): boolean {
  return typeof value !== 'string' && typeof value !== 'boolean';
}

function cellText(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return formatNumber(value);
  return plainText(String(value));
}

function pad(text: string, width: number, right: boolean): string {
  const shown = textWidth(text) > width ? `${cut(text, width - 1)}…` : text;
  const space = ' '.repeat(Math.max(0, width - textWidth(shown)));
  return right ? space + shown : shown + space;
}

function cut(text: string, width: number): string {
  let kept = '';
  for (const character of text) {
    if (textWidth(kept + character) > width) break;
    kept += character;
  }
  return kept;
}
