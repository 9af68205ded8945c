import { fail } from '../../preload/contract/errors.ts';
import type { NotKnownColumn } from '../../preload/contract/datasets.ts';
import type { Db } from '../platform/database/index.ts';
import type { Service } from '../workspaces/index.ts';
import { openSnapshot } from './reading/open-snapshot.ts';
import { resolveDataset } from './store.ts';

/** Columns of a dataset, in all its versions, that are declared not to be known when a prediction is asked for; by name. */
export function columnsNotKnown(db: Db, dataset: string): NotKnownColumn[] {
  return db
    .all<{ name: string; why: string | null; at: string; actor: string }>(
      'SELECT name, why, at, actor FROM columns_not_known WHERE dataset = ? ORDER BY name',
      dataset,
    )
    .map(({ name, why, at, actor }) => ({ column: name, why, at, by: actor }));
}

/** Declares it of a column, or takes that back; both are in the journal for good. */
export const declareNotKnown: Service<'datasets'>['not-known'] = async (
  { dataset: reference, column, why = null, remove },
  context,
) => {
  const { db, objects } = context.workspace;
  const { dataset, version, manifest } = resolveDataset(db, reference);
  const { schema } = await openSnapshot(objects, manifest);
  const declared = columnsNotKnown(db, dataset);
  const known = schema.map(({ name }) => name);
  const before = declared.find((one) => one.column === column);
  if (remove && !before) {
    throw fail('column-not-declared', { dataset, column, known: declared.map((one) => one.column) });
  }
  if (!remove && !known.includes(column))
    throw fail('column-not-found', { column, known, where: `${dataset}@${version}` });
  return context.commit([], (transaction) => {
    if (remove) transaction.remove('columns_not_known', [dataset, column]);
    else if (!before || before.why !== why) {
      const { clock, actor } = context;
      transaction.put('columns_not_known', { dataset, name: column, why, at: clock.now(), actor });
    }
    return { dataset, notKnown: columnsNotKnown(db, dataset) };
  });
};
