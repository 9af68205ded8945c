import {
  decimalSize,
  isDecimal,
  isTextType,
  type NumberType,
  type TextType,
} from '../../../preload/contract/column-types.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { int32Values, int64Values, isPresent, type Block } from '../snapshot/block.ts';
import { wideValue } from '../snapshot/decimals.ts';
import type { ManifestColumn, SnapshotManifest } from '../snapshot/manifest.ts';
import { writeNumbers } from './block-numbers.ts';
import { columnOf, readBlock } from './open-snapshot.ts';
import { TextDictionary } from './text-dictionary.ts';

/** A whole column in memory. */
export type ColumnValues = NumberValues | TextValues;

export interface NumberValues {
  readonly kind: 'number';
  readonly name: string;
  readonly type: NumberType;
  /** One per row, NaN where missing: bool 0 or 1, date days, timestamps microseconds since 1970-01-01; decimals rounded to the nearest double. */
  readonly values: Float64Array;
  /** 1 where there is a value, which tells a missing one from NaN; undefined when nothing is missing. */
  readonly present: Uint8Array | undefined;
  /**
   * Values as they are, where a column has some that are no doubles: whole numbers beyond 2^53, and decimals of more than 15 digits in units
   * of their last place. 0 where missing.
   */
  readonly exact?: { readonly [row: number]: bigint };
}

export interface TextValues {
  readonly kind: 'text';
  readonly name: string;
  readonly type: TextType;
  /** Every text that occurs, once, in the order of its UTF-8 bytes. */
  readonly levels: readonly string[];
  /** One per row, into `levels`; -1 where missing. */
  readonly codes: Int32Array;
}

/** Columns by name, in the order asked for. Throws `column-not-found`, `cancelled`. */
export async function readColumns(
  reader: ObjectReader,
  manifest: SnapshotManifest,
  names: readonly string[],
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ColumnValues[]> {
  const chosen = names.map((name) => columnOf(manifest, name));
  const columns: ColumnValues[] = [];
  for (const column of chosen) {
    const { type } = column;
    columns.push(
      isTextType(type)
        ? await readText(reader, column, type, manifest.rows, signal)
        : await readNumbers(reader, column, type, manifest.rows, signal),
    );
  }
  return columns;
}

/** The blocks of one column in order, one in memory at a time: for tables larger than memory. */
export async function* readBlocks(
  reader: ObjectReader,
  column: ManifestColumn,
  signal?: AbortSignal,
): AsyncGenerator<Block, void> {
  // The next block is read while the caller works on this one.
  let ahead = column.blocks.length > 0 ? readBlock(reader, column, 0) : undefined;
  for (let index = 0; ahead; index++) {
    const block = await ahead;
    if (signal?.aborted) throw fail('cancelled', { what: `reading column "${column.name}"` });
    ahead = index + 1 < column.blocks.length ? readBlock(reader, column, index + 1) : undefined;
    ahead?.catch(() => undefined);
    yield block;
  }
}

async function readNumbers(
  reader: ObjectReader,
  column: ManifestColumn,
  type: NumberValues['type'],
  rows: number,
  signal: AbortSignal | undefined,
): Promise<NumberValues> {
  const values = new Float64Array(rows);
  const present = column.nulls > 0 ? new Uint8Array(rows).fill(1) : undefined;
  let at = 0;
  let exact: BigInt64Array | undefined;
  const units = isDecimal(type) && decimalSize(type).precision > exactDigits ? ([] as bigint[]) : null;
  for await (const block of readBlocks(reader, column, signal)) {
    writeNumbers(block, values, at);
    if (type === 'int64' && (exact || isWide(values, at, at + block.rows))) {
      exact ??= wholeNumbers(values, at);
      exact.set(int64Values(block.values, block.rows), at);
    }
    if (units) {
      const halves = int64Values(block.values, 2 * block.rows);
      for (let row = 0; row < block.rows; row++)
        units[at + row] = isPresent(block.validity, row) ? wideValue(halves, row) : 0n;
    }
    if (present && block.validity) {
      for (let row = 0; row < block.rows; row++) if (!isPresent(block.validity, row)) present[at + row] = 0;
    }
    at += block.rows;
  }
  const whole = exact ?? units;
  return { kind: 'number', name: column.name, type, values, present, ...(whole ? { exact: whole } : {}) };
}

/** Decimals of so many digits are different doubles. */
const exactDigits = 15;

/** The first that are not all doubles. */
const widest = 2 ** 53;

function isWide(values: Float64Array, from: number, to: number): boolean {
  for (let row = from; row < to; row++) if (values[row]! >= widest || values[row]! <= -widest) return true;
  return false;
}

/** The first `count` values, which are doubles and whole; missing ones are 0. */
function wholeNumbers(values: Float64Array, count: number): BigInt64Array {
  const exact = new BigInt64Array(values.length);
  for (let row = 0; row < count; row++) exact[row] = BigInt(values[row]! || 0);
  return exact;
}

async function readText(
  reader: ObjectReader,
  column: ManifestColumn,
  type: TextType,
  rows: number,
  signal: AbortSignal | undefined,
): Promise<TextValues> {
  const codes = new Int32Array(rows);
  const dictionary = new TextDictionary();
  let at = 0;
  for await (const block of readBlocks(reader, column, signal)) {
    const offsets = int32Values(block.values, block.rows + 1);
    for (let row = 0; row < block.rows; row++) {
      codes[at + row] = isPresent(block.validity, row)
        ? dictionary.add(block.text, offsets[row]!, offsets[row + 1]!)
        : -1;
    }
    at += block.rows;
  }
  const order = dictionary.sorted();
  const rank = new Int32Array(order.length);
  order.forEach((code, place) => (rank[code] = place));
  for (let row = 0; row < rows; row++) {
    const code = codes[row]!;
    if (code >= 0) codes[row] = rank[code]!;
  }
  const texts = dictionary.texts();
  return {
    kind: 'text',
    name: column.name,
    type,
    levels: Array.from(order, (code) => texts[code]!),
    codes,
  };
}
