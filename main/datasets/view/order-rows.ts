import { fail } from '../../../preload/contract/errors.ts';
import type { TaskContext } from '../../jobs/index.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { columnOf, openSnapshot, readBlock } from '../reading/open-snapshot.ts';
import { blockRows } from '../snapshot/block.ts';
import type { ManifestColumn, SnapshotManifest } from '../snapshot/manifest.ts';
import { filterOf, type BlockFilter } from './match-block.ts';
import { searchOf, type BlockSearch } from './search-block.ts';
import { sortKeys } from './sort-keys.ts';
import { sortRows } from './sort-rows.ts';
import type { ViewSpec } from './view-spec.ts';

export interface OrderContext {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((fraction: number, message: string) => void) | undefined;
}

/** The rows of a view, in its order, as places in the snapshot from 0. Throws `sort-too-large`, `cancelled`. */
export async function orderRows(
  reader: ObjectReader,
  manifest: SnapshotManifest,
  view: ViewSpec,
  { signal, progress }: OrderContext = {},
): Promise<Uint32Array> {
  const stop = (): void => {
    if (signal?.aborted) throw fail('cancelled', { what: 'putting the rows in order' });
  };
  const sortShare = view.sort.length ? 0.5 : 0;
  const order = await passingRows(reader, manifest, view, (fraction) => {
    stop();
    progress?.(fraction * (1 - sortShare), 'looking for the rows');
  });
  // From the least to the most significant key: each sort is stable, and only one key is in memory at a time.
  for (const [done, { column, descending }] of view.sort.toReversed().entries()) {
    progress?.(1 - sortShare + (sortShare * done) / view.sort.length, `sorting by "${column}"`);
    const keys = await sortKeys(reader, columnOf(manifest, column), manifest.rows, signal);
    for (const _pass of sortRows(order, keys, descending)) {
      stop();
      await Promise.resolve();
    }
  }
  stop();
  return order;
}

/** One block of rows at a time; a column is read only where rows are still in question. */
async function passingRows(
  reader: ObjectReader,
  manifest: SnapshotManifest,
  { where, search }: ViewSpec,
  step: (fraction: number) => void,
): Promise<Uint32Array> {
  const { rows } = manifest;
  if (!where.length && !search) return allRows(rows);
  const filters = where.map((condition) => ({
    column: columnOf(manifest, condition.column),
    filter: filterOf(condition),
  }));
  const searches = search
    ? manifest.columns.flatMap((column) => {
        const look = searchOf(search, column.type);
        return look ? [{ column, look }] : [];
      })
    : undefined;
  const passing = new Uint32Array(rows);
  let count = 0;
  for (let index = 0; index * blockRows < rows; index++) {
    const start = index * blockRows;
    const keep = new Uint8Array(Math.min(blockRows, rows - start)).fill(1);
    await applyFilters(reader, filters, index, keep, () => step(start / rows));
    if (searches) await applySearch(reader, searches, index, keep, () => step(start / rows));
    for (let row = 0; row < keep.length; row++) if (keep[row] === 1) passing[count++] = start + row;
  }
  return passing.slice(0, count);
}

async function applyFilters(
  reader: ObjectReader,
  filters: readonly { readonly column: ManifestColumn; readonly filter: BlockFilter }[],
  index: number,
  keep: Uint8Array,
  step: () => void,
): Promise<void> {
  for (const { column, filter } of filters) {
    step();
    if (!keep.includes(1)) return;
    filter(await readBlock(reader, column, index), keep);
  }
}

async function applySearch(
  reader: ObjectReader,
  searches: readonly { readonly column: ManifestColumn; readonly look: BlockSearch }[],
  index: number,
  keep: Uint8Array,
  step: () => void,
): Promise<void> {
  const found = keep.map((kept) => 1 - kept);
  for (const { column, look } of searches) {
    step();
    if (!found.includes(0)) break;
    look(await readBlock(reader, column, index), found);
  }
  for (let row = 0; row < keep.length; row++) keep[row] = keep[row]! & found[row]!;
}

function allRows(rows: number): Uint32Array {
  const order = new Uint32Array(rows);
  for (let row = 0; row < rows; row++) order[row] = row;
  return order;
}

/** The same in a job process. */
export async function orderRowsTask(
  { manifest, view }: { readonly manifest: string; readonly view: ViewSpec },
  { reader, signal, progress }: TaskContext,
): Promise<Uint32Array> {
  return orderRows(reader, await openSnapshot(reader, manifest), view, { signal, progress });
}
