import { VersionSource, type Affected } from '../../../preload/contract/datasets.ts';
import type { Db } from '../../platform/database/index.ts';
import type { VersionRow } from '../store.ts';

/** Of runs `r`: those trained on the rows of a snapshot, on columns that their recipe joined from it, or divided as it was. */
const readsRows = `(r.snapshot = ? OR EXISTS (
  SELECT 1 FROM recipes c, json_each(c.body, '$.join') j
  WHERE c.hash = r.recipe AND json_extract(j.value, '$.snapshot') = ?) OR EXISTS (
  SELECT 1 FROM recipes c JOIN snapshots s ON s.manifest = json_extract(c.body, '$.split.inherit.data')
  WHERE c.hash = r.recipe AND s.id = ?))`;

/** What would lose its source with these versions: what was made of rows that no other version holds. */
export function affectedBy(db: Db, rows: readonly VersionRow[]): Affected {
  const going = new Set(rows.map(({ dataset, version }) => `${dataset}@${version}`));
  const lost = [...new Set(rows.map(({ snapshot }) => snapshot))].filter((snapshot) =>
    db
      .all<{ name: string }>(
        `SELECT dataset || '@' || version AS name FROM versions WHERE snapshot = ?`,
        snapshot,
      )
      .every(({ name }) => going.has(name)),
  );
  const named = (sql: string): string[] =>
    lost.flatMap((snapshot) =>
      db.all<{ name: string }>(sql, snapshot, snapshot, snapshot).map(({ name }) => name),
    );
  return {
    datasets: madeOf(db, lost, going),
    runs: named(`SELECT r.id AS name FROM runs r WHERE ${readsRows} ORDER BY r.created, r.id`),
    models: named(
      `SELECT m.model || '@' || m.version AS name FROM model_versions m JOIN runs r ON r.id = m.run
       WHERE ${readsRows} ORDER BY m.model, m.version`,
    ),
    bundles: [
      ...new Set(
        named(
          `SELECT b.digest AS name FROM bundles b JOIN model_versions m ON m.model = b.model AND m.version = b.version
           JOIN runs r ON r.id = m.run WHERE ${readsRows} ORDER BY b.at`,
        ),
      ),
    ],
  };
}

/** Versions that a query or a treatment made of the snapshots, and that stay. */
function madeOf(db: Db, snapshots: readonly string[], going: ReadonlySet<string>): string[] {
  return db
    .all<{ name: string; source: string }>(
      `SELECT dataset || '@' || version AS name, source FROM versions WHERE source LIKE '%"parents"%' ORDER BY dataset, version`,
    )
    .filter(({ name }) => !going.has(name))
    .filter(({ source }) => parentsOf(source).some((snapshot) => snapshots.includes(snapshot)))
    .map(({ name }) => name);
}

function parentsOf(source: string): string[] {
  const made = VersionSource.nullable().parse(JSON.parse(source));
  return [...(made?.query?.parents ?? []), ...(made?.treatment?.parents ?? [])].map(
    ({ snapshot }) => snapshot,
  );
}

export function affectsNothing({ datasets, runs, models, bundles }: Affected): boolean {
  return datasets.length + runs.length + models.length + bundles.length === 0;
}
