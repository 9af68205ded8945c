import { decimalText, unitsOfWords } from '../../../preload/contract/decimals.ts';
import { DataType as ArrowType, tableFromIPC, Type } from 'apache-arrow';
import type { DataType } from 'apache-arrow';

export interface DecodedTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
}

export type Value = string | number | boolean | null;

/** An Arrow IPC stream as plain rows. Integers beyond 2^53, decimals, infinities and moments become text, so that nothing is rounded or lost. */
export function decodeTable(bytes: Uint8Array): DecodedTable {
  const table = tableFromIPC(bytes);
  const columns = table.schema.fields.map(({ name, type }, i) => ({
    name,
    vector: table.getChildAt(i),
    read: readerOf(type),
  }));
  const rows = Array.from({ length: table.numRows }, (_, row) =>
    columns.map(({ vector, read }): Value => {
      const value: unknown = vector?.get(row);
      return value === null || value === undefined ? null : read(value);
    }),
  );
  return { columns: columns.map(({ name }) => name), rows };
}

function readerOf(type: DataType): (value: unknown) => Value {
  if (type.typeId === Type.Date) return (value) => isoOf(value).slice(0, 10);
  if (type.typeId === Type.Timestamp) {
    const zoned = 'timezone' in type && typeof type.timezone === 'string' && type.timezone !== '';
    return (value) => isoOf(value).replace(/(\.000)?Z$/, zoned ? 'Z' : '');
  }
  if (ArrowType.isDecimal(type)) {
    const { scale } = type;
    return (value) =>
      value instanceof Uint32Array ? decimalText(unitsOfWords(value), scale) : String(value);
  }
  return (value) => {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    return String(value);
  };
}

function isoOf(value: unknown): string {
  const date = new Date(Number(value));
  return Number.isNaN(date.getTime()) ? String(value) : date.toISOString();
}
