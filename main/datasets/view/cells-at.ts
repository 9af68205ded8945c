import type { CellValue } from '../../../preload/contract/datasets.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { cellValue } from '../diff/cell-value.ts';
import { createBlockCache } from '../reading/block-cache.ts';
import { columnOf } from '../reading/open-snapshot.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';
import { takeRows } from './take-rows.ts';

/** Some cells of a column by their places, from 0, in that order, exactly; null where missing. Throws `column-not-found`. */
export async function cellsAt(
  reader: ObjectReader,
  snapshot: SnapshotManifest,
  column: string,
  places: Uint32Array,
): Promise<CellValue[]> {
  const block = await takeRows(reader, columnOf(snapshot, column), places, createBlockCache());
  return Array.from(places, (_, i) => cellValue(block, i));
}
