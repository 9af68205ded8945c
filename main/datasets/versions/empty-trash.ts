import type { Db } from '../../platform/database/index.ts';
import { reclaimObjects, type Service, type Transaction } from '../../workspaces/index.ts';
import type { DeletionRow } from '../store.ts';
import { recordsOfSnapshot } from './snapshot-records.ts';
import { lostSnapshots, runsWithData, trashRows } from './trash.ts';

/** All in one commit, then the files: a stop leaves either the trash as it was, or the data gone and every record saying so. */
export const emptyTrash: Service<'datasets'>['empty'] = async ({ dataset: reference }, context) => {
  const { db } = context.workspace;
  let rows: DeletionRow[] = [];
  const space = await reclaimObjects(context, (transaction) => {
    rows = trashRows(db, reference);
    forget(db, transaction, rows, context.clock.now());
  });
  return { emptied: rows.map(({ dataset, version }) => ({ dataset, version })), ...space };
};

function forget(db: Db, transaction: Transaction, rows: readonly DeletionRow[], at: string): void {
  for (const snapshot of lostSnapshots(db, rows)) {
    for (const { table, key } of recordsOfSnapshot(db, snapshot)) transaction.remove(table, key);
    for (const run of runsWithData(db, snapshot)) transaction.patch('runs', [run], { manifest: null });
  }
  for (const { dataset, version } of rows)
    transaction.patch('deletions', [dataset, version], { emptied: at, manifest: null, rejects: null });
}
