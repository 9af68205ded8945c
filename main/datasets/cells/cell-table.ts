import type { ColumnType } from '../../../preload/contract/column-types.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { OpenedTable, SourceColumn } from '../importing/importer.ts';
import { appendCell } from '../snapshot/append-cell.ts';
import type { Cell } from '../snapshot/write-snapshot.ts';
import { inferKinds, gatherKinds, emptyKinds, keepAs, type Value } from './infer-cells.ts';

/** A column of a source that hands out values one by one. */
export interface CellColumn extends SourceColumn {
  /** A value as the column's type keeps it; undefined when it can't be. */
  readonly keep: (value: Value) => Cell | undefined;
}

export type Rows = AsyncIterable<readonly (readonly Value[])[]>;

/** A table of values one by one, whose columns are known. `rows` begins to read from the first. */
export function cellTable(
  path: string,
  columns: readonly CellColumn[],
  rows: () => Rows,
  more: Pick<OpenedTable, 'notes' | 'tables' | 'close'>,
): OpenedTable {
  return {
    columns,
    ...more,
    rows(wanted) {
      const reading = rows()[Symbol.asyncIterator]();
      let done = 0;
      return {
        fraction: () => 0.5,
        async next(builders) {
          const { value: batch, done: ended } = await reading.next();
          if (ended) return false;
          for (const builder of builders) builder.ensure(builder.length + batch.length);
          for (const [at, column] of wanted.entries()) {
            const { keep, name, type } = columns[column]!;
            const builder = builders[at]!;
            for (const [row, values] of batch.entries()) {
              const value = values[column] ?? null;
              const cell = value === null ? null : keep(value);
              if (cell === undefined || !appendCell(builder, cell)) {
                const reason = `${shown(value)} cannot be kept as ${type}`;
                throw fail('value-refused', { path, column: name, row: done + row + 1, reason });
              }
            }
          }
          done += batch.length;
          return true;
        },
      };
    },
  };
}

function shown(value: Value): string {
  if (value instanceof Uint8Array) return `a value of ${value.length} bytes`;
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `"${text.length > 200 ? `${text.slice(0, 200)}…` : text}"`;
}

/** The columns of a source that doesn't declare types, from a look at its values. */
export async function inferColumns(
  names: readonly string[],
  rows: Rows,
  {
    declared = [],
    most = Infinity,
  }: { readonly declared?: readonly (ColumnType | undefined)[]; readonly most?: number } = {},
): Promise<CellColumn[]> {
  const kinds = names.map(() => emptyKinds());
  let seen = 0;
  for await (const batch of rows) {
    for (const values of batch) kinds.forEach((kind, column) => gatherKinds(kind, values[column] ?? null));
    seen += batch.length;
    if (seen >= most) break;
  }
  return names.map((name, column) => {
    const { type, note } = inferKinds(kinds[column]!, declared[column]);
    return {
      name,
      type,
      declared: type ?? 'bytes',
      note,
      keep: type === null ? () => undefined : keepAs(type),
    };
  });
}
