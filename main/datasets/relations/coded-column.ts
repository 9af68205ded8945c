import { isTextType } from '../../../preload/contract/column-types.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { readBlocks } from '../reading/read-columns.ts';
import { writeNumbers } from '../reading/block-numbers.ts';
import { TextDictionary } from '../reading/text-dictionary.ts';
import { int32Values, isPresent } from '../snapshot/block.ts';
import type { ManifestColumn } from '../snapshot/manifest.ts';
import { countLevels } from '../profile/count-levels.ts';

/** A column as numbers of its different values: what associations are computed from. */
export interface CodedColumn {
  readonly name: string;
  /** One per row that is looked at, into the levels; -1 where missing. */
  readonly codes: Int32Array;
  /** Rows of each level. */
  readonly counts: Uint32Array;
  readonly missing: boolean;
  /** The levels' values, ascending; undefined for categories. */
  readonly values: Float64Array | undefined;
}

/** Evenly spaced rows: of `rows` rows, `used` are looked at. */
export interface RowChoice {
  readonly rows: number;
  readonly used: number;
}

/** The k-th row that is looked at. */
const rowAt = ({ rows, used }: RowChoice, k: number): number =>
  used === rows ? k : Math.floor((k * rows) / used);

/** Values that are not finite count as missing. */
export async function codeNumbers(
  reader: ObjectReader,
  column: ManifestColumn,
  choice: RowChoice,
  signal: AbortSignal | undefined,
): Promise<CodedColumn> {
  const chosen = new Float64Array(choice.used);
  const scratch = new Float64Array(65_536);
  let start = 0;
  let k = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    writeNumbers(block, scratch, 0);
    for (let row = rowAt(choice, k); k < choice.used && row < start + block.rows; row = rowAt(choice, ++k))
      chosen[k] = scratch[row - start]!;
    start += block.rows;
  }
  const { values, counts } = countLevels(chosen.filter((value) => Number.isFinite(value)));
  const codes = new Int32Array(choice.used);
  const codeOf = lookup(values);
  let missing = false;
  for (let i = 0; i < codes.length; i++) {
    const value = chosen[i]!;
    codes[i] = Number.isFinite(value) ? codeOf(value) : -1;
    missing ||= codes[i]! < 0;
  }
  return { name: column.name, codes, counts, missing, values };
}

/** A value's place among ascending ones that hold it: straight away where they are evenly spread, then by halves. */
function lookup(values: Float64Array): (value: number) => number {
  const least = values[0] ?? 0;
  const scale = (values.length - 1) / ((values[values.length - 1] ?? 0) - least);
  return (value) => {
    const guess = Math.floor((value - least) * scale);
    if (values[guess] === value) return guess;
    let low = 0;
    let high = values.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Undefined for a text with more than `limit` different values. */
export async function codeCategories(
  reader: ObjectReader,
  column: ManifestColumn,
  choice: RowChoice,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<CodedColumn | undefined> {
  const codes = new Int32Array(choice.used);
  const counts = new Uint32Array(limit);
  const texts = new TextDictionary();
  let start = 0;
  let k = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    const offsets = isTextType(block.type) ? int32Values(block.values, block.rows + 1) : undefined;
    for (let row = rowAt(choice, k); k < choice.used && row < start + block.rows; row = rowAt(choice, ++k)) {
      const at = row - start;
      if (!isPresent(block.validity, at)) {
        codes[k] = -1;
        continue;
      }
      const code = offsets
        ? texts.add(block.text, offsets[at]!, offsets[at + 1]!)
        : Number(isPresent(block.values, at));
      if (code >= limit) return undefined;
      codes[k] = code;
      counts[code] = counts[code]! + 1;
    }
    start += block.rows;
  }
  const levels = isTextType(column.type) ? texts.size : 2;
  return {
    name: column.name,
    codes,
    counts: counts.slice(0, levels),
    missing: codes.includes(-1),
    values: undefined,
  };
}
