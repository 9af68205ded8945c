import type { ColumnSummary } from '../../../preload/contract/datasets.ts';
import type { CallContext } from '../../workspaces/index.ts';
import { summaryObject, type VersionRow } from '../store.ts';
import { summariseTask } from '../tasks.ts';
import { openSnapshot } from './open-snapshot.ts';
import { readSummary } from './store-summary.ts';
import { summarise } from './summarise.ts';

/** A snapshot's summary: computed the first time, then kept with it. A workspace that can only be read keeps nothing. */
export async function summaryOf(
  { manifest, snapshot, dataset, version }: VersionRow,
  context: CallContext,
): Promise<ColumnSummary[]> {
  const { db, objects, writable } = context.workspace;
  context.about({ dataset }, `summary of ${dataset}@${version}`);
  const known = summaryObject(db, snapshot);
  if (known !== undefined) return readSummary(objects, known);
  if (!writable) return summarise(objects, await openSnapshot(objects, manifest), context);
  const { result: object, objects: staged } = await context.task(summariseTask, { manifest });
  await context.commit(staged, (transaction) => transaction.put('summaries', { snapshot, object }));
  return readSummary(objects, object);
}
