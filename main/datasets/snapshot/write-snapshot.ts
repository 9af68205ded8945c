import type { ColumnType } from '../../../preload/contract/column-types.ts';
import type { ObjectWriter } from '../../platform/objects/index.ts';
import { appendCell } from './append-cell.ts';
import { blockRows } from './block.ts';
import type { BaseSnapshot } from './patcher.ts';
import { createSnapshotWriter, type StoredSnapshot } from './snapshot-writer.ts';

/**
 * A value of a column: text, number, bigint (exact whole numbers; microseconds), boolean, or null when missing.
 * Dates are days and timestamps microseconds since 1970-01-01.
 */
export type Cell = string | number | bigint | boolean | null;

/** A table in memory, column by column. */
export interface TableLike {
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: ColumnType;
    /** Anything that answers with the value of a row. */
    readonly values: ArrayLike<Cell>;
  }[];
}

/** Stores a table as a snapshot: the same id as an import of a file with the same content. Throws TypeError for a cell of the wrong type. */
export async function writeSnapshot(
  table: TableLike,
  store: ObjectWriter,
  base?: BaseSnapshot,
): Promise<StoredSnapshot> {
  const fields = table.columns.map(({ name, type }) => ({ name, type }));
  const writer = createSnapshotWriter(fields, store, base);
  for (let from = 0; from < table.rows; from += blockRows) {
    const to = Math.min(from + blockRows, table.rows);
    table.columns.forEach(({ name, values }, column) => {
      const builder = writer.builders[column]!;
      builder.ensure(to - from);
      for (let row = from; row < to; row++) {
        if (!appendCell(builder, values[row] ?? null))
          throw new TypeError(
            `column "${name}", row ${row}: ${String(values[row])} is not a ${builder.type}`,
          );
      }
    });
    await writer.flush();
  }
  return writer.finish();
}
