import type { Db } from '../../platform/database/index.ts';
import { objectColumns, recordTables, type RecordTable } from '../../workspaces/index.ts';

export interface SnapshotRecord {
  readonly table: RecordTable;
  readonly key: readonly (string | number)[];
  /** Objects it names. */
  readonly objects: readonly string[];
}

/**
 * The record of a snapshot, and before it all that was computed from it: every row that refers to it, in whichever table. Versions do as
 * well; they are not among them.
 */
export function recordsOfSnapshot(db: Db, snapshot: string): SnapshotRecord[] {
  const found: SnapshotRecord[] = [];
  const objects = new Map(objectColumns(db).map(({ table, columns }) => [table, columns]));
  const collect = (table: RecordTable, column: string): void => {
    const keys: readonly string[] = recordTables[table];
    for (const row of db.all(`SELECT * FROM ${table} WHERE ${column} = ?`, snapshot)) {
      const key = keys.map((name) => row[name] as string | number);
      if (found.some((one) => one.table === table && one.key.join('@') === key.join('@'))) continue;
      const named = (objects.get(table) ?? []).map((name) => row[name]);
      found.push({ table, key, objects: named.filter((digest) => typeof digest === 'string') });
    }
  };
  for (const table of Object.keys(recordTables) as RecordTable[]) {
    if (table === 'versions') continue;
    const references = db.all<{ table: string; from: string }>(`PRAGMA foreign_key_list(${table})`);
    for (const { table: other, from } of references) if (other === 'snapshots') collect(table, from);
  }
  collect('snapshots', 'id');
  return found;
}
