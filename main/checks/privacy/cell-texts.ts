import { isDecimal } from '../../../preload/contract/column-types.ts';
import {
  cellText,
  float64Values,
  int32Values,
  int64Values,
  isPresent,
  readBlocks,
  wideValue,
  type Block,
  type Cell,
  type ManifestColumn,
} from '../../datasets/index.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';

const decoder = new TextDecoder();

/** A cell of a block as a value; null where missing. */
export function cellAt(block: Block, row: number): Cell {
  if (!isPresent(block.validity, row)) return null;
  switch (block.type) {
    case 'bool':
      return isPresent(block.values, row);
    case 'float64':
      return float64Values(block.values, block.rows)[row]!;
    case 'date':
      return int32Values(block.values, block.rows)[row]!;
    case 'int64':
    case 'timestamp':
    case 'timestamptz':
      return int64Values(block.values, block.rows)[row]!;
    default: {
      if (isDecimal(block.type)) return wideValue(int64Values(block.values, 2 * block.rows), row);
      const offsets = int32Values(block.values, block.rows + 1);
      return decoder.decode(block.text.subarray(offsets[row], offsets[row + 1]));
    }
  }
}

/** A column's values as people write them, block by block; null where missing. */
export async function* readTexts(
  reader: ObjectReader,
  column: ManifestColumn,
  signal: AbortSignal,
): AsyncGenerator<(string | null)[], void> {
  for await (const block of readBlocks(reader, column, signal))
    yield Array.from({ length: block.rows }, (_, row) => cellText(block.type, cellAt(block, row)));
}
