import type { Relations } from '../../../preload/contract/relations.ts';
import type { CallContext } from '../../workspaces/index.ts';
import { resolveDataset, type VersionRow } from '../store.ts';
import { relateTask } from '../tasks.ts';
import { readRelations, relate } from './relate.ts';

/** A snapshot's relations: computed the first time, then kept with it. A workspace that can only be read keeps nothing. */
export async function relationsOf(
  { manifest, snapshot, dataset, version }: VersionRow,
  context: CallContext,
): Promise<Relations> {
  const { db, objects, writable } = context.workspace;
  context.about({ dataset }, `relations in ${dataset}@${version}`);
  const known = db.get<{ object: string }>(
    'SELECT object FROM snapshot_relations WHERE snapshot = ?',
    snapshot,
  );
  if (known) return readRelations(objects, known.object);
  if (!writable) return relate(manifest, { ...context, reader: objects });
  const { result: object, objects: staged } = await context.task(relateTask, { manifest });
  await context.commit(staged, (transaction) => {
    // It may have been deleted meanwhile.
    resolveDataset(db, `${dataset}@${version}`);
    transaction.put('snapshot_relations', { snapshot, object });
  });
  return readRelations(objects, object);
}
