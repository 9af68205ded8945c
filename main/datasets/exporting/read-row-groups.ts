import { fail } from '../../../preload/contract/errors.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { readBlock } from '../reading/open-snapshot.ts';
import type { Block } from '../snapshot/block.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';

/** Some rows of all columns, as blocks of the same length. */
export interface RowGroup {
  readonly rows: number;
  readonly blocks: readonly Block[];
}

/** A snapshot's rows in order, 65,536 at a time, one group in memory and one on its way. */
export async function* readRowGroups(
  reader: ObjectReader,
  { columns, rows }: Pick<SnapshotManifest, 'columns' | 'rows'>,
  {
    signal,
    progress,
  }: { readonly signal: AbortSignal; readonly progress: (fraction: number, message: string) => void },
): AsyncGenerator<RowGroup, void> {
  const count = columns[0]?.blocks.length ?? 0;
  const read = (index: number): Promise<Block[]> =>
    Promise.all(columns.map((column) => readBlock(reader, column, index)));
  let ahead = count > 0 ? read(0) : undefined;
  let done = 0;
  for (let index = 0; ahead; index++) {
    const blocks = await ahead;
    if (signal.aborted) throw fail('cancelled', { what: 'reading the snapshot' });
    ahead = index + 1 < count ? read(index + 1) : undefined;
    // Told when it is awaited; without this it would be an unhandled rejection until then.
    ahead?.catch(() => undefined);
    const length = blocks[0]?.rows ?? 0;
    yield { rows: length, blocks };
    done += length;
    progress(done / rows, `${done.toLocaleString('en')} rows`);
  }
}
