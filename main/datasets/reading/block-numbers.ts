import { float64Values, int32Values, int64Values, isPresent, type Block } from '../snapshot/block.ts';

/**
 * Writes a block's values as numbers into `to` from `at`; NaN where missing. bool is 0 and 1, date days, timestamps
 * microseconds, all since 1970-01-01. Whole numbers beyond 2^53 are rounded to the nearest double.
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
    case 'utf8':
      throw new TypeError('text has no numbers');
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
