import type { ColumnBuilder } from './column-builder.ts';
import type { Cell } from './write-snapshot.ts';

const encoder = new TextEncoder();

/**
 * Puts one value behind a builder's rows, without making room (`ensure`) except for text. Returns false, and changes
 * nothing, when the value isn't of the builder's type.
 */
export function appendCell(builder: ColumnBuilder, cell: Cell): boolean {
  const at = builder.length;
  if (cell === null) {
    builder.present[at] = 0;
    if (builder.type === 'utf8') builder.int32[at + 1] = builder.int32[at]!;
    builder.length++;
    return true;
  }
  switch (builder.type) {
    case 'utf8':
      if (typeof cell !== 'string' || !cell.isWellFormed()) return false;
      putText(builder, cell);
      break;
    case 'bool':
      if (typeof cell !== 'boolean') return false;
      builder.flags[at] = Number(cell);
      break;
    case 'float64':
      if (typeof cell !== 'number') return false;
      builder.float64[at] = cell;
      break;
    case 'date':
      if (typeof cell !== 'number' || cell !== (cell | 0)) return false;
      builder.int32[at] = cell;
      break;
    case 'int64':
    case 'timestamp':
    case 'timestamptz': {
      const whole = typeof cell === 'number' && Number.isSafeInteger(cell) ? BigInt(cell) : cell;
      if (typeof whole !== 'bigint' || BigInt.asIntN(64, whole) !== whole) return false;
      builder.int64[at] = whole;
      break;
    }
  }
  builder.present[at] = 1;
  builder.length++;
  return true;
}

function putText(builder: ColumnBuilder, text: string): void {
  const at = builder.length;
  const start = builder.int32[at]!;
  builder.ensureText(text.length * 3);
  const { written } = encoder.encodeInto(text, builder.text.subarray(start));
  builder.int32[at + 1] = start + written;
}
