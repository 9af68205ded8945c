import { VersionSource } from '../../../preload/contract/datasets.ts';
import type { Db } from '../../platform/database/index.ts';
import { objectColumns, recordTables, type RecordTable, type Transaction } from '../../workspaces/index.ts';
import type { StoredSnapshot } from '../snapshot/snapshot-writer.ts';
import { versionRows, type DeletionRow } from '../store.ts';
import { takeAway } from './delete-versions.ts';
import { recordsOfSnapshot } from './snapshot-records.ts';
import { lostSnapshots, runsWithData } from './trash.ts';

export interface SnapshotErasure {
  /** By the old snapshot's id: what is left of it without the rows, null where nothing is. */
  readonly replaced: ReadonlyMap<string, StoredSnapshot | null>;
  /** By the old manifest: another one of the same rows that names none of the objects with erased rows. */
  readonly stored: ReadonlyMap<string, string>;
  /** Versions that go whole. */
  readonly removed: readonly { readonly dataset: string; readonly version: number }[];
  readonly at: string;
  readonly actor: string;
  readonly reason: string | null;
}

/** Puts what is left in the place of snapshots with erased rows: versions keep their numbers, and the old snapshots' records go. */
export function eraseSnapshots(db: Db, transaction: Transaction, erasure: SnapshotErasure): void {
  const { replaced, stored } = erasure;
  for (const left of replaced.values()) {
    if (left === null || db.get('SELECT 1 FROM snapshots WHERE id = ?', left.id)) continue;
    const { id, manifest, rows, columns } = left;
    transaction.put('snapshots', { id, manifest, rows, columns });
  }
  emptyTrashed(db, transaction, erasure);
  for (const name of datasetsOf(db))
    for (const { rows: _rows, columns: _columns, manifest: _manifest, ...row } of versionRows(db, name)) {
      const left = replaced.get(row.snapshot);
      const source = withNewParents(row.source, replaced);
      if (left) transaction.put('versions', { ...row, snapshot: left.id, source });
      else if (source !== row.source) transaction.put('versions', { ...row, source });
    }
  const going = new Set(erasure.removed.map(({ dataset, version }) => `${dataset}@${version}`));
  for (const name of datasetsOf(db))
    for (const row of versionRows(db, name))
      if (replaced.get(row.snapshot) === null || going.has(`${name}@${row.version}`))
        transaction.put('deletions', {
          dataset: name,
          version: row.version,
          snapshot: row.snapshot,
          deleted: erasure.at,
          actor: erasure.actor,
          reason: erasure.reason,
          affects: JSON.stringify({ datasets: [], runs: [], models: [], bundles: [] }),
          body: JSON.stringify(takeAway(db, transaction, row)),
          emptied: erasure.at,
          manifest: null,
          rejects: null,
        });
  moveManifests(db, transaction, stored);
  for (const snapshot of [...replaced.keys(), ...unusedOf(db, erasure)]) {
    for (const { table, key } of recordsOfSnapshot(db, snapshot)) transaction.remove(table, key);
    for (const run of runsWithData(db, snapshot)) transaction.patch('runs', [run], { manifest: null });
  }
}

function datasetsOf(db: Db): string[] {
  return db.all<{ name: string }>('SELECT name FROM datasets ORDER BY name').map(({ name }) => name);
}

/** What lies in the trash with erased rows is gone for good. */
function emptyTrashed(db: Db, transaction: Transaction, { replaced, removed, at }: SnapshotErasure): void {
  const going = new Set(removed.map(({ dataset, version }) => `${dataset}@${version}`));
  for (const { dataset, version, snapshot } of db.all<DeletionRow>(
    'SELECT * FROM deletions WHERE emptied IS NULL',
  ))
    if (replaced.has(snapshot) || going.has(`${dataset}@${version}`))
      transaction.patch('deletions', [dataset, version], { emptied: at, manifest: null, rejects: null });
}

/** Snapshots that only removed versions had. */
function unusedOf(db: Db, { removed }: SnapshotErasure): string[] {
  const rows = removed.flatMap(
    ({ dataset, version }) =>
      db.get<DeletionRow>('SELECT * FROM deletions WHERE dataset = ? AND version = ?', dataset, version) ??
      [],
  );
  return lostSnapshots(db, rows);
}

/** Every record that names a manifest names the other one of the same rows. */
function moveManifests(db: Db, transaction: Transaction, stored: ReadonlyMap<string, string>): void {
  for (const { table, columns } of objectColumns(db)) {
    const keys: readonly string[] = recordTables[table as RecordTable];
    for (const column of columns)
      for (const [from, to] of stored)
        for (const row of db.all(`SELECT * FROM ${table} WHERE ${column} = ?`, from))
          transaction.patch(
            table as RecordTable,
            keys.map((key) => row[key] as string | number),
            { [column]: to },
          );
  }
}

/** A version's source, naming what is left of its parents. */
function withNewParents(text: string, replaced: SnapshotErasure['replaced']): string {
  const source = VersionSource.nullable().parse(JSON.parse(text));
  const parents = (source?.query ?? source?.treatment)?.parents ?? [];
  if (!parents.some(({ snapshot }) => replaced.get(snapshot))) return text;
  for (const parent of parents) parent.snapshot = replaced.get(parent.snapshot)?.id ?? parent.snapshot;
  return JSON.stringify(source);
}
