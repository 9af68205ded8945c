import { isDecimal, isOrdered, isTextType, orderedLevels } from '../../../preload/contract/column-types.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { readBlocks } from '../reading/read-columns.ts';
import { TextDictionary } from '../reading/text-dictionary.ts';
import { blockRows, int32Values, isPresent, valueBits, type Block } from '../snapshot/block.ts';
import type { ManifestColumn } from '../snapshot/manifest.ts';

/** Different texts of a column that are kept in memory to be ranked, in bytes. */
const textLimit = 512 * 2 ** 20;

/**
 * One unsigned key per row in words of 32 bits, the least significant first, in the order of the values. The key of a missing value
 * is arbitrary: `present` says 0.
 */
export interface SortKeys {
  readonly words: readonly Uint32Array[];
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
  const isText = isTextType(column.type);
  const keys = {
    words: Array.from({ length: Math.ceil(valueBits(column.type) / 32) }, () => new Uint32Array(rows)),
    present: column.nulls > 0 ? new Uint8Array(rows) : undefined,
  };
  const [low = new Uint32Array(0)] = keys.words;
  const dictionary = new TextDictionary();
  let at = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    if (keys.present) {
      for (let row = 0; row < block.rows; row++)
        keys.present[at + row] = isPresent(block.validity, row) ? 1 : 0;
    }
    if (isText) {
      writeCodes(block, dictionary, low, at);
      if (dictionary.byteLength > textLimit)
        throw fail('sort-too-large', { column: column.name, limit: textLimit });
    } else writeKeys(block, keys.words, at);
    at += blockRows;
  }
  if (isText) rankCodes(dictionary, low, isOrdered(column.type) ? orderedLevels(column.type) : undefined);
  return keys;
}

function writeKeys(block: Block, words: readonly Uint32Array[], at: number): void {
  const { rows, type } = block;
  const [low, high] = words;
  if (!low) return;
  if (type === 'bool') {
    for (let row = 0; row < rows; row++) low[at + row] = isPresent(block.values, row) ? 1 : 0;
    return;
  }
  if (type === 'date') {
    const days = int32Values(block.values, rows);
    for (let row = 0; row < rows; row++) low[at + row] = days[row]! ^ 0x80000000;
    return;
  }
  if (isDecimal(type)) {
    const quarters = int32Values(block.values, 4 * rows);
    for (const [place, word] of words.entries()) {
      const flip = place === 3 ? 0x80000000 : 0;
      for (let row = 0; row < rows; row++) word[at + row] = quarters[4 * row + place]! ^ flip;
    }
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

/** Numbers in order of appearance become numbers in the order of the levels, or else of the texts' bytes. */
function rankCodes(
  dictionary: TextDictionary,
  codes: Uint32Array,
  levels: readonly string[] | undefined,
): void {
  if (dictionary.size === 0) return;
  const rank = new Uint32Array(dictionary.size);
  if (levels) {
    const places = new Map(levels.map((level, place) => [level, place]));
    dictionary.texts().forEach((text, code) => (rank[code] = places.get(text) ?? levels.length));
  } else dictionary.sorted().forEach((code, place) => (rank[code] = place));
  for (let row = 0; row < codes.length; row++) codes[row] = rank[codes[row]!]!;
}
