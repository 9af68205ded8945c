import { DatasetVersion, type Dataset } from '../../preload/contract/datasets.ts';
import { ImportOptions } from '../../preload/contract/import-options.ts';
import { fail, type Failure } from '../../preload/contract/errors.ts';
import type { Db, Row } from '../platform/database/index.ts';

/** A dataset's version with its snapshot's facts. */
export interface VersionRow extends Row {
  dataset: string;
  version: number;
  /** Snapshot id: of the content. */
  snapshot: string;
  created: string;
  actor: string;
  /** JSON DatasetVersion['source']. */
  source: string;
  /** JSON ImportOptions. */
  options: string;
  rejected: number;
  /** Object with the rejected rows. */
  rejects: string | null;
  /** JSON string[]. */
  notes: string;
  /** Object of kind `snapshot-manifest`. */
  manifest: string;
  rows: number;
  columns: number;
}

const select =
  'SELECT v.*, s.manifest, s.rows, s.columns FROM versions v JOIN snapshots s ON s.id = v.snapshot';

export function datasetNames(db: Db): string[] {
  return db
    .all<{ name: string }>('SELECT DISTINCT dataset AS name FROM versions ORDER BY name')
    .map(({ name }) => name);
}

/** All versions of a dataset, oldest first; none when there is no such dataset. */
export function versionRows(db: Db, dataset: string): VersionRow[] {
  return db.all<VersionRow>(`${select} WHERE v.dataset = ? ORDER BY v.version`, dataset);
}

/** A version that was deleted, in the trash until `emptied`. */
export interface DeletionRow extends Row {
  dataset: string;
  version: number;
  snapshot: string;
  deleted: string;
  actor: string;
  reason: string | null;
  /** JSON of what lost its source. */
  affects: string;
  /** JSON of the records that were taken away. */
  body: string;
  emptied: string | null;
  manifest: string | null;
  rejects: string | null;
}

/** Deleted versions of a dataset, oldest first. */
export function deletionRows(db: Db, dataset: string): DeletionRow[] {
  return db.all<DeletionRow>('SELECT * FROM deletions WHERE dataset = ? ORDER BY version', dataset);
}

/** Numbers that are or were versions of a dataset: none is ever given twice. */
export function takenVersions(db: Db, dataset: string): number[] {
  return db
    .all<{ version: number }>(
      'SELECT version FROM versions WHERE dataset = ? UNION SELECT version FROM deletions WHERE dataset = ?',
      dataset,
      dataset,
    )
    .map(({ version }) => version);
}

export interface Reference {
  readonly name: string;
  /** A number or a tag; undefined: the latest. */
  readonly wanted: string | undefined;
}

export function parseReference(reference: string): Reference {
  const at = reference.lastIndexOf('@');
  if (at < 0) return { name: reference, wanted: undefined };
  return { name: reference.slice(0, at), wanted: reference.slice(at + 1) };
}

/**
 * The version that `NAME` (the latest), `NAME@N` or `NAME@TAG` means. Throws `dataset-not-found`, `dataset-version-not-found`,
 * `dataset-version-deleted`.
 */
export function resolveDataset(db: Db, reference: string): VersionRow {
  const { name, wanted } = parseReference(reference);
  const rows = versionRows(db, name);
  const latest = rows.at(-1);
  const deleted = deletionRows(db, name);
  const gone =
    wanted === undefined && !latest
      ? deleted.at(-1)
      : deleted.find(({ version }) => String(version) === wanted);
  if (gone) throw failDeleted(gone);
  if (!latest) throw fail('dataset-not-found', { name, known: datasetNames(db) });
  if (wanted === undefined) return latest;
  const tagged = db.get<{ version: number }>(
    'SELECT version FROM tags WHERE dataset = ? AND tag = ?',
    name,
    wanted,
  );
  const row = rows.find(({ version }) => String(version) === wanted || version === tagged?.version);
  if (!row) {
    const tags = db
      .all<{ tag: string }>('SELECT tag FROM tags WHERE dataset = ? ORDER BY tag', name)
      .map(({ tag }) => tag);
    throw fail('dataset-version-not-found', { name, version: wanted, latest: latest.version, tags });
  }
  return row;
}

function failDeleted({ dataset, version, deleted, actor, reason, emptied }: DeletionRow): Failure {
  return fail('dataset-version-deleted', {
    name: dataset,
    version,
    at: deleted,
    by: actor,
    reason,
    inTrash: emptied === null,
  });
}

export function describeVersion(db: Db, row: VersionRow): DatasetVersion {
  const { dataset, version } = row;
  const note = db.get<{ note: string }>(
    'SELECT note FROM version_notes WHERE dataset = ? AND version = ?',
    dataset,
    version,
  );
  return {
    version,
    snapshot: { id: row.snapshot, rows: row.rows, columns: row.columns, rejected: row.rejected },
    created: row.created,
    by: row.actor,
    source: DatasetVersion.shape.source.parse(JSON.parse(row.source)),
    options: ImportOptions.parse(JSON.parse(row.options)),
    tags: tagsOf(db, dataset, version),
    note: note?.note ?? null,
  };
}

export function tagsOf(db: Db, dataset: string, version: number): string[] {
  return db
    .all<{ tag: string }>(
      'SELECT tag FROM tags WHERE dataset = ? AND version = ? ORDER BY tag',
      dataset,
      version,
    )
    .map(({ tag }) => tag);
}

/** All datasets by name; one whose every version's data is elsewhere isn't listed. */
export function listDatasets(db: Db): Dataset[] {
  const created = db.all<{ name: string; created: string }>(
    'SELECT name, created FROM datasets ORDER BY name',
  );
  return created.flatMap(({ name, created: since }) => {
    const rows = versionRows(db, name);
    const latest = rows.at(-1);
    return latest
      ? [{ name, created: since, versions: rows.length, latest: describeVersion(db, latest) }]
      : [];
  });
}
