import type { ColumnProfile } from '../../../preload/contract/column-profile.ts';
import type { Db } from '../../platform/database/index.ts';
import type { CallContext } from '../../workspaces/index.ts';
import { openCached } from '../reading/manifest-cache.ts';
import { resolveDataset, type VersionRow } from '../store.ts';
import { profileTask } from '../tasks.ts';
import type { ValuesProfile } from './profile-column.ts';
import { profileEach, readProfile } from './store-profiles.ts';

/**
 * The profile of every column of a version, in order. A column is profiled once, whichever version or dataset it stands in, under
 * whatever name, and kept with each snapshot that has it. A workspace that can only be read keeps nothing.
 */
export async function profileOf(
  { manifest, snapshot, dataset, version }: VersionRow,
  context: CallContext,
): Promise<ColumnProfile[]> {
  const { db, objects, writable } = context.workspace;
  context.about({ dataset }, `profile of ${dataset}@${version}`);
  const { columns } = await openCached(objects, manifest);
  const roots = [...new Set(columns.map(({ root }) => root))];
  const known = new Map(roots.map((root) => [root, profileObject(db, root)]));
  const missing = roots.filter((root) => known.get(root) === undefined);
  const profiles = new Map<string, ValuesProfile>();
  if (!writable) {
    await profileEach({ manifest, roots: missing }, { ...context, reader: objects }, (root, profile) => {
      profiles.set(root, profile);
    });
  } else if (missing.length > 0 || recordedCount(db, snapshot) < roots.length) {
    const { result, objects: staged } =
      missing.length > 0
        ? await context.task(profileTask, { manifest, roots: missing })
        : { result: [], objects: [] };
    for (const [root, object] of result) known.set(root, object);
    await context.commit(staged, (transaction) => {
      // It may have been deleted meanwhile.
      resolveDataset(db, `${dataset}@${version}`);
      for (const [root, object] of known)
        if (object !== undefined) transaction.put('column_profiles', { snapshot, root, object });
    });
  }
  for (const [root, object] of known)
    if (object !== undefined) profiles.set(root, await readProfile(objects, object));
  return columns.map(({ name, root }) => ({ name, content: root, ...profiles.get(root)! }));
}

function profileObject(db: Db, root: string): string | undefined {
  return db.get<{ object: string }>('SELECT object FROM column_profiles WHERE root = ?', root)?.object;
}

function recordedCount(db: Db, snapshot: string): number {
  return db.get<{ n: number }>('SELECT count(*) AS n FROM column_profiles WHERE snapshot = ?', snapshot)!.n;
}
