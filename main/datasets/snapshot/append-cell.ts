import {
  decimalSize,
  isDecimal,
  orderedLevels,
  type DecimalType,
  type OrderedType,
} from '../../../preload/contract/column-types.ts';
import type { ColumnBuilder } from './column-builder.ts';
import { powerOfTen } from './decimals.ts';
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
    if (builder.isText) builder.int32[at + 1] = builder.int32[at]!;
    builder.length++;
    return true;
  }
  switch (builder.type) {
    case 'utf8':
    case 'categorical':
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
    default:
      if (!isDecimal(builder.type)) {
        if (typeof cell !== 'string' || !isLevel(builder.type, cell)) return false;
        putText(builder, cell);
      } else if (typeof cell !== 'bigint' || !putDecimal(builder, builder.type, cell)) return false;
  }
  builder.present[at] = 1;
  builder.length++;
  return true;
}

/** Puts a decimal's units into row `builder.length`; false when they have too many digits. */
function putDecimal(builder: ColumnBuilder, type: DecimalType, units: bigint): boolean {
  const most = powerOfTen(decimalSize(type).precision);
  if (units >= most || units <= -most) return false;
  writeWide(builder, builder.length, units);
  return true;
}

/** A whole number of 128 bits into a row of a decimal's builder. */
export function writeWide({ int64 }: ColumnBuilder, row: number, units: bigint): void {
  int64[2 * row] = units;
  int64[2 * row + 1] = units >> 64n;
}

const levelSets = new Map<OrderedType, ReadonlySet<string>>();

/** Whether a text is a level of these ordered categories. */
export function isLevel(type: OrderedType, text: string): boolean {
  let levels = levelSets.get(type);
  if (!levels) {
    if (levelSets.size > 100) levelSets.clear();
    levelSets.set(type, (levels = new Set(orderedLevels(type))));
  }
  return levels.has(text);
}

function putText(builder: ColumnBuilder, text: string): void {
  const at = builder.length;
  const start = builder.int32[at]!;
  builder.ensureText(text.length * 3);
  const { written } = encoder.encodeInto(text, builder.text.subarray(start));
  builder.int32[at + 1] = start + written;
}
