import type { ManifestColumn, SnapshotManifest } from '../snapshot/manifest.ts';

/** A column that both versions have, under one name. */
export interface ColumnPair {
  readonly name: string;
  readonly before: ManifestColumn;
  readonly after: ManifestColumn;
}

export interface ColumnChanges {
  readonly added: string[];
  readonly removed: string[];
  /** In both, with another type. */
  readonly retyped: string[];
  /** In both, retyped ones too, in the order of the later version. */
  readonly pairs: readonly ColumnPair[];
}

export function compareColumns(before: SnapshotManifest, after: SnapshotManifest): ColumnChanges {
  const earlier = new Map(before.columns.map((column) => [column.name, column]));
  const later = new Set(after.columns.map(({ name }) => name));
  const pairs = after.columns.flatMap((column) => {
    const partner = earlier.get(column.name);
    return partner ? [{ name: column.name, before: partner, after: column }] : [];
  });
  return {
    added: after.columns.map(({ name }) => name).filter((name) => !earlier.has(name)),
    removed: before.columns.map(({ name }) => name).filter((name) => !later.has(name)),
    retyped: pairs.filter((pair) => !sameType(pair)).map(({ name }) => name),
    pairs,
  };
}

export function sameType({ before, after }: ColumnPair): boolean {
  return before.type === after.type;
}
