import { decimalSize, isDecimal, type ColumnType } from '../../../preload/contract/column-types.ts';
import type { ColumnBuilder } from '../snapshot/column-builder.ts';
import { decimalText, wideValue } from '../snapshot/decimals.ts';
import type { Cell } from '../snapshot/write-snapshot.ts';

const decoder = new TextDecoder();

/** The value of a row that a builder holds. */
export function cellOf(builder: ColumnBuilder, row: number): Cell {
  if (builder.present[row] === 0) return null;
  switch (builder.type) {
    case 'bool':
      return builder.flags[row] === 1;
    case 'float64':
      return builder.float64[row]!;
    case 'date':
      return builder.int32[row]!;
    case 'int64':
    case 'timestamp':
    case 'timestamptz':
      return builder.int64[row]!;
    default:
      return builder.isText
        ? decoder.decode(builder.text.subarray(builder.int32[row], builder.int32[row + 1]))
        : wideValue(builder.int64, row);
  }
}

/** A value as people and CSV files write it: ISO 8601 dates and times, the shortest digits of a number that give it back. */
export function cellText(type: ColumnType, cell: Cell): string | null {
  if (cell === null) return null;
  if (type === 'date') return dateText(Number(cell));
  if (type === 'timestamp') return momentText(BigInt(cell));
  if (type === 'timestamptz') return `${momentText(BigInt(cell))}Z`;
  if (type === 'float64') return numberText(Number(cell));
  if (isDecimal(type)) return decimalText(BigInt(cell), decimalSize(type).scale);
  return String(cell);
}

function numberText(value: number): string {
  if (Object.is(value, -0)) return '-0';
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'inf';
  return value === -Infinity ? '-inf' : String(value);
}

const microsPerDay = 86_400_000_000n;

/** The calendar's day; beyond what Date can count, the number of days. */
function dateText(days: number): string {
  const date = new Date(days * 86_400_000);
  return Number.isNaN(date.getTime()) ? `day ${days}` : date.toISOString().split('T')[0]!;
}

function momentText(micros: bigint): string {
  const inDay = ((micros % microsPerDay) + microsPerDay) % microsPerDay;
  const days = (micros - inDay) / microsPerDay;
  const seconds = Number(inDay / 1_000_000n);
  const fraction = Number(inDay % 1_000_000n);
  const rest = fraction === 0 ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
  return `${dateText(Number(days))}T${clockText(seconds)}${rest}`;
}

/** Seconds of a day as `09:30:00`. */
export function clockText(seconds: number): string {
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
