import { fail } from '../../../preload/contract/errors.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { readBlocks } from '../reading/read-columns.ts';
import { TextDictionary } from '../reading/text-dictionary.ts';
import { blockRows, int32Values, isPresent, type Block } from '../snapshot/block.ts';
import type { ManifestColumn } from '../snapshot/manifest.ts';

/** Different texts of a column that are kept in memory to be ranked, in bytes. */
const textLimit = 512 * 2 ** 20;

/**
 * One unsigned 64-bit key per row in two halves, in the order of the values; `high` is undefined where 32 bits are
 * enough. The key of a missing value is arbitrary: `present` says 0.
 */
export interface SortKeys {
  readonly high: Uint32Array | undefined;
  readonly low: Uint32Array;
  /** Undefined when nothing is missing. */
  readonly present: Uint8Array | undefined;
}

/** The keys of a column by row of the snapshot, block after block. Throws `sort-too-large`, `cancelled`. */
export async function sortKeys(
  reader: ObjectReader,
  column: ManifestColumn,
  rows: number,
  signal: AbortSignal | undefined,
): Promise<SortKeys> {
  const wide = column.type !== 'bool' && column.type !== 'date' && column.type !== 'utf8';
  const keys = {
    high: wide ? new Uint32Array(rows) : undefined,
    low: new Uint32Array(rows),
    present: column.nulls > 0 ? new Uint8Array(rows) : undefined,
  };
  const dictionary = new TextDictionary();
  let at = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    if (keys.present) {
      for (let row = 0; row < block.rows; row++)
        keys.present[at + row] = isPresent(block.validity, row) ? 1 : 0;
    }
    if (block.type === 'utf8') {
      writeCodes(block, dictionary, keys.low, at);
      if (dictionary.byteLength > textLimit)
        throw fail('sort-too-large', { column: column.name, limit: textLimit });
    } else writeKeys(block, keys.high, keys.low, at);
    at += blockRows;
  }
  if (column.type === 'utf8') rankCodes(dictionary, keys.low);
  return keys;
}

function writeKeys(block: Block, high: Uint32Array | undefined, low: Uint32Array, at: number): void {
  const { rows, type } = block;
  if (type === 'bool') {
    for (let row = 0; row < rows; row++) low[at + row] = isPresent(block.values, row) ? 1 : 0;
    return;
  }
  if (type === 'date') {
    const days = int32Values(block.values, rows);
    for (let row = 0; row < rows; row++) low[at + row] = days[row]! ^ 0x80000000;
    return;
  }
  const halves = int32Values(block.values, 2 * rows);
  if (!high) throw new TypeError(`keys of ${type} have two halves`);
  if (type !== 'float64') {
    for (let row = 0; row < rows; row++) {
      low[at + row] = halves[2 * row]!;
      high[at + row] = halves[2 * row + 1]! ^ 0x80000000;
    }
    return;
  }
  // The order of doubles is that of their bits, negative ones the other way round; -0 is 0, NaN comes after infinity.
  for (let row = 0; row < rows; row++) {
    const first = halves[2 * row]!;
    const sign = halves[2 * row + 1]!;
    const isNegative = sign < 0 && !(first === 0 && sign === -0x80000000);
    low[at + row] = isNegative ? ~first : first;
    high[at + row] = isNegative ? ~sign : sign | 0x80000000;
  }
}

function writeCodes(block: Block, dictionary: TextDictionary, low: Uint32Array, at: number): void {
  const offsets = int32Values(block.values, block.rows + 1);
  for (let row = 0; row < block.rows; row++) {
    if (isPresent(block.validity, row))
      low[at + row] = dictionary.add(block.text, offsets[row]!, offsets[row + 1]!);
  }
}

/** Numbers in order of appearance become numbers in the order of the texts' bytes. */
function rankCodes(dictionary: TextDictionary, codes: Uint32Array): void {
  if (dictionary.size === 0) return;
  const rank = new Uint32Array(dictionary.size);
  dictionary.sorted().forEach((code, place) => (rank[code] = place));
  for (let row = 0; row < codes.length; row++) codes[row] = rank[codes[row]!]!;
}
