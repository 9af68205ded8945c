import { decimalSize, isDecimal } from '../../../preload/contract/column-types.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { isPresent, valueBits } from '../snapshot/block.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';
import { columnOf } from './open-snapshot.ts';
import { readBlocks } from './read-columns.ts';
import { TextDictionary } from './text-dictionary.ts';

/** Decimals of so many digits are different doubles. */
const exactDigits = 15;

/**
 * The values of a column of whole numbers or decimals as places among its different ones, -1 where missing, which tells apart what are the
 * same doubles; undefined for columns whose doubles tell enough. Throws `column-not-found`, `cancelled`.
 */
export async function readExactCodes(
  reader: ObjectReader,
  manifest: SnapshotManifest,
  name: string,
  signal: AbortSignal,
): Promise<Int32Array | undefined> {
  const column = columnOf(manifest, name);
  const { type } = column;
  const isWide = type === 'int64' || (isDecimal(type) && decimalSize(type).precision > exactDigits);
  if (!isWide) return undefined;
  const codes = new Int32Array(manifest.rows).fill(-1);
  const width = valueBits(type) / 8;
  const values = new TextDictionary();
  let at = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    for (let row = 0; row < block.rows; row++)
      if (isPresent(block.validity, row))
        codes[at + row] = values.add(block.values, width * row, width * (row + 1));
    at += block.rows;
  }
  return codes;
}
