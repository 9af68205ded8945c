import { fail } from '../../../preload/contract/errors.ts';
import { readBlock } from '../reading/open-snapshot.ts';
import { blockRows } from '../snapshot/block.ts';
import type { ManifestColumn } from '../snapshot/manifest.ts';
import type { RowHashes } from '../snapshot/row-hashes.ts';
import { hashRows, type MatchInput } from './by-position.ts';
import { cellValue } from './cell-value.ts';
import type { ColumnPair } from './compare-columns.ts';
import { createRowTable, type RowTable } from './row-table.ts';

/**
 * For each row of the later table the row of the earlier one with the same key, or -1. A missing value is a value like any other. Throws
 * `diff-key-duplicate` when a key occurs twice on one side.
 */
export async function matchByKey(input: MatchInput, keys: readonly ColumnPair[]): Promise<Int32Array> {
  const side = async (name: 'before' | 'after'): Promise<[RowHashes, RowTable]> => {
    const columns = keys.map((pair) => pair[name]);
    const hashes = await hashRows(input, columns, 0, input[name]);
    return [hashes, await fillTable(input, hashes, input[name], columns, name)];
  };
  const [, earlier] = await side('before');
  const [{ first, second }] = await side('after');
  const match = new Int32Array(input.after);
  for (let row = 0; row < match.length; row++) match[row] = earlier.find(first[row]!, second[row]!);
  return match;
}

async function fillTable(
  input: MatchInput,
  hashes: RowHashes,
  rows: number,
  columns: readonly ManifestColumn[],
  side: 'before' | 'after',
): Promise<RowTable> {
  const table = createRowTable(hashes, rows);
  for (let row = 0; row < rows; row++) {
    const there = table.add(row);
    if (there >= 0) {
      const value = await keyOf(input, columns, row);
      throw fail('diff-key-duplicate', {
        columns: columns.map(({ name }) => name),
        value,
        rows: [there + 1, row + 1],
        side,
      });
    }
  }
  return table;
}

/** The key of a row in words: `id 17, place "north"`. */
async function keyOf(
  { reader }: MatchInput,
  columns: readonly ManifestColumn[],
  row: number,
): Promise<string> {
  const parts: string[] = [];
  for (const column of columns) {
    const block = await readBlock(reader, column, Math.floor(row / blockRows));
    parts.push(`${column.name} ${JSON.stringify(cellValue(block, row % blockRows))}`);
  }
  return parts.join(', ');
}
