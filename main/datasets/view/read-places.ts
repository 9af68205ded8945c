import { columnOf } from '../reading/open-snapshot.ts';
import { createBlockCache } from '../reading/block-cache.ts';
import { openCached } from '../reading/manifest-cache.ts';
import type { ObjectReader } from '../../platform/objects/index.ts';
import { encodeStream } from '../arrow/stream.ts';
import { takeRows } from './take-rows.ts';

const blocks = createBlockCache();

/** Rows of a snapshot by their places, from 0, as an Arrow IPC stream in the order asked for. Throws `column-not-found`. */
export async function readPlaces(
  reader: ObjectReader,
  manifest: string,
  places: Uint32Array,
  columns?: readonly string[],
): Promise<Uint8Array> {
  const opened = await openCached(reader, manifest);
  const chosen = columns ? columns.map((name) => columnOf(opened, name)) : opened.columns;
  const parts = [];
  for (const column of chosen) parts.push(await takeRows(reader, column, places, blocks));
  return encodeStream(chosen, parts, places.length);
}
