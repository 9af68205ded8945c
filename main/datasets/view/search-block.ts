import { decimalSize, isDecimal, type ColumnType } from '../../../preload/contract/column-types.ts';
import { decimalText, wideValue } from '../snapshot/decimals.ts';
import { float64Values, int32Values, int64Values, isPresent, type Block } from '../snapshot/block.ts';

/** Sets `found[row]` to 1 where the value, written out, contains the text. */
export type BlockSearch = (block: Block, found: Uint8Array) => void;

/** How a search looks through columns of a type; undefined when no value of it can contain the text. */
export function searchOf(text: string, type: ColumnType): BlockSearch | undefined {
  const needle = text.toLowerCase();
  switch (type) {
    case 'utf8':
    case 'categorical':
      return searchTexts(needle);
    case 'bool':
      return 'true'.includes(needle) || 'false'.includes(needle)
        ? searchValues((block) => (row) => (isPresent(block.values, row) ? 'true' : 'false'), needle)
        : undefined;
    case 'int64': {
      // As a table shows it, with thousands apart.
      const digits = /^-?\d{1,3}(,\d{3})*(,\d{0,2})?$/.test(needle) ? needle.replaceAll(',', '') : needle;
      return /^-?\d*$/.test(digits)
        ? searchValues((block) => {
            const values = int64Values(block.values, block.rows);
            return (row) => String(values[row]);
          }, digits)
        : undefined;
    }
    case 'float64':
      return /^[-+.\deinfatyn]*$/.test(needle)
        ? searchValues((block) => {
            const values = float64Values(block.values, block.rows);
            return (row) => String(values[row]).toLowerCase();
          }, needle)
        : undefined;
    case 'date':
      return /^[-\d]*$/.test(needle)
        ? searchValues((block) => {
            const values = int32Values(block.values, block.rows);
            return (row) => isoOf(values[row]! * 86_400_000).slice(0, 10);
          }, needle)
        : undefined;
    case 'timestamp':
    case 'timestamptz':
      return /^[-:.\dtz ]*$/.test(needle)
        ? searchValues(
            (block) => {
              const values = int64Values(block.values, block.rows);
              return (row) =>
                isoOf(Number(values[row]! / 1000n))
                  .replace('T', ' ')
                  .toLowerCase();
            },
            needle.replace('t', ' '),
          )
        : undefined;
    default: {
      if (!isDecimal(type)) return searchTexts(needle);
      const { scale } = decimalSize(type);
      const digits = needle.replaceAll(',', '');
      return /^-?\d*\.?\d*$/.test(digits)
        ? searchValues((block) => {
            const halves = int64Values(block.values, 2 * block.rows);
            return (row) => decimalText(wideValue(halves, row), scale);
          }, digits)
        : undefined;
    }
  }
}

function isoOf(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
}

function searchValues(open: (block: Block) => (row: number) => string, needle: string): BlockSearch {
  return (block, found) => {
    const written = open(block);
    for (let row = 0; row < block.rows; row++) {
      if (found[row] === 0 && isPresent(block.validity, row) && written(row).includes(needle)) found[row] = 1;
    }
  };
}

function searchTexts(needle: string): BlockSearch {
  return ({ values, text, rows }, found) => {
    const offsets = int32Values(values, rows + 1);
    const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    for (let row = 0; row < rows; row++) {
      // A missing text has no bytes, and no text contains more than it is long.
      if (found[row] === 1 || offsets[row] === offsets[row + 1]) continue;
      if (
        bytes
          .toString('utf8', offsets[row], offsets[row + 1])
          .toLowerCase()
          .includes(needle)
      )
        found[row] = 1;
    }
  };
}
