import { DataType, tableFromIPC, TimeUnit } from 'apache-arrow';
import type { Timestamp, Vector } from 'apache-arrow';
import { decimalText, unitsOfWords } from '../../../preload/contract/decimals.ts';

export interface DecodedTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export type Value = string | number | boolean | null;

/** An Arrow IPC stream as plain rows. Integers beyond 2^53, decimals, infinities and moments become text, so that nothing is rounded or lost. */
export function decodeTable(bytes: Uint8Array): DecodedTable {
  const table = tableFromIPC(bytes);
  const columns = table.schema.fields.map(({ name, type }, i) => {
    const vector = table.getChildAt(i);
    return { name, cells: vector ? cellsOf(vector, type) : [] };
  });
  const rows = Array.from({ length: table.numRows }, (_, row) =>
    columns.map(({ cells }): Value => cells[row] ?? null),
  );
  return { columns: columns.map(({ name }) => name), rows };
}

function cellsOf(vector: Vector, type: DataType): Value[] {
  if (DataType.isTimestamp(type) && type.unit === TimeUnit.MICROSECOND) return moments(vector, type);
  const read = readerOf(type);
  return Array.from({ length: vector.length }, (_, row) => {
    const value: unknown = vector.get(row);
    return value === null || value === undefined ? null : read(value);
  });
}

function readerOf(type: DataType): (value: unknown) => Value {
  if (DataType.isDate(type)) return dayText;
  if (DataType.isDecimal(type)) {
    const { scale } = type;
    return (value) =>
      value instanceof Uint32Array ? decimalText(unitsOfWords(value), scale) : String(value);
  }
  return plainValue;
}

/** Moments to the microsecond, from the stored counts: a vector gives milliseconds as floating point, which rounds. */
function moments(vector: Vector, { timezone }: Timestamp): Value[] {
  const zone = typeof timezone === 'string' && timezone !== '' ? 'Z' : '';
  return vector.data.flatMap((data) =>
    Array.from({ length: data.length }, (_, row) =>
      data.getValid(row) ? momentText((data.values as BigInt64Array)[row]!, zone) : null,
    ),
  );
}

function momentText(micros: bigint, zone: string): string {
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const date = new Date(Number((micros - fraction) / 1000n));
  if (Number.isNaN(date.getTime())) return String(micros);
  const digits = String(fraction).padStart(6, '0').replace(/000$/, '');
  return `${date.toISOString().slice(0, -5)}${fraction === 0n ? '' : `.${digits}`}${zone}`;
}

function dayText(value: unknown): string {
  const date = new Date(Number(value));
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString().slice(0, 10);
}

function plainValue(value: unknown): Value {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return String(value);
}
