import type { CellValue } from '../../../preload/contract/datasets.ts';
import { decimalSize, isDecimal } from '../../../preload/contract/column-types.ts';
import { decimalText, wideValue } from '../snapshot/decimals.ts';
import { float64Values, int32Values, int64Values, isPresent, type Block } from '../snapshot/block.ts';

const dayMilliseconds = 86_400_000;

/**
 * A cell as JSON: numbers, texts, true and false, null where missing. Whole numbers beyond 2^53, NaN and infinities are text, dates and
 * moments ISO 8601, decimals texts with all their places, so that nothing is rounded.
 */
export function cellValue(block: Block, row: number): CellValue {
  if (!isPresent(block.validity, row)) return null;
  switch (block.type) {
    case 'bool':
      return isPresent(block.values, row);
    case 'float64': {
      const value = float64Values(block.values, block.rows)[row]!;
      return Number.isFinite(value) ? value : String(value);
    }
    case 'int64': {
      const value = int64Values(block.values, block.rows)[row]!;
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    }
    case 'date':
      return iso(int32Values(block.values, block.rows)[row]! * dayMilliseconds).slice(0, 10);
    case 'timestamp':
    case 'timestamptz':
      return moment(int64Values(block.values, block.rows)[row]!, block.type === 'timestamptz' ? 'Z' : '');
    default: {
      if (isDecimal(block.type)) {
        const halves = int64Values(block.values, 2 * block.rows);
        return decimalText(wideValue(halves, row), decimalSize(block.type).scale);
      }
      const offsets = int32Values(block.values, block.rows + 1);
      return new TextDecoder().decode(block.text.subarray(offsets[row], offsets[row + 1]));
    }
  }
}

/** What two cells of different types are compared by: 3 is 3.0, 3.00 and "3", and 2024-01-31 is "2024-01-31". */
export function comparableText(block: Block, row: number): string | null {
  const value = cellValue(block, row);
  if (typeof value === 'string' && isDecimal(block.type)) return value.replace(/\.?0+$/, '') || '0';
  return value === null ? null : Object.is(value, -0) ? '-0' : String(value);
}

function moment(micros: bigint, zone: string): string {
  const milliseconds = Number(micros / 1000n) - (micros % 1000n < 0n ? 1 : 0);
  const rest = Number(micros - BigInt(milliseconds) * 1000n);
  const text = iso(milliseconds);
  const fraction = `${text.slice(20, 23)}${String(rest).padStart(3, '0')}`.replace(/0+$/, '');
  return `${text.slice(0, 19)}${fraction ? `.${fraction}` : ''}${zone}`;
}

function iso(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
}
