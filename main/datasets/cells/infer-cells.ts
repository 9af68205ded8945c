import { decimalSize, isDecimal, type ColumnType } from '../../../preload/contract/column-types.ts';
import { momentOf } from '../importing/convert-cell.ts';
import { parseUnits } from '../snapshot/decimals.ts';
import type { Cell } from '../snapshot/write-snapshot.ts';

/** A value as a workbook or a database hands it out. */
export type Value = string | number | bigint | boolean | Date | Uint8Array | null;

const day = 86_400_000;
const isoTypes = ['date', 'timestamp', 'timestamptz'] as const;

/** How many values of each kind a column has. */
export interface Kinds {
  values: number;
  bytes: number;
  texts: number;
  truths: number;
  wholes: number;
  numbers: number;
  /** Whole numbers other than 0 and 1. */
  large: number;
  days: number;
  moments: number;
  /** Texts that are one of `isoTypes`. */
  readonly iso: [number, number, number];
}

export function emptyKinds(): Kinds {
  return {
    values: 0,
    bytes: 0,
    texts: 0,
    truths: 0,
    wholes: 0,
    numbers: 0,
    large: 0,
    days: 0,
    moments: 0,
    iso: [0, 0, 0],
  };
}

export function gatherKinds(kinds: Kinds, value: Value): void {
  if (value === null) return;
  kinds.values++;
  if (typeof value === 'string') {
    kinds.texts++;
    if (value.length < 40)
      isoTypes.forEach((type, i) => (kinds.iso[i]! += momentOf(value, type) === undefined ? 0 : 1));
  } else if (typeof value === 'boolean') kinds.truths++;
  else if (value instanceof Date) {
    if (value.getTime() % day === 0) kinds.days++;
    else kinds.moments++;
  } else if (value instanceof Uint8Array) kinds.bytes++;
  else if (typeof value === 'bigint' || Number.isSafeInteger(value)) {
    kinds.wholes++;
    if (BigInt(value) !== 0n && BigInt(value) !== 1n) kinds.large++;
  } else kinds.numbers++;
}

/**
 * The type that every value fits. `declared` is what the source says of the column; it counts where the values agree: whole
 * numbers 0 and 1 as truth values, ISO 8601 texts as dates and times.
 */
export function inferKinds(
  kinds: Kinds,
  declared?: ColumnType,
): { type: ColumnType | null; note: string | null } {
  const { values, bytes, texts, truths, wholes, numbers, large, days, moments, iso } = kinds;
  if (values === 0)
    return declared
      ? { type: declared, note: null }
      : { type: 'utf8', note: 'no values at all, so taken for text' };
  if (bytes === values) return { type: null, note: null };
  if (truths === values) return { type: 'bool', note: null };
  if (wholes === values) {
    if (declared === 'bool' && large === 0) return { type: 'bool', note: null };
    return { type: declared === 'float64' ? 'float64' : 'int64', note: null };
  }
  if (wholes + numbers === values) return { type: 'float64', note: null };
  if (days === values) return { type: 'date', note: null };
  if (days + moments === values) return { type: 'timestamp', note: null };
  if (texts === values) {
    const moment = isoTypes.findIndex((_, i) => iso[i] === values);
    const asked = declared === 'date' || declared === 'timestamp' || declared === 'timestamptz';
    return { type: asked && moment >= 0 ? isoTypes[moment]! : 'utf8', note: null };
  }
  if (bytes > 0) return { type: null, note: null };
  return { type: 'utf8', note: 'values of different kinds, so kept as text' };
}

/** Turns the values of a column into cells of a type; undefined for one that doesn't fit. */
export function keepAs(type: ColumnType): (value: Value) => Cell | undefined {
  switch (type) {
    case 'bool':
      return (value) =>
        typeof value === 'boolean'
          ? value
          : value === 1 || value === 1n
            ? true
            : value === 0 || value === 0n
              ? false
              : undefined;
    case 'int64':
      return (value) =>
        typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
          ? BigInt(value)
          : undefined;
    case 'float64':
      return (value) =>
        typeof value === 'bigint' ? Number(value) : typeof value === 'number' ? value : undefined;
    case 'date':
      return (value) =>
        value instanceof Date
          ? value.getTime() / day
          : typeof value === 'string'
            ? momentOf(value, type)
            : undefined;
    case 'timestamp':
    case 'timestamptz':
      return (value) =>
        value instanceof Date
          ? BigInt(value.getTime()) * 1000n
          : typeof value === 'string'
            ? momentOf(value, type)
            : undefined;
    default:
      if (isDecimal(type)) {
        const { scale } = decimalSize(type);
        return (value) =>
          typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string'
            ? parseUnits(String(value), scale)
            : undefined;
      }
      return (value) =>
        value instanceof Date
          ? value.toISOString()
          : value instanceof Uint8Array || value === null
            ? undefined
            : String(value);
  }
}
