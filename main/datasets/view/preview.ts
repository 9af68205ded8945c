import type * as z from 'zod';
import type { datasets } from '../../../preload/contract/datasets.ts';
import type { CallContext } from '../../workspaces/index.ts';
import { encodeStream } from '../arrow/stream.ts';
import { createBlockCache } from '../reading/block-cache.ts';
import { openCached } from '../reading/manifest-cache.ts';
import { columnOf } from '../reading/open-snapshot.ts';
import { readWindow } from '../reading/read-window.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';
import { resolveDataset } from '../store.ts';
import { orderTask } from '../tasks.ts';
import { createOrderCache } from './order-cache.ts';
import { orderRows } from './order-rows.ts';
import { takeRows } from './take-rows.ts';
import { parseView, type ViewSpec } from './view-spec.ts';

type Input = z.output<typeof datasets.preview.input>;
type Output = z.input<typeof datasets.preview.output> & { readonly table: Uint8Array };

/** Up to so many values an order is computed at once, in less time than a process takes to start. */
const atOnce = 1_000_000;

const orders = createOrderCache();
/** A sorted window takes rows from everywhere: whole columns stay here while they are looked at. */
const blocks = createBlockCache(192 * 2 ** 20);

/** A window of a snapshot, or of a view of it. */
export async function preview(
  { dataset, offset, limit, columns, ...asked }: Input,
  context: CallContext,
): Promise<Output> {
  const { db, objects } = context.workspace;
  const row = resolveDataset(db, dataset);
  const manifest = await openCached(objects, row.manifest);
  const view = parseView(asked, manifest.schema);
  const chosen = columns ? columns.map((name) => columnOf(manifest, name)) : manifest.columns;
  if (!view) {
    return {
      rows: row.rows,
      offset,
      limit,
      table: await readWindow(objects, manifest, { offset, limit, columns }),
    };
  }
  const order = await orderOf(row.manifest, manifest, view, context);
  const seen = order.subarray(offset, offset + limit);
  const parts = [];
  for (const column of chosen) {
    context.signal.throwIfAborted();
    parts.push(await takeRows(objects, column, seen, blocks));
  }
  return {
    rows: order.length,
    offset,
    limit,
    of: manifest.rows,
    numbers: Array.from(seen, (place) => place + 1),
    table: encodeStream(chosen, parts, seen.length),
  };
}

function orderOf(
  digest: string,
  manifest: SnapshotManifest,
  view: ViewSpec,
  context: CallContext,
): Promise<Uint32Array> {
  const { objects } = context.workspace;
  const columns = view.search ? manifest.columns.length : view.where.length + view.sort.length;
  return orders.get(keyOf(digest, view), context.signal, async (signal) => {
    if (manifest.rows * columns <= atOnce) return orderRows(objects, manifest, view, { signal });
    const { result } = await context.task(orderTask, { manifest: digest, view });
    return result;
  });
}

/** Names an order by its content: the snapshot's manifest, and what is asked of it. */
function keyOf(digest: string, view: ViewSpec): string {
  return `${digest} ${JSON.stringify(view, written)}`;
}

/** What JSON has no word for. */
function written(_key: string, value: unknown): unknown {
  const isNumber = typeof value === 'bigint' || typeof value === 'number';
  return isNumber && !Number.isSafeInteger(value) ? `#${String(value)}` : value;
}
