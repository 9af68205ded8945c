import { isTextType } from '../../../preload/contract/column-types.ts';
import { duckdbTypes, selectCasts } from '../duckdb/load-snapshot.ts';
import { quoteName, type Duckdb } from '../duckdb/open-duckdb.ts';
import type { SnapshotManifest } from '../snapshot/manifest.ts';

interface Used {
  readonly name: string;
  readonly manifest: SnapshotManifest;
}

/**
 * Which columns of each table a query reads, by their places: runs it over tables without rows, which tell what they are
 * asked for. A table that was never asked has all of its columns listed, and none has fewer than one.
 */
export async function usedColumns(
  { connection }: Duckdb,
  sql: string,
  tables: readonly Used[],
): Promise<number[][]> {
  if (tables.length === 0) return [];
  const { DuckDBTableFunction } = await import('@duckdb/node-api');
  const types = await duckdbTypes();
  const asked = tables.map(() => new Set<number>());
  const touched = tables.map(() => false);
  for (const [index, { name, manifest }] of tables.entries()) {
    const scan = DuckDBTableFunction.create({
      name: `scan_${index}`,
      supportsProjectionPushdown: true,
      bindFunction(info) {
        for (const field of manifest.schema) info.addResultColumn(field.name, types(field.type));
      },
      initFunction(info) {
        touched[index] = true;
        for (const column of info.getColumnIndexes()) asked[index]!.add(column);
      },
      mainFunction(_info, output) {
        output.rowCount = 0;
      },
    });
    connection.registerTableFunction(scan);
    await connection.run(
      `CREATE VIEW ${quoteName(name)} AS ${selectCasts(manifest.schema, `scan_${index}()`)}`,
    );
  }
  try {
    await connection.run(sql);
  } finally {
    for (const { name } of tables) await connection.run(`DROP VIEW ${quoteName(name)}`);
  }
  return tables.map(({ manifest: { columns } }, index) => {
    const all = columns.map((_, at) => at);
    if (!touched[index]) return all;
    const found = all.filter((at) => asked[index]!.has(at));
    return found.length > 0 ? found : [smallest(columns)];
  });
}

/** The column that costs least to read, where only the number of rows counts. */
function smallest(columns: SnapshotManifest['columns']): number {
  return Math.max(
    0,
    columns.findIndex(({ type }) => !isTextType(type)),
  );
}
