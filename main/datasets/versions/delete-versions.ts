import type { Affected } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { Service, Transaction } from '../../workspaces/index.ts';
import type { Db } from '../../platform/database/index.ts';
import { parseReference, resolveDataset, tagsOf, versionRows, type VersionRow } from '../store.ts';
import { affectedBy, affectsNothing } from './affected.ts';
import type { TrashBody } from './trash.ts';

export const deleteVersions: Service<'datasets'>['delete'] = async (
  { dataset: reference, force, reason, dryRun },
  context,
) => {
  const { db } = context.workspace;
  const plan = (): { rows: readonly VersionRow[]; affects: Affected } => {
    const one = resolveDataset(db, reference);
    const whole = parseReference(reference).wanted === undefined;
    const rows = whole ? versionRows(db, one.dataset) : [one];
    return { rows, affects: affectedBy(db, rows) };
  };
  if (dryRun) {
    const { rows, affects } = plan();
    return { deleted: rows.map(described), affects, dryRun };
  }
  return context.commit([], (transaction) => {
    const { rows, affects } = plan();
    const versions = rows.map(({ dataset, version }) => `${dataset}@${version}`);
    if (!affectsNothing(affects)) {
      if (!force) throw fail('dataset-in-use', { versions, ...affects });
      if (reason === undefined) throw fail('delete-needs-reason', { versions });
    }
    for (const row of rows) {
      const body = takeAway(db, transaction, row);
      transaction.put('deletions', {
        dataset: row.dataset,
        version: row.version,
        snapshot: row.snapshot,
        deleted: context.clock.now(),
        actor: context.actor,
        reason: reason ?? null,
        affects: JSON.stringify(affects),
        body: JSON.stringify(body),
        emptied: null,
        manifest: row.manifest,
        rejects: row.rejects,
      });
    }
    return { deleted: rows.map(described), affects, dryRun };
  });
};

function described({ dataset, version, snapshot }: VersionRow) {
  return { dataset, version, snapshot };
}

/** Removes a version's records and returns what brings them back. */
export function takeAway(db: Db, transaction: Transaction, row: VersionRow): TrashBody {
  const { dataset, version, manifest: _manifest, rows, columns, ...record } = row;
  const tags = tagsOf(db, dataset, version);
  for (const tag of tags) transaction.remove('tags', [dataset, tag]);
  const note = db.get<NonNullable<TrashBody['note']>>(
    'SELECT note, created, actor FROM version_notes WHERE dataset = ? AND version = ?',
    dataset,
    version,
  );
  if (note) transaction.remove('version_notes', [dataset, version]);
  transaction.remove('versions', [dataset, version]);
  return { record: { dataset, version, ...record }, rows, columns, tags, note: note ?? null };
}
