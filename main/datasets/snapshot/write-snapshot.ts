import type { ColumnType } from '../../../preload/contract/datasets.ts';
import type { ObjectWriter } from '../../platform/objects/index.ts';
import type { ColumnBuilder } from './column-builder.ts';
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
      for (let row = from; row < to; row++) appendCell(builder, values[row] ?? null, name, row);
    });
    await writer.flush();
  }
  return writer.finish();
}

const encoder = new TextEncoder();

function appendCell(builder: ColumnBuilder, cell: Cell, column: string, row: number): void {
  const at = builder.length;
  const wrong = (): never => {
    throw new TypeError(`column "${column}", row ${row}: ${String(cell)} is not a ${builder.type}`);
  };
  builder.present[at] = cell === null ? 0 : 1;
  switch (builder.type) {
    case 'utf8':
      appendText(
        builder,
        cell === null ? '' : typeof cell === 'string' && cell.isWellFormed() ? cell : wrong(),
      );
      return;
    case 'bool':
      builder.flags[at] = cell === null ? 0 : typeof cell === 'boolean' ? Number(cell) : wrong();
      break;
    case 'float64':
      builder.float64[at] = cell === null ? 0 : typeof cell === 'number' ? cell : wrong();
      break;
    case 'date':
      builder.int32[at] =
        cell === null ? 0 : typeof cell === 'number' && cell === (cell | 0) ? cell : wrong();
      break;
    case 'int64':
    case 'timestamp':
    case 'timestamptz':
      builder.int64[at] = wholeOf(cell) ?? wrong();
      break;
  }
  builder.length++;
}

function wholeOf(cell: Cell): bigint | undefined {
  if (cell === null) return 0n;
  if (typeof cell === 'bigint') return BigInt.asIntN(64, cell) === cell ? cell : undefined;
  return typeof cell === 'number' && Number.isSafeInteger(cell) ? BigInt(cell) : undefined;
}

function appendText(builder: ColumnBuilder, text: string): void {
  const at = builder.length;
  const bytes = encoder.encode(text);
  builder.ensureText(bytes.length);
  const start = builder.int32[at]!;
  builder.text.set(bytes, start);
  builder.int32[at + 1] = start + bytes.length;
  builder.length++;
}
