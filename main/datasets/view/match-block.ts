import { isDecimal, isTextType } from '../../../preload/contract/column-types.ts';
import { float64Values, int32Values, int64Values, isPresent, type Block } from '../snapshot/block.ts';
import { writeNumbers } from '../reading/block-numbers.ts';
import { wideValue } from '../snapshot/decimals.ts';
import type { Condition, Operand, Operator, Test } from './condition.ts';

/** Clears `keep[row]` (1 or 0, one per row of the block) where the condition does not hold. */
export type BlockFilter = (block: Block, keep: Uint8Array) => void;

export function filterOf({ type, test }: Condition): BlockFilter {
  if (test.kind === 'missing') return missingFilter(test.negated);
  if (isTextType(type)) return textFilter(test);
  return isDecimal(type) ? decimalFilter(test) : numberFilter(test);
}

function missingFilter(negated: boolean): BlockFilter {
  return ({ validity, rows }, keep) => {
    for (let row = 0; row < rows; row++) if (isPresent(validity, row) !== negated) keep[row] = 0;
  };
}

type NumberTest = (value: number | bigint) => boolean;

const exact = 2 ** 53;

function numberFilter(test: Exclude<Test, { kind: 'missing' }>): BlockFilter {
  const holds = numberTest(test);
  const numbers = new Float64Array(65_536);
  return (block, keep) => {
    const { validity, rows } = block;
    if (block.type === 'float64') numbers.set(float64Values(block.values, rows));
    else writeNumbers(block, numbers, 0);
    const isWhole = block.type !== 'float64' && block.type !== 'date' && block.type !== 'bool';
    for (let row = 0; row < rows; row++) {
      if (keep[row] === 0) continue;
      if (!isPresent(validity, row)) {
        keep[row] = 0;
        continue;
      }
      const near = numbers[row]!;
      const isWide = isWhole && (near >= exact || near <= -exact);
      if (!holds(isWide ? int64Values(block.values, rows)[row]! : near)) keep[row] = 0;
    }
  };
}

function decimalFilter(test: Exclude<Test, { kind: 'missing' }>): BlockFilter {
  const holds = numberTest(test);
  return ({ validity, rows, values }, keep) => {
    const halves = int64Values(values, 2 * rows);
    for (let row = 0; row < rows; row++) {
      if (keep[row] === 0) continue;
      if (!isPresent(validity, row) || !holds(wideValue(halves, row))) keep[row] = 0;
    }
  };
}

/** JavaScript compares number with bigint exactly; NaN equals NaN here and stands above everything, as in sorting. */
function numberTest(test: Exclude<Test, { kind: 'missing' }>): NumberTest {
  switch (test.kind) {
    case 'compare': {
      const { value } = test;
      const order = (x: number | bigint) => compareNumbers(x, value);
      return byOperator(test.operator, order);
    }
    case 'between':
      return (x) => compareNumbers(x, test.low) >= 0 && compareNumbers(x, test.high) <= 0;
    case 'in': {
      const values = test.values.map((value) => value as number | bigint);
      const known = new Set(values.map(canonical));
      return (x) => known.has(canonical(x)) !== test.negated;
    }
    case 'contains':
    default:
      throw new TypeError('numbers contain no text');
  }
}

function canonical(value: number | bigint): number | bigint {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(value);
  return value === 0 ? 0 : value;
}

function compareNumbers(x: number | bigint, value: Operand): number {
  const y = value as number | bigint;
  if (x < y) return -1;
  if (x > y) return 1;
  // oxlint-disable-next-line eqeqeq -- 1 and 1n are the same number
  if (x == y) return 0;
  const isNaN = x !== x;
  return isNaN === (y !== y) ? 0 : isNaN ? 1 : -1;
}

function byOperator<T>(operator: Operator, order: (value: T) => number): (value: T) => boolean {
  switch (operator) {
    case '=':
    case '==':
      return (x) => order(x) === 0;
    case '!=':
      return (x) => order(x) !== 0;
    case '<':
      return (x) => order(x) < 0;
    case '<=':
      return (x) => order(x) <= 0;
    case '>':
      return (x) => order(x) > 0;
    case '>=':
    default:
      return (x) => order(x) >= 0;
  }
}

/** A text in the bytes of a block. */
interface Slice {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

function textFilter(test: Exclude<Test, { kind: 'missing' }>): BlockFilter {
  const holds = textTest(test);
  return ({ validity, rows, values, text }, keep) => {
    const offsets = int32Values(values, rows + 1);
    const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    for (let row = 0; row < rows; row++) {
      if (keep[row] === 0) continue;
      const fits = isPresent(validity, row) && holds({ bytes, from: offsets[row]!, to: offsets[row + 1]! });
      if (!fits) keep[row] = 0;
    }
  };
}

/** The order of texts is that of their UTF-8 bytes. */
function compareWith(value: Operand): (slice: Slice) => number {
  const target = Buffer.from(String(value));
  return ({ bytes, from, to }) => -target.compare(bytes, from, to);
}

function textTest(test: Exclude<Test, { kind: 'missing' }>): (slice: Slice) => boolean {
  switch (test.kind) {
    case 'compare':
      return byOperator(test.operator, compareWith(test.value));
    case 'between': {
      const [low, high] = [compareWith(test.low), compareWith(test.high)];
      return (slice) => low(slice) >= 0 && high(slice) <= 0;
    }
    case 'in': {
      const known = new Set(test.values.map(String));
      return ({ bytes, from, to }) => known.has(bytes.toString('utf8', from, to)) !== test.negated;
    }
    case 'contains':
    default: {
      const needle = test.text.toLowerCase();
      return ({ bytes, from, to }) => bytes.toString('utf8', from, to).toLowerCase().includes(needle);
    }
  }
}
