import { decimalSize, isDecimal } from '../../../preload/contract/column-types.ts';
import { decimalText } from '../../../preload/contract/decimals.ts';
import type { ColumnValues } from '../../datasets/index.ts';

const day = 86_400_000;

export function rowsOf(column: ColumnValues): number {
  return column.kind === 'text' ? column.codes.length : column.values.length;
}

export function isMissing(column: ColumnValues, row: number): boolean {
  if (column.kind === 'text') return column.codes[row]! < 0;
  return column.present ? column.present[row] === 0 : false;
}

export function presentRows(column: ColumnValues): number {
  let count = 0;
  for (let row = 0, rows = rowsOf(column); row < rows; row++) if (!isMissing(column, row)) count++;
  return count;
}

/** As it is written in a suite: numbers as they are, bool as true and false, dates and moments in ISO 8601. */
export function textOf(column: ColumnValues, row: number): string {
  if (column.kind === 'text') return column.levels[column.codes[row]!] ?? '';
  const value = column.values[row]!;
  switch (column.type) {
    case 'bool':
      return value === 1 ? 'true' : 'false';
    case 'date':
      return new Date(value * day).toISOString().slice(0, 10);
    case 'timestamp':
      return new Date(value / 1000).toISOString().replace(/(\.000)?Z$/, '');
    case 'timestamptz':
      return new Date(value / 1000).toISOString();
    default:
      return numberText(column, row);
  }
}

function numberText({ type, values, exact }: ColumnValues & { kind: 'number' }, row: number): string {
  if (!exact) return String(values[row]!);
  return isDecimal(type) ? shortest(decimalText(exact[row]!, decimalSize(type).scale)) : String(exact[row]!);
}

/** `1.50` as `1.5`, `2.00` as `2`. */
function shortest(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** A value of a suite as `textOf` writes it, where the column holds decimals. */
export function valueText({ type }: ColumnValues, value: string | number | boolean): string {
  return isDecimal(type) && /^[+-]?\d+(\.\d+)?$/.test(String(value))
    ? shortest(String(value))
    : String(value);
}

/** Whole numbers beyond 2^53 as they are. */
const whole = /^[+-]?\d{16,19}$/;

/** A bound of a suite in the column's own numbers (dates in days, moments in microseconds); undefined when it is none. */
export function boundOf({ type }: ColumnValues, bound: number | string): number | bigint | undefined {
  if (type === 'date' || type === 'timestamp' || type === 'timestamptz') {
    const time =
      typeof bound === 'string'
        ? Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(bound) || bound.length <= 10 ? bound : `${bound}Z`)
        : Number.NaN;
    if (Number.isNaN(time)) return undefined;
    return type === 'date' ? Math.floor(time / day) : time * 1000;
  }
  if (type === 'int64' && typeof bound === 'string' && whole.test(bound.trim())) return BigInt(bound);
  const value = typeof bound === 'number' ? bound : Number(bound);
  return Number.isNaN(value) ? undefined : value;
}
