import type { DuckDBDataChunk, DuckDBResult, DuckDBVector } from '@duckdb/node-api';
import { isUtf8 } from 'node:buffer';
import { isDecimal } from '../../../preload/contract/column-types.ts';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import type { RowReader } from '../importing/importer.ts';
import type { ColumnBuilder } from '../snapshot/column-builder.ts';
import { ask } from './ask.ts';
import { duckdbColumn, settleWide, valueProblem, type DuckdbColumn } from './column-types.ts';
import { duckdbReason, type Duckdb } from './open-duckdb.ts';

/** What errors of a relation are told as. */
export type Blame = (reason: string, cause: unknown) => Failure;

/** The columns of a relation: `read_parquet('x')`, `(SELECT ...)`. */
export async function describeRelation(
  duckdb: Duckdb,
  relation: string,
  blame: Blame,
): Promise<DuckdbColumn[]> {
  try {
    const found = await ask(duckdb, `DESCRIBE SELECT * FROM ${relation}`);
    const columns = found.map(([name, type]) => duckdbColumn(String(name), String(type)));
    return await settleWide(
      columns,
      async (sql) => (await ask(duckdb, `SELECT ${sql} FROM ${relation}`))[0] ?? [],
    );
  } catch (error) {
    throw blame(duckdbReason(error), error);
  }
}

/** Reads a relation's columns in the order of its rows. `rows` is about how many there are, where that is known. */
export function readRelation(
  { connection }: Duckdb,
  relation: string,
  columns: readonly DuckdbColumn[],
  {
    path,
    blame,
    rows = 0,
    signal,
  }: { readonly path: string; readonly blame: Blame; readonly rows?: number; readonly signal: AbortSignal },
): RowReader {
  let result: DuckDBResult | undefined;
  let done = 0;
  const select = columns.map(({ sql }, i) => `${sql} AS c${i}`).join(', ');
  return {
    fraction: () => (rows > 0 ? Math.min(1, done / rows) : 0.5),
    async next(builders) {
      let chunk: DuckDBDataChunk | null;
      try {
        result ??= await connection.stream(`SELECT ${select} FROM ${relation}`);
        chunk = await result.fetchChunk();
      } catch (error) {
        if (signal.aborted) throw fail('cancelled', { what: `reading ${path}` }, error);
        const reason = duckdbReason(error);
        const problem = valueProblem(reason);
        throw problem === undefined
          ? blame(reason, error)
          : fail('values-refused', { path, reason: problem }, error);
      }
      if (!chunk || chunk.rowCount === 0) return false;
      columns.forEach(({ name }, i) => {
        const problem = fill(builders[i]!, chunk.getColumnVector(i), chunk.rowCount);
        if (problem)
          throw fail('value-refused', {
            path,
            column: name,
            row: done + problem.row + 1,
            reason: problem.reason,
          });
      });
      done += chunk.rowCount;
      return true;
    },
  };
}

interface Values {
  readonly items: ArrayLike<number | bigint>;
  readonly validity: { readonly data: BigUint64Array | null };
}

/** Puts a vector behind a builder's rows; tells of the first value that can't be kept. */
function fill(
  builder: ColumnBuilder,
  vector: DuckDBVector,
  count: number,
): { row: number; reason: string } | undefined {
  const start = builder.length;
  builder.ensure(start + count);
  const { items, validity } = vector as unknown as Values;
  fillPresence(builder, validity.data, count);
  switch (builder.type) {
    case 'bool':
      for (let i = 0; i < count; i++) builder.flags[start + i] = vector.getItem(i) === true ? 1 : 0;
      break;
    case 'date':
      builder.int32.set(items as Int32Array, start);
      for (let i = 0; i < count; i++)
        if (builder.present[start + i] === 1 && Math.abs(Number(items[i])) >= 0x7fffffff)
          return { row: i, reason: 'a date that is infinite' };
      break;
    case 'float64':
      builder.float64.set(items as Float64Array, start);
      break;
    case 'int64':
      builder.int64.set(items as BigInt64Array, start);
      break;
    case 'timestamp':
    case 'timestamptz':
      builder.int64.set(items as BigInt64Array, start);
      for (let i = 0; i < count; i++) {
        const value = builder.int64[start + i]!;
        if (builder.present[start + i] === 1 && (value >= infinite || value <= -infinite))
          return { row: i, reason: 'a time that is infinite' };
      }
      break;
    default: {
      if (isDecimal(builder.type)) {
        fillWide(builder, vector as unknown as Wide);
        break;
      }
      const problem = fillText(builder, vector as unknown as Texts, count);
      if (problem !== undefined) return { row: problem, reason: 'a text that is not valid UTF-8' };
    }
  }
  builder.length += count;
  return undefined;
}

const infinite = 2n ** 63n - 1n;

function fillPresence(builder: ColumnBuilder, bits: BigUint64Array | null, count: number): void {
  const start = builder.length;
  if (!bits) {
    builder.present.fill(1, start, start + count);
    return;
  }
  const bytes = new Uint8Array(bits.buffer, bits.byteOffset, bits.byteLength);
  for (let i = 0; i < count; i++) builder.present[start + i] = (bytes[i >> 3]! >> (i & 7)) & 1;
}

/** A vector of DECIMAL(38, ...): units of 16 bytes. */
interface Wide {
  readonly dataView: DataView;
}

function fillWide(builder: ColumnBuilder, { dataView }: Wide): void {
  const units = new Uint8Array(dataView.buffer, dataView.byteOffset, dataView.byteLength);
  new Uint8Array(builder.int64.buffer).set(units, 16 * builder.length);
}

interface Texts {
  getItemBytes(index: number): Uint8Array | null;
}

/** The row of the first text that isn't UTF-8. */
function fillText(builder: ColumnBuilder, vector: Texts, count: number): number | undefined {
  const start = builder.length;
  let place = builder.int32[start]!;
  for (let i = 0; i < count; i++) {
    if (builder.present[start + i] === 1) {
      const text = vector.getItemBytes(i)!;
      const end = place + text.length;
      if (end > builder.text.length) builder.ensureText(end - builder.int32[start]!);
      if (text.length < 16) for (let j = 0; j < text.length; j++) builder.text[place + j] = text[j]!;
      else builder.text.set(text, place);
      place = end;
    }
    builder.int32[start + i + 1] = place;
  }
  if (isUtf8(builder.text.subarray(builder.int32[start], place))) return undefined;
  for (let i = 0; i < count; i++)
    if (!isUtf8(builder.text.subarray(builder.int32[start + i], builder.int32[start + i + 1]))) return i;
  return undefined;
}
