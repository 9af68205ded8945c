import * as z from 'zod';
import { Affected, type TrashedVersion } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { Db } from '../../platform/database/index.ts';
import { namedObjects, spaceOf, unnamedObjects } from '../../workspaces/index.ts';
import { parseReference, type DeletionRow } from '../store.ts';
import { recordsOfSnapshot } from './snapshot-records.ts';

/** What brings a deleted version back. */
export const TrashBody = z.strictObject({
  /** Its row of `versions`. */
  record: z.strictObject({
    dataset: z.string(),
    version: z.int(),
    snapshot: z.string(),
    created: z.string(),
    actor: z.string(),
    source: z.string(),
    options: z.string(),
    rejected: z.int(),
    rejects: z.string().nullable(),
    notes: z.string(),
  }),
  rows: z.int(),
  columns: z.int(),
  tags: z.array(z.string()),
  note: z.strictObject({ note: z.string(), created: z.string(), actor: z.string() }).nullable(),
});
export type TrashBody = z.infer<typeof TrashBody>;

export function readBody({ body }: DeletionRow): TrashBody {
  return TrashBody.parse(JSON.parse(body));
}

/** What is in the trash, newest first: all of it, or a dataset's, or one version. Throws `trash-not-found`. */
export function trashRows(db: Db, reference?: string): DeletionRow[] {
  const rows = db.all<DeletionRow>(
    'SELECT * FROM deletions WHERE emptied IS NULL ORDER BY deleted DESC, dataset, version DESC',
  );
  if (reference === undefined) return rows;
  const { name, wanted } = parseReference(reference);
  const found = rows.filter(
    ({ dataset, version }) => dataset === name && (wanted === undefined || String(version) === wanted),
  );
  if (found.length > 0) return found;
  throw fail('trash-not-found', {
    reference,
    known: rows.map(({ dataset, version }) => `${dataset}@${version}`),
  });
}

export function listTrash(db: Db): { versions: TrashedVersion[]; frees: number } {
  const rows = trashRows(db);
  return {
    versions: rows.map((row) => {
      const { rows: count, columns } = readBody(row);
      return {
        dataset: row.dataset,
        version: row.version,
        snapshot: row.snapshot,
        rows: count,
        columns,
        deleted: row.deleted,
        by: row.actor,
        reason: row.reason,
        affects: Affected.parse(JSON.parse(row.affects)),
        frees: freedBy(db, [row]),
      };
    }),
    frees: freedBy(db, rows),
  };
}

/** Bytes of objects that nothing names once these rows are emptied. */
function freedBy(db: Db, rows: readonly DeletionRow[]): number {
  const named = namedObjects(db);
  const forget = (digest: unknown): void => {
    if (typeof digest === 'string') named.set(digest, (named.get(digest) ?? 0) - 1);
  };
  for (const { manifest, rejects } of rows) [manifest, rejects].forEach(forget);
  for (const snapshot of lostSnapshots(db, rows)) {
    for (const { objects } of recordsOfSnapshot(db, snapshot)) objects.forEach(forget);
    for (const run of runsWithData(db, snapshot))
      forget(db.get<{ manifest: string }>('SELECT manifest FROM runs WHERE id = ?', run)?.manifest);
  }
  const before = spaceOf(unnamedObjects(db)).bytes;
  return spaceOf(unnamedObjects(db, named)).bytes - before;
}

/** Snapshots that are nothing's any more without these rows of the trash. */
export function lostSnapshots(db: Db, rows: readonly DeletionRow[]): string[] {
  const going = new Set(rows.map(({ dataset, version }) => `${dataset}@${version}`));
  return [...new Set(rows.map(({ snapshot }) => snapshot))].filter(
    (snapshot) =>
      !db.get('SELECT 1 FROM versions WHERE snapshot = ?', snapshot) &&
      db
        .all<{ name: string }>(
          `SELECT dataset || '@' || version AS name FROM deletions WHERE snapshot = ? AND emptied IS NULL`,
          snapshot,
        )
        .every(({ name }) => going.has(name)),
  );
}

/** Runs that know where their data lies. */
export function runsWithData(db: Db, snapshot: string): string[] {
  return db
    .all<{ id: string }>('SELECT id FROM runs WHERE snapshot = ? AND manifest IS NOT NULL', snapshot)
    .map(({ id }) => id);
}

/** Who took a snapshot's data away, when, and why. */
export interface Deletion {
  readonly at: string;
  readonly by: string;
  readonly reason: string | null;
}

/** Undefined while the snapshot is here, be it in the trash, or when it never was. */
export function deletionOf(db: Db, snapshot: string): Deletion | undefined {
  if (db.get('SELECT 1 FROM snapshots WHERE id = ?', snapshot)) return undefined;
  return db.get<{ at: string; by: string; reason: string | null }>(
    'SELECT deleted AS at, actor AS "by", reason FROM deletions WHERE snapshot = ? ORDER BY deleted DESC LIMIT 1',
    snapshot,
  );
}
