import { isTextType } from '../../preload/contract/column-types.ts';
import { openSnapshot, readColumns, type ColumnValues } from '../datasets/index.ts';
import type { ObjectReader } from '../platform/objects/index.ts';
import type { TypedColumn } from './column-facts.ts';

const microsecondsPerDay = 86_400_000_000;

/** A column of a snapshot as a recipe works on it; the table in columns.ts says what becomes what. */
function typedColumn(column: ColumnValues): TypedColumn {
  const { name, type } = column;
  if (column.kind === 'text') return { type, column: { kind: 'category', name, ...withoutEmpty(column) } };
  const { values } = column;
  if (type !== 'timestamp' && type !== 'timestamptz')
    return { type, column: { kind: 'number', name, values } };
  return {
    type,
    column: { kind: 'number', name, values: values.map((value) => value / microsecondsPerDay) },
  };
}

/** The way back: a column that a recipe works on, as one read from a snapshot. */
export function columnValues({ type, column }: TypedColumn): ColumnValues {
  const { name } = column;
  if (column.kind === 'category') {
    const { levels, codes } = column;
    return { kind: 'text', name, type: isTextType(type) ? type : 'utf8', levels, codes };
  }
  if (isTextType(type)) throw new TypeError(`"${name}" is ${type} and has numbers`);
  const inDays = type === 'timestamp' || type === 'timestamptz';
  const values = inDays
    ? column.values.map((value) => Math.round(value * microsecondsPerDay))
    : column.values;
  return {
    kind: 'number',
    name,
    type,
    values,
    present: Uint8Array.from(values, (value) => Number(!Number.isNaN(value))),
  };
}

/** The empty text is a missing value. */
function withoutEmpty({ levels, codes }: Extract<ColumnValues, { kind: 'text' }>) {
  const empty = levels.indexOf('');
  if (empty < 0) return { levels, codes };
  return {
    levels: levels.toSpliced(empty, 1),
    codes: codes.map((code) => (code === empty ? -1 : code > empty ? code - 1 : code)),
  };
}

/** All columns of a snapshot, or those named. `manifest` is the digest of its manifest. */
export async function readTable(
  reader: ObjectReader,
  manifest: string,
  options: { readonly names?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<TypedColumn[]> {
  const snapshot = await openSnapshot(reader, manifest);
  const names = options.names ?? snapshot.columns.map(({ name }) => name);
  const columns = await readColumns(
    reader,
    snapshot,
    names,
    options.signal ? { signal: options.signal } : {},
  );
  return columns.map(typedColumn);
}
