import type { Field } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { createBlockCache } from '../reading/block-cache.ts';
import type { Block } from '../snapshot/block.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';
import { takeRows } from '../view/take-rows.ts';
import type { RowGroup } from './read-row-groups.ts';

const rowsAtOnce = 16_384;

/** Some rows of a snapshot by their places (from 0), with a first column that says each one's place from 1. */
export async function* numberedRows(
  reader: ObjectReader,
  { columns }: Pick<SnapshotManifest, 'columns'>,
  places: Uint32Array,
  {
    signal,
    progress,
  }: { readonly signal: AbortSignal; readonly progress: (fraction: number, message: string) => void },
): AsyncGenerator<RowGroup, void> {
  const cache = createBlockCache();
  for (let from = 0; from < places.length; from += rowsAtOnce) {
    if (signal.aborted) throw fail('cancelled', { what: 'reading the rows' });
    const some = places.subarray(from, from + rowsAtOnce);
    const blocks = [numbersOf(some)];
    for (const column of columns) blocks.push(await takeRows(reader, column, some, cache));
    yield { rows: some.length, blocks };
    progress((from + some.length) / places.length, `${(from + some.length).toLocaleString('en')} rows`);
  }
}

function numbersOf(places: Uint32Array): Block {
  const numbers = BigInt64Array.from(places, (place) => BigInt(place) + 1n);
  return {
    type: 'int64',
    rows: places.length,
    nulls: 0,
    validity: undefined,
    values: new Uint8Array(numbers.buffer),
    text: new Uint8Array(),
  };
}

/** The columns of `numberedRows`: `row` before the others, or `row_number` and so on where the table has that name. */
export function numberedFields(schema: readonly Field[]): Field[] {
  const taken = new Set(schema.map(({ name }) => name.toLowerCase()));
  let name = 'row';
  for (let i = 1; taken.has(name); i++) name = i === 1 ? 'row_number' : `row_number_${i}`;
  return [{ name, type: 'int64' }, ...schema];
}
