import type { DuckDBDataChunk, DuckDBType, DuckDBVector } from '@duckdb/node-api';
import {
  decimalSize,
  isDecimal,
  isOrdered,
  isTextType,
  orderedLevels,
  type ColumnType,
} from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { float64Values, int32Values, int64Values, isPresent, type Block } from '../snapshot/block.ts';
import type { RowGroup } from '../exporting/read-row-groups.ts';
import { quoteName, quoteText, type Duckdb } from './open-duckdb.ts';

/** Rows of a chunk of DuckDB. */
const chunkRows = 2048;

const sqlTypes = {
  bool: 'BOOLEAN',
  int64: 'BIGINT',
  float64: 'DOUBLE',
  utf8: 'VARCHAR',
  categorical: 'VARCHAR',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestamptz: 'TIMESTAMPTZ',
} as const;

/** A column of a table to be made. Categories are an ENUM of their levels where those are given, else texts. */
export interface LoadedField extends Field {
  readonly levels?: readonly string[] | undefined;
}

function sqlType({ type, levels }: Pick<LoadedField, 'type' | 'levels'>): string {
  if (isDecimal(type)) {
    const { precision, scale } = decimalSize(type);
    return `DECIMAL(${precision},${scale})`;
  }
  const known = isOrdered(type) ? orderedLevels(type) : levels;
  if (known) return `ENUM(${known.map(quoteText).join(', ')})`;
  return isOrdered(type) ? 'VARCHAR' : sqlTypes[type];
}

/** The columns of a table as SQL declares them: `"name" VARCHAR, ...`. */
export function declareColumns(fields: readonly LoadedField[]): string {
  return fields.map((field) => `${quoteName(field.name)} ${sqlType(field)}`).join(', ');
}

/** A SELECT with these columns, to bind a query against. */
export function selectNulls(fields: readonly Field[]): string {
  return `SELECT ${fields.map((field) => `CAST(NULL AS ${sqlType(field)}) AS ${quoteName(field.name)}`).join(', ')}`;
}

/** A SELECT of these columns from a relation that has them as an appender takes them. */
export function selectCasts(fields: readonly Field[], relation: string): string {
  const columns = fields.map((field) => {
    const name = quoteName(field.name);
    return isOrdered(field.type) || isDecimal(field.type)
      ? `CAST(${name} AS ${sqlType(field)}) AS ${name}`
      : name;
  });
  return `SELECT ${columns.join(', ')} FROM ${relation}`;
}

/** The type that vectors of a column have; an appender turns texts into levels of an ENUM. */
export async function duckdbTypes(): Promise<(type: ColumnType) => DuckDBType> {
  const { BOOLEAN, BIGINT, DECIMAL, DOUBLE, VARCHAR, DATE, TIMESTAMP, TIMESTAMPTZ } =
    await import('@duckdb/node-api');
  const plain = {
    bool: BOOLEAN,
    int64: BIGINT,
    float64: DOUBLE,
    date: DATE,
    timestamp: TIMESTAMP,
    timestamptz: TIMESTAMPTZ,
  } as const;
  return (type) => {
    if (isTextType(type)) return VARCHAR;
    return isDecimal(type) ? DECIMAL(38, decimalSize(type).scale) : plain[type];
  };
}

/** Makes a table of DuckDB and fills it, some rows at a time; what doesn't fit in its memory goes to its temporary folder. */
export async function loadTable(
  { connection }: Duckdb,
  table: string,
  fields: readonly LoadedField[],
  groups: AsyncIterable<RowGroup>,
): Promise<void> {
  const { DuckDBDataChunk } = await import('@duckdb/node-api');
  const types = await duckdbTypes();
  await connection.run(`CREATE TABLE ${quoteName(table)} (${declareColumns(fields)})`);
  const appender = await connection.createAppender(table);
  try {
    for await (const { rows, blocks } of groups) {
      for (let from = 0; from < rows; from += chunkRows) {
        const count = Math.min(chunkRows, rows - from);
        const chunk: DuckDBDataChunk = DuckDBDataChunk.create(
          fields.map(({ type }) => types(type)),
          count,
        );
        blocks.forEach((block, column) => fillVector(chunk.getColumnVector(column), block, from, count));
        appender.appendDataChunk(chunk);
      }
    }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
}

/** The typed array that a vector of this type copies its values from. */
interface Flat<Values> {
  readonly items: Values;
  readonly validity: { setItemValid(row: number, valid: boolean): void };
}

function fillVector(vector: DuckDBVector, block: Block, from: number, count: number): void {
  const { type, rows, validity, values } = block;
  if (isTextType(type)) fillText(vector, block, from, count);
  else if (isDecimal(type)) {
    const { dataView } = vector as unknown as { readonly dataView: DataView };
    const units = new Uint8Array(dataView.buffer, dataView.byteOffset, dataView.byteLength);
    units.set(values.subarray(16 * from, 16 * (from + count)));
  } else if (type === 'bool')
    for (let i = 0; i < count; i++)
      vector.setItem(i, ((values[(from + i) >> 3]! >> ((from + i) & 7)) & 1) === 1);
  else {
    const all =
      type === 'date'
        ? int32Values(values, rows)
        : type === 'float64'
          ? float64Values(values, rows)
          : int64Values(values, rows);
    (vector as unknown as Flat<{ set(from: unknown): void }>).items.set(all.subarray(from, from + count));
  }
  if (validity) {
    const flags = (vector as unknown as Flat<unknown>).validity;
    for (let i = 0; i < count; i++) if (!isPresent(validity, from + i)) flags.setItemValid(i, false);
  }
  vector.flush();
}

function fillText(
  vector: DuckDBVector,
  { rows, validity, values, text }: Block,
  from: number,
  count: number,
): void {
  const ends = int32Values(values, rows + 1);
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  for (let i = 0; i < count; i++)
    if (isPresent(validity, from + i))
      vector.setItem(i, bytes.toString('utf8', ends[from + i], ends[from + i + 1]));
}
