import { DatasetVersion, ImportOptions, type Dataset } from '../../preload/contract/datasets.ts';
import { fail } from '../../preload/contract/errors.ts';
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
  return db.all<{ name: string }>('SELECT name FROM datasets ORDER BY name').map(({ name }) => name);
}

/** All versions of a dataset, oldest first; none when there is no such dataset. */
export function versionRows(db: Db, dataset: string): VersionRow[] {
  return db.all<VersionRow>(`${select} WHERE v.dataset = ? ORDER BY v.version`, dataset);
}

/** The version that `NAME` (the latest) or `NAME@N` means. Throws `dataset-not-found`, `dataset-version-not-found`. */
export function resolveDataset(db: Db, reference: string): VersionRow {
  const at = reference.lastIndexOf('@');
  const name = at < 0 ? reference : reference.slice(0, at);
  const rows = versionRows(db, name);
  const latest = rows.at(-1);
  if (!latest) throw fail('dataset-not-found', { name, known: datasetNames(db) });
  if (at < 0) return latest;
  const wanted = reference.slice(at + 1);
  const row = rows.find(({ version }) => String(version) === wanted);
  if (!row) throw fail('dataset-version-not-found', { name, version: wanted, latest: latest.version });
  return row;
}

export function describeVersion(row: VersionRow): DatasetVersion {
  return {
    version: row.version,
    snapshot: { id: row.snapshot, rows: row.rows, columns: row.columns, rejected: row.rejected },
    created: row.created,
    by: row.actor,
    source: DatasetVersion.shape.source.parse(JSON.parse(row.source)),
    options: ImportOptions.parse(JSON.parse(row.options)),
  };
}

/** All datasets by name; one whose every version's data is elsewhere isn't listed. */
export function listDatasets(db: Db): Dataset[] {
  const created = db.all<{ name: string; created: string }>(
    'SELECT name, created FROM datasets ORDER BY name',
  );
  return created.flatMap(({ name, created: since }) => {
    const rows = versionRows(db, name);
    const latest = rows.at(-1);
    return latest ? [{ name, created: since, versions: rows.length, latest: describeVersion(latest) }] : [];
  });
}

/** The object with a snapshot's summary, when it has been computed. */
export function summaryObject(db: Db, snapshot: string): string | undefined {
  return db.get<{ object: string }>('SELECT object FROM summaries WHERE snapshot = ?', snapshot)?.object;
}
