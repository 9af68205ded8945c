import { decimalSize, isDecimal } from '../../../preload/contract/column-types.ts';
import { wideValue } from '../snapshot/decimals.ts';
import { float64Values, int32Values, int64Values, isPresent, type Block } from '../snapshot/block.ts';

/**
 * Writes a block's values as numbers into `to` from `at`; NaN where missing. bool is 0 and 1, date days, timestamps
 * microseconds, all since 1970-01-01. Whole numbers beyond 2^53 and decimals are rounded to the nearest double.
 */
export function writeNumbers(block: Block, to: Float64Array, at: number): void {
  const { rows, validity } = block;
  switch (block.type) {
    case 'float64':
      to.set(float64Values(block.values, rows), at);
      break;
    case 'date':
      to.set(int32Values(block.values, rows), at);
      break;
    case 'bool':
      for (let row = 0; row < rows; row++) to[at + row] = isPresent(block.values, row) ? 1 : 0;
      break;
    case 'int64':
    case 'timestamp':
    case 'timestamptz':
      writeIntegers(block, to, at);
      break;
    default:
      if (!isDecimal(block.type)) throw new TypeError('text has no numbers');
      writeDecimals(block, decimalSize(block.type).scale, to, at);
  }
  if (validity) for (let row = 0; row < rows; row++) if (!isPresent(validity, row)) to[at + row] = Number.NaN;
}

const exact = 2 ** 53;

/** In halves, which is quicker than through bigint; the few values beyond 2^53 take the exact way. */
function writeIntegers(block: Block, to: Float64Array, at: number): void {
  const halves = int32Values(block.values, 2 * block.rows);
  for (let row = 0; row < block.rows; row++) {
    const value = halves[2 * row + 1]! * 4_294_967_296 + (halves[2 * row]! >>> 0);
    to[at + row] =
      value > exact || value < -exact ? Number(int64Values(block.values, block.rows)[row]) : value;
  }
}

/** 10^22 is the greatest power of ten that is a double: a quotient of two exact doubles is the nearest double of the decimal. */
const exactPower = 22;

function writeDecimals(block: Block, scale: number, to: Float64Array, at: number): void {
  const words = int32Values(block.values, 4 * block.rows);
  const wide = int64Values(block.values, 2 * block.rows);
  const divisor = 10 ** scale;
  for (let row = 0; row < block.rows; row++) {
    const low = words[4 * row]! >>> 0;
    const high = words[4 * row + 1]!;
    const value = high * 4_294_967_296 + low;
    const fits =
      words[4 * row + 2] === high >> 31 &&
      words[4 * row + 3] === high >> 31 &&
      value <= exact &&
      value >= -exact;
    to[at + row] =
      fits && scale <= exactPower ? value / divisor : Number(`${wideValue(wide, row)}e${-scale}`);
  }
}
