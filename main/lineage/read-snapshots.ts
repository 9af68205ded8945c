import { VersionSource } from '../../preload/contract/datasets.ts';
import type { GraphBuilder } from './graph.ts';
import type { Records } from './store.ts';

interface VersionRow {
  readonly dataset: string;
  readonly version: number;
  readonly snapshot: string;
  readonly created: string;
  readonly actor: string;
  readonly source: string;
  readonly options: string;
  readonly rejected: number;
}

/** Versions of datasets and the files they came from. One snapshot may be versions of several datasets. */
export function readSnapshots(records: Records, { node, edge }: GraphBuilder): void {
  const sizes = new Map(
    records
      .all<{ id: string; rows: number; columns: number }>('snapshots')
      .map((snapshot) => [snapshot.id, snapshot]),
  );
  const rows = records
    .all<VersionRow>('versions')
    .toSorted((a, b) => compare(a.created, b.created) || a.version - b.version);
  const derived: [string, string, string][] = [];
  for (const row of rows) {
    const size = sizes.get(row.snapshot);
    const label = `${row.dataset}@${row.version}`;
    const snapshot = node('snapshot', row.snapshot, label, row.created, {
      dataset: row.dataset,
      version: row.version,
      snapshot: row.snapshot,
      rows: size?.rows ?? null,
      columns: size?.columns ?? null,
      rejected: row.rejected,
      'read with': optionWords(row.options),
      by: row.actor,
    });
    const source = VersionSource.nullable().parse(JSON.parse(row.source));
    if (!source) continue;
    const { query, treatment, ...file } = source;
    const how = query ? 'query' : treatment ? 'treatment' : 'imported';
    const facts = {
      ...file,
      ...(query && { sql: query.sql }),
      ...(treatment && { steps: JSON.stringify(treatment.steps) }),
    };
    edge(node('source', file.sha256, file.file, row.created, facts), snapshot, how);
    for (const parent of (query ?? treatment)?.parents ?? [])
      derived.push([parent.snapshot, row.snapshot, how]);
  }
  // What was read may be gone, or be recorded again after what was made of it.
  for (const [parent, made, how] of derived)
    if (parent !== made && sizes.has(parent)) edge(`snapshot:${parent}`, `snapshot:${made}`, how);
}

/** Options of an import that differ from the detected ones, as JSON; '' where none was given. */
function optionWords(options: string): string {
  return options === '{}' ? '' : options;
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
