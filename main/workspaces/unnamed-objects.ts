import type { Db } from '../platform/database/index.ts';
import { recordTables } from './migrations.ts';
import { knownObjects, type KnownObject } from './verify-objects.ts';

/**
 * Kinds of object that are data of a version or were computed from it: those that nothing names any more may go. Other kinds stand for
 * themselves (a signature, what is known of data that is elsewhere) and always stay.
 */
const kindsOfVersions: ReadonlySet<string> = new Set([
  'snapshot-manifest',
  'column-block',
  'column-patches',
  'column-profile',
  'snapshot-relations',
  'snapshot-summary',
  'snapshot-diff',
  'rejected-rows',
]);

/** How many records name each object directly. */
export function namedObjects(db: Db): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { table, columns } of objectColumns(db)) {
    for (const column of columns) {
      const rows = db.all<{ digest: string; n: number }>(
        `SELECT ${column} AS digest, count(*) AS n FROM ${table} WHERE ${column} IS NOT NULL GROUP BY ${column}`,
      );
      for (const { digest, n } of rows) counts.set(digest, (counts.get(digest) ?? 0) + n);
    }
  }
  return counts;
}

/** Columns of each table that refer to `objects`. */
export function objectColumns(db: Db): { table: string; columns: string[] }[] {
  return Object.keys(recordTables).map((table) => ({
    table,
    columns: db
      .all<{ table: string; from: string }>(`PRAGMA foreign_key_list(${table})`)
      .filter((key) => key.table === 'objects')
      .map(({ from }) => from),
  }));
}

/**
 * Objects that no record names, directly or as a part of another object, given how many records name each. Those of other kinds are
 * among them only if they are `going`.
 */
export function unnamedObjects(
  db: Db,
  named: ReadonlyMap<string, number> = namedObjects(db),
  going: ReadonlySet<string> = new Set(),
): KnownObject[] {
  const objects = knownObjects(db);
  const children = new Map(objects.map((object) => [object.digest, object.children]));
  const kept = new Set(
    objects
      .filter(
        ({ digest, kind }) =>
          (named.get(digest) ?? 0) > 0 || !(kindsOfVersions.has(kind) || going.has(digest)),
      )
      .map(({ digest }) => digest),
  );
  // A set grows while it is walked.
  for (const digest of kept) for (const child of children.get(digest) ?? []) kept.add(child);
  return objects.filter(({ digest }) => !kept.has(digest));
}

export interface Space {
  readonly objects: number;
  readonly bytes: number;
}

export function spaceOf(objects: readonly Pick<KnownObject, 'size'>[]): Space {
  return { objects: objects.length, bytes: objects.reduce((sum, { size }) => sum + size, 0) };
}

export function spaceUsed(db: Db): Space {
  const row = db.get<{ n: number; bytes: number | null }>(
    'SELECT count(*) AS n, sum(size) AS bytes FROM objects',
  );
  return { objects: row?.n ?? 0, bytes: row?.bytes ?? 0 };
}
